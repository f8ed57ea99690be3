"""A recorded race run beside this one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.race.made import fold, race, shipped, until, view
from tracker.race.ghost import Recorded, recorded
from tracker.race.snapshot import Ghost, Snapshot


def recording(name: str) -> Recorded:
    snapshot = view(fold(shipped(name), origin=0.0), 20000)
    return recorded(snapshot.race, snapshot.runner, snapshot.marks)


VIENNA = shipped("vienna-2019")
BERLIN = recording("berlin-2018")


def ghost_of(snapshot: Snapshot) -> Ghost:
    assert snapshot.ghost is not None
    return snapshot.ghost


def test_the_ghost_of_berlin_beside_vienna() -> None:
    """At 1:12:03 the gap is that of 20 km, the runner is through 25 km and the ghost half a kilometre behind."""
    ghost = ghost_of(view(until(VIENNA, 4323), 4323, ghost=BERLIN))
    assert ghost.plan.name == "Berlin 2018"
    assert ghost.both is not None and ghost.both.checkpoint.id == "20km"
    assert ghost.gap_s == pytest.approx(-69)
    assert ghost.waiting is not None and ghost.waiting.id == "25km"
    assert ghost.at_least_s == pytest.approx(64)
    assert ghost.metres == pytest.approx(-500, abs=5)
    assert [m.checkpoint.id for m in ghost.to_come][:2] == ["25km", "30km"]
    assert ghost.resolution_s == 1


@given(st.floats(0, 9000))
def test_the_ghost_runs_between_its_own_marks(elapsed_s: float) -> None:
    """Its place is on its own schedule, what is passed and to come are all its marks, and it never goes back."""
    told = until(VIENNA, 0)
    ghost, later = (ghost_of(view(told, t, ghost=BERLIN)) for t in (elapsed_s, elapsed_s + 7))
    assert ghost.position_m is not None and later.position_m is not None
    assert ghost.position_m <= later.position_m
    assert sorted((*ghost.passed, *ghost.to_come), key=lambda m: m.elapsed_s) == list(BERLIN.marks)
    assert all(m.elapsed_s <= elapsed_s for m in ghost.passed)


def test_a_ghost_in_front_is_behind_by_marks_of_both() -> None:
    """A ghost that is through where the runner is not gives the gap of the last mat of both, and nothing beyond."""
    fast = until(shipped("berlin-2018"), 3600)
    ghost = ghost_of(view(fast, 3600, ghost=recording("vienna-2019")))
    assert ghost.gap_s is not None and ghost.gap_s > 0
    assert ghost.metres is not None and ghost.metres > 0
    assert (ghost.waiting, ghost.at_least_s) == (None, None)


def test_at_the_finish_the_metres_stay() -> None:
    """Once the runner is in, the metres are how far the ghost was from the line then."""
    first, later = (ghost_of(view(until(VIENNA, 7180.2), t, ghost=BERLIN)) for t in (7180.2, 7290.0))
    assert first.metres == later.metres == pytest.approx(-(7299 - 7180.2) / (7299 - 6932) * 2195, abs=1)
    done = ghost_of(view(until(VIENNA, 7299), 7299, ghost=BERLIN))
    assert done.gap_s == pytest.approx(-118.8)


def test_a_recorded_race_may_be_the_target() -> None:
    """The ghost's schedule is a plan as any other, as coarse as its marks."""
    shown = view(until(VIENNA, 4323), 4323, target=BERLIN.plan)
    assert shown.gap is not None
    assert (shown.gap.seconds, shown.gap.resolution_s) == pytest.approx((4259 - 4344, 1))


def test_before_the_gun_there_is_no_ghost() -> None:
    """The ghost sets off with the runner."""
    ghost = ghost_of(view(until(VIENNA, 0), -30, ghost=BERLIN))
    assert (ghost.position_m, ghost.metres, ghost.passed) == (None, None, ())


def test_a_race_without_marks_is_no_ghost() -> None:
    """A recording without a mark that carries cannot be run against, and says so."""
    empty = view(fold(race()), 100)
    with pytest.raises(ValueError, match="A Half has no marks of a to run against"):
        recorded(empty.race, empty.runner, empty.marks)
