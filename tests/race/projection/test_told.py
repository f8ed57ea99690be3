"""The snapshot's projection: chosen by the race, remembered at each mark, patient while nothing was waited for."""

from __future__ import annotations

import pytest

from tests.race.made import at, event, fold, race, shipped, split, until, view
from tests.race.projection.made import MODEL
from tracker.race.book import Race
from tracker.race.projection.model import Ground
from tracker.race.projection.project import project
from tracker.race.projection.told import OVERDUE, RACE_OVER
from tracker.race.snapshot import Projection, Snapshot
from tracker.race.view import UNTOLD_S

VIENNA = shipped("vienna-2019")


def vienna(elapsed_s: float, **wanted: object) -> Snapshot:
    """Vienna as it was known and projected so long after the gun."""
    return view(until(VIENNA, elapsed_s), elapsed_s, model=MODEL, **wanted)


def marathon(*marks: tuple[float, float], **more: object) -> Race:
    """A marathon with mats every five kilometres and one runner's marks."""
    mats = tuple({"id": f"{km}km", "distance_m": km * 1000.0} for km in range(5, 45, 5))
    fields = {"distance_m": 42_195.0, "checkpoints": mats, "targets": ({"name": "3:30:00", "finish_s": 12_600.0},)}
    return fold(race(**(fields | more)), *(split(metres, seconds) for metres, seconds in marks))


def projected(told: Race, elapsed_s: float, **wanted: object) -> Projection:
    """What is projected so long after the gun."""
    return view(told, elapsed_s, model=MODEL, **wanted).projection


def test_without_a_model_the_plain_figures_stay() -> None:
    """Nothing is projected without a model, before the first mark, or where the course is unknown."""
    told = marathon((5000, 1500))
    assert view(told, 1600).projection.median_s is None
    assert projected(marathon(), 1600).median_s is None
    assert projected(fold(split(5000, 1500)), 1600).median_s is None
    assert projected(told, 1600).even_pace_s == view(told, 1600).projection.even_pace_s


def test_the_race_chooses_the_population_and_the_user_may() -> None:
    """A laser makes a race paced, a slow runner is one of the mass, wheels are even; the user's word stands above."""
    assert vienna(4300).projection.basis == "6 marks, paced, unknown course"
    assert vienna(4300, prior="elite").projection.basis == "6 marks, elite, unknown course"
    assert projected(marathon((5000, 1500)), 1600).basis == "1 mark, mass, unknown course"
    assert projected(marathon((5000, 900)), 1000).basis == "1 mark, elite, unknown course"
    assert projected(marathon((5000, 730)), 800).basis == "1 mark, even, unknown course"
    assert projected(marathon((5000, 1500), place="Boston"), 1600).basis == "1 mark, mass, boston course"


def test_a_late_start_is_not_run() -> None:
    """By the gun's clock twenty minutes of waiting for one's wave move everything by twenty minutes, and nothing else."""
    marks = ((5000, 1500), (10_000, 3020), (15_000, 4560))
    plain = view(marathon(*marks), 4700, model=MODEL)
    told = marathon(*((metres, seconds + 1200) for metres, seconds in marks))
    for message in (event(kind="athlete", id="a", wave="w"), event(kind="start", scope="wave", id="w", at=at(1200))):
        told.receive(message)
    late = view(told, 5900, model=MODEL)
    assert plain.due is not None and late.due is not None and late.last is not None and late.last.elapsed_s == 5760
    for name in ("q05_s", "q10_s", "median_s", "q90_s", "q95_s"):
        before, after = getattr(plain.projection, name), getattr(late.projection, name)
        assert after == pytest.approx(before + 1200, abs=0.01)
    assert late.due.eta_s == pytest.approx(plain.due.eta_s + 1200, abs=0.01)
    assert late.due.overdue_from_s == pytest.approx(plain.due.overdue_from_s + 1200, abs=0.01)
    assert late.position is not None and plain.position is not None
    assert late.position.distance_m == pytest.approx(plain.position.distance_m, abs=1)
    waited = view(told, 6400, model=MODEL)
    assert (waited.projection.median_s or 0.0) >= (late.projection.median_s or 0.0)


def test_an_early_mass_projection_is_a_band() -> None:
    """Before 10 km of a mass race there is a band and no point."""
    assert not projected(marathon((5000, 1500)), 1600).point
    assert projected(marathon((5000, 1500), (10_000, 3000)), 3100).point


def test_what_was_believed_stays() -> None:
    """The history at a mark is what was projected right then, and holds every mark so far."""
    now = vienna(6000).projection
    assert [b.distance_m for b in now.history] == [5000, 10_000, 15_000, 20_000, 21_000, 25_000, 30_000, 35_000]
    then = vienna(4259).projection
    assert now.history[5].median_s == then.median_s
    assert now.history[5].p_target == then.p_target


