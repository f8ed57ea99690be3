"""A sign of life on stderr while something takes longer than a second. Rule: silent where stderr is no terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tracker.clock import monotonic

if TYPE_CHECKING:
    from rich.status import Status

PATIENCE_S = 1.0


class Progress:
    """Call it with the messages read so far; it is a context, and leaves nothing behind."""

    def __init__(self, what: str, doing: str = "reading", *, silent: bool = False) -> None:
        self._what, self._doing = what, doing
        self._since = monotonic()
        self._status: Status | None = None
        self._shown = not silent and sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, messages: int) -> None:
        if not self._shown or monotonic() - self._since < PATIENCE_S:
            return
        from rich.console import Console  # noqa: PLC0415 - most runs are over before this is needed
        from rich.text import Text  # noqa: PLC0415

        text = Text(f"{self._doing} {self._what}: {messages:,} messages")
        if self._status is None:
            self._status = Console(stderr=True).status(text)
            self._status.start()
        else:
            self._status.update(text)

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()
