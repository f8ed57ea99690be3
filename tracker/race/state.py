"""The state as text, for its hash: one line a winning key, the same whatever way it was reached.

Times are integer milliseconds, distances integer centimetres. Left out: revisions, message ids, when things were
sent, duplicates, heartbeats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Any

from tracker.race.columns import Read
from tracker.race.entry import GROUP_AND_KEY, Key, Row, to_text
from tracker.race.ledger import Ledger
from tracker.race.marks import Sheet

INSTANTS = frozenset({"at", "gun"})


def lines(ledger: Ledger, race: str | None, athletes: Iterable[str], sheet: Callable[[str], Sheet]) -> list[str]:
    """Every winning key of one race, as sorted lines."""
    found = [line for kind in GROUP_AND_KEY if kind != "void" for line in _said(ledger, kind, race)]
    for athlete in {*athletes, *ledger.groups("void")}:
        found.extend(to_text(line) for line in _run(athlete, sheet(athlete)))
    return sorted(found)


def digest(state: Iterable[str]) -> str:
    """SHA-256 over the lines in UTF-8, each ended by a line feed."""
    whole = sha256()
    for line in state:
        whole.update(line.encode())
        whole.update(b"\n")
    return whole.hexdigest()


def _said(ledger: Ledger, kind: str, race: str | None) -> Iterator[str]:
    groups = [race] if kind == "race" and race is not None else [] if kind == "race" else list(ledger.groups(kind))
    for group in groups:
        for key, entry in ledger.winners(kind, group, race).items():
            values = entry.line or to_text(_exact(entry.row))
            yield f'["{kind}",{to_text(group)},{to_text(_key(key)) if key else "[]"},{values}]'


def _key(key: Key) -> list[Any]:
    """A key without floats: what is one of its numbers is a distance or an instant, told by the values beside it."""
    return [round(part * 1000) if isinstance(part, float) else part for part in key]


def _exact(row: Row) -> Row:
    """Values with times in milliseconds and distances in centimetres, without the race's name."""
    return {name: _value(name, value) for name, value in row.items() if name not in ("race", "kind")}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {part: _value(part, inner) for part, inner in value.items()}
    if name == "points":
        return [[round(metres * 100), round(seconds * 1000)] for metres, seconds in value]
    if isinstance(value, list):
        return [_value(name, inner) for inner in value]
    if isinstance(value, str | bool):
        return value
    if name in INSTANTS or name.endswith(("_s", "_s_per_km")):
        return round(value * 1000)
    return round(value * 100) if name.endswith("_m") else value


def _run(athlete: str, own: Sheet) -> Iterator[list[Any]]:
    reasons = {id(c.passing.read): c.rejected for c in own.cleaned if c.rejected is not None}
    for p in (*own.passings.found, *own.passings.start):
        values = _read(p.read)
        if id(p.read) in reasons:
            values["rejected"] = reasons[id(p.read)]
        yield ["split", athlete, p.checkpoint.id, p.clock, values]
    for read in own.passings.timeless:
        where = _value("distance_m", read.distance_m) if read.checkpoint is None else read.checkpoint
        yield ["split", athlete, where, read.clock, _read(read)]
    for void in own.passings.withdrawn:
        yield ["void", athlete, void.checkpoint, void.clock, void.every]


def _read(read: Read) -> Row:
    kept = {
        "elapsed_s": read.elapsed_s,
        "at": read.at,
        "device": read.device,
        "quality": read.quality,
        "source": read.source,
        "resolution_s": read.resolution_s,
        "rounding": read.rounding,
        "place": read.place,
        "provisional": read.provisional,
        "synthetic": read.synthetic,
    }
    return {name: _value(name, value) for name, value in kept.items() if value is not None}
