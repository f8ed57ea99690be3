"""Other runners, known by reads only, and the pacers of ordinary races."""

from __future__ import annotations

import pytest

from tests.race.made import event, fold, race, shipped, split, status, until, view


def named(id: str, **more: str) -> object:
    return event(kind="athlete", id=id, name=id.upper(), **more)


def test_the_gap_to_a_rival_is_at_the_last_mat_of_both() -> None:
    """A rival is behind or ahead by the last mat that both passed, minus being ahead."""
    told = fold(race(), split("5km", 850), split("10km", 1700), split("5km", 862, "b"), split("5km", 840, "c"))
    rivals = view(told, 1800).rivals
    assert [(r.runner.id, r.gap_s, r.at and r.at.id) for r in rivals] == [("c", 10, "5km"), ("b", -12, "5km")]


def test_gaps_to_rivals_are_by_the_gun() -> None:
    """Runners on their own net clocks are compared by who is in front on the road."""
    told = fold(
        race(),
        split("5km", 840, clock="net"),
        split("5km", 850),
        split("10km", 1690, clock="net"),
        split("5km", 900, "b"),
    )
    (rival,) = view(told, 2000).rivals
    assert rival.gap_s == pytest.approx(-50)


def test_a_rival_has_metres_only_where_the_place_is_good() -> None:
    """Just after mats that read in tenths both are placed; a minute later, or by whole seconds, neither is."""
    fine = fold(race(), split("5km", 850.1), split("5km", 851.3, "b"))
    (near,), (far,) = view(fine, 855).rivals, view(fine, 990).rivals
    assert near.position_m == pytest.approx(5000 + (855 - 851.3) / 851.3 * 5000)
    assert far.position_m is None
    (coarse,) = view(fold(race(), split("5km", 850, resolution_s=5), split("5km", 851, "b")), 855).rivals
    assert coarse.position_m is None


def test_the_nearest_rivals_are_told() -> None:
    """Of a field the eight nearest are told, those ahead first."""
    told = fold(race(), split("5km", 850), [split("5km", 850 + 2 * i, f"r{i:02d}") for i in range(-7, 15) if i])
    gaps = [r.gap_s for r in view(told, 900).rivals]
    assert gaps == [8, 6, 4, 2, -2, -4, -6, -8]


def test_pacers_are_listed_until_a_mat_is_passed_without_them() -> None:
    """A pacer who ran with the runner is out once the runner has passed the next mat alone."""
    told = fold(race(), named("p", role="pacer"), named("q", role="pacer"))  # type: ignore[arg-type]
    for e in (split("5km", 849, "p"), split("5km", 849.5, "q"), split("5km", 850), split("10km", 1698, "q")):
        told.receive(e)
    before = view(told, 1699).rotation
    told.receive(split("10km", 1700))
    after = view(told, 1700).rotation
    assert before is not None and after is not None
    assert [(p.runner.id, p.out) for p in before.pacers] == [("q", False), ("p", False)]
    assert [(p.runner.id, p.last and p.last.id, p.out) for p in after.pacers] == [
        ("q", "10km", False),
        ("p", "5km", True),
    ]
    assert not after.inferred


def test_a_slower_pacer_is_not_out() -> None:
    """The pacer of a slower group is out only when overdue where others have been read, or by status."""
    told = fold(race(), named("p", role="pacer"), split("5km", 1000, "p"), split("5km", 850), split("10km", 1700))  # type: ignore[arg-type]

    def out(elapsed_s: float) -> bool:
        turn = view(told, elapsed_s).rotation
        assert turn is not None
        return turn.pacers[0].out

    assert [out(t) for t in (1710, 2010, 2030)] == [False, False, True]
    told.receive(split("10km", 2005, "p"))
    assert not out(2031)
    told.receive(status("DNF", "p"))
    assert out(2032)


def test_pacers_are_no_rivals() -> None:
    """Who paces is not compared with."""
    told = fold(race(), named("p", role="pacer"), split("5km", 849, "p"), split("5km", 850))  # type: ignore[arg-type]
    assert view(told, 900).rivals == ()


def test_chicago_at_35_km() -> None:
    """Of the recorded field at 35 km the nearest to the winner is Kipruto, 2:32 behind; before he is through, a bound."""
    events = shipped("chicago-2023")
    (before,) = (r for r in view(until(events, 6100), 6100).rivals if r.runner.surname == "Kipruto")
    assert (before.gap_s, before.at_least_s) == (5191 - 5289, 78)
    assert before.waiting is not None and before.waiting.distance_m == 35000
    (there,) = (r for r in view(until(events, 6180), 6180).rivals if r.runner.surname == "Kipruto")
    assert there.at is not None and there.at.distance_m == 35000
    assert (there.gap_s, there.waiting, there.at_least_s) == (6022 - 6174, None, None)
