"""The fewest pieces of constant pace through marks that each leave some room, and of those the likeliest.

Rule: how few pieces it takes is exact (`gates`); where between the tolerances they run is least squares, and where
the pace changes the middle of what is possible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tracker.race.gates import Gate, Path, fewest

WITHIN = 2.0
"""A piece is at most so much slower or faster than the mean: more is no setting but a stop or a wrong mark."""
MOST_PIECES = 5
"""A run that needs more was not run to a schedule, or not to one that mats can tell."""
STEPS = 32
"""Places at which a change of pace is tried before it is refined."""
FINEST = 1e-3
"""To how much of the way a place is refined."""
HALVINGS = 10
"""So often is the least share of the tolerances halved in on: to a thousandth."""
SHIFTS = 40
"""So often are weights shifted before a turn counts as impossible."""


class Piece(NamedTuple):
    """A stretch at one pace."""

    from_m: float
    to_m: float
    pace_s_per_km: float


class Change(NamedTuple):
    """Where the pace changes: somewhere between `earliest_m` and `latest_m`, in the middle of which it is drawn."""

    at_m: float
    earliest_m: float
    latest_m: float


class Residual(NamedTuple):
    """How late a mark is against the schedule, negative when early."""

    distance_m: float
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """The pieces from the start to the last mark that was asked. `finish_s`: at the last piece's pace to the end of the
    course, none where its length is unknown. `residuals` are in order of distance."""

    pieces: tuple[Piece, ...]
    changes: tuple[Change, ...]
    finish_s: float | None
    residuals: tuple[Residual, ...]
    resolution_s: float

    @property
    def worst_s(self) -> float:
        """The most by which a mark is off."""
        return max(abs(r.seconds) for r in self.residuals)


class Point(NamedTuple):
    """A mark: when the schedule passed its mat, `middle_s`, give or take `give_s`."""

    distance_m: float
    elapsed_s: float
    middle_s: float
    give_s: float
    resolution_s: float


def fewest_pieces(points: Sequence[Point], course_m: float | None, begin_s: float = 0.0) -> Schedule | None:
    """The schedule that passes every point in its tolerance with the fewest pieces; none where points are too few.

    Points lie in order of distance, beyond 0; their seconds count from `begin_s`, those of the schedule from the gun.
    """
    path = _path(points, 1.0)
    if path is None:
        return None
    fit = _settle(points, path.turns)
    if fit.excess > 0:
        path = _tightest(points, path)
        # Least squares may leave a tolerance where the path does not.
        fit = min(_settle(points, path.turns), Fit(0.0, float("inf"), *path))
    changes, fit = _middled(points, fit)
    edges = (0.0, *fit.turns, points[-1].distance_m)
    pieces = tuple(Piece(a, b, pace * 1000) for (a, b), pace in zip(pairwise(edges), fit.paces, strict=True))
    end = points[-1].distance_m
    finish_s = None if course_m is None else begin_s + _at(max(end, course_m), fit)
    residuals = tuple(Residual(p.distance_m, p.elapsed_s - _at(p.distance_m, fit)) for p in points)
    return Schedule(pieces, changes, finish_s, residuals, max(p.resolution_s for p in points))


def _path(points: Sequence[Point], share: float) -> Path | None:
    """The fewest pieces within so much of every tolerance; none where marks are too few for them."""
    gates = [Gate(p.distance_m, p.middle_s - p.give_s * share, p.middle_s + p.give_s * share) for p in points]
    mean = points[-1].elapsed_s / points[-1].distance_m
    return fewest(gates, (mean / WITHIN, mean * WITHIN), min(MOST_PIECES, len(points) // 2))


def _tightest(points: Sequence[Point], path: Path) -> Path:
    """As many pieces as the path has, with the least share of the tolerances."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        share = (low + high) / 2
        found = _path(points, share)
        if found is not None and len(found.slopes) <= len(path.slopes):
            path, high = found, share
        else:
            low = share
    return path


class Fit(NamedTuple):
    """Paces (s/m) between turns. `excess`: how far marks lie outside their tolerances; `squares`: of all residuals."""

    excess: float
    squares: float
    turns: tuple[float, ...]
    paces: tuple[float, ...]


Fitted = Callable[[Sequence[Point], tuple[float, ...]], Fit]


def _at(distance_m: float, fit: Fit) -> float:
    return sum(length * pace for length, pace in zip(_lengths(distance_m, fit.turns), fit.paces, strict=True))


def _lengths(distance_m: float, turns: Sequence[float]) -> list[float]:
    """How much of the way to a distance lies in each piece."""
    edges = (0.0, *turns, float("inf"))
    return [max(0.0, min(distance_m, b) - a) for a, b in pairwise(edges)]


