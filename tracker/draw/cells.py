"""How many cells text takes. Rule: one place decides, and it agrees with the terminal toolkit.

Widths follow Unicode's East Asian Width; "ambiguous" counts as one cell, combining marks and format characters as none.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining, east_asian_width


def cell_size(char: str) -> int:
    """0, 1 or 2 cells."""
    if char.isascii():
        return 1
    if combining(char) or char in "\u200d\ufe0e\ufe0f":
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def cells(text: str) -> Iterator[tuple[str, int]]:
    """(cluster, cells): a base character with the marks that stand on it."""
    if text.isascii():
        for char in text:
            yield char, 1
        return
    cluster, size = "", 0
    for char in text:
        n = cell_size(char)
        if n == 0 and cluster:
            cluster += char
            continue
        if cluster:
            yield cluster, size
        cluster, size = char, n
    if cluster and size:
        yield cluster, size


def width(text: str) -> int:
    """Cells a text takes."""
    return len(text) if text.isascii() else sum(size for _, size in cells(text))


def cut(text: str, most: int) -> str:
    """The text, cut to `most` cells with an ellipsis."""
    if width(text) <= most:
        return text
    out, used = "", 0
    for cluster, size in cells(text):
        if used + size > most - 1:
            break
        out, used = out + cluster, used + size
    return out + "…" if most > 0 else ""
