"""The race folded from a log."""

from __future__ import annotations

import math
from typing import Any

from tests.watching import RACE, RUN, at, log
from tracker import fold as module
from tracker.fold import Fold
from tracker.race.book import Race


def test_keyframes_are_bounded_and_close_to_where_a_seek_lands() -> None:
    """A long log keeps a handful of keyframes, spread over the whole of it, and each is the state there."""
    messages: list[dict[str, Any]] = [RACE, *({"kind": "note", "at": at(n), "text": str(n)} for n in range(3000))]
    made = log(messages)
    fold = Fold(made)
    fold._stride = 32
    fold.to(math.inf)
    assert len(fold._keyframes) <= module.MOST_KEYFRAMES
    assert fold._stride <= 512
    for count in (2999, 17, 1500, 0):
        fold.up_to(count)
        assert fold.at == count
        race = Race(origin=made.origin)
        for event in made.between(0, count):
            race.receive(event)
        assert fold.race.state_lines() == race.state_lines()


def test_a_step_says_whether_anything_changed() -> None:
    """The same message again changes nothing."""
    fold = Fold(log([RACE, RUN[1], RUN[1]]))
    assert [fold.step() for _ in range(3)] == [True, True, False]
