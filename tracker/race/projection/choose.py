"""Which prior for which race, and which course it is. Rule: the user's word stands above all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.race.projection.model import NEAR_MARATHON_M, Ground, Kind, Model

ELITE_S_PER_KM = 200.0
"""2:20:39 over a marathon: whoever runs or is due to run faster does not run as a mass field does."""
FASTEST_S_PER_KM = 150.0
"""1:45 over a marathon: nobody who is faster is on foot, and of wheels the mixtures know nothing."""
KINDS: tuple[Kind, ...] = ("mass", "elite", "paced")


def choose_kind(
    asked: Kind | None,
    *,
    paced: bool,
    paces_s_per_km: Sequence[float] = (),
    on_foot: bool = True,
) -> Kind:
    """The kind of a race. `paced`: it has declared pacers, a pace line, or is an attempt at a target outside the rules.

    `paces_s_per_km`: what is known of how fast this runner is, the best knowledge first; the first one tells.
    """
    if asked is not None:
        return asked
    if not on_foot or (paces_s_per_km and paces_s_per_km[0] < FASTEST_S_PER_KM):
        return "even"
    if paced:
        return "paced"
    return "elite" if paces_s_per_km and paces_s_per_km[0] <= ELITE_S_PER_KM else "mass"


def choose_ground(model: Model, distance_m: float, names: Iterable[str], asked: str | None = None) -> Ground:
    """The course of a race by its names (id, name, place), or the one asked for; unknown where none is shipped.

    ValueError where the one asked for is not shipped; `none` asks for an unknown course.
    """
    if asked is not None:
        if asked == "none":
            return Ground(distance_m)
        for ground in model.grounds:
            if ground.name == asked:
                return ground
        known = ", ".join(ground.name for ground in model.grounds)
        raise ValueError(f"course {asked!r} is not known: {known or 'no course'}, or none")
    words = " ".join(names).casefold().replace("-", " ").replace("_", " ").split()
    for ground in model.grounds:
        near = abs(ground.distance_m - distance_m) <= NEAR_MARATHON_M
        if near and any(word in words for word in ground.match):
            return ground
    return Ground(distance_m)
