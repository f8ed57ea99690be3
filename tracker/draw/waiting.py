"""What the first panel says while there is no gap: before the gun, before a mark, without a target, after leaving."""

from __future__ import annotations

from dataclasses import dataclass, replace
from textwrap import wrap

from tracker.draw import words
from tracker.draw.figures import LARGE, can_draw
from tracker.draw.look import Look
from tracker.draw.parts import Word, Words
from tracker.race.snapshot import Due, Mark, Snapshot

NARROW = 36
"""Cells of the panel's words in the narrowest window that is drawn in full."""
NOTHING = "−:−−"
"""The figure of what is not known."""
AT_THE_EDGE = frozenset({"live", "stale", "offline"})
OVER = "the race is over"
OUT = {"DNF": "DID NOT FINISH", "DNS": "DID NOT START", "DSQ": "DISQUALIFIED"}


@dataclass(frozen=True, slots=True)
class Sight:
    """A label, a figure, its words. Each row of words comes in lengths, the longest first."""

    label: str
    figure: str
    rows: tuple[tuple[Words, ...], ...]
    ink: str = "bright"
    unit: str = ""
    about: bool = False
    note: str = ""
    chip: tuple[str, str] | None = None


def row(*lengths: str, ink: str = "text") -> tuple[Words, ...]:
    """A row in one ink."""
    return tuple([Word(text, ink)] for text in lengths)


def sight(snapshot: Snapshot, look: Look) -> Sight:
    """What to show where there is no gap."""
    if snapshot.phase == "empty":
        return Sight("GAP", NOTHING, _nothing(snapshot), "faint")
    if snapshot.phase == "out":
        return _out(snapshot, look)
    if snapshot.phase == "before":
        return _before(snapshot, look)
    if not snapshot.course.known:
        return _by_name(snapshot, look)
    if snapshot.phase == "finished" and snapshot.last is not None:
        return _home(snapshot, snapshot.last)
    if snapshot.last is None:
        return _first(snapshot, look)
    return _next(snapshot, snapshot.last, look)


def _nothing(snapshot: Snapshot) -> tuple[tuple[Words, ...], ...]:
    """Why there is no race: it has not been told yet, or the feed gives none, in up to three rows, of which a low window has two."""
    m = snapshot.mode
    if m.word != "offline" or m.why in ("", "connecting"):
        return (row("waiting for the race"),)
    lines = wrap(m.why, NARROW, max_lines=3, placeholder=" …", break_on_hyphens=False)
    return tuple(row(line, ink="behind") for line in lines)


def mat(mark: Mark, look: Look) -> str:
    """A mark's mat with its unit."""
    return words.mat_with_unit(mark.distance_m, mark.checkpoint.name, look.units)


def due_mat(due: Due, look: Look) -> str:
    """The next mat with its unit."""
    return words.mat_with_unit(due.checkpoint.distance_m, due.checkpoint.name, look.units)


def silent_mats(due: Due, look: Look) -> str:
    """`30 km`, `30 km and 35 km`: the mats that read nobody; empty while all work."""
    return " and ".join(words.mat_with_unit(mat.distance_m, mat.name, look.units) for mat in due.silent)


def of_day(snapshot: Snapshot, elapsed_s: float, *, seconds: bool = False) -> str:
    """An estimated moment by the clock on the wall, to the minute; elapsed where the gun is not known."""
    gun = snapshot.race.gun_s
    if gun is None:
        return words.clock(elapsed_s)
    return words.time_of_day(gun + elapsed_s, snapshot.race.time_zone, seconds=seconds, zone=False)


def by_the_day(snapshot: Snapshot) -> bool:
    """Whether times are those of the day: for an ordinary runner, without a target, in a live race."""
    return is_live(snapshot) and snapshot.plan is None and snapshot.race.gun_s is not None


def is_live(snapshot: Snapshot) -> bool:
    """Whether the race is heard as it happens, be the view paused or not."""
    return snapshot.mode.is_live or snapshot.mode.word in AT_THE_EDGE


