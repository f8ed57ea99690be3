"""A file as a stream of bytes, plain or gzip. Rule: only regular files, and never more of them at once than a chunk."""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from feeds.feed import FeedError
from feeds.text import clean

CHUNK = 1 << 16
MOST_BYTES = 4 << 30
"""Decoded bytes read of one file: a few kilobytes of gzip can hold more than any disk."""

_GZIP = b"\x1f\x8b"
_NOT_REGULAR = (
    (stat.S_ISDIR, "a directory: name a file in it"),
    (stat.S_ISFIFO, "a pipe: a recording is a regular file"),
    (stat.S_ISSOCK, "a socket: a recording is a regular file"),
)


class TornError(Exception):
    """The stream ends before its end. The text says why."""


def open_regular(path: Path) -> BinaryIO:
    """Open a file that has something in it. FeedError with one clear line otherwise."""
    shown = clean(str(path), 200)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            what = next((words for is_it, words in _NOT_REGULAR if is_it(found.st_mode)), "a device, not a file")
            raise FeedError(f"{shown}: this is {what}", 2)
        if not found.st_size:
            raise FeedError(f"{shown}: the file is empty")
        # Should the file have become a pipe by now, opening it does not wait for a writer.
        return os.fdopen(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb")
    except (FileNotFoundError, NotADirectoryError):
        raise FeedError(f"{shown}: no such file; `paceline races` lists the races that come with paceline", 3) from None
    except OSError as error:
        raise FeedError(f"{shown}: cannot be read: {error.strerror}") from None
    except ValueError:
        raise FeedError(f"{shown}: no file can have this name", 2) from None


def decoded(file: BinaryIO, most_bytes: int = MOST_BYTES) -> Iterator[bytes]:
    """The bytes of a file in chunks, decompressed where they are gzip. TornError where they end too early."""
    is_gzip = file.read(len(_GZIP)) == _GZIP
    file.seek(0)
    stream = gzip.GzipFile(fileobj=file) if is_gzip else file
    left = most_bytes
    while chunk := _next(stream):
        yield chunk[:left]
        left -= len(chunk)
        if left < 0:
            raise TornError(f"it holds more than {most_bytes} bytes; the rest is not read")


def _next(stream: BinaryIO | gzip.GzipFile) -> bytes:
    try:
        return stream.read1(CHUNK) if isinstance(stream, gzip.GzipFile) else stream.read(CHUNK)
    except EOFError:
        raise TornError("its gzip stream ends in the middle") from None
    except (gzip.BadGzipFile, zlib.error):
        raise TornError("its gzip stream is damaged") from None
    except OSError as error:
        raise TornError(f"it cannot be read any further: {error.strerror}") from None
