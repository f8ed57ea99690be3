"""tracker.race.meet: where to see a runner."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw.scenes import VIENNA
from tests.race.made import GUN_S, at, event, fold, race, split, status, view
from tests.race.projection.made import MODEL
from tracker.race.course import Course
from tracker.race.meet import Meeting, meetings, obstacle, read_stops
from tracker.race.snapshot import EMPTY, Mode, Snapshot

KM5 = (5000.0, 1650.0)
STOPS = ("7km", "12km:20min", "20km:10min", "finish:5")


def seen(elapsed_s: float, *marks: tuple[float, float], **wanted: object) -> Snapshot:
    """A half marathon as it was projected so long after the gun."""
    told = fold(race(targets=()), *(split(f"{metres / 1000:.0f}km", seconds) for metres, seconds in marks))
    return view(told, elapsed_s, model=MODEL, **wanted)


def met(snapshot: Snapshot, *stops: str) -> tuple[Meeting, ...]:
    """What is said of the stops."""
    return meetings(snapshot, read_stops(stops or STOPS, snapshot.course))


def test_stops_are_read_as_people_write_them() -> None:
    """Distances, miles, mats, half and finish, each with the minutes from the one before."""
    stops = read_stops(["12km", "half:1h10", "28km:25min", "19mi:5", "finish:2h"], VIENNA)
    assert [stop.travel_s for stop in stops] == [None, 4200.0, 1500.0, 300.0, 7200.0]
    assert [stop.name for stop in stops] == ["", "half", "", "", "finish"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["12km", "28kmm"], "stop 2, '28kmm': no place of this course; give 28km, 17mi, half, finish or a mat (5 km,"),
        (["12km:soon"], "stop 1, '12km:soon': 'soon' is no time to travel; give minutes, as in 28km:25min"),
        (["12km:"], "is no time to travel"),
        (["43km"], "stop 1, '43km': 43km is beyond the course"),
        (["start"], "stop 1, 'start': that is the start"),
        (["28km", "12km"], "stop 2, '12km': the runner is there no later than at '28km'; give places in the order"),
        (["12km:30h"], "more than a day"),
        ([f"{n}km" for n in range(1, 22)], "21 stops: give at most 20"),
    ],
)
def test_a_bad_stop_is_one_line_that_says_what_to_do(words: list[str], said: str) -> None:
    """Which one, what is wrong with it, and what may stand there."""
    with pytest.raises(ValueError, match="stop") as caught:
        read_stops(words, VIENNA)
    assert said in str(caught.value) and "\n" not in str(caught.value)


@given(st.lists(st.text(max_size=12), max_size=4))
def test_any_words_are_stops_or_one_line(words: list[str]) -> None:
    """Whatever is typed."""
    try:
        stops = read_stops(words, VIENNA)
    except ValueError as error:
        assert "stop" in str(error)
    else:
        assert [s.distance_m for s in stops] == sorted(s.distance_m for s in stops)


def test_what_the_marks_tell_is_passed() -> None:
    """By a mat exactly, between two as the pace was; all else is to come, in order."""
    found = met(seen(4000, KM5, (10_000.0, 3310.0)), "4km", "5km", "7.5km", "10km", "11km", "finish")
    assert [m.state for m in found[:4]] == ["passed"] * 4 and "passed" not in [m.state for m in found[4:]]
    assert [m.median_s for m in found[:4]] == [1320.0, 1650.0, 2480.0, 3310.0]
    assert [m.measured for m in found[:4]] == [False, True, False, True]


def test_a_window_holds_its_median_and_windows_follow_each_other() -> None:
    """10 % before 50 % before 90 %, at each place later than at the one before."""
    found = met(seen(1700, KM5))
    for m in found:
        assert m.low_s is not None and m.median_s is not None and m.high_s is not None
        assert m.low_s < m.median_s < m.high_s
    assert [m.low_s for m in found] == sorted(m.low_s or 0.0 for m in found)


def test_leaving_in_time_is_leaving_before_the_window() -> None:
    """The moment to leave is the window's begin less the way, and the chance of having seen the runner is that of then."""
    found = met(seen(1700, KM5))
    assert found[0].leave_by_s is None and found[0].missed_p is None
    for before, here in pairwise(found):
        assert here.leave_by_s is not None and here.low_s is not None and here.stop.travel_s is not None
        assert here.leave_by_s == here.low_s - here.stop.travel_s
        assert here.before_p is not None and before.low_s is not None and before.high_s is not None
        assert (here.before_p > 0.9) == (here.leave_by_s > before.high_s)
        assert (here.before_p < 0.1) == (here.leave_by_s < before.low_s)


EARLY, LATER = seen(1700, KM5), seen(3400, KM5, (10_000.0, 3310.0))


