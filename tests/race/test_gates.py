"""The fewest lines through gates."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.race.gates import Gate, Path, fewest

SLOPES = (0.5, 2.0)
TIGHT = 1e-6


def height(path: Path, x: float) -> float:
    """How high a path is at x."""
    edges = (0.0, *path.turns, float("inf"))
    return sum(max(0.0, min(x, b) - a) * slope for (a, b), slope in zip(pairwise(edges), path.slopes, strict=True))


def passes(path: Path, gates: list[Gate]) -> bool:
    """Whether a path goes through every gate."""
    return all(gate.low - TIGHT <= height(path, gate.x) <= gate.high + TIGHT for gate in gates)


@st.composite
def made(draw: st.DrawFn) -> tuple[Path, list[Gate]]:
    """A path of one to four lines, and gates of any width that it goes through."""
    turns = sorted(draw(st.lists(st.floats(0.5, 41.5), max_size=3, unique=True)))
    slopes = draw(st.lists(st.floats(0.7, 1.5), min_size=len(turns) + 1, max_size=len(turns) + 1))
    path = Path(tuple(turns), tuple(slopes))
    places = sorted(draw(st.lists(st.integers(1, 42), min_size=1, max_size=14, unique=True)))
    return path, [
        Gate(x, height(path, x) - draw(st.floats(0.001, 0.3)), height(path, x) + draw(st.floats(0.001, 0.3)))
        for x in places
    ]


@given(made())
def test_no_more_lines_than_one_that_is_known(known: tuple[Path, list[Gate]]) -> None:
    """A path of some lines through all gates is never answered by more lines, and the answer goes through all gates."""
    path, gates = known
    found = fewest(gates, SLOPES, 10)
    assert found is not None
    assert len(found.slopes) <= len(path.slopes) and len(found.turns) == len(found.slopes) - 1
    assert passes(found, gates)
    assert list(found.turns) == sorted(found.turns)
    assert all(SLOPES[0] - TIGHT <= slope <= SLOPES[1] + TIGHT for slope in found.slopes)


@given(made())
def test_one_line_is_enough_exactly_where_one_slope_fits_all(known: tuple[Path, list[Gate]]) -> None:
    """One line from the start goes through all gates if, and only if, some slope lies between all their edges."""
    gates = known[1]
    low, high = max(g.low / g.x for g in gates), min(g.high / g.x for g in gates)
    found = fewest(gates, SLOPES, 1)
    if abs(high - low) > TIGHT:
        assert (found is not None) == (low < high)


@given(made())
def test_wider_gates_never_take_more(known: tuple[Path, list[Gate]]) -> None:
    """Whatever goes through gates goes through wider ones."""
    gates = known[1]
    wide = [Gate(g.x, g.low - 0.5, g.high + 0.5) for g in gates]
    narrow, loose = fewest(gates, SLOPES, 10), fewest(wide, SLOPES, 10)
    assert narrow is not None and loose is not None and len(loose.slopes) <= len(narrow.slopes)


def test_too_few_lines_are_no_path() -> None:
    """A corner cannot be taken by one line."""
    gates = [Gate(5, 4.9, 5.1), Gate(10, 9.9, 10.1), Gate(15, 16.9, 17.1), Gate(20, 23.9, 24.1)]
    assert fewest(gates, SLOPES, 1) is None
    found = fewest(gates, SLOPES, 2)
    assert found is not None and found.turns[0] == pytest.approx(10, abs=0.5) and passes(found, gates)


def test_a_line_may_begin_between_gates() -> None:
    """Turns need not lie at gates: two exact lines that cross between two of them are two lines."""
    gates = [Gate(x, y - 0.001, y + 0.001) for x, y in ((5, 5), (10, 10), (15, 16.5), (20, 24), (25, 31.5))]
    found = fewest(gates, SLOPES, 5)
    assert found is not None and found.turns == pytest.approx((12.0,), abs=0.02)


def test_what_no_slope_can_do_is_no_path() -> None:
    """A gate that only a steeper line than allowed would meet is not met, however many lines there are."""
    assert fewest([Gate(1, 0.9, 1.1), Gate(2, 50, 51)], SLOPES, 9) is None
