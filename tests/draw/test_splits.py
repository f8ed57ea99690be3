"""The table of marks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import lives, scenes
from tracker.draw import splits
from tracker.draw.ink import Line, plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.plan import even
from tracker.race.snapshot import Mark, Mode, Snapshot


def draw(snapshot: Snapshot, width: int = 62, height: int = 4, look: Look = DEFAULT) -> list[Line]:
    """The panel."""
    return splits.draw(snapshot, width, height, look)


def text(snapshot: Snapshot, width: int = 62, height: int = 4, look: Look = DEFAULT) -> str:
    """The panel as text."""
    return plain(draw(snapshot, width, height, look))


def rows(snapshot: Snapshot, width: int = 62, height: int = 4) -> list[list[str]]:
    """The panel's words."""
    return [line.split() for line in text(snapshot, width, height).split("\n")]


def changed(mark: Mark, snapshot: Snapshot = scenes.MIDDLE) -> Snapshot:
    """The snapshot with another newest mark."""
    return replace(snapshot, marks=(*snapshot.marks[:-1], mark), last=mark)


def test_the_newest_marks_and_the_next() -> None:
    """Three rows: the two newest mats and the one to come."""
    assert rows(scenes.MIDDLE) == [
        ["km", "time", "5", "km", "pace/km", "gap", "s", "even", "pace"],
        ["21", "59:35", "2:48", "−8", "1:59:43"],
        ["25", "1:10:59", "14:12", "2:50.4", "−7", "1:59:48"],
        ["30", "≈", "1:25:11", "due", "in", "13:08"],
    ]


def test_the_next_mat_is_estimated_and_the_newest_bold() -> None:
    """What is to come is violet and never bold, the newest row is bright and bold."""
    *_, newest, coming = draw(scenes.MIDDLE)
    assert {run.ink.fg for run in coming if run.text.strip()} == {"estimated"}
    assert not any(run.ink.bold for run in coming)
    assert all(run.ink.bold for run in newest if run.text.strip())


def test_marks_that_carry_nothing_are_violet_and_have_no_gap() -> None:
    """The half is derived: it has a time with ≈ and nothing else."""
    half = next(line for line in draw(scenes.MIDDLE, 77, 15) if any("half" in run.text for run in line))
    assert "".join(run.text for run in half).split() == ["half", "≈", "59:52"]
    assert {run.ink.fg for run in half if run.text.strip()} == {"estimated"}


@given(st.floats(0, 7180.2), st.sampled_from([(62, 4), (77, 15), (42, 4)]))
def test_numbers_stand_under_each_other(elapsed_s: float, size: tuple[int, int]) -> None:
    """In a column of times, all colons before the seconds stand in one cell, tenths or not."""
    seen = scenes.vienna(elapsed_s)
    if not any(m.carries for m in seen.marks):
        return
    body = [line for line in text(seen, *size).split("\n") if ":" in line]
    places = {line[: line.find("  ", line.index(":"))].split(".")[0].rfind(":") for line in body}
    assert len(places) == 1


def test_the_finish_in_tenths() -> None:
    """Tenths only where the feed has them, whole seconds beside them in the section."""
    table = rows(scenes.FINISHED)
    assert table[-1] == ["finish", "1:59:40.2", "6:04", "2:46", "−19.8"]
    assert table[-2] == ["40", "1:53:36", "14:13", "2:50.6", "−9", "1:59:50"]


def test_before_the_gun_what_is_asked() -> None:
    """Before the gun the table says what the target asks for, with the time of day, cut to the second."""
    assert rows(scenes.BEFORE)[1:3] == [["5", "14:13", "08:29:13"], ["10", "28:26", "08:43:26"]]
    assert rows(scenes.NO_MARK)[1:3] == [["5", "14:13", "≈", "14:10"], ["10", "28:26"]]


def test_overdue_is_said() -> None:
    """A mat that is overdue says so and since when."""
    assert rows(scenes.overdue())[-1] == ["30", "≈", "1:25:11", "overdue", "0:11"]


