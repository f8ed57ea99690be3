"""The keys at the foot of a screen: what can be pressed now, clickable, and now and then one line for the reader."""

from __future__ import annotations

from collections.abc import Sequence

from textual.reactive import var

from tracker.draw import footer
from tracker.draw.cells import cut
from tracker.draw.footer import Key
from tracker.draw.ink import Canvas, Line
from tracker.ui.panels.sheet import Sheet


class Footer(Sheet):
    """One row. A notice stands in place of the keys until it is cleared."""

    keys: var[tuple[Key, ...]] = var((), init=False)
    note: var[str] = var("", init=False)
    notice: var[str] = var("", init=False)

    def __init__(self) -> None:
        super().__init__("footer")

    def draw(self, width: int, height: int) -> list[Line]:
        """The row."""
        if not self.notice:
            return footer.draw(self.keys, self.note, width, self.look)[:height]
        canvas = Canvas(width, height, ascii_only=self.look.ascii)
        canvas.put(0, 0, cut(self.notice, width), "bright")
        return canvas.lines()

    def pressed(self, x: int) -> tuple[Key, int] | None:
        """The key at a cell and which of its words, counted from 0 (the label counts as one more)."""
        key = self._at(x)
        if key is None or self.notice:
            return None
        first = next(n for n in range(x, -1, -1) if n == 0 or self._at(n - 1) != key)
        short = key.shown(self.size.width < footer.SHORT_FROM)
        return key, f"{short} {key.label}"[: x - first + 1].count(" ")

    def _at(self, x: int) -> Key | None:
        return footer.key_at(self.keys, self.note, self.size.width, x, self.look)

    def watch_keys(self, before: Sequence[Key], now: Sequence[Key]) -> None:
        """Other keys."""
        if before != now:
            self.soon()

    def watch_note(self) -> None:
        """Another note."""
        self.soon()

    def watch_notice(self) -> None:
        """A line for the reader, or the keys again."""
        self.soon()