def test_the_mats_to_come_follow_each_other() -> None:
    """Arrivals are the mats from the next one to the finish, each later than the one before, the finish the median."""
    p = vienna(4300).projection
    assert [a.checkpoint.id for a in p.arrivals] == ["30km", "35km", "40km", "finish"]
    etas = [a.eta_s for a in p.arrivals]
    assert etas == sorted(etas)
    assert p.median_s == pytest.approx(etas[-1])


def test_a_finisher_is_exact() -> None:
    """Once the runner has finished every quantile is the time, and nothing is to come."""
    p = vienna(7200).projection
    assert (p.q05_s, p.median_s, p.q95_s, p.p_target, p.arrivals) == (7180.2, 7180.2, 7180.2, 1.0, ())


def test_twenty_minutes_offline_change_nothing() -> None:
    """While the feed is known complete only until the loss, the projection stands still; live it would move."""
    told = marathon((5000, 1500), (10_000, 3000))
    zero_s = told.gun_s or 0.0
    at_loss = projected(told, 4480, horizon_s=zero_s + 4480)
    offline = projected(told, 4480 + 1200, horizon_s=zero_s + 4480, as_of_s=zero_s + 4480)
    assert [offline.q05_s, offline.median_s, offline.p_target] == [at_loss.q05_s, at_loss.median_s, at_loss.p_target]
    waited = projected(told, 4480 + 240)
    assert waited.median_s is not None and at_loss.median_s is not None
    assert waited.median_s > at_loss.median_s + 60


def test_due_late_and_overdue_come_by_the_quantiles() -> None:
    """The next mat is due at its median, late at 95 % and overdue at 99.5 %, and waiting moves none of them."""
    told = marathon((5000, 1500), (10_000, 3000))
    first = view(told, 3100, model=MODEL).due
    assert first is not None and first.q10_s is not None and first.q90_s is not None and first.late_from_s is not None
    assert first.q10_s < first.eta_s < first.q90_s < first.late_from_s < first.overdue_from_s
    assert first.state is None
    words = [(first.eta_s + 1, "due"), (first.late_from_s + 1, "late"), (first.overdue_from_s + 1, "overdue")]
    for at_s, word in words:
        later = view(told, at_s, model=MODEL).due
        assert later is not None
        assert (later.state, later.eta_s, later.overdue_from_s) == (word, first.eta_s, first.overdue_from_s)


def test_an_estimated_place_has_its_bounds() -> None:
    """Between mats the runner is somewhere between two places, the estimate among them, never beyond the next mat."""
    place = view(marathon((5000, 1500), (10_000, 3000)), 3600, model=MODEL).position
    assert place is not None and place.low_m is not None and place.high_m is not None
    assert 10_000 < place.low_m < place.distance_m < place.high_m <= 15_000


def test_the_screen_and_the_outlook_are_equally_patient() -> None:
    """Due, late and overdue are those of the outlook at the last mark."""
    marks: list[tuple[float, float, float]] = [(5000, 1500, 1), (10_000, 3000, 1)]
    coming = view(marathon((5000, 1500), (10_000, 3000)), 3100, model=MODEL).due
    alone = project(marks, Ground(42_195.0), "mass", MODEL, mats_m=(15_000,))
    assert coming is not None and alone is not None and alone.next is not None
    assert coming.eta_s == pytest.approx(alone.next.eta_s)
    assert coming.late_from_s == pytest.approx(alone.next.late_s)
    assert coming.overdue_from_s == pytest.approx(alone.next.overdue_s)


def test_two_hours_are_likely_all_the_way() -> None:
    """Also in the last seconds before a mat, where a read may only be late, nobody is told that Vienna will fail."""
    chances = [vienna(elapsed_s).projection.p_target or 0.0 for elapsed_s in range(855, 7180, 15)]
    chances += [vienna(mat_s - 1).projection.p_target or 0.0 for mat_s in (1700, 2552, 3406, 4259, 5111, 5965, 6823)]
    assert min(chances) >= 0.5


def test_an_overdue_runner_has_no_finish() -> None:
    """Who should long have been read has missed a mat or stopped: only what was believed before stands, until the next
    read; the same once the race is over."""
    told = marathon((5000, 1500), (10_000, 3000))
    lost = projected(told, 5200)
    assert (lost.median_s, lost.q05_s, lost.q95_s, lost.p_target) == (None, None, None, None)
    assert lost.warnings == (OVERDUE,) and len(lost.history) == 2 and lost.arrivals
    told.receive(split(20_000, 6400))
    assert projected(told, 6400).median_s is not None
    told.receive(event(kind="end"))
    assert (projected(told, 6500).median_s, projected(told, 6500).warnings) == (None, (RACE_OVER,))


def test_silence_counts_at_once_where_reads_tell_when_they_came() -> None:
    """A feed that is known complete narrows the forecast up to then; one that does not tell may be ten seconds late."""
    told = marathon((5000, 1500), (10_000, 3000))
    zero_s = told.gun_s or 0.0
    complete = projected(told, 4480, horizon_s=zero_s + 4480)
    assert projected(told, 4480 + UNTOLD_S).q05_s == complete.q05_s
    assert (projected(told, 4480).q05_s or 0.0) < (complete.q05_s or 0.0)
