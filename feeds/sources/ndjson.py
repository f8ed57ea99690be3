"""A feed as an endless answer of lines. It cannot be resumed: a new connection tells everything again, which is harmless."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from feeds.decode import MESSAGE_LIMIT
from feeds.feed import Delivery, Link
from feeds.lines import LineDecoder
from feeds.retry import Finished, Trouble
from feeds.sse import EVENT_LIMIT

if TYPE_CHECKING:
    from feeds.sources.http import Answer

LIVE = Link("live")


class NdjsonFollower:
    """Follows one answer after another. After an `end` message the end of the answer is that of the feed."""

    accept = "application/x-ndjson"
    retry_s = 0.0

    def __init__(self) -> None:
        self._line = 0

    def headers(self) -> dict[str, str]:
        """What a request says."""
        return {"Cache-Control": "no-cache"}

    async def follow(self, answer: Answer) -> AsyncIterator[Delivery | Link]:
        """The lines of an open answer; one without its end is dropped. Finished on 204 and after the race's end."""
        if answer.status == 204:
            raise Finished("the feed has ended")
        yield LIVE
        lines = LineDecoder(MESSAGE_LIMIT)  # longer ones are cut there, and refused as what they are: too long
        last, endless = b"", 0
        async for chunk in answer.chunks():
            found = [line for line in lines.feed(chunk) if line and not line.isspace()]
            endless = 0 if found or b"\n" in chunk else endless + len(chunk)
            if endless > EVENT_LIMIT:
                raise Trouble(f"sends a line longer than {EVENT_LIMIT >> 20} MiB", code=1, permanent=True)
            if not found:
                yield LIVE
            for line in found:
                self._line += 1
                last = line
                yield Delivery(line, self._line)
        if is_end(last):
            raise Finished("the race is over")


def is_end(line: bytes) -> bool:
    """Whether a message says that the race is over."""
    if b'"end"' not in line:
        return False
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("kind") == "end"
