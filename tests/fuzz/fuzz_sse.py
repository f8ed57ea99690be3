"""Server-sent events: cut anywhere, a stream is the same events; nothing is raised but what says too long."""

from __future__ import annotations

from feeds.sse import SseDecoder, SseEvent, TooLong
from tests.fuzz.running import run

SEEDS = (b"id: 1\ndata: {}\n\n", b"\xef\xbb\xbf: c\r\nretry: 10\rdata\r\n\r\n", b"event: x\ndata: a\ndata: b\n\nid\n\n")


def events(data: bytes, step: int) -> list[SseEvent] | None:
    """The events of a stream that comes in pieces; none where it is too long."""
    decoder, found = SseDecoder(limit=4096), []
    try:
        for at in range(0, len(data), step):
            found += decoder.feed(data[at : at + step])
    except TooLong:
        return None
    return found


def one(data: bytes) -> None:
    """One stream, in one piece and in many."""
    whole, cut = events(data, len(data) or 1), events(data, 1 + len(data) % 7)
    assert whole is None or cut is None or whole == cut


if __name__ == "__main__":
    run(one, SEEDS)