def test_a_rejected_mark_is_struck_with_its_reason() -> None:
    """A mark that does not count is struck out, and says the word and the reason."""
    mark = replace(scenes.MIDDLE.marks[-1], carries=False, rejected="faster than 1:50/km")
    line = draw(changed(mark))[-2]
    struck = [run for run in line if run.ink.strike]
    assert [run.text.strip() for run in struck] == ["1:10:59"]
    assert "rejected: faster than 1:50/km" in "".join(run.text for run in line)


def test_corrected_and_provisional() -> None:
    """For a minute a correction shows the old value behind an arrow; a provisional time has a question mark."""
    mark = replace(scenes.MIDDLE.marks[-1], was_s=4262.0, known_s=4300.0, provisional=True)
    assert "1:10:59?  ← 1:11:02" in text(changed(mark))
    assert "←" not in text(changed(replace(mark, known_s=4200.0)))


def test_miles_and_unknown_courses() -> None:
    """Miles change every distance and pace; without metres there are only names and times."""
    assert rows(scenes.MIDDLE)[0] != text(scenes.MIDDLE, look=Look(units="mi")).split("\n")[0].split()
    assert text(scenes.MIDDLE, look=Look(units="mi")).split("\n")[2].split()[:4] == [
        "15.5",
        "1:10:59",
        "14:12",
        "4:34.2",
    ]
    assert rows(scenes.unknown_course())[1:3] == [["Old", "bridge", "14:10"], ["The", "mill", "28:22"]]


def test_columns_are_dropped_from_the_right() -> None:
    """A narrow table keeps mat, time, section, pace; no column is cut in two."""
    assert rows(scenes.MIDDLE, 42)[0] == ["km", "time", "5", "km", "pace/km", "gap", "s"]
    assert rows(scenes.MIDDLE, 36)[0] == ["km", "time", "5", "km", "pace/km"]


def test_an_irregular_section_is_not_under_the_head_of_the_regular_one() -> None:
    """A section as long as two has no place in the column `5 km`; its pace stays."""
    mark = replace(scenes.MIDDLE.marks[-1], section_s=1705.0, section_m=10000.0, pace_m=10000.0, pace_s_per_km=170.5)
    newest = rows(changed(mark))[2]
    assert newest == ["25", "1:10:59", "2:50.5", "−7", "1:59:48"]


def test_a_reason_says_its_word_once() -> None:
    """A mark kept in quarantine is called that, and not rejected too."""
    mark = replace(scenes.MIDDLE.marks[-1], carries=False, rejected="quarantined: not later than 21 km")
    said = text(changed(mark), 80)
    assert "quarantined: not later than 21 km" in said and "rejected" not in said


def test_an_ordinary_runner_in_a_live_race_has_times_of_day() -> None:
    """Beside the elapsed ones; of a feed that is lost nothing counts down."""
    live = Mode("live", link_age_s=3.0)
    lines = plain(splits.draw(scenes.vienna(4323.0, None, live), 62, 4, DEFAULT)).split("\n")
    assert "time of day" in lines[0] and "≈ 09:40" in lines[3] and "due in" in lines[3]
    lost = plain(
        splits.draw(scenes.vienna(4323.0, None, replace(live, word="offline", horizon_s=scenes.GUN_S)), 62, 4, DEFAULT)
    )
    assert "due in" not in lost and "due" in lost


def test_what_was_projected_at_each_mark() -> None:
    """Median and chance stand in its row, in the even pace's place where there is no room for both."""
    newest = rows(scenes.PROJECTED)[-2]
    assert newest[-3:] == ["1:59:50", "60", "%"]
    wide = text(scenes.PROJECTED, 90, 12)
    assert "even pace   median  under 2 h" in wide and "even pace" not in text(scenes.PROJECTED, 62, 12)


@pytest.mark.parametrize(
    ("finish_s", "head"), [(7200.0, "under 2 h"), (12600.0, "under 3:30"), (7170.0, "under 1:59:30")]
)
def test_the_head_names_the_target(finish_s: float, head: str) -> None:
    """As short as it can be said."""
    assert head in text(replace(scenes.PROJECTED, plan=even("mine", scenes.MARATHON_M, finish_s)), 90, 12)


def test_a_silent_mat_has_its_row() -> None:
    """Between the mats that were read and the one that is waited for."""
    assert [row[:2] for row in rows(lives.silent(target=True))[-2:]] == [["10", "silent"], ["15", "≈"]]