def moment(snapshot: Snapshot, elapsed_s: float, resolution_s: float = 1.0) -> str:
    """`1:10:59`; for an ordinary runner in a live race `09:25`."""
    return of_day(snapshot, elapsed_s) if by_the_day(snapshot) else words.clock(elapsed_s, resolution_s)


def lost_at(snapshot: Snapshot) -> str:
    """`11:52`: the time of day until which a feed that is lost is known; empty while it is not lost."""
    lost_s = snapshot.mode.horizon_s
    return "" if lost_s is None else words.time_of_day(lost_s, snapshot.race.time_zone, seconds=False, zone=False)


def start_place(snapshot: Snapshot) -> str:
    """Where the start is, in words; empty if nobody said."""
    first = snapshot.course.waypoints[:1]
    if first and first[0].distance_m == 0 and first[0].name:
        return first[0].name.removeprefix("start").strip(" ·,") or snapshot.race.place or ""
    return snapshot.race.place or ""


def _before(snapshot: Snapshot, look: Look) -> Sight:
    elapsed, gun = snapshot.elapsed_s, snapshot.race.gun_s
    if elapsed is None:
        return Sight("START", NOTHING, (row("the gun has not gone"), row(_none_yet(snapshot))), "faint")
    text = words.running_clock(elapsed).removeprefix(words.MINUS)
    first = _none_yet(snapshot)
    if gun is not None:
        at = f"gun {words.time_of_day(gun, snapshot.race.time_zone)}"
        place = start_place(snapshot)
        first_row = row(f"{at} · {place}", at) if place else row(at)
    else:
        first_row = row("the gun's time of day is not known")
    rows = (first_row, _first_mark(snapshot, look), row(first, ink="muted"))
    return Sight("START IN", text, tuple(r for r in rows if r), unit="min" if text.count(":") == 1 else "")


def _none_yet(snapshot: Snapshot) -> str:
    return f"no {'gap' if snapshot.plan is not None else 'time'} before the first mark"


def _first_mark(snapshot: Snapshot, look: Look) -> tuple[Words, ...]:
    """Where the first mark is and when a pace line, else the target, is there."""
    due = snapshot.due
    first = due.checkpoint if due else snapshot.course.after(0.0)
    if first is None or first.distance_m is None:
        return ()
    lasers = [p for p in snapshot.plans if p.kind == "laser"]
    asked = [p.when(first.distance_m) for p in (*lasers, snapshot.plan) if p is not None]
    eta = due.eta_s if due else next((t for t in asked if t is not None), None)
    name = words.mat_with_unit(first.distance_m, first.name, look.units)
    return row(f"first mark {name}" + ("" if eta is None else f", due ≈ {words.clock(eta)}"), ink="estimated")


def _first(snapshot: Snapshot, look: Look) -> Sight:
    due, plan = snapshot.due, snapshot.plan
    none = row(_none_yet(snapshot))
    if snapshot.over:
        return Sight("LAST SEEN", NOTHING, (row(OVER), row("no mark of this race", ink="muted")), "faint")
    if due is None:
        return Sight("FIRST MARK", NOTHING, (none, row("no pace to expect it by", ink="muted")), "faint")
    due_text = f"{due_mat(due, look)} due ≈ {words.clock(due.eta_s)}"
    asked = plan.when(due.checkpoint.distance_m) if plan and due.checkpoint.distance_m is not None else None
    last = row(f"{plan.name} asks for {words.clock(int(asked))} there", ink="muted") if plan and asked else ()
    if due.state is not None:
        expected = row(f"{due_mat(due, look)} was due ≈ {words.clock(due.eta_s)}", due_text, ink="estimated")
        overdue = due.state == "overdue"
        late = row(f"overdue since {words.clock(due.overdue_from_s)}", ink="behind") if overdue else none
        rows = (expected, late, last)
        return Sight("FIRST MARK DUE", words.clock(due.eta_s), tuple(r for r in rows if r), "estimated", about=True)
    rows = (row(*(due_text + tail for tail in at_pace(snapshot, look)), ink="estimated"), none, last)
    return replace(_countdown(due, rows, look), label="FIRST MARK IN", note="")


