"""A race without a screen: one frame, one object or one line of a moment, or all of it as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tracker.draw.look import Look
from tracker.lines import event_line, moment_line
from tracker.race.snapshot import Snapshot
from tracker.report import frame_text, json_line
from tracker.session import Session

if TYPE_CHECKING:
    from feeds.events import Event

Write = Callable[[str], object]
Say = Callable[[Snapshot, "Event | None"], str]


def frame(session: Session, size: tuple[int, int], look: Look) -> str:
    """The race screen at the moment the session begins at."""
    return frame_text(session.view(session.begins_s), *size, look)


def as_json(look: Look) -> Say:
    """The documented object, for an event or for a moment."""
    return lambda snapshot, _: json_line(snapshot, look)


def as_line(look: Look) -> Say:
    """A line of text: what an event said, or the whole moment."""
    return lambda snapshot, event: moment_line(snapshot, look) if event is None else event_line(snapshot, event, look)


def changes(session: Session) -> Iterator[tuple[Snapshot, Event]]:
    """Each event that changed anything, with the race as it was known then.

    What was always known is told at the gun, or before it with the first that has an instant.
    """
    timeline = session.timeline
    log, fold = timeline.fold.log, timeline.fold
    bounds = timeline.bounds()
    first = bounds.gun_s if log.start_s is None else min(bounds.gun_s, log.start_s)
    fold.up_to(0)
    for when, event in zip(log.times, log.between(0, len(log)), strict=True):
        if fold.step():
            yield session.view(max(when, first), fold.race), event


async def stream(session: Session, write: Write, say: Say, *, paced: bool) -> None:
    """Write each change as it comes: at once, or at the clock's rate."""
    clock = session.clock
    started = False
    for snapshot, event in changes(session):
        if paced and not started:
            clock.seek(snapshot.now_s)
            started = True
        while paced and clock.now() < snapshot.now_s:
            await clock.sleep_until(snapshot.now_s)
        write(say(snapshot, event))


def run_stream(session: Session, write: Write, say: Say, *, paced: bool) -> None:
    """`stream` to its end."""
    import asyncio  # noqa: PLC0415 - one frame of text needs no event loop

    asyncio.run(stream(session, write, say, paced=paced))
