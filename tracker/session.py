"""A race being watched: what was opened, its log, its clock, and what the viewer wants to see. Gives snapshots.

Rule: every view is the fold of the log up to the clock's instant; nothing asks where the messages come from.
"""

from __future__ import annotations

import math
import shlex
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tracker.clock import Clock
from tracker.draw.look import Look
from tracker.draw.words import running_clock
from tracker.fold import Fold
from tracker.log import next_time
from tracker.opening import WishError, find_runner, read, recorded
from tracker.playback import Playback
from tracker.race.plan import parse_target
from tracker.race.snapshot import EMPTY, Mode, Snapshot
from tracker.race.together import MOST
from tracker.timeline import Timeline
from tracker.wiring import wired

if TYPE_CHECKING:
    from feeds.address import Opened
    from tracker.draw.wire import Wire
    from tracker.fieldnow import FieldNow
    from tracker.race.book import Race

FLOW_S = 0.25
"""Real seconds between snapshots while only time flows."""
FEED_S, NEWS_S = 0.1, 0.02
"""The same while a feed tells something: a flood of it costs ten frames a second, the first news after a while is shown
at once.
"""
KEY_S = 0.05
"""The same after something the viewer did, which is answered at once."""
SHIPPED_RATE, RECORDED_RATE = 60.0, 1.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for, as typed; empty where nothing was said."""

    at: str = ""
    speed: float | None = None
    target: str = ""
    athlete: str = ""
    ghost: str = ""
    compare: str = ""
    prior: str = ""
    course: str = ""


class Session:  # size: all that a viewer can want of a race, a line or two each
    """A race and the view of it. Until `load` has read the source, `snapshot` is what was given as `first`."""

    is_live = False
    rest_s = math.inf
    """Real seconds after which a view at rest is looked at again."""

    def __init__(
        self, opened: Opened, wish: Wish = Wish(), *, clock: Clock | None = None, first: Snapshot = EMPTY
    ) -> None:
        self.opened = opened
        self.wish = wish
        self.clock = clock or Clock()
        self.clock.set_rate(wish.speed or (SHIPPED_RATE if opened.is_shipped else RECORDED_RATE))
        self.snapshot = first
        self.begins_s = 0.0
        self.playback = Playback(self.clock)
        self._field: FieldNow | None = None

    @property
    def loaded(self) -> bool:
        """Whether the source has been read, so that every command works."""
        return self.playback.timeline is not None

    @property
    def timeline(self) -> Timeline:
        """The log's axis and its fold; only once it is loaded."""
        assert self.playback.timeline is not None, "load() comes first"
        return self.playback.timeline

    def load(self, progress: Callable[[int], None] | None = None) -> None:
        """Read the source to its end and fulfil the wish. Blocks: a screen calls it in a thread.

        FeedError: nothing to be read. WishError: read, but it has no such athlete, target, ghost or moment.
        """
        timeline = self.playback.timeline = Timeline(Fold(read(self.opened, progress)))
        try:
            self._reckon()
            if self.wish.athlete:
                self.set_athlete(self.wish.athlete)
            if self.wish.target:
                self.set_target(self.wish.target)
            if self.wish.compare:
                self.set_compare(self.wish.compare)
            if self.wish.ghost:
                self.set_ghost(self.wish.ghost)
            self.begins_s = timeline.moment(self.wish.at) if self.wish.at else timeline.bounds().gun_s
            self.clock.seek(self.begins_s)
        except BaseException as error:
            self.playback.timeline = None
            if type(error) is ValueError:
                raise WishError(f"--at {error}") from None
            raise

    def view(self, now_s: float, race: Race | None = None) -> Snapshot:
        """The race at an instant of the log's axis as the viewer wants to see it, by default as known then."""
        timeline = self.timeline
        log = timeline.fold.log
        horizon_s = log.horizon(now_s) if log.links or log.latency.count else None
        timeline.wanted = replace(
            timeline.wanted,
            counts=log.counts(now_s),
            horizon_s=horizon_s,
            latency_s=max(0.0, log.latency.median_s or 0.0),
            as_of_s=log.lost_s(now_s),
        )
        shown = timeline.view(now_s) if race is None else race.snapshot(now_s, timeline.wanted)
        return replace(shown, mode=self._mode(now_s))

    def take(self) -> Snapshot:
        """The race at the clock's instant; a clock that has run to a recording's end stands there from now on."""
        now, end_s = self.clock.now(), self.timeline.bounds().end_s
        if self.timeline.fold.log.ended and now > end_s and not self.clock.paused:
            self.clock.seek(end_s)
            self.clock.pause()
            now = end_s
        self.snapshot = self.view(now)
        return self.snapshot

    async def run(self, publish: Callable[[Snapshot], None]) -> None:
        """Publish what changes: four times a second while time flows, at once after a command; nothing at rest."""
        clock = self.clock
        shown: tuple[Any, ...] = ()
        woken = False
        while True:
            clock.hurried = False
            snapshot = self.take()
            taken_s = clock.real()
            if shown != (shown := self._seen()):
                publish(snapshot)
            flood, woken = woken, await clock.sleep_until(self._next_change(snapshot.now_s), self.rest_s)
            while (rest_s := taken_s + _rest_s(clock, woken=woken, flood=flood) - clock.real()) > 0:
                woken = await clock.sleep_until(math.inf, rest_s) or woken

    def _reckon(self) -> None:
        """Project with the prior and on the course that were asked for. WishError where the course is not known."""
        prior, course = self.wish.prior, self.wish.course
        try:
            self.timeline.reckon(prior, course)
        except ValueError as error:
            raise WishError(f"--course: {error}") from None

    def set_target(self, text: str) -> None:
        """Compare with another schedule: a plan's name, a time, a pace. WishError with one clear line."""
        final = self.timeline.final()
        try:
            self._want(target=parse_target(text, final.course, final.plans))
        except ValueError as error:
            raise WishError(f"--{error}") from None

    def set_athlete(self, text: str) -> None:
        """Watch another runner: by id, bib, name or surname. WishError names the nearest."""
        final, wanted = self.timeline.final(), self.timeline.wanted
        chosen, before = find_runner(final.runners, text).id, wanted.athlete or final.runner.id
        # Who is watched is compared with nobody but others: whoever was watched before takes their place.
        self._want(athlete=chosen, beside=tuple(before if id == chosen else id for id in wanted.beside))

    def set_ghost(self, name: str) -> None:
        """Put another recorded race beside this one, or none. Blocks while it is read. FeedError, WishError."""
        self._want(ghost=recorded(name) if name else None)
        self.wish = replace(self.wish, ghost=name)

    def set_compare(self, text: str) -> None:
        """Compare the runner with others: ids, bibs or names, with commas; nothing: with nobody. WishError."""
        runners = self.timeline.final().runners
        names = [name for name in text.split(",") if name.strip()]
        if len(names) >= MOST:
            raise WishError(f"--compare: {len(names)} others, up to {MOST - 1} can be compared with a runner")
        self._want(beside=tuple(dict.fromkeys(find_runner(runners, name).id for name in names)))

    def toggle_beside(self, text: str) -> bool:
        """Compare with one more, or no longer with one who is compared; whether they are now. WishError."""
        final, wanted = self.timeline.final(), self.timeline.wanted
        id = find_runner(final.runners, text).id
        if id == (wanted.athlete or final.runner.id):
            raise WishError("that is the runner you watch")
        if id in wanted.beside:
            self._want(beside=tuple(each for each in wanted.beside if each != id))
            return False
        if len(wanted.beside) >= MOST - 1 - (wanted.ghost is not None):
            raise WishError(f"up to {MOST} can be compared, a ghost among them: take one away first")
        self._want(beside=(*wanted.beside, id))
        return True

    def wanted(self) -> Wish:
        """What shows this moment again, to the millisecond and at this rate."""
        shown, wanted = self.snapshot, self.timeline.wanted
        at = "" if shown.elapsed_s is None else _exact(shown.elapsed_s)
        target = shown.plan.name if shown.plan is not None and wanted.target is not None else ""
        return replace(
            self.wish, at=at, speed=self.clock.rate, target=target, athlete=wanted.athlete or "",
            compare=",".join(wanted.beside),
        )  # fmt: skip

    def command(self, units: str = "km") -> str:
        """The command that shows this moment again, to the second."""
        wanted, elapsed_s = self.wanted(), self.snapshot.elapsed_s
        at = "" if elapsed_s is None else running_clock(elapsed_s).replace("−", "-")
        flags = {"at": at, "target": wanted.target, "athlete": wanted.athlete, "ghost": wanted.ghost}
        flags["compare"] = wanted.compare
        flags |= {"prior": self.wish.prior, "course": self.wish.course}
        flags["units"] = "" if units == "km" else units
        words = [f"--{flag}={shlex.quote(value)}" for flag, value in flags.items() if value]
        return " ".join([f"paceline {'watch' if self.is_live else 'replay'}", shlex.quote(self.opened.name), *words])

    def field(self) -> FieldNow:
        """Everybody at the moment on show. Loads numpy."""
        from tracker.fieldnow import FEW, MOST, FieldNow  # noqa: PLC0415  numpy is loaded where there is a field

        fold = self.timeline.fold
        race = fold.to(self.snapshot.now_s)
        if self._field is None:
            self._field = FieldNow(race.field())
        return self._field.take(race, self.snapshot, self.timeline.wanted, FEW if fold.log.catching_up else MOST)

    def wire(self) -> Wire:
        """The feed itself: of a recording, what had come by the moment on show."""
        now_s, timeline = self.snapshot.now_s, self.timeline
        return wired(timeline.fold.log, now_s, self.opened, self.snapshot.race.time_zone)

    def _want(self, **changes: Any) -> None:
        self.timeline.wanted = replace(self.timeline.wanted, **changes)
        self.clock.wake()

    def _mode(self, now_s: float) -> Mode:
        log, mode = self.timeline.fold.log, Mode(rate=self.clock.rate, delay_s=self.clock.delay_s)
        if log.ended and now_s >= self.timeline.bounds().end_s:
            return replace(mode, word="ended")
        return replace(mode, word="paused") if self.clock.paused else mode

    def _seen(self) -> tuple[Any, ...]:
        """What tells one snapshot from another."""
        shown, wanted, mode = self.snapshot, self.timeline.wanted, self.snapshot.mode
        feed = (len(self.timeline.fold.log), len(self.timeline.fold.log.links))
        link = (mode.word, mode.why, *(s if s is None else math.floor(s) for s in (mode.link_age_s, mode.retry_in_s)))
        return (
            shown.now_s,
            link,
            mode.link,
            mode.rate,
            math.floor(mode.delay_s),
            wanted.athlete,
            wanted.target,
            wanted.ghost,
            wanted.beside,
            feed,
        )

    def _next_change(self, now_s: float) -> float:
        """The next instant at which something can look different: a message arrives, or a shown second ends."""
        gun_s = self.timeline.bounds().gun_s
        second = gun_s + math.floor(now_s - gun_s + 1e-6) + 1.0
        return min(second, next_time(self.timeline.fold.log.times, now_s))


