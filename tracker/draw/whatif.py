"""What if, in words: `2:50/km from 25 km on gives 1:59:41 · 19 s under 2:00:00`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw import finish, words
from tracker.draw.waiting import mat
from tracker.race.whatif import WhatIf, what_if

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.snapshot import Snapshot


def said(snapshot: Snapshot, text: str, look: Look) -> str:
    """What a pace gives, or a finish needs. ValueError with one clear line."""
    return _sentence(what_if(snapshot, text), snapshot, look)


def offered(snapshot: Snapshot, look: Look) -> list[tuple[str, str]]:
    """Paces worth asking about, each with what it gives: what is needed, the last stretch, the mean so far."""
    p = snapshot.projection
    paces = [
        (p.needed_pace_s_per_km, "what the target needs"),
        (p.last_pace_s_per_km, f"the last {words.mat_with_unit(p.last_m, '', look.units)}"),
        (p.mean_pace_s_per_km, "the mean so far"),
    ]
    out = []
    for pace, name in paces:
        if pace is None or pace <= 0:
            continue
        asked = (words.pace_cut if name.startswith("what") else words.pace)(pace, look.units) + words.per_unit(
            look.units
        )
        try:
            found = what_if(snapshot, asked)
        except ValueError:
            return []
        out.append((asked, f"{name}: {words.clock(found.finish_s)}"))
    return out


def _sentence(found: WhatIf, snapshot: Snapshot, look: Look) -> str:
    pace = words.pace(found.pace_s_per_km, look.units) + words.per_unit(look.units)
    since = "the start" if found.since is None else mat(found.since, look)
    text = f"{pace} from {since} on gives {words.clock(found.finish_s)}"
    plan, gap_s = snapshot.plan, found.gap_s
    if plan is None or gap_s is None:
        return text
    if words.level(gap_s):
        return f"{text} · level with {finish.time_of(plan)}"
    size = words.gap_with_unit(abs(gap_s)).removeprefix("+")
    return f"{text} · {size} {'under' if gap_s < 0 else 'over'} {finish.time_of(plan)}"
