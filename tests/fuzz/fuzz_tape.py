"""A tape: whatever a file holds, reading it gives messages, links, or one line that says why not."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from feeds.feed import FeedError
from feeds.record import begun
from feeds.sources.tape import header, read
from tests.fuzz.running import harmless, run

LINE = b'{"n":1,"mono":0.5,"utc":"2026-11-23T10:00:00Z","raw":"{}"}\n{"n":2,"mono":1,"utc":"2026-11-23T10:00:01Z","same":1}\n'
SEEDS = (
    begun(0.0, "x").line + LINE,
    b'{"kind":"end"}\n',
    b"\x1f\x8b\x08\x00",
    begun(0.0, "x").line + b'{"utc":"x","mark":"lost"}\n',
)


def one(data: bytes) -> None:
    """One file."""
    fd, name = tempfile.mkstemp()
    try:
        os.write(fd, data)
        os.close(fd)
        for profile_reads in (False, True):
            try:
                header(Path(name))
                assert len(list(read(Path(name), profile_reads=profile_reads))) <= data.count(b"\n") + 3
            except FeedError as error:
                assert harmless(str(error))
    finally:
        Path(name).unlink()


if __name__ == "__main__":
    run(one, SEEDS)
