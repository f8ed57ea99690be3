"""The field: a table of everybody at one mat, the strip of where they are, and words for what is searched and sorted.

Rule: what is estimated, or not yet known at the mat, wears the hollow mark and the estimated ink.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tracker.draw import spread, words
from tracker.draw.cells import cut
from tracker.draw.cells import width as cells
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.listed import Listing, Row
from tracker.draw.look import Look
from tracker.draw.parts import Word, first_fit, measure, write
from tracker.race.course import Checkpoint

STRIP_FROM = 26
"""Rows of the body from which the strip stands over the table."""
AIRY = 12
"""Rows from which there are a rule under the search and a row of words under the table."""
LEAST_NAME = 8
SORTED = {
    "rank": "",
    "projected": "by projected finish, ≈",
    "gained": "by places gained",
    "name": "by name",
    "bib": "by bib",
    "country": "by country",
    "seen": "last seen first",
}
ALL = {"all": "", "W": "women", "M": "men", "followed": "followed", "country": "", "category": ""}


class _Said(NamedTuple):
    text: str
    fg: str = "text"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the table. Where there is not room for all, the highest `rank` is left out first."""

    title: str
    width: int
    rank: int
    said: Callable[[Row], _Said]
    left: bool = False


def rows(height: int) -> int:
    """How many runners a body of this height shows, the pinned ones among them."""
    return max(0, height - _top(height) - (1 if height >= AIRY else 0))


def _top(height: int) -> int:
    """The row of the first runner."""
    head = 1 if height < 3 else 2 if height < AIRY else 3
    return (spread.ROWS + 1 if height >= STRIP_FROM else 0) + (head if height > 1 else 0)


def strip_cells(width: int, height: int) -> int:
    """Cells of the strip, 0 where there is none."""
    return width if height >= STRIP_FROM else 0


def row_at(listing: Listing, height: int, y: int) -> str | None:
    """The id of the runner shown in a row of the body."""
    shown = [row for row, _ in _shown(listing)]
    n = y - _top(height)
    return shown[n].id if 0 <= n < len(shown) else None


