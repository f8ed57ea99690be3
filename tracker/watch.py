"""A live race being watched: the session whose log grows, and whose clock follows the race's own.

Rule: pause, rewind and seek are those of every session; only the edge of what is known is added.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from tracker import clock as clocks
from tracker.clock import Clock
from tracker.fold import Fold
from tracker.live import Live
from tracker.log import Log
from tracker.opening import WishError
from tracker.race.snapshot import EMPTY, Mode, Snapshot
from tracker.session import Session, Wish
from tracker.timeline import Timeline
from tracker.wiring import alive

if TYPE_CHECKING:
    from feeds.address import Opened
    from feeds.reading import Said
    from feeds.record import Recorder
    from tracker.draw.wire import Wire
    from tracker.race.book import Race

MOST_DELAY_S = 300.0
NO_WISH = Wish()
CONNECTING = replace(EMPTY, mode=Mode("offline", why="connecting", retry_in_s=0.0, is_live=True))
"""What is shown until the first answer."""
BEHIND_S = 1.5
"""Real seconds behind the edge from which on a view is said to be behind."""


class Watch(Session):
    """A session of a feed that goes on. `record` opens its tape with the first message; a delay that was set by key goes to
    `keep_delay` at the end.

    Patient, it waits when the feed has failed for good; a wish that cannot be fulfilled, and a tape that stops, are told
    to `complain`, what the user has to be asked to `asks`, else there.
    """

    is_live = True
    rest_s = 1.0

    def __init__(
        self,
        opened: Opened,
        wish: Wish = NO_WISH,
        *,
        record: Callable[[float], Recorder] | None = None,
        delay_s: float = 0.0,
        keep_delay: Callable[[float], None] = lambda _: None,
        patient: bool = True,
        heard: Callable[[Said], None] = lambda _: None,
        monotonic: Callable[[], float] = clocks.monotonic,
        wall: Callable[[], float] = clocks.wall,
    ) -> None:
        self._live: Live | None = None
        self._wall = wall
        self._delay_s, self._keep_delay = delay_s, keep_delay
        clock = Clock(edge=self._edge, delay_s=delay_s, source=monotonic)
        super().__init__(opened, replace(wish, speed=wish.speed or 1.0), clock=clock, first=CONNECTING)
        self.complain: Callable[[str], None] | None = None
        self.asks: Callable[[str], None] | None = None
        self._times: dict[str, Any] = {"monotonic": monotonic, "wall": wall}
        self._more: dict[str, Any] = {"record": record, "patient": patient, "heard": heard}
        self._open_wishes = {name: text for name in ("athlete", "target", "compare") if (text := getattr(wish, name))}
        self._known = (-1, -1)
        self._asked = ""
        self._tape_why = ""
        self._begin_at = wish.at
        clock.follow()

    def _edge(self) -> float:
        return self._live.race_now() if self._live is not None else self._wall()

    @property
    def live(self) -> Live:
        """The feed as it is read; only once it is loaded."""
        assert self._live is not None, "load() comes first"
        return self._live

    @property
    def catching_up(self) -> bool:
        """Whether the feed still tells what was before it was joined."""
        return self.timeline.fold.log.catching_up

    def load(self, progress: Callable[[int], None] | None = None) -> None:  # noqa: ARG002 - nothing is read yet
        """Make ready to listen; nothing is asked of the feed before `run`. FeedError, WishError as for a recording."""
        log = Log(self.opened.reader(), origin=None)
        self.playback.timeline = Timeline(Fold(log))
        self._reckon()
        self._live = Live(self.opened.feed(), log, changed=self.clock.stir, **self._more, **self._times)
        if self.wish.athlete:
            self._want(athlete=self.wish.athlete)
        if self.wish.ghost:
            self.set_ghost(self.wish.ghost)

    async def run(self, publish: Callable[[Snapshot], None]) -> None:
        """Listen, and publish what changes. FeedError when the feed fails for good and nobody waits."""
        listening = asyncio.create_task(self.live.run())
        showing = asyncio.create_task(super().run(publish))
        try:
            await asyncio.wait([listening, showing], return_when=asyncio.FIRST_EXCEPTION)
            for task in (listening, showing):
                if task.done():
                    task.result()
        finally:
            for task in (listening, showing):
                task.cancel()
            await asyncio.gather(listening, showing, return_exceptions=True)
            if self.clock.delay_s != self._delay_s:
                self._keep_delay(self.clock.delay_s)

    def take(self) -> Snapshot:
        """The race at the clock's instant, with what was wished for as soon as the feed has told of it."""
        self.clock.set_pace(self.timeline.fold.log.clock.rate)
        self.fulfil()
        if self.complain is not None and (why := self.live.tape_trouble) != self._tape_why:
            self._tape_why = why
            self.complain(why)
        self._begin()
        return super().take()

    def _begin(self) -> None:
        """Go back to the moment that was asked for, once the past has been told. WishError: nobody complains."""
        if not self._begin_at or self.catching_up or not len(self.timeline.fold.log):
            return
        at, self._begin_at = self._begin_at, ""
        try:
            self.playback.go(at)
        except ValueError as error:
            self._say(WishError(f"--at {error}"))

    def _say(self, error: WishError) -> None:
        if self.complain is None:
            raise error
        self.complain(str(error))

    def fulfil(self) -> None:
        """Find the runner and the target that were asked for among what is known by now. WishError: nobody complains."""
        self._ask()
        if not self._open_wishes:
            return
        final = self.timeline.final()
        known = (len(final.runners), int(final.course.known))
        if known == self._known:
            return
        self._known = known
        tries = {
            "athlete": (self.set_athlete, len(final.runners)),
            "compare": (self.set_compare, len(final.runners)),
            "target": (self.set_target, final.course.known),
        }
        for name, text in list(self._open_wishes.items()):
            wanted, possible = tries[name]
            if possible:
                try:
                    wanted((self.live.feed.vitals.runner if name == "athlete" else "") or text)
                    del self._open_wishes[name]
                except WishError as error:
                    self._refuse(name, error)

    def _ask(self) -> None:
        """What the reader has to ask, each question once."""
        question = self.timeline.fold.log.reader.question
        # A notice among the first frames is overlooked.
        ask = self.asks or (None if self.catching_up else self.complain)
        if question and question != self._asked and ask is not None:
            self._asked = question
            ask(question)

    def _refuse(self, name: str, error: WishError) -> None:
        """A runner may still come; a target that means nothing never will."""
        if name == "target":
            del self._open_wishes[name]
            self._say(error)

    def view(self, now_s: float, race: Race | None = None) -> Snapshot:
        """The race at an instant; how the link stands is that of now."""
        shown = super().view(now_s, race)
        if self.timeline.fold.log.ended:  # what is played again after the end is a recording
            return replace(shown, mode=replace(shown.mode, is_live=shown.mode.word == "ended"))
        return replace(shown, mode=self._linked(shown, now_s))

    def _linked(self, shown: Snapshot, now_s: float) -> Mode:
        live, log, paused = self.live, self.timeline.fold.log, self.clock.paused
        link: Literal["live", "stale", "offline"] = "live" if live.word in ("live", "ended") else "offline"
        if live.word == "stale":
            link = "stale"
        behind_s = live.race_now() - now_s
        away = paused or behind_s > max(self.clock.delay_s, BEHIND_S * log.clock.rate)
        return Mode(
            is_live=True,
            word="paused" if paused else link,
            link=link,
            rate=self.clock.rate,
            why=live.link.why,
            link_age_s=live.age_s if math.isfinite(live.age_s) else None,
            retry_in_s=live.retry_in_s,
            delay_s=max(0.0, behind_s) if away else self.clock.delay_s,
            horizon_s=log.lost_s(now_s),
            silent="race silent" if link == "live" and self._is_silent(shown, now_s) else "",
        )

    def _is_silent(self, shown: Snapshot, now_s: float) -> bool:
        """Whether bytes come, but nobody is read since somebody should have been."""
        due = shown.due
        if due is None or shown.elapsed_s is None or (due.state != "overdue" and not due.silent):
            return False
        since_s = due.eta_s if due.silent_since_s is None else due.silent_since_s
        return self.timeline.fold.log.last_split_s(now_s) < now_s - shown.elapsed_s + since_s

    def wire(self) -> Wire:
        """The feed itself, as it is now."""
        return alive(super().wire(), self.live)

    def delay(self, seconds: float) -> float:
        """Stay that much further behind the live edge, or less; the delay from now on, at most five minutes."""
        self.clock.set_delay(min(self.clock.delay_s + seconds, MOST_DELAY_S))
        return self.clock.delay_s

    def retry_now(self) -> float:
        """Do not wait for the next attempt, but for what the other side asked for: the seconds that are left of that."""
        return self.live.retry_now()
