"""tracker.ui.screens.compare: beside a ghost."""

from __future__ import annotations

from tests.draw import scenes
from tests.ui import hand


async def test_the_ghost_is_beside_the_runner_and_can_be_swapped() -> None:
    """`c` shows both, `r` offers another ghost, `x` opens the ghost's race with this one as its ghost, `esc` goes back."""
    session = hand.Hand(lambda _elapsed, _plan: scenes.with_ghost())
    opened = hand.Opening()
    app = hand.app(session, opening=opened)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        session.wish = hand.Wish(ghost="berlin-2018")
        await hand.press(pilot, "c")
        assert "GAP TO THE GHOST" in hand.text(app)
        await hand.press(pilot, "r")
        assert "breaking2-2017" in hand.text(app)
        await hand.press(pilot, "escape", "escape")
        assert app.screen.id == "race"
        await hand.press(pilot, "c", "x")
        await hand.until(pilot, lambda: app.screen.id == "race" and app.desk.session is not session)
        name, wish = opened.asked[-1]
        assert (name, wish.ghost, wish.at) == ("berlin-2018", "vienna-2019", "1:12:03")
