"""tracker.ui.screens.honest: how honest the projection was, under the keys."""

from __future__ import annotations

from tests.ui import hand
from tests.ui.screens.test_field import Kept


async def test_b_grades_the_race_and_goes_back() -> None:
    """The receipts stand there at once, the field's bands as soon as they are counted; `s` and `j` show the rest."""
    app = Kept("hassan", at="2:15:00").app()
    async with app.run_test(size=(80, 24)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "b")
        await hand.until(pilot, lambda: "80 % bands held" in hand.text(app))
        assert "SAID OF THE NEXT MAT" in hand.text(app)
        await hand.press(pilot, "s")
        assert "SAID OF THE FINISH" in hand.text(app)
        await hand.press(pilot, "s")
        assert "RECEIPTS" in hand.text(app) and "Kiptum" in hand.text(app)
        await hand.press(pilot, "pagedown")
        assert "Hassan" in hand.text(app)
        await hand.press(pilot, "pageup", "k", "s")
        await pilot.resize_terminal(120, 36)
        await hand.settle(pilot)
        for title in ("SAID OF THE NEXT MAT", "SAID OF THE FINISH", "RECEIPTS"):
            assert title in hand.text(app)
        await hand.press(pilot, "b")
        assert app.screen.id == "race"


async def test_a_later_moment_is_graded_anew() -> None:
    """After a jump the counts are those of that moment."""
    app = Kept(at="0:45:00").app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "b")
        await hand.until(pilot, lambda: "being graded" not in hand.text(app))
        assert "25     30" not in hand.text(app)
        app.desk.session.playback.seek(6600.0)  # type: ignore[union-attr]  # there is one
        await hand.until(pilot, lambda: "25     30" in hand.text(app))
