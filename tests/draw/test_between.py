"""A lone runner between two mats."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tracker.draw import between
from tracker.draw.ink import Canvas, plain
from tracker.draw.look import DEFAULT, Look
from tracker.draw.strip import Strip, rule
from tracker.race.course import Checkpoint, Course
from tracker.race.snapshot import Due, Snapshot

LONE = replace(scenes.NO_TARGET, rotation=None)


def drawn(snapshot: Snapshot, width: int = 114, rows: int = 5, look: Look = DEFAULT) -> Canvas:
    """A ruled strip with the mats on it."""
    canvas = Canvas(width, rows + 4, ascii_only=look.ascii)
    strip = Strip(canvas, 2, rows, True, -50.0, 30.0)
    rule(canvas, 1)
    rule(canvas, strip.names_row)
    between.draw(strip, snapshot, look)
    return canvas


def runner_at(canvas: Canvas) -> int:
    """The runner's cell."""
    return next(x for x in range(canvas.width) if canvas.char(x, 4) == "K")


def at(metres: float) -> Snapshot:
    """The lone runner at a place."""
    assert LONE.position is not None
    return replace(LONE, position=replace(LONE.position, distance_m=metres))


def on(distance_m: float) -> Snapshot:
    """The lone runner with nothing before the end of a course of this length."""
    return replace(LONE, due=None, course=Course(distance_m, scenes.VIENNA.checkpoints[:7]))


def due(state: str | None) -> Snapshot:
    """The lone runner with the next mat in a state."""
    assert isinstance(LONE.due, Due)
    return replace(LONE, due=replace(LONE.due, state=state))  # type: ignore[arg-type] # a Literal of three


@given(st.floats(25_000, 30_000), st.floats(0, 5_000), st.integers(40, 200))
def test_the_runner_is_between_the_mats(metres: float, further: float, width: int) -> None:
    """His cell lies between the two columns, and further on the course is never further left."""
    here, there = (runner_at(drawn(at(m), width)) for m in (metres, min(30_000.0, metres + further)))
    first, last = round(between.LEFT * (width - 1)), round(between.RIGHT * (width - 1))
    assert first < here <= there < last


def test_an_estimate_wears_its_sign() -> None:
    """Between mats the chip says ≈ in the estimate's ink; at a mat it is the runner's own."""
    canvas = drawn(LONE)
    assert "≈ K" in plain(canvas.lines()) and canvas.ink(runner_at(canvas), 4).bg == "estimated"
    assert LONE.position is not None
    measured = drawn(replace(LONE, position=replace(LONE.position, quality="measured")))
    assert "≈ K" not in plain(measured.lines()) and measured.ink(runner_at(measured), 4).bg == "now"


@pytest.mark.parametrize(
    ("state", "said", "ink"),
    [(None, "due", "muted"), ("due", "due", "muted"), ("late", "late", "muted"), ("overdue", "overdue", "behind")],
)
def test_only_overdue_is_alarming(state: str | None, said: str, ink: str) -> None:
    """Due and late have no colour; the word stands beside the mat to come."""
    canvas = drawn(due(state))
    row = plain(canvas.lines()).split("\n")[2]
    assert said in row.split() and canvas.ink(row.rindex(said), 2).fg == ink


def test_both_mats_are_named() -> None:
    """Where he was seen and when, and what is next and when."""
    said = plain(drawn(LONE).lines())
    assert "┃ seen 1:10:59" in said and " 25 km ─" in said and " 30 km ─" in said and "≈ 1:25:11" in said
    miles = plain(drawn(LONE, look=Look(units="mi")).lines())
    assert (
        " 15.5 mi ─" in miles
        and " 18.6 mi ─" in miles
        and [w for w in miles.split() if w.isdigit()] == ["16", "17", "18"]
    )


def test_before_the_first_mat_it_begins_at_the_start() -> None:
    """The first stretch begins at the start, which nobody has seen him pass."""
    early = replace(scenes.vienna(540.0, None), rotation=None)
    said = plain(drawn(early).lines())
    assert "┃ start" in said and " start ─" in said and " 5 km ─" in said


@given(
    st.floats(26_000, 10_000_000), st.integers(20, 240), st.sampled_from([DEFAULT, Look(units="mi"), Look(ascii=True)])
)
def test_kilometres_stand_in_even_steps(distance_m: float, width: int, look: Look) -> None:
    """However far the next mat is: round numbers at one distance, in order, and none left out in between."""
    row = plain(drawn(on(distance_m), width, look=look).lines()).split("\n")[-2]
    figures = [int(word) for word, after in pairwise(row.split()) if word.isdigit() and after != look.units]
    if len(figures) > 1:
        step = figures[1] - figures[0]
        assert figures == list(range(figures[0], figures[-1] + 1, step))
        assert str(step).rstrip("0") in ("1", "2", "5") and figures[0] % step == 0


def test_a_stretch_of_a_hundred_kilometres() -> None:
    """Every tenth kilometre, over the whole stretch."""
    row = plain(drawn(on(125_000.0)).lines()).split("\n")[-2]
    assert [word for word in row.split() if word.isdigit()] == ["25", *map(str, range(30, 121, 10))]


def test_nothing_to_stand_between() -> None:
    """Without a place, or past the last mat there is, nothing is drawn."""
    blank = plain(drawn(replace(LONE, position=None)).lines())
    assert "K" not in blank and "┃" not in blank
    assert plain(drawn(on(25_000.0)).lines()) == blank
    assert plain(drawn(replace(LONE, due=None, course=Course(None, (Checkpoint("x", "x", None),)))).lines()) == blank


def test_the_scale_is_the_mats() -> None:
    """At 114 cells the mats stand at 9 and 96, half way is half way, and a runner at a mat stands inside it."""
    assert [runner_at(drawn(at(metres))) for metres in (25_000.0, 27_500.0, 30_000.0)] == [13, 53, 94]
    canvas = drawn(LONE)
    assert (canvas.char(9, 3), canvas.char(96, 3)) == ("┃", "╎")


def test_without_rules_the_mats_are_named_below() -> None:
    """A strip without rules has their names under their columns."""
    canvas = Canvas(76, 5)
    between.draw(Strip(canvas, 1, 3, False, -50.0, 30.0), LONE, DEFAULT)
    assert plain(canvas.lines()).split("\n")[4] == "    25 km" + " " * 53 + "30 km"


def test_where_they_probably_are_is_a_blur_with_its_bracket() -> None:
    """80 % of the place: densest at the runner, a bracket under it, the window at the mat to come."""
    canvas = drawn(scenes.arriving())
    row = [canvas.ink(x, 4).bg for x in range(canvas.width)]
    shades = [int(ink.partition("/")[2]) for ink in row if ink.startswith("estimated/")]
    assert len(shades) > 5 and max(shades) > 3 * min(shades)
    said = plain(canvas.lines())
    assert "80 %" in said and "09:39 –" in said


def test_a_blur_in_ascii_is_made_of_signs() -> None:
    """Without colours the interval still shows."""
    assert "~~" in plain(drawn(scenes.arriving(), look=Look(ascii=True)).lines())
