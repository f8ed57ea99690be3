"""What is known about the feed itself at one moment, frozen: the link, what it said, what was refused, how late it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.race.snapshot import Counts


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """The link changed, at an instant of the axis; none where nobody knows when."""

    when_s: float | None
    word: str
    why: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """A message as it was received: its line, and how it begins."""

    when_s: float | None
    line: int
    text: str
    refused: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Refusal:
    """A message, or a row of one, that was refused."""

    line: int
    field: str
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Shift:
    """A mat whose clock differs: how much later (or, negative, earlier) its reads come than those of the others."""

    mat: str
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Wire:
    """Everything the feed screen shows. The newest of messages, changes and refusals come first.

    `latencies` are the latest delays in seconds, oldest first; `kb_per_h` is the mean since the first byte.
    """

    address: str = ""
    transport: str = ""
    profile: str = ""
    word: str = ""
    why: str = ""
    age_s: float | None = None
    retry_in_s: float | None = None
    changes: tuple[Change, ...] = ()
    messages: tuple[Message, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    counts: Counts = field(default_factory=Counts)
    time_zone: str | None = None
    median_s: float | None = None
    p95_s: float | None = None
    max_s: float | None = None
    latencies: tuple[float, ...] = ()
    shifts: tuple[Shift, ...] = ()
    connects: int = 0
    requests_per_min: float = 0.0
    bytes_in: int = 0
    kb_per_h: float | None = None
    tape: str = ""
    tape_bytes: int = 0
    tape_why: str = ""


EMPTY_WIRE = Wire()
