"""A field that never was, drawn from the fitted projection: for measuring, for tests, for trying a screen out.

Rule: every message says `synthetic`, and the same seed gives the same bytes. Reads come as they come from real mats:
later than they happened, some much later, some never, some put right afterwards; most who give up say nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.race.projection.model import MARATHON_M, Ground, Kind, Model, Prior, prior

GUN = datetime(2026, 4, 19, 9, 0, tzinfo=UTC)
MATS = ("5km", "10km", "15km", "20km", "half", "25km", "30km", "35km", "40km", "finish")
ENDS = (5000.0, 10000.0, 15000.0, 20000.0, 21097.5, 25000.0, 30000.0, 35000.0, 40000.0)
"""Where they lie, but the finish."""
ELITES = 600
"""One runner of so many starts with the elite."""
WAVES, WAVE_S, CROSSING_S = 8, 600.0, 420.0
"""Waves after the elite, seconds between their guns, and how long the last of a wave need to the line."""
MISSED = 0.022
GIVEN_UP, TOLD = 0.03, 0.4
"""The share of runners who do not finish, and of these the share of whom that is said."""
FASTEST_S, SPRINT_S_PER_KM = 7290.0, 155.0
"""The normals have tails that no runner has: no finish before 2:01:30, no segment faster than 2:35 a kilometre."""
CUT_OFF_S = 7.5 * 3600
"""Net seconds after which the mats are taken in."""
DELAY_S, DELAY_SD = 7.8, 0.296
"""The median from a passing to its message, and the sd of its logarithm: 95 % within 12.7 s."""
LATE, LATEST_S = 0.01, 4140.0
WRONG = 0.01
"""The share of reads that were wrong first, and are put right."""
GOALS_S = tuple(range(10_800, 18_001, 900))
"""The finishes that pace groups run for, every quarter of an hour from 3:00 to 5:00."""
UNEVEN_S = 4.0
"""The sd of what a pacer loses or wins from mat to mat, and makes good by half on the next."""
BLOCK = 4096
COUNTRIES = ("USA", "GBR", "GER", "FRA", "KEN", "ETH", "JPN", "MEX", "CAN", "ITA", "ESP", "NED")

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """The field, by bib: seconds from the gun to everybody's own start, and net seconds at every mat."""

    wave: Ints
    began: Floats
    net: Floats
    last: Ints
    """How many mats are passed before somebody gives up; all of them for a finisher."""
    pacers: int = 0
    """So many of the last are pacers, by their goals."""


@dataclass(frozen=True, slots=True, eq=False)
class Posts:
    """Everything that is sent after the gun, as columns: whose, at which mat, when it was sent, seconds, revision.

    A mat of −1 is the start, −2 the word that somebody has given up.
    """

    who: Ints
    mat: Ints
    sent: Floats
    time: Floats
    rev: Ints


def messages(runners: int, seed: int, model: Model, course: str = "", *, pacers: bool = False) -> Iterator[bytes]:
    """The lines of a synthetic marathon in the order in which they arrive, with pace groups where `pacers` are wanted.

    ValueError for an unknown course.
    """
    ground = Ground(MARATHON_M)
    if course:
        ground = next((one for one in model.grounds if one.name == course), ground)
        if not ground.name:
            known = ", ".join(one.name for one in model.grounds)
            raise ValueError(f"course {course!r} is not known: {known}")
    dice = np.random.default_rng(seed)
    people = _people(dice, runners, model, ground)
    people = _with_pacers(dice, people) if pacers else people
    yield _line(_race(ground))
    for wave in range(1, WAVES + 1):
        yield _line({"kind": "start", "scope": "wave", "id": f"w{wave}", "at": _instant((wave - 1) * WAVE_S)})
    yield from _athletes(dice, people)
    posts = _posts(dice, people)
    yield from _sent(posts)
    yield _line({"kind": "end", "result": "provisional", "sent": _instant(float(posts.sent.max(initial=0.0)) + 1)})


