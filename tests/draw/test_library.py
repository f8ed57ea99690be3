"""The library."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import courses, golden
from tests.draw.test_road import LOOKS
from tracker.draw import library
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.library import LibraryRow
from tracker.draw.look import DEFAULT, Look

MATS = (5000.0, 10000.0, 15000.0, 20000.0, 21000.0, 25000.0, 30000.0, 35000.0, 40000.0)
VIENNA = LibraryRow(
    "vienna-2019", "INEOS 1:59 Challenge", "Vienna", "2019-10-12", 1570860900.0, "Europe/Vienna", "Eliud Kipchoge",
    "Kipchoge, 41 pacers", 10, MATS, 42195.0, "2:00:00", 7200.0, "41, in 9 legs (inferred)",
    "reported, whole seconds", False, "1:59:40.2", courses.PRATER,
)  # fmt: skip
BERLIN = LibraryRow(
    "berlin-2018", "Berlin Marathon", "Berlin", "2018-09-16", None, "Europe/Berlin", "Eliud Kipchoge", "Kipchoge", 10,
    MATS, 42195.0, None, None, None, "official", True, "2:01:39",
)  # fmt: skip
ROWS = (VIENNA, BERLIN)
MANY = tuple(replace(BERLIN, name=f"race-{i}") for i in range(60))


def text(selected: int = 0, revealed: frozenset[str] = frozenset(), query: str = "", width: int = 114,
         height: int = 34, look: Look = DEFAULT, rows: tuple[LibraryRow, ...] = ROWS) -> str:  # fmt: skip
    """The screen as text."""
    return plain(library.draw(rows, selected, revealed, query, width, height, look))


@given(
    st.sampled_from(((), ROWS, MANY)), st.integers(0, 59), st.integers(1, 220), st.integers(1, 60), st.sampled_from(LOOKS),
    st.text(max_size=80).filter(str.isprintable), st.booleans(),
)  # fmt: skip
def test_every_cell_is_drawn_once(
    rows: tuple[LibraryRow, ...], selected: int, width: int, height: int, look: Look, query: str, shown: bool
) -> None:
    """Whatever the list and the size: so many lines of so many cells, ASCII where that is asked for."""
    revealed = frozenset(row.name for row in rows) if shown else frozenset()
    lines = library.draw(rows, min(selected, max(0, len(rows) - 1)), revealed, query, width, height, look)
    assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
    assert not look.ascii or all(run.text.isascii() for line in lines for run in line)


@pytest.mark.parametrize(("width", "height"), [(36, 22), (76, 22), (114, 34)])
def test_kept_frames(width: int, height: int) -> None:
    """The library as it was looked at, at three sizes."""
    golden.check(f"library_{width}x{height}", text(width=width, height=height))


@given(st.integers(30, 220), st.integers(8, 60), st.integers(0, 1))
def test_no_result_before_it_is_asked_for(width: int, height: int, selected: int) -> None:
    """Hidden results appear nowhere on the screen; one that is shown shows no other."""
    assert not any(row.result in text(selected, width=width, height=height) for row in ROWS)
    assert "1:59:40" not in text(selected, frozenset({"berlin-2018"}), width=width, height=height)


def test_results_shown() -> None:
    """The header counts what is open; all open has its own word."""
    assert "RESULTS HIDDEN" in text() and "1 SHOWN" in text(revealed=frozenset({"vienna-2019"}))
    every = text(revealed=frozenset({"vienna-2019", "berlin-2018"}))
    assert "RESULTS SHOWN" in every and "1:59:40.2" in every and "2:01:39" in every


def test_the_chosen_race_in_full() -> None:
    """What is known before the gun stands beside the table."""
    said = text()
    for fact in ("12 Oct 2019, 08:15:00 CEST", "2:00:00 (2:50.6/km)", "5 km each, and 21 km", "not record-eligible"):
        assert fact in said
    assert "ghosts   berlin-2018" in said and "INEOS 1:59 Challenge, Vienna" in said


def test_search() -> None:
    """Race, runner, city or year, in any order and case."""
    assert library.matching(ROWS, "KIPCHOGE 2018") == [BERLIN]
    assert library.matching(ROWS, "vienna") == [VIENNA]
    assert library.matching(ROWS, "") == list(ROWS)
    assert "no race matches" in text(rows=())


@given(st.integers(0, 59), st.integers(9, 60))
def test_the_chosen_race_is_always_on_the_screen(selected: int, height: int) -> None:
    """However long the list, and a click on its row finds it."""
    lines = text(selected, width=76, height=height, rows=MANY).split("\n")
    (y,) = [y for y, line in enumerate(lines) if line.startswith("▌")]
    assert f"race-{selected} " in lines[y]
    assert library.row_at(MANY, selected, height, y) == selected
    assert library.row_at(MANY, selected, height, 0) is None
