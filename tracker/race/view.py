"""The snapshot: everything a screen needs of one runner, from what the feed has said so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.race.entry import Row
from tracker.race.gap import gap
from tracker.race.ghost import Recorded, ghost
from tracker.race.happened import happened, words
from tracker.race.marks import Sheet, with_gaps
from tracker.race.pieces import Schedule
from tracker.race.plan import Plan, parse_target
from tracker.race.position import Track, position, track
from tracker.race.projection.forecast import Forecast
from tracker.race.projection.model import Kind, Model
from tracker.race.projection.simple import project
from tracker.race.projection.told import OVERDUE, RACE_OVER, Told, told, with_outlook
from tracker.race.reading import Reading
from tracker.race.rivals import leader, pacers, rivals
from tracker.race.rotation import rotation
from tracker.race.schedule import explain, paced_to_m
from tracker.race.setup import Setup
from tracker.race.silence import Evidence, expected
from tracker.race.snapshot import Counts, Due, Gap, Phase, Rotation, Runner, Snapshot
from tracker.race.together import Run, together

NO_COUNTS = Counts()
MOST_OTHERS = 200
"""Athletes up to whom rivals are looked for one by one; a larger field has columns for it."""
UNTOLD_S = 10.0
"""Seconds by which a read may come late in a feed that does not tell when its reads came: silence since then says
nothing of the finish."""


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What is to be shown. None: whom and what the race itself names.

    `horizon_s`: the last instant until which the feed is known complete, none when that is now; `latency_s` is its
    median. `as_of_s`: since when the feed is lost, none when it is not: nothing is estimated beyond that. `beside`: the
    ids of others who are compared with the runner. `counts` are those of the log; what the book itself sees is added.
    Without a `model` no finish is projected; `prior` and `course` are the user's word on which population the runner is
    of, and on which course of the model ("none": unknown).
    """

    athlete: str | None = None
    target: Plan | str | None = None
    ghost: Recorded | None = None
    beside: tuple[str, ...] = ()
    counts: Counts = NO_COUNTS
    horizon_s: float | None = None
    latency_s: float = 0.0
    as_of_s: float | None = None
    model: Model | None = None
    prior: Kind | None = None
    course: str | None = None


def choose_plan(setup: Setup, wanted: Wanted) -> Plan | None:
    """The target: the one asked for, else the race's first."""
    if isinstance(wanted.target, Plan):
        return wanted.target
    if wanted.target is not None:
        # Before the course is described no schedule can be made; that is no reason to show nothing.
        return parse_target(wanted.target, setup.course, setup.plans) if setup.course.distance_m else None
    return setup.plans[0] if setup.plans else None


def choose_runner(setup: Setup, wanted: Wanted, runners: Sequence[Runner]) -> str:
    """Who is shown: the one asked for, the race's own, else the first of those who run; empty when there is nobody."""
    if wanted.athlete is not None:
        return wanted.athlete
    if setup.runner is not None:
        return setup.runner
    first = next((r for r in runners if r.role == "runner"), runners[0] if runners else None)
    return first.id if first is not None else ""


Others = Sequence[tuple[Runner, Sheet, Track]]


def snapshot(book: Reading, now_s: float, wanted: Wanted) -> Snapshot:  # size: one part a line
    """The race at an instant of the axis. ValueError when the target asked for cannot be read."""
    setup, runners = book.setup, book.runners()
    who = choose_runner(setup, wanted, runners)
    plan = choose_plan(setup, wanted)
    elapsed_s = None if setup.zero_s is None else now_s - setup.zero_s
    others = _others(book, who, runners, _known(setup, wanted, elapsed_s))
    run, against = _run(book, who, now_s, wanted, plan, others)
    sheet, way, over = run.sheet, run.way, bool(book.rows("end"))
    turn = _rotation(book, sheet, way, others)
    running = [other for other in others if other[0].role == "runner"]
    said = [row for kind in ("note", "conditions", "end") for row in book.rows(kind)]
    marks = with_gaps(sheet.marks, plan)
    last = next((m for m, own in zip(marks, sheet.marks, strict=True) if own is sheet.last), None)
    beside = ghost(wanted.ghost, sheet, way)
    return Snapshot(
        race=setup.info,
        course=setup.course,
        runner=run.runner,
        phase=run.phase,
        now_s=now_s,
        elapsed_s=elapsed_s,
        marks=marks,
        last=last,
        position=run.position,
        due=run.due,
        plan=plan,
        plans=setup.plans,
        gap=against,
        projection=run.projection,
        rotation=turn,
        schedule=_schedule(setup, sheet, turn, runners),
        happened=happened(setup, sheet, marks, turn, way, said),
        ghost=beside,
        together=together(run, _beside(book, who, now_s, wanted, (run, others)), beside),
        rivals=rivals(sheet, way, running),
        leader=leader(run.runner, sheet, running) if running else None,
        runners=runners,
        has_pacers=book.has_pacers,
        conditions=_conditions(said, now_s),
        over=over,
        begin_s=sheet.begin_s,
        counts=_counts(wanted.counts, sheet, book.other_races),
    )


