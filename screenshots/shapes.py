"""Block, line and braille glyphs as terminals draw them: fitted to the cell, where a font leaves hairlines or overshoots."""

from __future__ import annotations

W, H = 12, 24
"""A cell in pixels."""

Rect = tuple[float, float, float, float]
"""x, y, width, height in pixels of the cell."""

THIN, THICK = 2, 4
DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""Column and row of each bit of a braille glyph."""


def _across(x: float, width: float, stroke: int) -> Rect:
    return (x, (H - stroke) / 2, width, stroke)


def _down(y: float, height: float, stroke: int) -> Rect:
    return ((W - stroke) / 2, y, stroke, height)


def _arms(stroke: int, left: bool = False, right: bool = False, up: bool = False, down: bool = False) -> list[Rect]:
    """Strokes from the middle of the cell to its edges."""
    x, y = (0 if left else (W - stroke) / 2), (0 if up else (H - stroke) / 2)
    rects = []
    if left or right:
        rects.append(_across(x, (W if right else (W + stroke) / 2) - x, stroke))
    if up or down:
        rects.append(_down(y, (H if down else (H + stroke) / 2) - y, stroke))
    return rects


RECTS: dict[str, list[Rect]] = {
    "█": [(0, 0, W, H)],
    "▀": [(0, 0, W, H / 2)],
    "▌": [(0, 0, W / 2, H)],
    "▐": [(W / 2, 0, W / 2, H)],
    **{glyph: [(0, H - n * H / 8, W, n * H / 8)] for n, glyph in enumerate("▁▂▃▄▅▆▇", 1)},
    "─": _arms(THIN, left=True, right=True),
    "│": _arms(THIN, up=True, down=True),
    "┼": _arms(THIN, left=True, right=True, up=True, down=True),
    "├": _arms(THIN, right=True, up=True, down=True),
    "┤": _arms(THIN, left=True, up=True, down=True),
    "┬": _arms(THIN, left=True, right=True, down=True),
    "┴": _arms(THIN, left=True, right=True, up=True),
    "━": _arms(THICK, left=True, right=True),
    "┃": _arms(THICK, up=True, down=True),
    "╋": _arms(THICK, left=True, right=True, up=True, down=True),
    "┣": _arms(THICK, right=True, up=True, down=True),
    "┫": _arms(THICK, left=True, up=True, down=True),
    "╌": [_across(1, 4, THIN), _across(7, 4, THIN)],
    "╎": [_down(2, 8, THIN), _down(14, 8, THIN)],
}
CORNERS = {
    "╭": f"M{W / 2:g} {H}V{H / 2 + 6:g}Q{W / 2:g} {H / 2:g} {W} {H / 2:g}",
    "╮": f"M{W / 2:g} {H}V{H / 2 + 6:g}Q{W / 2:g} {H / 2:g} 0 {H / 2:g}",
    "╰": f"M{W / 2:g} 0V{H / 2 - 6:g}Q{W / 2:g} {H / 2:g} {W} {H / 2:g}",
    "╯": f"M{W / 2:g} 0V{H / 2 - 6:g}Q{W / 2:g} {H / 2:g} 0 {H / 2:g}",
}
"""Round corners as paths."""


def rects(char: str, count: int) -> list[Rect]:
    """The rectangles of `count` equal glyphs side by side, one where they join."""
    one = RECTS[char]
    if all(x == 0 and width == W for x, _, width, _ in one):
        return [(x, y, W * count, height) for x, y, _, height in one]
    return [(x + W * n, y, width, height) for n in range(count) for x, y, width, height in one]


def dots(char: str) -> list[tuple[int, int]]:
    """The middles of a braille glyph's dots."""
    bits = ord(char) - 0x2800
    return [(3 + 6 * column, 3 + 6 * row) for bit, (column, row) in enumerate(DOTS) if bits >> bit & 1]


def is_braille(char: str) -> bool:
    """Whether a glyph is made of dots."""
    return 0x2800 <= ord(char[0]) < 0x2900