def at_pace(snapshot: Snapshot, look: Look) -> tuple[str, ...]:
    """What an estimate before the first mark rests on: `, at the laser's 2:50/km`, shorter, nothing."""
    position = snapshot.position
    if position is None or position.pace_s_per_km is None:
        return ("",)
    pace = words.set_pace(position.pace_s_per_km, look.units) + words.per_unit(look.units)
    owner = "the laser's " if "laser" in position.basis else ""
    return f", at {owner}{pace}", f", at {pace}", ""


def _next(snapshot: Snapshot, last: Mark, look: Look) -> Sight:
    due = snapshot.due
    if snapshot.over:
        return _left_over(snapshot, last, look)
    elapsed = snapshot.elapsed_s or 0.0
    since = elapsed - last.elapsed_s
    age = words.ago(since) if since < 600 else f"{words.minutes(since)} ago"
    seen = row(f"last seen at {mat(last, look)} · {age}")
    no_gap = (
        row(f"no gap to {snapshot.plan.name} before {words.distance(snapshot.plan.from_m, look.units, 0)} {look.units}",
            f"no gap to {snapshot.plan.name} yet", ink="muted")
        if snapshot.plan else ()
    )  # fmt: skip
    if due is None:
        return Sight("NEXT ARRIVAL", NOTHING, tuple(r for r in (seen, no_gap) if r), "faint")
    at = of_day(snapshot, due.eta_s)
    window, limits = _window(snapshot, due)
    first = row(*_expected(snapshot, due, window), ink=_WORDED.get(due.state or "", "text"))
    if due.state is None and snapshot.race.gun_s is None:
        return _countdown(due, (row(f"due {window}"), seen, no_gap), look)
    tail = no_gap or (row(*limits, ink="muted") if due.state != "overdue" else ())
    if due.silent:
        named = f"{silent_mats(due, look)} silent"
        tail = row(f"{named}: nobody is read there", named, ink="muted")
    if lost := lost_at(snapshot):
        first = row(f"due {window}, as of {lost}", f"as of {lost}")
        tail = _unseen(snapshot)
    if due.silent or lost:
        seen, tail = tail, seen
    rows = tuple(r for r in (first, seen, tail) if r)
    return Sight("NEXT ARRIVAL", at, rows, "estimated", about=True, note=due_mat(due, look))


_WORDED = {"overdue": "behind", "late": "muted"}


def _window(snapshot: Snapshot, due: Due) -> tuple[str, tuple[str, ...]]:
    """`12:05 – 12:13`, without a model `≈ 12:08`; and from when on the mat is late and overdue, in lengths."""
    at, limit = of_day(snapshot, due.eta_s), of_day(snapshot, due.overdue_from_s)
    if due.q10_s is None or due.q90_s is None:
        limit = of_day(snapshot, due.overdue_from_s, seconds=limit == at)
        return f"≈ {at}", (f"overdue from {limit}",)
    ends = [of_day(snapshot, each) for each in (due.q10_s, due.q90_s)]
    if ends[0] == ends[1]:
        ends = [of_day(snapshot, each, seconds=True) for each in (due.q10_s, due.q90_s)]
    late = of_day(snapshot, due.late_from_s if due.late_from_s is not None else due.q90_s)
    overdue = f"overdue from {limit}"
    return " – ".join(ends), ((overdue,) if due.state == "late" else (f"late from {late} · {overdue}", overdue))


