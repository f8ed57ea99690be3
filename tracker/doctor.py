"""What `check` finds in a feed: refused messages, torn ends, marks put aside or flagged, what was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feeds.decode import Decoder
from feeds.feed import Delivery, Link, together
from feeds.profiles.reader import ProfileReader
from feeds.reading import Reader, Rejection
from feeds.seen import Run, full
from tracker.draw.words import clock, zone_of
from tracker.log import MOST_REJECTIONS
from tracker.race.book import Race
from tracker.raceclock import RaceClock
from tracker.tally import Tally

PROGRESS_EVERY = 500

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Found:
    """What was found. `ill` counts what makes the check fail: refused, torn, quarantined."""

    reader: Reader = field(default_factory=Decoder)
    race: Race = field(default_factory=Race)
    tally: Tally = field(init=False)
    refused: list[Rejection] = field(default_factory=list)
    messages: int = 0
    accepted: int = 0
    rejected: int = 0
    torn: int = 0
    quarantined: int = 0
    flagged: int = 0
    before_gun: int = 0
    put_aside: Counter[str] = field(default_factory=Counter)
    """Marks that no gap, position or projection rests on, by the reason."""

    def __post_init__(self) -> None:
        self.tally = Tally(self.reader)

    @property
    def records(self) -> int:
        """Raw rows seen, refused ones included."""
        return self.reader.records if isinstance(self.reader, ProfileReader) else self.messages

    @property
    def ill(self) -> int:
        """How many things make the check fail."""
        return self.rejected + self.torn + self.quarantined

    @property
    def unknown(self) -> int:
        """Messages of a kind that this version does not know."""
        return sum(self.reader.unknown_kinds.values())


def folded(source: Iterable[Delivery | Link], found: Found, progress: Callable[[int], None]) -> Iterator[str]:
    """Fold a source into `found.race` and count no more than what was accepted; one line for each thing that is wrong."""
    for item in together(source):
        if isinstance(item, Link):
            yield from _torn(item, found)
            continue
        for part in found.reader.read_all(item):
            if isinstance(part, Run):
                found.race.receive_run(part)
                found.messages += len(part)
                found.accepted += len(part)
                continue
            _, said = part
            events = said if isinstance(said, tuple) else (said,)
            found.messages += len(events) or 1
            for event in events:
                if isinstance(event, Rejection):
                    yield _refused(event, found)
                else:
                    found.accepted += 1
                    found.race.receive(event)
        progress(found.messages)


def _torn(link: Link, found: Found) -> Iterator[str]:
    if link.state == "torn":
        found.torn += 1
        yield f"torn: {link.why}"


def _refused(rejection: Rejection, found: Found) -> str:
    found.rejected += 1
    if len(found.refused) < MOST_REJECTIONS:
        found.refused.append(rejection)
    return f"rejected: {rejection}"


def examine(source: Iterable[Delivery | Link], found: Found, progress: Callable[[int], None]) -> Iterator[str]:
    """Fold a source into `found.race` and keep the tally; one line for each thing that is wrong, as it comes."""
    race_clock = RaceClock()  # a race that was served again was received by its own time
    read, receive = found.reader.read, found.race.receive
    for item in source:
        if isinstance(item, Link):
            yield from _torn(item, found)
            continue
        said = read(item)
        before = found.messages
        events = said if isinstance(said, tuple) else (said,)
        found.messages += len(events) or 1
        if found.messages // PROGRESS_EVERY > before // PROGRESS_EVERY:
            progress(found.messages)
        for event in events:
            if isinstance(event, Rejection):
                yield _refused(event, found)
            else:
                found.accepted += 1
                receive(event)
                if event.kind == "heartbeat" and event.at is not None and item.received_s is not None:
                    race_clock.hear(event.at.timestamp(), event.rate, item.received_s)
                found.tally.take(full(event), None if item.received_s is None else race_clock.at(item.received_s))


def marks(found: Found) -> Iterator[str]:
    """One line for every mark that does not count or is flagged, once all is folded."""
    race = found.race
    for runner in race.runners():
        sheet = race.sheet(runner.id)
        found.before_gun += sheet.passings.before_gun
        for mark in sheet.marks:
            why = mark.rejected or mark.flag
            if not mark.carries:
                found.put_aside[(mark.rejected or mark.quality).partition(":")[0]] += 1
            if why is None:
                continue
            if mark.rejected is None:
                found.flagged += 1
                why = f"flagged: {why}"
            elif mark.rejected.startswith("quarantined"):
                found.quarantined += 1
            else:
                found.rejected += 1
                why = f"rejected: {why}"
            yield f"{why}: {runner.id}, {mark.checkpoint.name} in {clock(mark.elapsed_s, mark.resolution_s)}"


def remarks(found: Found) -> Iterator[str]:
    """What was passed over without harm: unknown kinds and fields, each named once, and what the race leaves unsaid."""
    for kind, count in sorted(found.reader.unknown_kinds.items()):
        yield f"unknown kind {kind!r}: {count} skipped"
    for name, count in sorted(found.reader.unknown_fields.items()):
        yield f"unknown field {name}: ignored in {count}"
    if found.reader.question:
        yield found.reader.question
    if not found.accepted:
        return
    shown = found.race.snapshot(0.0)
    if not shown.race.id:
        yield "no race message: the course is unknown, so there is neither gap nor projection"
    if shown.race.time_zone and zone_of(shown.race.time_zone) is None:
        yield f"unknown time zone {shown.race.time_zone!r}: times of day are shown in UTC"
    if shown.course.distance_m is not None:
        for mat in shown.course.checkpoints:
            if mat.distance_m is None:
                yield f"checkpoint {mat.id!r} has no place on the course: its distance_m is missing, or beyond the end"
    nameless = [runner.id for runner in shown.runners if not runner.name]
    if 0 < len(nameless) < len(shown.runners):
        yield f"unknown athletes, whom no message names: {len(nameless)}, first {nameless[0]!r}"


def as_json(found: Found, name: str) -> dict[str, Any]:
    """All counts under the names that `check --json` documents. Call it after `examine` and `marks`."""
    tally = found.tally
    latency, late, drifted = tally.latency(found.race)
    known = latency.count + latency.negative > 0
    return {
        "source": name,
        "records": found.records,
        "accepted": found.accepted if found.records == found.messages else found.records - found.rejected,
        "rejected": found.rejected,
        "athletes": tally.athletes,
        "mats": tally.mats,
        "events": tally.events,
        "rejections": [{"line": r.line, "field": r.field, "why": r.why} for r in found.refused],
        "duplicates": tally.duplicates,
        "revised": tally.revised,
        "late": late if known else None,
        "missed": tally.missed(found.race),
        "latency_s": {"p50": latency.median_s, "p95": latency.p95_s, "max": latency.max_s} if known else None,
        "negative": latency.negative if known else None,
        "drift": [{"mat": d.mat, "median_s": d.median_s, "shift_s": d.shift_s} for d in drifted],
        "quarantined": found.quarantined,
        "flagged": found.flagged,
        "before_gun": found.before_gun,
        "torn": found.torn,
        "unknown_kinds": found.reader.unknown_kinds,
        "unknown_fields": found.reader.unknown_fields,
        "not_used": dict(found.put_aside),
        "remarks": list(remarks(found)),
    }


def counts(found: Found) -> Iterator[str]:
    """What is in it, how late and how often changed, in words."""
    said = as_json(found, "")
    kinds = ", ".join(f"{count} {kind}" for kind, count in said["events"].items())
    counted = (f"{said[name]} {name[:-1] if said[name] == 1 else name}" for name in ("athletes", "mats"))
    yield f"{said['records']} records: {', '.join(counted)}; {kinds or 'nothing'}"
    yield f"{said['duplicates']} duplicates, {said['revised']} revised, {said['missed']} missed"
    if said["latency_s"] is not None:
        p50, p95, most = (words(said["latency_s"][name]) for name in ("p50", "p95", "max"))
        yield f"received p50 {p50}, p95 {p95}, at most {most} after; {said['late']} late, {said['negative']} before"
    for shift in said["drift"]:
        yield f"clock drift at {shift['mat']}: {shift['shift_s']:+.1f} s against the other mats"
    if said["not_used"]:
        yield "not used for gap and projection: " + ", ".join(f"{n} {why}" for why, n in said["not_used"].items())


def words(seconds: float | None) -> str:
    """A delay in words."""
    return "-" if seconds is None else f"{seconds:.1f} s" if seconds < 120 else clock(seconds)


def summary(found: Found) -> str:
    """All counts in one line."""
    counts = [
        (found.messages, "message" if found.messages == 1 else "messages"),
        (found.accepted, "accepted"),
        (found.rejected, "rejected"),
        (found.quarantined, "quarantined"),
        (found.flagged, "flagged"),
        (found.before_gun, "before the gun"),
        (found.unknown, "of unknown kind"),
        (found.torn, "torn"),
    ]
    shown = [f"{count} {name}" for i, (count, name) in enumerate(counts) if count or i < 4]
    return ", ".join(shown)