def _draw(dice: np.random.Generator, mixture: Prior, count: int) -> Floats:
    """Net seconds of so many runners at the end of every segment. Who ran faster than anybody can is drawn again."""
    weights = np.array([part.weight for part in mixture.components])
    lengths = np.diff(np.array([0.0, *mixture.ends_m]))
    net = np.empty((count, len(lengths)))
    left = np.arange(count)
    while len(left):
        of = dice.choice(len(weights), size=len(left), p=weights / weights.sum())
        paces = np.empty((len(left), len(lengths)))
        for n, part in enumerate(mixture.components):
            mine = of == n
            paces[mine] = dice.multivariate_normal(part.mean, part.covariance, int(mine.sum()), method="cholesky")
        net[left] = np.cumsum(np.exp(paces) * lengths / 1000, axis=1)
        left = left[(net[left, -1] < FASTEST_S) | (np.exp(paces).min(axis=1) < SPRINT_S_PER_KM)]
    return net


def _people(dice: np.random.Generator, runners: int, model: Model, ground: Ground) -> People:
    """The elite first, then everybody in waves by what they hope to run."""
    elite = min(runners, max(1, runners // ELITES))
    kinds: tuple[tuple[Kind, int], ...] = (("elite", elite), ("mass", runners - elite))
    fast, mass = (_draw(dice, prior(model, kind, ground), count) for kind, count in kinds)
    fast = fast[np.argsort(fast[:, -1])]
    mass = mass[np.argsort(mass[:, -1] * np.exp(dice.normal(0.0, 0.08, len(mass))))]
    wave = np.concatenate([np.ones(elite, np.int64), 1 + np.arange(len(mass)) * WAVES // max(1, len(mass))])
    crossing = np.concatenate([np.zeros(elite), dice.uniform(2.0, CROSSING_S, len(mass))])
    last = np.full(runners, len(MATS))
    out = dice.random(runners) < GIVEN_UP
    last[out] = dice.integers(2, len(MATS), int(out.sum()))
    net: Floats = np.vstack([fast, mass]).round(1).astype(np.float64)
    return People(
        wave, np.round((wave - 1) * WAVE_S + crossing, 1), net, np.minimum(last, (net <= CUT_OFF_S).sum(axis=1))
    )


def _with_pacers(dice: np.random.Generator, people: People) -> People:
    """A pacer for every goal, who sets off in the wave of those who run so fast, and runs nearly evenly."""
    goals = np.array(GOALS_S, dtype=np.float64)
    ends = np.array([*ENDS, MARATHON_M])
    off = np.zeros((len(goals), len(ends)))
    for n in range(1, len(ends)):
        off[:, n] = off[:, n - 1] / 2 + dice.normal(0.0, UNEVEN_S, len(goals))
    net = np.round(goals[:, None] * ends / MARATHON_M + off - 10.0 * ends / MARATHON_M, 1)
    nearest = np.abs(people.net[:, -1][None, :] - goals[:, None]).argmin(axis=1)
    return People(
        np.concatenate([people.wave, people.wave[nearest]]),
        np.concatenate([people.began, people.began[nearest]]),
        np.vstack([people.net, net]),
        np.concatenate([people.last, np.full(len(goals), len(MATS))]),
        len(goals),
    )


def _posts(dice: np.random.Generator, people: People) -> Posts:
    """Every read, and every correction, in the order of arrival."""
    runners, mats = people.net.shape
    who, mat = (part.reshape(-1) for part in np.indices((runners, mats + 1)))
    mat = mat - 1
    read = (mat < people.last[who]) & ((mat < 0) | (dice.random(len(mat)) >= MISSED))
    who, mat = who[read], mat[read]
    net = np.where(mat < 0, 0.0, people.net[who, np.maximum(mat, 0)])
    happened = people.began[who] + net
    sent = happened + DELAY_S * np.exp(dice.normal(0.0, DELAY_SD, len(who)))
    late = dice.random(len(who)) < LATE
    sent[late] += dice.uniform(60.0, LATEST_S, int(late.sum()))
    time = np.where(mat < 0, people.began[who], net)
    wrong = (mat >= 0) & (dice.random(len(who)) < WRONG)
    right = np.flatnonzero(wrong)
    first = time.copy()
    first[wrong] = np.round(np.maximum(1.0, time[wrong] + dice.normal(0.0, 25.0, len(right))), 1)
    gone = np.flatnonzero((people.last < mats) & (dice.random(runners) < TOLD))
    left = (
        people.began[gone]
        + people.net[gone, np.maximum(people.last[gone] - 1, 0)]
        + dice.uniform(300.0, 5400.0, len(gone))
    )
    columns = (
        np.concatenate([who, who[right], gone]),
        np.concatenate([mat, mat[right], np.full(len(gone), -2)]),
        np.concatenate([sent, sent[right] + dice.uniform(300.0, 3600.0, len(right)), left]),
        np.concatenate([first, time[right], left]),
        np.concatenate([np.ones(len(who), np.int64), np.full(len(right), 2), np.ones(len(gone), np.int64)]),
    )
    order = np.argsort(columns[2], kind="stable")
    return Posts(*(column[order] for column in columns))


def _race(ground: Ground) -> dict[str, Any]:
    ends = (*ENDS, ground.distance_m)
    mats = [{"id": id, "name": id.replace("km", " km"), "distance_m": m} for id, m in zip(MATS, ends, strict=True)]
    mats[-1]["type"] = "finish"
    return {
        "kind": "race",
        "id": "synthetic",
        "name": "Synthetic Marathon",
        "gun": _instant(0.0),
        "time_zone": "UTC",
        "distance_m": ground.distance_m,
        "checkpoints": [{"id": "start", "distance_m": 0.0, "type": "start"}, *mats],
        "runner": "1",
    }


def _athletes(dice: np.random.Generator, people: People) -> Iterator[bytes]:
    """Everybody, before the gun."""
    runners = len(people.wave)
    women = (dice.random(runners) < 0.42).tolist()
    ages = dice.choice(
        (18, 35, 40, 45, 50, 55, 60, 65), runners, p=(0.38, 0.16, 0.15, 0.12, 0.09, 0.06, 0.03, 0.01)
    ).tolist()
    homes = dice.choice(len(COUNTRIES), runners).tolist()
    for n, wave in enumerate(people.wave.tolist()):
        sex, bib = "W" if women[n] else "M", str(n + 1)
        athlete = {"kind": "athlete", "id": bib, "bib": bib, "name": f"Synthetic Runner {bib}"}
        if n >= runners - people.pacers:
            goal = GOALS_S[n - runners + people.pacers]
            athlete |= {"name": f"Pace {goal // 3600}:{goal // 60 % 60:02d}", "role": "pacer"}
        yield _line(
            athlete | {"country": COUNTRIES[homes[n]], "sex": sex, "category": f"{sex}{ages[n]}", "wave": f"w{wave}"}
        )


def _sent(posts: Posts) -> Iterator[bytes]:
    """The messages of the race, a block at a time."""
    for first in range(0, len(posts.who), BLOCK):
        block = slice(first, first + BLOCK)
        rows = zip(*(c[block].tolist() for c in (posts.who, posts.mat, posts.sent, posts.time, posts.rev)), strict=True)
        for who, mat, sent, seconds, rev in rows:
            begun = f'"synthetic":true,"race":"synthetic","athlete":"{who + 1}","sent":"{_instant(sent)}"'
            if mat == -2:
                yield f'{{"kind":"status",{begun},"status":"DNF","at":"{_instant(seconds)}"}}'.encode()
                continue
            where = f'"checkpoint":"{"start" if mat < 0 else MATS[mat]}","clock":"{"gun" if mat < 0 else "net"}"'
            more = f',"rev":{rev}' if rev > 1 else ""
            yield f'{{"kind":"split",{begun},{where},"elapsed_s":{seconds:.1f},"resolution_s":0.1{more}}}'.encode()


def _line(values: dict[str, Any]) -> bytes:
    named = {"synthetic": True} if values["kind"] == "race" else {"synthetic": True, "race": "synthetic"}
    return json.dumps(values | named, separators=(",", ":")).encode()


def _instant(seconds: float) -> str:
    """So long after the gun, in milliseconds."""
    return (
        (GUN + timedelta(milliseconds=round(seconds * 1000))).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )
