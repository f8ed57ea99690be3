"""Recordings: canonical NDJSON and tapes, told apart by the first line. Rule: what is torn is reported and survived."""

from __future__ import annotations

import json
from base64 import b64decode
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from feeds.feed import YEARS, Delivery, FeedError, Link
from feeds.lines import LineDecoder
from feeds.sources.files import MOST_BYTES, TornError, decoded, open_regular
from feeds.text import PROSE_CELLS, clean

LINE_LIMIT = 24 << 20
SNIFFED = 100
"""Bytes at the start of a file that tell text from what is none. Further on a torn recording may well have zeros."""

VERSION = 1
MOST_BODIES = 1024
MOST_BODY_BYTES = 64 << 20
BATCH = 256
"""Lines between two chances for the rest of the program to run."""

_MARKS: dict[object, Literal["live", "offline"]] = {
    "start": "live",
    "lost": "offline",
    "resumed": "live",
    "stop": "offline",  # of this run; the next one adds its own start
}


class TapeFeed:
    """A recording as a Feed."""

    def __init__(self, path: Path, name: str = "") -> None:
        self.path = path
        self.name = name or path.name

    async def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        import asyncio  # noqa: PLC0415 - reading a file to its end needs no event loop

        for n, item in enumerate(read(self.path), 1):
            yield item
            if n % BATCH == 0:
                await asyncio.sleep(0)


def read(path: Path, most_bytes: int = MOST_BYTES) -> Iterator[Delivery | Link]:
    """What a recording holds, in its order. FeedError when it cannot be read at all, or only by a newer version."""
    entry: Callable[[bytes, int], Delivery | Link] | None = None
    number = 0
    for lines in _lines(path, most_bytes):
        if isinstance(lines, Link):
            yield lines
            break
        for line in lines:
            number += 1
            if not line or line.isspace():
                continue
            if entry is None:
                if _is_header(line, path):
                    entry = _Tape().entry
                    continue
                entry = Delivery
            yield entry(line, number)


def _lines(path: Path, most_bytes: int) -> Iterator[list[bytes] | Link]:
    """The lines of a file, some at a time, and last the state of its link if it is torn."""
    lines = LineDecoder(LINE_LIMIT)
    why = ""
    with open_regular(path) as file:
        try:
            for n, chunk in enumerate(decoded(file, most_bytes)):
                if n == 0 and b"\0" in chunk[:SNIFFED]:
                    raise FeedError(f"{_shown(path)}: not a text file; a recording is NDJSON or a tape, plain or gzip")
                yield lines.feed(chunk)
        except TornError as torn:
            why = str(torn)
    if tail := lines.flush():
        if _json(tail) is not None:
            yield [tail]
        else:
            why = why or "its last line is cut off and set aside"
    if why:
        yield Link("torn", f"{_shown(path)} is torn: {why}")


def _is_header(line: bytes, path: Path) -> bool:
    said = _json(line)
    if not isinstance(said, dict) or "paceline_tape" not in said:
        return False
    version = said["paceline_tape"]
    if version != VERSION:
        raise FeedError(
            f"{_shown(path)}: a tape of version {clean(str(version), 20)}; this paceline reads version {VERSION}: "
            "get a newer paceline"
        )
    return True


class _Tape:
    """Reads the lines of a tape. `same` refers to a body before; the latest ones are kept for it."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[int, bytes] = OrderedDict()
        self._size = 0

    def entry(self, line: bytes, number: int) -> Delivery | Link:
        """A line of a tape. What is none goes on as it is: the decoder says what is wrong with it."""
        said = _json(line)
        try:
            if "mark" in said:
                return Link(_MARKS[said["mark"]], clean(said.get("why", ""), PROSE_CELLS))
            received_s = _instant(said["utc"])
            return Delivery(self._body(said), number, received_s)
        except (KeyError, TypeError, ValueError):
            return Delivery(line, number)

    def _body(self, said: dict[str, Any]) -> bytes:
        if "raw" in said:
            body = str.encode(said["raw"])
        elif "b64" in said:
            body = b64decode(said["b64"], validate=True)
        else:
            body = self._bodies[said["same"]]
            self._bodies.move_to_end(said["same"])
        if said["n"] not in self._bodies:
            self._bodies[said["n"]] = body
            self._size += len(body)
        while len(self._bodies) > MOST_BODIES or self._size > MOST_BODY_BYTES:
            self._size -= len(self._bodies.popitem(last=False)[1])
        return body


def _instant(text: str) -> float:
    when = datetime.fromisoformat(text)
    if when.tzinfo is None or when.year not in YEARS:
        raise ValueError("not an instant with an offset, or out of all bounds")
    return when.timestamp()


def _json(line: bytes) -> Any:
    """The value of a line, none where it has none."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _shown(path: Path) -> str:
    return clean(str(path), 200)
