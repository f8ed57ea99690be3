"""Messages that are state, splits aside, as they are kept: small, and so that of two with one key it is sure which wins.

Instants are POSIX seconds in here; nothing of a message is kept but its values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

if TYPE_CHECKING:
    from feeds.events import Event

NEVER = float("-inf")
"""A missing `sent` is lowest."""

Key = tuple[Any, ...]
Row = dict[str, Any]
Kind: TypeAlias = Literal[
    "race", "athlete", "start", "void", "position", "formation", "line", "status", "conditions", "note", "end"
]
"""Of messages that are state, but splits."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """What many messages have in common. Where `text` is empty that is nothing but their kind."""

    kind: Kind
    text: str = ""
    """The canonical JSON, with a %s for each value that is a message's own."""
    line: str = ""
    """The same as it stands in the state's lines."""
    names: tuple[str, ...] = ()
    """Of the own values."""
    common: Row = field(default_factory=dict)
    """The other values, to be read only."""


class Entry(NamedTuple):
    """A message as it is kept. `group` is what it is about; `key` names its race, if it does so, and the rest of its key.

    `own` is the JSON of the values that it does not share by its form, one a line; with a bare form, all its values.
    """

    group: str
    key: Key
    form: Form
    own: str
    rank: tuple[int, float]
    """Its revision and when it was sent."""

    @property
    def kind(self) -> Kind:
        """As in the message."""
        return self.form.kind

    @property
    def text(self) -> str:
        """The canonical JSON."""
        return self.form.text % tuple(self.own.split("\n")) if self.form.text else self.own

    @property
    def row(self) -> Row:
        """The values, to be read only."""
        if not self.form.text:
            return _parsed(self.own)
        own, _ = _decode(f"[{self.own.replace(_BREAK, ',')}]")
        return self.form.common | dict(zip(self.form.names, own, strict=True))

    @property
    def at_s(self) -> float | None:
        """`at` as POSIX seconds."""
        return None if self.form.text else self.row.get("at")

    @property
    def line(self) -> str:
        """The values as they stand in the state's lines; empty where that has to be found out."""
        return self.form.line % tuple(self.own.split("\n")) if self.form.line else ""

    def beats(self, other: Entry) -> bool:
        """Whether of two messages with one key this one wins."""
        return self.rank > other.rank or (self.rank == other.rank and self.text > other.text)


_BREAK = "\n"
"""Between own values: JSON escapes those inside a text."""
_decode = json.JSONDecoder().raw_decode


@lru_cache(maxsize=512)
def _parsed(text: str) -> Row:
    row: Row = json.loads(text)
    return row


to_text = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
"""One text for equal values: names in order, no spaces."""
_FLAT = frozenset({str, int, float, bool})
_RANKED = frozenset({"message_id", "rev", "sent"})


def plain(value: Any) -> Any:
    """A message or a part of it as JSON values: nothing absent, nothing empty, instants as POSIX seconds."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    parts = getattr(value, "__dict__", None)
    if parts is None:
        return value.timestamp()
    return _plain_parts(parts)


def _plain_parts(parts: Row, without: Collection[str] = ()) -> Row:
    return {
        name: part if part.__class__ in _FLAT else plain(part)
        for name, part in parts.items()
        if part is not None and part != () and name not in without
    }


def canonical(values: Row) -> str:
    """Canonical JSON: sorted names, no spaces, without `message_id`, `rev` and `sent` (those rank by themselves)."""
    kept = {k: v for k, v in values.items() if v is not None and k not in _RANKED}
    return to_text(kept)


def text_of(event: Event) -> str:
    """The canonical JSON of a message."""
    return to_text(_plain_parts(event.__dict__, _RANKED))


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


_BARE: dict[str, Form] = {kind: Form(kind) for kind in get_args(Kind)}
_USUAL = (1, NEVER)
"""The rank of most messages, one object for all."""
_OWN = ("bib", "country", "id", "name", "source", "team")
"""What is an athlete's own."""
_COMMON = ("category", "division", "quality", "race", "role", "sex", "synthetic", "wave")
"""What many have in common. An athlete of whom there is more to be said is kept whole, as other messages are."""
_own_of, _common_of, _more_of = itemgetter(*_OWN), itemgetter(*_COMMON), itemgetter("at", "bests")
_NO_MORE = (None, ())
MOST_FORMS = 4096


class Forms:
    """The forms of athletes. Once there are too many, what has another is kept whole."""

    def __init__(self, most: int = MOST_FORMS) -> None:
        self._forms: dict[tuple[Any, ...], Form] = {}
        self._most = most

    def of(self, common: tuple[Any, ...], given: tuple[bool, ...]) -> Form | None:
        """That of these values in common, with the own ones that are given; none where there is no room for it."""
        form = self._forms.get((common, given))
        if form is None and len(self._forms) < self._most:
            names = tuple(name for name, is_given in zip(_OWN, given, strict=True) if is_given)
            values = {name: value for name, value in zip(_COMMON, common, strict=True) if value is not None}
            values["kind"] = "athlete"
            parts = {name: to_text(value).replace("%", "%%") for name, value in values.items()}
            parts |= dict.fromkeys(names, "%s")
            line = {name: part for name, part in parts.items() if name not in ("kind", "race")}
            form = Form("athlete", _object(parts), _object(line), names, values)
            self._forms[common, given] = form
        return form


def _object(parts: Mapping[str, str]) -> str:
    return "{" + ",".join([f'"{name}":{parts[name]}' for name in sorted(parts)]) + "}"


_FORMS = Forms()


@lru_cache(maxsize=256)
def _only(race: str | None) -> Key:
    """The key of what there is once in a race: one object for all."""
    return (race,)


def entry_of(event: Event, forms: Forms = _FORMS) -> Entry:
    """A message of any kind but splits as it is kept."""
    rank = (event.rev, NEVER if event.sent is None else event.sent.timestamp())
    if rank == _USUAL:
        rank = _USUAL
    if event.kind == "athlete":
        told = event.__dict__
        own = _own_of(told)
        form = forms.of(_common_of(told), tuple([value is not None for value in own]))
        if form is not None and _more_of(told) == _NO_MORE:
            mine = _BREAK.join([to_text(value) for value in own if value is not None])
            return Entry(event.id, _only(event.race), form, mine, rank)
    group, key = GROUP_AND_KEY[event.kind](event)
    return Entry(group, (event.race, *key) if key else _only(event.race), _BARE[event.kind], text_of(event), rank)
