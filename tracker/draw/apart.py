"""The gap to another at the last mat of both, in the large figure, with its word."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tracker.draw import figures, words
from tracker.draw.cells import cut
from tracker.draw.figures import LARGE
from tracker.draw.ink import Canvas
from tracker.draw.parts import Word, chip, first_fit, write


class Apart(NamedTuple):
    """A gap, minus ahead, how finely it was timed, and `mat`, where: `35 km`."""

    seconds: float
    resolution_s: float
    mat: str


def draw(canvas: Canvas, y: int, room: int, gap: Apart | None, shared: Literal["mark", "mat"]) -> int:
    """The figure from row `y` on, its word below, with air where there is air above; returns the row after.

    `shared`: what both have passed is called so.
    """
    row = y + LARGE.rows + (y > 1)
    if gap is None:
        figures.draw(canvas, 0, y, "−:−−", "faint", LARGE)
        canvas.put(0, row, cut(f"no {shared} of both yet", room), "text")
        return row + 1
    said = words.gap(gap.seconds, gap.resolution_s)
    word, ink = words.side(gap.seconds, gap.resolution_s)
    if figures.can_draw(said, LARGE) and figures.measure(said, LARGE) <= room:
        end = figures.draw(canvas, 0, y, said, ink, LARGE)
        if ":" not in said and said != "0" and end + 3 <= room:
            canvas.put(end + 2, y + LARGE.rows - 1, "s", ink, bold=True)
    else:
        canvas.put(0, y + 2, said, ink, bold=True)
    x = chip(canvas, 0, row, word, ink) + 2
    at = (Word(f"{gap.mat}, last {shared} of both"),), (Word(f"at {gap.mat}"),), ()
    write(canvas, x, row, first_fit(canvas, room - x, *at))
    return row + 1
