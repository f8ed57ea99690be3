"""Recordings: NDJSON, tapes, and for a profile whole documents, told apart by how they begin.

Rule: what is torn is reported and survived.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from feeds.feed import YEARS, Delivery, FeedError, Link, numbered
from feeds.lines import LineDecoder
from feeds.sources.files import MOST_BYTES, TornError, decoded, open_regular
from feeds.text import PROSE_CELLS, clean

LINE_LIMIT = 24 << 20
DOCUMENT_LIMIT = 16 << 20
MOST_HEADER = 1 << 20
"""Decoded bytes looked at for a header."""
SNIFFED = 100
"""Bytes at the start of a file that tell text from what is none. Further on a torn recording may well have zeros."""

VERSION = 1
MOST_BODIES = 1024
MOST_BODY_BYTES = 64 << 20

_MARKS: dict[object, Literal["live", "offline"]] = {
    "start": "live",
    "lost": "offline",
    "resumed": "live",
    "stop": "offline",  # of this run; the next one adds its own start
}


@dataclass(frozen=True, slots=True)
class TapeHeader:
    """The first line of a tape: when it was begun, of what, and read how."""

    created: str
    address: str
    profile: str = ""
    profile_sha256: str = ""

    @property
    def line(self) -> bytes:
        """As it is written."""
        said = {"paceline_tape": VERSION, "created": self.created, "address": self.address}
        read_by = {"profile": self.profile, "profile_sha256": self.profile_sha256} if self.profile else {}
        return json.dumps(said | read_by, ensure_ascii=False).encode() + b"\n"


def header(path: Path) -> TapeHeader | None:
    """The header of a tape; none where a file is something else. FeedError as `read`."""
    for lines in _lines(path, MOST_HEADER):
        for line in () if isinstance(lines, Link) else lines:
            if line and not line.isspace():
                return as_header(line) if is_header(line, path) else None
    return None


def as_header(line: bytes) -> TapeHeader:
    """The header that a line holds."""
    said = _json(line)
    said = said if isinstance(said, dict) else {}
    return TapeHeader(*(clean(str(said.get(name, "")), 300) for name in TapeHeader.__slots__))


def read(path: Path, most_bytes: int = MOST_BYTES, *, profile_reads: bool = False) -> Iterator[Delivery | Link]:
    """What a recording holds, in its order. FeedError when it cannot be read at all, or only by a newer version.

    For a profile what is no tape and does not begin with a whole JSON object on its first line is one document.
    """
    entry: Callable[[bytes, int], Delivery | Link] | None = None
    number = 0
    for lines in _lines(path, most_bytes):
        if isinstance(lines, Link):
            yield lines
            break
        if entry is Delivery and all(lines) and not any(map(bytes.isspace, lines)):
            yield from numbered(lines, number + 1)
            number += len(lines)
            continue
        for line in lines:
            number += 1
            if not line or line.isspace():
                continue
            if entry is None:
                if is_header(line, path):
                    entry = Tape().entry
                    continue
                if profile_reads and not is_object(line):
                    yield _document(path)
                    return
                entry = Delivery
            yield entry(line, number)


def is_object(line: bytes) -> bool:
    """Whether a line is a whole JSON object: a row, or a message."""
    return isinstance(_json(line), dict)


def _document(path: Path) -> Delivery:
    """A whole file as one delivery."""
    body = bytearray()
    with open_regular(path) as file:
        try:
            for chunk in decoded(file, DOCUMENT_LIMIT):
                body += chunk
        except TornError as torn:
            raise FeedError(f"{_shown(path)}: {torn}") from None
    return Delivery(bytes(body), 1)


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


def is_header(line: bytes, path: Path) -> bool:
    """Whether a line is the header of a tape. FeedError for one of a newer version."""
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


class Tape:
    """Reads the lines of a tape. `same` refers to a body before; the latest ones are kept for it."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[int, bytes] = OrderedDict()
        self._size = 0

    def entry(self, line: bytes, number: int) -> Delivery | Link:
        """A line of a tape. What is none goes on as it is: the decoder says what is wrong with it."""
        said = _json(line)
        try:
            received_s = _instant(said["utc"])
            if "mark" in said:
                return Link(_MARKS[said["mark"]], clean(said.get("why", ""), PROSE_CELLS), received_s=received_s)
            part, more = str(said.get("part", "")), said.get("more") is True
            return Delivery(self._body(said), number, received_s, part, more)
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
