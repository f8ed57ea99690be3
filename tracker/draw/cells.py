"""How many cells text takes. Rule: one place decides, and it agrees with the terminal toolkit.

Widths follow Unicode's East Asian Width; "ambiguous" counts as one cell, combining marks and format characters as none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, east_asian_width

# Vowels and finals inside a Hangul syllable, tones of skin, joiners: no marks to Unicode, but no cell of their own.
_joins = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb\U0001f3fb-\U0001f3ff\u200d]").match


@lru_cache(maxsize=4096)
def cell_size(char: str) -> int:
    """0, 1 or 2 cells."""
    if char.isascii():
        return 1
    if category(char)[0] == "M" or _joins(char):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def cells(text: str) -> Iterator[tuple[str, int]]:
    """(cluster, cells): a base character with the marks that stand on it; marks on nothing are left out."""
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
        if size:
            yield cluster, size
        cluster, size = char, n
    if size:
        yield cluster, size


@lru_cache(maxsize=2048)
def clustered(text: str) -> tuple[tuple[tuple[str, int], ...], bool]:
    """What `cells` gives, and whether all of it takes one cell each."""
    found = tuple(cells(text))
    return found, all(size == 1 for _, size in found)


def width(text: str) -> int:
    """Cells a text takes."""
    if text.isascii():
        return len(text)
    clusters, narrow = clustered(text)
    return len(clusters) if narrow else sum(size for _, size in clusters)


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
