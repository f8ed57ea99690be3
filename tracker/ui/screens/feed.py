"""The feed itself: link, messages, rejections, lateness, traffic, tape."""

from __future__ import annotations

from collections.abc import Iterable

from textual.reactive import var

from tracker.draw import feed as drawing
from tracker.draw.ink import Line
from tracker.draw.wire import EMPTY_WIRE, Message, Wire
from tracker.ui.keys import FEED_KEYS, bindings
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.viewed import RaceView


class WireSheet(Sheet):
    """Draws a wire, from a message on."""

    wire: var[Wire] = var(EMPTY_WIRE, init=False)
    first: var[int] = var(0, init=False)

    def draw(self, width: int, height: int) -> list[Line]:
        """The body of the screen."""
        return drawing.draw(self.wire, self.first, width, height, self.look)

    def take(self, wire: Wire) -> None:
        """Another state of the feed. Once older messages are read, they stay where they are when new ones come."""
        before = self.wire.messages[self.first : self.first + 1]
        self.wire = wire
        if self.first and before:
            there = (n for n, message in enumerate(wire.messages) if _known(message) == _known(before[0]))
            self.scroll_messages(next(there, self.first) - self.first)

    def scroll_messages(self, by: int) -> None:
        """Older messages, or newer ones, as far as there are any."""
        last = max(0, len(self.wire.messages) - drawing.rows(*self.size))
        self.first = max(0, min(last, self.first + by))

    def watch_wire(self) -> None:
        """Another state of the feed, or other messages of it."""
        self.soon()

    watch_first = watch_wire


def _known(message: Message) -> tuple[float | None, int, str]:
    return message.when_s, message.line, message.text


class FeedScreen(RaceView):
    """What the timing mats said, word for word."""

    BINDINGS = bindings(FEED_KEYS)
    KEYS = FEED_KEYS

    def body(self) -> Iterable[Sheet]:
        """One sheet."""
        self.wire = WireSheet("feed")
        yield self.wire

    def follow(self) -> None:
        """Take the feed's state along with the race's."""
        super().follow()
        if self.is_active and self.session.loaded:
            self.wire.take(self.session.wire())

    def action_scroll(self, by: int) -> None:
        """Older messages, or newer ones."""
        self.wire.scroll_messages(by)
