"""What stands over the road: which formation, where he is, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw import words
from tracker.draw.parts import Word, Words, he, him, measure, write
from tracker.draw.rivals import nearest_at_a_mat, neighbours
from tracker.draw.waiting import lost_at

if TYPE_CHECKING:
    from tracker.draw.ink import Canvas
    from tracker.draw.look import Look, Units
    from tracker.race.snapshot import Rotation, Snapshot

NARROW = 50
"""Under this width the panel's name is shorter."""
WIDE = 150
"""From this width on the title tells the team and the stretch of the formation too."""


def place(snapshot: Snapshot, units: Units) -> Words:
    """`km ≈ 25.37`; without a mark only to a tenth, at a mat plain."""
    here = snapshot.position
    if here is None or snapshot.phase not in ("running", "finished"):
        return ()
    if here.quality == "measured":
        return (Word(f"{units} {words.distance_cut(here.distance_m, units)}"),)
    if here.quality == "at_least":
        return (Word(f"past {units} {words.distance_cut(here.distance_m, units)}", "behind"),)
    if snapshot.last is None:
        return (Word(f"{units} ≈ {words.distance(here.distance_m, units)}", "estimated"),)
    return (Word(f"{units} ≈ {words.distance_cut(here.distance_m, units)}", "estimated"),)


def places(snapshot: Snapshot, units: Units) -> list[Words]:
    """The same with where the runner is with 80 %, the longest wording first."""
    here, plain = snapshot.position, place(snapshot, units)
    known = here is not None and here.quality == "estimated" and here.low_m is not None and here.high_m is not None
    if here is None or not known or snapshot.gap is not None or not plain:
        return [plain] if plain else []
    low, high = (words.distance(each or 0.0, units) for each in (here.low_m, here.high_m))
    tenth = f"{units} ≈ {words.distance(here.distance_m, units)}"
    texts = (f"{tenth} · 80 % between {units} {low} and {high}", f"{tenth} ({low} – {high})")
    return [*((Word(text, "estimated"),) for text in texts), plain]


def basis(snapshot: Snapshot) -> str:
    """Whose pace the place rests on before the first mark: `, at the laser's pace`."""
    here = snapshot.position
    if snapshot.last is not None or here is None or not here.basis or snapshot.phase != "running":
        return ""
    return f", at the {'laser' if 'laser' in here.basis else 'target'}'s pace"


def left(snapshot: Snapshot, look: Look, width: int) -> list[Words]:
    """The pieces after the panel's name, the most important first."""
    if snapshot.phase == "out":
        return [(Word("out of the race", "text"),)]
    rotation = snapshot.rotation
    pieces: list[Words] = []
    if rotation is not None:
        pieces += _pacing(snapshot, rotation, look.units, width)
    if not pieces and snapshot.ghost is not None and snapshot.ghost.metres is not None and snapshot.phase == "running":
        size = words.metres(snapshot.ghost.metres, snapshot.ghost.resolution_s, look.units)
        side = "behind" if snapshot.ghost.metres < 0 else "ahead"
        pieces.append((Word(f"ghost {snapshot.ghost.race.title} ≈ {size} {side}", "estimated"),))
    if not pieces and neighbours(snapshot):
        pieces.append((Word("the nearest rivals"),))
    if not pieces and snapshot.phase == "running" and snapshot.position is not None:
        if snapshot.gap is None:
            pieces.append(_alone(snapshot, units=look.units))
        nearest = nearest_at_a_mat(snapshot, look.units)
        if nearest:
            pieces.append((Word(nearest),))
    first = snapshot.course.after(0.0)
    if not pieces and snapshot.phase == "running" and snapshot.last is None and first is not None:
        pieces.append((Word(f"on the way to {words.mat_with_unit(first.distance_m, first.name, look.units)}"),))
    return pieces


def _alone(snapshot: Snapshot, units: Units) -> Words:
    """What the strip from mat to mat shows; once the mat is overdue nothing is probable any more."""
    last, due, who = snapshot.last, snapshot.due, he(snapshot.runner)
    if snapshot.over or (due is not None and due.state == "overdue"):
        since = "the start" if last is None else words.mat_with_unit(last.distance_m, last.checkpoint.name, units)
        return (Word(f"not seen since {since}", "text" if snapshot.over else "behind"),)
    if lost := lost_at(snapshot):
        return (Word(f"where {who} probably {'were' if who == 'they' else 'was'} at {lost}", "behind"),)
    return (Word(f"where {who} probably {'are' if who == 'they' else 'is'}"),)


