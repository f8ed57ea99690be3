"""The races that come with the program: what its list says of each. Rule: read with the standard library alone.

The first frame of a replay is drawn from this, before anything that validates is loaded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal

from feeds.feed import FeedError
from feeds.text import clean

RACES = Path(__file__).parent / "races"


@dataclass(frozen=True, slots=True)
class Shipped:
    """One race of the list. What is not known of it is none.

    `gun` is RFC 3339, `marks` counts the timed mats of the runner, `quality`, `pacers`, `who` and `result` are words for people;
    a checkpoint is (id, name, metres, type), a leg (number, team, from metres, to metres).
    """

    name: str
    race: str
    place: str | None
    date: str | None
    gun: str | None
    time_zone: str | None
    runner: str
    runner_id: str
    who: str
    marks: int
    distance_m: float
    target_name: str | None
    target_s: float | None
    record_eligible: bool | None
    quality: str
    result: str
    pacers: str | None
    checkpoints: tuple[tuple[str, str, float | None, Literal["start", "split", "finish"], bool], ...]
    legs: tuple[tuple[int, str, float, float], ...]


@cache
def shipped() -> tuple[Shipped, ...]:
    """All of them, in the order of the list."""
    return tuple(_shipped(entry) for entry in json.loads((RACES / "index.json").read_bytes()))


def find(name: str) -> Shipped:
    """The race of that name, however it is capitalised. FeedError with the nearest names where there is none."""
    races = {race.name: race for race in shipped()}
    if race := races.get(name.strip().lower()):
        return race
    near = get_close_matches(name.strip().lower(), races, 4, 0.7)
    hint = f"did you mean {' or '.join(near)}?" if near else "`paceline races` lists them"
    raise FeedError(f"no race or file is called {clean(name)!r}: {hint}", 3)


def path(name: str) -> Path:
    """Where the messages of a race are. FeedError as `find`."""
    return RACES / f"{find(name).name}.ndjson"


def _shipped(entry: dict[str, Any]) -> Shipped:
    entry = {field.name: entry[field.name] for field in fields(Shipped)}
    return Shipped(
        **entry | {"checkpoints": tuple(map(tuple, entry["checkpoints"])), "legs": tuple(map(tuple, entry["legs"]))}
    )
