"""What a paced run was set to, in one row of words. Rule: it is derived, and says how far the marks are off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw import words
from tracker.draw.parts import Word, Words

if TYPE_CHECKING:
    from tracker.draw.look import Units
    from tracker.race.pieces import Change, Piece, Schedule


def told(schedule: Schedule, stride_m: float | None, units: Units) -> list[Words]:
    """The schedule in ever fewer words, the fullest first: every piece and the finish, down to the pace of now."""
    paces = [_pace(piece, schedule.resolution_s, units) for piece in schedule.pieces]
    last = f"{paces[-1]}/{units}"
    places = [_place(change, units) for change in schedule.changes]
    full = "".join(f"{pace}/{units} to ≈ {at} {units} ({low} to {high}), then "
                   for pace, (at, low, high) in zip(paces, places, strict=False))  # fmt: skip
    plain = "".join(f"{pace}/{units} to ≈ {at} {units}, then " for pace, (at, _, _) in zip(paces, places, strict=False))
    brief = "".join(f"{pace} to ≈ {at}, " for pace, (at, _, _) in zip(paces, places, strict=False))
    since = f"since ≈ {places[-1][0]} {units} " if places else ""
    section = _section(schedule, stride_m, units)
    end = "" if schedule.finish_s is None else f" → ≈ {words.clock(schedule.finish_s)}"
    off = f"{schedule.worst_s:.1f} s"
    choices = (
        f"{full}{last}{section}{end} · derived, no mark more than {off} off",
        f"{plain}{last}{section}{end} · derived, no mark more than {off} off",
        f"{plain}{last}{section}{end} · derived, marks within {off}",
        f"{plain}{last}{end} · derived, within {off}",
        f"{brief}{last}{end} · derived, within {off}",
        f"{brief}{last}{end}, within {off}",
        f"{since}{last}{end} · derived, within {off}",
        f"{since}{last}{end}",
        f"{last}{end}",
        last,
    )
    return [(Word(text, "estimated"),) for text in sorted(choices, key=len, reverse=True)]


def _place(change: Change, units: Units) -> tuple[str, str, str]:
    """Where a pace changes, and from where to where it may: tenths only where that is less than 2 km."""
    places = 1 if change.latest_m - change.earliest_m < 2000 else 0
    at, low, high = (words.distance(x, units, places) for x in change)
    return at, low, high


def _pace(piece: Piece, resolution_s: float, units: Units) -> str:
    """To the tenth where the piece is long enough for the clock's step."""
    places = words.pace_places(resolution_s, piece.to_m - piece.from_m)
    return words.pace(piece.pace_s_per_km, units, places)


def _section(schedule: Schedule, stride_m: float | None, units: Units) -> str:
    """The last pace over the spacing of the mats, as people tell it: ` (14:12.5 per 5 km)`."""
    if stride_m is None or stride_m <= 1000:
        return ""
    piece = schedule.pieces[-1]
    share = schedule.resolution_s * stride_m / (piece.to_m - piece.from_m)
    took = words.clock(piece.pace_s_per_km * stride_m / 1000, 0.1 if share <= 0.2 else 1.0)
    return f" ({took} per {words.distance(stride_m, units, 0 if units == 'km' else 1)} {units})"
