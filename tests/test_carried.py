"""Subjects and ids of events on their way."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.decode import Decoder
from feeds.events import Event
from feeds.seen import full
from tests.race.made import at
from tests.watching import RACE, split
from tracker.carried import identity, subject


def event(**said: object) -> Event:
    """A message, read."""
    found = Decoder()(json.dumps(said).encode())
    assert isinstance(found, tuple)
    return full(found[0])


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (RACE, "race.r.race"),
        (split("5km", 850, athlete="a.b c*"), "race.r.split.a%2Eb%20c%2A"),
        ({"kind": "athlete", "id": "a"}, "race.r.athlete.a"),
        ({"kind": "start", "scope": "athlete", "id": "a", "at": at(0)}, "race.r.start.a"),
        ({"kind": "start", "scope": "wave", "id": "w", "at": at(0)}, "race.r.start"),
        ({"kind": "end"}, "race.r.end"),
    ],
)
def test_a_subject_names_race_kind_and_athlete(said: dict[str, object], wanted: str) -> None:
    """What is about the whole race has three levels, what is about one runner four."""
    assert subject(event(**said), "r") == wanted


def test_an_id_is_that_of_what_is_said() -> None:
    """The same message has the same id whatever its own; another value, revision or time of sending has another."""
    first = split("5km", 850)
    others = [
        split("5km", 851),
        split("5km", 850, rev=2),
        split("5km", 850, sent=at(900)),
        split("5km", 850, clock="net"),
    ]
    ids = [identity(event(**said), "r") for said in (first, *others)]
    assert len(set(ids)) == 5
    assert identity(event(**split("5km", 850, message_id="7")), "r") == ids[0] != identity(event(**first), "s")


@given(st.text(min_size=1, max_size=600))
def test_an_id_fits_a_header(text: str) -> None:
    """Printable ASCII, not long."""
    found = identity(event(kind="note", at=at(0), text=text.encode("utf-8", "ignore").decode() or "x"), "r")
    assert found.isascii() and found.isprintable() and " " not in found and len(found) < 300
