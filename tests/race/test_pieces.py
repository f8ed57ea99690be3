"""The pieces of constant pace behind marks."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.race.pieces import Point, Schedule, fewest_pieces

GIVE_S = 1.5
FIVES = tuple(float(x) for x in range(5000, 40001, 5000))


def when(pieces: list[tuple[float, float]], distance_m: float) -> float:
    """The second at which (end in metres, pace) pieces pass a distance."""
    begin, seconds = 0.0, 0.0
    for end, pace in pieces:
        seconds += max(0.0, min(distance_m, end) - begin) * pace / 1000
        begin = end
    return seconds


def points(pieces: list[tuple[float, float]], places: tuple[float, ...], step_s: float = 1.0) -> tuple[Point, ...]:
    """Marks of a schedule, each cut to the clock's step."""
    times = [math.floor(when(pieces, x) / step_s) * step_s for x in places]
    give_s = step_s + GIVE_S - 1.0
    return tuple(Point(x, t, t, give_s, step_s) for x, t in zip(places, times, strict=True))


def known(found: Schedule | None) -> Schedule:
    """The schedule, which is there."""
    assert found is not None
    return found


@st.composite
def schedules(draw: st.DrawFn) -> tuple[list[tuple[float, float]], tuple[float, ...]]:
    """One to four pieces, and enough mats for them."""
    ends = sorted(draw(st.lists(st.floats(2000, 40000), max_size=3, unique=True)))
    paces = draw(st.lists(st.floats(150, 220), min_size=len(ends) + 1, max_size=len(ends) + 1))
    places = draw(st.sets(st.integers(1, 42), min_size=2 * len(paces), max_size=14))
    return list(zip((*ends, 1e9), paces, strict=True)), tuple(1000.0 * x for x in sorted(places))


@settings(max_examples=60)
@given(schedules())
def test_a_schedule_is_explained_by_no_more_pieces_than_it_has(
    made: tuple[list[tuple[float, float]], tuple[float, ...]],
) -> None:
    """Cut to whole seconds, it takes as many pieces or fewer; every mark lies in its tolerance; pieces join up."""
    pieces, places = made
    found = known(fewest_pieces(points(pieces, places), 42195.0))
    assert len(found.pieces) <= len(pieces)
    assert found.worst_s <= GIVE_S + 1e-6
    assert [r.distance_m for r in found.residuals] == list(places)
    assert [a.to_m for a in found.pieces[:-1]] == [b.from_m for b in found.pieces[1:]]
    assert all(a.to_m > a.from_m and a.pace_s_per_km > 0 for a in found.pieces)
    assert (found.pieces[0].from_m, found.pieces[-1].to_m) == (0.0, places[-1])


@settings(max_examples=30)
@given(schedules())
def test_residuals_are_against_the_pieces(made: tuple[list[tuple[float, float]], tuple[float, ...]]) -> None:
    """What the pieces add up to at a mat and its residual give its time again; the finish is the pieces run on."""
    marks = points(*made)
    found = known(fewest_pieces(marks, 45000.0))
    told = [(piece.to_m, piece.pace_s_per_km) for piece in found.pieces]
    for mark, off in zip(marks, found.residuals, strict=True):
        assert when(told, mark.distance_m) + off.seconds == pytest.approx(mark.elapsed_s, abs=1e-6)
    told[-1] = (1e9, told[-1][1])
    assert found.finish_s == pytest.approx(when(told, 45000.0), abs=1e-6)


@settings(max_examples=30)
@given(schedules())
def test_a_change_lies_in_its_range(made: tuple[list[tuple[float, float]], tuple[float, ...]]) -> None:
    """Where the pace changes is inside where it may, changes come in order, and there is one between two pieces."""
    found = known(fewest_pieces(points(*made), None))
    assert found.finish_s is None
    assert [change.at_m for change in found.changes] == [piece.to_m for piece in found.pieces[:-1]]
    assert all(c.earliest_m - 1e-6 <= c.at_m <= c.latest_m + 1e-6 for c in found.changes)
    assert all(a.at_m < b.at_m for a, b in pairwise(found.changes))


@pytest.mark.parametrize("change_m", [9000.0, 10000.0, 23400.0, 31000.0])
def test_a_clear_change_is_found_where_it_was(change_m: float) -> None:
    """Of marks every 5 km a change by 5 s/km is told to the kilometre, and both paces to half a second."""
    first, second = known(fewest_pieces(points([(change_m, 170.0), (1e9, 175.0)], FIVES), 42195.0)).pieces
    assert first.to_m == pytest.approx(change_m, abs=1000)
    assert (first.pace_s_per_km, second.pace_s_per_km) == pytest.approx((170.0, 175.0), abs=0.5)


def test_even_pace_is_one_piece() -> None:
    """Whole-second marks of an even run need no change, and the pace is right to a hundredth or two."""
    (only,) = known(fewest_pieces(points([(1e9, 170.64)], FIVES), 42195.0)).pieces
    assert (only.from_m, only.to_m) == (0.0, 40000.0) and only.pace_s_per_km == pytest.approx(170.64, abs=0.03)


def test_tenths_tell_more_than_seconds() -> None:
    """A change too small for whole seconds is seen by a clock of tenths."""
    pieces = [(20000.0, 170.0), (1e9, 170.12)]
    assert len(known(fewest_pieces(points(pieces, FIVES), None)).pieces) == 1
    assert len(known(fewest_pieces(points(pieces, FIVES, 0.1), None)).pieces) == 2


def test_too_few_marks_say_nothing() -> None:
    """Two pieces with three marks could be anything, and so could a run that needs a piece for every mark or two."""
    turned = points([(5000.0, 170.0), (1e9, 180.0)], FIVES)
    assert fewest_pieces(turned[:3], None) is None
    assert len(known(fewest_pieces(turned[:4], None)).pieces) == 2
    restless = [(5000.0 * i, 170.0 + 20 * (i % 2)) for i in range(1, 9)]
    assert fewest_pieces(points(restless, FIVES), None) is None
