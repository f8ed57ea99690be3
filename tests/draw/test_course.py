"""The course axis."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import lives, scenes
from tests.draw.test_road import LOOKS, SCENES
from tracker.draw import course, words
from tracker.draw.cells import width as cells
from tracker.draw.ink import Canvas, plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.course import Checkpoint
from tracker.race.snapshot import Mark, Snapshot


def text(snapshot: Snapshot, width: int = 114, height: int = 4, look: Look = DEFAULT) -> list[str]:
    """The panel as rows of text."""
    return plain(course.draw(snapshot, width, height, look)).split("\n")


@given(st.sampled_from(SCENES), st.integers(1, 240), st.integers(1, 8), st.sampled_from(LOOKS))
def test_every_cell_is_drawn_once(snapshot: Snapshot, width: int, height: int, look: Look) -> None:
    """Whatever the state and the size: so many lines of so many cells, ASCII where that is asked for."""
    lines = course.draw(snapshot, width, height, look)
    assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
    assert not look.ascii or all(run.text.isascii() for line in lines for run in line)


def test_the_middle_of_the_race() -> None:
    """Gaps over their mats, kilometres under them, legs below; 20 and 21 apart, the half moved on and hollow."""
    assert text(scenes.MIDDLE) == [
        "            −3            −6           −6            −6 −8        −7",
        "┣━━━━━━━━━━━━╋━━━━━━━━━━━━━╋━━━━━━━━━━━━╋━━━━━━━━━━━━━╋━╋◌━━━━━━━━━╋K╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌◎",
        "0            5            10           15            20 21        25           30            35           40  42.2",
        "  1 · A      2 · B        3 · C        4 · D        5 · E       6 · D        7 · C        8 · B         9 · A",
    ]


def test_eighty_columns() -> None:
    """Narrower: 21 keeps its gap and its mat, the half goes, short legs show the letter alone."""
    assert text(scenes.MIDDLE, 76) == [
        "        −3       −6       −6      −6 −8    −7",
        "┣━━━━━━━━╋━━━━━━━━╋━━━━━━━━╋━━━━━━━━╋╋━━━━━━╋K╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌┼╌╌╌◎",
        "0        5       10       15       20      25       30       35       40",
        "  A      B      3 · C      D      5 · E     D      7 · C     B      9 · A",
    ]


def test_the_finish() -> None:
    """The last gap stands at the end, the one before it keeps its distance."""
    assert text(scenes.FINISHED)[0].endswith("−9  −19.8")
    assert text(scenes.FINISHED)[1].endswith("K")


def test_before_the_gun() -> None:
    """Nothing is run; where the gaps will stand is said."""
    lines = text(scenes.BEFORE)
    assert lines[0] == "gaps stand here from 5 km on" and lines[1].startswith("K╌╌╌") and "━" not in lines[1]


def test_no_mark_yet() -> None:
    """Between gun and first mark the runner is drawn hollow."""
    lines = course.draw(scenes.NO_MARK, 114, 4, DEFAULT)
    (runner,) = [run for run in lines[1] if run.text == "K"]
    assert runner.ink.fg == "estimated" and runner.ink.bg == "rule"


def test_colours_say_what_signs_say() -> None:
    """Behind is `behind`, ahead is `ahead`, level is plain; the newest is bold."""
    gaps = {run.text.strip(): run.ink for run in course.draw(scenes.BEHIND, 114, 4, DEFAULT)[0]}
    assert gaps["0"].fg == "text" and gaps["+11"].fg == "behind" and gaps["+11"].bold and not gaps["+5"].bold


def test_a_missed_mat_and_a_rejected_split() -> None:
    """A mat without a split before a later one is hollow; a split that does not count is struck."""
    marks = tuple(m for m in scenes.MIDDLE.marks if m.checkpoint.id != "10km")
    assert text(replace(scenes.MIDDLE, marks=marks))[1][27] == "○"
    odd = tuple(replace(m, rejected="too fast") if m.checkpoint.id == "10km" else m for m in scenes.MIDDLE.marks)
    lines = text(replace(scenes.MIDDLE, marks=odd))
    assert lines[1][27] == "×" and lines[0].count("−6") == 2


def test_a_mat_that_would_touch_waits_for_its_split() -> None:
    """At 80 columns 21 km is drawn once it is passed."""
    assert "╋╋" not in text(scenes.vienna(3500.0), 76)[1] and "╋╋" in text(scenes.vienna(3600.0), 76)[1]


@given(st.sampled_from(SCENES), st.integers(20, 240))
def test_the_runner_is_beyond_the_last_mat(snapshot: Snapshot, width: int) -> None:
    """Between two mats the runner never stands on the one just passed."""
    here = course.runner_cell(snapshot, width)
    last = snapshot.last
    if here is not None and last is not None and last.distance_m is not None and snapshot.phase == "running":
        assert here == min(width - 1, max(here, course.cell(snapshot, last.distance_m, width) + 1))


@pytest.mark.parametrize("width", [36, 76, 114, 190])
def test_a_click_finds_what_it_shows(width: int) -> None:
    """Each mat on the axis answers to its own cell, a passed one with its split."""
    for stop in course.stops(scenes.MIDDLE, width):
        found = course.mark_at(scenes.MIDDLE, stop.x, width)
        assert found is (stop.mark or stop.checkpoint)
        assert isinstance(found, Mark if stop.mark else Checkpoint)
    finish = course.mark_at(scenes.MIDDLE, width - 1, width)
    assert isinstance(finish, Checkpoint) and finish.type == "finish"


def test_a_click_beside_every_mat() -> None:
    """Between the mats there is nothing, and without distances there is nothing at all."""
    assert course.mark_at(scenes.MIDDLE, 7, 114) is None
    assert course.mark_at(scenes.unknown_course(), 7, 114) is None


def test_without_a_target_times_stand_over_the_mats() -> None:
    """No gaps: when each mat was passed, and when the next is due."""
    assert text(scenes.NO_TARGET)[0].split()[:2] == ["14:10", "28:20"]
    assert "≈ 1:25:11" in text(scenes.NO_TARGET)[0]


def test_the_mats_to_come_have_their_moments() -> None:
    """Where a projection knows them, each mat to come wears its own; the runner's 80 % lies on the line."""
    lines = course.draw(scenes.arriving(), 114, 4, DEFAULT)
    assert text(scenes.arriving())[0].count("≈") >= 2
    assert any(run.ink.bg == "estimated/45" for run in lines[1])


