"""A terminal screen as SVG: Rich's export drawn anew, without a window around it.

A cell is 12 x 24 px: Fira Code at 19.5 px is 12 px wide, so every edge lies on a pixel. `textLength` holds other fonts
to it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from html import escape
from itertools import groupby

from screenshots.shapes import CORNERS, RECTS, H, W, dots, is_braille, rects
from tracker.draw.cells import cells

RICH_W, RICH_H, RICH_BASE = 12.2, 24.4, 20.0
"""Rich's cell, and its baseline below the top of the first row."""
BASE, MARGIN = 18, 20
NAMESPACE = "{http://www.w3.org/2000/svg}"

HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">
<style>
@font-face {{ font-family: "Fira Code"; src: local("FiraCode-Regular"), local("Fira Code Regular"); font-weight: 400 }}
@font-face {{ font-family: "Fira Code"; src: local("FiraCode-Bold"), local("Fira Code Bold"); font-weight: 700 }}
text {{ font: 19.5px "Fira Code", "Symbola", monospace; font-variant-ligatures: none; white-space: pre }}
.b {{ font-weight: 700 }} .s {{ text-decoration: line-through }} .m {{ text-anchor: middle }}
rect {{ shape-rendering: crispEdges }} path {{ fill: none; stroke-width: 2 }} .d {{ stroke-linecap: round; stroke-width: 3.2 }}
</style>
<rect width="{w}" height="{h}" fill="{ground}"/>
<g transform="translate({margin},{margin})">
"""


@dataclass(frozen=True, slots=True)
class Ink:
    """How a glyph is drawn: a colour, and the classes of HEAD."""

    fill: str
    classes: str


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and the cells it takes."""

    x: int
    y: int
    size: int
    char: str
    ink: Ink


def redraw(exported: str, width: int, height: int) -> str:
    """The picture of a screen of `width` x `height` cells, from what `App.export_screenshot` returned."""
    root = ET.fromstring(exported)  # noqa: S314 - our own export, not text from outside
    inks = _inks(exported)
    grounds = [e for e in root.iter(f"{NAMESPACE}rect") if e.get("shape-rendering") == "crispEdges"]
    parts = [
        HEAD.format(w=width * W + 2 * MARGIN, h=height * H + 2 * MARGIN, margin=MARGIN, ground=_commonest_fill(grounds))
    ]
    parts += [_ground(e) for e in grounds]
    glyphs = [glyph for e in root.iter(f"{NAMESPACE}text") for glyph in _glyphs(e, inks)]
    for (y, _kind, ink), run in groupby(glyphs, key=lambda g: (g.y, _kind_of(g.char), g.ink)):
        parts += _draw(list(run), y, ink)
    return "\n".join([*filter(None, parts), "</g>", "</svg>", ""])


def _inks(exported: str) -> dict[str, Ink]:
    """Rich's style rules, by class."""
    inks = {}
    for name, rule in re.findall(r"\.([\w-]+-r\d+) \{([^}]*)\}", exported):
        fill = re.search(r"fill: (#\w+)", rule)
        classes = [short for word, short in (("bold", "b"), ("line-through", "s")) if word in rule]
        inks[name] = Ink(fill[1] if fill else "#ffffff", " ".join(classes))
    return inks


def _glyphs(element: ET.Element, inks: dict[str, Ink]) -> list[Glyph]:
    """The characters of one piece of text; none of the title that Rich puts above the screen."""
    ink = inks.get(element.get("class", ""))
    if ink is None or element.text is None:
        return []
    x = round(float(element.get("x", "0")) / RICH_W)
    y = round((float(element.get("y", "0")) - RICH_BASE) / RICH_H)
    found = []
    for char, size in cells(element.text.replace("\N{NO-BREAK SPACE}", " ")):
        found.append(Glyph(x, y, size, char, ink))
        x += size
    return found


def _kind_of(char: str) -> str:
    """How a glyph is drawn: as its own shape, as dots, as running text, or alone in the middle of its cells."""
    if char in RECTS or char in CORNERS:
        return char
    if is_braille(char):
        return "dots"
    return "text" if ord(char[0]) < 0x2190 else "alone"


def _draw(run: list[Glyph], y: int, ink: Ink) -> list[str]:
    kind = _kind_of(run[0].char)
    match kind:
        case "text":
            return [_text(piece[0].x * W, y, "".join(g.char for g in piece), ink, len(piece)) for piece in _pieces(run)]
        case "alone":
            return [_text((g.x + g.size / 2) * W, y, g.char, Ink(ink.fill, f"{ink.classes} m".strip())) for g in run]
        case "dots":
            return [_dots(run, ink)]
        case _ if kind in CORNERS:
            return [
                f'<path d="{CORNERS[kind]}" transform="translate({g.x * W},{y * H})" stroke="{ink.fill}"/>' for g in run
            ]
    return [_rects(piece, ink) for piece in _pieces(run)]


def _pieces(run: list[Glyph]) -> list[list[Glyph]]:
    """A run cut where cells lie between two glyphs."""
    return [[g for _, g in piece] for _, piece in groupby(enumerate(run), key=lambda at: at[1].x - at[0])]


def _text(x: float, y: int, text: str, ink: Ink, length: int = 1) -> str:
    """Text at x, unless it is blank; `length`: the cells that it must fill."""
    if not text.strip():
        return ""
    more = f' class="{ink.classes}"' if ink.classes else ""
    more += f' textLength="{length * W}"' if length > 1 else ""
    return f'<text x="{x:g}" y="{y * H + BASE}" fill="{ink.fill}"{more}>{escape(text, quote=False)}</text>'


def _rects(piece: list[Glyph], ink: Ink) -> str:
    left, top = piece[0].x * W, piece[0].y * H
    return "".join(
        f'<rect x="{left + x:g}" y="{top + y:g}" width="{width:g}" height="{height:g}" fill="{ink.fill}"/>'
        for x, y, width, height in rects(piece[0].char, len(piece))
    )


def _dots(run: list[Glyph], ink: Ink) -> str:
    """One path of round dots for a run of braille."""
    moves = [f"M{g.x * W + x} {g.y * H + y}h0" for g in run for x, y in dots(g.char)]
    return f'<path class="d" d="{"".join(moves)}" stroke="{ink.fill}"/>'


def _ground(element: ET.Element) -> str:
    x = round(float(element.get("x", "0")) / RICH_W)
    y = round((float(element.get("y", "0")) - 1.5) / RICH_H)
    width = round(float(element.get("width", "0")) / RICH_W)
    return f'<rect x="{x * W}" y="{y * H}" width="{width * W}" height="{H}" fill="{element.get("fill")}"/>'


def _commonest_fill(grounds: list[ET.Element]) -> str:
    """The colour under most cells: the screen's own ground."""
    area: dict[str, float] = {}
    for e in grounds:
        fill = e.get("fill", "#000000")
        area[fill] = area.get(fill, 0) + float(e.get("width", "0"))
    return max(area, key=lambda fill: area[fill], default="#000000")
