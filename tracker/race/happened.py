"""What happened, newest first. Rule: nothing is told before it was known, and an inferred moment rests on known marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.race.entry import Row
from tracker.race.marks import Sheet
from tracker.race.position import Track
from tracker.race.setup import Setup
from tracker.race.snapshot import CARRYING, Happening, Mark, Rotation

ORDER = ("start", "change", "alone", "mark", "conditions", "note", "status", "end")
"""What comes first of things at one moment."""


def happened(
    setup: Setup, sheet: Sheet, marks: Sequence[Mark], rotation: Rotation | None, track: Track, said: Sequence[Row]
) -> tuple[Happening, ...]:
    """`marks` are the sheet's, with gaps; `said` are notes, conditions and the end. Times are since the gun."""
    if track.now_s is None:
        return ()
    elapsed_s = track.now_s + sheet.begin_s
    found = [
        *_start(setup, elapsed_s),
        *_marks(sheet, marks),
        *_changes(rotation, track),
        *_said(setup, said, elapsed_s),
        *_status(sheet, elapsed_s),
    ]
    return tuple(sorted(found, key=lambda h: (h.elapsed_s, ORDER.index(h.kind), h.text), reverse=True))


def _start(setup: Setup, elapsed_s: float) -> Iterator[Happening]:
    if elapsed_s >= 0:
        first = setup.course.waypoints[0] if setup.course.waypoints else None
        yield Happening("start", 0.0, text=(first.name if first else None) or setup.info.place or "")


def _marks(sheet: Sheet, marks: Sequence[Mark]) -> Iterator[Happening]:
    before: Mark | None = None
    for mark in marks:
        if mark.rejected is not None:
            continue
        yield Happening(
            "mark",
            mark.elapsed_s + sheet.begin_s,
            inferred=not mark.carries,
            mark=mark,
            gap_s=mark.gap_s,
            before_s=before.gap_s if before and mark.carries else None,
            before_resolution_s=before.resolution_s if before and mark.carries else 0.0,
        )
        before = mark if mark.carries else before


def _changes(rotation: Rotation | None, track: Track) -> Iterator[Happening]:
    if rotation is None or track.reach_m is None:
        return
    end_m = min(track.reach_m, rotation.alone_since_m if rotation.alone_since_m is not None else track.reach_m)
    for before, leg in pairwise(rotation.legs):
        if 0 < leg.from_m <= end_m and leg.start_s is not None:
            yield Happening(
                "change",
                leg.start_s,
                inferred=leg.quality not in CARRYING,
                team=leg.team,
                before=before.team,
                place_m=leg.from_m,
            )
    since_m = rotation.alone_since_m
    since_s = track.moment(since_m) if since_m is not None else None
    if since_m is not None and since_s is not None:
        yield Happening("alone", since_s, inferred=True, place_m=since_m)


def _said(setup: Setup, said: Sequence[Row], elapsed_s: float) -> Iterator[Happening]:
    for row in said:
        if "at" not in row or setup.zero_s is None:
            continue
        at_s = row["at"] - setup.zero_s
        if at_s <= elapsed_s:
            yield Happening(row["kind"], at_s, text=words(row))


def words(row: Row) -> str:
    """A note, the weather or the end as its message has it."""
    if row["kind"] == "end":
        return str(row["result"])
    if "text" in row:
        return str(row["text"])
    parts = [
        f"{row['temperature_c']:g} °C" if "temperature_c" in row else "",
        f"{row['humidity_pct']:g} % humidity" if "humidity_pct" in row else "",
        f"wind {row['wind_m_s']:g} m/s" if "wind_m_s" in row else "",
    ]
    return " · ".join(part for part in parts if part)


def _status(sheet: Sheet, elapsed_s: float) -> Iterator[Happening]:
    if sheet.status is None or sheet.status == "finished":
        return
    last_s = sheet.last.elapsed_s + sheet.begin_s if sheet.last else 0.0
    at_s = sheet.status_s if sheet.status_s is not None else last_s
    if at_s <= elapsed_s:
        yield Happening("status", at_s, text=f"{sheet.status}: {sheet.reason}" if sheet.reason else sheet.status)
