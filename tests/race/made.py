"""Events and races made by hand, for the tests of the core. Times are in seconds, the gun is at GUN_S."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter

import feeds
from feeds.events import Event
from tracker.race.book import Race, Wanted
from tracker.race.snapshot import Mark, Snapshot

GUN_S = 1_600_000_000.0
MATS: tuple[tuple[str, float], ...] = (("5km", 5000), ("10km", 10000), ("15km", 15000), ("20km", 20000))
TOTAL_M = 21097.5

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def event(**fields: Any) -> Event:
    """One event from its fields."""
    return _EVENT.validate_python({k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()})


def at(elapsed_s: float) -> str:
    """The instant so many seconds after the gun."""
    return datetime.fromtimestamp(GUN_S + elapsed_s, UTC).isoformat()


def race(**more: Any) -> Event:
    """A half marathon with a mat every 5 km and an even target of one hour."""
    mats = [{"id": id, "name": id.replace("km", " km"), "distance_m": d} for id, d in MATS]
    fields: dict[str, Any] = {
        "kind": "race",
        "id": "r",
        "name": "A Half",
        "gun": at(0),
        "distance_m": TOTAL_M,
        "checkpoints": (*mats, {"id": "finish", "name": "finish", "distance_m": TOTAL_M, "type": "finish"}),
        "targets": ({"name": "1:00:00", "finish_s": 3600.0},),
        "runner": "a",
    }
    return event(**(fields | more))


def split(checkpoint: str | float, elapsed_s: float | None = None, athlete: str = "a", **more: Any) -> Event:
    """A split at a mat or a distance."""
    where = {"checkpoint": checkpoint} if isinstance(checkpoint, str) else {"distance_m": float(checkpoint)}
    time = {} if elapsed_s is None else {"elapsed_s": float(elapsed_s)}
    return event(kind="split", athlete=athlete, **where, **time, **more)


def void(checkpoint: str, athlete: str = "a", **more: Any) -> Event:
    """A split withdrawn."""
    return event(kind="void", athlete=athlete, checkpoint=checkpoint, **more)


def status(word: str, athlete: str = "a", **more: Any) -> Event:
    """What became of an athlete."""
    return event(kind="status", athlete=athlete, status=word, **more)


def fold(*events: Event | Iterable[Event], origin: float | None = None) -> Race:
    """A race that was told events."""
    told = Race(origin)
    for one in events:
        for each in one if isinstance(one, Iterable) and not hasattr(one, "kind") else (one,):
            told.receive(each)  # type: ignore[arg-type]  # an event iterates over its fields, so mypy sees both
    return told


def view(told: Race, elapsed_s: float, **wanted: Any) -> Snapshot:
    """A race so long after its gun."""
    return told.snapshot((told.gun_s if told.gun_s is not None else told.origin or 0.0) + elapsed_s, Wanted(**wanted))


def mark(told: Race, checkpoint: str, athlete: str = "a") -> Mark:
    """An athlete's mark at a mat."""
    return next(m for m in told.sheet(athlete).marks if m.checkpoint.id == checkpoint)


def times(told: Race, athlete: str = "a") -> dict[str, float]:
    """The times that count, by mat."""
    return {m.checkpoint.id: m.elapsed_s for m in told.sheet(athlete).marks if m.rejected is None}


def shipped(name: str) -> list[Event]:
    """The events of a shipped race."""
    lines = (Path(feeds.__file__).parent / "races" / f"{name}.ndjson").read_bytes().splitlines()
    return [_EVENT.validate_json(line) for line in lines if line.strip()]


def until(events: Sequence[Event], elapsed_s: float) -> Race:
    """A recorded race as it was known so long after its gun."""
    whole = fold(events, origin=0.0)
    zero_s = whole.gun_s if whole.gun_s is not None else 0.0
    known = [e for e in events if (when := whole.arrival(e)) is None or when <= zero_s + elapsed_s]
    return fold(known, origin=0.0)


