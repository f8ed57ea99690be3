"""Everything a feed said, in the order in which it arrived.

The axis is POSIX time; where a feed names no instant of the gun, the gun is at the log's `origin`.
"""
# size: what was heard, and where on the axis it stands

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from feeds.feed import MOST_LIVE
from feeds.reading import Rejection, split_of
from feeds.seen import Run
from tracker.entries import Entries, ready
from tracker.latency import ByMat, Latency, mat_of
from tracker.race.book import Race
from tracker.race.columns import MANY
from tracker.race.seconds import Seconds
from tracker.race.snapshot import Counts
from tracker.raceclock import RaceClock

if TYPE_CHECKING:
    from feeds.events import Split
    from feeds.feed import Delivery, Link
    from feeds.reading import Reader, Said
    from feeds.seen import AnyEvent, Seen
    from tracker.entries import Kept

MOST_REJECTIONS = 10_000
"""Rejections kept to be shown; all are counted."""
MOST_HEARD = 200
"""Messages kept as they were received, to be shown."""
MOST_TIMED = 16
"""Splits of a run of which it is asked how late they came."""
PAUSE_S, LONGEST_BACKLOG_S = 1.0, 30.0
"""A feed that is joined tells what was before until it pauses, but no longer than this."""
AHEAD_S = 5.0
"""Seconds that an arrival may be ahead of a clock that is set back, before it is dated anew, and all is folded again."""
ALWAYS = -math.inf
"""The arrival of what was known from the start."""


class Heard(NamedTuple):
    """A message as it was received, and when, on the axis."""

    when_s: float
    delivery: Delivery
    refused: bool


