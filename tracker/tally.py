"""What is in a feed, counted message by message: who, where, how often, how late, changed, missing. Rule: nothing is judged.

The counts do not depend on the order of the messages.
"""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from feeds.profiles.reader import ProfileReader
from tracker.latency import Latency, drift, mat_of
from tracker.race.entry import GROUP_AND_KEY

if TYPE_CHECKING:
    from feeds.events import Event, Split
    from feeds.reading import Reader
    from tracker.latency import Drift
    from tracker.race.book import Race

LATE_S = 60.0
GUESSED = ("estimated", "interpolated")
"""Qualities of what nobody was read at: neither late nor read."""


class _Heard(NamedTuple):
    """A passing with the instant at which it was received."""

    received_s: float
    mat: str
    event: Event


class Tally:
    """Counts what a reader gives."""

    def __init__(self, reader: Reader) -> None:
        self._profile = reader if isinstance(reader, ProfileReader) else None
        self.kinds: Counter[str] = Counter()
        self._athletes: set[str] = set()
        self._mats: set[tuple[str, str]] = set()
        self._seen: set[int] = set()
        self._duplicates = 0
        self._contents: dict[object, int] = {}
        self._revised: set[object] = set()
        self._read: dict[tuple[str, str], dict[str, float]] = {}
        self._heard: list[_Heard] = []

    def take(self, event: Event, received_s: float | None) -> None:
        """Count one event. `received_s`: when it was received, none where nobody knows."""
        self.kinds[event.kind] += 1
        if self._profile is None:
            self._compare(event)
        if event.kind == "split":
            self._athletes.add(event.athlete)
            self._passed(event)
        elif event.kind in ("status", "void", "position"):
            self._athletes.add(event.athlete)
        elif event.kind == "athlete" or (event.kind == "start" and event.scope == "athlete"):
            self._athletes.add(event.id)
        if self._profile is not None:
            received_s = event.sent.timestamp() if event.sent is not None else received_s
        if received_s is not None and (
            (event.kind == "split" and event.quality not in GUESSED)
            or (event.kind == "start" and event.scope == "athlete")
        ):
            self._heard.append(_Heard(received_s, mat_of(event) if event.kind == "split" else "start", event))

    def _compare(self, event: Event) -> None:
        """Whether the same was said before, or something else of the same thing."""
        bare = event.model_copy(update={"message_id": None})
        same = hash(bare)
        if same in self._seen:
            self._duplicates += event.kind != "heartbeat"
            return
        self._seen.add(same)
        key = _key(event)
        if key is None:
            return
        content = hash(bare.model_copy(update={"sent": None, "rev": 0}))
        if self._contents.setdefault(key, content) != content:
            self._revised.add(key)

    def _passed(self, event: Split) -> None:
        if event.quality in GUESSED:
            return
        race, mat = event.race or "", mat_of(event)
        self._mats.add((race, mat))
        when = event.elapsed_s if event.elapsed_s is not None else event.at.timestamp() if event.at else 0.0
        self._read.setdefault((race, event.athlete), {})[mat] = when

    @property
    def athletes(self) -> int:
        """Distinct athletes."""
        return len(self._athletes)

    @property
    def mats(self) -> int:
        """Distinct mats at which anybody was read."""
        return len(self._profile.mats if self._profile is not None else self._mats)

    @property
    def duplicates(self) -> int:
        """How often something came again just as it was."""
        return self._profile.duplicates if self._profile is not None else self._duplicates

    @property
    def revised(self) -> int:
        """Keys with more than one content, or that the provider says it touched again."""
        return len(self._profile.changed) if self._profile is not None else len(self._revised)

    @property
    def events(self) -> dict[str, int]:
        """Accepted rows or messages by kind."""
        return dict(sorted((self._profile.kinds if self._profile is not None else self.kinds).items()))

    def missed(self, race: Race) -> int:
        """(athlete, mat) holes before the athlete's furthest mat, the start included where anybody was read there."""
        reads = {key: set(mats) for key, mats in self._read.items()}
        for heard in self._heard if self._profile is not None else ():
            if heard.event.kind == "start" and (heard.event.race or "", "start") in self._profiled:
                reads.setdefault((heard.event.race or "", heard.event.id), set()).add("start")
        orders = {of: self._order(of, race) for of in {of for of, _ in reads}}
        return sum(max(orders[of][mat] for mat in mats) + 1 - len(mats) for (of, _), mats in reads.items() if mats)

    @property
    def _profiled(self) -> set[tuple[str, str]]:
        return self._profile.mats if self._profile is not None else set()

    def _order(self, of: str, race: Race) -> dict[str, int]:
        """The mats of one race in their order: by metres where all are known, else by when most came there."""
        shown = race.snapshot(0.0)
        metres = {mat.id: mat.distance_m for mat in shown.course.checkpoints} if of in ("", shown.race.id) else {}
        mats = {mat for named, mat in self._mats | {(n, m) for n, m in self._profiled if m == "start"} if named == of}
        if all(metres.get(mat) is not None for mat in mats):
            ordered = sorted(mats, key=lambda mat: (metres[mat] or 0.0, mat))
        else:
            times: dict[str, list[float]] = {mat: [] for mat in mats}
            for (named, _), read in self._read.items():
                for mat, when in read.items() if named == of else ():
                    times[mat].append(when)
            ordered = sorted(mats, key=lambda mat: (mat != "start", median(times[mat]) if times[mat] else 0.0, mat))
        return {mat: n for n, mat in enumerate(ordered)}

    def latency(self, race: Race) -> tuple[Latency, int, list[Drift]]:
        """The delays of all passings, how many were late, and the mats whose clock differs."""
        found, late = Latency(most=1_000_000), 0
        by_mat: dict[str, list[float]] = {}
        shown = race.snapshot(0.0).race.id
        for received_s, mat, event in self._heard:
            happened_s = race.happened(event) if event.at is not None or event.race in (None, shown) else None
            if happened_s is None:
                continue
            delay_s = received_s - happened_s
            found.add(delay_s)
            late += delay_s > LATE_S
            by_mat.setdefault(mat, []).append(delay_s)
        return found, late, drift(by_mat)


def _key(event: Event) -> object:
    if event.kind == "split":
        return ("split", event.race, event.athlete, event.checkpoint, event.distance_m, event.occurrence, event.clock)
    if event.kind == "heartbeat":
        return None
    return (event.kind, event.race, *GROUP_AND_KEY[event.kind](event))
