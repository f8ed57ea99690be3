"""What people call a moment."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watching import GUN_S, RACE, RUN, Message, log, session, split
from tracker.draw.words import clock
from tracker.fold import Fold
from tracker.moment import elapsed, moment, place
from tracker.race.book import Wanted
from tracker.race.course import Checkpoint, Course


def when(
    text: str, messages: Sequence[Message] = RUN, received_s: Sequence[float] = (), athlete: str | None = None
) -> float:
    """Seconds after the gun."""
    return moment(Fold(log(messages, received_s)), Wanted(athlete), text) - GUN_S


@given(st.integers(0, 99 * 3600), st.booleans())
def test_a_time_is_read_as_it_is_written(seconds: int, before: bool) -> None:
    """Every clock the program writes is a moment it understands."""
    value = float(-seconds if before else seconds)
    assert elapsed(clock(value)) == value
    assert elapsed(clock(value, hours=True)) == value


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:10:59", 4259.0),
        ("45:00", 2700.0),
        ("-4:10", -250.0),
        ("−4:10", -250.0),
        ("1:59:40.2", 7180.2),
        ("75:00", 4500.0),
    ],
)
def test_times(text: str, seconds: float) -> None:
    """H:MM:SS and MM:SS, before the gun with a minus."""
    assert elapsed(text) == seconds


@pytest.mark.parametrize("text", ["1:99:00", "1:60:00", "1:5:00", "12", "1:2:3:4", "a:bc", "", ":", "1:00:61", "٣:٠٠x"])
def test_what_is_no_time_is_none(text: str) -> None:
    """Neither half a time nor more than one."""
    assert elapsed(text) is None


COURSE = Course(42195.0, (Checkpoint("m1", "Bridge", 12345.0), Checkpoint("fin", "finish", 42195.0, "finish")))


@pytest.mark.parametrize(
    ("text", "metres"),
    [("25km", 25000.0), ("25 KM", 25000.0), ("15mi", 24140.16), ("half", 21097.5), ("finish", 42195.0), ("start", 0.0),
     ("m1", 12345.0), ("bridge", 12345.0), ("800m", 800.0), ("7,5km", 7500.0), ("42.195km", 42195.0)],
)  # fmt: skip
def test_places(text: str, metres: float) -> None:
    """Kilometres, miles, metres, the words, and a mat by its id or name."""
    assert place(text, COURSE) == pytest.approx(metres)


@pytest.mark.parametrize("text", ["43km", "27mi", "banana", "25", "-5km", "1e3km", "km", "infkm"])
def test_an_impossible_place_is_one_clear_line(text: str) -> None:
    """The line names what was asked for."""
    with pytest.raises(ValueError, match=text) as said:
        place(text, COURSE)
    assert "\n" not in str(said.value)


def test_without_a_known_length_only_times_and_mats_are_moments() -> None:
    """The line says what to give instead."""
    with pytest.raises(ValueError, match="1:10:59"):
        place("25km", Course())
    with pytest.raises(ValueError, match="1:10:59"):
        place("half", Course())


@pytest.mark.parametrize(("name", "seconds"), [("5km", 850), ("10km", 1705), ("15km", 2560), ("20km", 3410)])
def test_a_mark_is_the_moment_it_became_known(name: str, seconds: float) -> None:
    """At that instant, inclusive, the mark is there."""
    assert when(name) == seconds


def test_a_mark_that_was_reported_late_is_the_moment_of_the_report() -> None:
    """What the mat's clock says is not what the viewer knew."""
    assert when("5km", RUN[:2], (GUN_S, GUN_S + 910)) == 910


def test_between_marks_it_is_the_first_moment_the_estimate_is_there() -> None:
    """A kilometre after 10 km at the pace of the last stretch, never by what 15 km told later."""
    late = [*RUN[:3], split("15km", 2900)]
    assert when("11km", late) == pytest.approx(1705 + 171, abs=0.01)
    assert when("11km", RUN) == pytest.approx(1705 + 171, abs=0.01)


def test_a_place_beyond_the_last_mark_is_reached_by_estimate_or_not_at_all() -> None:
    """A recording that breaks off still has its estimate; what nobody was seen near is refused with the last mark."""
    broken = RUN[:3]
    assert when("12km", broken) == pytest.approx(1705 + 2 * 171, abs=0.01)
    with pytest.raises(ValueError, match="10 km in 28:25"):
        when("20km", broken)
    with pytest.raises(ValueError, match="not seen at any mark"):
        when("20km", [RACE, {"kind": "athlete", "id": "b", "name": "Bea"}], athlete="b")


def test_the_moment_is_the_watched_athletes() -> None:
    """Another runner's mark is not this one's."""
    assert when("5km", [*RUN, split("5km", 900, "b")], athlete="b") == 900


def test_a_time_needs_a_gun() -> None:
    """Without one, and without a time that tells it, the line asks for a place."""
    no_gun = {k: v for k, v in RACE.items() if k != "gun"}
    with pytest.raises(ValueError, match="gun"):
        when("1:00:00", [no_gun, {"kind": "note", "text": "hello"}], (GUN_S, GUN_S + 850))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("half", 3592.0), ("21km", 3575.0), ("finish", 7180.2), ("26km", 4429.5), ("0km", 0.0), ("-4:10", -250.0)],
)
def test_vienna(text: str, seconds: float) -> None:
    """The derived half is known when it was passed; 26 km is projected 2:50.5 after 25 km."""
    watched = session(at=text)
    assert watched.begins_s - 1570860900.0 == pytest.approx(seconds, abs=0.3)
