"""tracker.draw.field: the table, what is pinned, and the words around it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import golden
from tests.draw.test_road import LOOKS
from tests.draw.test_spread import STRIP
from tracker.draw import field
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.listed import AMONG, NOTHING, SORTS, Listing, Row
from tracker.draw.look import DEFAULT, Look
from tracker.race.course import Checkpoint

MAT = Checkpoint("35km", "35 km", 35_000.0)
BEFORE = Checkpoint("30km", "30 km", 30_000.0)


def runner(n: int) -> Row:
    """The runner who stands in row n: the first 40 are through, one of them by an estimate."""
    time_s = 6000.0 + 7 * n
    row = Row(
        f"r{n}", f"Given{n} Name{n}", str(100 + n), "KEN" if n % 3 else "NED", followed=n in (4, 30), watched=n == 7
    )
    if n >= 40:
        return replace(row, seen=BEFORE, seen_s=5400.0 + n, status="DNF" if n == 59 else "")
    return replace(row, rank=n + 1, gained=(0, 2, -1, None)[n % 4], time_s=time_s, gap_s=7.0 * n,
                   interval_s=7.0 if n else 0.0, seen=MAT, seen_s=time_s, hollow=n == 11)  # fmt: skip


ROWS = tuple(runner(n) for n in range(60))


def made(width: int, height: int, first: int = 0, **more: object) -> Listing:
    """What a screen of this size would list, from a row on."""
    body = field.rows(height) - (2 if first else 0)
    shown = Listing(
        mat=MAT, clock="net", rows=ROWS[first : first + max(0, body)], offset=first, cursor=first + 2, count=60,
        leader=ROWS[0] if first else None, mine=ROWS[7] if first else None, passed=39, total=60,
        strip=STRIP if field.strip_cells(width, height) else None,
    )  # fmt: skip
    return replace(shown, **more)  # type: ignore[arg-type]  # a test names fields of a listing


def text(listing: Listing, width: int, height: int, look: Look = DEFAULT) -> str:
    """The body as text."""
    return plain(field.draw(listing, width, height, look))


@pytest.mark.parametrize(("width", "height"), [(114, 32), (76, 20), (190, 55), (36, 15)])
def test_kept_frames(width: int, height: int) -> None:
    """The table from its head, as it was looked at, at the sizes of four terminals."""
    golden.check(f"field_{width}x{height}", text(made(width, height), width, height))


def test_kept_frames_further_down() -> None:
    """Scrolled, the leader and the watched runner are pinned; searched and sorted, both are said."""
    golden.check("field_scrolled_114x32", text(made(114, 32, 25), 114, 32))
    found = made(76, 20, search="name3", typing=True, count=11, sort="name", among="W", rows=ROWS[30:40])
    golden.check("field_search_76x20", text(found, 76, 20))


def test_a_row_of_the_screen_is_the_runner_shown_there() -> None:
    """Pinned or not, a click finds who stands in its row, and nobody above or below."""
    for first in (0, 25):
        listing = made(114, 32, first)
        lines = text(listing, 114, 32).split("\n")
        found = {y: field.row_at(listing, 32, y) for y in range(-1, 34)}
        for y, id in found.items():
            assert (id is not None) == (0 <= y < 32 and "Given" in lines[y])
            assert id is None or f"Given{id[1:]} " in lines[y]
        assert len([id for id in found.values() if id]) == field.rows(32)


def test_what_is_not_known_is_told_from_what_is() -> None:
    """Estimated times and those still to come wear the hollow mark and the estimated ink; who is out is said to be."""
    lines = field.draw(made(114, 32, 25, rows=(ROWS[11], ROWS[45], ROWS[59], ROWS[12])), 114, 32, DEFAULT)
    for name, hollow in (("Given11", True), ("Given45", True), ("Given12", False)):
        (line,) = [line for line in lines if any(name in run.text for run in line)]
        assert any("◌" in run.text for run in line) == hollow
        assert (next(run for run in line if name in run.text).ink.fg == "estimated") == hollow
    said = "\n".join("".join(run.text for run in line) for line in lines)
    assert "≈ 1:41:17" in said and "DNF" in said


def test_the_gap_to_the_watched_runner_has_a_sign() -> None:
    """In front of them is minus; they themselves have none."""
    rows = tuple(replace(row, mine_s=7.0 * (n - 7)) for n, row in enumerate(ROWS[:12]))
    lines = text(made(190, 30, rows=rows, count=12), 190, 30).split("\n")
    for n, gap in ((0, "−49"), (9, "+14")):
        assert gap in next(line for line in lines if f"Given{n} " in line)
    assert "to yours" in "".join(lines)


def test_nobody_is_said_to_be_nobody() -> None:
    """Before the race is read, and where nobody is found."""
    assert "nobody here yet" in text(NOTHING, 76, 20)
    assert "nobody is found" in text(replace(NOTHING, search="x"), 76, 20)


ANY = st.builds(
    Row, id=st.text(max_size=4), name=st.text(max_size=40), bib=st.text(max_size=12), country=st.text(max_size=6),
    team=st.text(max_size=30), rank=st.integers(0, 99_999), gained=st.none() | st.integers(-60_000, 60_000),
    time_s=st.none() | st.floats(0, 90_000), gap_s=st.none() | st.floats(0, 90_000),
    interval_s=st.none() | st.floats(0, 9_000), seen=st.sampled_from([None, MAT, Checkpoint("x", "x", None)]),
    seen_s=st.none() | st.floats(0, 90_000), hollow=st.booleans(), followed=st.booleans(), watched=st.booleans(),
    status=st.sampled_from(["", "DNF"]),
)  # fmt: skip


@given(st.integers(0, 240), st.integers(0, 70), st.sampled_from(LOOKS), st.lists(ANY, max_size=4), st.data())
def test_every_cell_is_drawn_once(width: int, height: int, look: Look, rows: list[Row], data: st.DataObject) -> None:
    """Whatever runners are called and whatever the size: so many lines of so many cells, ASCII where that is asked for."""
    listing = Listing(
        mat=data.draw(st.sampled_from([None, MAT])), rows=tuple(rows), count=data.draw(st.integers(0, 60_000)),
        leader=data.draw(st.none() | ANY), mine=data.draw(st.none() | ANY), search=data.draw(st.text(max_size=20)),
        typing=data.draw(st.booleans()), tenths=data.draw(st.booleans()), teams=data.draw(st.booleans()),
        sort=data.draw(st.sampled_from(SORTS)), among=data.draw(st.sampled_from(AMONG)), strip=STRIP,
    )  # fmt: skip
    lines = field.draw(listing, width, height, look)
    assert [cells("".join(run.text for run in line)) for line in lines] == [width] * height
    assert not look.ascii or all(run.text.isascii() for line in lines for run in line)
