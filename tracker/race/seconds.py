"""Times in a column, small: 32 bits each, as long as all are whole milliseconds within weeks of the first.

Rule: every time comes out exactly as it was put in.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, overload

GAP = -(1 << 31)
"""In place of a time that was not given."""
FURTHEST = (1 << 31) - 1
"""Milliseconds from the first that there is room for."""
FAR = 1e12
"""Seconds beyond which no millisecond is told apart."""
BY_ARRAYS = 1024
"""Times from which on arrays are quicker."""


class Seconds(Sequence[float]):
    """Seconds in the order in which they came; `none` is the one that stands for those that were not given.

    `held` are milliseconds since `first_ms`, or, once one was not to be told so, `wide`: the seconds.
    """

    def __init__(self, none: float, values: Iterable[float] = ()) -> None:
        self.none = none
        self.first_ms: int | None = None
        self.held: array[Any] = array("i")
        self.wide = False
        self.extend(values if isinstance(values, Sequence) else list(values))

    def __len__(self) -> int:
        return len(self.held)

    @overload
    def __getitem__(self, at: int) -> float: ...
    @overload
    def __getitem__(self, at: slice) -> array[float]: ...
    def __getitem__(self, at: int | slice) -> float | array[float]:
        held = self.held[at]
        if not isinstance(held, array):
            return self._told(held)
        if self.wide:
            return held
        if len(held) < BY_ARRAYS:
            return array("d", map(self._told, held))
        from tracker.race import bulk  # noqa: PLC0415 - loads numpy, as so many have already

        return array("d", bulk.seconds_of(self, held).tobytes())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seconds) and self[:] == other[:]

    __hash__ = None  # type: ignore[assignment]  # it changes

    def append(self, seconds: float) -> None:
        """Put one behind all others."""
        if not self.wide:
            if seconds == self.none:
                self.held.append(GAP)
                return
            ms = round(seconds * 1000) if abs(seconds) < FAR else None
            if ms is not None:
                if self.first_ms is None:
                    self.first_ms = ms
                held = ms - self.first_ms
                if ms / 1000 == seconds and abs(held) <= FURTHEST:
                    self.held.append(held)
                    return
            self.widen()
        self.held.append(seconds)

    def extend(self, values: Sequence[float]) -> None:
        """Put some behind all others, in their order."""
        if len(values) < BY_ARRAYS:
            for seconds in values:
                self.append(seconds)
            return
        from tracker.race import bulk  # noqa: PLC0415 - loads numpy, as so many have already

        bulk.hold(self, values)

    def cut(self, end: int) -> None:
        """Be without those from `end` on."""
        del self.held[end:]

    @property
    def whole(self) -> bool:
        """Whether every time was given."""
        return (self.none if self.wide else GAP) not in self.held

    def widen(self) -> None:
        """Hold the seconds themselves from now on."""
        if not self.wide:
            self.held, self.wide = self[:], True

    def _told(self, held: Any) -> float:
        if self.wide:
            return float(held)
        return self.none if held == GAP else ((self.first_ms or 0) + held) / 1000
