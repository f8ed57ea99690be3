"""How honest the projection was, drawn."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import golden
from tests.draw.test_road import LOOKS
from tests.test_honesty import chicago, graded
from tracker.draw import honesty
from tracker.draw.cells import width as cells
from tracker.draw.graded import Bands, Honesty
from tracker.draw.honesty import PARTS, Part
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.course import Checkpoint
from tracker.race.shares import Shares

AT = "2:30:00"
TEN, HALF = Checkpoint("10km", "10 km", 10_000.0), Checkpoint("half", "half", 21_097.5)


@lru_cache(maxsize=2)
def found(at: str = AT) -> Honesty:
    """Chicago, with one who is followed."""
    return graded(at, "hassan")


def text(width: int, height: int, part: Part = "next", first: int = 0, what: Honesty | None = None) -> str:
    """The body as text."""
    return plain(honesty.draw(chicago(AT)[1], what or found(), part, first, width, height, DEFAULT))


@given(st.sampled_from(PARTS), st.integers(0, 50), st.integers(1, 220), st.integers(1, 60), st.sampled_from(LOOKS))
def test_every_cell_is_drawn_once(part: Part, first: int, width: int, height: int, look: Look) -> None:
    """Whatever the size: so many lines of so many cells, ASCII where that is asked for."""
    for what in (found(), Honesty()):
        lines = honesty.draw(chicago(AT)[1], what, part, first, width, height, look)
        assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
        assert not look.ascii or all(run.text.isascii() for line in lines for run in line)


@pytest.mark.parametrize(
    ("width", "height", "part"),
    [
        (114, 29, "next"),
        (190, 52, "next"),
        (76, 17, "next"),
        (76, 17, "finish"),
        (76, 17, "receipts"),
        (36, 18, "next"),
    ],
)
def test_kept_frames(width: int, height: int, part: Part) -> None:
    """The screen as it was looked at."""
    golden.check(f"honest_{part}_{width}x{height}", text(width, height, part))


@pytest.mark.parametrize(
    ("held", "count", "said"),
    [
        (0.76, 12_400, "read wider"),
        (0.79, 12_400, "as said"),
        (0.84, 12_400, "read narrower"),
        (0.70, 31, "as said"),
        (0.20, 31, "read wider"),
        (0.20, 29, "too few"),
    ],
)
def test_a_verdict_needs_more_than_chance(held: float, count: int, said: str) -> None:
    """Two points off are as said in any field; in a small one chance alone may take more."""
    assert honesty.verdict(held, count) == said


def test_the_sum_is_said_in_one_line() -> None:
    """As people would say it."""
    rows = (Bands(TEN, HALF, Shares(12_000, held80=0.76)), Bands(HALF, TEN, Shares(400, held80=0.76)))
    assert honesty.summary(rows) == "80 % bands held 76 %, n = 12,400: read wider"
    assert honesty.summary(()) == ""


def test_who_was_never_read_is_told() -> None:
    """Beside the verdict, where there is room."""
    rows = (Bands(TEN, HALF, Shares(12_000, held80=0.8, unseen=1234)),)
    assert "as said · 1,234 never read" in text(90, 12, what=Honesty(soon=rows))


def test_until_it_is_counted_that_is_said() -> None:
    """A city's field takes seconds; before a band's time is over there is nothing."""
    assert "39 runners are being graded" in text(114, 29, what=Honesty(runners=39))
    assert "no band's time is over yet" in text(114, 29, what=Honesty(runners=39, ready=True))


def test_receipts_scroll_to_their_end_and_no_further() -> None:
    """The last one stays in view."""
    rows = honesty.lines_of(chicago(AT)[1], found(), "km")
    assert text(76, 17, "receipts", rows) == text(76, 17, "receipts", rows + 50)
    assert "Hassan" in text(76, 40, "receipts", 12)


def test_a_missed_band_says_by_how_much() -> None:
    """Kiptum's finish was nine seconds under what was said at 25 km; at 5 km it was held."""
    lines = text(114, 29, "receipts").split("\n")
    assert any("25 of finish" in line and "0:09 early" in line for line in lines)
    assert any("    5 of finish" in line and line.endswith("held") for line in lines)
    close = replace(
        found(),
        receipts=tuple(
            replace(k, finish=tuple(replace(r, came_s=r.low_s - 0.3) for r in k.finish)) for k in found().receipts
        ),
    )
    assert "0:00.3 early" in text(114, 29, "receipts", what=close)
    open_ = replace(
        found(),
        receipts=tuple(replace(k, finish=tuple(replace(r, came_s=None) for r in k.finish)) for k in found().receipts),
    )
    assert "open" in text(114, 29, "receipts", what=open_)
