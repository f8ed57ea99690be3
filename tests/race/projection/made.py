"""Shared by the projection's tests: the shipped model, courses, runners made up by rule and by hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from tracker.priors import shipped
from tracker.race.projection.condition import Timed
from tracker.race.projection.model import Ground, Kind, Prior, prior

MODEL = shipped()
MARATHON = Ground(42_195.0)
HALF = Ground(21_097.5)
FIVES = (5000.0, 10_000.0, 15_000.0, 20_000.0, 21_097.5, 25_000.0, 30_000.0, 35_000.0, 40_000.0)
KINDS: tuple[Kind, ...] = ("mass", "elite", "paced")

kinds = st.sampled_from(KINDS)
paces = st.floats(0.17, 0.55)
"""Seconds a metre: 1:59 to 6:27 over a marathon."""


def mixture(kind: Kind, ground: Ground = MARATHON) -> Prior:
    """The prior of a kind of race on a course."""
    return prior(MODEL, kind, ground)


def steady(pace: float, upto_m: float, step_s: float = 1.0, mats: tuple[float, ...] = FIVES) -> list[Timed]:
    """Marks of somebody who runs one pace, in seconds a metre."""
    return [(metres, metres * pace, step_s) for metres in mats if metres <= upto_m]


@st.composite
def runs(draw: st.DrawFn, mats: tuple[float, ...] = FIVES, least: int = 1) -> list[Timed]:
    """Marks of somebody who slows down, speeds up, and misses a mat."""
    pace = draw(paces)
    count = draw(st.integers(least, len(mats)))
    marks: list[Timed] = []
    from_m = seconds = 0.0
    for metres in mats[:count]:
        pace *= draw(st.floats(0.93, 1.12))
        seconds += (metres - from_m) * pace
        from_m = metres
        marks.append((metres, round(seconds, 1), 1.0))
    seen = draw(st.lists(st.booleans(), min_size=count - 1, max_size=count - 1))
    return [mark for mark, kept in zip(marks, [*seen, True], strict=True) if kept]
