"""What a feed said, key by key: of every key the message that wins.

Rule: the winner is the highest (rev, sent, canonical JSON), a total order, so that neither order nor repetition of
messages can change what is kept. Instants are POSIX seconds in here; nothing of a message is kept but its values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from feeds.events import Event

NEVER = float("-inf")
"""A missing `sent` is lowest."""

Key = tuple[Any, ...]
Row = dict[str, Any]


class Entry(NamedTuple):
    """A winner: its rank, and the canonical JSON that holds its values."""

    rev: int
    sent_s: float
    text: str

    @property
    def row(self) -> Row:
        """The values, to be read only."""
        return _parsed(self.text)


class Claim(NamedTuple):
    """What a message claims: of which kind, what it is about, under which key, and the entry that may win."""

    kind: str
    group: str
    key: Key
    rev: int
    sent_s: float
    text: str

    @property
    def entry(self) -> Entry:
        """The winner that it would be."""
        return Entry(*self[3:])


@lru_cache(maxsize=512)
def _parsed(text: str) -> Row:
    row: Row = json.loads(text)
    return row


to_text = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
"""One text for equal values: names in order, no spaces."""


def plain(value: Any) -> Any:
    """A message or a part of it as JSON values: nothing absent, nothing empty, instants as POSIX seconds."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    parts = getattr(value, "__dict__", None)
    if parts is None:
        return value.timestamp()
    return {name: plain(part) for name, part in parts.items() if part is not None and part != ()}


_RANKING = frozenset({"message_id", "rev", "sent"})
_FLAT = (str, int, float, bool)


def canonical_of(event: Event) -> str:
    """The canonical JSON of a message."""
    told = {}
    for name, value in event.__dict__.items():
        if value is not None and name not in _RANKING and value != ():
            told[name] = value if value.__class__ in _FLAT else plain(value)
    return to_text(told)


def canonical(values: Row) -> str:
    """Canonical JSON: sorted names, no spaces, without `message_id`, `rev` and `sent` (those rank by themselves)."""
    kept = {k: v for k, v in values.items() if v is not None and k not in _RANKING}
    return to_text(kept)


def _place(event: Any) -> Key:
    return ("m", event.from_m) if event.from_m is not None else ("at", plain(event.at))


GROUP_AND_KEY: dict[str, Callable[[Any], tuple[str, Key]]] = {
    "race": lambda e: (e.id, ()),
    "athlete": lambda e: (e.id, ()),
    "start": lambda e: (e.scope, (e.id,) if e.scope != "race" else ()),
    "void": lambda e: (e.athlete, (e.checkpoint, e.distance_m, e.occurrence, e.clock)),
    "position": lambda e: (e.athlete, (plain(e.at),)),
    "formation": lambda e: ("", (e.plan, *_place(e))),
    "line": lambda e: ("", (e.name, *_place(e))),
    "status": lambda e: (e.athlete, (plain(e.at),)),
    "conditions": lambda e: ("", (e.place, plain(e.at))),
    "note": lambda e: ("", ("id", e.message_id) if e.message_id is not None else ("at", plain(e.at), e.text)),
    "end": lambda _: ("", ()),
}
"""Of every kind that is state, but splits: what it is about, and the rest of its key."""


def claim(event: Event) -> Claim:
    """What a message claims that is no split."""
    group, key = GROUP_AND_KEY[event.kind](event)
    sent_s = NEVER if event.sent is None else event.sent.timestamp()
    of = (event.race, *key) if key else _alone(event.race)
    return Claim(event.kind, group, of, event.rev, sent_s, canonical_of(event))


@lru_cache(maxsize=256)
def _alone(race: str | None) -> Key:
    """The key of what has none but its race: one object for all."""
    return (race,)


class Ledger:
    """The winners of every kind but splits, by what they are about: a lone one as it was claimed, several by their keys.

    Messages of several races may lie in one ledger: which race is meant is said when it is read.
    """

    def __init__(self) -> None:
        self._kinds: dict[str, dict[str, Claim | dict[Key, Entry]]] = {kind: {} for kind in GROUP_AND_KEY}
        self._mine: dict[str, set[str] | None] = dict.fromkeys(GROUP_AND_KEY)
        """Of every kind what may be changed here: none is everything; a kind that is missing is shared as a whole."""
        self._races: dict[str, int] = {}

    def put(self, claim: Claim) -> bool:
        """Whether a claim won its key."""
        kind, group, key, *_ = claim
        of = self._kinds[kind].get(group)
        old = None if of is None else _entries(of).get(key)
        if old is not None and old >= claim.entry:
            return False
        groups = self._to_change(kind)
        if of is None or (isinstance(of, Claim) and of.key == key):
            groups[group] = claim
        else:
            self._several(kind, group, of)[key] = claim.entry
        if key[0] is not None and old is None:
            self._races[key[0]] = self._races.get(key[0], 0) + 1
        return True

    def _to_change(self, kind: str) -> dict[str, Claim | dict[Key, Entry]]:
        """The winners of a kind, ours alone: copied where a copy of this ledger looks at them too."""
        if kind not in self._mine:
            self._kinds[kind], self._mine[kind] = dict(self._kinds[kind]), set()
        return self._kinds[kind]

    def _several(self, kind: str, group: str, of: Claim | dict[Key, Entry]) -> dict[Key, Entry]:
        """The same for the winners about one thing."""
        mine = self._mine[kind]
        if isinstance(of, dict) and (mine is None or group in mine):
            return of
        own = self._kinds[kind][group] = dict(_entries(of))
        if mine is not None:
            mine.add(group)
        return own

    @property
    def races(self) -> dict[str, int]:
        """How many winners name which race."""
        return self._races

    def groups(self, kind: str) -> Collection[str]:
        """What the messages of a kind are about."""
        return self._kinds[kind].keys()

    def about(self, kind: str) -> Mapping[str, Claim | dict[Key, Entry]]:
        """All winners of a kind in every race, by what they are about; the same objects until others win."""
        return self._kinds[kind]

    def winners(self, kind: str, group: str, race: str | None) -> dict[Key, Entry]:
        """The winners about one thing in one race; a message that names no race belongs to the only one."""
        found: dict[Key, Entry] = {}
        several = self._kinds[kind].get(group)
        for (of, *key), entry in _entries(several).items() if several is not None else ():
            if of is None or of == race:
                name = tuple(key)
                if name not in found or entry > found[name]:
                    found[name] = entry
        return found

    def rows(self, kind: str, group: str, race: str | None) -> list[Row]:
        """The values of the winners, in the order of their keys' text, so never in that of arrival."""
        of = self._kinds[kind].get(group)
        if of is None or isinstance(of, Claim):
            return [] if of is None or of.key[0] not in (None, race) else [_parsed(of.text)]
        found = self.winners(kind, group, race)
        return [found[key].row for key in sorted(found, key=repr)]

    def row(self, kind: str, group: str, race: str | None) -> Row | None:
        """The one winner of a kind that has a single key."""
        rows = self.rows(kind, group, race)
        return rows[0] if rows else None

    def copy(self) -> Ledger:
        """A ledger of its own with the same winners, for the cost of a pointer a kind."""
        twin = Ledger()
        twin._kinds = dict(self._kinds)
        self._mine, twin._mine = {}, {}
        twin._races = dict(self._races)
        return twin


def _entries(of: Claim | dict[Key, Entry]) -> Mapping[Key, Entry]:
    return {of.key: of.entry} if isinstance(of, Claim) else of
