"""The projected finish: quantiles, the chance of the target, the next mat, and what all of it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.race.projection.condition import SAME_MAT_M, Timed
from tracker.race.projection.forecast import Forecast, forecast
from tracker.race.projection.model import Ground, Kind, Model, is_marathon, prior

_INSTANTS = ("last_s", "q05_s", "q10_s", "q25_s", "q50_s", "q75_s", "q90_s", "q95_s", "even_pace_s")
QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
IF_FINISHED = "holds if they finish"
EARLY_M = 10_000.0
"""Before this much of a marathon a mass field's finish is a band, not a point."""


OVERDUE_P = 0.995
PATIENCE = 1.2
"""Nine mats a race each call somebody who merely stopped for a while: at 99.5 % alone 7 to 9 % of those who finish."""


@dataclass(frozen=True, slots=True, eq=False)
class NextMat:
    """When the next mat is reached, on the runner's clock. `eta_s` is the median.

    The first four tell what is to be expected now; `late_s` (95 %) and `overdue_s` (see `patient`) what was to be expected
    at the last mark: waiting moves them not.
    """

    distance_m: float
    eta_s: float
    q10_s: float
    q90_s: float
    late_s: float
    overdue_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """The finish as a distribution, on the runner's clock, if they finish. A finisher's is their time.

    `p_target` is the chance of less than the target. `even_pace_s` is the finish at the mean pace so far.
    """

    kind: Kind
    total_m: float
    last_m: float
    last_s: float
    q05_s: float
    q10_s: float
    q25_s: float
    q50_s: float
    q75_s: float
    q90_s: float
    q95_s: float
    p_target: float | None
    even_pace_s: float
    needed_pace_s_per_km: float | None
    basis: str
    warnings: tuple[str, ...]
    forecast: Forecast | None

    @property
    def point(self) -> bool:
        """Whether the median is to be shown, not the band alone."""
        return self.kind != "mass" or self.last_m >= EARLY_M - SAME_MAT_M

    def after(self, wait_s: float) -> Outlook:
        """The same on a clock that began so long before the runner set off; the even pace is that of their own clock."""
        moved = {name: getattr(self, name) + wait_s for name in _INSTANTS}
        ahead = None if self.forecast is None else self.forecast.after(wait_s)
        return replace(self, **moved, forecast=ahead)

    @property
    def next(self) -> NextMat | None:
        """The next mat, worked out when it is asked for; none for a finisher."""
        ahead = self.forecast
        return None if ahead is None or ahead.next_m is None else _next(ahead, ahead.next_m)


def project(  # size: one figure a line
    marks: Iterable[Timed],
    course: Ground,
    kind: Kind,
    model: Model,
    target_s: float | None = None,
    horizon_s: float | None = None,
    mats_m: Sequence[float] = (),
    now_s: float = -math.inf,
) -> Outlook | None:
    """The outlook of a runner with these marks (metres, seconds, the clock's step), none without one.

    `horizon_s`: until then the feed is known complete; `mats_m`: where the mats are, the finish need not be among them. A
    feed may be complete until shortly before `now_s` only; nothing to come is before that.
    """
    told = sorted(mark for mark in marks if mark[0] > SAME_MAT_M and mark[1] > 0)
    mixture = prior(model, kind, course)
    if not told:
        return None
    total_m = course.distance_m
    last_m, last_s, _ = told[-1]
    basis = _basis(len(told), mixture.kind, course)
    if last_m >= total_m - SAME_MAT_M:
        return _finished(mixture.kind, total_m, told[-1], target_s, basis)
    next_m = min((mat for mat in mats_m if last_m + SAME_MAT_M < mat <= total_m), default=total_m)
    ahead = forecast(told, course, mixture, model, horizon_s, next_m, now_s)
    finish = ahead.at(total_m)
    q05, q10, q25, q50, q75, q90, q95 = [finish.quantile(p) for p in QUANTILES]
    return Outlook(
        kind=mixture.kind,
        total_m=total_m,
        last_m=last_m,
        last_s=last_s,
        q05_s=q05,
        q10_s=q10,
        q25_s=q25,
        q50_s=q50,
        q75_s=q75,
        q90_s=q90,
        q95_s=q95,
        p_target=None if target_s is None else finish.cdf(target_s),
        even_pace_s=last_s / last_m * total_m,
        needed_pace_s_per_km=None if target_s is None else _needed(target_s - last_s, total_m - last_m),
        basis=basis,
        warnings=_warnings(mixture.kind, course, last_m),
        forecast=ahead,
    )


def _needed(left_s: float, left_m: float) -> float | None:
    return left_s / left_m * 1000 if left_s > 0 else None


def _finished(kind: Kind, total_m: float, finish: Timed, target_s: float | None, basis: str) -> Outlook:
    seconds = finish[1]
    beaten = None if target_s is None else float(seconds < target_s)
    same = (seconds,) * 7
    return Outlook(kind, total_m, finish[0], seconds, *same, beaten, seconds, None, basis, (), None)


def _next(ahead: Forecast, next_m: float) -> NextMat:
    now, then = ahead.at(next_m), ahead.free(next_m)
    return NextMat(
        distance_m=next_m,
        eta_s=now.quantile(0.5),
        q10_s=now.quantile(0.1),
        q90_s=now.quantile(0.9),
        late_s=then.quantile(0.95),
        overdue_s=patient(ahead.last_s, then.quantile(OVERDUE_P)),
    )


def patient(last_s: float, quantile_s: float) -> float:
    """When somebody is overdue whose next mat was to be reached by `quantile_s` with OVERDUE_P: a fifth later."""
    return last_s + PATIENCE * (quantile_s - last_s)


def _basis(count: int, kind: Kind, course: Ground) -> str:
    place = f"{course.name} course" if course.offsets is not None else "unknown course"
    return f"{count} mark{'s' * (count > 1)}, {kind}, {place}"


def _warnings(kind: Kind, course: Ground, last_m: float) -> tuple[str, ...]:
    said = [IF_FINISHED]
    if kind == "even":
        of = "those on wheels" if is_marathon(course.distance_m) else f"{course.distance_m / 1000:.4g} km"
        said.append(f"no population for {of}: an even runner is assumed")
    elif kind == "paced":
        said.append("not calibrated: few attempts")
    else:
        said.append("fitted on finishers, mostly Boston qualifiers")
    if kind != "even" and course.offsets is None:
        said.append("unknown course: the band is wider")
    if kind == "mass" and is_marathon(course.distance_m) and last_m < EARLY_M - SAME_MAT_M:
        said.append("before 10 km: the band, not a point")
    return tuple(said)
