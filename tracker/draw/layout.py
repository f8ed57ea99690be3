"""Where each panel stands. Rule: one grid; columns start on fixed cells, and what a size cannot hold goes in one order.

Under 60 cells one column, under 100 two, under 160 three; from 160 on the map joins. As rows run out, first the blank
rows go, then what happened, splits, the fan, the row "even pace", road rows, the km row. Rows come back in reverse.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NARROW, THREE, FOUR = 60, 100, 160
"""Widths from which there are two columns, three, and a map."""
COMPACT_GAP, GAP, DOUBLE_GAP = 9, 11, 16
"""Rows of the gap with two rows of words, with three, and with the figure in double size."""
TABLE_ROWS, ROOMY_TABLES = 4, 10
"""The least rows of the tables, and those from which they carry their names and the map."""
MOST_TABLE_ROWS = 15


@dataclass(frozen=True, slots=True)
class Place:
    """A panel's cells on the screen."""

    panel: str
    x: int
    y: int
    width: int
    height: int


def margin(width: int) -> int:
    """Blank cells on either side of the text."""
    if width < 36:
        return 0
    return 2 if width < THREE else 3 if width < FOUR else 5


def layout(width: int, height: int, maximised: str = "") -> tuple[Place, ...]:
    """The places of all panels shown on a screen of this size, from the top down; the last one is the footer."""
    if width < 38 or height < 12:
        return _one(width, height, maximised or "gap")
    if maximised:
        return _maximised(width, height, maximised)
    rows = _stack(height, _wishes(width))
    x, text = margin(width), width - 2 * margin(width)
    places: list[Place] = []
    y = rows.get("top", 0)
    for block in (
        "header",
        "gap",
        "projection",
        "road",
        "course",
        "splits",
        "happened",
        "tables",
        "scrubber",
        "footer",
    ):
        if block not in rows:
            continue
        y += rows.get(f"above {block}", 0)
        if block == "footer":
            y = height - 1
        places += _block(block, x, y, text, rows[block], width)
        y += rows[block]
    return tuple(places)


def _block(block: str, x: int, y: int, text: int, rows: int, width: int) -> list[Place]:
    """The places of a block: a panel across, or several side by side."""
    if block == "tables":
        return _tables(x, y, text, rows)
    if block != "gap" or width < NARROW:
        return [Place(block, x, y, text, rows)]
    second, third = columns(text)
    if width < THREE or rows < GAP:
        return [Place("gap", x, y, second - 2, rows), Place("projection", x + second, y, text - second, rows)]
    return [
        Place("gap", x, y, second - 2, rows),
        Place("projection", x + second, y, third - second - 1, rows),
        Place("fan", x + third, y, text - third, rows),
    ]


def columns(text: int) -> tuple[int, int]:
    """Where the second and the third column begin, counted from the first cell of so much text."""
    if text < THREE - 2 * margin(THREE):
        return (40 + (text - 76) // 2 if text >= 76 else text - 28 if text < 68 else 40), text
    if text < 114:
        return 34 + (text - 94) * 9 // 20, 70 + (text - 94) * 13 // 20
    return 43 + (text - 114) * 21 // 76, 83 + (text - 114) * 36 // 76


def _tables(x: int, y: int, text: int, rows: int) -> list[Place]:
    """Splits and what happened side by side; with the map from 160 cells on, if it has the rows."""
    right = x + text
    if text < FOUR - 2 * margin(FOUR) or rows < ROOMY_TABLES:
        happened = max(45, text * 45 // 114)
        return [
            Place("splits", x, y, text - happened - 7, rows),
            Place("happened", right - happened, y, happened, rows),
        ]
    chart = min(80, 59 + (text - 190) // 2)
    happened = min(60, max(45, 50 + (text - 190) * 3 // 20))
    second = right - chart - 2 - happened
    return [
        Place("splits", x, y, second - 2 - x, rows),
        Place("happened", second, y, happened, rows),
        Place("map", right - chart, y, chart, rows),
    ]


def _one(width: int, height: int, panel: str) -> tuple[Place, ...]:
    """Too small for more than one panel: the gap, if nothing else is asked for."""
    x = margin(width)
    text = width - 2 * x
    header = min(height, 3 if height >= 12 else 2 if height >= 4 else 1)
    footer = 1 if height - header >= 4 else 0
    places = [Place("header", x, 0, text, header), Place(panel, x, header, text, max(0, height - header - footer))]
    return tuple(places + [Place("footer", x, height - 1, text, 1)] * footer)


LEADING = frozenset(("gap", "projection", "compare"))
"""Panels that begin right under the header, where the race screen has the gap: their large figure does not jump."""


def _maximised(width: int, height: int, panel: str) -> tuple[Place, ...]:
    """Header, one panel, timeline, footer."""
    x = margin(width)
    text = width - 2 * x
    header = 3 if width < NARROW else 2
    air = 1 if height >= 20 else 0
    above = 0 if panel in LEADING else air
    timeline = 0 if panel == "scrubber" else 2
    room = height - header - above - (timeline + air if timeline else 0) - 1
    places = [Place("header", x, 0, text, header), Place(panel, x, header + above, text, room)]
    if timeline:
        places.append(Place("scrubber", x, height - 3, text, timeline))
    return (*places, Place("footer", x, height - 1, text, 1))


Wish = tuple[str, int]


def _wishes(width: int) -> Iterable[Wish]:
    """Rows that blocks want, the most important first; "above x" are blank rows."""
    if width < NARROW:
        yield from (("header", 3), ("gap", 8), ("footer", 1), ("projection", 2), ("road", 5), ("gap", 2))
        yield from (("above projection", 1), ("above road", 1), ("above footer", 1))
        yield from (("scrubber", 2), ("above scrubber", 1), ("course", 4), ("above course", 1))
        yield from (("splits", TABLE_ROWS), ("above splits", 1), ("happened", TABLE_ROWS), ("above happened", 1))
        yield from (("splits", 1), ("happened", 1)) * 10
        return
    yield from (("header", 2), ("gap", COMPACT_GAP), ("footer", 1), ("scrubber", 2), ("course", 3), ("road", 5))
    yield from (("course", 1), ("road", 3), ("gap", GAP - COMPACT_GAP))
    tables = ("tables",) if width >= THREE else ("splits", "happened")
    yield from ((table, TABLE_ROWS) for table in tables)
    yield from ((f"above {block}", 1) for block in ("road", "course", *tables, "scrubber"))
    yield ("road", 2)
    if width >= FOUR:
        yield ("gap", DOUBLE_GAP - GAP)
    yield from [(table, 1) for table in tables] * (MOST_TABLE_ROWS - TABLE_ROWS)
    yield from (("top", 1), ("above gap", 1), (f"above {tables[0]}", 1), ("above footer", 1))
    yield from (("above scrubber", 1),) * 2
    yield from [(table, 1) for table in tables] * 30


def _stack(height: int, wishes: Iterable[Wish]) -> dict[str, int]:
    """Rows of every block and blank rows above it, all within `height`.

    Once a block's wish does not fit, the rest goes into blank rows: what a height shows, every greater one shows.
    """
    rows: dict[str, int] = {}
    left, full = height, False
    for block, wanted in wishes:
        base = block.removeprefix("above ")
        blank = base != block or block == "top"
        full = full or (not blank and wanted > left)
        if wanted <= left and (base in rows or block == "top" if blank else not full):
            rows[block] = rows.get(block, 0) + wanted
            left -= wanted
    return rows
