"""Two races side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import golden, scenes
from tests.draw.test_road import LOOKS, SCENES
from tracker.draw import compare, gapchart, versus
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.snapshot import Ghost, Snapshot

GHOSTS = tuple(replace(s, ghost=scenes.with_ghost().ghost) for s in SCENES)


def ghost() -> Ghost:
    """Berlin 2018 at 1:12:03."""
    found = scenes.with_ghost().ghost
    assert found is not None
    return found


def text(snapshot: Snapshot, width: int = 114, height: int = 29, look: Look = DEFAULT) -> str:
    """The body as text."""
    return plain(compare.draw(snapshot, width, height, look))


@given(st.sampled_from((*SCENES, *GHOSTS)), st.integers(1, 220), st.integers(1, 60), st.sampled_from(LOOKS))
def test_every_cell_is_drawn_once(snapshot: Snapshot, width: int, height: int, look: Look) -> None:
    """Whatever the state and the size: so many lines of so many cells, ASCII where that is asked for."""
    lines = compare.draw(snapshot, width, height, look)
    assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
    assert not look.ascii or all(run.text.isascii() for line in lines for run in line)


@pytest.mark.parametrize(("width", "height"), [(36, 17), (76, 17), (114, 29)])
def test_kept_frames(width: int, height: int) -> None:
    """The comparison as it was looked at, at three sizes."""
    golden.check(f"compare_{width}x{height}", text(scenes.with_ghost(), width, height))


def test_the_gap_is_at_the_last_mat_of_both() -> None:
    """20 km, though the runner is through 25 km; there it is a bound until the ghost passes."""
    said = text(scenes.with_ghost())
    assert "AHEAD   20 km, last mark of both" in said
    assert "25 km: at least 1:04, ghost not there yet" in said
    assert "now ≈ 500 m in front of the ghost" in said


def test_the_ghost_has_a_future() -> None:
    """Its marks to come are hollow, and say when."""
    said = text(scenes.with_ghost())
    assert "◌ passes 25 km in 0:21" in said and "◌ −1:25 when the ghost passes, in 0:21" in said
    row = next(line for line in said.split("\n") if line.endswith("to come") and "GAP" not in line)
    assert "◌ 1:12:24" in row


def test_the_ghost_is_in_front() -> None:
    """A ghost that has passed a mat before the runner says so."""
    ahead = replace(ghost(), gap_s=20.0, passed=(*ghost().passed, ghost().to_come[0]), waiting=None, at_least_s=None,
                    metres=120.0)  # fmt: skip
    race = replace(scenes.vienna(4250.0), ghost=ahead)
    said = text(replace(race, elapsed_s=4400.0))
    assert "BEHIND" in said and "25 km: the ghost passed 0:56 ago" in said and "≈ 120 m behind" in said


def test_no_ghost() -> None:
    """Without a ghost it says how to choose one."""
    assert "r chooses a recorded race" in text(scenes.MIDDLE)


def test_what_the_pace_was_set_to() -> None:
    """A paced run's schedule stands below the table, so far as it was run; with a paced ghost each under its name."""
    said = text(scenes.with_ghost()).split("\n")[-1]
    assert said.startswith("PACE SET TO  2:50.1/km to ≈ 13 km, then 2:50.6/km") and "≈ 1:59:53 · derived" in said
    both = text(replace(scenes.with_ghost(), ghost=replace(ghost(), schedule=scenes.vienna(7180.2).schedule)))
    assert [line[:13] for line in both.split("\n")[-2:]] == ["VIENNA SET TO", "BERLIN SET TO"]
    assert "SET TO" not in text(replace(scenes.with_ghost(), schedule=None))


def test_no_mark_of_both() -> None:
    """Before the first mark of both there is no gap, and none is invented."""
    early = replace(ghost(), both=None, gap_s=None, waiting=None, at_least_s=None)
    assert "no mark of both yet" in text(replace(scenes.NO_MARK, ghost=early))


def test_pairs() -> None:
    """What was gained since the mat before adds up to the gap."""
    table = versus.pairs(scenes.with_ghost(), ghost())
    assert [round(p.gap_s) for p in table] == [-14, -41, -64, -69, -85]
    assert [round(p.gained_s) for p in table] == [-14, -27, -23, -5, -16]
    assert [p.to_come for p in table] == [False] * 4 + [True]


@given(st.lists(st.floats(-4000, 4000), max_size=12), st.integers(6, 30))
def test_the_chart_holds_every_gap(gaps: list[float], rows: int) -> None:
    """Ahead is up: the scale keeps all gaps on the chart, zero included, up to hours."""
    axis = gapchart.scale(gaps, rows)
    assert 0 <= axis.zero < rows
    assert all(axis.y(a) <= axis.y(b) for a in gaps for b in gaps if a <= b)
    if axis.step < 7200:
        assert all(-1 <= axis.y(g) <= rows * 4 for g in gaps)
