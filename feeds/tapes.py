"""The folder of tapes that nobody gave a name: what they are called, which can be gone on with, which are packed away.

Rule: nothing in it is ever overwritten, and it is its user's alone.
"""

from __future__ import annotations

import fcntl
import gzip
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from feeds.feed import FeedError
from feeds.sources.files import CHUNK
from feeds.sources.tape import header
from feeds.text import clean

MOST_NAMES = 1000
OLD_S = 86_400.0


def slug(text: str) -> str:
    """A file name of any text: 1 to 80 of `a-z0-9._-`, never hidden."""
    plain = re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-.")
    return plain[:80].rstrip("-.") or "feed"


def automatic_path(folder: Path, address: str, utc_s: float) -> Path:
    """A name that nobody has in a folder of tapes: what is recorded, and since when; made, empty, for its user alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    when = datetime.fromtimestamp(utc_s, UTC).strftime("%Y%m%d-%H%M%S")
    stem = slug(re.sub(r"^[a-z]+://", "", address.lower()))[:60]
    for n in range(1, MOST_NAMES):
        path = folder / f"{stem}-{when}{f'-{n}' if n > 1 else ''}.ndjson"
        if path.with_name(f"{path.name}.gz").exists():
            continue
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY | os.O_CLOEXEC, 0o600))
        except FileExistsError:
            continue
        return path
    raise FeedError(f"{_shown(folder)}: too many tapes of this second")


@dataclass(frozen=True, slots=True)
class TapeInfo:
    """A tape in a folder. `created` is RFC 3339, `size` in bytes."""

    path: Path
    address: str
    profile: str
    created: str
    size: int


def list_tapes(folder: Path) -> list[TapeInfo]:
    """The tapes in a folder, the newest first; what is none is passed over."""
    found: list[TapeInfo] = []
    for path in folder.glob("*.ndjson*") if folder.is_dir() else ():
        with suppress(FeedError, OSError):
            if path.suffix != ".torn" and (head := header(path)) is not None:
                found.append(TapeInfo(path, head.address, head.profile, head.created, path.stat().st_size))
    return sorted(found, key=lambda tape: (tape.created, tape.path.name), reverse=True)


def find_open_tape(folder: Path, address: str, profile: str, utc_s: float) -> Path | None:
    """The newest tape of a feed that was not closed by its end, is not written by anybody, and is not a day old."""
    for path in _plain(folder, address, profile):
        if utc_s - path.stat().st_mtime < OLD_S:
            return path
    return None


def compress_old(folder: Path, utc_s: float) -> None:
    """Compress the tapes that nobody has gone on with for a day."""
    for path in _plain(folder):
        if utc_s - path.stat().st_mtime >= OLD_S:
            with suppress(OSError):
                compressed(path)


def _plain(folder: Path, *of: str) -> list[Path]:
    tapes = [tape for tape in list_tapes(folder) if not of or (tape.address, tape.profile) == of]
    return [t.path for t in tapes if t.path.suffix == ".ndjson" and not t.path.is_symlink() and _is_free(t.path)]


def _is_free(path: Path) -> bool:
    """Whether it can be gone on with: nobody else writes it, and we may."""
    try:
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(fd)
    return True


def compressed(path: Path) -> Path:
    """A tape as gzip beside it, complete before it takes the name; the plain one goes last."""
    final = path.with_name(f"{path.name}.gz")
    part = path.with_name(f".{path.name}.gz.part")
    with path.open("rb") as plain, open(part, "wb", opener=_private) as file:
        with gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as packed:
            shutil.copyfileobj(plain, packed, CHUNK)
        file.flush()
        os.fsync(file.fileno())
    part.replace(final)
    path.unlink()
    return final


def _private(name: str, flags: int) -> int:
    return os.open(name, flags | os.O_NOFOLLOW, 0o600)


def _shown(path: Path) -> str:
    return clean(str(path), 200)
