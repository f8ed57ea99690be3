"""A feed as files for an edge cache: one small `snapshot.json` that changes, and chunks of lines that never do.

| key of `snapshot.json` | what it is |
|---|---|
| `paceline` | `chunks/1` |
| `id` | sixteen hexadecimal digits; another one: another series, to be read from its beginning |
| `events` | how many messages there are; they are numbered from 0 |
| `chunks` | files that hold all of them, in order: `file`, `from`, `to` (numbers, the last one not included), `bytes`, `sha256` |
| `recent` | the same for the latest small ones, so that whoever is nearly up to date need not fetch large ones |
| `beat` | the latest heartbeat message, or null |
| `ended` | whether nothing more will come |

A chunk is lines of NDJSON, each a message of the split feed. Whoever is at number n fetches the chunks from there on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

SNAPSHOT = "snapshot.json"
MOST_CHUNKS = 5000
"""Files that one snapshot may name, of either kind."""
MOST_BYTES = 64 << 20
"""Of one chunk."""
Number = Annotated[int, Field(ge=0, le=1 << 40, strict=True)]


class Chunk(BaseModel):
    """A file with the messages from number `first` to number `end`, which is not in it; `size` in bytes."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    file: str = Field(pattern=r"^[0-9a-z][0-9a-z-]{0,80}\.ndjson$")
    first: Number = Field(alias="from")
    end: Number = Field(alias="to")
    size: int = Field(alias="bytes", ge=0, le=MOST_BYTES, strict=True)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


Chunks = Annotated[tuple[Chunk, ...], Field(max_length=MOST_CHUNKS)]


class Shelf(BaseModel):
    """What a `snapshot.json` says."""

    model_config = ConfigDict(frozen=True)

    paceline: Literal["chunks/1"] = "chunks/1"
    id: str = Field(pattern="^[0-9a-f]{16}$")
    events: Number = 0
    ended: bool = False
    beat: dict[str, Any] | None = None
    chunks: Chunks = ()
    recent: Chunks = ()

    def as_json(self) -> bytes:
        """The document."""
        return self.model_dump_json(by_alias=True).encode() + b"\n"

    def after(self, number: int) -> Sequence[Chunk]:
        """The chunks that tell all from a number on, the fewest bytes of them; the first may begin before it."""
        small = [chunk for chunk in self.recent if chunk.end > number]
        if small and small[0].first <= number and small[-1].end == self.events:
            return small
        return [chunk for chunk in self.chunks if chunk.end > number]


def parse(body: bytes) -> Shelf:
    """A `snapshot.json`. ValueError, in words that end a sentence, where it is none or cannot be trusted."""
    try:
        shelf = Shelf.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ValueError(f"is no snapshot of a relay: {where + ': ' if where else ''}{first['msg'].lower()}") from None
    _check(shelf.chunks, 0, shelf.events)
    if shelf.recent:
        _check(shelf.recent, shelf.recent[0].first, shelf.events)
    return shelf


def _check(chunks: Sequence[Chunk], first: int, end: int) -> None:
    """Whether chunks lie one after another without a gap."""
    at = first
    for chunk in chunks:
        if chunk.first != at or chunk.end <= at:
            raise ValueError(f"has a gap after message {at:,}")
        at = chunk.end
    if at != end:
        raise ValueError(f"says {end:,} messages and names {at:,}")
