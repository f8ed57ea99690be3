"""What leaves the program as JSON and as a frame of text."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.address import open_address
from feeds.shipped import shipped
from tests.watching import session
from tracker import report
from tracker.draw.look import Look
from tracker.race.snapshot import EMPTY
from tracker.report import as_json, frame_text, json_line
from tracker.session import Session, Wish

TOP = {
    "race", "elapsed_s", "time_of_day", "mode", "athlete", "distance_m", "distance_quality", "last_split", "gap",
    "projection", "schedule", "formation", "splits", "compared", "rejected",
}  # fmt: skip
PARTS = {
    "athlete": {"id", "name"},
    "last_split": {"checkpoint", "distance_m", "elapsed_s", "quality", "resolution_s"},
    "gap": {"target", "target_s", "seconds", "resolution_s", "at", "quality", "age_s", "now_s", "metres"},
    "projection": {
        *("median_s", "q05_s", "q10_s", "q25_s", "q75_s", "q90_s", "q95_s", "even_pace_s", "goal_gap_s", "p_target"),
        *("needed_pace_s_per_km", "basis", "warnings", "next_mat", "due"),
    },
    "formation": {"leg", "legs", "team", "from_m", "to_m", "next_change_m", "next_change_s", "quality", "slots"},
}
SCHEDULE = {
    "pieces": {"from_m", "to_m", "pace_s_per_km"},
    "changes": {"at_m", "earliest_m", "latest_m"},
    "residuals": {"distance_m", "seconds"},
}


@cache
def race(name: str) -> Session:
    return session(name)


def at(moment: str, name: str = "vienna-2019") -> dict[str, Any]:
    return as_json(race(name).view(race(name).timeline.moment(moment)))


def shape(said: dict[str, Any]) -> None:
    assert set(said) == TOP
    for name, keys in PARTS.items():
        assert set(said[name]) == keys, name
    assert set(said["projection"]["next_mat"]) == {"distance_m", "eta_s", "q10_s", "q90_s"}
    assert said["projection"]["due"] in (None, "due", "late", "overdue")
    assert said["mode"] in ("replay", "paused", "live", "stale", "offline", "ended")
    assert said["distance_quality"] in (None, "measured", "estimated", "at_least")
    schedule = said["schedule"]
    if schedule is not None:
        assert {name: set(schedule[name][0]) if schedule[name] else keys for name, keys in SCHEDULE.items()} == SCHEDULE
        assert set(schedule) == {*SCHEDULE, "finish_s", "worst_residual_s", "quality"}
        assert schedule["quality"] == "derived"
    for slot in said["formation"]["slots"]:
        assert set(slot) == {"slot", "name", "role", "quality"}


@given(st.sampled_from([race.name for race in shipped()]), st.floats(-600, 9000))
def test_keys_never_vanish(name: str, elapsed_s: float) -> None:
    """At any moment of any race the object has the same keys, on one line, with no number that JSON does not have."""
    watched = race(name)
    line = json_line(watched.view(watched.timeline.bounds().gun_s + elapsed_s))
    assert "\n" not in line and "NaN" not in line and "Infinity" not in line
    shape(json.loads(line))


def test_an_empty_race_has_them_too() -> None:
    """Absent figures are null."""
    said = as_json(EMPTY)
    shape(said)
    assert said["race"] is None and said["gap"]["seconds"] is None and said["splits"] == []


def test_vienna_at_25_km() -> None:
    """The figures of the day."""
    said = at("25km")
    assert (said["race"], said["elapsed_s"], said["athlete"]["id"]) == ("vienna-2019", 4259, "kipchoge")
    assert said["time_of_day"].startswith("2019-10-12T09:25:59") and said["time_of_day"].endswith("+02:00")
    assert said["gap"]["seconds"] == pytest.approx(-6.9, abs=0.1) and said["gap"]["metres"] == pytest.approx(-40, abs=2)
    assert (said["gap"]["target"], said["gap"]["target_s"]) == ("2:00:00", 7200)
    assert (said["gap"]["quality"], said["gap"]["resolution_s"], said["gap"]["age_s"]) == ("measured", 1, 0)
    formation = said["formation"]
    assert (formation["leg"], formation["legs"], formation["team"]) == (6, 9, "D")
    assert (formation["next_change_m"], formation["quality"]) == (27150, "derived")
    assert [slot["role"] for slot in formation["slots"]].count("captain") == 1 and len(formation["slots"]) == 7
    assert said["projection"]["even_pace_s"] == pytest.approx(7188, abs=1)
    assert said["projection"]["median_s"] == pytest.approx(7180.2, abs=15)
    assert said["projection"]["q10_s"] < 7180.2 < said["projection"]["q90_s"]
    assert 0.5 <= said["projection"]["p_target"] < 1
    assert said["projection"]["next_mat"]["distance_m"] == 30_000
    assert said["projection"]["next_mat"]["eta_s"] == pytest.approx(5111, abs=10)
    assert said["last_split"]["checkpoint"] == "25km"


def test_those_who_are_compared() -> None:
    """Everybody by id, with a gap, a finish and chances that sum to one."""
    told = Session(open_address("chicago-2023"), Wish(at="1:43:00", compare="kipruto,hassan", ghost="vienna-2019"))
    told.load()
    said = as_json(told.take())["compared"]
    assert said["clock"] == "gun"
    first, second, third, ghost = said["runners"]
    assert (first["id"], second["gap_s"], second["at"], ghost["id"]) == ("kiptum", 152, "35km", None)
    assert sum(each["p_first"] for each in said["runners"]) == pytest.approx(1)
    assert set(third["p_ahead"]) == {"kiptum", "kipruto", "Vienna 2019"}
    assert ghost["done_s"] == 7180.2 and ghost["median_s"] is None


def test_vienna_at_the_finish() -> None:
    """7180.2 s, 19.8 s inside, and nobody in front of him."""
    said = at("finish")
    assert said["last_split"]["elapsed_s"] == 7180.2 and said["gap"]["seconds"] == -19.8
    assert said["formation"]["leg"] is None and said["formation"]["slots"] == []
    assert said["mode"] == "ended"


def test_the_schedule_is_of_the_paced_and_of_what_was_run() -> None:
    """Two pieces at 40 km and the same at the finish; before two marks, and in a race without pacers, null."""
    then = at("40km")["schedule"]
    assert len(then["pieces"]) == 2 and len(then["residuals"]) == 9 and at("finish")["schedule"] == then
    assert at("5km")["schedule"] is None and at("40km", "berlin-2018")["schedule"] is None


def test_a_mark_that_carries_nothing_is_listed_as_such() -> None:
    """The half is derived."""
    half = next(split for split in at("25km")["splits"] if split["checkpoint"] == "half")
    assert (half["quality"], half["carries"]) == ("derived", False)


def test_every_key_is_documented() -> None:
    """The table names all of them, in code."""
    named = set(re.findall(r"`(\w+)`", report.__doc__ or ""))
    said = at("25km")
    keys = TOP.union(
        *PARTS.values(), said["schedule"], *SCHEDULE.values(), said["splits"][0], said["formation"]["slots"][0]
    )
    assert keys <= named


def test_ascii_escapes_what_else_there_is() -> None:
    """Names survive a terminal that has only ASCII."""
    watched = race("vienna-2019")
    line = json_line(watched.view(watched.timeline.bounds().end_s), Look(ascii=True))
    assert line.isascii()
    assert json.loads(line) == as_json(watched.view(watched.timeline.bounds().end_s))


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (20, 5)])
def test_a_frame_has_the_size_that_was_asked_for(size: tuple[int, int]) -> None:
    """As many lines, none wider, none with trailing blanks or control characters."""
    watched = race("vienna-2019")
    text = frame_text(watched.view(watched.timeline.moment("1:12:03")), *size)
    lines = text.split("\n")
    assert len(lines) == size[1]
    assert all(len(line) <= size[0] and line == line.rstrip() and line.isprintable() for line in lines)
