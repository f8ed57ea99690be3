"""The forecasts of a field, kept up: those of single runners, however the reads came, and where everybody stands by them."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.fields import described, made_up
from tests.race.made import TOTAL_M, at, event, fold, race, split, status, view
from tracker.priors import shipped
from tracker.race.book import Race, Wanted
from tracker.race.outlooks import FINISHED, LATE, LEAST_MISSING, ON, OUT, OVERDUE, UNSEEN, Outlooks
from tracker.race.projection.basis import Basis

WANTED = Wanted(model=shipped())


def basis(known: Race) -> Basis:
    """What the field's projections rest on."""
    found = known.basis(WANTED)
    assert found is not None
    return found


def seen(known: Race, outlooks: Outlooks | None = None, most: int = 1000) -> Outlooks:
    """The forecasts of a field."""
    return (outlooks or Outlooks()).update(known.field(), basis(known), most)


def states(told: list[Event], elapsed_s: float, horizon_s: float | None = None) -> dict[str, int]:
    """What becomes of everybody, by id."""
    known = fold(told)
    found = seen(known).stand(known.field(), elapsed_s, elapsed_s if horizon_s is None else horizon_s)
    return dict(zip(known.field().roster.ids, found.state.tolist(), strict=True))


PLAIN = [race(), split("5km", 900.0, "a"), split("10km", 1800.0, "a"), split("5km", 1000.0, "b")]


@settings(max_examples=30)
@given(st.integers(0, 1_000_000_000).map(random.Random))
def test_they_are_those_of_single_runners(dice: random.Random) -> None:
    """The finish, the next mat, late and overdue: each as the runner's own view has them, whose reads are plain."""
    known = fold([*described(), *made_up(dice)])
    found, field = seen(known), known.field()
    for row, id in enumerate(field.roster.ids):
        told = known.told(id, WANTED)
        if told is None or not field.whole[row] or not told.marks or len(told.marks) != found.last[row] + 1:
            continue
        ahead = told.ahead
        if ahead is None:
            continue
        shift_s = field.began[row] if not field.net[row] and not np.isnan(field.began[row]) else 0.0
        finish = ahead.at(ahead.total_m)
        assert found.finish_s[row] == pytest.approx(finish.quantile(0.5) - shift_s, rel=2e-3)


@settings(max_examples=20)
@given(st.integers(0, 1_000_000_000).map(random.Random), st.integers(1, 3))
def test_however_they_come_they_are_the_same(dice: random.Random, most: int) -> None:
    """Read by read and a few rows at a time, or all at once: the same forecasts in the end."""
    told = [*described(), *made_up(dice)]
    known, kept = Race(), Outlooks()
    for one in told:
        known.receive(one)
        if known.basis(WANTED) is not None:
            kept.update(known.field(), basis(known), most)
    for _ in range(len(known.field())):
        seen(known, kept, most)
    assert kept.pending == 0
    fresh = seen(fold(told))
    for name in ("finish_s", "eta_s", "late_s", "overdue_s"):
        np.testing.assert_allclose(getattr(kept, name), getattr(fresh, name), atol=0.02)


def test_what_is_still_to_be_reckoned_is_known() -> None:
    """One row a time: the others wait, and a new mark makes its runner wait again."""
    known = fold(PLAIN)
    found = seen(known, most=1)
    assert found.pending == 1 and np.isnan(found.finish_s[1])
    assert seen(known, found, most=1).pending == 0
    known.receive(split("10km", 2000.0, "b"))
    assert seen(known, found, most=0).pending == 1


def test_who_is_still_to_be_reckoned_with_is_not_late() -> None:
    """A mark that is not reckoned with yet makes nobody late or overdue, and no mat silent: they go on at their own pace."""
    known = fold(PLAIN)
    found = seen(known)
    known.receive(split("10km", 2000.0, "b"))
    stand = seen(known, found, most=0).stand(known.field(), 9000.0, 9000.0)
    a, b = (known.field().roster.row[id] for id in "ab")
    assert (stand.state[a], stand.state[b], stand.pending, stand.silent) == (OVERDUE, ON, 1, ())
    early = found.stand(known.field(), 2100.0, 2100.0)
    assert early.place_m[b] == pytest.approx(10_500.0) and stand.place_m[b] == 15_000.0
    assert seen(known, found).stand(known.field(), 9000.0, 9000.0).state[b] == OVERDUE


