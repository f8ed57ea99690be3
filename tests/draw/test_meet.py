"""tracker.draw.meet: places, windows, and the way there."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import golden, lives, scenes
from tests.draw.test_road import LOOKS
from tests.race.projection.made import MARATHON, MODEL, mixture
from tracker.draw import meet as drawing
from tracker.draw import words
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.meet import Meeting, Stop
from tracker.race.projection.forecast import forecast
from tracker.race.snapshot import EMPTY, Mode, RaceInfo, Snapshot

AHEAD = forecast([(25_000.0, 4259.0, 1.0)], MARATHON, mixture("paced"), MODEL)
LIVE = scenes.arriving()
LIVE = replace(LIVE, projection=replace(LIVE.projection, ahead=AHEAD))
LOST = replace(LIVE, mode=Mode("offline", is_live=True, horizon_s=scenes.GUN_S + 4500.0))
MINUTE = 60.0


def made(now_s: float, places: tuple[Stop, ...] = (
    Stop(12_000.0), Stop(25_000.0, "25 km"), Stop(28_000.0, "", 25 * MINUTE), Stop(32_000.0, "", 8 * MINUTE), Stop(41_000.0, "", 45 * MINUTE),
    Stop(42_195.0, "finish"),
), passed_m: float = 25_000.0) -> tuple[Meeting, ...]:  # fmt: skip
    """Meetings at 2:50/km, each place later and less sure."""
    out: list[Meeting] = []
    for stop in places:
        at = stop.distance_m * 0.17
        if stop.distance_m <= passed_m:
            out.append(Meeting(stop, "passed", at, measured=stop.distance_m % 5000 == 0 or bool(stop.name)))
            continue
        low, high = at - (stop.distance_m - passed_m) / 60, at + (stop.distance_m - passed_m) / 40
        state: Literal["ahead", "open", "gone"] = "ahead" if now_s < low else "open" if now_s < high else "gone"
        leave = None if stop.travel_s is None else low - stop.travel_s
        asked = leave is not None and out
        out.append(
            Meeting(stop, state, at, low, high, False, 0.6, leave, 0.93 if asked else None, 0.31 if asked else None)
        )
    return tuple(out)


def text(
    snapshot: Snapshot, width: int, height: int, look: Look = DEFAULT, found: tuple[Meeting, ...] | None = None
) -> str:
    """The screen as text."""
    shown = made(snapshot.elapsed_s or 0.0) if found is None else found
    return plain(drawing.draw(snapshot, shown, width, height, look))


@pytest.mark.parametrize(("width", "height"), [(36, 17), (76, 17), (114, 29), (190, 53)])
def test_kept_frames(width: int, height: int) -> None:
    """The places as they were looked at, at four sizes."""
    golden.check(f"meet_{width}x{height}", text(LIVE, width, height))


def test_kept_frames_of_a_lost_feed_and_of_the_end() -> None:
    """Offline it stands as of the last contact; at the end every place has its time."""
    golden.check("meet_lost_76x17", text(LOST, 76, 17))
    golden.check("meet_finished_76x17", text(scenes.FINISHED, 76, 17, found=made(7181.0, passed_m=42_195.0)))


@given(
    st.sampled_from([LIVE, LOST, EMPTY, scenes.FINISHED, scenes.BEFORE, scenes.out(), scenes.unknown_course()]),
    st.integers(1, 220),
    st.integers(1, 50),
    st.sampled_from(LOOKS),
    st.integers(0, 6),
    st.sampled_from(["", "stop 2, 'x': no place of this course; give 28km"]),
)
def test_every_cell_is_drawn_once(
    snapshot: Snapshot, width: int, height: int, look: Look, count: int, wrong: str
) -> None:
    """Whatever the state, the size and the places."""
    lines = drawing.draw(snapshot, made(4823.0)[:count], width, height, look, wrong)
    assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
    assert not look.ascii or all(run.text.isascii() for line in lines for run in line)


@given(st.floats(0, 20_000), st.floats(0, 3000))
def test_a_window_is_rounded_outwards(low_s: float, more_s: float) -> None:
    """The minutes on the screen hold the window, the minute to leave by is no later than the moment."""
    shown = drawing.window(LIVE, low_s, low_s + more_s).split(" – ")
    first, last = (int(t[:2]) * 3600 + int(t[3:]) * 60 for t in shown)
    gun = 8 * 3600 + 15 * 60
    assert gun + low_s - 60 <= first <= gun + low_s + 1e-3
    assert gun + low_s + more_s - 1e-3 <= last <= gun + low_s + more_s + 60


def test_a_late_departure_says_leave_now() -> None:
    """Once the moment to leave is past, it says so beside it; without colour too."""
    shown = text(LIVE, 114, 29)
    assert "leave now (by " in shown and "leave by " in shown


def test_wrong_places_are_said_in_place_of_all() -> None:
    """One sentence, on as many rows as it takes."""
    wrong = "stop 2, 'x': no place of this course; give 28km"
    lines = plain(drawing.draw(LIVE, (), 30, 10, DEFAULT, wrong)).split("\n")
    assert " ".join(" ".join(lines[2:]).split()) == wrong
    assert "press a" in plain(drawing.draw(LIVE, (), 76, 10, DEFAULT))


def test_it_says_why_there_is_nothing_to_come() -> None:
    """And when that will change."""
    first = lives.shown(lives.told(), 60.0)
    assert drawing.why(first, DEFAULT).startswith("no window before the first mark: 5 km")
    assert "no place on the course" in drawing.why(scenes.arriving(), DEFAULT)
    assert "the course is not known" in drawing.why(scenes.unknown_course(), DEFAULT)
    assert "time of day" in drawing.why(replace(LIVE, race=RaceInfo("r", "A race")), DEFAULT)
    assert "is out of the race; last seen at 25 km" in drawing.why(scenes.out(), DEFAULT)
    assert "the race is over; last seen at 5 km" in drawing.why(lives.over(), DEFAULT)
    assert drawing.why(EMPTY, DEFAULT) == "nothing is known of a race yet"
    assert drawing.why(scenes.FINISHED, DEFAULT) == ""


def test_what_is_passed_yields_to_what_is_to_come() -> None:
    """On a low screen the places behind go first, then the farthest, which are counted."""
    low = text(LIVE, 76, 8)
    assert "12 km" not in low.split("\n")[2] and "28 km" in low and "more, in a taller window" in low
    assert "31 km" not in low or "finish" not in low


def test_miles_are_miles() -> None:
    """Places are named in the unit of the viewer."""
    assert "17.4 mi" in text(LIVE, 76, 17, Look(units="mi"))


def test_a_first_place_may_have_a_way_too() -> None:
    """From wherever the viewer is."""
    found = (Meeting(Stop(28_000.0, "", 1500.0), "ahead", 4760.0, 4700.0, 4800.0, leave_by_s=3200.0),)
    assert "25 min to it · leave now (by 09:08)" in text(LIVE, 76, 10, found=found)


def test_a_mat_that_is_overdue_speaks_against_all_of_it() -> None:
    """Since when and when it was due, by the clock on the wall, and that all holds only if they go on; not of one who is out."""
    due = LIVE.due
    assert due is not None and drawing.alarm(LIVE, DEFAULT) == ""
    late = replace(LIVE, due=replace(due, state="overdue", eta_s=5100.0, overdue_from_s=5400.0), begin_s=600.0)
    gun = scenes.GUN_S
    at, since = (words.time_of_day(gun + s, LIVE.race.time_zone, seconds=False, zone=False) for s in (5100.0, 5400.0))
    said = f"30 km overdue since {since}, due ≈ {at}: all this holds only if they go on"
    assert drawing.alarm(late, DEFAULT) == said
    assert said in text(late, 114, 29)
    assert drawing.alarm(replace(late, phase="out"), DEFAULT) == ""
