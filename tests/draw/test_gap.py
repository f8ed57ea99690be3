"""The gap panel."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.draw import lives, scenes
from tracker.draw import gap
from tracker.draw.ink import Ink, plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.plan import even
from tracker.race.snapshot import Due, Snapshot


def text(snapshot: Snapshot, width: int = 42, height: int = 11, look: Look = DEFAULT) -> str:
    """The panel as text."""
    return plain(gap.draw(snapshot, width, height, look))


def inks(snapshot: Snapshot) -> set[str]:
    """The inks of the panel."""
    return {ink for line in gap.draw(snapshot, 42, 11, DEFAULT) for run in line for ink in (run.ink.fg, run.ink.bg)}


def test_word_place_and_age() -> None:
    """The gap says whether it is ahead, at which mat that was measured, by whom, and how long ago."""
    said = text(scenes.MIDDLE)
    assert "GAP TO 2:00:00" in said
    assert "AHEAD   reported at 25 km · 1:04 ago" in said
    assert "now ≈ −7 s · ≈ 41 m in front of the line" in said
    assert "held until 30 km, due ≈ 1:25:11" in said


def test_behind_is_said_in_word_and_sign() -> None:
    """Behind differs from ahead in word, sign, ink and side of the line."""
    said = text(scenes.BEHIND)
    assert "BEHIND" in said
    assert "now ≈ +11 s · ≈ 65 m behind the line" in said
    assert "behind" in inks(scenes.BEHIND)
    assert "ahead" not in inks(scenes.BEHIND)


def test_level() -> None:
    """Under half a unit he is level, and the zero wears no side."""
    level = scenes.vienna(4323.0, even("even", scenes.MARATHON_M, 4259.2 / 25 * 42.195))
    assert "LEVEL" in text(level)
    assert not {"ahead", "behind"} & inks(level)


@given(st.floats(-600, 849))
def test_nothing_but_a_gap_wears_its_colours(elapsed_s: float) -> None:
    """Before the first mark no figure can be read as a gap."""
    assert not {"ahead", "behind"} & inks(scenes.vienna(elapsed_s))


def test_due_is_no_better_than() -> None:
    """Once the mat is due the gap can only be worse: a bound in words, and no colour while it is not overdue."""
    assert scenes.MIDDLE.gap is not None and scenes.MIDDLE.due is not None
    due: Due = replace(scenes.MIDDLE.due, state="due")
    seen = replace(scenes.MIDDLE, due=due, gap=replace(scenes.MIDDLE.gap, now_s=-5.9, quality="at_least"))
    assert "no better than 6 s ahead" in text(seen)
    assert "at least" not in text(seen)
    assert "behind" not in inks(seen)


def test_overdue_is_at_least() -> None:
    """Overdue and past the line: at least so far behind, and the old gap no longer wears the colour of being ahead."""
    seen = scenes.overdue()
    assert "at least 21 s behind, 30 km overdue" in text(seen)
    assert "since 1:25:28, due ≈ 1:25:11" in text(seen)
    assert "OVERDUE" in text(seen)
    assert "ahead" not in inks(seen)


def test_the_finish_is_final() -> None:
    """At the finish the gap is exact, in tenths, and the line's metres are how far it is short."""
    said = text(scenes.FINISHED)
    assert "at the finish · final" in said
    assert "line ≈ 116 m short of the finish" in said
    assert "reported in tenths; 5 km marks in seconds" in said


def test_before_the_gun_and_before_a_mark() -> None:
    """The large figure counts down to the gun, then to the first mark."""
    assert "START IN" in text(scenes.BEFORE)
    assert "gun 08:15:00 CEST · Reichsbrücke" in text(scenes.BEFORE)
    assert "first mark 5 km, due ≈ 14:10" in text(scenes.BEFORE)
    assert "FIRST MARK IN" in text(scenes.NO_MARK)
    assert "5 km due ≈ 14:10, at the laser's 2:50/km" in text(scenes.NO_MARK)
    assert "2:00:00 asks for 14:13 there" in text(scenes.NO_MARK)


def test_without_a_target_the_next_arrival() -> None:
    """Without a target the panel is the next arrival, by the clock on the wall."""
    said = text(scenes.NO_TARGET)
    assert "NEXT ARRIVAL  30 km" in said
    assert "due ≈ 09:40 · in ≈ 13 min" in said
    assert "last seen at 25 km · 1:04 ago" in said


def test_who_left_has_no_gap() -> None:
    """A runner who is out has a word for a figure, and no gap that still seems to run."""
    for status, label in (("DNF", "DID NOT FINISH"), ("DNS", "DID NOT START"), ("DSQ", "DISQUALIFIED")):
        said = text(scenes.out(status))
        assert label in said
        assert "last seen at 25 km · 1:10:59" in said
        assert "AHEAD" not in said


def test_unknown_course() -> None:
    """Without metres there is no gap, and the panel says why."""
    said = text(scenes.unknown_course())
    assert "LAST MARK  The mill" in said
    assert "no gap: the course is not known" in said


@given(st.integers(18, 130), st.integers(2, 40))
def test_word_and_age_at_every_size(width: int, height: int) -> None:
    """However small, the panel says ahead and, from three rows on, how old that is."""
    said = text(scenes.MIDDLE, width, height)
    assert "AHEAD" in said
    assert height < 3 or " ago" in said


def test_miles_change_every_distance() -> None:
    """With miles no kilometre and no metre is left."""
    said = text(scenes.MIDDLE, look=Look(units="mi"))
    assert "15.5 mi" in said and "45 yd" in said
    assert " km" not in said and " m " not in said


def test_focus_and_flash() -> None:
    """The focused label is in reverse; a changed figure is drawn on its own colour, or bold words where nothing moves."""
    label = gap.draw(scenes.MIDDLE, 42, 11, Look(focus="gap"))[0][0]
    assert label.ink == Ink("bg", "muted", bold=True)
    flashed = gap.draw(scenes.MIDDLE, 42, 11, Look(flash=frozenset({"gap"})))
    assert any(run.ink.bg == "ahead" and not run.text.strip() for run in flashed[5])
    still = gap.draw(scenes.MIDDLE, 42, 11, Look(flash=frozenset({"gap"}), motion=False))
    assert any(run.ink.bold and "reported" in run.text for run in still[8])


def test_a_silent_mat_is_no_bound() -> None:
    """The mat is named and the gap goes on as an estimate: nobody is overdue, and nothing is said to be no better than."""
    said = text(lives.silent(target=True))
    assert "10 km silent" in said and "now ≈" in said and "BEHIND" in said
    assert "OVERDUE" not in said and "at least" not in said


def test_after_the_end_no_gap_is_estimated() -> None:
    """What the last mark said stands; nothing is due, and there is no now."""
    said = text(lives.over(target=True))
    assert "the race is over · no time at the" in said and "now" not in said and "due" not in said