# Events that meet often: few athletes, few mats, few values, so that orders, revisions and voids matter.
_PLACES: list[dict[str, Any]] = [
    {"checkpoint": "5km"},
    {"checkpoint": "10km"},
    {"distance_m": 5000.4},
    {"distance_m": 10000.0},
    {"distance_m": 7000.0},
    {"distance_m": 0.0},
    {"checkpoint": "finish"},
    {"checkpoint": "nowhere"},
    {"distance_m": 30000.0},
]
_COMMON = {
    "rev": st.sampled_from([1, 1, 1, 2, 3]),
    "sent": st.sampled_from([None, None, at(900), at(2000)]),
    "race": st.sampled_from([None, None, None, "r", "other"]),
    "message_id": st.sampled_from([None, "m1", "m2"]),
}
_WHO = st.sampled_from(["a", "b"])
_SPLITS = st.builds(
    lambda place, **rest: event(kind="split", **place, **rest),
    place=st.sampled_from(_PLACES),
    athlete=_WHO,
    clock=st.sampled_from(["gun", "gun", "net"]),
    elapsed_s=st.sampled_from([None, 0.0, 870.0, 873.0, 880.0, 1740.0, 3590.0, 3601.5]),
    at=st.sampled_from([at(-20), at(871), at(1745)]),
    device=st.sampled_from(["chip", "chip", "backup", "hand"]),
    occurrence=st.sampled_from([None, None, 1, 2]),
    quality=st.sampled_from([None, "reported", "derived"]),
    **_COMMON,
)
_VOIDS = st.builds(
    lambda place, **rest: event(kind="void", **place, **rest),
    place=st.sampled_from(_PLACES),
    athlete=_WHO,
    clock=st.sampled_from([None, "gun", "net"]),
    **_COMMON,
)
_STATUSES = st.builds(
    lambda **rest: event(kind="status", **rest),
    athlete=_WHO,
    status=st.sampled_from(["DNF", "DNS", "DSQ", "reinstated", "finished"]),
    at=st.sampled_from([None, at(1000), at(3000)]),
    **_COMMON,
)
_SAID = st.sampled_from(
    [
        event(kind="note", at=at(5), text="a note"),
        event(kind="note", message_id="n1", text="one"),
        event(kind="note", message_id="n1", text="two"),
        event(kind="conditions", at=at(0), temperature_c=10.0),
        event(kind="athlete", id="a", name="Anna", division="run"),
        event(kind="athlete", id="a", name="Anne", wave="w"),
        event(kind="start", scope="wave", id="w", at=at(60)),
        event(kind="start", scope="race", id="r", at=at(1)),
        event(kind="formation", from_m=0.0, to_m=5000.0, team="A", size=2),
        event(kind="formation", plan="actual", from_m=5000.0),
        event(kind="position", athlete="a", at=at(900), distance_m=5100.0),
        event(kind="line", name="laser", ahead_m=2.0),
        event(kind="end", at=at(4000)),
        event(kind="race", id="other", name="Another"),
        race(),
        race(rev=2, name="The Half", division="run"),
        race(laps={"count": 4, "lap_m": 5000.0}, checkpoints=({"id": "5km", "distance_m": 4000.0},)),
    ]
)
EVENTS = st.one_of(_SPLITS, _SPLITS, _SPLITS, _VOIDS, _STATUSES, _SAID)

_WORDS = st.one_of(
    st.none(), st.sampled_from(["W35", "100 %s", 'the "Pace"', "Zürich\\n", "明, 5"]), st.text(max_size=6)
)
ATHLETES = st.builds(
    lambda **fields: event(kind="athlete", **{name: value for name, value in fields.items() if value is not None}),
    id=st.sampled_from(["a", "b", "c%d", 'd"']),
    bib=st.sampled_from([None, "1", "F 12"]),
    name=_WORDS.map(lambda word: word and word.strip()),
    country=st.sampled_from([None, "KEN"]),
    sex=st.sampled_from([None, "W"]),
    category=st.sampled_from([None, "W35", "50 %"]),
    division=st.sampled_from([None, "wheelchair"]),
    wave=st.sampled_from([None, "w"]),
    role=st.sampled_from([None, "pacer"]),
    team=st.sampled_from([None, "A\tB", "Ä"]),
    bests=st.sampled_from([None, None, ({"distance_m": 5000.5, "time_s": 900.25, "where": "Ulm"},)]),
    at=st.sampled_from([None, None, at(3)]),
    source=st.sampled_from([None, "100 % sure"]),
    synthetic=st.sampled_from([None, True]),
    **_COMMON,
)
"""All that may be said of a few."""
