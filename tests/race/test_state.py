"""The state as text, for its hash."""

from __future__ import annotations

import json
from hashlib import sha256

from hypothesis import given

from feeds.events import Event
from tests.race.made import ATHLETES, at, event, fold, race, split, status, void
from tracker.race.entry import text_of, to_text


def test_one_line_a_winning_key() -> None:
    """Each key that won has one line: kind, what it is about, its values; what lost has none."""
    told = fold(race(), split("5km", 850), split("5km", 851.25, rev=2), split("10km", 1700, "b", clock="net"))
    lines = [json.loads(line) for line in told.state_lines() if not line.startswith('["race"')]
    assert [line[:4] for line in lines] == [["split", "a", "5km", "gun"], ["split", "b", "10km", "net"]]
    assert lines[0][4]["elapsed_s"] == 851250


@given(ATHLETES)
def test_the_line_of_an_athlete_is_written_as_any_other(e: Event) -> None:
    """Letter by letter what its values come to."""
    (line,) = fold(e).state_lines()
    row = json.loads(text_of(e))
    values = {name: value for name, value in row.items() if name not in ("kind", "race", "at", "bests")}
    if "at" in row:
        values["at"] = round(row["at"] * 1000)
    if "bests" in row:
        values["bests"] = [{"distance_m": 500050, "time_s": 900250, "where": "Ulm"}]
    assert line == to_text(["athlete", row["id"], [], values])


def test_times_are_milliseconds_and_distances_centimetres() -> None:
    """Whole numbers only, so that no machine's floats show."""
    told = fold(
        race(gun=at(0.5)),
        event(kind="formation", from_m=1234.567, to_m=5000.0, team="A", size=2),
        event(kind="position", athlete="a", at=at(10), distance_m=33.333),
    )
    by_kind = {line[0]: line for line in map(json.loads, told.state_lines())}
    assert by_kind["formation"][3]["from_m"] == 123457
    assert by_kind["position"][3] == {
        "at": 1600000010000,
        "athlete": "a",
        "device": "gps",
        "distance_m": 3333,
        "synthetic": False,
    }
    described = by_kind["race"][3]
    assert (described["gun"], described["distance_m"]) == (1600000000500, 2109750)
    assert described["checkpoints"][0]["distance_m"] == 500000
    assert described["targets"][0]["finish_s"] == 3600000


def test_what_is_left_out_changes_nothing() -> None:
    """Revisions, message ids, when it was sent, repetition and heartbeats are in no line."""
    plain = fold(race(), split("5km", 850))
    dressed = fold(
        race(rev=4, message_id="x", sent=at(1)),
        split("5km", 850, rev=3, message_id="y", sent=at(900), race="r"),
        split("5km", 999),
        event(kind="heartbeat", at=at(3)),
        split("5km", 850, rev=3, message_id="z", sent=at(900), race="r"),
    )
    assert plain.state_lines() == dressed.state_lines()


def test_what_does_not_count_is_there_with_its_reason() -> None:
    """Rejected and quarantined keys are state, and so is why."""
    told = fold(
        race(), split("5km", 850), split("10km", 900), split(30000.0, 4000), status("DNF"), split("finish", 3600)
    )
    reasons = {line[2]: line[4].get("rejected") for line in map(json.loads, told.state_lines()) if line[0] == "split"}
    assert reasons == {
        "5km": None,
        "10km": "quarantined: 10 s/km from 5 km, under 110",
        "30000 m": "30000 m is beyond the course, which is 21097.5 m long",
        "finish": "DNF, so the finish clock counts for nothing",
    }


def test_a_void_that_holds_is_state_and_a_beaten_one_is_not() -> None:
    """A void has a line for each clock it withdraws, until a newer split beats it."""
    told = fold(race(), void("5km"), split("5km", 850, rev=2))
    assert [line for line in told.state_lines() if line.startswith('["void"')] == ['["void","a","5km","net",false]']


def test_a_note_is_known_by_its_id() -> None:
    """Two notes of the same words are two, if they say so; one that is said again is one."""
    notes = [event(kind="note", message_id=m, at=at(5), text="rain") for m in ("n1", "n2", "n1")]
    assert len(fold(race(), notes).state_lines()) == 3


def test_the_hash_is_that_of_the_lines() -> None:
    """SHA-256 over the sorted lines in UTF-8, each ended by a line feed."""
    told = fold(race(name="Zürich"), split("5km", 850))
    lines = told.state_lines()
    assert lines == sorted(lines)
    assert told.state_hash() == sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    assert told.state_hash() != fold(race(name="Zürich"), split("5km", 850.5)).state_hash()
