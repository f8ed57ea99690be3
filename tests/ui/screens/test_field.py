"""tracker.ui.screens.field: the field under the keys."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from textual import events

from feeds.address import open_address
from tests.ui import hand
from tracker.clock import Clock
from tracker.session import ScreenOptions, Session, Wish
from tracker.ui.screens.field import FieldScreen
from tracker.ui.screens.race import RaceScreen

EVIL = "[@click=app.quit()]Q[/]"


class Kept:
    """Chicago at 1:50:20, standing, and who is followed there."""

    def __init__(self, *ids: str, address: str = "chicago-2023", at: str = "1:50:20") -> None:
        self.ids: dict[str, Collection[str]] = {address: ids}
        self.session = Session(open_address(address), Wish(at=at), clock=Clock(paused=True))

    def app(self) -> hand.PacelineApp:
        """An app on it."""
        options = ScreenOptions(
            hand.Opening(),
            self.session,
            hand.DEFAULT,
            follows=lambda race: self.ids.get(race, ()),
            keep_follows=self.ids.__setitem__,
        )
        return hand.PacelineApp(options)


def row(app: hand.PacelineApp, name: str) -> str:
    """The line of the table a name stands in, empty where it does not."""
    return next((line for line in hand.text(app).split("\n")[5:] if name in line), "")


async def test_c_compares_the_chosen_runner() -> None:
    """With the one who is watched, and no longer when it is pressed again."""
    kept = Kept()
    app = kept.app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "f", "slash", *"hassan", "enter", "c")
        assert "Sifan Hassan beside Kiptum" in hand.text(app)
        assert kept.session.timeline.wanted.beside == ("hassan",)
        await hand.press(pilot, "c")
        assert "Sifan Hassan no longer beside Kiptum" in hand.text(app)
        await hand.press(pilot, "escape", "home", "c")
        assert "the runner you watch" in hand.text(app)


async def test_f_shows_the_field_and_takes_it_away() -> None:
    """`f` opens it at any size, `f` and `esc` close it."""
    app = Kept().app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for size in ((120, 36), (80, 24), (20, 5)):
            await pilot.resize_terminal(*size)
            await hand.settle(pilot)
            race = hand.text(app)
            for close in ("f", "escape"):
                await hand.press(pilot, "f")
                assert isinstance(app.screen, FieldScreen)
                assert size[0] < 40 or ("at 35 km · 21 of 39 passed" in hand.text(app) and "leader" in hand.text(app))
                await hand.press(pilot, close)
                assert hand.text(app) == race


async def test_it_scrolls_and_pins() -> None:
    """Rows, pages, both ends, the wheel: the leader stays on the screen, and `v` comes back to the watched runner."""
    app = Kept().app()
    async with app.run_test(size=(80, 24)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "f", "end")
        assert row(app, "Kiptum") and "leader pinned" in hand.text(app) and "– 39 of 39" in hand.text(app)
        await hand.press(pilot, "home")
        assert "rows 1 – " in hand.text(app)
        await hand.press(pilot, "pagedown", "pagedown", "j", "k", "pageup")
        assert "leader pinned" in hand.text(app)
        await hand.press(pilot, "v")
        assert "rows 1 – " in hand.text(app)
        for _ in range(9):
            app.screen.post_message(events.MouseScrollDown(app.screen, 10, 10, 0, 0, 0, False, False, False))
        await hand.settle(pilot)
        assert "leader pinned" in hand.text(app)


async def test_letters_search_as_they_are_typed() -> None:
    """All of them, though they are keys; `enter` keeps what is found, `esc` gives everybody back, and once more the race."""
    app = Kept().app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "f", "/", *"hqss", "backspace", "backspace", "backspace", *"ass")
        assert "1 found" in hand.text(app) and row(app, "Sifan Hassan") and not row(app, "Mantz")
        await hand.press(pilot, "enter")
        assert "1 found" in hand.text(app) and "q quit" in hand.text(app)
        await hand.press(pilot, "escape")
        assert row(app, "Mantz") and isinstance(app.screen, FieldScreen)
        await hand.press(pilot, "/", "z", "escape", "escape")
        assert isinstance(app.screen, RaceScreen)


async def test_enter_opens_the_runner() -> None:
    """Whoever is under the cursor is watched on the race screen."""
    app = Kept().app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "f", "/", *"hassan", "enter", "enter")
        assert isinstance(app.screen, RaceScreen)
        await hand.until(pilot, lambda: app.snapshot.runner.id == "hassan")


async def test_followed_runners_are_kept() -> None:
    """`*` follows and no longer; whom the race remembers is starred, and `a` shows them alone, then the women."""
    kept = Kept("mantz")
    app = kept.app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "f")
        assert row(app, "Conner Mantz").lstrip().startswith("*")
        await hand.press(pilot, "*")
        assert kept.ids["chicago-2023"] == ["kiptum", "mantz"]
        await hand.press(pilot, "a")
        assert "women" in hand.text(app) and row(app, "Sifan Hassan").split()[0] == "1"
        await hand.press(pilot, "a", "a")
        assert row(app, "Mantz") and not row(app, "Korir") and "2 of 2" in hand.text(app)
        await hand.press(pilot, "*")
        assert kept.ids["chicago-2023"] == ["mantz"] and not row(app, "Kelvin Kiptum")


async def test_those_of_the_chosen_ones_country() -> None:
    """After the followed `a` lists the countrymen of the runner who was chosen, then, where nobody has a category, all."""
    app = Kept().app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "f", "a", "a", "a", "a")
        assert "KEN" in hand.text(app) and row(app, "Kelvin Kiptum") and not row(app, "Conner Mantz")
        await hand.press(pilot, "a")
        assert row(app, "Conner Mantz")


async def test_other_mats_sorts_and_clocks() -> None:
    """`p` and `n` choose the mat, `s` the order, `x` the clock; each is said."""
    app = Kept().app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "f", "p")
        assert "at 30 km · 38 of 39 passed" in hand.text(app)
        await hand.press(pilot, "n")
        assert "at 35 km" in hand.text(app)
        await hand.press(pilot, "s")
        assert "by projected finish" in hand.text(app) and "≈2" in hand.text(app)
        await hand.press(pilot, "s", "s")
        assert "by name" in hand.text(app)
        await hand.press(pilot, "x")
        assert "net times" in hand.text(app)


async def test_a_click_chooses_and_another_opens() -> None:
    """The runner in the row that was clicked."""
    app = Kept().app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "f")
        y = next(y for y, line in enumerate(hand.text(app).split("\n")) if "Dawit Wolde" in line)
        await pilot.click(offset=(30, y))
        await hand.settle(pilot)
        assert isinstance(app.screen, FieldScreen)
        await pilot.click(offset=(30, y))
        await hand.until(pilot, lambda: app.snapshot.runner.name == "Dawit Wolde")


async def test_a_name_is_text_and_nothing_else(tmp_path: Path) -> None:
    """What looks like markup is shown as it was told, in the table and on the strip, and a click on it does nothing of it."""
    told: list[dict[str, Any]] = [
        {"kind": "race", "id": "r", "name": "R", "gun": "2026-01-01T09:00:00Z", "distance_m": 10000.0, "runner": "a0",
         "checkpoints": [{"id": "5km", "name": "5 km", "distance_m": 5000.0},
                         {"id": "finish", "name": "finish", "distance_m": 10000.0, "type": "finish"}]},
        *({"kind": "athlete", "id": f"a{n}", "name": EVIL} for n in range(9)),
        *({"kind": "split", "athlete": f"a{n}", "checkpoint": "5km", "elapsed_s": 1000.0 + n} for n in range(9)),
    ]  # fmt: skip
    tape = tmp_path / "evil.ndjson"
    tape.write_text("".join(json.dumps(line) + "\n" for line in told), encoding="utf-8")
    app = Kept(address=str(tape), at="18:00").app()
    async with app.run_test(size=(132, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "f")
        lines = hand.text(app).split("\n")
        rows = [y for y, line in enumerate(lines) if EVIL in line]
        assert len(rows) >= 9
        await pilot.click(offset=(lines[rows[-1]].index(EVIL) + 19, rows[-1]))
        await hand.settle(pilot)
        assert app.is_running and isinstance(app.screen, FieldScreen)
