"""Cleaning flags, it does not delete."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.race.made import at, event, fold, mark, race, split, status, times, view

STEADY = {"5km": 850.0, "10km": 1700.0, "15km": 2550.0, "20km": 3400.0}


def test_a_fast_section_is_flagged_and_still_counts() -> None:
    """A section of a kilometre or more under 2:30/km is flagged."""
    told = fold(race(), split("5km", 850), split("10km", 1590))
    assert mark(told, "10km").flag == "fast: 148 s/km from 5 km, under 150"
    assert mark(told, "10km").carries
    assert view(told, 1600).counts.flagged == 1


def test_an_impossible_section_is_quarantined_with_the_reason() -> None:
    """A section under 1:50/km is put aside, with the reason; the runner stays where he was."""
    told = fold(race(), split("5km", 850), split("10km", 1300))
    assert mark(told, "10km").rejected == "quarantined: 90 s/km from 5 km, under 110"
    assert list(times(told)) == ["5km"]
    assert view(told, 1310).counts.quarantined == 1


def test_short_sections_are_not_judged() -> None:
    """Under a kilometre the clock's step and the mat's place decide, so no pace is judged."""
    told = fold(race(), split(5000.0, 850), split(5100.0, 852))
    assert [m.flag for m in told.sheet("a").marks] == [None, None]
    assert len(told.sheet("a").carrying) == 2


def test_limits_are_those_of_the_division() -> None:
    """What a runner cannot do a wheelchair can; a race may set limits of its own."""
    fast = split("10km", 1000.0)
    assert mark(fold(race(), fast), "10km").rejected is not None
    chair = event(kind="athlete", id="a", division="wheelchair")
    assert mark(fold(race(), fast, chair), "10km").rejected is None
    own = race(limits=({"division": "run", "flag_s_per_km": 90.0, "quarantine_s_per_km": 60.0},))
    assert mark(fold(own, fast), "10km").flag is None


@given(st.permutations(list(STEADY)), st.sampled_from(list(STEADY)), st.sampled_from([0.0, 60.0, 9000.0]))
def test_one_wrong_mark_never_takes_the_others_with_it(order: list[str], wrong: str, shown_s: float) -> None:
    """Of four marks one of which cannot be, the other three count, in whatever order they came."""
    told = fold(race(), [split(id, shown_s if id == wrong else STEADY[id]) for id in order])
    expected = {id: t for id, t in STEADY.items() if id != wrong}
    if wrong == "20km" and shown_s == 9000.0:
        expected = STEADY | {wrong: shown_s}  # slow is not impossible
    assert times(told) == expected


def test_a_split_not_later_than_the_one_before_flags_both() -> None:
    """Which of the two is wrong cannot be told, so both say it."""
    told = fold(race(), split("5km", 850), split("10km", 850), split("15km", 2550))
    assert mark(told, "5km").flag == "not before 10 km"
    assert mark(told, "10km").flag == "not later than 5 km"


def test_a_mat_that_reports_late_never_moves_a_runner_back() -> None:
    """A runner's place is the furthest valid mat, never the last message."""
    told = fold(race(), split("5km", 850), split("15km", 2550))
    before = view(told, 2600)
    told.receive(split("10km", 1700))
    after = view(told, 2600)
    assert before.last is not None and after.last is not None
    assert before.last.checkpoint.id == after.last.checkpoint.id == "15km"
    assert before.position is not None and after.position is not None
    assert after.position.distance_m >= 15000


def test_a_dnf_finish_counts_for_nothing_until_reinstated() -> None:
    """A DNF's finish clock counts for nothing; a reinstatement brings it back."""
    told = fold(race(), split("20km", 3400), split("finish", 3590), status("DNF", at=at(3500), reason="cut a corner"))
    assert list(times(told)) == ["20km"]
    assert mark(told, "finish").rejected == "DNF, so the finish clock counts for nothing"
    assert view(told, 3600).phase == "out"
    told.receive(status("reinstated", at=at(4000)))
    assert times(told) == {"20km": 3400, "finish": 3590}
    assert view(told, 4100).phase == "finished"


def test_conflicts_of_status_are_shown_and_not_decided() -> None:
    """A split after DNF and a finisher marked DNS stay, and say it."""
    told = fold(race(), split("5km", 850), split("10km", 1700), status("DNF", at=at(1000)))
    assert (mark(told, "5km").flag, mark(told, "10km").flag) == (None, "read after DNF")
    assert mark(told, "10km").carries
    told = fold(race(), split("finish", 3600), status("DNS"))
    assert mark(told, "finish").flag == "read although marked DNS"
    assert view(told, 3700).phase == "finished"


def test_what_a_mark_rests_on_decides_what_it_carries() -> None:
    """Only official, reported and witnessed marks carry; a device speaks where the message does not say."""
    qualities = ["official", "reported", "witnessed", "derived", "estimated", "interpolated"]
    carries = [mark(fold(race(), split("5km", 850, quality=q)), "5km").carries for q in qualities]
    assert carries == [True, True, True, False, False, False]
    assert mark(fold(race(), split("5km", 850)), "5km").quality == "official"
    assert mark(fold(race(), split("5km", 850, device="hand")), "5km").quality == "witnessed"
    assert not mark(fold(race(), split("5km", 850, device="gps")), "5km").carries


def test_a_mark_that_does_not_carry_is_not_stood_on() -> None:
    """A derived mark is listed, without section, gap or place; the next section is measured past it."""
    told = fold(race(), split("5km", 850), split("10km", 1690, quality="derived"), split("15km", 2550))
    shown = view(told, 2600)
    hollow, after = shown.marks[1], shown.marks[2]
    assert (hollow.gap_s, hollow.section_s, hollow.pace_s_per_km, hollow.even_pace_s) == (None, None, None, None)
    assert (after.section_s, after.section_m) == (1700, 10000)