def _beside(book: Reading, who: str, now_s: float, wanted: Wanted, known: tuple[Run, Others]) -> list[Run]:
    """Those who are compared with the runner, as far as they are in this race."""
    if not wanted.beside:
        return []
    run, others = known
    everybody = [(run.runner, run.sheet, run.way), *others]
    here = {runner.id for runner in book.runners()}
    return [
        _run(book, id, now_s, wanted, None, [other for other in everybody if other[0].id != id])[0]
        for id in dict.fromkeys(wanted.beside)
        if id != who and id in here
    ]


def _run(
    book: Reading, who: str, now_s: float, wanted: Wanted, plan: Plan | None, others: Others
) -> tuple[Run, Gap | None]:
    """A runner at an instant, and the gap to a plan. `others` tell whether a mat works."""
    setup, sheet = book.setup, book.sheet(who)
    elapsed_s = None if setup.zero_s is None else now_s - setup.zero_s
    out = sheet.status in ("DNF", "DSQ") or (sheet.status == "DNS" and not sheet.marks)
    phase, over = _phase(setup, sheet, who, elapsed_s, out=out), bool(book.rows("end"))
    basis = None if out else told_of(book, who, wanted, plan)
    ahead = basis.ahead if basis is not None else None
    evidence = _evidence(wanted, now_s, setup, sheet, ahead) if phase == "running" and not over else None
    moment = _known(setup, wanted, elapsed_s), _seen(book, who, sheet, now_s)
    way, coming = _expected(setup, plan, sheet, moment, others, evidence)
    against = None if out else gap(sheet, plan, way, coming)
    if against is not None and over and phase == "running":
        against = replace(against, metres=None, line_m=None)  # nothing is known of now
    projection = with_outlook(
        project(sheet, setup.course, None if out else plan, way, against),
        basis,
        setup.course,
        way.next,
        evidence.horizon_s if evidence else None,
        UNTOLD_S if wanted.horizon_s is None else 0.0,
        _lost(coming, over=over and phase == "running"),
    )
    place = position(way, sheet, coming, out=out or over, ahead=ahead)
    return Run(book.runner(who), sheet, way, phase, coming, place, projection), against


def _expected(
    setup: Setup,
    plan: Plan | None,
    sheet: Sheet,
    moment: tuple[float | None, tuple[float, float] | None],
    others: Others,
    evidence: Evidence | None,
) -> tuple[Track, Due | None]:
    """The runner's way and the mat waited for; none without evidence. `moment`: until when, and the latest position."""
    projected = evidence.ahead if evidence is not None else None

    def way_past(silent: frozenset[str]) -> Track:
        return track(sheet, setup.course, setup.plans, plan, *moment, silent, projected)

    if evidence is None:
        return way_past(frozenset()), None
    return expected(way_past, sheet, [(own, way) for _, own, way in others], evidence)


def _known(setup: Setup, wanted: Wanted, elapsed_s: float | None) -> float | None:
    """Until when anything may be estimated, since the gun: now, or the last contact with a feed that is lost."""
    if elapsed_s is None or setup.zero_s is None or wanted.as_of_s is None:
        return elapsed_s
    return min(elapsed_s, wanted.as_of_s - setup.zero_s)


def is_led(book: Reading, who: str = "") -> bool:
    """Whether a formation or a line leads somebody: the race's own runner, in a small field anybody."""
    led = bool(book.rows("formation") or book.rows("line"))
    return led and (who == book.setup.runner or len(book.runners()) <= MOST_OTHERS)


