"""How the shipped parameters come about, from split tables to the two kinds of file; deterministic."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tracker.backtest.tables import HALF, Floats, Table
from tracker.fit.mixture import Mixture, fit
from tracker.fit.paces import LENGTHS_KM, SEGMENTS_M, complete, level, shape, with_halves
from tracker.race.projection.model import VERSION, Model, from_json, ground_from_json

SEED = 20191012
ROWS = 8000
"""At most so many runners of a race: it is races that are few, not runners."""
MASS, ELITE = 12, 4
ELITE_HALF_S, ELITE_SCALE_S = 5100.0, 400.0
"""Half marathons under 1:25, each e-fold heavier by 400 s faster."""
ELITE_LEVEL_SD = 0.10
FEWEST_RACES = 3
"""A course gets a file of its own from so many of its races on."""

EVEN = {"level_mean": 5.193, "level_sd": 0.1, "walk_sd_per_5km": 0.006, "white_sd": 0.004, "kick_mean": -0.02,
        "kick_sd": 0.0245, "weight": 0.9}  # fmt: skip
"""The kick: the last 2.195 km against the 40 km before in the shipped record races but Vienna's."""
EFFECT_DF = 4
EFFECT_UNKNOWN = (
    (5000, 0.012),
    (10_000, 0.01),
    (20_000, 0.008),
    (25_000, 0.008),
    (30_000, 0.014),
    (35_000, 0.021),
    (40_000, 0.03),
)
EFFECT_KNOWN = ((5000, 0.005), (10_000, 0.003), (20_000, 0.003), (30_000, 0.003), (35_000, 0.003), (40_000, 0.004))
"""What holds 80 % bands at 80 % when a race, or all races of its course, were left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Fields:
    """The races' log paces, and how each course spreads its strength."""

    paces: Mapping[str, Floats]
    courses: Mapping[str, Sequence[str]]
    most: int = ROWS

    def shape_of(self, course: str) -> Floats:
        """The mean shape of a course's races, each alike."""
        return np.asarray(np.mean([shape(self.paces[race]) for race in self.courses[course]], axis=0))

    def centre(self) -> Floats:
        """The mean shape of the courses, each alike."""
        return np.asarray(np.mean([self.shape_of(course) for course in self.courses], axis=0))

    def moved(self) -> list[Floats]:
        """Each race's log paces with its course's shape taken to the centre."""
        centre = self.centre()
        return [
            self.paces[race] - self.shape_of(course) + centre
            for course, races in self.courses.items()
            for race in races
        ]


def fields(tables: Sequence[Table], most: int = ROWS) -> Fields:
    """The fields of the tables that hold complete runners, at most so many a race. ValueError where none does."""
    paces: dict[str, Floats] = {}
    courses: dict[str, list[str]] = {}
    for table in sorted(with_halves(sorted(tables, key=lambda one: one.race), SEED), key=lambda one: one.race):
        rows = complete(table)
        if len(rows) == 0:
            continue
        if len(rows) > most:
            rows = rows[np.sort(np.random.default_rng(SEED).choice(len(rows), most, replace=False))]
        paces[table.race] = rows
        courses.setdefault(table.course, []).append(table.race)
    if not paces:
        raise ValueError("no race holds a runner who was read at every mat")
    return Fields(paces, courses, most)


def parameters(found: Fields, data_sha256: str = "") -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """`model.json`, and a course file for each course with enough races."""
    rows = found.moved()
    mass = fit(np.concatenate(rows), _alike(rows), MASS, SEED)
    races = sorted(found.paces)
    model = {
        "model": VERSION,
        "segments_m": list(SEGMENTS_M),
        "recipe": {
            "races": races,
            "mass": f"{MASS} components, up to {found.most} complete runners a race, races alike, courses moved to their mean",
            "elite": f"{ELITE} components, half under 1:25, fast ones weighted up, level +{ELITE_LEVEL_SD}^2",
            "even": "kick from the shipped record races but Vienna's",
            "seed": SEED,
        },
        "data_sha256": data_sha256,
        "priors": {"mass": _told(mass), "elite": _told(_elite(rows))},
        "even": dict(EVEN),
        "race_effect": {
            "df": EFFECT_DF,
            "unknown": [list(row) for row in EFFECT_UNKNOWN],
            "known": [list(row) for row in EFFECT_KNOWN],
        },
    }
    return model, [_course(found, name) for name, years in found.courses.items() if len(years) >= FEWEST_RACES]


def _elite(rows: Sequence[Floats]) -> Mixture:
    everyone = np.concatenate(rows)
    half_s = np.exp(everyone[:, : HALF + 1]) @ LENGTHS_KM[: HALF + 1]
    chosen = half_s < ELITE_HALF_S
    if chosen.sum() < 50 * ELITE:
        chosen = level(everyone) <= np.sort(level(everyone))[min(len(everyone), 50 * ELITE) - 1]
    weights = _alike(rows)[chosen] * np.exp((ELITE_HALF_S - half_s[chosen]) / ELITE_SCALE_S)
    found = fit(everyone[chosen], weights, ELITE, SEED)
    return Mixture(found.weights, found.means, found.covariances + ELITE_LEVEL_SD**2)


def _alike(rows: Sequence[Floats]) -> Floats:
    """Weights that make every race count the same."""
    return np.concatenate([np.full(len(race), 1 / len(race)) for race in rows])


def _course(found: Fields, name: str) -> dict[str, Any]:
    offsets = found.shape_of(name) - found.centre()
    return {
        "name": name,
        "distance_m": 42195,
        "match": [name],
        "offsets": [round(float(value), 5) for value in offsets],
        "races": len(found.courses[name]),
        "recipe": "mean shape of these races less the mean of all courses",
    }


def _told(mixture: Mixture) -> dict[str, Any]:
    """Five digits: what is cut is below what a mat's place makes uncertain."""
    lower = np.tril_indices(mixture.means.shape[1])
    return {
        "weights": _digits(mixture.weights),
        "means": [_digits(mean) for mean in mixture.means],
        "covariances": [_digits(covariance[lower]) for covariance in mixture.covariances],
    }


def _digits(values: Floats) -> list[float]:
    return [float(f"{value:.5g}") for value in values]


def model_of(tables: Sequence[Table]) -> Model:
    """The model that these tables give, as the program would read it."""
    told, courses = parameters(fields(tables))
    return from_json(told).with_grounds([ground_from_json(course) for course in courses])


def without(race: str, tables: Sequence[Table], *, known: bool) -> Model:
    """The model of the other races, or with `known` false of those on other courses. ValueError where none is left."""
    course = race.rpartition("_")[0] or race
    left = [table for table in tables if table.race != race and (known or table.course != course)]
    if not left:
        raise ValueError(f"without {race} there is no race to fit on")
    return model_of(left)


def digest(files: Mapping[str, bytes]) -> str:
    """A hash of the tables' bytes, by name."""
    found = hashlib.sha256()
    for name in sorted(files):
        found.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return found.hexdigest()
