"""What stands in the library, and what can run as a ghost. Rule: read with the standard library alone."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from feeds.shipped import Shipped, path, shipped
from feeds.tapes import TapeInfo, list_tapes
from feeds.text import without_secrets
from tracker.config import paths
from tracker.draw.library import LibraryRow
from tracker.race.course import Course, Waypoint
from tracker.saved import saved_feeds


def ghosts(beside: str) -> list[tuple[str, str]]:
    """(name, words) of the shipped races that can be set beside one."""
    return [(race.name, f"{race.runner}, {race.race}") for race in shipped() if race.name != beside]


def rows() -> list[LibraryRow]:
    """The shipped races, own tapes with the newest first, and saved feeds."""
    return [*map(_row, shipped()), *map(_tape, list_tapes(tapes())), *map(_feed, saved_feeds(paths().data).items())]


def tapes() -> Path:
    """Where tapes are kept that nobody gave a name."""
    return paths().data / "tapes"


def _tape(tape: TapeInfo) -> LibraryRow:
    name, created = tape.path.name, tape.created
    facts = (
        ("address", tape.address),
        ("recorded", created),
        ("size", f"{tape.size / 1e6:.1f} MB"),
        ("file", str(tape.path)),
    )
    return LibraryRow(
        name, tape.address, date=created[:10], who=tape.address, kind="tape", opens=str(tape.path), facts=facts
    )


def _feed(saved: tuple[str, dict[str, Any]]) -> LibraryRow:
    name, kept = saved
    address = without_secrets(kept["address"])
    facts = (
        ("address", address),
        ("profile", kept.get("profile", "")),
        ("runner", ", ".join(kept.get("athletes", ()))),
    )
    return LibraryRow(name, address, who=address, kind="feed", opens=name, facts=tuple((a, b) for a, b in facts if b))


def _row(race: Shipped) -> LibraryRow:
    return LibraryRow(
        name=race.name,
        race=race.race,
        place=race.place,
        date=race.date,
        gun_s=datetime.fromisoformat(race.gun).timestamp() if race.gun else None,
        time_zone=race.time_zone,
        runner=race.runner,
        who=race.who,
        marks=race.marks,
        mats_m=tuple(
            metres
            for _, _, metres, type_, carries in race.checkpoints
            if metres is not None and type_ == "split" and carries
        ),
        distance_m=race.distance_m,
        target_name=race.target_name,
        target_s=race.target_s,
        pacers=race.pacers,
        quality=race.quality,
        record_eligible=race.record_eligible,
        result=race.result,
        course=_course(race),
    )


def _course(race: Shipped) -> Course | None:
    """The geometry that the race's first message gives, for the sketch; none where it gives none."""
    with path(race.name).open("rb") as lines:
        first = json.loads(lines.readline())
    points = tuple(Waypoint(p["distance_m"], p["lat"], p["lon"]) for p in first.get("course") or ())
    return Course(race.distance_m, waypoints=points) if points else None
