"""Server-sent events from bytes, as the WHATWG text says. Rule: no input and no output here, and bounded memory.

https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
"""

from __future__ import annotations

from typing import NamedTuple

EVENT_LIMIT = 4 << 20
_BOM = b"\xef\xbb\xbf"
_CR, _LF = b"\r\n"


class TooLong(Exception):
    """An event, or a line of one, that is longer than the limit."""


class SseEvent(NamedTuple):
    """One event. `data` is UTF-8, what was not having become U+FFFD; `id` is the last one that was set."""

    id: str
    type: str
    data: bytes


class SseDecoder:
    """Bytes in, events out, however the bytes were cut. `last_event_id` is what a reconnection resumes from."""

    def __init__(self, limit: int = EVENT_LIMIT, last_event_id: str = "") -> None:
        self.last_event_id = last_event_id
        self.retry_ms: int | None = None
        self._limit = limit
        self._line = bytearray()
        self._data: list[bytes] = []
        self._size = 0
        self._type = ""
        self._id = last_event_id  # of a connection before: an event without an id is no reason to begin anew
        self._first = True
        self._after_cr = False

    def feed(self, data: bytes) -> list[SseEvent]:
        """The events that these bytes complete. TooLong when one grows beyond the limit."""
        if self._after_cr and data:
            data = data.removeprefix(b"\n")  # the other half of a CRLF
            self._after_cr = False
        self._after_cr = data.endswith(b"\r") or (self._after_cr and not data)
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *lines, rest = data.split(b"\n")
        found: list[SseEvent] = []
        for line in lines:
            self._keep(line)
            event = self._ended()
            if event is not None:
                found.append(event)
        self._keep(rest)
        return found

    def _keep(self, piece: bytes) -> None:
        self._line += piece
        if len(self._line) + self._size > self._limit:
            raise TooLong(f"an event is longer than {self._limit >> 20} MiB")

    def _ended(self) -> SseEvent | None:
        """Take the line that has just ended; the event, if it was the empty one that ends it."""
        line = bytes(self._line)
        self._line.clear()
        if self._first:
            self._first = False
            line = line.removeprefix(_BOM)
        if not line:
            return self._dispatch()
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
            self._size += len(line) + 1  # with its name: a line without a value costs memory, too
        elif name == b"id" and b"\0" not in value:
            self._id = value.decode("utf-8", "replace")
        elif name == b"event":
            self._type = value.decode("utf-8", "replace")
        elif name == b"retry" and value.isdigit():  # of bytes: ASCII digits only
            self.retry_ms = int(value[:12])
        return None

    def _dispatch(self) -> SseEvent | None:
        """The id takes effect even where there is no data to be dispatched."""
        self.last_event_id = self._id
        data, type_ = self._data, self._type
        self._data, self._size, self._type = [], 0, ""
        if not data:
            return None
        return SseEvent(self._id, type_ or "message", b"\n".join(data).decode("utf-8", "replace").encode())