def _settle(points: Sequence[Point], turns: tuple[float, ...]) -> Fit:
    """The best fit near some turns: each is tried all over its room in turn, then by ever finer steps."""
    best = _fit(points, turns)
    for _ in range(3):
        before = best
        for k in range(len(turns)):
            low, high = _room(points, best, k)
            step = (high - low) / STEPS
            best = min(best, *(_fit(points, _moved(best, k, low + n * step)) for n in range(1, STEPS)))
            while step > FINEST * points[-1].distance_m:
                step /= 2
                here = best.turns[k]
                best = min(
                    best, *(_fit(points, _moved(best, k, x)) for x in (here - step, here + step) if low < x < high)
                )
        if best == before:
            break
    return best


def _room(points: Sequence[Point], fit: Fit, k: int) -> tuple[float, float]:
    """Between what a turn lies: its neighbours, the start, the last mark."""
    edges = (0.0, *fit.turns, points[-1].distance_m)
    return edges[k], edges[k + 2]


def _middled(points: Sequence[Point], fit: Fit) -> tuple[tuple[Change, ...], Fit]:
    """Every turn in the middle of where the best paces keep all marks in their tolerances.

    Mats tell where a change was only as far as that, and of errors that are alike all over a tolerance none makes one
    place likelier than another.
    """
    # Where plain least squares leave a tolerance even at the chosen turns, only shifted ones can tell how far to go.
    fitted = _fit if _fit(points, fit.turns).excess <= 0 else _inside
    changes = []
    for k, turn in enumerate(fit.turns):
        ends = [_furthest(points, fit, k, end, fitted) for end in _room(points, fit, k)]
        middle = fitted(points, _moved(fit, k, sum(ends) / 2))
        fit = middle if middle.excess <= 0 else fit
        changes.append(Change(fit.turns[k], min(*ends, turn), max(*ends, turn)))
    return tuple(changes), fit


def _furthest(points: Sequence[Point], fit: Fit, k: int, end: float, fitted: Fitted) -> float:
    """How far a turn can be moved towards an end of its room with no mark leaving its tolerance."""
    inside, step = fit.turns[k], (end - fit.turns[k]) / STEPS
    while abs(end - inside) > abs(step) and fitted(points, _moved(fit, k, inside + step)).excess <= 0:
        inside += step
    while abs(step) > FINEST * points[-1].distance_m:
        step /= 2
        if fitted(points, _moved(fit, k, inside + step)).excess <= 0:
            inside += step
    return inside


def _moved(fit: Fit, k: int, there: float) -> tuple[float, ...]:
    """The turns with one of them moved."""
    return (*fit.turns[:k], there, *fit.turns[k + 1 :])


def _inside(points: Sequence[Point], turns: tuple[float, ...]) -> Fit:
    """Least squares, their weights shifted towards the marks that are most off until none is out (Lawson 1961)."""
    weights = [1.0] * len(points)
    fit = best = _fit(points, turns)
    for _ in range(SHIFTS):
        if best.excess <= 0:
            break
        off = [abs(p.middle_s - _at(p.distance_m, fit)) / p.give_s for p in points]
        weights = [w * x for w, x in zip(weights, off, strict=True)]
        most = max(weights)
        if not 0 < most < float("inf"):
            break
        weights = [max(w / most, 1e-9) for w in weights]
        fit = _fit(points, turns, weights)
        best = min(best, fit, key=lambda found: found.excess)
    return best


def _fit(points: Sequence[Point], turns: tuple[float, ...], weights: Sequence[float] = ()) -> Fit:
    """The paces of least squares, in tolerances, between given turns."""
    size = len(turns) + 1
    table = [[0.0] * (size + 1) for _ in range(size)]
    rows = [_lengths(p.distance_m, turns) for p in points]
    for lengths, p, own in zip(rows, points, weights or [1.0] * len(points), strict=True):
        weight = own / p.give_s**2
        for row, length in zip(table, lengths, strict=True):
            if length:
                share = weight * length
                for j, other in enumerate(lengths):
                    row[j] += share * other
                row[size] += share * p.middle_s
    paces = _solve(table)
    if paces is None or min(paces) <= 0:
        return Fit(float("inf"), float("inf"), turns, (0.0,) * size)
    off = [
        abs(p.middle_s - sum(a * b for a, b in zip(lengths, paces, strict=True))) / p.give_s
        for lengths, p in zip(rows, points, strict=True)
    ]
    return Fit(sum(max(0.0, x - 1.0) for x in off), sum(x * x for x in off), turns, tuple(paces))


def _solve(table: list[list[float]]) -> list[float] | None:
    """Linear equations, by elimination; none where they do not tell every unknown."""
    size = len(table)
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(table[r][i]))
        table[i], table[pivot] = table[pivot], table[i]
        if abs(table[i][i]) < 1e-6:
            return None
        for r in range(size):
            if r != i:
                factor = table[r][i] / table[i][i]
                table[r] = [a - factor * b for a, b in zip(table[r], table[i], strict=True)]
    return [table[i][size] / table[i][i] for i in range(size)]