def test_everybody_is_in_one_state() -> None:
    """Before a mat, on the way, late, overdue, home, out."""
    told = [
        *PLAIN,
        split("finish", 3900.0, "c"),
        split("5km", 950.0, "d"),
        status("DNF", "d"),
        event(kind="athlete", id="e", name="E"),
    ]
    assert states(told, 1900.0) == {"a": ON, "b": ON, "c": FINISHED, "d": OUT, "e": UNSEEN}
    known = fold(told)
    found, n = seen(known), known.field().roster.row["b"]
    late_s, overdue_s = found.late_s[n], found.overdue_s[n]
    assert found.eta_s[n] < late_s < overdue_s
    assert states(told, late_s + 1)["b"] == LATE and states(told, overdue_s + 1)["b"] == OVERDUE
    assert states(told, overdue_s + 1, late_s - 1)["b"] == ON


def test_places_are_between_the_mats() -> None:
    """From the last one on, never beyond the next, level with the forecast; who is home, out or overdue is nowhere."""
    known = fold(PLAIN)
    found, field = seen(known), known.field()
    n = field.roster.row["a"]
    half_s = (1800.0 + found.eta_s[n]) / 2
    spare_s = found.slow_s[n] - found.eta_s[n]
    assert found.stand(field, 1800.0, 1800.0).place_m[n] == 10_000
    assert found.stand(field, half_s, half_s).place_m[n] == pytest.approx(12_500)
    late = [found.stand(field, found.eta_s[n] + x * spare_s, 1800.0).place_m[n] for x in (-0.5, 0.0, 1.0, 5.0)]
    assert late == sorted(late) and 14_000 < late[0] < late[-1] < 15_000
    assert np.isnan(found.stand(field, 9000.0, 9000.0).place_m[n])


def test_a_silent_mat_makes_nobody_overdue() -> None:
    """Where so many in a row are missing it is the mat; one fewer, and they are overdue themselves."""
    for count in (LEAST_MISSING, LEAST_MISSING - 1):
        told = [race(), *(split("5km", 900.0 + n, f"r{n}") for n in range(count))]
        known = fold(told)
        found = seen(known)
        stand = found.stand(known.field(), 3000.0, 3000.0)
        silent = count == LEAST_MISSING
        assert [mat.id for mat in stand.silent] == (["10km"] if silent else [])
        assert set(stand.state.tolist()) == ({ON} if silent else {OVERDUE})


def test_a_mat_that_reads_others_is_not_silent() -> None:
    """Those who are missing were due before the last one who was read there."""
    told = [race(), *(split("5km", 900.0 + n, f"r{n}") for n in range(LEAST_MISSING)), split("5km", 1000.0, "z")]
    told.append(split("10km", 2050.0, "z"))
    known = fold(told)
    stand = seen(known).stand(known.field(), 3000.0, 3000.0)
    assert stand.silent == () and stand.count(OVERDUE) >= LEAST_MISSING


def test_after_the_end_of_a_race_nothing_is_due() -> None:
    """Nobody is late or overdue any more, no mat is silent, and whoever did not finish stands nowhere on the road."""
    told = [race(), *(split("5km", 900.0 + n, f"r{n}") for n in range(LEAST_MISSING)), split("finish", 3900.0, "c")]
    known = fold([*told, event(kind="end", at=at(7200))])
    assert known.over and not fold(told).over
    stand = seen(known).stand(known.field(), 7200.0, 7200.0, over=known.over)
    assert stand.count(OVERDUE) == 0 and stand.silent == ()
    assert np.isnan(stand.place_m).all()


def test_the_finish_of_a_finisher_is_the_time() -> None:
    """No forecast any more."""
    known = fold([*PLAIN, split("finish", 3900.0, "c")])
    assert seen(known).finish_s[known.field().roster.row["c"]] == 3900.0


def test_without_a_course_there_is_no_basis() -> None:
    """Nothing is projected before the race is described, or without a model."""
    assert fold([split("5km", 900.0)]).basis(WANTED) is None
    assert fold(PLAIN).basis(Wanted()) is None
    assert view(fold(PLAIN), 1900.0).course.distance_m == TOTAL_M
