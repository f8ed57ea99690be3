"""The shipped races as the tests read them."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from feeds import events
from feeds.events import Event

RACES = Path(events.__file__).parent / "races"
INDEX: list[dict[str, Any]] = json.loads((RACES / "index.json").read_text(encoding="utf-8"))
NAMES = [entry["name"] for entry in INDEX]
CARRYING = {"official", "reported", "witnessed"}
EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def seconds(clock: str) -> float:
    """`1:10:59` as seconds."""
    total = 0.0
    for part in clock.split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


@cache
def lines(name: str) -> tuple[bytes, ...]:
    """The lines of a race without their ends."""
    return tuple((RACES / f"{name}.ndjson").read_bytes().removesuffix(b"\n").split(b"\n"))


@cache
def read(name: str) -> tuple[Event, ...]:
    """The messages of a race in order."""
    return tuple(EVENT.validate_json(line) for line in lines(name))


def race_of(name: str) -> events.Race:
    """The race message, which is the first."""
    first = read(name)[0]
    assert isinstance(first, events.Race)
    return first


def places(name: str) -> dict[str, float]:
    """Metres of every checkpoint."""
    return {c.id: c.distance_m for c in race_of(name).checkpoints if c.distance_m is not None}


def splits(name: str, athlete: str | None = None) -> list[events.Split]:
    """The splits in the order of the file, of one athlete or of all."""
    return [e for e in read(name) if isinstance(e, events.Split) and athlete in (None, e.athlete)]


def by_athlete(name: str) -> dict[str, list[tuple[float, float]]]:
    """(metres, elapsed seconds) of every athlete, in order of distance."""
    where = places(name)
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for split in splits(name):
        assert split.checkpoint is not None and split.elapsed_s is not None
        found[split.athlete].append((where[split.checkpoint], split.elapsed_s))
    return {athlete: sorted(marks) for athlete, marks in found.items()}
