"""What `check` finds in a feed: refused messages, torn ends, marks put aside or flagged, what was not understood.

Memory is bounded: messages are read, folded and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feeds.decode import Decoder
from feeds.feed import Delivery, Link
from tracker.draw.words import clock, zone_of
from tracker.opening import PROGRESS_EVERY
from tracker.race.book import Race

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Found:
    """What was found. `ill` counts what makes the check fail: refused, torn, quarantined."""

    race: Race = field(default_factory=Race)
    decoder: Decoder = field(default_factory=Decoder)
    messages: int = 0
    accepted: int = 0
    rejected: int = 0
    torn: int = 0
    quarantined: int = 0
    flagged: int = 0
    before_gun: int = 0

    @property
    def ill(self) -> int:
        """How many things make the check fail."""
        return self.rejected + self.torn + self.quarantined

    @property
    def unknown(self) -> int:
        """Messages of a kind that this version does not know."""
        return sum(self.decoder.unknown_kinds.values())


def examine(source: Iterable[Delivery | Link], found: Found, progress: Callable[[int], None]) -> Iterator[str]:
    """Fold a source into `found.race`; one line for each thing that is wrong, as it comes."""
    for item in source:
        if isinstance(item, Link):
            if item.state == "torn":
                found.torn += 1
                yield f"torn: {item.why}"
            continue
        found.messages += 1
        if found.messages % PROGRESS_EVERY == 0:
            progress(found.messages)
        events = found.decoder(item.raw, item.line)
        if isinstance(events, tuple):
            found.accepted += len(events)
            for event in events:
                found.race.receive(event)
        else:
            found.rejected += 1
            yield f"rejected: {events}"


def marks(found: Found) -> Iterator[str]:
    """One line for every mark that does not count or is flagged, once all is folded."""
    race = found.race
    for runner in race.runners():
        sheet = race.sheet(runner.id)
        found.before_gun += sheet.passings.before_gun
        for mark in sheet.marks:
            why = mark.rejected or mark.flag
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
    for kind, count in sorted(found.decoder.unknown_kinds.items()):
        yield f"unknown kind {kind!r}: {count} skipped"
    for name, count in sorted(found.decoder.unknown_fields.items()):
        yield f"unknown field {name}: ignored in {count}"
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
