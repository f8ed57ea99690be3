"""Those who are compared: one clock, gaps at mats of both, chances for whoever has a finish to come."""

from __future__ import annotations

import pytest

from feeds.events import Event
from tests.race.made import at, event, fold, race, shipped, split, status, until, view
from tracker.priors import shipped as priors
from tracker.race.book import Race
from tracker.race.snapshot import Together

FULL_M = 42_195.0
MATS = tuple({"id": f"{n}km", "name": f"{n} km", "distance_m": n * 1000.0} for n in range(5, 45, 5))


def marathon(**more: object) -> Event:
    """A marathon with a mat every 5 km and no target."""
    finish = {"id": "finish", "name": "finish", "distance_m": FULL_M, "type": "finish"}
    return race(distance_m=FULL_M, checkpoints=(*MATS, finish), targets=(), **more)


def passed(athlete: str, pace: float, upto_km: int, **more: object) -> list[Event]:
    """Splits every 5 km at a pace in seconds a kilometre."""
    return [split(f"{n}km", n * pace, athlete, **more) for n in range(5, upto_km + 1, 5)]


def beside(told: Race, elapsed_s: float, *others: str) -> Together:
    """Runner `a` compared with others."""
    found = view(told, elapsed_s, beside=others, model=priors()).together
    assert found is not None
    return found


def test_gaps_are_at_the_last_mat_of_both() -> None:
    """The runner stands first; the others' gaps are at the last mat that both passed, minus in front."""
    told = fold(marathon(), passed("a", 190, 20), passed("b", 188, 15), passed("c", 200, 20))
    found = beside(told, 4010, "c", "b")
    assert [(c.runner.id, c.gap_s, c.at and c.at.id) for c in found.contenders] == [
        ("a", None, None),
        ("c", 200.0, "20km"),
        ("b", -30.0, "15km"),
    ]
    assert found.clock == "gun"


def test_chances_follow_the_road() -> None:
    """Of three who run, who is in front is the likeliest first; the chances of all sum to one, and say of each two the same."""
    told = fold(marathon(), passed("a", 190, 30), passed("b", 188, 30), passed("c", 200, 30))
    a, b, c = beside(told, 6010, "b", "c").contenders
    assert a.p_first is not None and b.p_first is not None and c.p_first is not None
    assert a.p_first + b.p_first + c.p_first == pytest.approx(1.0)
    assert b.p_first > a.p_first > c.p_first
    assert a.p_ahead[0] is None and a.p_ahead[1] is not None and b.p_ahead[0] is not None
    assert a.p_ahead[1] + b.p_ahead[0] == pytest.approx(1.0)
    assert a.low_s is not None and a.median_s is not None and a.high_s is not None
    assert a.low_s < a.median_s < a.high_s


def test_waves_are_compared_on_their_own_clocks() -> None:
    """Who set off ten minutes later is not behind for it."""
    told = fold(
        marathon(),
        event(kind="start", scope="wave", id="2", at=at(600)),
        event(kind="athlete", id="b", name="B", wave="2"),
        passed("a", 190, 20),
        passed("b", 185, 15, clock="net"),
    )
    found = beside(told, 3900, "b")
    assert found.clock == "net"
    assert found.contenders[1].gap_s == pytest.approx(-75.0)


def test_whoever_is_out_has_no_chance_to_be_told() -> None:
    """Nobody is projected who is out; the others' chances are among themselves."""
    told = fold(marathon(), passed("a", 190, 20), passed("b", 188, 20), passed("c", 180, 15), status("DNF", "c"))
    a, b, c = beside(told, 3900, "b", "c").contenders
    assert c.phase == "out" and c.p_first is None and c.median_s is None
    assert a.p_first is not None and b.p_first is not None
    assert a.p_first + b.p_first == pytest.approx(1.0)
    assert a.p_ahead[2] is None


def test_a_finisher_is_ahead_of_whoever_still_runs() -> None:
    """A time that stands before now is beaten by nobody."""
    told = fold(marathon(), passed("a", 190, 40), passed("b", 185, 40), split("finish", 7806.1, "b"))
    a, b = beside(told, 7900, "b").contenders
    assert b.done_s == 7806.1 and b.median_s is None
    assert b.p_first == pytest.approx(1.0) and a.p_first == pytest.approx(0.0)


def test_nobody_is_compared_with_themselves_or_strangers() -> None:
    """The runner, a second mention and who is not in the race stand beside nobody."""
    told = fold(marathon(), passed("a", 190, 20), passed("b", 188, 20))
    assert [c.runner.id for c in beside(told, 3900, "a", "b", "b", "nobody").contenders] == ["a", "b"]
    assert view(told, 3900, beside=("a", "nobody")).together is None


def test_kiptum_and_kipruto_at_35_km() -> None:
    """Chicago 2023 when both had passed 35 km: 2:32, and the first nearly sure to stay it."""
    told = until(shipped("chicago-2023"), 6180)
    first = next(r for r in told.runners() if r.surname == "Kiptum")
    second = next(r for r in told.runners() if r.surname == "Kipruto")
    found = view(told, 6180, athlete=first.id, beside=(second.id,), model=priors()).together
    assert found is not None
    kiptum, kipruto = found.contenders
    assert kipruto.at is not None and kipruto.at.distance_m == 35_000.0
    assert kipruto.gap_s == 152
    assert kiptum.p_first is not None and kiptum.p_first > 0.8