@given(st.integers(0, 200), st.integers(0, 200))
def test_who_travels_longer_misses_more(a: int, b: int) -> None:
    """The chance of coming too late grows with the way, from none to certainty, also after the place before was passed."""
    for snapshot in (EARLY, LATER):
        less, more = (met(snapshot, "10km", f"20km:{n}min")[1].missed_p for n in sorted((a, b)))
        assert less is not None and more is not None and 0 <= less <= more <= 1
        none, sure = (met(snapshot, "10km", f"20km:{n}min")[1].missed_p for n in (0, 600))
        assert none == pytest.approx(0, abs=1e-6) and sure == pytest.approx(1, abs=1e-3)


def test_who_waits_longer_misses_more() -> None:
    """Once the runner has passed the place before, the chance is that of leaving now."""
    chances = [met(seen(now, KM5, (10_000.0, 3310.0)), "10km", "15km:20min")[1].missed_p for now in (3310, 3700, 3900)]
    assert chances == sorted(chances, key=lambda p: p or 0.0)
    assert (chances[0] or 0.0) < 0.1 and (chances[2] or 0.0) > 0.4


def test_windows_move_as_mats_come() -> None:
    """A slower stretch moves every place on, and a mat nearer to it makes a window narrower."""
    early = met(seen(3400, KM5))[2]
    for seconds, later in ((3310.0, False), (3700.0, True)):
        now = met(seen(3710, KM5, (10_000.0, seconds)))[2]
        assert None not in (now.median_s, early.median_s, now.high_s, now.low_s, early.high_s, early.low_s)
        assert ((now.median_s or 0) > (early.median_s or 0) + 100) == later
        assert (now.high_s or 0) - (now.low_s or 0) < (early.high_s or 0) - (early.low_s or 0)


def test_a_lost_feed_stands() -> None:
    """Nothing opens, narrows or passes after the last contact, however long ago that is."""
    lost = Mode("offline", is_live=True, horizon_s=GUN_S + 2000)
    views = [
        replace(seen(now, KM5, horizon_s=GUN_S + 2000, as_of_s=GUN_S + 2000), mode=lost) for now in (2001.0, 9000.0)
    ]
    one, other = ([(m.state, m.low_s, m.high_s, m.passed_p, m.missed_p) for m in met(shown)] for shown in views)
    assert one == other


def test_waiting_in_vain_moves_the_windows() -> None:
    """While the feed is there and nobody is read at the next mat, what lies beyond it begins no earlier than now."""
    soon, late = (met(seen(now, KM5), "10km", "12km") for now in (1700, 4200))
    assert all((b.low_s or 0) > (a.low_s or 0) for a, b in zip(soon, late, strict=True))
    assert all((m.low_s or 0) >= 4200 for m in late)


def test_times_are_since_the_gun_on_either_clock() -> None:
    """Whoever crossed the line five minutes after the gun is met five minutes later."""
    late = event(kind="start", scope="athlete", id="a", at=at(300))
    told = fold(race(targets=()), late, split("5km", 1650, clock="net"), split("10km", 3300, clock="net"))
    mine, plain = (
        met(view(told, 4000, model=MODEL), "5km", "finish"),
        met(seen(4000, KM5, (10_000.0, 3300.0)), "5km", "finish"),
    )
    assert (mine[0].median_s or 0) - (plain[0].median_s or 0) == 300
    assert (mine[1].median_s or 0) - (plain[1].median_s or 0) == pytest.approx(300, abs=1.0)


def test_why_nothing_is_to_come() -> None:
    """No race, no course, no gun, no mark, out, over; what was passed stays."""
    assert obstacle(EMPTY) == "race"
    assert obstacle(view(fold(split(5000, 1650)), 1700, model=MODEL)) == "course"
    assert obstacle(seen(100)) == "mark"
    gone = view(fold(race(), split("5km", 1650), status("DNF", at="2020-09-13T13:00:00Z")), 9000, model=MODEL)
    assert obstacle(gone) == "out"
    assert [m.state for m in met(gone)] == ["none"] * 4
    assert met(gone, "5km")[0].state == "passed"
    assert obstacle(seen(1700, KM5)) is None


def test_who_has_finished_was_everywhere() -> None:
    """Every place is passed at the finish."""
    done = view(fold(race(), split("5km", 1650), split("finish", 7000)), 7100, model=MODEL)
    assert obstacle(done) is None
    assert [m.state for m in met(done)] == ["passed"] * 4
    assert met(done)[3].median_s == 7000


def test_a_course_without_mats_has_no_place() -> None:
    """Only what the feed described."""
    with pytest.raises(ValueError, match="no place of this course"):
        read_stops(["12km"], Course())
