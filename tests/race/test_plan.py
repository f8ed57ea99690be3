"""Targets as schedules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.race.course import Checkpoint, Course
from tracker.race.plan import Plan, even, is_paced, parse_target, steady

MARATHON = Course(42195.0, (Checkpoint("finish", "finish", 42195.0, "finish"),))
TWO_HOURS = even("2:00:00", 42195.0, 7200.0)
LASER = steady("laser announced", 42195.0, 170.0, kind="laser")


@given(st.floats(0, 42195))
def test_when_and_where_are_each_others_inverse(metres: float) -> None:
    """Where the schedule is when it passes a place is that place."""
    for plan in (TWO_HOURS, LASER, Plan("p", ((0, 0), (10000, 1800), (42195, 7100)), kind="points")):
        when_s = plan.when(metres)
        assert when_s is not None
        assert plan.where(when_s) == pytest.approx(metres, abs=1e-6)


def test_a_schedule_is_at_its_end_once_it_is_over_and_nowhere_before_it_begins() -> None:
    """After its last second it stands at the finish; before `from_m`, and before the gun, it says nothing."""
    late = steady("late", 42195.0, 170.4, from_m=10000.0)
    assert TWO_HOURS.where(9999) == 42195
    assert (late.when(9999), late.where(1700), late.when(10000)) == pytest.approx((None, None, 1704))
    assert (TWO_HOURS.where(-1), TWO_HOURS.when(50000)) == (None, None)


@pytest.mark.parametrize(
    ("text", "name", "finish_s"),
    [
        ("1:59:40", "1:59:40", 7180),
        ("2:05", "2:05:00", 7500),
        (" 2:00:00 ", "2:00:00", 7200),
        ("2:50/km", "2:50/km", 170 * 42.195),
        ("4:30 / mi", "4:30/mi", 270 * 42195 / 1609.344),
        ("2:50.4/KM", "2:50.4/km", 170.4 * 42.195),
        ("Laser Announced", "laser announced", 170 * 42.195),
    ],
)
def test_what_people_type_is_a_schedule(text: str, name: str, finish_s: float) -> None:
    """A time, a pace in km or miles, or the name of a plan."""
    plan = parse_target(text, MARATHON, (TWO_HOURS, LASER))
    assert plan.name == name
    assert plan.finish_s == pytest.approx(finish_s)


def test_a_time_that_a_plan_has_is_that_plan() -> None:
    """2:00 is the race's own 2:00:00, with its source."""
    assert parse_target("2:00", MARATHON, (TWO_HOURS,)) is TWO_HOURS


@pytest.mark.parametrize(
    "text", ["", "fast", "2", "1:99:00", "0:00:00", "0:00/km", "-1:00:00", "999:00/km", "2:50/furlong"]
)
def test_what_is_no_target_is_refused_in_one_line(text: str) -> None:
    """The reason is one clear line that names what was typed."""
    with pytest.raises(ValueError, match=r"^target ") as refused:
        parse_target(text, MARATHON, (TWO_HOURS,))
    assert "\n" not in str(refused.value)
    assert repr(text) in str(refused.value)


def test_without_a_known_length_no_schedule_can_be_made() -> None:
    """An unknown course has no even pace."""
    with pytest.raises(ValueError, match="length of this course is unknown"):
        parse_target("2:00:00", Course())


@given(st.text(max_size=12))
def test_any_text_is_a_plan_or_a_clear_refusal(text: str) -> None:
    """Nothing but ValueError comes of any text."""
    try:
        assert parse_target(text, MARATHON).finish_s > 0
    except ValueError as refused:
        assert str(refused).startswith("target ")


def test_a_line_of_light_paces_and_so_does_an_attempt() -> None:
    """A race outside the rules without a target is only a race that does not count."""
    plain, line = even("2:00:00", 42_195.0, 7200.0), even("laser", 42_195.0, 7200.0, kind="laser")
    assert is_paced((line,), record_eligible=True) and is_paced((plain,), record_eligible=False)
    assert not any(is_paced((plain,), record_eligible=known) for known in (True, None))
    assert not is_paced((), record_eligible=False)