def _pacing(snapshot: Snapshot, rotation: Rotation, units: Units, width: int) -> list[Words]:
    leg, ink = rotation.current, "estimated" if rotation.inferred else "text"
    about = "≈ " if rotation.inferred else ""
    if leg is not None:
        total = max(each.number for each in rotation.legs) if rotation.legs else leg.number
        team = f" · team {leg.team}" if leg.team and width >= WIDE else ""
        pieces: list[Words] = [
            (Word(f"formation {leg.number} of {total}{team}{' · inferred' if rotation.inferred else ''}", ink),)
        ]
        if width >= WIDE:
            ends = (words.distance(each, units) for each in (leg.from_m, leg.to_m))
            pieces.append((Word(" to ".join(f"{about}{units} {end}" for end in ends), ink),))
        return pieces
    if rotation.alone_since_m is not None:
        since = Word(f"alone since ≈ {units} {words.distance(rotation.alone_since_m, units)}")
        opened = (
            f"the pacers opened and let {him(snapshot.runner)} go" if any(leg.size for leg in rotation.legs) else ""
        )
        told = next((h.text for h in reversed(snapshot.happened) if h.kind == "alone" and h.text), opened)
        return [(since, Word(f" · {told}", "muted"))] if told and width >= 76 else [(since,)]
    if rotation.pacers:
        left_in = [p.runner.surname for p in rotation.pacers if not p.out]
        if not left_in:
            return [(Word("the pacers are out"),)]
        named = ", ".join(left_in)
        count = f"{len(left_in)} of {len(rotation.pacers)} pacers"
        return [(Word(f"{count} · {named}" if len(named) + len(count) < width // 3 else count),)]
    return []


def right(snapshot: Snapshot, look: Look) -> list[Words]:
    """What comes next, the longest wording first."""
    rotation = snapshot.rotation
    if rotation is None or rotation.current is None or snapshot.over or snapshot.phase not in ("before", "running"):
        return []
    ink, about = ("estimated", "≈ ") if rotation.inferred else ("text", "")
    if rotation.next is None or rotation.next_change_m is None:
        return [(Word("the last formation", ink),)] if rotation.legs else []
    where = f"{about}{look.units} {words.distance(rotation.next_change_m, look.units)}"
    team = f"team {rotation.next.team}" if rotation.next.team else f"formation {rotation.next.number}"
    if snapshot.phase == "before" and rotation.next_change_s is not None:
        at = f"{about}{words.rough_clock(rotation.next_change_s)}"
        texts = [f"first change {at} · {team} · {where}", f"{team} at {at} · {where}"]
    elif rotation.to_change_s is not None:
        wait = words.minutes(rotation.to_change_s)
        wait = f"in {wait}" if wait.startswith("under") else f"in {about}{wait}"
        texts = [f"change {wait} · {team} · {where}", f"{team} {wait} · {where}"]
    else:
        texts = [f"change · {team} · {where}"]
    return [(Word(text, ink),) for text in (*texts, f"{team} · {where}", where)]


def unknown(snapshot: Snapshot, units: Units) -> list[tuple[str, str, str]]:
    """Why there is no line on the road, a row each: long wording, short wording, ink. Empty: nothing is missing."""
    who = he(snapshot.runner)
    if snapshot.phase == "out":
        return _out(snapshot, units)
    if not snapshot.course.known:
        return [("course unknown: no line, no metres", "course unknown", "muted")]
    plan = snapshot.plan
    if snapshot.phase == "before":
        together = f"{who} and the {plan.name} line set off together" if plan else ""
        rows = [("waiting for the gun", "before the gun", "text"), (together, "", "muted")]
        return rows if plan else rows[:1]
    if plan is not None and snapshot.gap is None and snapshot.phase == "running":
        first = next((c for c in snapshot.course.checkpoints if c.distance_m), None)
        mat = f" before {words.mat_with_unit(first.distance_m, first.name, units)}" if first else ""
        return [(f"the line's place beside {him(snapshot.runner)}: not known{mat}", f"line not known{mat}", "muted")]
    return []


def _out(snapshot: Snapshot, units: Units) -> list[tuple[str, str, str]]:
    status, last = snapshot.runner.status or "out", snapshot.last
    if last is None:
        return [(f"{status} · no mark passed", status, "text")]
    mat = words.mat_with_unit(last.distance_m, last.checkpoint.name, units)
    seen = f"last seen at {mat}, {words.clock(last.elapsed_s, last.resolution_s)}"
    return [(status, status, "text"), (seen, mat, "muted")]


def title(canvas: Canvas, snapshot: Snapshot, look: Look, *, with_place: bool) -> None:
    """The title row: the name of the panel, what fits of the rest."""
    gap = 4 if canvas.width >= WIDE else 3
    name = "THE ROAD" if canvas.width >= NARROW else "ROAD"
    start = canvas.label(0, 0, name, focused=look.focus == "road") + gap
    pieces, coming = left(snapshot, look, canvas.width), right(snapshot, look)
    here = places(snapshot, look.units) if with_place and snapshot.phase == "running" else []
    if coming and here:
        pieces.append(here[-1])
    elif here:
        coming = here
    coming.append(())
    for keep in range(len(pieces), -1, -1):
        used = start + sum(measure(canvas, p) + gap for p in pieces[:keep])
        for choice in coming if keep <= 1 else coming[:1]:
            if used - gap + (2 + measure(canvas, choice) if choice else 0) <= canvas.width:
                for piece in pieces[:keep]:
                    start = write(canvas, start, 0, piece) + gap
                write(canvas, canvas.width - measure(canvas, choice), 0, choice)
                return
