"""Names in a rule, brackets."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tracker.draw import strip
from tracker.draw.ink import Canvas, plain
from tracker.draw.strip import Name, Strip

WORDS = st.lists(st.tuples(st.integers(-20, 140), st.integers(1, 30)), min_size=1, max_size=6)


@given(WORDS, st.integers(1, 120))
def test_words_never_touch(wanted: list[tuple[int, int]], room: int) -> None:
    """Placed words keep their order, stay inside and leave a cell between, or there is no room for them at all."""
    places = strip.apart(wanted, room)
    needed = sum(size for _, size in wanted) + len(wanted) - 1
    assert bool(places) == (needed <= room)
    ends = [(x, x + size) for x, (_, size) in zip(places, wanted, strict=False)]
    assert all(first >= 0 and last <= room for first, last in ends)
    assert all(a[1] < b[0] for a, b in pairwise(ends))


@given(st.lists(st.integers(0, 8), min_size=1, max_size=5))
def test_words_with_room_stay(gaps: list[int]) -> None:
    """What does not overlap stands where it wants to stand."""
    wanted, x = [], 0
    for gap in gaps:
        wanted.append((x + gap, 5))
        x += gap + 6
    assert strip.apart(wanted, x) == [at for at, _ in wanted]


def test_a_bracket_holds_its_words() -> None:
    """The distance stands in the middle of its line; where it does not fit, the line stays and the caller is told."""
    canvas = Canvas(24, 1)
    assert strip.bracket(canvas, 1, 20, 0, "≈ 41 m", "estimated")
    assert plain(canvas.lines()) == " ├───── ≈ 41 m ─────┤"
    short = Canvas(24, 1)
    assert not strip.bracket(short, 1, 7, 0, "≈ 41 m", "estimated")
    assert plain(short.lines()) == " ├─────┤"


def test_the_dispensable_goes_first() -> None:
    """A name that may go leaves before one that stays would be pushed far from its place."""
    canvas = Canvas(30, 1)
    strip.rule(canvas, 0)
    strip.names(canvas, 0, [Name(10, "Kipchoge", "now_ink"), Name(14, "laser (place derived)", "laser", keep=False)])
    assert plain(canvas.lines()) == "─" * 10 + " Kipchoge " + "─" * 10


@given(st.floats(-500, 500))
def test_the_runner_and_the_scale(metres: float) -> None:
    """Cells grow with metres, and the ends of the window are the ends of the strip."""
    scale = Strip(Canvas(114, 8), 2, 5, True, -50.0, 30.0)
    assert scale.at(-50.0) == 0 and scale.at(30.0) == 113
    assert scale.at(metres) <= scale.at(metres + 1.0)
