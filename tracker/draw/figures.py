"""Figures readable from two metres: half-block digits. Rule: every digit and sign of a size takes the same width."""

from __future__ import annotations

from typing import NamedTuple

from tracker.draw.ink import Canvas


class Size(NamedTuple):
    """A size of figures: pixel rows a glyph (two pixels to a cell downwards, one across) and the gap between glyphs."""

    glyphs: dict[str, tuple[str, ...]]
    rows: int
    gap: int
    drawn_in_ascii: bool


def _font(height: int, **glyphs: str) -> dict[str, tuple[str, ...]]:
    names = {"minus": "−", "plus": "+", "colon": ":", "point": ".", "space": " "}
    font = {names.get(key, key.removeprefix("d")): tuple(rows.split("|")) for key, rows in glyphs.items()}
    assert all(len(rows) == height for rows in font.values())
    return font


LARGE = Size(
    _font(
        10,
        d0=".####.|######|##..##|##..##|##..##|##..##|##..##|##..##|######|.####.",
        d1="..##..|.###..|####..|####..|..##..|..##..|..##..|..##..|######|######",
        d2=".####.|######|##..##|....##|...###|..###.|.###..|###...|######|######",
        d3=".####.|######|##..##|....##|..####|..####|....##|##..##|######|.####.",
        d4="...###|..####|.#####|###.##|##..##|##..##|######|######|....##|....##",
        d5="######|######|##....|##....|#####.|######|....##|....##|######|#####.",
        d6=".#####|######|##....|##....|#####.|######|##..##|##..##|######|.####.",
        d7="######|######|....##|....##|...##.|...##.|..##..|..##..|.##...|.##...",
        d8=".####.|######|##..##|##..##|.####.|.####.|##..##|##..##|######|.####.",
        d9=".####.|######|##..##|##..##|######|.#####|....##|....##|######|#####.",
        minus="......|......|......|......|#####.|#####.|......|......|......|......",
        plus="......|......|..##..|..##..|######|######|..##..|..##..|......|......",
        colon="..|..|##|##|..|..|##|##|..|..",
        point="..|..|..|..|..|..|..|..|##|##",
        space="......|......|......|......|......|......|......|......|......|......",
        D="#####.|######|##..##|##..##|##..##|##..##|##..##|##..##|######|#####.",
        F="######|######|##....|##....|#####.|#####.|##....|##....|##....|##....",
        N="##..##|##..##|###.##|###.##|######|######|##.###|##.###|##..##|##..##",
        Q=".####.|######|##..##|##..##|##..##|##..##|##.###|##.##.|######|.###.#",
        S=".#####|######|##....|##....|#####.|.#####|....##|....##|######|#####.",
    ),
    rows=5,
    gap=1,
    drawn_in_ascii=True,
)
"""6 x 10 pixels, stroke 2: five rows."""

MIDDLE = Size(
    _font(
        6,
        d0=".##.|#..#|#..#|#..#|#..#|.##.",
        d1="..#.|.##.|..#.|..#.|..#.|####",
        d2="###.|...#|..#.|.#..|#...|####",
        d3="###.|...#|.##.|...#|...#|###.",
        d4="..##|.#.#|#..#|####|...#|...#",
        d5="####|#...|###.|...#|...#|###.",
        d6=".##.|#...|###.|#..#|#..#|.##.",
        d7="####|...#|..#.|..#.|.#..|.#..",
        d8=".##.|#..#|.##.|#..#|#..#|.##.",
        d9=".##.|#..#|#..#|.###|...#|.##.",
        minus="....|....|....|####|....|....",
        plus="....|....|.#..|###.|.#..|....",
        colon=".|#|.|.|#|.",
        point=".|.|.|.|.|#",
        space="....|....|....|....|....|....",
    ),
    rows=3,
    gap=1,
    drawn_in_ascii=False,
)
"""4 x 6 pixels, stroke 1: three rows."""


def measure(text: str, size: Size, scale: int = 1) -> int:
    """Cells a figure takes across."""
    glyphs = [size.glyphs[c] for c in text]
    return sum(len(g[0]) * scale for g in glyphs) + size.gap * scale * max(0, len(glyphs) - 1)


def can_draw(text: str, size: Size) -> bool:
    """Whether a size has every sign of a text."""
    return all(c in size.glyphs for c in text)


def draw(
    canvas: Canvas, x: int, y: int, text: str, fg: str, size: Size = LARGE, *, scale: int = 1, flash: bool = False
) -> int:
    """Draw a figure with its upper left corner at x, y; returns the cell after it. `flash` reverses its field."""
    end = x + measure(text, size, scale)
    if canvas.ascii_only and not size.drawn_in_ascii:
        canvas.put(x, y + size.rows // 2, text, fg, bold=True)
        return end
    ground, ink = (fg, "bg") if flash else ("bg", fg)
    if flash:
        for row in range(size.rows * scale):
            canvas.put(x, y + row, " " * (end - x), fg, ground)
    for char in text:
        glyph = size.glyphs[char]
        rows = ["".join(pixel * scale for pixel in row) for row in glyph for _ in range(scale)]
        for row in range(0, len(rows), 2):
            for i, pair in enumerate(zip(rows[row], rows[row + 1], strict=True)):
                _cell(canvas, x + i, y + row // 2, pair, ink, ground)
        x += (len(glyph[0]) + size.gap) * scale
    return end


def _cell(canvas: Canvas, x: int, y: int, pair: tuple[str, str], ink: str, ground: str) -> None:
    if pair == (".", "."):
        return
    if canvas.ascii_only:
        canvas.put(x, y, "#", ink, ground)
    elif pair == ("#", "#"):
        # Both colours alike: solid in every font, and still there where only the text is kept.
        canvas.put(x, y, "█", ink, ink)
    else:
        canvas.put(x, y, "▀" if pair[0] == "#" else "▄", ink, ground)
