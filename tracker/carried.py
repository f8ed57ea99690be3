"""An event on its way to many watchers: under which subject it goes, and by which id it is known again."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from feeds.sources.natslink import token
from tracker.race.entry import GROUP_AND_KEY, text_of

if TYPE_CHECKING:
    from feeds.events import Event

LONGEST_KEY = 200


class Carried(NamedTuple):
    """One event. `id` is the same whoever carries it: its key, its revision, and 64 bits of what it says."""

    race: str
    subject: str
    id: str
    raw: bytes


def carried(event: Event, race: str, raw: bytes) -> Carried:
    """An event of a race, as these bytes say it."""
    return Carried(race, subject(event, race), identity(event, race), raw)


def subject(event: Event, race: str) -> str:
    """`race.<id>.<kind>.<athlete>`, percent-encoded; what is about the whole race has no athlete."""
    athlete = getattr(event, "athlete", None)
    if event.kind == "athlete" or (event.kind == "start" and event.scope == "athlete"):
        athlete = event.id
    return ".".join(["race", token(race), event.kind, *([token(athlete)] if athlete else [])])


def identity(event: Event, race: str) -> str:
    """Its key, its revision, and 64 bits of all that it says, as printable ASCII without spaces."""
    key: tuple[Any, ...]
    if event.kind == "split":
        key = (event.athlete, event.checkpoint, event.distance_m, event.occurrence, event.clock)
    else:
        key = GROUP_AND_KEY[event.kind](event)
    named = token(repr((race, event.kind, *key)))
    if len(named) > LONGEST_KEY:
        named = f"{named[:LONGEST_KEY]}~{_digest(named, 16)}"
    sent = event.sent.timestamp() if event.sent is not None else ""
    return f"{named}.{event.rev}.{_digest(f'{text_of(event)} {sent}', 16)}"


def _digest(text: str, digits: int) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
