"""What the projection knows before a race: mixtures of log paces, the spread between races, courses. Values only.

A log pace is that of seconds a kilometre, over one segment of the course.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

Kind = Literal["mass", "elite", "paced", "even"]
"""`even` alone is for distances the mixtures were not fitted on."""

MARATHON_M = 42_195.0
NEAR_MARATHON_M = 100.0
VERSION = 1
ELITE_EVEN = 0.2
"""The even component's share among an elite field that nobody paces to the end."""
ANY_LEVEL_VARIANCE: Mapping[Kind, float] = {"paced": 0.3**2, "even": 1.0}
"""Added to the level of every component alike where pacers may be set to any pace: the shape tells, not the speed."""
SCALES: Mapping[int, tuple[tuple[float, float], ...]] = {
    3: ((0.6, 0.8579), (0.3, 2.7303), (0.1, 16.6606)),
    4: ((0.6, 0.8416), (0.3, 2.2337), (0.1, 8.2492)),
    5: ((0.6, 0.8365), (0.3, 1.9773), (0.1, 5.7158)),
}
"""Student's t by its degrees of freedom as three normals: (weight, variance), means over strata of its mixing law."""

Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """One normal of a mixture over the log paces of the segments."""

    weight: float
    mean: Vector
    covariance: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """A mixture over the segments that end at `ends_m`, the last of them at the finish."""

    kind: Kind
    components: tuple[Component, ...]
    ends_m: Vector

    @property
    def total_m(self) -> float:
        """The length of the course."""
        return self.ends_m[-1]


@dataclass(frozen=True, slots=True)
class Ground:
    """A course as the projection sees it: `offsets` are added to the log paces of its segments, none where unknown."""

    distance_m: float
    name: str = ""
    offsets: Vector | None = None
    match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Even:
    """Somebody who runs evenly: a flat level, a walk, noise of a segment, and a kick on the last one; sd of log pace."""

    level_mean: float
    level_sd: float
    walk_sd_per_5km: float
    white_sd: float
    kick_mean: float
    kick_sd: float
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """What races add that no runner shows: (metres of the last mark, scale of a Student t on the log time left)."""

    known: tuple[tuple[float, float], ...]
    unknown: tuple[tuple[float, float], ...]
    scales: tuple[tuple[float, float], ...]

    def at(self, metres: float, *, known: bool) -> float:
        """The scale at a last mark, straight between the table's places and held beyond them."""
        table = self.known if known else self.unknown
        before = table[0]
        for here in table:
            if metres <= here[0]:
                run = here[0] - before[0]
                return here[1] if run <= 0 else before[1] + (here[1] - before[1]) * (metres - before[0]) / run
            before = here
        return before[1]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """All the shipped parameters. `mixtures` are those of mass and elite fields, without the even component."""

    segments_m: Vector
    mixtures: Mapping[str, tuple[Component, ...]]
    even: Even
    spread: Spread
    grounds: tuple[Ground, ...] = ()

    def with_grounds(self, grounds: Sequence[Ground]) -> Model:
        """The model with these courses known."""
        return replace(self, grounds=tuple(grounds))


def from_json(told: Mapping[str, Any]) -> Model:
    """The model of a parameter file. ValueError with one line where it is none, or of a version not known here."""
    if told.get("model") != VERSION:
        raise ValueError(f"projection parameters of version {told.get('model')!r}: this program reads {VERSION}")
    try:
        effect = told["race_effect"]
        return Model(
            segments_m=_vector(told["segments_m"]),
            mixtures={kind: _mixture(told["priors"][kind]) for kind in ("mass", "elite")},
            even=Even(**{name: float(told["even"][name]) for name in Even.__slots__}),
            spread=Spread(_table(effect["known"]), _table(effect["unknown"]), SCALES[int(effect["df"])]),
        )
    except (KeyError, TypeError, ValueError) as why:
        raise ValueError(f"projection parameters cannot be read: {why!r}") from why


def ground_from_json(told: Mapping[str, Any]) -> Ground:
    """The course of a course file. ValueError with one line where it is none."""
    try:
        return Ground(float(told["distance_m"]), told["name"], _vector(told["offsets"]), tuple(told["match"]))
    except (KeyError, TypeError, ValueError) as why:
        raise ValueError(f"course offsets cannot be read: {why!r}") from why


def _vector(values: Sequence[float]) -> Vector:
    return tuple(float(value) for value in values)


def _table(rows: Sequence[Sequence[float]]) -> tuple[tuple[float, float], ...]:
    return tuple(sorted((float(metres), float(sd)) for metres, sd in rows))


def _mixture(told: Mapping[str, Any]) -> tuple[Component, ...]:
    total = sum(told["weights"])
    return tuple(
        Component(weight / total, _vector(mean), _square(lower))
        for weight, mean, lower in zip(told["weights"], told["means"], told["covariances"], strict=True)
    )


def _square(lower: Sequence[float]) -> Matrix:
    """A symmetric matrix from its lower triangle, row by row."""
    size = math.isqrt(2 * len(lower))
    return tuple(
        tuple(float(lower[max(i, j) * (max(i, j) + 1) // 2 + min(i, j)]) for j in range(size)) for i in range(size)
    )


def even_component(even: Even, segments_m: Sequence[float], weight: float) -> Component:
    """The even runner on these segments of a marathon."""
    middles: list[float] = []
    done = 0.0
    for length in segments_m:
        middles.append(done + length / 2)
        done += length
    size, walk = len(middles), even.walk_sd_per_5km**2 / 5000.0
    mean = [even.level_mean] * size
    mean[-1] += even.kick_mean
    rows = [[even.level_sd**2 + walk * min(a, b) for b in middles] for a in middles]
    for i in range(size):
        rows[i][i] += even.white_sd**2
    rows[-1][-1] += even.kick_sd**2
    return Component(weight, tuple(mean), tuple(tuple(row) for row in rows))


def is_marathon(distance_m: float) -> bool:
    """Whether the mixtures hold for a course of this length."""
    return abs(distance_m - MARATHON_M) <= NEAR_MARATHON_M


@lru_cache(maxsize=64)
def prior(model: Model, kind: Kind, ground: Ground) -> Prior:
    """The mixture of a kind of race on a course; anywhere but over a marathon the even component alone, to its scale."""
    share = {"mass": 0.0, "elite": ELITE_EVEN, "paced": model.even.weight, "even": 1.0}[kind]
    if not is_marathon(ground.distance_m):
        kind, share = "even", 1.0
    parts: list[Component] = []
    if share > 0:
        parts.append(even_component(model.even, model.segments_m, share))
    if share < 1:
        mixture = model.mixtures["mass" if kind == "mass" else "elite"]
        parts.extend(replace(part, weight=part.weight * (1 - share)) for part in mixture)
    if ground.offsets is not None:
        offsets = ground.offsets
        parts = [replace(p, mean=tuple(m + o for m, o in zip(p.mean, offsets, strict=True))) for p in parts]
    more = ANY_LEVEL_VARIANCE.get(kind, 0.0)
    if more:
        parts = [replace(p, covariance=tuple(tuple(c + more for c in row) for row in p.covariance)) for p in parts]
    scale = ground.distance_m / sum(model.segments_m)
    ends, done = [], 0.0
    for length in model.segments_m:
        done += length * scale
        ends.append(done)
    ends[-1] = ground.distance_m
    return Prior(kind, tuple(parts), tuple(ends))
