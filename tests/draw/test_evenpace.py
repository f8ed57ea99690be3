"""Under the finish at even pace."""

from __future__ import annotations

from tests.draw import scenes
from tracker.draw import evenpace
from tracker.draw.finish import Choices
from tracker.draw.look import DEFAULT


def said(rows: list[Choices]) -> list[str]:
    """The longest wordings."""
    return ["".join(word.text for word in row[0]) for row in rows]


def test_before_the_gun_it_says_what_was_announced() -> None:
    """Where it begins, the target, the laser's pace and what he has done."""
    rows = said(evenpace.before_a_mark(scenes.BEFORE, DEFAULT, 0))
    assert rows[0] == "begins at 5 km" and "laser 2:50/km as announced" in rows
    assert any(row.startswith("his best 2:01:39") for row in rows)


def test_before_the_first_mark_there_is_no_pace() -> None:
    """And no best, which would be read as one."""
    assert said(evenpace.before_a_mark(scenes.NO_MARK, DEFAULT, 0))[-1] == "no pace before a mark"


def test_a_mat_that_is_overdue_leaves_what_was_measured() -> None:
    """Nothing is promised from here."""
    rows = said(evenpace.running(scenes.overdue(), DEFAULT, 5, 0))
    assert rows[0] == "even pace at 25 km" and not any("from here" in row for row in rows)
