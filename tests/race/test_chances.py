"""Who will be ahead: chances that add up, that a race's own effect does not blur, and that a draw confirms."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.race.projection.made import KINDS, MARATHON, MODEL, mixture, runs, steady
from tracker.race.chances import Goal, chances
from tracker.race.projection.condition import Timed
from tracker.race.projection.forecast import Forecast, forecast

TOTAL_M = 42_195.0


def ahead(marks: list[Timed]) -> Forecast:
    """The way ahead of one of a mass field."""
    return forecast(marks, MARATHON, mixture("mass"), MODEL)


Contender = tuple[list[Timed], float] | float
"""Somebody on the way whose clock began so much later, or a time that stands."""
contenders = st.one_of(st.tuples(runs(), st.floats(-60, 60)), st.floats(7200, 25_000))


def goal(one: Contender) -> Goal:
    """What is compared."""
    return Goal(done_s=one) if isinstance(one, float) else Goal(ahead(one[0]), shift_s=one[1])


@given(st.lists(contenders, min_size=2, max_size=4))
def test_somebody_is_first(field: list[Contender]) -> None:
    """The chances to be first sum to 1, those of every two do, and nobody is surer of all than of one."""
    found = chances([goal(one) for one in field])
    assert sum(found.first) == pytest.approx(1.0, abs=1e-6)
    for i, row in enumerate(found.ahead):
        for j, chance in enumerate(row):
            assert -1e-9 <= chance <= 1 + 1e-9
            assert chance + found.ahead[j][i] == pytest.approx(1.0)
            assert i == j or found.first[i] <= chance + 0.01


@given(runs(), runs(), st.floats(0, 0.05))
def test_the_day_that_all_share_orders_nobody(mine: list[Timed], other: list[Timed], race_sd: float) -> None:
    """However much the race may add to everybody's way, it tells nothing of who is ahead."""
    a, b = ahead(mine), ahead(other)
    usual = chances([Goal(a), Goal(b)])
    assert chances([Goal(replace(a, race_sd=race_sd)), Goal(replace(b, race_sd=race_sd))]).ahead == usual.ahead


@given(runs(), st.floats(0.02, 0.98))
def test_against_a_time_that_stands_the_day_counts(marks: list[Timed], p: float) -> None:
    """The chance to beat a time is that of the projection itself."""
    way = ahead(marks)
    time_s = way.at(TOTAL_M).quantile(p)
    assert chances([Goal(way), Goal(done_s=time_s)]).ahead[0][1] == pytest.approx(p, abs=0.04)


@given(runs(), st.floats(1, 600))
def test_who_is_ahead_in_all_else_is_more_likely_first(marks: list[Timed], lead_s: float) -> None:
    """Two with the same way ahead: an even chance; seconds in front make it more."""
    way = ahead(marks)
    same = chances([Goal(way), Goal(way)])
    assert same.first[0] == pytest.approx(0.5, abs=1e-6)
    assert chances([Goal(way), Goal(way, shift_s=lead_s)]).first[0] > same.first[0]


def test_dead_heats_are_shared() -> None:
    """Two times that stand equal and first are first together; the third has no chance left."""
    found = chances([Goal(done_s=7200.0), Goal(done_s=7201.0), Goal(done_s=7200.0)])
    assert found.first == (0.5, 0.0, 0.5)
    assert found.ahead[0] == (0.5, 1.0, 0.5)


def test_nobody_without_a_way_or_a_time() -> None:
    """A goal that is neither to come nor reached has no chances."""
    with pytest.raises(ValueError, match="neither a way ahead nor a time"):
        chances([Goal(), Goal(done_s=1.0)])


@pytest.mark.parametrize("held_s", [None, 60.0])
def test_a_draw_agrees(held_s: float | None) -> None:
    """Three who run and a time that stands, drawn twenty thousand times with one day for all, come in so often first."""
    dice = random.Random(2019)
    ways = [ahead(steady(pace, 30_000.0)) for pace in (0.2, 0.201, 0.203)]
    if held_s is not None:
        ways[1] = replace(ways[1], next_m=35_000.0, cut_s=ways[1].at(35_000.0).quantile(0.4) - ways[1].last_s)
    record_s = ways[0].at(TOTAL_M).quantile(0.3)
    found = chances([*map(Goal, ways), Goal(done_s=record_s)])
    shares, sds = zip(*ways[0].scales, strict=True)
    moments = [replace(way, race_sd=0.0).at(TOTAL_M) for way in ways]
    # Many quantiles once, drawn from afterwards: a search for each draw would take minutes.
    steps = 400
    tables = [moment.quantiles([(n + 0.5) / steps for n in range(steps)]) for moment in moments]
    won = [0] * 4
    count = 20_000
    for _ in range(count):
        day = math.sqrt(dice.choices(sds, shares)[0]) * dice.gauss(0, 1)
        times = [
            way.last_s + (dice.choice(table) - way.last_s) * math.exp(way.race_sd * day)
            for way, table in zip(ways, tables, strict=True)
        ]
        times.append(record_s)
        won[times.index(min(times))] += 1
    assert found.first == pytest.approx([each / count for each in won], abs=0.02)


def test_kinds_are_all_known() -> None:
    """The laws above hold for every population that the model knows."""
    for kind in KINDS:
        way = forecast(steady(0.18, 25_000.0), MARATHON, mixture(kind), MODEL)
        assert sum(chances([Goal(way), Goal(way, shift_s=5)]).first) == pytest.approx(1.0)
