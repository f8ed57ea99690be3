"""tracker.ui.app: the whole of it, from the first frame to the last key."""

from __future__ import annotations

from pathlib import Path

import pytest

import tracker.ui.app
from feeds.shipped import find
from tests.draw import scenes
from tests.ui import hand
from tracker.race.snapshot import Snapshot

FRAMES = {
    "before": scenes.BEFORE,
    "no mark": scenes.NO_MARK,
    "middle": scenes.MIDDLE,
    "behind": scenes.BEHIND,
    "finished": scenes.FINISHED,
    "out": scenes.out(),
    "overdue": scenes.overdue(),
    "course unknown": scenes.unknown_course(),
    "no target": scenes.NO_TARGET,
}


async def test_every_state_is_the_drawing_at_every_size() -> None:
    """What the app shows is what the drawing says, cell for cell, in every state of a race and at every size."""
    shown: list[Snapshot] = [scenes.MIDDLE]
    app = hand.app(hand.Hand(lambda _elapsed, _plan: shown[0]))
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for size in ((200, 60), (120, 36), (80, 24), (40, 24), (20, 5)):
            await pilot.resize_terminal(*size)
            for state, snapshot in FRAMES.items():
                shown[0] = snapshot
                app.post_message(hand.SnapshotTaken(snapshot))
                await hand.settle(pilot)
                wanted = hand.frame(app, *size).splitlines()
                assert hand.text(app).splitlines()[: size[1] - 1] == wanted[: size[1] - 1], (state, size)


async def test_the_first_frame_needs_nothing_that_is_read() -> None:
    """Race, runner, target and the empty grid stand before anything of the race is read."""
    first = hand.first_frame(find("vienna-2019"))
    session = hand.Hand()
    session.snapshot = first
    app = hand.app(session)
    assert app.snapshot is first
    async with app.run_test(size=(120, 36)):
        seen = hand.text(app)
        assert "INEOS 1:59 Challenge" in seen and "KIPCHOGE" in seen


@pytest.mark.parametrize(("key", "screen"), [("q", "race"), ("ctrl+c", "help"), ("ctrl+q", "map"), ("q", "library")])
async def test_it_can_always_be_left(key: str, screen: str) -> None:
    """q and both ctrl keys quit, from the race and from whatever is over it, with code 0."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(80, 24)) as pilot:
        await hand.ready(pilot)
        app.action_show(screen)
        await hand.settle(pilot)
        await pilot.press(key)
    assert app.return_code == 0


def test_the_app_stays_composition() -> None:
    """The app is composition, bindings and screens: 150 lines are enough for it."""
    assert len(Path(tracker.ui.app.__file__).read_text(encoding="utf-8").splitlines()) <= 150
