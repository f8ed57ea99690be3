"""The strip of where everybody is: a dot a runner, or a profile of how many, over the mats of the course."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.draw import words
from tracker.draw.cells import width as cells
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.listed import Spot, Strip
from tracker.draw.look import Look
from tracker.draw.parts import Word, first_fit, measure, write

STACK = 3
"""Rows of dots, or of the profile."""
FIGURES = 9
"""So many runners in a cell are told by a figure of one digit; from more on a profile is drawn."""
ROWS = STACK + 3
"""Title, dots, axis, names."""
ASIDE = 6
"""Cells that a name may stand away from its dot."""
EIGHTHS = " ▁▂▃▄▅▆▇█"


def draw(strip: Strip, width: int, look: Look) -> list[Line]:
    """`ROWS` lines; what lies outside the width is cut."""
    canvas = Canvas(width, ROWS, ascii_only=look.ascii)
    most = max(totals(strip), default=0)
    x = canvas.label(0, 0, "WHERE THEY ARE") + 3
    said = first_fit(canvas, width - x, *([Word(text, "faint")] for text in _words(strip, most, look)))
    write(canvas, width - measure(canvas, said), 0, said)
    crowd(canvas, strip, 1, STACK)
    _axis(canvas, strip, look)
    names(canvas, strip.spots, ROWS - 1)
    return canvas.lines()


def totals(strip: Strip) -> list[int]:
    """How many are in each cell."""
    return [a + b for a, b in zip(strip.passed, strip.to_come, strict=True)]


def crowd(canvas: Canvas, strip: Strip, top: int, rows: int) -> None:
    """A dot a runner while they can be counted, else a profile, in so many rows."""
    (_dots if max(totals(strip), default=0) <= FIGURES else _profile)(canvas, strip, top, rows)


def _words(strip: Strip, most: int, look: Look) -> list[str]:
    """What a dot or a column is worth, whence it is known, and who is on no cell; the fullest first."""
    worth = "one dot a runner" + (f", a figure for more than {STACK}" if most > STACK else "")
    if most > FIGURES and strip.passed:
        cell = words.metres((strip.to_m - strip.from_m) / len(strip.passed), 1.0, look.units)
        worth = f"at most {most:,} runners in {cell}"
    away = counts(strip, look)
    known = f"{worth} · ≈ by each one's forecast"
    return [" · ".join((known, *away)), " · ".join((worth, *away)), " · ".join(away) or worth, ""]


def counts(strip: Strip, look: Look) -> list[str]:
    """Who is late, overdue, home or out, and which mats are silent; nothing of what is nobody."""
    every = (
        (strip.pending, "still to be reckoned"),
        (strip.late, "late"),
        (strip.overdue, "overdue"),
        (strip.finished, "finished"),
        (strip.out, "out"),
    )
    found = [f"{n:,} {word}" for n, word in every if n]
    return found + [f"silent: {words.mat_with_unit(mat.distance_m, mat.name, look.units)}" for mat in strip.silent]


def _dots(canvas: Canvas, strip: Strip, top: int, rows: int) -> None:
    signs, end = glyphs(canvas.ascii_only), top + rows - 1
    named = {spot.cell for spot in strip.spots}
    for x, (passed, total) in enumerate(zip(strip.passed, totals(strip), strict=True)):
        if total > rows:
            canvas.put(x, top, f"{total}", "bright", bold=True)
        for n in range(total if total <= rows else rows - 1):
            sign, ink = (signs.pacer, "text") if n < passed else (signs.hollow, "estimated")
            if n == 0 and x in named:
                sign, ink = "*", "now_ink"
            canvas.put(x, end - n, sign, ink, bold=sign == "*")


def _profile(canvas: Canvas, strip: Strip, top: int, rows: int) -> None:
    """Columns to scale, in the ink of those whom most of a cell are; nobody there leaves it empty."""
    every = totals(strip)
    most, end = max(every), top + rows - 1
    for x, (passed, total) in enumerate(zip(strip.passed, every, strict=True)):
        ink = "text" if passed * 2 > total else "estimated"
        eighths = 0 if not total else max(1, round(total / most * 8 * rows))
        for n in range(rows):
            level = max(0, min(8, eighths - 8 * n))
            sign = ("#" if level > 3 else "." if level else " ") if canvas.ascii_only else EIGHTHS[level]
            if level:
                canvas.put(x, end - n, sign, ink)


def _axis(canvas: Canvas, strip: Strip, look: Look) -> None:
    signs = glyphs(look.ascii)
    y, after = STACK + 1, 0
    canvas.put(0, y, signs.rule * canvas.width, "rule")
    ends = [x for x, _ in strip.mats[1:]] + [canvas.width]
    for (x, mat), end in zip(strip.mats, ends, strict=False):
        text = f" {words.mat_with_unit(mat.distance_m, mat.name, look.units)} "
        size = cells(canvas.said(text))
        canvas.put(x, y, signs.mat_to_come, "muted")
        first = x + 1 if x + 1 + size <= end else x - size
        if first >= after and first >= 0:
            canvas.put(first, y, text, "muted")
            after = max(x + 1, first + size)


def names(canvas: Canvas, spots: Sequence[Spot], y: int, ink: str = "now_ink") -> None:
    """Names under their cells or close by, the most important first; one that has no room is left out."""
    for spot in spots:
        size = cells(canvas.said(spot.name))
        for left in sorted(range(-ASIDE, size + ASIDE), key=lambda n: abs(n - size // 2)):
            first = max(0, min(canvas.width - size, spot.cell - left))
            edge = max(0, first - 1)
            if canvas.is_free(edge, y, min(first + size + 1, canvas.width) - edge):
                canvas.put(first, y, spot.name, ink)
                break