def draw(listing: Listing, width: int, height: int, look: Look) -> list[Line]:
    """The body of the screen."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    if width < 1 or height < 1:
        return canvas.lines()
    y = 0
    if height >= STRIP_FROM:
        if listing.strip is not None:
            canvas.blit(0, 0, spread.draw(listing.strip, width, look))
        y = spread.ROWS + 1
    if height > 1:
        _search(canvas, listing, y, look)
        y += 1
    if height >= AIRY:
        canvas.put(0, y, glyphs(look.ascii).rule * width, "rule")
        y += 1
    _table(canvas, listing, y, _top(height), look)
    if height >= AIRY:
        write(canvas, 0, height - 1, first_fit(canvas, width, *_legends(canvas, listing, look)))
    return canvas.lines()


def _search(canvas: Canvas, listing: Listing, y: int, look: Look) -> None:
    """What is searched, or how to; at the right end which mat, and how many are through."""
    mat = listing.mat
    at = "" if mat is None else f"at {words.mat_with_unit(mat.distance_m, mat.name, look.units)}"
    through = f" · {listing.passed:,} of {listing.total:,} passed" if mat is not None else ""
    right = next(
        (said for said in (f"{at}{through} · p n other mat", f"{at}{through}", at)
         if mat is not None and cells(canvas.said(said)) <= canvas.width * 2 // 3), "",
    )  # fmt: skip
    room = canvas.width - cells(canvas.said(right)) - 2
    canvas.right(canvas.width - 1, y, right, "text")
    if not (listing.typing or listing.search):
        canvas.put(0, y, cut("/ name, bib, country or team", room), "faint")
        return
    x = canvas.put(0, y, "/ ", "bright", bold=True)
    x = canvas.put(x, y, cut(listing.search, max(1, room - 3)), "bright", bold=True)
    if listing.typing:
        x = canvas.put(x, y, "_" if canvas.ascii_only else "█", "bright")
    found = f"{listing.count:,} found"
    if x + 2 + len(found) <= room:
        canvas.put(x + 2, y, found, "muted")


def _shown(listing: Listing) -> Iterator[tuple[Row, bool]]:
    """The rows from the top, and whether the cursor is on each."""
    if listing.leader is not None:
        yield listing.leader, False
    for n, row in enumerate(listing.rows, listing.offset):
        yield row, n == listing.cursor
    if listing.mine is not None:
        yield listing.mine, False


def _table(canvas: Canvas, listing: Listing, head: int, top: int, look: Look) -> None:
    columns, name = _columns(canvas.width, listing, look)
    marks = 2
    if top > head >= 0:
        x = marks
        for column in columns:
            room = name if column.width == 0 else column.width
            if column.left:
                canvas.put(x, head, cut(column.title, room), "muted")
            else:
                canvas.right(x + room - 1, head, cut(column.title, room), "muted")
            x += room + 1
    for y, (row, here) in enumerate(_shown(listing), top):
        ground = "rule" if here else "bg"
        if here:
            canvas.put(0, y, " " * canvas.width, "text", ground)
        _mark(canvas, y, row, ground, look)
        x = marks
        for column in columns:
            room = name if column.width == 0 else column.width
            text, fg, bold = column.said(row)
            text = canvas.said(text)
            if column.left:
                canvas.put(x, y, cut(text, room), fg, ground, bold=bold)
            else:
                canvas.right(x + room - 1, y, cut(text, room), fg, ground, bold=bold)
            x += room + 1
    if not listing.count and top < canvas.height:
        why = "nobody is found" if listing.search else "nobody here yet"
        canvas.put(marks, top, cut(why, canvas.width - marks), "muted")


def _mark(canvas: Canvas, y: int, row: Row, ground: str, look: Look) -> None:
    if row.followed:
        canvas.put(0, y, "*", "now_ink", ground, bold=True)
    elif row.watched:
        canvas.put(0, y, ">" if look.ascii else "▌", "now", ground)
    elif row.time_s is None or row.hollow:
        canvas.put(0, y, glyphs(look.ascii).hollow, "estimated", ground)


def _columns(width: int, listing: Listing, look: Look) -> tuple[list[_Column], int]:
    """The columns that there is room for, and the cells of the name."""
    every = _every(listing, look)
    for most in range(len(every), 0, -1):
        chosen = [column for column in every if column.rank < most]
        name = width - 2 - sum(column.width + 1 for column in chosen if column.width) - 1
        if name >= LEAST_NAME + 10 or most == 1:
            break
    return chosen, max(0, min(name, 34))


def _every(listing: Listing, look: Look) -> list[_Column]:
    """All columns in order. The name has the width that the others leave."""
    mat, unit = listing.mat, 0.1 if listing.tenths else 1.0
    wide = 2 if listing.tenths else 0
    at = "" if mat is None else words.mat_with_unit(mat.distance_m, mat.name, look.units)

    columns = [
        _Column("rank", 6, 0, _rank),
        _Column("gained", 6, 7, _gained),
        _Column("name", 0, 0, lambda row: _Said(row.name, *_name_ink(row)), left=True),
        _Column("team", 16, 11, lambda row: _Said(row.team, "muted"), left=True),
        _Column("country", 7, 5, lambda row: _Said(row.country, "muted"), left=True),
        _Column("bib", 7, 4, lambda row: _Said(row.bib, "muted")),
        _Column(at, 9 + wide, 0, lambda row: _time(row, unit)),
        _Column("to leader", 10 + wide, 2, lambda row: _gap(row, unit)),
        _Column("interval", 9 + wide, 6, lambda row: _interval(row, unit)),
        _Column(f"pace{words.per_unit(look.units)}", 8, 10, lambda row: _pace(row, mat, look)),
        _Column("to yours", 9 + wide, 9, lambda row: _to_mine(row, unit)),
        _Column("projected", 9, 3, _projected),
        _Column("last seen", 17, 8, lambda row: _seen(row, look)),
    ]
    return columns if listing.teams else [column for column in columns if column.title != "team"]


def _rank(row: Row) -> _Said:
    if not row.rank:
        return _Said("")
    return _Said(f"≈{row.rank}", "estimated") if row.virtual else _Said(f"{row.rank}")


def _projected(row: Row) -> _Said:
    if row.projected_s is None:
        return _Said("")
    text = words.clock(row.projected_s)
    return _Said(text, "text") if row.done else _Said(f"≈ {text}", "estimated")


def _time(row: Row, unit: float) -> _Said:
    if row.time_s is None:
        return _Said(row.status, "behind")
    fg, bold = ("estimated", False) if row.hollow else ("bright", True) if row.watched else ("text", False)
    return _Said(("≈ " if row.hollow else "") + words.clock(row.time_s, unit), fg, bold)


def _gap(row: Row, unit: float) -> _Said:
    if row.gap_s is None:
        return _Said("")
    text = "leader" if row.gap_s == 0 else words.gap(row.gap_s, unit)
    return _Said(text, "estimated" if row.hollow else "text")


def _to_mine(row: Row, unit: float) -> _Said:
    """The gap to the runner who is watched: whoever is in front of them is minus."""
    if row.mine_s is None or row.watched:
        return _Said("")
    return _Said(words.gap(row.mine_s, unit), "estimated" if row.hollow else words.side_ink(-row.mine_s, unit))


def _interval(row: Row, unit: float) -> _Said:
    return _Said(words.gap(row.interval_s, unit) if row.interval_s else "", "estimated" if row.hollow else "muted")


def _gained(row: Row) -> _Said:
    return _Said(f"{row.gained:+d}".replace("-", words.MINUS) if row.gained else "")


def _pace(row: Row, mat: Checkpoint | None, look: Look) -> _Said:
    if row.time_s is None or mat is None or not mat.distance_m or row.hollow:
        return _Said("")
    return _Said(words.pace(row.time_s / mat.distance_m * 1000, look.units), "muted")


def _seen(row: Row, look: Look) -> _Said:
    if row.seen is None:
        return _Said("")
    if row.state:
        after = words.mat_with_unit(row.seen.distance_m, row.seen.name, look.units)
        return _Said(f"{after}, {row.state}", "behind" if row.state == "overdue" else "muted")
    when = "" if row.seen_s is None else f" {words.clock(row.seen_s, hours=row.seen_s >= 3600)}"
    return _Said(words.mat_with_unit(row.seen.distance_m, row.seen.name, look.units) + when, "muted")


def _name_ink(row: Row) -> tuple[str, bool]:
    if row.watched:
        return "now_ink", True
    if row.time_s is None or row.hollow:
        return "estimated", False
    return ("bright", False) if row.followed else ("text", False)


def _legends(canvas: Canvas, listing: Listing, look: Look) -> Iterator[list[Word]]:
    """The row under the table, the fullest first: which rows, what the marks mean, what is sorted and left out."""
    first, last = listing.offset + 1, listing.offset + len(listing.rows)
    which = f"rows {first:,} – {last:,} of {listing.count:,}" if listing.rows else "no rows"
    pinned = " and ".join(
        name for name, row in (("leader", listing.leader), ("your runner", listing.mine)) if row is not None
    )
    how = " · ".join(
        filter(None, (ALL[listing.among] or listing.those, SORTED[listing.sort], f"{listing.clock} times"))
    )  # fmt: skip
    places = Word(f"{which}, {pinned} pinned" if pinned else which, "muted")
    star, hollow = Word("   * followed", "now_ink"), Word(f"   {glyphs(look.ascii).hollow} estimated or not yet passed",
                                                           "estimated")  # fmt: skip
    end = Word(f"   {how}", "text")
    yield [places, star, hollow, end]
    yield [places, hollow, end]
    yield [places, end]
    yield [Word(which, "muted"), end]
    yield [Word(how, "text")] if measure(canvas, [Word(which), end]) > canvas.width else [end]
