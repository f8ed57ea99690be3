"""The gap to a ghost by distance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tests.draw.test_compare import ghost
from tracker.draw import gapchart
from tracker.draw.ink import Canvas, plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.course import Course
from tracker.race.snapshot import Ghost, Snapshot

ROWS = 12
BRAILLE = {chr(code) for code in range(0x2800, 0x2900)}


def drawn(snapshot: Snapshot, other: Ghost, width: int = 114, look: Look = DEFAULT) -> Canvas:
    """The chart, twelve rows of it."""
    canvas = Canvas(width, ROWS + 2, ascii_only=look.ascii)
    gapchart.draw(canvas, 0, ROWS, snapshot, other, look)
    return canvas


def slower(seconds: float) -> Ghost:
    """Berlin 2018, so much later at every mat."""
    there = ghost()
    passed, to_come = (
        tuple(replace(mark, elapsed_s=mark.elapsed_s + seconds) for mark in marks)
        for marks in (there.passed, there.to_come)
    )
    return replace(there, passed=passed, to_come=to_come)


def rows_of(canvas: Canvas, ink: str) -> set[int]:
    """Rows of the chart on which dots have an ink."""
    return {y for y in range(1, ROWS + 1) for x in range(gapchart.LEFT, canvas.width)
            if canvas.ink(x, y).fg == ink and canvas.char(x, y) in BRAILLE}  # fmt: skip


@given(st.lists(st.floats(-3000, 3000), min_size=1, max_size=9), st.integers(6, 16))
def test_the_scale_is_the_finest_that_holds_all(gaps: list[float], rows: int) -> None:
    """Every gap is on the chart, and at the next finer step one would not be."""
    axis = gapchart.scale(gaps, rows)
    assert all(0 <= axis.y(gap) <= rows * 4 for gap in gaps)
    finer = next((step for step in reversed(gapchart._STEPS) if step < axis.step), None)
    if finer is not None:
        up, down = (-(-max(0.0, *(sign * gap for gap in gaps), 0.0) // finer) for sign in (-1, 1))
        assert 2 * (up + down) + 1 > rows - 1


def test_a_figure_is_two_rows() -> None:
    """One step of the scale is two rows of four dots, up for ahead."""
    axis = gapchart.Scale(12, 30, 9)
    assert axis.y(-30) == axis.y(0) - 8 and axis.y(30) == axis.y(0) + 8


def test_ahead_is_over_zero() -> None:
    """The line is over the dotted zero in the ink of ahead, under it in the ink of behind."""
    zero = next(
        y
        for y, row in enumerate(plain(drawn(scenes.with_ghost(), ghost()).lines()).split("\n"))
        if row.startswith("    0")
    )
    ahead = drawn(scenes.with_ghost(), ghost())
    assert min(rows_of(ahead, "ahead")) < zero and max(rows_of(ahead, "ahead")) <= zero and not rows_of(ahead, "behind")
    behind = drawn(scenes.with_ghost(), slower(-400.0))
    assert rows_of(behind, "behind") and not rows_of(behind, "ahead")


def test_what_the_ghost_has_to_run_is_hollow() -> None:
    """A mark to come has the estimate's ink, its sign and its time; none is claimed once all are passed."""
    said = plain(drawn(scenes.with_ghost(), ghost()).lines())
    assert "◌ −1:25 when the ghost passes, in 0:21" in said
    assert rows_of(drawn(scenes.with_ghost(), ghost()), "estimated")
    later = drawn(replace(scenes.with_ghost(), elapsed_s=4400.0), ghost())
    assert not rows_of(later, "estimated") and "when the ghost passes" not in plain(later.lines())


def test_gaps_stand_over_their_mats() -> None:
    """Each mat of both is labelled with its gap, the newest one bold."""
    canvas = drawn(scenes.with_ghost(), ghost())
    said = plain(canvas.lines())
    for gap in ("−14", "−41", "−1:04", "−1:09"):
        assert said.count(gap) == 1
    bold = {"".join(run.text for run in line if run.ink.bold and run.ink.fg == "ahead") for line in canvas.lines()}
    assert bold == {"", "−1:09"}


@pytest.mark.parametrize(("look", "end"), [(DEFAULT, "42.2"), (Look(units="mi"), "26.2")])
def test_the_foot_is_the_course(look: Look, end: str) -> None:
    """From nothing to the whole distance, with the mats of the grid between."""
    foot = plain(drawn(scenes.with_ghost(), ghost(), look=look).lines()).split("\n")[-1].split()
    assert foot[0] == "0" and foot[-1] == end and len(foot) == 10
    assert [float(word) for word in foot] == sorted(float(word) for word in foot)


def test_without_a_distance_there_is_no_axis() -> None:
    """A title and nothing else."""
    canvas = drawn(replace(scenes.with_ghost(), course=Course()), ghost())
    assert plain(canvas.lines()).strip().startswith("GAP BY DISTANCE") and not plain(canvas.lines()).split("\n")[-1]


@pytest.mark.parametrize(("most_s", "step"), [(3, 1), (30, 10), (85, 30), (290, 60), (1200, 300), (4000, 1200)])
def test_steps_are_round(most_s: float, step: int) -> None:
    """Figures of the scale are times that people count in."""
    assert gapchart.scale([-most_s], ROWS).step == step


def test_the_line_rises_with_the_lead() -> None:
    """A lead that grows from mat to mat is a line that never falls."""
    canvas = drawn(scenes.with_ghost(), ghost())

    def tops(x: int) -> list[int]:
        return [y for y in range(1, ROWS + 1) if canvas.ink(x, y).fg == "ahead" and canvas.char(x, y) in BRAILLE]

    highest = [min(tops(x)) for x in range(gapchart.LEFT + 8, gapchart.LEFT + 52) if tops(x)]
    assert len(highest) > 40 and highest == sorted(highest, reverse=True) and highest[0] - highest[-1] >= 3


@given(st.floats(-80, 80))
def test_labels_keep_air_from_the_curve(seconds: float) -> None:
    """No dot of the curve touches a figure: a cell is free before it and after it."""
    rows = plain(drawn(scenes.vienna(4323.0), slower(seconds)).lines()).split("\n")[1 : ROWS + 1]
    for row in rows:
        body = row[gapchart.LEFT :]
        for i, sign in enumerate(body):
            if sign in BRAILLE:
                assert not (i and (body[i - 1].isdigit())) and not body[i + 1 : i + 2].isdigit()
