"""A race in plain lines of text, for logs and screen readers: no control characters, no columns, sign and word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.draw import happened, words
from tracker.draw.glyphs import to_ascii
from tracker.draw.look import DEFAULT, Look
from tracker.race.happened import words as weather
from tracker.race.snapshot import Gap, Mark, Snapshot

if TYPE_CHECKING:
    from feeds.events import Formation, Split
    from feeds.seen import AnyEvent, Seen


def event_line(snapshot: Snapshot, event: AnyEvent, look: Look = DEFAULT) -> str:
    """`1:10:59  25 km in 14:12 · −7 s`: what an event said, at the moment `snapshot` at which it became known."""
    when = "" if snapshot.elapsed_s is None else words.running_clock(snapshot.elapsed_s) + "  "
    return _plain(when + _said(snapshot, event, look), look)


def _plain(text: str, look: Look) -> str:
    return to_ascii(text) if look.ascii else text


def moment_line(snapshot: Snapshot, look: Look = DEFAULT) -> str:
    """The whole moment in one line: race, runner, clock, place, gap, pacers, even pace."""
    position, rotation, projection = snapshot.position, snapshot.rotation, snapshot.projection
    clock = "" if snapshot.elapsed_s is None else words.running_clock(snapshot.elapsed_s)
    if snapshot.phase == "finished" and snapshot.last is not None:
        clock = words.clock(snapshot.last.elapsed_s, snapshot.last.resolution_s)
    parts = [
        snapshot.race.name or snapshot.race.id,
        snapshot.runner.name or snapshot.runner.id,
        clock,
        snapshot.phase if snapshot.phase in ("before", "finished", "out") else "",
    ]
    if position is not None:
        sign = {"estimated": "≈ ", "at_least": "at least "}.get(position.quality, "")
        parts.append(f"{sign}{words.distance_cut(position.distance_m, look.units)} {look.units}")
    if snapshot.gap is not None:
        parts.append(_gap(snapshot.gap, look))
    if rotation is not None and rotation.current is not None:
        leg = rotation.current
        inferred = " (inferred)" if rotation.inferred else ""
        parts.append(f"formation {leg.number}{f', team {leg.team}' if leg.team else ''}{inferred}")
    elif rotation is not None and rotation.alone_since_m is not None:
        parts.append("alone")
    if projection.even_pace_s is not None and snapshot.phase == "running":
        parts.append(f"even pace {words.clock(projection.even_pace_s, projection.resolution_s or 1.0)}")
    return _plain(" · ".join(filter(None, parts)), look)


def _gap(gap: Gap, look: Look) -> str:
    level = words.level(gap.seconds, gap.resolution_s)
    word = "level" if level else "ahead" if gap.seconds < 0 else "behind"
    mark = words.mat_with_unit(gap.mark.distance_m, gap.mark.checkpoint.name, look.units)
    age = "" if gap.quality == "measured" else f" {words.ago(gap.age_s)}"
    figure = words.gap_with_unit(gap.seconds, gap.resolution_s)
    return f"{figure} ({word}) to {gap.plan.name}, {gap.mark.quality} at {mark}{age}"


def _said(snapshot: Snapshot, event: AnyEvent, look: Look) -> str:
    said: list[Any]
    match event.kind:
        case "split":
            return _split(snapshot, event, look)
        case "formation":
            return _formation(event, look)
        case "note":
            return event.text
        case "race":
            said = ["race", event.name, event.place, words.day(event.date)]
        case "athlete":
            said = [event.role, event.name or event.id, event.country, event.team and f"team {event.team}"]
        case "start":
            said = [f"start of {event.scope}", event.id]
        case "status":
            said = [_name(snapshot, event.athlete), event.status, event.reason]
        case "conditions":
            values = event.model_dump(exclude_none=True)
            said = ["conditions", event.place, weather(values)]
        case "line":
            pace = event.pace_s_per_km and f"{words.pace(event.pace_s_per_km, look.units)}{words.per_unit(look.units)}"
            said = [event.name, pace, event.ahead_m and f"{words.metres(event.ahead_m, 0.1, look.units)} ahead"]
        case "position":
            place = f"{words.distance_cut(event.distance_m, look.units)} {look.units}"
            said = [_name(snapshot, event.athlete), f"seen at {place}", event.device]
        case "void":
            where = event.checkpoint or words.distance(event.distance_m or 0.0, look.units)
            said = [_name(snapshot, event.athlete), f"split at {where} withdrawn"]
        case "end":
            said = ["the race is over", event.result]
        case "heartbeat":
            said = ["heartbeat"]
    return " · ".join(part for part in said if part)


def _name(snapshot: Snapshot, athlete: str) -> str:
    return next((r.name for r in snapshot.runners if r.id == athlete and r.name), athlete)


def _split(snapshot: Snapshot, split: Split | Seen, look: Look) -> str:
    if split.athlete == snapshot.runner.id:
        for told in snapshot.happened:
            if told.mark is not None and _is(told.mark, split):
                return f"{happened.tell(told, snapshot, look)} · {split.quality or 'official'}"
    place = split.checkpoint or f"{words.distance(split.distance_m or 0.0, look.units)} {look.units}"
    time = "" if split.elapsed_s is None else f" · {words.clock(split.elapsed_s, split.resolution_s or 1.0)}"
    return f"{_name(snapshot, split.athlete)} · {place}{time} · {split.quality or 'official'}"


def _is(mark: Mark, split: Split | Seen) -> bool:
    near = split.distance_m is not None and mark.distance_m is not None and abs(split.distance_m - mark.distance_m) <= 1
    return mark.checkpoint.id == split.checkpoint or near


def _formation(event: Formation, look: Look) -> str:
    team = f"team {event.team}" if event.team else "pacers" if event.size or event.slots else "alone"
    where = "" if event.from_m is None else f"from {look.units} {words.distance(event.from_m, look.units)}"
    leg = "" if event.leg is None else f"formation {event.leg}"
    return " · ".join(filter(None, (leg, team, where, event.plan, event.quality or "")))
