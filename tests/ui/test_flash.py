"""tracker.ui.flash: a changed figure is shown once, and only while time flows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.draw import scenes
from tests.ui import hand
from tracker.draw.look import DEFAULT
from tracker.race.snapshot import Happening, Mode, Snapshot
from tracker.ui.flash import changed
from tracker.ui.messages import SnapshotTaken


def at(elapsed_s: float, rate: float = 1.0) -> Snapshot:
    """Vienna at a moment, running at a rate."""
    return scenes.vienna(elapsed_s, mode=Mode("replay", rate))


@pytest.mark.parametrize(("before", "now", "flashes"), [
    (at(4258.5), at(4259.0), True),     # the 25 km mat
    (at(4259.0), at(4259.5), False),    # nothing new
    (at(4258.5, 8), at(4262.0, 8), True),
    (at(4258.5, 15), at(4262.0, 15), False),  # above 8x
    (at(4200.0), at(4270.0), False),    # a seek on
    (at(4260.0), at(4250.0), False),    # a seek back
    (at(840.0), at(850.0, 8), True),    # the first mark
])  # fmt: skip
def test_a_figure_flashes_only_when_time_brought_it(before: Snapshot, now: Snapshot, flashes: bool) -> None:
    """A new mark flashes the gap; a seek, a high speed and rest do not."""
    assert changed(before, now) == (frozenset({"gap"}) if flashes else frozenset())


def test_what_happens_between_marks_flashes_its_line() -> None:
    """Where no gap changes, the newest line of what happened does; never both at once."""
    then = at(4300.0)
    note = replace(at(4301.0), happened=(*then.happened, Happening("note", 4301.0, text="rain")))
    assert changed(then, note) == {"happened"}


def test_another_target_is_no_event() -> None:
    """A gap that changes because it is measured against something else does not flash."""
    other = replace(at(4259.0), plan=scenes.LASER)
    assert not changed(at(4258.5), other)


async def test_a_flash_ends() -> None:
    """After 400 ms the figure rests, and a second change meanwhile starts no second flash."""
    app = hand.app(hand.Hand(), look=DEFAULT)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for second in (4258.5, 4259.0, 4259.5):
            app.post_message(SnapshotTaken(at(second)))
            await hand.settle(pilot)
        assert app.look.flash == {"gap"}
        await hand.until(pilot, lambda: not app.look.flash)


async def test_without_motion_nothing_is_reversed() -> None:
    """Where animations are off the look says so, and the figure is bold for a while instead."""
    app = hand.app(hand.Hand(), look=replace(DEFAULT, motion=False))
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        app.post_message(SnapshotTaken(at(4258.5)))
        await hand.settle(pilot)
        app.post_message(SnapshotTaken(at(4259.0)))
        await hand.settle(pilot)
        assert app.look.flash == {"gap"} and not app.look.motion
