"""Rows of words that stand under a finish time, each in several lengths; used with a model and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw import words
from tracker.draw.parts import Word, Words
from tracker.draw.waiting import mat

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.plan import Plan
    from tracker.race.snapshot import Gap, Snapshot

Choices = tuple[Words, ...]
"""A row of words in several lengths, the longest first."""


def row(label: str, value: str, *tails: str, column: int = 0) -> Choices:
    """A muted label, its value, and what follows in several lengths, the last of them nothing."""
    head = [Word(label.ljust(column - 1) + " ", "muted"), Word(value, "text")]
    return tuple([*head, Word(tail, "muted")] for tail in (*tails, ""))


def pace(seconds_per_km: float, look: Look) -> str:
    """A pace with its unit."""
    return words.pace(seconds_per_km, look.units) + words.per_unit(look.units)


def asked(plan: Plan, look: Look) -> str:
    """The pace a target asks for."""
    return pace(plan.finish_s / plan.distance_m * 1000, look)


def time_of(plan: Plan) -> str:
    """A target's finish time, tenths where it has them."""
    whole = abs(plan.finish_s - round(plan.finish_s)) < 0.05
    return words.clock(plan.finish_s, 1.0 if whole else 0.1)


def target(plan: Plan | None, look: Look, column: int) -> Choices:
    """The target and its pace."""
    if plan is None:
        return ([Word("no target", "muted")],)
    return row("target", f"{time_of(plan)} · {asked(plan, look)}", column=column)


def mean(snapshot: Snapshot, look: Look, column: int, *, with_target: bool) -> Choices:
    """The mean pace so far, beside what the target asks."""
    p, last = snapshot.projection, snapshot.last
    if p.mean_pace_s_per_km is None:
        return ([],)
    value = pace(p.mean_pace_s_per_km, look)
    to = f" to {mat(last, look)}" if last is not None else ""
    if with_target and snapshot.plan is not None:
        target_pace = asked(snapshot.plan, look)
        return row(
            "mean", value, f" · {snapshot.plan.name} asks {target_pace}", f" · asked {target_pace}", column=column
        )
    return row("mean", value, to, column=column)


def places(snapshot: Snapshot) -> int:
    """Decimals that the pace of the last stretch bears."""
    return words.pace_places(snapshot.projection.resolution_s, snapshot.projection.last_m or 0.0)


def last_stretch(snapshot: Snapshot, look: Look) -> tuple[str, str] | None:
    """`last 5 km`, `2:50.4/km`."""
    p = snapshot.projection
    if p.last_pace_s_per_km is None or not p.last_m:
        return None
    value = words.pace(p.last_pace_s_per_km, look.units, places(snapshot)) + words.per_unit(look.units)
    return f"last {words.mat_with_unit(p.last_m, '', look.units)}", value


def needed(snapshot: Snapshot, look: Look) -> str:
    """The pace that still meets the target; empty where there is none."""
    need = snapshot.projection.needed_pace_s_per_km
    return "" if need is None or need <= 0 else words.pace_cut(need, look.units) + words.per_unit(look.units)


def same_gap(gap: Gap, finish_s: float, column: int) -> Choices:
    """The finish if the gap stays as it is."""
    now = words.gap_with_unit(gap.seconds, gap.resolution_s)
    same = words.clock(finish_s, gap.resolution_s)
    return row("same gap", same, f", if {now} stays as it is", f", if {now} stays", column=column)


def last_and_needed(snapshot: Snapshot, look: Look, last: str, need: str) -> Choices:
    """Both in one row; where they do not fit, what is needed stays."""
    short = words.pace(snapshot.projection.last_pace_s_per_km or 0.0, look.units, places(snapshot))
    both = [Word(f"{last} ", "muted"), Word(short), Word(" · at most ", "muted"), Word(need)]
    return (both, *row("at most", need, " from here"))


def no_target(snapshot: Snapshot) -> Choices:
    """That there is none, nor pacers."""
    return ([Word("no target" if snapshot.rotation else "no target, no pacers", "muted")],)


def wanted(snapshot: Snapshot, need: str, look: Look, column: int) -> Choices:
    """The average that is needed from here; else the target, or that there is none, or that it is out of reach."""
    plan, per_km = snapshot.plan, snapshot.projection.needed_pace_s_per_km
    if plan is None:
        return no_target(snapshot)
    if need:
        return row("at most", need, f" from here for {time_of(plan)}", " from here", column=column)
    if per_km is not None and per_km <= 0:
        return ([Word(f"{time_of(plan)} is out of reach", "muted")],)
    return target(plan, look, column)
