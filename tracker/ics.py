"""A calendar of the places where a runner is to be met, by RFC 5545. Rule: a file that is not our own is left alone.

Lines end with CRLF and are folded at 75 octets; text is escaped and passed the text door; times are UTC. The same stop of
the same runner has the same UID for ever, so that a calendar moves its entry instead of adding one.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from feeds.text import PROSE_CELLS, clean
from tracker import whole
from tracker.draw import meet, words
from tracker.draw.look import Look
from tracker.draw.waiting import mat
from tracker.race.meet import Meeting
from tracker.race.snapshot import Snapshot

OURS = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//paceline//meet//EN")
FOLD_OCTETS = 75


class NotOursError(ValueError):
    """A file that somebody else made."""


def calendar(snapshot: Snapshot, found: Sequence[Meeting], look: Look) -> str:
    """The calendar with an entry for each place that was passed or has a window; empty where none has."""
    entries = [_entry(snapshot, found, n, look) for n, each in enumerate(found) if each.median_s is not None]
    if not entries or snapshot.race.gun_s is None:
        return ""
    lines = [*OURS, "CALSCALE:GREGORIAN", *(line for entry in entries for line in entry), "END:VCALENDAR"]
    return "".join(f"{fold(line)}\r\n" for line in lines)


def _entry(snapshot: Snapshot, found: Sequence[Meeting], n: int, look: Look) -> list[str]:
    """One event: the window, or the moment of a place that was passed; an alarm at the moment to leave."""
    here = found[n]
    gun_s, race, runner = snapshot.race.gun_s or 0.0, snapshot.race, snapshot.runner
    where, name = meet.place(here.stop, look), runner.name or runner.id
    key = "\n".join((race.id, runner.id, f"{here.stop.distance_m:.0f}"))
    begin_s = here.median_s if here.low_s is None else here.low_s
    lines = [
        "BEGIN:VEVENT",
        f"UID:{sha256(key.encode()).hexdigest()[:32]}@paceline",
        f"DTSTAMP:{utc(snapshot.now_s)}",
        f"DTSTART:{utc(gun_s + (begin_s or 0.0))}",
        *([] if here.high_s is None else [f"DTEND:{utc(gun_s + here.high_s, up=True)}"]),
        f"SUMMARY:{escape(f'{name} at {where}')}",
        f"DESCRIPTION:{escape(_told(snapshot, found, n, look))}",
        f"LOCATION:{escape(', '.join(filter(None, (where, race.name or race.id, race.place))))}",
        "TRANSP:TRANSPARENT",
    ]
    if here.leave_by_s is not None:
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"TRIGGER;VALUE=DATE-TIME:{utc(gun_s + here.leave_by_s)}",
            f"DESCRIPTION:{escape(f'leave for {where}')}",
            "END:VALARM",
        ]
    return [*lines, "END:VEVENT"]


def _told(snapshot: Snapshot, found: Sequence[Meeting], n: int, look: Look) -> str:
    """What the entry rests on, in a sentence or two."""
    here, gun_s, zone = found[n], snapshot.race.gun_s or 0.0, snapshot.race.time_zone
    if here.high_s is None or here.median_s is None:
        return f"passed {'' if here.measured else '≈ '}{words.time_of_day(gun_s + (here.median_s or 0.0), zone)}"
    said = [f"80 % window, middle ≈ {words.time_of_day(gun_s + here.median_s, zone, seconds=False)}"]
    if here.leave_by_s is not None:
        said.append(f"leave by {meet.minute(snapshot, here.leave_by_s)}")
    if here.missed_p is not None and n:
        before = meet.place(found[n - 1].stop, look)
        said.append(f"missed {words.chance(here.missed_p)}, leaving {before} as they pass")
    last = snapshot.last
    basis = f"by {mat(last, look)}, " if last is not None else ""
    return "; ".join(said) + f" ({basis}as of {words.time_of_day(snapshot.now_s, zone)})"


def utc(posix_s: float, *, up: bool = False) -> str:
    """`20191012T073412Z`: the second begun, or with `up` the one to come."""
    whole = -(-posix_s // 1) if up else posix_s // 1
    return datetime.fromtimestamp(whole, UTC).strftime("%Y%m%dT%H%M%SZ")


def escape(text: str) -> str:
    """A text value: through the text door, then as RFC 5545 3.3.11 wants it."""
    shown = clean(text, PROSE_CELLS)
    return shown.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> str:
    """A content line in pieces of at most 75 octets, no character torn, each further one after a space."""
    out, size = [], 0
    for char in line:
        octets = len(char.encode("utf-8", "replace"))
        if size + octets > FOLD_OCTETS:
            out.append("\r\n ")
            size = 1
        out.append(char)
        size += octets
    return "".join(out)


def save(path: Path, text: str) -> None:
    """Write the calendar at once and whole. NotOursError where there is a file of another's making; OSError."""
    if os.path.lexists(path) and not _is_ours(path):
        raise NotOursError(f"{path} is there and was not made by `paceline meet`: give another name, or remove it")
    whole.write(path, text.encode(errors="replace"))


def _is_ours(path: Path) -> bool:
    """Whether it begins as our own calendars do. A folder, a pipe, a link or a device never is."""
    begin = "".join(f"{line}\r\n" for line in OURS).encode()
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(begin)) == begin
