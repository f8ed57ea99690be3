"""The keys at the foot of a screen. Rule: what does not fit is left out; the last two, `? help` and `q quit`, never."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.draw.cells import width as cells
from tracker.draw.ink import Canvas, Line
from tracker.draw.look import DEFAULT, Look

GAP = 2
SHORT_FROM = 90
"""Cells of text under which keys take their short form."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as the footer shows it and what it does. Where the row is full, the highest `rank` is left out first."""

    keys: str
    label: str
    action: str
    rank: int = 50
    short: str = ""

    def shown(self, short: bool) -> str:
        """The keys, in their short form if there is one."""
        return self.short if short and self.short else self.keys


RACE: tuple[Key, ...] = (
    Key("space", "pause", "toggle", 0),
    Key("← →", "10 s", "back", 2),
    Key("p n [ ]", "split", "split", 1, "p n"),
    Key("+ −", "speed", "speed", 7),
    Key("0", "1×", "rate_one", 3),
    Key("g", "go to", "go_to", 6),
    Key("c", "compare", "compare", 4),
    Key("m", "map", "map", 5),
    Key("i", "feed", "feed", 13),
    Key("e", "meet", "meet", 14),
    Key("t", "target", "target", 8),
    Key("w", "what if", "what_if", 9),
    Key("u", "units", "units", 10),
    Key("y", "copy", "copy", 11),
    Key("ctrl+p", "palette", "palette", 12),
    Key("L", "library", "library", 9),
    Key("?", "help", "help"),
    Key("q", "quit", "quit"),
)
"""The race screen's keys, as a frame without a screen behind it shows them."""


def draw(keys: Sequence[Key], note: str, width: int, look: Look) -> list[Line]:
    """One line: keys from the left, the note at the right end where there is room for it."""
    canvas = Canvas(width, 1, ascii_only=look.ascii)
    end = 0
    for key, x, end in _placed(keys, note, canvas):  # noqa: B007 - where the last one ends
        after = canvas.put(x, 0, key.shown(_short(canvas)), "text", bold=True)
        canvas.put(after + 1, 0, key.label, "muted")
    if note and end + GAP + cells(canvas.said(note)) <= width:
        canvas.right(width - 1, 0, note, "muted")
    return canvas.lines()


def key_at(keys: Sequence[Key], note: str, width: int, x: int, look: Look = DEFAULT) -> Key | None:
    """The key shown at a cell."""
    placed = _placed(keys, note, Canvas(width, 1, ascii_only=look.ascii))
    return next((key for key, first, end in placed if first <= x < end), None)


def _short(canvas: Canvas) -> bool:
    return canvas.width < SHORT_FROM


def _placed(keys: Sequence[Key], note: str, canvas: Canvas) -> Iterator[tuple[Key, int, int]]:
    """(key, first cell, cell after the last) of what fits, in the given order."""
    shown = _fitting(keys, note, canvas)
    x = 0
    for key in keys:
        if key in shown:
            end = x + _size(key, canvas)
            yield key, x, end
            x = end + GAP


def _size(key: Key, canvas: Canvas) -> int:
    return cells(canvas.said(f"{key.shown(_short(canvas))} {key.label}"))


def _fitting(keys: Sequence[Key], note: str, canvas: Canvas) -> set[Key]:
    """The keys that fit beside the note, by rank; the note yields to the first eight."""
    kept: set[Key] = set()
    left = canvas.width + GAP
    reserved = cells(canvas.said(note)) + GAP if note else 0
    for n, key in enumerate([*keys[-2:], *sorted(keys[:-2], key=lambda k: k.rank)]):
        size = _size(key, canvas) + GAP
        if size <= left - (reserved if n >= 8 else 0):
            kept.add(key)
            left -= size
    return kept