def _expected(snapshot: Snapshot, due: Due, window: str) -> tuple[str, ...]:
    """How the next mat is waited for, the longest first."""
    known = due.q10_s is not None
    if due.state == "overdue":
        at = of_day(
            snapshot, due.overdue_from_s, seconds=not known and of_day(snapshot, due.overdue_from_s) == window[2:]
        )
        return f"due {window}, overdue since {at}", f"overdue since {at}"
    if due.state == "late":
        until = due.late_from_s if due.late_from_s is not None else due.q90_s
        return (f"late, due until {of_day(snapshot, until)}" if until is not None else f"late, due {window}",)
    if due.state == "due":
        return f"due {window}, any moment now", f"due {window}"
    if due.state == "silent":
        return (f"was due {window}",)
    wait = f"in ≈ {words.minutes(due.in_s)}"
    return (*((f"due {window} (80 %) · {wait}",) if known else ()), f"due {window} · {wait}", f"due {window}")


def _left_over(snapshot: Snapshot, last: Mark, look: Look) -> Sight:
    """The race is over, and nobody said what became of the runner: the last mark stands, and nothing is waited for."""
    rows = (row(OVER), row("no time at the finish", ink="muted"))
    return Sight("LAST SEEN", moment(snapshot, last.elapsed_s, last.resolution_s), rows, note=mat(last, look))


def _unseen(snapshot: Snapshot) -> tuple[Words, ...]:
    """Of a feed that is lost: how old the last news is, and that silence says nothing."""
    since = words.minutes(snapshot.now_s - (snapshot.mode.horizon_s or snapshot.now_s))
    return row(f"last news {since} ago · nothing is late", f"last news {since} ago", ink="behind")


def _countdown(due: Due, rows: tuple[tuple[Words, ...], ...], look: Look) -> Sight:
    """Where nobody knows the time of day, how long it is still to be."""
    figure = words.running_clock(-due.in_s).removeprefix(words.MINUS)
    unit = "min" if figure.count(":") == 1 else ""
    shown = tuple(r for r in rows if r)
    return Sight("NEXT MARK IN", figure, shown, "estimated", unit, about=True, note=due_mat(due, look))


def _home(snapshot: Snapshot, last: Mark) -> Sight:
    at = of_day(snapshot, last.elapsed_s)
    time = words.clock(last.elapsed_s, last.resolution_s, hours=True)
    return Sight("ARRIVED", at, (row(f"finish in {time} · final"), row(f"{last.quality} at the finish", ink="muted")))


def _out(snapshot: Snapshot, look: Look) -> Sight:
    status, last, plan = snapshot.runner.status or "OUT", snapshot.last, snapshot.plan
    rows = [row("no mark of this race" if last is None else _last_seen(last, look))]
    if last is not None and last.gap_s is not None and plan is not None:
        there = words.gap_with_unit(last.gap_s, last.resolution_s)
        rows.append(row(f"{there} there, against {plan.name}", f"{there} there"))
    why = next((h.text for h in reversed(snapshot.happened) if h.kind == "status" and h.text), "")
    if why and why != status:
        rows.append(row(why, ink="muted"))
    figure = status if can_draw(status, LARGE) else NOTHING
    return Sight(OUT.get(status, status), figure, tuple(rows), "text")


def _last_seen(last: Mark, look: Look) -> str:
    return f"last seen at {mat(last, look)} · {words.clock(last.elapsed_s, last.resolution_s)}"


def _by_name(snapshot: Snapshot, look: Look) -> Sight:
    last = snapshot.last
    why = (row("no gap: the course is not known"), row("mats by name only", ink="muted"))
    if last is None:
        return Sight("LAST MARK", NOTHING, (row("no mark yet"), *why), "faint")
    age = words.ago((snapshot.elapsed_s or 0.0) - last.elapsed_s)
    first = row(f"{last.quality} at {mat(last, look)} · {age}", f"{mat(last, look)} · {age}", age)
    time = words.clock(last.elapsed_s, last.resolution_s)
    return Sight("LAST MARK", time, (first, *why), note=mat(last, look))
