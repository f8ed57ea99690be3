"""A split as bare values, as a flood of them is made of: what many have in common, and the few that are its own.

Rule: it says what the validated message would say; loads no validation library.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from math import isnan
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from feeds.events import Event, Split


class Form(NamedTuple):
    """What many splits have in common."""

    race: str | None
    checkpoint: str | None
    distance_m: float | None
    occurrence: int | None
    clock: Literal["gun", "net"]
    device: str
    quality: str | None
    source: str | None
    resolution_s: float | None
    rounding: str
    provisional: bool
    synthetic: bool
    rev: int


Values: TypeAlias = tuple[str, float | None, float | None, float | None, int | None]
"""Athlete, elapsed seconds, `at` and `sent` as POSIX seconds, place."""

_form_of = itemgetter(*Form._fields)
_values_of = itemgetter("athlete", "elapsed_s", "at", "sent", "place")


def form_of(told: Mapping[str, Any]) -> Form:
    """What a model's fields have in common with many others."""
    return Form._make(_form_of(told))


def values_of(told: Mapping[str, Any]) -> Values:
    """The values of a model's fields that are its own."""
    athlete, elapsed_s, at, sent, place = _values_of(told)
    if at is not None:
        at = at.timestamp()
    if sent is not None:
        sent = sent.timestamp()
    return athlete, elapsed_s, at, sent, place


class _Seen(NamedTuple):
    form: Form
    values: Values
    message_id: str | None = None


class Seen(_Seen):
    """A split that was like one that was validated. Has the attributes of `Split`."""

    __slots__ = ()
    kind: Literal["split"] = "split"

    @property
    def athlete(self) -> str:
        """Who."""
        return self.values[0]

    @property
    def elapsed_s(self) -> float | None:
        """Since the start of `clock`."""
        return self.values[1]

    @property
    def at_s(self) -> float | None:
        """`at` as POSIX seconds."""
        return self.values[2]

    @property
    def sent_s(self) -> float | None:
        """`sent` as POSIX seconds."""
        return self.values[3]

    @property
    def at(self) -> datetime | None:
        """When it happened."""
        return _instant(self.values[2])

    @property
    def sent(self) -> datetime | None:
        """When it was published."""
        return _instant(self.values[3])

    @property
    def place(self) -> int | None:
        """The provider's."""
        return self.values[4]

    @property
    def race(self) -> str | None:
        """As in the message."""
        return self.form.race

    @property
    def checkpoint(self) -> str | None:
        """As in the message."""
        return self.form.checkpoint

    @property
    def distance_m(self) -> float | None:
        """As in the message."""
        return self.form.distance_m

    @property
    def occurrence(self) -> int | None:
        """As in the message."""
        return self.form.occurrence

    @property
    def clock(self) -> Literal["gun", "net"]:
        """As in the message."""
        return self.form.clock

    @property
    def device(self) -> str:
        """As in the message."""
        return self.form.device

    @property
    def quality(self) -> str | None:
        """As in the message."""
        return self.form.quality

    @property
    def source(self) -> str | None:
        """As in the message."""
        return self.form.source

    @property
    def resolution_s(self) -> float | None:
        """As in the message."""
        return self.form.resolution_s

    @property
    def rounding(self) -> str:
        """As in the message."""
        return self.form.rounding

    @property
    def provisional(self) -> bool:
        """As in the message."""
        return self.form.provisional

    @property
    def synthetic(self) -> bool:
        """As in the message."""
        return self.form.synthetic

    @property
    def rev(self) -> int:
        """As in the message."""
        return self.form.rev

    def full(self) -> Split:
        """The message that says this."""
        from feeds.events import Split  # noqa: PLC0415 - whoever wants the whole of it has loaded its model

        told: dict[str, Any] = {"kind": "split", "message_id": self.message_id, **self.form._asdict()}
        for name in ("athlete", "elapsed_s", "at", "sent", "place"):
            told[name] = getattr(self, name)
        given = {name: value for name, value in told.items() if value is not None}
        return Split.model_construct(_fields_set={*given}, **given)


@dataclass(frozen=True, slots=True)
class Run:
    """Splits alike that came one after the other, in columns: the n-th is of `forms[form[n]]`.

    NaN is an instant or a time that a split has not, 0 a place.
    """

    forms: Sequence[Form]
    form: NDArray[np.int32]
    athletes: Sequence[str]
    elapsed_s: NDArray[np.float64]
    at_s: NDArray[np.float64]
    sent_s: NDArray[np.float64]
    place: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.athletes)

    def seen(self, n: int) -> Seen:
        """The n-th, without its message id."""
        times = (self.elapsed_s[n], self.at_s[n], self.sent_s[n])
        elapsed_s, at_s, sent_s = (None if isnan(time_s) else float(time_s) for time_s in times)
        values = (self.athletes[n], elapsed_s, at_s, sent_s, int(self.place[n]) or None)
        return Seen(self.forms[self.form[n]], values)

    def each(self) -> Iterator[Seen]:
        """One by one."""
        return map(self.seen, range(len(self)))


AnyEvent: TypeAlias = "Event | Seen"


def full(event: AnyEvent) -> Event:
    """The message that says an event."""
    return event.full() if isinstance(event, Seen) else event


def _instant(posix_s: float | None) -> datetime | None:
    return None if posix_s is None else datetime.fromtimestamp(posix_s, UTC)
