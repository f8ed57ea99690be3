"""Legs, summed to the time since the athlete's own start. Rule: a hole makes the rest unknown; the order of messages makes no
difference where the order of the places is declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from feeds.profiles.passing import Passing


class Gone(NamedTuple):
    """A sum that was told and is none any more, and the revision that says so."""

    passing: Passing
    rev: int


class Legs:
    """The legs of everybody. A sum's revision is the sum of its legs' revisions, so that a newer leg makes a newer sum."""

    def __init__(self) -> None:
        self._legs: dict[str, dict[tuple[str, int], Passing]] = {}
        self._told: dict[str, dict[tuple[str, int], Passing]] = {}
        self._withdrawn: dict[tuple[str, str, int], int] = {}
        self._touched: dict[str, None] = {}

    def begin(self, athlete: str | None = None) -> None:
        """What comes now says everything anew, about one athlete or all: it gives the order, where none is declared."""
        if athlete is None:
            self._legs.clear()
        else:
            self._legs.pop(athlete, None)

    def put(self, leg: Passing) -> None:
        """Take a leg; one without a time is a hole."""
        own = self._legs.setdefault(leg.athlete, {})
        before = own.get(_name(leg))
        if before is None or _rank(leg) > _rank(before):
            own[_name(leg)] = leg
        self._touched[leg.athlete] = None

    def drop(self, athlete: str, place: str, lap: int | None) -> None:
        """A leg was withdrawn."""
        self._legs.get(athlete, {}).pop((place, lap or 1), None)
        self._touched[athlete] = None

    @property
    def waiting(self) -> bool:
        """Whether there is anything that was not summed yet."""
        return bool(self._touched)

    def touch_all(self) -> None:
        """The order has changed."""
        self._touched |= dict.fromkeys(self._legs)

    def told(self, order: Sequence[str]) -> Iterator[Passing | Gone]:
        """What has changed among the sums, by the order of the places' ids; by that of the legs where it is empty."""
        touched, self._touched = self._touched, {}
        for athlete in touched:
            before, now = self._told.get(athlete, {}), dict(self._sums(athlete, order))
            for name, leg in before.items():
                if name not in now:
                    self._withdrawn[(athlete, *name)] = leg.rev + 1
                    yield Gone(leg, leg.rev + 1)
            for name, leg in now.items():
                if name in before and before[name].content == leg.content:
                    now[name] = before[name]
                    continue
                rev = max(leg.rev, self._withdrawn.get((athlete, *name), -1) + 1)
                now[name] = leg._replace(rev=rev)
                yield now[name]
            self._told[athlete] = now

    def _sums(self, athlete: str, order: Sequence[str]) -> Iterator[tuple[tuple[str, int], Passing]]:
        """The sums of an athlete, up to the first hole."""
        own = self._legs.get(athlete, {})
        laps = max((lap for _, lap in own), default=0) if order else 0
        names = ((place, lap) for lap in range(1, laps + 1) for place in order) if order else iter(own)
        total_s, step_s, rev = 0.0, 0.0, 0
        for name in names:
            leg = own.get(name)
            if leg is None or leg.elapsed_s is None:
                return
            total_s, step_s, rev = total_s + leg.elapsed_s, max(step_s, leg.resolution_s or 0.0), rev + leg.rev
            yield name, leg._replace(clock="net", elapsed_s=round(total_s, 6), resolution_s=step_s or None, rev=rev)


def _name(leg: Passing) -> tuple[str, int]:
    return (leg.place.id, leg.place.lap or 1)


def _rank(leg: Passing) -> tuple[int, float, str]:
    return (leg.rev, -1.0 if leg.elapsed_s is None else leg.elapsed_s, str(leg.content))
