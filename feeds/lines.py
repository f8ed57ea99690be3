"""Bytes into lines, whichever way the bytes were cut. Rule: no input and no output here, and never more than a limit kept."""

from __future__ import annotations

(_CR,) = b"\r"


class LineDecoder:
    """Splits bytes at LF or CRLF. A line longer than `limit` bytes is cut to `limit` + 1, so that the loss shows."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._room = limit + 2  # with the one byte that shows the loss, and a CR
        self._pending = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that these bytes complete, without their ends; empty lines too, so that lines can be counted."""
        first, *more = data.split(b"\n")
        self._keep(first)
        if not more:
            return []
        first = self.flush()
        self._keep(more.pop())
        if len(data) > self._limit or _CR in data:
            more = [self._line(line) for line in more]
        return [first, *more]

    def flush(self) -> bytes:
        """What came after the last line end: a torn line, or a last one that nobody ended."""
        tail = self._line(bytes(self._pending))
        self._pending.clear()
        return tail

    def _keep(self, piece: bytes) -> None:
        self._pending += piece[: self._room - len(self._pending)]

    def _line(self, line: bytes) -> bytes:
        return line[: self._room].removesuffix(b"\r")[: self._limit + 1]
