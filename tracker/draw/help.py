"""The keys in groups: one column, two where the screen is wide. Rule: no word is cut; the page scrolls instead."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from tracker.draw.cells import cut, width
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.look import DEFAULT, Look

if TYPE_CHECKING:
    from tracker.draw.footer import Key

TWO_COLUMNS = 110
"""Cells from which two columns of whole lines fit."""
APART = 4
HEADER = 3
"""Rows above the first group: name, rule, air."""

Sections = Sequence[tuple[str, Sequence["Key"]]]


class _Row(NamedTuple):
    """A row of a column: a title, a key with its words, more of its words, or nothing."""

    title: str = ""
    keys: str = ""
    words: str = ""


def draw(sections: Sections, screen_width: int, height: int, look: Look, top: int = 0) -> list[Line]:
    """The screen above its footer; `top` rows are scrolled away."""
    canvas = Canvas(screen_width, height, ascii_only=look.ascii)
    if screen_width < 1 or height < 1:
        return canvas.lines()
    x = canvas.put(0, 0, "paceline", "bright", bold=True)
    canvas.put(x + 3, 0, "HELP", "now_ink", bold=True)
    canvas.put(0, 1, glyphs(look.ascii).rule * screen_width, "rule")
    room = max(0, height - HEADER)
    tall = rows(sections, screen_width, look)
    top = min(max(0, top), max(0, tall - room))
    field = _field(sections, screen_width, canvas)
    x = 0
    for column in _columns(sections, screen_width, canvas):
        for y, row in enumerate(column[top : top + room], HEADER):
            canvas.label(x, y, row.title)
            canvas.put(x, y, cut(row.keys, field), "text", bold=True)
            canvas.put(x + field + 2, y, row.words, "muted")
        x += _size(sections, screen_width) + APART
    below = tall - top - room
    if below > 0 and room > 1:
        canvas.put(0, height - 1, " " * screen_width)
        canvas.put(0, height - 1, cut(f"{below + 1} more rows below", screen_width), "faint")
    return canvas.lines()


def rows(sections: Sections, screen_width: int, look: Look = DEFAULT) -> int:
    """Rows of the longest column: how far there is to scroll."""
    canvas = Canvas(max(1, screen_width), 1, ascii_only=look.ascii)
    return max((len(column) for column in _columns(sections, screen_width, canvas)), default=0)


def _two(sections: Sections, screen_width: int) -> bool:
    return screen_width >= TWO_COLUMNS and len(sections) > 1


def _size(sections: Sections, screen_width: int) -> int:
    """Cells of a column."""
    return (screen_width - APART) // 2 if _two(sections, screen_width) else screen_width


def _field(sections: Sections, screen_width: int, canvas: Canvas) -> int:
    """One field for all keys, so that labels stand under each other on both sides."""
    longest = max((width(canvas.said(k.keys)) for _, group in sections for k in group), default=0)
    return min(longest, _size(sections, screen_width) // 2)


def _columns(sections: Sections, screen_width: int, canvas: Canvas) -> list[list[_Row]]:
    """The groups in reading order, cut where the two columns come out most alike."""
    size = _size(sections, screen_width)
    field = _field(sections, screen_width, canvas)
    groups = [_group(title, group, size, field, canvas) for title, group in sections]
    if not _two(sections, screen_width):
        return [_joined(groups)]
    sizes = [len(group) + 1 for group in groups]
    whole = sum(sizes)
    cuts = list(accumulate(sizes))[:-1]
    at = min(range(len(cuts)), key=lambda i: max(cuts[i], whole - cuts[i])) + 1
    return [_joined(groups[:at]), _joined(groups[at:])]


def _joined(groups: Sequence[list[_Row]]) -> list[_Row]:
    """A blank row between two groups."""
    return [row for group in groups for row in (*group, _Row())][:-1]


def _group(title: str, group: Sequence[Key], size: int, field: int, canvas: Canvas) -> list[_Row]:
    """A title and its keys; words that a row has no room for go on in the next."""
    out = [_Row(title=cut(title.upper(), size))]
    for key in group:
        lines = wrap(canvas.said(key.label), max(1, size - field - 2)) or [""]
        out += [_Row(keys=key.keys if n == 0 else "", words=words) for n, words in enumerate(lines)]
    return out
