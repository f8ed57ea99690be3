"""Where to see a runner, without a screen: a table of text, or one JSON object. Rule: keys never vanish.

| key of the JSON object | what it is (absent: null; seconds, metres, RFC 3339, chances 0 to 1) |
|---|---|
| `race`, `athlete` | ids as in every object |
| `as_of` | until when the feed was heard |
| `basis`, `warnings` | what the windows rest on, and what speaks against them: a mat that is overdue |
| `why` | why nothing is to come |
| `places` | each stop: `place`, `distance_m`, `state` (passed, ahead, open, gone, none), `from`, `median`, `to` (10, 50, 90 %; median alone once passed), `measured`, `passed_p` (by now), `travel_s`, `leave_by`, `seen_before_p` (at the place before by then), `missed_p` |
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tracker.draw import meet, words
from tracker.draw.ink import plain
from tracker.draw.look import Look
from tracker.race.meet import Meeting
from tracker.race.snapshot import Snapshot

ROWS_A_PLACE, ROWS_AROUND = 3, 8


def table(snapshot: Snapshot, found: Sequence[Meeting], width: int, look: Look) -> str:
    """The drawing of the panel, as tall as it needs."""
    height = ROWS_AROUND + ROWS_A_PLACE * len(found)
    return plain(meet.draw(snapshot, found, width, height, look)).rstrip()


def json_line(snapshot: Snapshot, found: Sequence[Meeting], look: Look) -> str:
    """The documented object on one line."""
    lost_s = snapshot.mode.horizon_s
    told = {
        "race": snapshot.race.id or None,
        "athlete": {"id": snapshot.runner.id or None, "name": snapshot.runner.name or None},
        "as_of": words.iso_time(snapshot.now_s if lost_s is None else lost_s, snapshot.race.time_zone),
        "basis": snapshot.projection.basis or None,
        "warnings": [*snapshot.projection.warnings, *filter(None, [meet.alarm(snapshot, look)])],
        "why": meet.why(snapshot, look) or None,
        "places": [_place(snapshot, each, look) for each in found],
    }
    return json.dumps(told, ensure_ascii=look.ascii, allow_nan=False, separators=(",", ":"))


def _place(snapshot: Snapshot, each: Meeting, look: Look) -> dict[str, Any]:
    def instant(elapsed_s: float | None) -> str | None:
        gun_s = snapshot.race.gun_s
        return (
            None if elapsed_s is None or gun_s is None else words.iso_time(gun_s + elapsed_s, snapshot.race.time_zone)
        )

    def chance(p: float | None) -> float | None:
        return None if p is None else round(p, 3)

    return {
        "place": meet.place(each.stop, look),
        "distance_m": round(each.stop.distance_m, 1),
        "state": each.state,
        "from": instant(each.low_s),
        "median": instant(each.median_s),
        "to": instant(each.high_s),
        "measured": each.measured,
        "passed_p": 1.0 if each.state == "passed" else chance(each.passed_p),
        "travel_s": each.stop.travel_s,
        "leave_by": instant(each.leave_by_s),
        "seen_before_p": chance(each.before_p),
        "missed_p": chance(each.missed_p),
    }
