"""The marks of a runner and a ghost side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tests.draw.test_compare import ghost
from tracker.draw import versus
from tracker.draw.ink import Canvas, plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.snapshot import Ghost, Snapshot

RACE = scenes.with_ghost()
LATE = replace(scenes.FINISHED, ghost=RACE.ghost, elapsed_s=7300.0)


def drawn(snapshot: Snapshot, other: Ghost, width: int = 114, height: int = 12, look: Look = DEFAULT) -> Canvas:
    """The table from the first row on."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    versus.draw(canvas, 0, versus.pairs(snapshot, other), snapshot, other, look)
    return canvas


def rows(canvas: Canvas) -> list[list[str]]:
    """Its rows as words."""
    return [row.split() for row in plain(canvas.lines()).split("\n")]


def tenths(there: Ghost) -> Ghost:
    """A ghost whose finish was taken to a tenth."""
    *most, finish = there.to_come
    precise = replace(finish, elapsed_s=7299.4, resolution_s=0.1, section_s=388.4, section_m=2195.0)
    return replace(there, to_come=(*most, precise))


@given(st.floats(0, 7400))
def test_gains_add_up_to_the_gap(elapsed_s: float) -> None:
    """What was gained from mat to mat is the gap at the last of them; only the ghost's own future is to come."""
    now = replace(scenes.vienna(elapsed_s), ghost=RACE.ghost)
    table = versus.pairs(now, ghost())
    total = 0.0
    for pair in table:
        total += pair.gained_s
        assert abs(total - pair.gap_s) < 1e-6 and pair.gap_s == pair.mine.elapsed_s - pair.ghost.elapsed_s
        assert pair.mine.elapsed_s <= elapsed_s and pair.to_come == (pair.ghost.elapsed_s > elapsed_s)
    assert [p.mine.distance_m for p in table] == sorted(p.mine.distance_m or 0 for p in table)


def test_only_mats_of_both_that_count() -> None:
    """Derived, rejected and placeless marks, and mats of one race only, are no row."""
    assert [p.mine.distance_m for p in versus.pairs(LATE, ghost())] == [
        5e3,
        1e4,
        15e3,
        2e4,
        25e3,
        3e4,
        35e3,
        4e4,
        42195.0,
    ]
    bad = (replace(m, rejected="too fast") if m.distance_m == 10000 else m for m in LATE.marks)
    assert 10000 not in [p.mine.distance_m for p in versus.pairs(replace(LATE, marks=tuple(bad)), ghost())]
    silent = replace(ghost(), passed=tuple(replace(m, carries=m.distance_m != 5000) for m in ghost().passed))
    assert versus.pairs(LATE, silent)[0].mine.distance_m == 10000


def test_decimals_follow_the_coarser_mark() -> None:
    """A finish taken to a tenth after mats in whole seconds: the gap has tenths, what lies between two marks has not."""
    last = versus.pairs(LATE, tenths(ghost()))[-1]
    assert (last.resolution_s, last.gained_resolution_s) == (0.1, 1.0)
    assert (last.section_resolution_s, last.ghost_section_resolution_s) == (1.0, 1.0)
    assert rows(drawn(LATE, tenths(ghost()), height=10))[-1] == [
        "finish",
        "1:59:40.2",
        "6:04",
        "2:01:39.4",
        "6:28",
        "−24",
        "−1:59.2",
    ]


@pytest.mark.parametrize(
    ("width", "heads"),
    [(114, ["km", "Vienna", "5", "km", "Berlin", "5", "km", "gained", "gap"]),
     (76, ["km", "Vienna", "5", "km", "Berlin", "5", "km", "gained", "gap"]), (36, ["km", "Vienna", "Berlin", "gap"])],
)  # fmt: skip
def test_columns_go_with_the_width(width: int, heads: list[str]) -> None:
    """Narrow tables keep the mat, both times and the gap."""
    assert rows(drawn(RACE, ghost(), width))[0] == heads


@given(st.integers(1, 14))
def test_the_newest_rows_stay(height: int) -> None:
    """Where rows run out the oldest go; the last row is the newest, in bright."""
    canvas = drawn(LATE, ghost(), height=height)
    shown = [row[0] for row in rows(canvas)[1:] if row]
    assert shown == ["5", "10", "15", "20", "25", "30", "35", "40", "finish"][max(0, 10 - height) :]
    if shown:
        assert [y for y in range(1, height) if canvas.ink(20, y).fg == "bright"] == [len(shown)]


def test_what_is_to_come_is_hollow() -> None:
    """The ghost's own future has the estimate's ink, the sign and the words, and neither ahead nor behind."""
    canvas = drawn(RACE, ghost())
    assert rows(canvas)[5] == ["25", "1:10:59", "14:12", "◌", "1:12:24", "−16", "−1:25", "to", "come"]
    inks = [canvas.ink(x, 5).fg for x in (49, 74, 86)]
    assert inks == ["estimated"] * 3 and canvas.ink(86, 4).fg == "ahead"
    assert "~" in rows(drawn(RACE, ghost(), look=Look(ascii=True)))[5]


def test_level_is_neither_ahead_nor_behind() -> None:
    """The same time is 0, in text; a later one is behind."""
    same = replace(
        ghost(),
        passed=tuple(replace(m, elapsed_s=t) for m, t in zip(ghost().passed, (850.4, 1690.0), strict=False)),
        to_come=(),
    )
    canvas = drawn(RACE, same)
    assert rows(canvas)[1][-1] == "0" and canvas.ink(86, 1).fg == "text"
    assert rows(canvas)[2][-1] == "+10" and canvas.ink(86, 2).fg == "behind"


def test_names_of_the_races() -> None:
    """Place and year; in the heads the places suffice where they differ; else the race's name."""
    assert versus.titles(RACE, ghost()) == ("Vienna 2019", "Berlin 2018")
    again = replace(ghost(), race=replace(ghost().race, place="Vienna"))
    assert rows(drawn(RACE, again))[0][1:3] == ["Vienna", "2019"]
    bare = replace(RACE, race=replace(RACE.race, place=None))
    assert versus.titles(bare, ghost())[0] == "INEOS 1:59 Challenge"


def test_nothing_to_compare() -> None:
    """Before the first mark of both a sentence stands where the rows will be."""
    assert "nothing to compare before the first mark of both" in plain(drawn(scenes.NO_MARK, ghost()).lines())
