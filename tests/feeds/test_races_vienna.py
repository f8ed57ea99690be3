"""The race of 2019: the published marks, and everything inferred marked so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feeds import events
from tests.feeds.races import race_of, read, seconds, splits

VIENNA = {
    "5km": ("14:10", "reported"),
    "10km": ("28:20", "reported"),
    "15km": ("42:34", "reported"),
    "20km": ("56:47", "reported"),
    "21km": ("59:35", "reported"),
    "half": ("59:52", "derived"),
    "25km": ("1:10:59", "reported"),
    "30km": ("1:25:11", "reported"),
    "35km": ("1:39:23", "reported"),
    "40km": ("1:53:36", "reported"),
    "finish": ("1:59:40.2", "official"),
}


def formations() -> list[events.Formation]:
    """The planned legs of Vienna."""
    return [e for e in read("vienna-2019") if isinstance(e, events.Formation) and e.plan == "planned"]


def test_vienna_marks() -> None:
    """Vienna's marks are the published ones; only the half is derived, only the finish has tenths."""
    found = {s.checkpoint: (s.elapsed_s, s.quality, s.resolution_s) for s in splits("vienna-2019")}
    wanted = {i: (seconds(t), q, 0.1 if i == "finish" else 1.0) for i, (t, q) in VIENNA.items()}
    assert found == wanted


def test_vienna_targets() -> None:
    """The default is two hours; the announced laser ends at 1:59:33.2, the fitted one is within 1 s from 20 to 40 km."""
    default, announced, fitted = race_of("vienna-2019").targets
    assert (default.name, default.finish_s) == ("2:00:00", 7200)
    assert (announced.name, announced.quality, announced.pace_s_per_km) == ("laser announced", "reported", 170)
    assert (fitted.name, fitted.quality, fitted.from_m) == ("laser fitted", "derived", 10_000)
    assert fitted.pace_s_per_km is not None
    for place in ("20km", "25km", "30km", "35km", "40km"):
        assert abs(fitted.pace_s_per_km * float(place[:-2]) - seconds(VIENNA[place][0])) <= 1.01


def test_vienna_legs() -> None:
    """Nine inferred legs of five teams cover the course without a hole; each is seven pacers, known by name or not."""
    legs = formations()
    assert "".join(e.team or "?" for e in legs) == "ABCDEDCBA"
    assert [e.leg for e in legs] == list(range(1, 10)) and {e.legs for e in legs} == {9}
    assert [e.from_m for e in legs] == [0.0, *(e.to_m for e in legs[:-1])] and legs[-1].to_m == 42195
    assert {(e.size, e.quality) for e in legs} == {(7, "derived")}
    named = {(e.leg, s.slot, s.athlete, s.quality) for e in legs for s in e.slots}
    brothers = {(3, "unplaced", f"{who}-ingebrigtsen", "derived") for who in ("henrik", "filip", "jakob")}
    captain = {(leg, "captain", "robinson", "reported") for leg in (3, 7)}
    assert named == brothers | captain | {(leg, "front_right", "rayner", "reported") for leg in (1, 9)}


def test_vienna_alone() -> None:
    """From 41.7 km on nobody paces, and that was seen, not planned."""
    actual = [e for e in read("vienna-2019") if isinstance(e, events.Formation) and e.plan == "actual"]
    assert [(e.from_m, e.team, e.slots, e.quality) for e in actual] == [(41700, None, (), "reported")]


def test_vienna_lines() -> None:
    """The laser's place is derived and close to the leading pacers, the car's 15 m are reported; neither is a schedule."""
    found = {e.name: e for e in read("vienna-2019") if isinstance(e, events.Line)}
    assert {n: (e.quality, e.ahead_m) for n, e in found.items()} == {"laser": ("derived", 2), "car": ("reported", 15)}
    assert all(e.pace_s_per_km is None and e.distance_m is None for e in found.values())


def test_vienna_course() -> None:
    """The course runs from 0 to the finish in order, near the Prater, and no waypoint claims to be surveyed."""
    race = race_of("vienna-2019")
    along = [w.distance_m for w in race.course]
    assert along == sorted(along) and (along[0], along[-1]) == (0, 42195)
    points = [(w.lat, w.lon) for w in race.course] + [(mark.lat, mark.lon) for mark in race.landmarks]
    assert all(48.18 < lat < 48.24 and 16.38 < lon < 16.45 for lat, lon in points)
    assert {w.quality for w in race.course} == {"derived"}
    assert race.laps is not None and race.laps.from_m + race.laps.count * race.laps.lap_m == pytest.approx(42195)
    assert {h.quality for h in race.heights} == {"derived"}


def test_vienna_roster() -> None:
    """44 pacers were named; the five who are not confirmed say so."""
    pacers = [e for e in read("vienna-2019") if isinstance(e, events.Athlete) and e.role == "pacer"]
    assert len(pacers) == 44
    unsure = {e.id for e in pacers if "not confirmed" in (e.source or "")}
    assert unsure == {"akalnew", "kimutai", "korio", "kwemoi", "kiprotich"}
    koech = next(e for e in pacers if e.name == "Shadrack Koech")
    assert koech.country == "KEN" and "KAZ" in (koech.source or "")


def test_vienna_moments() -> None:
    """The stumble stands at 1:17:00, the broadcast's projections at the moments they were shown."""
    race = race_of("vienna-2019")
    assert race.gun is not None
    notes = [(e.at, e.text) for e in read("vienna-2019") if isinstance(e, events.Note)]
    assert [at for at, text in notes if "stumble" in text] == [race.gun + timedelta(seconds=4620)]
    shown = [(at - race.gun).total_seconds() for at, text in notes if at and "broadcast" in text]
    assert shown == [850, 1700, 3407, 3600, 5400, 6679]
