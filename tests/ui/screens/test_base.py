"""tracker.ui.screens.base: screens follow the app while they are on show."""

from __future__ import annotations

from tests.draw import scenes
from tests.ui import hand
from tracker.ui.messages import SnapshotTaken


async def test_a_covered_screen_draws_nothing_and_catches_up() -> None:
    """Under help the race stands still; uncovered it shows the latest state at once."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        race = app.screen
        assert isinstance(race, hand.PanelScreen)
        await hand.press(pilot, "question_mark")
        seen = race.snapshot
        app.post_message(SnapshotTaken(scenes.vienna(5400.0)))
        await hand.settle(pilot)
        assert race.snapshot is seen
        await hand.press(pilot, "escape")
        assert race.is_active and race.snapshot is app.snapshot
        assert "1:30:00" in hand.text(app).splitlines()[0]


async def test_the_footer_counts_what_was_rejected() -> None:
    """The right end of the footer says how many messages were refused."""
    app = hand.app(hand.Hand(lambda _elapsed, _plan: scenes.rejections(3)))
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        assert hand.text(app).splitlines()[-1].endswith("3 rejected")