class Log:  # size: what was heard, in one place; most of it are one-line answers
    """A feed's messages on the race's axis: `times[i]` is when `entry(i)` arrived, in order.

    What was received at an instant arrives then, by the race's own clock; only what a feed tells of the past when it is
    joined arrives when it happened, as if it had been heard. Deliveries without an instant wait until `settle` knows
    the gun: they arrive when they happened, or always were. `generation` changes when the past does.
    """

    def __init__(self, reader: Reader, origin: float | None = 0.0) -> None:
        self.reader = reader
        self.origin = origin
        self.clock = RaceClock()
        self.latency = Latency()
        self.by_mat = ByMat()
        self.times = Seconds(ALWAYS)
        self.links: list[tuple[float, Link]] = []
        self.heard: deque[Heard] = deque(maxlen=MOST_HEARD)
        self.ended = False
        self.generation = 0
        self._entries = Entries()
        self._waiting = Entries()
        self._past: Entries | None = Entries(self._entries.reads.begun())
        """What a feed has told of the past, in the order in which it came, at `_past_s`; none once that is over."""
        self._past_s = array("d")
        self._placed = 0
        """How many of those have their place."""
        self._joined_s = self._received_s = math.nan
        self._rejections: list[tuple[float, Rejection]] = []
        self._rejected = self._duplicates = 0
        self._begun: dict[str, float] = {}
        """When athletes' net clocks began, as it was known at their first net time: good enough for how late a feed is."""
        self._gunless = True
        """Whether the gun is not known yet, so that a split may move the beginning of the axis."""
        self._edge = Race(origin, self._entries.reads)

    def hear(self, link: Link, received_s: float | None = None) -> None:
        """Take the state of the source, as it was at an instant of receipt."""
        when = self.times[-1] if self.times else ALWAYS
        self.links.append((when if received_s is None else self.clock.at(received_s), link))
        self.ended = self.ended or link.state == "ended"

    def receive(self, delivery: Delivery) -> Said:
        """Take one message, and give what it said. What is no event is kept as a Rejection."""
        if delivery.received_s is not None:
            self._note(delivery.received_s)
        said = self.reader.read(delivery)
        self._take(delivery, said)
        return said

    def receive_all(self, deliveries: Sequence[Delivery]) -> list[Said]:
        """Take many that were received together, or of which that is not known of any; what each said, but for splits alike."""
        received_s = deliveries[0].received_s
        if received_s is not None:
            self._note(received_s)
        found, at = [], 0
        few: list[Split | Seen] = []
        for part in self.reader.read_all(deliveries):
            split = None if isinstance(part, Run) else split_of(part[1])
            if few and split is None:
                self._take_few(few, deliveries[at - len(few) : at], received_s)
                few = []
            if isinstance(part, Run):
                self._take_run(part, deliveries[at : at + len(part)], received_s)
                at += len(part)
                continue
            found.append(part[1])
            at += 1
            if split is None:
                self._take(*part)
            else:
                few.append(split)
        if few:
            self._take_few(few, deliveries[at - len(few) : at], received_s)
        return found

    def _take(self, delivery: Delivery, said: Said) -> None:
        received_s = delivery.received_s
        events = said if isinstance(said, tuple) else (said,)
        if received_s is None:
            for event in events:
                if event.__class__ is Rejection:
                    self._refuse(event, ALWAYS)
                elif event.kind != "heartbeat":  # type: ignore[union-attr]  # the test above is the faster one
                    self._waiting.put(event)  # type: ignore[arg-type]  # as above
            return
        for event in events:
            self._arrive(event, received_s)
        self.heard.append(Heard(self.clock.at(received_s), delivery, isinstance(said, Rejection)))

    def _take_few(self, splits: list[Split | Seen], deliveries: Sequence[Delivery], received_s: float | None) -> None:
        """Take splits in a row that were read one by one."""
        if received_s is None or len(splits) == 1 or (self._past is None and self._gunless):
            for delivery, split in zip(deliveries, splits, strict=True):
                self._take(delivery, (split,))
            return
        first = self._edge.read_count
        new = [n for n, split in enumerate(splits) if self._edge.receive(split)]
        for split in map(splits.__getitem__, new):
            if split.clock == "gun":  # it may be the start of a net clock
                self._edge.happened(split, self._begun)
        self._arrive_all(splits.__getitem__, new, first, len(splits) - len(new), received_s)
        self._heard_all(deliveries, received_s)

    def _take_run(self, run: Run, deliveries: Sequence[Delivery], received_s: float | None) -> None:
        if received_s is None:
            self._waiting.put_run(run)
            return
        if self._past is None and self._gunless:
            for split in run.each():
                self._arrive(split, received_s)
        else:
            first, new = self._edge.read_count, list[int]()
            for n, number in enumerate(self._edge.receive_run(run).tolist()):
                if number == first + len(new):
                    new.append(n)
            self._edge.begin(run, self._begun)
            self._arrive_all(run.seen, new, first, len(run) - len(new), received_s)
        self._heard_all(deliveries, received_s)

    def _heard_all(self, deliveries: Sequence[Delivery], received_s: float) -> None:
        when = self.clock.at(received_s)
        self.heard.extend(Heard(when, each, False) for each in deliveries[-MOST_HEARD:])

    def _arrive_all(
        self, split_at: Callable[[int], Split | Seen], new: Sequence[int], first: int, again: int, received_s: float
    ) -> None:
        """Splits, those at `new`, that the edge has just taken as the reads from `first` on, beside so many that it knew."""
        entries = self._entries if self._past is None else self._past
        end = self._edge.read_count
        self._duplicates += again
        if self._edge.shares(entries.reads):
            entries.follow(first, end)
        else:
            for n in new:
                entries.put(split_at(n))
        if self._past is not None:
            self._past_s.extend([received_s] * (end - first))
            return
        when = self.clock.at(received_s)
        self.times.extend([max(when, self.times[-1]) if self.times else when] * (end - first))
        asked = False
        for split in map(split_at, new[:: 1 + len(new) // MOST_TIMED]):
            if split.clock == "net" and split.athlete not in self._begun:
                if asked:  # when a clock began whose start was not heard takes a while to find out
                    continue
                asked = True
            self._time(split, when)

    def _time(self, split: Split | Seen, when: float) -> None:
        """How late a split was that arrived at an instant."""
        if (happened_s := self._edge.happened(split, self._begun)) is not None:
            delay_s = (when if (sent_s := split.sent_s) is None else sent_s) - happened_s
            self.latency.add(delay_s)
            self.by_mat.add(mat_of(split), delay_s)

    def _note(self, received_s: float) -> None:
        """Whether the feed still tells what was before: without a pause, and not for ever."""
        if math.isnan(self._joined_s):
            self.origin = None  # a source that brings its own instants needs none
            self._edge = Race(None, self._entries.reads)
            self._joined_s = self._received_s = received_s
        elif received_s - self._received_s > PAUSE_S or received_s - self._joined_s > LONGEST_BACKLOG_S:
            self.catch_up()
        self._received_s = max(self._received_s, received_s)  # it may have come before the program woke

    def _arrive(self, event: AnyEvent | Rejection, received_s: float) -> None:
        when = self.clock.at(received_s)
        if isinstance(event, Rejection):
            self._refuse(event, when)
        elif event.kind == "heartbeat":
            if event.at is not None:
                self.clock.hear(event.at.timestamp(), event.rate, received_s)
                self._redate(self.clock.at(received_s))
        elif not self._edge.receive(kept := ready(event)):
            self._duplicates += 1
        elif self._past is not None:
            self._keep(self._past, kept)
            self._past_s.append(received_s)
        else:
            if event.kind != "split":
                self._gunless = self._edge.gun_s is None
            elif self._gunless:
                self._begin([event])
            if event.kind == "split":
                self._time(event, when)
            self.times.append(max(when, self.times[-1]) if self.times else when)
            self._keep(self._entries, kept)

    def _keep(self, entries: Entries, event: Kept) -> None:
        """Put an event behind all others of its kind that the edge has just taken."""
        if event.kind == "split" and self._edge.shares(entries.reads):
            entries.follow(self._edge.read_count - 1, self._edge.read_count)
        else:
            entries.put(event)

    def _redate(self, now_s: float) -> None:
        """A race's clock that ran on while nothing was heard, or was not told yet, may have run ahead: what arrived, was heard,
        was refused, and was said of the link is not of later.
        """
        if self.times and self.times[-1] > now_s + AHEAD_S:
            end = bisect_right(self.times, now_s)
            ahead = len(self.times) - end
            self.times.cut(end)
            self.times.extend([now_s] * ahead)
            self.generation += 1
        for i in _later(self.links, now_s):
            self.links[i] = (now_s, self.links[i][1])
        for i in _later(self._rejections, now_s):
            self._rejections[i] = (now_s, self._rejections[i][1])
        for i in _later(self.heard, now_s):
            self.heard[i] = self.heard[i]._replace(when_s=now_s)

    def _refuse(self, rejection: Rejection, when: float) -> None:
        self._rejected += 1
        if len(self._rejections) < MOST_REJECTIONS:
            self._rejections.append((when, rejection))

    most = MOST_LIVE

    @property
    def heard_splits(self) -> int:
        """How many reads were heard, each once."""
        return self._edge.read_count

    @property
    def catching_up(self) -> bool:
        """Whether the feed still tells what was before it was joined."""
        return self._past is not None

    def place(self, *, anew: bool = True) -> int:
        """Give what a feed has told of the past its place there; of how many events the order is another now. Not `anew`: only
        what comes behind all before."""
        past = self._past
        if not past or self._go_on(past) or not anew:
            return 0
        if self._edge.gun_s is None:
            self._begin(past.kept(0, len(past)))
        at, found = self.clock.at, array("d")
        for heard_s, when in zip(self._past_s, past.arrivals(self._edge), strict=True):
            found.append(ALWAYS if when is None else min(at(heard_s), when))
        timed = [when for when in found if when != ALWAYS]
        gun_s = self._edge.gun_s
        known = min(min(timed, default=math.inf), at(self._joined_s), math.inf if gun_s is None else gun_s)
        times = array("d", (known if when == ALWAYS else when for when in found))
        for i in past.ends():  # an `end` came with the last of what was told, however much later the feed was joined
            times[i] = max(timed, default=known)
        self._put(times, past)
        self._placed = len(past)
        return len(past)

    def _go_on(self, past: Entries) -> bool:
        """Whether what a feed has told since the last time came behind all before, so that no order is another now: of which
        it is known when it was sent."""
        sent = past.sent_since(self._placed) if self._placed and self._entries.reads.shares(past.reads) else None
        if sent is None or (told := [*self.times[-1:], *sent]) != sorted(told):
            return False
        at, known = self.clock.at, 0
        for heard_s, alike in groupby(self._past_s[self._placed :]):
            known += sum(1 for _ in alike)
            if sent[known - 1] > at(heard_s):  # sent later than it was heard?
                return False
        self.times.extend(sent)
        self._entries.go_on(past, self._placed)
        self._placed = len(past)
        return True

    def _begin(self, events: Sequence[Kept]) -> None:
        """Where a live feed names no gun, its axis begins so that its latest time is now, at the latest: elapsed times are all
        it has.
        """
        longest = max((e.elapsed_s for e in events if e.kind == "split" and e.elapsed_s is not None), default=None)
        if longest is None or self._edge.gun_s is not None:
            return
        origin = self.clock.at(self._received_s) - longest
        if self.origin is None or origin < self.origin:
            self.origin, self._edge = origin, Race(origin=origin)
            for event in (*self._entries.kept(0, len(self)), *events):
                self._edge.receive(event)
            self.generation += 1

    def catch_up(self) -> None:
        """The past has been told: what comes now arrives when it is received."""
        if self.place():  # the edge goes on in the columns of what is in order now: they need not be kept twice
            self._edge = Race(self.origin, self._entries.reads)
            self._entries.tell(self._edge, 0, len(self._entries))
        self._past, self._past_s = None, array("d")
        self._gunless = self._edge.gun_s is None

    def woke(self, received_s: float) -> None:
        """Nobody could listen until this instant: no silence before it is the feed's."""
        self._received_s = max(self._received_s, received_s)

    def settle(self) -> None:
        """The source is at its end: give what waits its place, by the gun that is now known."""
        self.catch_up()
        waiting, self._waiting = self._waiting, Entries()
        # Who runs, and with which wave, tells when a read happened; nothing where it is said when each was sent.
        for event in waiting.said("race", "start", *(() if waiting.all_sent else ("athlete",))):
            self._edge.receive(event)
        self._set_axis(waiting)
        times = array("d", (ALWAYS if when is None else when for when in waiting.arrivals(self._edge)))
        last = max(times, default=ALWAYS)
        for i in waiting.ends():
            if times[i] == ALWAYS:
                times[i] = last  # else it would be known before the gun
        if len(self):
            times.extend(self.times)
            for told in self._entries.kept(0, len(self)):
                waiting.put(told)
        self._put(times, waiting)
        self._rejections.sort(key=lambda pair: pair[0])
        self.ended = True

    def _set_axis(self, waiting: Entries) -> None:
        """Instants are on the axis of instants, whatever is told of the gun, and when: by it, else by a split that tells
        its elapsed time as well, else without a gun.
        """
        if self.origin is None:
            return
        if self._edge.gun_s is not None:
            self.origin = self._edge.gun_s
            return
        told = waiting.kept(0, len(waiting))
        timed = [e for e in told if e.kind == "split" and e.at_s is not None]
        if not timed:
            return
        both = ((e.at_s, e.elapsed_s) for e in timed if e.clock == "gun")
        self.origin = min(
            (at_s - elapsed_s for at_s, elapsed_s in both if at_s is not None and elapsed_s is not None), default=None
        )
        self._edge = Race(origin=self.origin)
        for event in told:
            self._edge.receive(event)

    def _put(self, times: array[float], entries: Entries) -> None:
        """Be these events, in the order of their times; the end of a race behind all that came with it."""
        ends = entries.ends()
        order = _in_order(times)
        for i in ends:
            order.remove(i)
        for i in ends:
            order.insert(bisect_right(order, times[i], key=times.__getitem__), i)
        self.times = Seconds(ALWAYS, array("d", [times[i] for i in order]))
        self._entries = entries.sorted_by(order)
        self.generation += 1

    def __len__(self) -> int:
        return len(self._entries)

    def between(self, first: int, end: int) -> Sequence[AnyEvent]:
        """The events first … end − 1."""
        return self._entries.between(first, end)

    def tell(self, race: Race, first: int, end: int) -> None:
        """Tell a race the events first … end − 1; one that was begun by `race` stores none of them again."""
        self._entries.tell(race, first, end)

    def race(self) -> Race:
        """A race that was told nothing yet."""
        return Race(self.origin, self._entries.reads)

    def about(self, athlete: str | None, *, splits: bool = False) -> list[float]:
        """When anything arrived about an athlete or about nobody in particular, or only the athlete's splits."""
        of = self._entries
        return [self.times[i] for i in of.about(athlete) if not splits or of.is_split(i)]

    @property
    def gun_s(self) -> float | None:
        """The instant of the gun, by all that was said of it; else the origin."""
        return self._edge.gun_s if self._edge.gun_s is not None else self.origin

    def arrival(self, event: AnyEvent) -> float | None:
        """When a message without an instant of receipt arrives on the axis, by all that was said of the start."""
        return self._edge.arrival(event)

    @property
    def start_s(self) -> float | None:
        """The first instant at which anything arrived; none while nothing has one."""
        i = bisect_right(self.times, ALWAYS)
        return self.times[i] if i < len(self.times) else None

    @property
    def end_s(self) -> float | None:
        """The last instant at which anything arrived; none while nothing has one."""
        return self.times[-1] if self.times and self.times[-1] != ALWAYS else None

    @property
    def torn(self) -> str:
        """Why the source ends too early, in one line; empty when it does not."""
        return next((link.why for _, link in self.links if link.state == "torn"), "")

    def horizon(self, now_s: float) -> float:
        """The last instant by `now_s` until which the feed is known complete: silence says nothing after it."""
        lost_s = self.lost_s(now_s)
        return now_s - max(0.0, self.latency.p95_s or 0.0) if lost_s is None else lost_s

    def lost_s(self, now_s: float) -> float | None:
        """Since when the feed is lost at an instant: its last good contact; none while it is not."""
        i = bisect_right(self.links, now_s, key=itemgetter(0))
        lost = [when for when, link in _last_run(self.links[:i]) if link.state in ("stale", "offline")]
        return min(lost, default=None)

    def last_split_s(self, now_s: float) -> float:
        """When the last split by an instant arrived."""
        i = bisect_right(self.times, now_s)
        while i and not self._entries.is_split(i - 1):
            i -= 1
        return self.times[i - 1] if i else ALWAYS

    def rejections(self, now_s: float = math.inf) -> Sequence[Rejection]:
        """What was refused by then."""
        return [rejection for _, rejection in self._rejections[: self._refused_by(now_s)]]

    def counts(self, now_s: float = math.inf) -> Counts:
        """What the feed had given by then; unknown kinds, and rejections beyond those kept, as far as it was read."""
        full = self._rejected > len(self._rejections)
        return Counts(
            events=bisect_right(self.times, now_s),
            rejected=self._rejected if full else self._refused_by(now_s),
            duplicates=self._duplicates,
            unknown_kinds=sum(self.reader.unknown_kinds.values()),
        )

    def _refused_by(self, now_s: float) -> int:
        return bisect_right(self._rejections, now_s, key=itemgetter(0))


def _in_order(times: array[float]) -> array[int]:
    """The places of times from the first to the last, equal ones as they stand."""
    if len(times) < MANY:
        return array("i", sorted(range(len(times)), key=times.__getitem__))
    import numpy as np  # noqa: PLC0415 - so many are a field, which loads it anyway; a list of them takes ten times the room

    return array("i", np.argsort(np.frombuffer(times), kind="stable").astype(np.int32).tobytes())


def _later(kept: Sequence[tuple[Any, ...]], now_s: float) -> Iterator[int]:
    """Where those at the end are that are dated after an instant, the latest first."""
    for i in range(len(kept) - 1, -1, -1):
        if kept[i][0] <= now_s:
            return
        yield i


def _last_run(links: Sequence[tuple[float, Link]]) -> Iterator[tuple[float, Link]]:
    """What was said of the link since it was live."""
    for pair in reversed(links):
        if pair[1].state == "live":
            return
        yield pair


def next_time(times: Sequence[float], now_s: float) -> float:
    """The next arrival after an instant, infinite when there is none."""
    i = bisect_right(times, now_s)
    return times[i] if i < len(times) else math.inf
