"""tracker.ui.unhurried: long work leaves time for the rest."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from tracker.ui.unhurried import RESTS, Unhurried


class Desk:
    """A clock that the work moves, and what was put off."""

    def __init__(self, took_s: float) -> None:
        self.now = self.worked = 0.0
        self.took_s = took_s
        self.count = 0
        self.put_off: list[tuple[float, Callable[[], None]]] = []
        self.unhurried = Unhurried(
            self.work, lambda: self.now, lambda s, call: self.put_off.append((self.now + s, call))
        )

    def work(self) -> None:
        """It takes its time."""
        self.now += self.took_s
        self.worked += self.took_s
        self.count += 1

    def wait(self, seconds: float) -> None:
        """Time goes on, and what is due is done."""
        until = self.now + seconds
        while self.put_off and self.put_off[0][0] <= until:
            when, call = self.put_off.pop(0)
            self.now = max(self.now, when)
            call()
        self.now = max(self.now, until)


@given(st.floats(0.001, 0.2), st.lists(st.floats(0.0, 0.3), max_size=60))
def test_it_takes_a_third_of_the_time_at_most_and_misses_no_news(took_s: float, gaps: list[float]) -> None:
    """However often it is called: after the last news it works once more."""
    desk = Desk(took_s)
    for gap in gaps:
        before = desk.count
        desk.unhurried()
        assert desk.count > before or desk.put_off
        desk.wait(gap)
    desk.wait(10.0)
    assert not desk.put_off
    assert desk.worked <= desk.now / (1 + RESTS) + 2 * took_s


def test_the_first_news_is_worked_on_at_once() -> None:
    """And so is what comes after a rest."""
    desk = Desk(0.1)
    desk.unhurried()
    assert desk.count == 1
    desk.unhurried()
    desk.unhurried()
    assert desk.count == 1 and len(desk.put_off) == 1
    desk.wait(0.21)
    assert desk.count == 2


def test_what_is_left_is_gone_on_with_in_a_moment() -> None:
    """Said twice it is done once; said by what is done, it goes on until nothing is left."""
    desk, left = Desk(0.0), [3]

    def part() -> None:
        left[0] -= 1
        if left[0]:
            desk.unhurried.go_on(part)

    desk.unhurried.go_on(part)
    desk.unhurried.go_on(part)
    assert left == [3] and len(desk.put_off) == 1
    desk.wait(1.0)
    assert left == [0] and not desk.put_off
