"""tracker.draw.spread: the strip of where everybody is."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.draw.test_road import LOOKS
from tracker.draw import spread
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.listed import Spot, Strip
from tracker.draw.look import DEFAULT, Look
from tracker.race.course import Checkpoint

MATS = tuple((x, Checkpoint(f"{km}km", f"{km} km", km * 1000.0)) for x, km in ((0, 30), (38, 35), (75, 40)))
STRIP = Strip(
    30_000.0, 40_000.0,
    passed=tuple(1 if x in (40, 44, 45, 70) else 2 if x == 50 else 5 if x == 60 else 0 for x in range(76)),
    to_come=tuple(1 if x % 7 == 3 and x < 38 else 0 for x in range(76)),
    spots=(Spot(70, "Winner"), Spot(24, "Mine", False), Spot(25, "Behind", False), Spot(24, "Nobody has any room left", False)), mats=MATS, finished=3, out=1,
)  # fmt: skip


def text(strip: Strip, width: int = 76, look: Look = DEFAULT) -> list[str]:
    """The strip as rows of text."""
    return plain(spread.draw(strip, width, look)).split("\n")


def test_one_dot_a_runner_while_they_can_be_counted() -> None:
    """As many dots as runners, solid for who is through, a figure where there are more than three."""
    said = text(STRIP)
    dots = "".join(said[1 : 1 + spread.STACK])
    assert dots.count("●") == 3 + 2 + 2 and dots.count("*") == 2 and dots.count("◌") == 4 and "5" in said[1]
    assert "3 finished · 1 out" in said[0]
    assert "one dot a runner, a figure for more than 3" in text(STRIP, 114)[0]


def test_many_are_a_profile() -> None:
    """The fullest cell is the tallest, whoever is alone is still there, and what the tallest is worth is said."""
    many = replace(STRIP, passed=tuple(400 if x == 50 else 200 if x == 51 else 1 if x == 52 else 0 for x in range(76)),
                   to_come=(0,) * 76)  # fmt: skip
    said = text(many, 110)
    assert [said[1 + n][50] for n in range(3)] == ["█", "█", "█"]
    assert [said[1 + n].ljust(60)[51] for n in range(3)] == [" ", "▄", "█"] and said[3][52] == "▁"
    assert "at most 400 runners in 130 m" in said[0] and "3 finished · 1 out" in said[0]


def test_names_stand_apart() -> None:
    """Under the dot or beside it; who has no room is left out, the first named last."""
    said = text(STRIP)[-1]
    assert "Winner" in said and "Mine" in said and "Behind" in said and "Nobody has any room left" not in said


@given(st.integers(0, 240), st.sampled_from(LOOKS), st.lists(st.integers(0, 3000), max_size=200), st.text(max_size=30),
       st.integers(0, 250))  # fmt: skip
def test_every_cell_is_drawn_once(width: int, look: Look, counts: list[int], name: str, cell: int) -> None:
    """Whatever the counts, names and size: so many lines of so many cells, ASCII where that is asked for."""
    strip = replace(STRIP, passed=tuple(counts), to_come=(1,) * len(counts), spots=(Spot(cell, name), *STRIP.spots))
    lines = spread.draw(strip, width, look)
    assert [cells("".join(run.text for run in line)) for line in lines] == [width] * spread.ROWS
    assert not look.ascii or all(run.text.isascii() for line in lines for run in line)