def test_miles() -> None:
    """The mats in miles."""
    assert text(scenes.MIDDLE, look=Look(units="mi"))[2].split()[:3] == ["0", "3.1", "6.2"]


def test_ascii_legs() -> None:
    """Without colours a bar opens each leg and brackets hold the one of now."""
    assert text(scenes.MIDDLE, 76, look=Look(ascii=True))[3].startswith(
        "| A    | B    | 3 - C   |  D    | 5 - E   [ D  ]"
    )


def test_a_ghost_on_the_axis() -> None:
    """A ghost shows where it is, if the cell is free."""
    race = scenes.with_ghost()
    assert race.ghost is not None
    assert "G" in text(replace(race, ghost=replace(race.ghost, position_m=23000.0)))[1]


def test_course_unknown() -> None:
    """Mats without metres have no axis."""
    assert text(scenes.unknown_course()) == ["", "course unknown: the mats have no places on a line", "", ""]


@given(st.integers(20, 200), st.integers(1, 60))
def test_many_mats_never_overlap(width: int, count: int) -> None:
    """Words over and under the axis keep a cell between them, however many mats there are."""
    mats = tuple(Checkpoint(f"m{i}", f"mat {i}", 42195.0 * i / (count + 1)) for i in range(1, count + 1))
    end = Checkpoint("finish", "finish", 42195.0, "finish")
    marks = tuple(
        Mark(m, m.distance_m, 60.0 * i, "official", 1.0, True, gap_s=-12.0 * i) for i, m in enumerate(mats, 1)
    )
    race = replace(scenes.MIDDLE, course=replace(scenes.VIENNA, checkpoints=(*mats, end)), marks=marks, last=marks[-1])
    over = text(race, width)[0].split()
    assert set(over) <= {words.gap(m.gap_s or 0.0) for m in marks}
    under = text(race, width)[2].split()
    assert set(under) <= {"0", "42.2", *(words.mat(m.distance_m, m.name) for m in mats)}


def test_a_time_that_fits_at_its_place_is_shown() -> None:
    """No time vanishes while there are free cells at its own place: what moved the others may have left it room."""
    canvas = Canvas(40, 1)
    tags = [course.Tag(8, "43:09", "muted"), course.Tag(16, "57:39", "muted", rank=1)]
    tags += [course.Tag(18, "1:00:48", "bright", rank=0), course.Tag(23, "≈ 1:12:06", "estimated", rank=3)]
    course._spread(canvas, 0, tags, last_apart=1)
    (row,) = plain(canvas.lines()).split("\n")
    assert "43:09" in row and "1:00:48" in row
    for tag in tags:
        at = [tag.x + shift for shift in (-2, -1, 0, 1, 2)]
        assert tag.text in row or not any(canvas.is_free(x - 1, 0, len(tag.text) + 2) for x in at)


def test_alone_it_has_a_name_and_air() -> None:
    """Tall: COURSE above, in reverse with the focus, a blank row between the rows, the legs in a table below."""
    rows = text(scenes.MIDDLE, 114, 29)
    assert rows[0] == "COURSE" and not rows[1] and not rows[3]
    assert [rows[2], rows[4], rows[6], rows[8]] == text(scenes.MIDDLE)
    assert rows[10].split()[:2] == ["leg", "team"] and rows[16].split()[:2] == ["6", "D"]
    assert course.draw(scenes.MIDDLE, 114, 29, Look(focus="course"))[0][0].ink.bg == "muted"
    assert "leg" not in "".join(text(replace(scenes.MIDDLE, rotation=None), 114, 29))


def test_a_lone_runner_far_from_a_mat_is_a_guess() -> None:
    """The way is run as far as the last mark; beyond it the place is in the ink of what is estimated, not of now."""
    line = course.draw(lives.silent(), 114, 4, DEFAULT)[1]
    here = next(run for run in line if run.text == "M")
    assert here.ink.bg == "estimated" and "╌" in "".join(run.text for run in line).split("M")[0]
    full = next(run for run in course.draw(lives.silent(target=True), 114, 4, DEFAULT)[1] if run.text == "M")
    assert full.ink.bg == "now"
