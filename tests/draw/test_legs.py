"""The legs of the pacers along the course."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tracker.draw import legs
from tracker.draw.ink import BLANK, Canvas, plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.course import Course
from tracker.race.snapshot import Snapshot


def drawn(snapshot: Snapshot, width: int = 114, look: Look = DEFAULT) -> Canvas:
    """The row of legs."""
    canvas = Canvas(width, 1, ascii_only=look.ascii)
    legs.draw(canvas, 0, snapshot, look)
    return canvas


def grounds(canvas: Canvas) -> list[str]:
    """The grounds from left to right, each once."""
    row = [canvas.ink(x, 0).bg for x in range(canvas.width)]
    return [bg for i, bg in enumerate(row) if bg != "bg" and (i == 0 or row[i - 1] != bg)]


def nameless() -> Snapshot:
    """Vienna's legs with so many pacers and no team."""
    rotation = scenes.MIDDLE.rotation
    assert rotation is not None
    return replace(
        scenes.MIDDLE, rotation=replace(rotation, legs=tuple(replace(leg, team=None) for leg in rotation.legs))
    )


def test_run_now_and_to_come() -> None:
    """The leg now is the team's full colour, what was run is fainter, what is to come the faintest."""
    assert grounds(drawn(scenes.MIDDLE)) == [
        "A/28", "B/28", "C/28", "D/28", "E/28", "D", "C/16", "B/16", "A/16",
    ]  # fmt: skip


@given(st.floats(0, 7180), st.integers(60, 200))
def test_one_leg_is_now(elapsed_s: float, width: int) -> None:
    """At any moment with pacers one leg has the full colour; alone none has."""
    snapshot = scenes.vienna(elapsed_s)
    assert snapshot.rotation is not None
    now = [bg for bg in grounds(drawn(snapshot, width)) if "/" not in bg]
    assert len(now) == (snapshot.rotation.current is not None)


@given(st.integers(60, 240))
def test_legs_fill_the_axis_a_cell_apart(width: int) -> None:
    """Nine blocks from the first cell to the last, with a free cell between two."""
    canvas = drawn(scenes.MIDDLE, width)
    free = [x for x in range(width) if canvas.is_free(x, 0, 1)]
    assert len(free) == 8 and all(b - a > 1 for a, b in pairwise(free))
    assert free[0] > 0 and free[-1] < width - 1


@pytest.mark.parametrize(
    ("width", "said"), [(114, "1 · A 2 · B 3 · C 4 · D 5 · E 6 · D 7 · C 8 · B 9 · A"), (50, "A B C D E D C B A")]
)
def test_the_letter_stays_longest(width: int, said: str) -> None:
    """Where a block is narrow the number goes, the team stays."""
    assert " ".join(plain(drawn(scenes.MIDDLE, width).lines()).split()) == said


def test_pacers_without_a_team_have_their_number() -> None:
    """A leg whose team nobody named is a number, without a sign for what is not there."""
    assert plain(drawn(nameless()).lines()).split() == [str(n) for n in range(1, 10)]
    assert plain(drawn(nameless(), 60).lines()).split() == [str(n) for n in range(1, 10)]


@given(st.integers(1, 200))
def test_ascii_has_brackets_for_now(width: int) -> None:
    """Without colours the leg now stands in brackets, the others behind a bar."""
    said = plain(drawn(scenes.MIDDLE, width, Look(ascii=True)).lines())
    assert said.isascii() and said.count("[") <= 1
    if width >= 60:
        assert said.count("[") == said.count("]") == 1 and said.count("|") == 8
        assert "D" in said[said.index("[") : said.index("]")]


def test_no_legs_no_row() -> None:
    """Without pacers or without a length nothing is drawn, and a leg that nobody paces is left free."""
    for snapshot in (replace(scenes.MIDDLE, rotation=None), replace(scenes.MIDDLE, course=Course())):
        assert all(drawn(snapshot).char(x, 0) == BLANK[0] for x in range(114))
    rotation = nameless().rotation
    assert rotation is not None
    alone = replace(rotation.legs[8], size=0, slots=())
    bare = replace(scenes.MIDDLE, rotation=replace(rotation, legs=(*rotation.legs[:8], alone)))
    assert drawn(bare).is_free(100, 0, 14)


@given(st.integers(1, 120), st.integers(1, 20), st.floats(0, 7000))
def test_the_leg_now_is_in_the_table(width: int, height: int, elapsed_s: float) -> None:
    """Whatever the size, the table keeps it; and with two rows the leg now is one of them."""
    snapshot = scenes.vienna(elapsed_s)
    lines = legs.table(snapshot, width, height, DEFAULT)
    assert len(lines) == height
    assert snapshot.rotation is not None and snapshot.rotation.current is not None
    if height > 1 and width >= 20:
        now = str(snapshot.rotation.current.number)
        assert now in [row.split()[0] for row in plain(lines).split("\n")[1:] if row.strip()]


def test_the_table_tells_each_leg() -> None:
    """Number, team, from and to, length, and when: what is inferred with ≈, without seconds."""
    rows = [row.split() for row in plain(legs.table(scenes.MIDDLE, 100, 12, DEFAULT)).split("\n")]
    assert rows[6] == ["6", "D", "23.1", "27.2", "4.1", "≈", "1:05", "≈", "1:17"]
