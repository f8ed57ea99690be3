"""The tape writer. Rule: what was acknowledged is on the disk whole, and a disk that fails stops the tape, not the race.

One line a message, one write for those that came together, appended; on the disk within a second. `mono` and `utc` are the caller's clocks.
"""

from __future__ import annotations

import base64
import errno
import fcntl
import json
import os
import re
import shutil
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import Literal

from feeds.feed import Delivery, FeedError
from feeds.sources.files import CHUNK, open_regular
from feeds.sources.tape import LINE_LIMIT, MOST_BODIES, VERSION, TapeHeader, as_header
from feeds.tapes import compressed
from feeds.text import clean

_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
SYNC_S = 1.0
_REMEMBERED = MOST_BODIES // 2
"""Bodies that an unchanged one can refer to: a reader keeps twice as many."""
_LEAST_BODY = 200
"""Bytes from which on a body that came before is worth referring to."""
_NUMBER = re.compile(rb'"n":(\d+)')
Mark = Literal["start", "lost", "resumed", "stop"]


def rfc3339(utc_s: float) -> str:
    """An instant as tapes have it, to the millisecond."""
    return datetime.fromtimestamp(utc_s, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def begun(utc_s: float, address: str, profile: str = "", profile_sha256: str = "") -> TapeHeader:
    """The header of a tape that is begun now."""
    return TapeHeader(rfc3339(utc_s), address, profile, profile_sha256)


class Recorder:
    """Writes a tape, or goes on with one. FeedError where the file cannot be written, is none, or is another's.

    `why_stopped`: why nothing is written any more; empty while it is.
    """

    def __init__(self, path: Path, header: TapeHeader, *, utc_s: float, automatic: bool = False) -> None:
        self.path = path
        self.lines = 0
        self.bytes = 0
        self.why_stopped = ""
        self.set_aside = ""
        """What was found torn at the end of the tape that is gone on with, and where it lies now."""
        self._automatic = automatic
        self._bodies: OrderedDict[tuple[str, bytes], int] = OrderedDict()
        self._synced_s = 0.0
        self._dirty = False
        self._fd = _opened(path)
        try:
            self._go_on(header)
        except BaseException:
            os.close(self._fd)
            raise
        self.mark("start", utc_s)

    def write(self, delivery: Delivery, utc_s: float, mono_s: float) -> None:
        """One message; on the disk a second later at the latest, if the caller goes on or syncs."""
        self.write_all((delivery,), utc_s, mono_s)

    def write_all(self, deliveries: Sequence[Delivery], utc_s: float, mono_s: float) -> None:
        """Messages that came together, in one piece."""
        mono, utc = round(mono_s, 6), rfc3339(utc_s)
        lines = []
        for delivery in deliveries:
            self.lines += 1
            said: dict[str, object] = {"n": self.lines, "mono": mono, "utc": utc} | self._body(delivery)
            if delivery.part:
                said["part"] = delivery.part
            if delivery.more:
                said["more"] = True
            lines.append(said)
        self._put(*lines)
        if mono_s - self._synced_s >= SYNC_S:
            self._synced_s = mono_s
            self.sync()

    def _body(self, delivery: Delivery) -> dict[str, object]:
        raw = delivery.raw
        if len(raw) >= _LEAST_BODY:
            key = (delivery.part, sha256(raw).digest())
            if (n := self._bodies.get(key)) is not None:
                self._bodies.move_to_end(key)
                return {"same": n}
            self._bodies[key] = self.lines
            if len(self._bodies) > _REMEMBERED:
                self._bodies.popitem(last=False)
        try:
            return {"raw": raw.decode("utf-8")}
        except UnicodeDecodeError:
            return {"b64": base64.b64encode(raw).decode("ascii")}

    def mark(self, kind: Mark, utc_s: float, why: str = "") -> None:
        """What became of the link."""
        self._put({"utc": rfc3339(utc_s), "mark": kind, **({"why": clean(why, 200)} if why else {})})

    def sync(self) -> None:
        """Bring to the disk what was written."""
        if self._dirty and not self.why_stopped:
            self._dirty = False
            try:
                os.fsync(self._fd)
            except OSError as error:
                self._stop(error)

    def close(self, utc_s: float, *, over: bool = False) -> None:
        """End this run. Once the race is over an automatic tape is compressed; until then it can be gone on with."""
        if self._fd < 0:
            return
        self.mark("stop", utc_s)
        self.sync()
        if self._automatic and over and not self.why_stopped:
            with suppress(OSError):  # then it stays as it is, and whole
                self.path = compressed(self.path)
                self.bytes = self.path.stat().st_size
        os.close(self._fd)
        self._fd = -1

    def _put(self, *said: dict[str, object]) -> None:
        if self.why_stopped:
            return
        lines = [_text(each).encode() + b"\n" for each in said]
        fit = list(takewhile(lambda line: len(line) <= LINE_LIMIT, lines))
        self._append(b"".join(fit))
        if len(fit) < len(lines):
            self._stop(OSError(errno.EFBIG, f"a message longer than {LINE_LIMIT >> 20} MiB"))

    def _append(self, piece: bytes) -> None:
        try:
            written = os.write(self._fd, piece)
            if written < len(piece):
                self.bytes += piece.rfind(b"\n", 0, written) + 1  # the lines that are whole stay
                os.ftruncate(self._fd, self.bytes)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            self._stop(error)
            return
        self.bytes += len(piece)
        self._dirty = True

    def _stop(self, error: OSError) -> None:
        self.why_stopped = f"recording stopped: {(error.strerror or 'it cannot be written').lower()}"
        with suppress(OSError):
            os.ftruncate(self._fd, self.bytes)

    def _go_on(self, header: TapeHeader) -> None:
        """Begin, or continue after the last whole line: its number, and what is torn behind it put aside."""
        size = os.fstat(self._fd).st_size
        if not size:
            self._raw(header.line)
            return
        found, self.lines, whole = _read_through(self.path)
        for mine, theirs, what in ((header.address, found.address, "feed"), (header.profile, found.profile, "profile")):
            if mine != theirs:
                raise FeedError(
                    f"{_shown(self.path)}: the tape of another {what} ({theirs or 'none'}): name a new file", 2
                )
        self.bytes = whole
        if whole < size:
            aside = _aside(self.path, whole)
            os.ftruncate(self._fd, whole)
            self.set_aside = f"its last line was torn; it lies in {_shown(aside)}"

    def _raw(self, line: bytes) -> None:
        try:
            os.write(self._fd, line)
            os.fsync(self._fd)
        except OSError as error:
            raise FeedError(f"{_shown(self.path)}: cannot be written: {(error.strerror or '').lower()}") from None
        self.bytes = len(line)


def _opened(path: Path) -> int:
    """A file to append to, this program's alone."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise FeedError(f"{_shown(path)}: cannot be written: {(error.strerror or '').lower()}") from None
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(fd)
        raise FeedError(f"{_shown(path)}: another paceline records into it: name another file", 2) from None
    return fd


def _read_through(path: Path) -> tuple[TapeHeader, int, int]:
    """The header, the last number, and how many bytes end in a whole line. FeedError for what is no tape."""
    last, whole, head = 0, 0, b""
    with open_regular(path) as file:
        for line in file:
            if not head:
                head = line
            if not line.endswith(b"\n"):
                break
            whole += len(line)
            if number := _NUMBER.search(line[:80]):
                last = int(number[1])
    try:
        said = json.loads(head)
    except ValueError:
        said = None
    if not isinstance(said, dict) or said.get("paceline_tape") != VERSION:
        raise FeedError(f"{_shown(path)}: not a plain tape of this version, and not overwritten: name a new file", 2)
    return as_header(head), last, whole


def _aside(path: Path, begin: int) -> Path:
    """Copy what lies behind the last whole line to a file of its own."""
    aside = path.with_name(f"{path.name}.torn")
    with path.open("rb") as file, aside.open("ab") as torn:
        file.seek(begin)
        shutil.copyfileobj(file, torn, CHUNK)
        torn.write(b"\n")
    return aside


def _shown(path: Path) -> str:
    return clean(str(path), 200)
