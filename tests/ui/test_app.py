"""tracker.ui.app: the whole of it, from the first frame to the last key."""

from __future__ import annotations

from pathlib import Path

import pytest

import tracker.ui.app
from feeds.address import Opened
from feeds.shipped import find
from tests.draw import scenes
from tests.feeding import MadeFeed
from tests.ui import hand
from tests.watching import GUN_S, RACE, log, split
from tracker.fold import Fold
from tracker.race.snapshot import Snapshot
from tracker.session import ScreenOptions
from tracker.watch import Watch

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


class Ringing(hand.PacelineApp):
    """Counts its bells."""

    CSS_PATH = str(Path(tracker.ui.app.__file__).with_name("paceline.tcss"))
    rung = 0

    def bell(self) -> None:
        """Count it."""
        self.rung += 1


async def test_what_happens_in_a_live_race_is_told_once_with_a_bell_and_none_overwrites_another() -> None:
    """A line that comes while another stands is added to it; a key ends both; what was told is not told again."""
    session = Watch(Opened("made:feed", "live", make=lambda: MadeFeed(1000.0)))
    app = Ringing(ScreenOptions(open=hand.Opening(), session=session, look=hand.DEFAULT, bell=True))
    fold = Fold(log([RACE, split("5km", 850), split("5km", 858, "b"), split("10km", 1715), split("10km", 1712, "b")]))

    def see(*elapsed_s: float) -> str:
        for seconds in elapsed_s:
            app.on_snapshot_taken(hand.SnapshotTaken(fold.to(GUN_S + seconds).snapshot(GUN_S + seconds)))
        return app.noticed

    async with app.run_test(size=(120, 36)) as pilot:
        while not session.loaded:
            await pilot.pause(0.01)
        session.timeline.fold.log.catch_up()
        assert see(845, 851) == "a 5 km 14:10 · 3 s ahead" and app.rung == 1
        assert "a 10 km 28:35" in see(1700, 1714, 1716) and "a loses 1:00:00 at 10 km" in app.noticed
        assert app.noticed.startswith("b leads at 10 km") and app.noticed.count(" · ") == 3 and app.rung == 3
        await pilot.press("j")
        assert app.noticed == "" and see(845, 851, 1700, 1716) == ""
