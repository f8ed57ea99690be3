"""The marks of a runner and a ghost side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.draw import words
from tracker.draw.cells import cut
from tracker.draw.glyphs import glyphs

if TYPE_CHECKING:
    from tracker.draw.ink import Canvas
    from tracker.draw.look import Look
    from tracker.race.snapshot import Ghost, Mark, Snapshot

WIDE = 100


class Pair(NamedTuple):
    """One mat of both. `gained_s` since the row before; `to_come`: the ghost has not passed yet.

    What lies between two marks has the coarser one's resolution: `section_resolution_s` the runner's section,
    `ghost_section_resolution_s` the ghost's, `gained_resolution_s` what was gained.
    """

    mine: Mark
    ghost: Mark
    gap_s: float
    gained_s: float
    resolution_s: float
    to_come: bool
    section_resolution_s: float
    ghost_section_resolution_s: float
    gained_resolution_s: float


def pairs(snapshot: Snapshot, ghost: Ghost) -> list[Pair]:
    """Mats that the runner has passed and the ghost passes at some time, in order."""
    out: list[Pair] = []
    theirs = {m.checkpoint.id: m for m in (*ghost.passed, *ghost.to_come) if m.carries}
    by_place = {round(m.distance_m): m for m in theirs.values() if m.distance_m is not None}
    before, coarse, theirs_coarse = 0.0, 0.0, 0.0
    for mark in snapshot.marks:
        if not mark.carries or mark.rejected or mark.distance_m is None:
            continue
        other = by_place.get(round(mark.distance_m))
        if other is None:
            continue
        gap = mark.elapsed_s - other.elapsed_s
        to_come = snapshot.elapsed_s is not None and other.elapsed_s > snapshot.elapsed_s
        section, other_section = max(mark.resolution_s, coarse), max(other.resolution_s, theirs_coarse)
        both = max(mark.resolution_s, other.resolution_s)
        out.append(
            Pair(mark, other, gap, gap - before, both, to_come, section, other_section, max(section, other_section))
        )
        before, coarse, theirs_coarse = gap, mark.resolution_s, other.resolution_s
    return out


def titles(snapshot: Snapshot, ghost: Ghost) -> tuple[str, str]:
    """`Vienna 2019` and `Berlin 2018`."""
    return snapshot.race.title, ghost.race.title


def short_titles(snapshot: Snapshot, ghost: Ghost) -> tuple[str, str]:
    """`Vienna` and `Berlin`; with the year where the places do not tell the two apart."""
    if snapshot.race.place and ghost.race.place and snapshot.race.place != ghost.race.place:
        return snapshot.race.place, ghost.race.place
    return titles(snapshot, ghost)


def draw(
    canvas: Canvas, y: int, table: list[Pair], snapshot: Snapshot, ghost: Ghost, look: Look, below: int = 0
) -> None:
    """Heads and the newest rows that fit, down to `below` rows from the end of the canvas."""
    wide = canvas.width >= WIDE
    mine, his = short_titles(snapshot, ghost)
    step = snapshot.course.stride_m
    section = f"{words.distance(step, look.units, 0 if look.units == 'km' else 1)} {look.units}" if step else "section"
    ends = _ends(canvas, wide=wide)
    heads = (look.units, cut(mine, 13), section, cut(his, 13), section, "gained", "gap")
    for end, head in zip(ends, heads, strict=True):
        if end is not None:
            canvas.right(end, y, head, "muted")
    room = canvas.height - below - y - 1
    shown = table[-room:] if room > 0 else []
    for i, pair in enumerate(shown):
        _row(canvas, y + 1 + i, pair, ends, look, newest=i == len(shown) - 1)
    if not table:
        canvas.put(0, y + 1, cut("nothing to compare before the first mark of both", canvas.width), "faint")


def _ends(canvas: Canvas, *, wide: bool) -> tuple[int | None, ...]:
    """The last cell of each column: km, mine, section, ghost, section, gained, gap."""
    if wide:
        return (5, 20, 31, 49, 60, 74, 86)
    if canvas.width >= 60:
        return (5, 18, 27, 42, 51, 60, 68)
    return (5, 15, None, 26, None, None, min(34, canvas.width - 1))


def _row(canvas: Canvas, y: int, pair: Pair, ends: tuple[int | None, ...], look: Look, *, newest: bool) -> None:
    mine, other = pair.mine, pair.ghost
    hollow = f"{glyphs(look.ascii).hollow} " if pair.to_come else ""
    ink = "bright" if newest else "text"
    theirs = "estimated" if pair.to_come else "muted"

    def coloured(value: float, resolution_s: float) -> str:
        return "estimated" if pair.to_come else words.side_ink(value, resolution_s)

    cells = (
        (words.mat(mine.distance_m, mine.checkpoint.name, look.units), ink),
        (words.clock(mine.elapsed_s, mine.resolution_s), ink),
        ("" if mine.section_s is None else words.clock(mine.section_s, pair.section_resolution_s), ink),
        (hollow + words.clock(other.elapsed_s, other.resolution_s), theirs),
        ("" if other.section_s is None else words.clock(other.section_s, pair.ghost_section_resolution_s), theirs),
        (words.gap(pair.gained_s, pair.gained_resolution_s), coloured(pair.gained_s, pair.gained_resolution_s)),
        (words.gap(pair.gap_s, pair.resolution_s), coloured(pair.gap_s, pair.resolution_s)),
    )
    for end, (text, colour) in zip(ends, cells, strict=True):
        if end is not None:
            canvas.right(end, y, text, colour)
    last = ends[-1]
    if pair.to_come and last is not None and last + 6 + len("to come") <= canvas.width:
        canvas.put(last + 6, y, "to come", "estimated")