def told_of(book: Reading, who: str, wanted: Wanted, plan: Plan | None = None) -> Told | None:
    """What a runner's projection rests on."""
    if wanted.model is None:
        return None
    setup, sheet = book.setup, book.sheet(who)
    own = book.rows("athlete", who)
    return told(
        wanted.model,
        setup,
        sheet,
        plan,
        asked=wanted.prior,
        course=wanted.course,
        paced=is_led(book, who),
        division=own[0].get("division", "run") if own else "run",
    )


def _evidence(wanted: Wanted, now_s: float, setup: Setup, sheet: Sheet, ahead: Forecast | None) -> Evidence:
    """Until when silence counts for a runner."""
    horizon_s = now_s if wanted.horizon_s is None else min(now_s, wanted.horizon_s)
    return Evidence(_on_own_clock(horizon_s, setup, sheet), wanted.latency_s, ahead)


def _lost(coming: Due | None, *, over: bool) -> str:
    """Why nothing is known of the runner's finish any more."""
    return RACE_OVER if over else OVERDUE if coming is not None and coming.state == "overdue" else ""


def _on_own_clock(instant_s: float, setup: Setup, sheet: Sheet) -> float:
    return instant_s - (setup.zero_s or 0.0) - sheet.begin_s


def _phase(setup: Setup, sheet: Sheet, who: str, elapsed_s: float | None, *, out: bool) -> Phase:
    if not who and not setup.info.id:
        return "empty"
    if out:
        return "out"
    finish = sheet.finish
    if sheet.status == "finished" or (finish is not None and elapsed_s is not None):
        return "finished"
    return "before" if elapsed_s is None or (elapsed_s < 0 and not sheet.marks) else "running"


def _seen(book: Reading, who: str, sheet: Sheet, now_s: float) -> tuple[float, float] | None:
    """The latest position that is no mat's: metres, and seconds on the runner's clock."""
    rows = [row for row in book.rows("position", who) if row.get("at", now_s + 1) <= now_s]
    if not rows or book.setup.zero_s is None:
        return None
    row = max(rows, key=lambda row: (float(row["at"]), float(row["distance_m"])))
    return float(row["distance_m"]), _on_own_clock(row["at"], book.setup, sheet)


def _others(book: Reading, who: str, runners: Sequence[Runner], elapsed_s: float | None) -> Others:
    """Everybody else who was read, in a field small enough to look at one by one."""
    if len(runners) > MOST_OTHERS:
        return []
    setup = book.setup
    found = ((runner, book.sheet(runner.id)) for runner in runners if runner.id != who and book.saw(runner.id))
    return [
        (runner, sheet, track(sheet, setup.course, (), None, elapsed_s)) for runner, sheet in found if sheet.carrying
    ]


def _rotation(book: Reading, sheet: Sheet, way: Track, others: Others) -> Rotation | None:
    turn = rotation(
        book.rows("formation"), book.rows("line"), way, book.setup.zero_s, lambda id: book.runner(id).name or id
    )
    seen = pacers(sheet, others)
    if not seen:
        return turn
    return replace(turn or Rotation(inferred=False), pacers=seen)


def _schedule(setup: Setup, sheet: Sheet, turn: Rotation | None, runners: Sequence[Runner]) -> Schedule | None:
    to_m = paced_to_m(turn, setup.plans, runners, record_eligible=setup.info.record_eligible)
    return explain(sheet.marks, to_m, setup.course.distance_m, sheet.net_begin_s - sheet.begin_s)


def _conditions(said: Sequence[Row], now_s: float) -> str:
    """The latest weather that was said by now; what has no instant is from before the start."""
    told = [row for row in said if row["kind"] == "conditions" and row.get("at", now_s) <= now_s]
    latest = max(told, key=lambda row: (float(row.get("at", float("-inf"))), repr(row)), default=None)
    return words(latest) if latest else ""


def _counts(counts: Counts, sheet: Sheet, other_races: int) -> Counts:
    """The log's counts with what this runner's sheet adds."""
    refused = [m.rejected for m in sheet.marks if m.rejected is not None]
    quarantined = sum(reason.startswith("quarantined") for reason in refused)
    return replace(
        counts,
        rejected=counts.rejected + len(refused) - quarantined,
        quarantined=counts.quarantined + quarantined,
        flagged=counts.flagged + sum(m.flag is not None and m.rejected is None for m in sheet.marks),
        other_races=counts.other_races + other_races,
        before_gun=counts.before_gun + sheet.passings.before_gun,
    )
