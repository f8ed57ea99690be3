"""Lines: cut anywhere they are the same lines, and never longer than the limit tells."""

from __future__ import annotations

from feeds.lines import LineDecoder
from tests.fuzz.running import run

SEEDS = (b"a\nb\r\n\n", b"x" * 200 + b"\n", b"\r\r\n\n")


def lines(data: bytes, step: int) -> list[bytes]:
    """The lines of bytes that come in pieces."""
    decoder, found = LineDecoder(100), []
    for at in range(0, len(data), step):
        found += decoder.feed(data[at : at + step])
    return [*found, decoder.flush()]


def one(data: bytes) -> None:
    """One text, in one piece and in many."""
    whole = lines(data, len(data) or 1)
    assert whole == lines(data, 1 + len(data) % 5) and all(len(line) <= 101 for line in whole)


if __name__ == "__main__":
    run(one, SEEDS)
