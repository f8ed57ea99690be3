"""The projected finish: the figure, the chance of the target, the bands, and the plain figures beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw import finish, words
from tracker.draw.parts import Word, he
from tracker.draw.waiting import by_the_day, lost_at, of_day
from tracker.race.projection.project import IF_FINISHED

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.snapshot import Snapshot

TO = "−"
"""What stands between the ends of a band that is drawn as the figure: no size of figures has a dash."""


def figure(snapshot: Snapshot) -> str:
    """The median, by the clock on the wall where that leads; early in a mass race the band alone, to the minute."""
    p = snapshot.projection
    low_s, high_s = p.q10_s or 0.0, p.q90_s or 0.0
    if by_the_day(snapshot) and p.arrivals:
        home = p.arrivals[-1]
        return of_day(snapshot, home.eta_s) if p.point else _span(snapshot, home.q10_s, home.q90_s, TO)
    return words.clock(p.median_s or 0.0) if p.point else words.rough_clock(low_s) + TO + words.rough_clock(high_s)


def _span(snapshot: Snapshot, low_s: float, high_s: float, dash: str = " – ") -> str:
    """Two moments by the clock on the wall, from elapsed seconds."""
    return of_day(snapshot, low_s) + dash + of_day(snapshot, high_s)


def course_of(basis: str) -> str:
    """What of the basis stands beside the label: whether the course is known. `5 marks, elite, unknown course`."""
    return basis.rpartition(", ")[2] if basis.count(", ") > 1 else ""


def _tails(snapshot: Snapshot) -> tuple[str, ...]:
    """What follows the band: since when it is held, else what it rests on: marks and prior, the prior alone."""
    if lost := lost_at(snapshot):
        return (f", as of {lost}",)
    parts = snapshot.projection.basis.split(", ")
    parts = parts[:-1] if len(parts) > 2 else parts
    return tuple(f" · {said}" for said in (", ".join(parts), parts[-1]) if said)


def rows(snapshot: Snapshot, look: Look, room: int, column: int) -> list[finish.Choices]:
    """Chance, band, the figures without a model beside it, what is needed; in many rows also what it was fitted on."""
    p = snapshot.projection
    if by_the_day(snapshot) and p.arrivals:
        return _of_the_day(snapshot, look, room, column)
    nowhere = snapshot.over or (snapshot.due is not None and snapshot.due.state == "overdue")
    out = [*_chance(snapshot), _band("80 %", p.q10_s, p.q90_s, column, *_tails(snapshot))]
    last, need = finish.last_stretch(snapshot, look), "" if nowhere else finish.needed(snapshot, look)
    if room <= 3 and last and need:
        return [*out, finish.last_and_needed(snapshot, look, last[0], need)]
    if room >= 7 and p.q25_s is not None:
        out.append(_band("50 %", p.q25_s, p.q75_s, column))
    if p.even_pace_s is not None:
        out.append(finish.row("even pace", words.clock(p.even_pace_s), column=column))
    if room >= 7 and snapshot.plan is not None and p.goal_gap_s is not None and snapshot.gap is not None:
        out.append(finish.same_gap(snapshot.gap, p.goal_gap_s, column))
    if last:
        out.append(finish.row(*last, column=column))
    out.append(finish.wanted(snapshot, need, look, column))
    return [*out, *_warnings(snapshot)]


def _warnings(snapshot: Snapshot) -> list[finish.Choices]:
    """What the projection is not; that it holds for finishers only is said in the chance's own row where there is one."""
    p = snapshot.projection
    said = [warning for warning in p.warnings if warning != IF_FINISHED or p.p_target is None]
    return [([Word(warning, "muted")],) for warning in said]


def _chance(snapshot: Snapshot) -> list[finish.Choices]:
    """`60 % under 2:00:00, if he finishes`; nothing where there is no target for the whole way."""
    p, plan, last = snapshot.projection, snapshot.plan, snapshot.last
    if plan is None or p.p_target is None:
        return []
    late = last is not None and (last.distance_m or 0.0) >= words.SURE_FROM_M
    chance = Word(words.chance(p.p_target, late=late), "bright", True)
    under, who = f" under {finish.time_of(plan)}", he(snapshot.runner)
    condition = f", if {who} finish" if who == "they" else f", if {who} finishes"
    return [tuple([chance, Word(under + tail)] for tail in (condition, ""))]


def _band(name: str, low_s: float | None, high_s: float | None, column: int, *tails: str) -> finish.Choices:
    """`80 %  1:59:17 – 2:00:23 · 5 marks, paced`."""
    value = f"{words.clock(low_s or 0.0)} – {words.clock(high_s or 0.0)}"
    return finish.row(name if column else f"{name} ", value, *tails, column=column)


def _of_the_day(snapshot: Snapshot, look: Look, room: int, column: int) -> list[finish.Choices]:
    """An ordinary runner in a live race: the finish by the clock on the wall, and as a time of the race."""
    p, home, last = snapshot.projection, snapshot.projection.arrivals[-1], snapshot.last
    clock = f" {last.clock}" if last is not None and last.clock == "net" else ""
    own = f"{words.rough_clock(p.q10_s or 0.0)} – {words.rough_clock(p.q90_s or 0.0)}{clock}"
    out = [
        finish.row("80 %" if column else "80 % ", _span(snapshot, home.q10_s, home.q90_s), f"  {own}", column=column)
    ]
    if p.point and p.median_s is not None:
        out.append(finish.row("time", f"≈ {words.rough_clock(p.median_s)}{clock}", column=column))
    if room > 3:
        out.append(finish.mean(snapshot, look, column, with_target=False))
    if stretch := finish.last_stretch(snapshot, look):
        out.append(finish.row(*stretch, column=column))
    if lost := lost_at(snapshot):
        out.append(([Word(f"as of {lost}, held and not narrowed", "muted")], [Word(f"as of {lost}", "muted")]))
    else:
        out.append(finish.no_target(snapshot))
    return [*out, *_warnings(snapshot)]
