"""Pieces that several panels are made of: words in several inks, and chips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.draw.cells import cut, width
from tracker.draw.ink import Canvas
from tracker.race.snapshot import Runner


class Word(NamedTuple):
    """A piece of a row of words in one ink."""

    text: str
    fg: str = "text"
    bold: bool = False


Words = Sequence[Word]


def measure(canvas: Canvas, words: Words) -> int:
    """Cells a row of words takes on a canvas."""
    return sum(width(canvas.said(word.text)) for word in words)


def shorten(canvas: Canvas, text: str, most: int) -> str:
    """A text as the canvas shows it, in at most so many cells."""
    said = canvas.said(text)
    if not canvas.ascii_only or len(said) <= most:
        return cut(said, most)
    return said[: max(0, most - 3)] + "..."[: max(0, most)]


def write(canvas: Canvas, x: int, y: int, words: Words) -> int:
    """Write a row of words; returns the cell after it."""
    for text, fg, bold in words:
        x = canvas.put(x, y, text, fg, bold=bold)
    return x


def first_fit(canvas: Canvas, cells: int, *choices: Words) -> Words:
    """The first choice that fits into so many cells, else the last one, cut."""
    for words in choices:
        if measure(canvas, words) <= cells:
            return words
    out: list[Word] = []
    for text, fg, bold in choices[-1]:
        left = cells - measure(canvas, out)
        if left > 0:
            out.append(Word(shorten(canvas, text, left), fg, bold))
    return out


def chip(canvas: Canvas, x: int, y: int, word: str, fg: str) -> int:
    """A word in reverse; returns the cell after it."""
    if canvas.ascii_only:
        return canvas.put(x, y, f"[{word}]", fg, bold=True)
    return canvas.put(x, y, f" {word} ", "bg", fg, bold=True)


def chip_width(canvas: Canvas, word: str) -> int:
    """Cells a chip takes."""
    return width(canvas.said(word)) + 2


def he(runner: Runner) -> str:
    """`he`, `she` or `they`."""
    return {"M": "he", "W": "she"}.get(runner.sex or "", "they")


def him(runner: Runner) -> str:
    """`him`, `her` or `them`."""
    return {"M": "him", "W": "her"}.get(runner.sex or "", "them")


def his(runner: Runner) -> str:
    """`his`, `her` or `their`."""
    return {"M": "his", "W": "her"}.get(runner.sex or "", "their")
