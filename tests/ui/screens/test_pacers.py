"""tracker.ui.screens.pacers: who paces, under the keys."""

from __future__ import annotations

from pathlib import Path

from tests.ui import hand
from tests.ui.screens.test_field import Kept
from tracker.priors import shipped
from tracker.synth import messages


async def test_the_teams_of_vienna() -> None:
    """`T` shows formation, teams and legs, and goes back."""
    app = Kept(address="vienna-2019", at="1:12:03").app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "T")
        assert "TEAMS" in hand.text(app) and "length km" in hand.text(app)
        await hand.press(pilot, "T")
        assert app.screen.id == "race"


async def test_pace_groups(tmp_path: Path) -> None:
    """The pacers of an ordinary race stand against their even lines."""
    tape = tmp_path / "field.ndjson"
    tape.write_bytes(b"".join(line + b"\n" for line in messages(60, 2, shipped(), pacers=True)))
    app = Kept(address=str(tape), at="2:30:00").app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "T")
        await hand.until(pilot, lambda: "PACE GROUPS" in hand.text(app))
        assert "3:30:00 Pace 3:30" in hand.text(app)


async def test_without_pacers_there_is_no_key() -> None:
    """Neither footer nor help offers it."""
    app = Kept().app()
    async with app.run_test(size=(200, 60)) as pilot:
        await hand.ready(pilot)
        assert "T pacers" not in hand.text(app)
