"""The laws of ranks."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.race.fields import by_sorting
from tracker.race.ranks import NO_TIME, Column, numbered, ordered, ranks, table

RUNNERS = st.lists(
    st.tuples(st.sampled_from([1, 2, 2, 3, NO_TIME]), st.integers(0, 2), st.integers(0, 2), st.booleans()), max_size=30
)


def column(times: list[int], group: list[int], ranked: list[bool], place: list[int] | None = None) -> Column:
    return Column(
        time=np.array(times, np.int64),
        place=np.array(place or [0] * len(times), np.int32),
        hollow=np.zeros(len(times), np.bool_),
        group=np.array(group, np.int32),
        ranked=np.array(ranked, np.bool_),
        order=np.arange(len(times), dtype=np.int32),
    )


@given(RUNNERS)
def test_ranks_are_those_of_sorting(runners: list[tuple[int, int, int, bool]]) -> None:
    """In every group and trait a rank is one more than the number of those who are faster."""
    times, group, trait = ([one[n] for one in runners] for n in range(3))
    ranked = [one[3] for one in runners]
    made = column(times, group, ranked)
    in_it = {str(n): t for n, t in enumerate(times) if t < NO_TIME and ranked[n]}
    everybody = ordered(made)
    got = {str(n): r for n, r in enumerate(ranks(made, everybody).tolist()) if r}
    assert got == by_sorting(in_it, {str(n): g for n, g in enumerate(group)})
    named = {n: t for n, t in in_it.items() if trait[int(n)]}
    alike = {str(n): pair for n, pair in enumerate(zip(group, trait, strict=True))}
    found = ranks(made, everybody, np.array(trait, np.int32))
    assert {str(n): r for n, r in enumerate(found.tolist()) if r} == by_sorting(named, alike)


SHORT_AND_LONG = st.sampled_from([0, 1, 65_535, 65_536, 131_072, 7_200_000, 1 << 32, 10_000_000_000, NO_TIME])


@given(st.lists(st.tuples(SHORT_AND_LONG, st.integers(0, 1), st.booleans()), max_size=20), st.randoms())
def test_the_order_is_that_of_sorting(runners: list[tuple[int, int, bool]], dice: Random) -> None:
    """Group by group by time, however long it is, and those with equal ones by id; who has none, or is not asked for, not."""
    order = list(range(len(runners)))
    dice.shuffle(order)
    times, groups, among = ([one[n] for one in runners] for n in range(3))
    made = replace(column(times, groups, [True] * len(times)), order=np.array(order, np.int64))
    for mask in (None, np.array(among, np.bool_)):
        shown = [n for n, time in enumerate(times) if time < NO_TIME and (mask is None or mask[n])]
        assert ordered(made, mask).tolist() == sorted(shown, key=lambda n: (groups[n], times[n], order[n]))


def test_the_providers_place_stands_first() -> None:
    """Who was given a place has it as rank and stands there, whatever the clock says; the others are counted."""
    made = column([1000, 1001, 1002], [0, 0, 0], [True] * 3, [2, 1, 0])
    none = np.zeros(3, np.int32)
    shown = table("finish", "gun", made, None, (none, none))
    assert shown.rows.tolist() == [1, 0, 2] and shown.rank.tolist() == [1, 2, 3]


def test_equal_combinations_share_a_number() -> None:
    """Groups are told apart by all their codes together."""
    found = numbered(np.array([0, 0, 1, 1]), np.array([5, 6, 5, 5]))
    assert found[2] == found[3] and len(set(found.tolist())) == 3


def test_many_traits_are_told_apart() -> None:
    """However many categories a feed names, each is ranked by itself."""
    made = column([1000, 1001, 1002], [0, 0, 0], [True] * 3)
    assert ranks(made, ordered(made), np.array([1, 1 + (1 << 16), 1], np.int32)).tolist() == [1, 1, 2]
