"""Columns filled by the thousand are those that are filled read by read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.bulk import splits
from feeds.events import Split
from feeds.seen import Run, Seen
from tests.race.made import at, split
from tracker.race import bulk, columns
from tracker.race.bulk import enter_again, picked, put, stored
from tracker.race.columns import Columns, mark_of

ONE = st.builds(
    split,
    st.sampled_from(("5km", "10km")),
    st.sampled_from((None, 0.0, -0.0, 1.0, 2.5)),
    st.sampled_from("abcd"),
    at=st.sampled_from((None, at(1.0), at(2.0))),
    sent=st.sampled_from((None, at(3.0))),
    place=st.sampled_from((None, 1, 2)),
)
SOME = st.lists(ONE, min_size=1, max_size=12)


def run_of(events: Sequence[object]) -> Run:
    """Splits as a run."""
    ((run, _, _),) = splits({n: e for n, e in enumerate(events) if isinstance(e, Split)}).runs()
    return run


def entered(events: Sequence[object]) -> tuple[Columns, list[int]]:
    """Columns that were filled read by read, and the number of each."""
    one = Columns()
    return one, [one.enter(one.form_code(e.form), e.values, len(one)) for e in events if isinstance(e, Split)]


def whole(of: Columns) -> tuple[object, ...]:
    """What columns hold, without their table."""
    reads = [of.read(n) for n in range(len(of))]
    return reads, of.names, of.codes, of.firsts.tolist(), {name: list(of.chain(name, len(of))) for name in of.names}


@given(st.lists(SOME, max_size=4))
def test_a_run_is_put_as_its_reads_are(batches: list[list[object]]) -> None:
    """The same numbers and the same columns, whatever is known already or comes twice; each read is found again."""
    many = Columns()
    one, numbers = entered([e for batch in batches for e in batch])
    assert [number for batch in batches for number in put(many, run_of(batch)).tolist()] == numbers
    assert whole(many) == whole(one)
    for n in range(len(many)):
        assert many.enter(many.form[n], many.values(n), len(many)) == n


@given(SOME, st.data())
def test_reads_are_picked_as_arrays(events: list[object], data: st.DataObject) -> None:
    """Some reads in another order: the same columns as read by read, their table too."""
    one, _ = entered(events)
    order = data.draw(st.lists(st.sampled_from(range(len(one))), unique=True))
    plain = one.picked(order)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "MANY", 1)
        patch.setattr(bulk, "SLICE", 3)
        quick = one.picked(order)
        assert whole(quick) == whole(plain)
    for n in range(len(quick)):
        assert quick.enter(quick.form[n], quick.values(n), len(quick)) == n


@given(SOME)
def test_a_mark_is_that_of_one(events: list[object]) -> None:
    """Arrays and numbers come to the same marks."""
    one, _ = entered(events)
    every = stored(one, np.arange(len(one)))
    assert every.marks.tolist() == [mark_of(tuple(of[n].item() for of in every)) for n in range(len(one))]


def test_a_table_grows_with_what_comes() -> None:
    """However many, each read keeps its place, and one that came before is known."""
    many = Columns()
    events = [split("5km", float(n), f"r{n % 999}") for n in range(30_000)]
    for first in range(0, len(events), 5000):
        assert put(many, run_of(events[first : first + 5000])).tolist() == list(range(first, first + 5000))
    assert 10 * len(many) <= 7 * len(many.table)
    again = put(many, run_of(events[7000:7100]))
    assert again.tolist() == list(range(7000, 7100)) and len(many) == len(events)
    many.table[:] = type(many.table)("i", [-1]) * len(many.table)
    assert many.marked
    enter_again(many)
    assert sorted(n for n in many.table if n >= 0) == list(range(len(events)))


def test_a_chain_is_that_of_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The latest first, sought or kept, in whatever pieces it was made; of a stranger none."""
    many = Columns()
    events = [split("5km", float(n), f"r{n * n % 7}") for n in range(60)]
    for end in (20, 25, 60):
        put(many, run_of(events[len(many) : end]))
        monkeypatch.setattr(columns, "MANY", 1 if end != 25 else 1000)
        for few in (100, 0):
            monkeypatch.setattr(columns, "FEW", few)
            for name in many.names:
                kept = [n for n in range(end - 1, -1, -1) if many.names[many.athlete[n]] == name]
                assert list(many.chain(name, end)) == kept
                assert list(many.chain(name, 17)) == [n for n in kept if n < 17]
    assert not list(many.chain("nobody", 60))


def test_memory_is_given_back_where_that_can_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere nothing happens."""
    bulk.give_back()
    monkeypatch.setattr(bulk, "CDLL", lambda _: object())
    bulk.give_back()


def test_a_value_that_is_not_there_is_none() -> None:
    """Also in a column that few reads have anything in."""
    one, _ = entered([split("5km", 1.0), split("10km", 2.0, place=4), split("half", 3.0)])
    assert picked(one.place, np.array([1, 0, -1, 2])).tolist() == [4, 0, 0, 0]
    assert picked(one.elapsed, np.array([2, 0])).tolist() == [3.0, 1.0]
    assert isinstance(Seen(one.forms[0], one.values(1)).place, int)