def _rest_s(clock: Clock, *, woken: bool, flood: bool) -> float:
    """Real seconds between two snapshots. `flood`: news of the feed brought the one before, too."""
    if woken and not clock.hurried:
        return FEED_S if flood else NEWS_S
    return KEY_S if woken else FLOW_S


def _exact(elapsed_s: float) -> str:
    """An elapsed time as `--at` takes it: `1:12:03`, `-0:04:10.25`."""
    seconds, thousandths = divmod(round(abs(elapsed_s) * 1000), 1000)
    rest = f".{thousandths:03d}".rstrip("0") if thousandths else ""
    sign = "-" if elapsed_s < 0 else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{rest}"


@dataclass(frozen=True, slots=True)
class ScreenOptions:
    """What the screens are started with. `open` makes a session of a name or path (FeedError when there is none).

    `places` tells where the runner of a race is to be met, as typed, and `keep_places` keeps that for the next time;
    `follows` and `keep_follows` do so for the ids of those who are followed in its field.
    """

    open: Callable[[str, Wish], Session]
    session: Session | None
    look: Look
    theme: str = ""
    mouse: bool = True
    wish: Wish = Wish()
    bell: bool = False
    places: Callable[[str], str] = lambda _: ""
    keep_places: Callable[[str, str], None] = lambda *_: None
    follows: Callable[[str], Collection[str]] = lambda _: ()
    keep_follows: Callable[[str, Collection[str]], None] = lambda *_: None
