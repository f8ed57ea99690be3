"""The laws of the columns."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event, Split
from feeds.seen import Seen
from tests.race.made import EVENTS, fold, split
from tracker.race import columns as columns_of
from tracker.race.bulk import picked
from tracker.race.columns import FIRST_TABLE, Columns, Rare, Read
from tracker.race.ledger import Ledger
from tracker.race.reading import Reading
from tracker.race.reads import Reads
from tracker.race.state import lines


class Plain(Reads):
    """The same store as a dict of sets, for the law that both come to one state."""

    def __init__(self) -> None:
        super().__init__()
        self.by: dict[str, set[Read]] = defaultdict(set)

    def add(self, split: Split | Seen) -> bool:
        instants = {name: value and value.timestamp() for name, value in (("at", split.at), ("sent", split.sent))}
        values = {name: getattr(split, name) for name in Read._fields}
        self.by[split.athlete].add(Read(**(values | instants)))
        return True

    def of(self, athlete: str) -> list[Read]:
        return list(self.by.get(athlete, ()))

    @property
    def races(self) -> dict[str, int]:
        every = [read.race for reads in self.by.values() for read in reads if read.race is not None]
        return {race: every.count(race) for race in every}


@given(st.lists(EVENTS, max_size=20))
def test_columns_and_dicts_come_to_one_state(events: list[Event]) -> None:
    """The state has the same lines whether reads are kept in columns or in plain sets."""
    plain, ledger = Plain(), Ledger()
    for e in events:
        if e.kind == "split":
            plain.add(e)
        else:
            ledger.put(e)
    reading = Reading(plain, ledger, None)
    assert lines(ledger, reading.id, plain.by, reading.sheet) == fold(events).state_lines()


def test_a_flood_is_kept_whole() -> None:
    """However many reads come, each is known again, and none is taken for another."""
    reads = Reads()
    many = [split("5km", float(n), f"r{n % 700}") for n in range(2 * FIRST_TABLE)]
    assert all(reads.add(e) for e in many if isinstance(e, Split))
    assert not any(reads.add(e) for e in many[:: FIRST_TABLE // 7] if isinstance(e, Split))
    assert len(reads.columns) == len(many)
    assert {read.elapsed_s for read in reads.of("r5")} == {float(n) for n in range(5, len(many), 700)}
    twin = reads.copy()
    twin.count -= 10
    late = split("5km", 1.5, "r1")
    assert isinstance(late, Split) and twin.add(late)
    assert len(twin.columns) == len(many) - 9 and not twin.add(late) and reads.add(late)


@given(st.lists(st.lists(st.sampled_from((None, 0, 3, 7)), min_size=1, max_size=5), max_size=6))
def test_a_rare_column_is_a_column(batches: list[list[int | None]]) -> None:
    """Whatever is put, and however much of it is none, every place has its value; it is no longer than to the last one."""
    rare, whole = Rare("i", 0), [0] * 0
    for batch in batches:
        rare.put(len(whole), batch)
        whole += [value or 0 for value in batch]
    assert [rare[n] for n in range(len(whole))] == whole
    assert picked(rare, np.arange(-1, len(whole)))[1:].tolist() == whole
    assert not rare.told or any(whole[max(0, len(rare.told) - 5) : len(rare.told)])


def test_a_read_comes_out_as_it_went_in() -> None:
    """Values that were not given are none again, not a number that stands for none."""
    columns = Columns()
    e = split("5km", 900.0, place=None)
    assert isinstance(e, Split)
    columns.enter(columns.form_code(e.form), e.values, 0)
    read = columns.read(0)
    assert (read.elapsed_s, read.place, read.at, read.sent, read.rev) == (900.0, None, None, None, 1)


def test_forms_may_be_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once there are too many for small numbers, the numbers have more room."""
    monkeypatch.setattr(columns_of, "MOST_SMALL", 3)
    columns = Columns()
    for n in range(5):
        e = split(f"{n + 1}km", 900.0)
        assert isinstance(e, Split)
        columns.enter(columns.form_code(e.form), e.values, n)
    assert list(columns.form) == [0, 1, 2, 3, 4] and columns.form.itemsize == 4


def test_names_are_shared() -> None:
    """Whoever keeps a name keeps the same text; strangers are none of ours."""
    columns = Columns()
    for n, name in enumerate(("anna", "bob")):
        e = split("5km", 900.0, name)
        assert isinstance(e, Split)
        columns.enter(columns.form_code(e.form), e.values, n)
    bob = "".join(["b", "ob"])
    columns.share_names(["carl", bob])
    assert columns.names == ["anna", "bob"] and columns.names[1] is bob and columns.codes == {"anna": 0, "bob": 1}
    assert next(name for name, code in columns.codes.items() if code == 1) is bob
