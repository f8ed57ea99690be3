"""A race without a screen: one frame, one object or one line of a moment, or all of it as a stream."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tracker.draw.look import Look
from tracker.fold import Fold
from tracker.lines import event_line, moment_line
from tracker.opening import no_feed
from tracker.race.snapshot import Snapshot
from tracker.report import frame_text, json_line
from tracker.session import Session

if TYPE_CHECKING:
    from feeds.seen import AnyEvent
    from tracker.watch import Watch

Write = Callable[[str], object]
Say = Callable[[Snapshot, "AnyEvent | None"], str]


def frame(session: Session, size: tuple[int, int], look: Look) -> str:
    """The race screen at the moment the session begins at."""
    return frame_text(session.view(session.begins_s), *size, look)


def as_frame(size: tuple[int, int], look: Look) -> Say:
    """The race screen."""
    return lambda snapshot, _: frame_text(snapshot, *size, look)


def as_json(look: Look) -> Say:
    """The documented object, for an event or for a moment."""
    return lambda snapshot, _: json_line(snapshot, look)


def as_line(look: Look) -> Say:
    """A line of text: what an event said, or the whole moment."""
    return lambda snapshot, event: moment_line(snapshot, look) if event is None else event_line(snapshot, event, look)


def changes(session: Session) -> Iterator[tuple[Snapshot, AnyEvent]]:
    """Each event that changed anything, with the race as it was known then.

    What was always known is told at the gun, or before it with the first that has an instant.
    """
    timeline = session.timeline
    log, fold = timeline.fold.log, timeline.fold
    bounds = timeline.bounds()
    first = bounds.gun_s if log.start_s is None else min(bounds.gun_s, log.start_s)
    fold.up_to(0)
    for when, event in _arrived(fold, math.inf):
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


async def live_stream(session: Watch, write: Write, say: Say, *, once: bool) -> None:
    """Write each change as it is heard, what was before first; once: the moment at which that has been told, and end.

    FeedError when the feed fails for good, or has said nothing of a race.
    """
    import asyncio  # noqa: PLC0415 - one frame of text needs no event loop

    fold, clock = Fold(session.timeline.fold.log), session.clock
    log = fold.log
    listening = asyncio.create_task(session.live.run())
    try:
        while True:
            over = listening.done()
            if over or not log.catching_up:
                session.fulfil()
                if once and (len(log) or not (over or log.rejections())):  # an answer without a message is one as well
                    write(say(session.take(), None))
                    return
                for when, event in _arrived(fold, math.inf if over else clock.now()):
                    write(say(session.view(when, fold.race), event))
                refused = log.rejections() if not len(log) else []
                if over:
                    listening.result()
                if refused or (over and not len(log)):  # all that it had to tell at first is none of ours
                    raise no_feed(session.opened.name, *map(str, refused))
            if over:
                return
            await clock.sleep_until(math.inf, session.rest_s)
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


def _arrived(fold: Fold, now_s: float) -> Iterator[tuple[float, AnyEvent]]:
    """What has arrived by now and changed anything, folded one by one."""
    log = fold.log
    while fold.at < len(log) and (when := log.times[fold.at]) <= now_s:
        (event,) = log.between(fold.at, fold.at + 1)
        if fold.step():
            yield when, event


def run_live(session: Watch, write: Write, say: Say, *, once: bool = False) -> None:
    """`live_stream` to its end."""
    import asyncio  # noqa: PLC0415 - as above

    asyncio.run(live_stream(session, write, say, once=once))


def run_stream(session: Session, write: Write, say: Say, *, paced: bool) -> None:
    """`stream` to its end."""
    import asyncio  # noqa: PLC0415 - one frame of text needs no event loop

    asyncio.run(stream(session, write, say, paced=paced))
