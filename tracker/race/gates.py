"""The fewest straight lines from the start through gates: a path that may turn anywhere, not only at a gate.

Rule: geometry alone. A gate is an upright stretch that the path has to cross; between gates nothing is in its way.
The plane without what lies above and below the gates has no holes, so that the greedy path of windows is a shortest
one (Suri 1986): every line is followed until no line of its kind reaches the next gate; the line that comes nearest
to that gate is the window, and the next line may begin at any point of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

FAR = 1e7
SLACK = 1e-9


class Gate(NamedTuple):
    """At `x` the path passes between `low` and `high`."""

    x: float
    low: float
    high: float


class Straight(NamedTuple):
    """y = at0 + slope · x."""

    at0: float
    slope: float

    def y(self, x: float) -> float:
        """The height at x."""
        return self.at0 + self.slope * x


class Window(NamedTuple):
    """A stretch of a line on which the next line may begin; `up` where that has to climb away from it."""

    line: Straight
    from_x: float
    to_x: float
    up: bool


class Path(NamedTuple):
    """Lines from (0, 0), by their slopes, and where one gives way to the next."""

    turns: tuple[float, ...]
    slopes: tuple[float, ...]


class Fan(NamedTuple):
    """Lines that are alike: a convex set, by its corners. They leave the window between `from_x` and `to_x`."""

    corners: tuple[Straight, ...]
    from_x: float
    to_x: float


def fewest(gates: Sequence[Gate], slopes: tuple[float, float], most: int) -> Path | None:
    """A path of the fewest lines from (0, 0) through all gates; none where `most` lines are too few.

    Gates lie in order of x, all beyond 0; `slopes` are the least and the greatest that a line may have.
    """
    path = Path((), ())
    fans = [Fan((Straight(0.0, slopes[0]), Straight(0.0, slopes[1])), 0.0, 0.0)]
    window: Window | None = None
    i = 0
    while fans and len(path.slopes) < most:
        i, fans = _through(gates, i, fans)
        if i == len(gates):
            return _with(path, fans[0].corners[0], fans[0], window)
        found, fan = _window(gates[i], fans, window)
        path = _with(path, found.line, fan, window)
        window, fans = found, _from(gates, i, found, slopes)
    return None


def _with(path: Path, line: Straight, fan: Fan, window: Window | None) -> Path:
    """The path with one more line."""
    turns = path.turns if window is None else (*path.turns, _turn(line, fan, window))
    return Path(turns, (*path.slopes, line.slope))


def _through(gates: Sequence[Gate], i: int, fans: list[Fan]) -> tuple[int, list[Fan]]:
    """The first gate from i on that no line of the fans passes, and the lines that pass all before it."""
    while i < len(gates):
        kept = [fan._replace(corners=inside) for fan in fans if (inside := _pass(fan.corners, gates[i]))]
        if not kept:
            break
        fans, i = kept, i + 1
    return i, fans


def _window(missed: Gate, fans: Sequence[Fan], before: Window | None) -> tuple[Window, Fan]:
    """The line that comes nearest to a gate that all miss, from where it begins to the gate; and its fan."""
    lines = [(line.y(missed.x), line, fan) for fan in fans for line in fan.corners]
    up = max(y for y, _, _ in lines) < missed.low
    _, line, fan = max(lines, key=lambda found: found[0] if up else -found[0])
    return Window(line, _turn(line, fan, before), missed.x, up), fan


def _turn(line: Straight, fan: Fan, window: Window | None) -> float:
    """Where a line of a fan leaves the window before it."""
    if window is None:
        return 0.0
    apart = line.slope - window.line.slope
    x = (window.line.at0 - line.at0) / apart if abs(apart) > SLACK else fan.to_x
    return min(max(x, fan.from_x), fan.to_x)


def _from(gates: Sequence[Gate], missed: int, window: Window, slopes: tuple[float, float]) -> list[Fan]:
    """The lines from a window through the gates that follow, the missed one included: a fan for each pair of gates
    between which they leave it."""
    everything = tuple(Straight(FAR * side, slope) for side, slope in
                       ((-1, slopes[0]), (1, slopes[0]), (1, slopes[1]), (-1, slopes[1])))  # fmt: skip
    sign = 1.0 if window.up else -1.0
    fans = []
    for j in range(missed + 1):
        begin, end = max(window.from_x, gates[j - 1].x if j else 0.0), gates[j].x
        if end <= window.from_x:
            continue
        lines = _cut(everything, begin, window.line.y(begin), sign)
        lines = _cut(lines, end, window.line.y(end), -sign)
        for gate in gates[j : missed + 1]:
            lines = _pass(lines, gate)
        if lines:
            fans.append(Fan(lines, begin, end))
    return fans


def _pass(corners: tuple[Straight, ...], gate: Gate) -> tuple[Straight, ...]:
    return _cut(_cut(corners, gate.x, gate.high, 1.0), gate.x, gate.low, -1.0)


def _cut(corners: tuple[Straight, ...], x: float, y: float, sign: float) -> tuple[Straight, ...]:
    """The part of a convex set of lines that lies at x not above y; with `sign` −1 not below."""
    out: list[Straight] = []
    over = [sign * (line.y(x) - y) for line in corners]
    for k, line in enumerate(corners):
        other, here, there = corners[k - 1], over[k], over[k - 1]
        if (here > SLACK) != (there > SLACK):
            share = there / (there - here)
            out.append(
                Straight(
                    other.at0 + (line.at0 - other.at0) * share,
                    other.slope + (line.slope - other.slope) * share,
                )
            )
        if here <= SLACK:
            out.append(line)
    return tuple(dict.fromkeys(out))
