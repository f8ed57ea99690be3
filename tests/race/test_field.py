"""The laws of the field in columns."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.fields import MATS, WAVES, by_sorting, described, made_up, place, seconds
from tests.race.made import EVENTS, at, event, fold, race, shipped, split, until, void
from tracker.race.book import Race
from tracker.race.field import Clock, Field
from tracker.race.ranks import NO_GAIN, NO_TIME

CLOCKS: tuple[Clock, ...] = ("gun", "net")


def rows(field: Field, **of: str) -> Any:
    """A mask of the rows with a trait."""
    ((trait, word),) = of.items()
    return field.roster.is_(trait, word)


def ids(field: Field, mat: str, clock: Clock = "gun") -> list[str]:
    return [field.roster.ids[row] for row in field.table(mat, clock).rows]


def state(field: Field) -> dict[str, Any]:
    """Everything of a field that may be compared: by athlete, whatever row they stand in."""
    width = range(len(field.mats))
    return {
        id: (
            [(field.mats[m].id, field.time[:, row, m].tolist(), bool(field.hollow[row, m])) for m in width],
            [field.place[:, row, m].tolist() for m in width],
            bool(field.net[row]),
        )
        for row, id in enumerate(field.roster.ids)
    }


def began(field: Field) -> dict[str, str]:
    """When everybody set out, as far as it is known; computed from several mats it may differ in the last digits."""
    return {id: f"{field.began[row]:.6f}" for row, id in enumerate(field.roster.ids)}


SEEDS = st.integers(0, 1_000_000_000).map(random.Random)


@given(SEEDS)
def test_ranks_at_every_mat_are_those_of_sorting(dice: random.Random) -> None:
    """Whatever was corrected, withdrawn, tied, missed or given up, in any order, ranks are those found by sorting."""
    told = [*described(), *made_up(dice)]
    dice.shuffle(told)
    known = fold(told)
    field = known.field()
    for mat in MATS:
        for clock in CLOCKS:
            _compare(known, field, mat, clock)


def _compare(known: Race, field: Field, mat: str, clock: Clock) -> None:
    people = {r.id: r for r in known.runners()}
    wave = {e.id: e.wave for e in described() if e.kind == "athlete"}
    told = {who: (mat_time, sheet) for who in people if (sheet := known.sheet(who)) and (
        mat_time := seconds(sheet, mat, clock, told=who in wave))}  # fmt: skip
    counted = {
        who: time[0]
        for who, (time, sheet) in told.items()
        if not time[1] and sheet.status != "DSQ" and people[who].role == "runner"
    }
    start = {who: (WAVES[wave[who] or ""] if who in wave else who) if clock == "gun" else 0 for who in people}
    sex = {who: (start[who], people[who].sex) for who in people}
    category = {
        who: (start[who], {e.id: e.category for e in described() if e.kind == "athlete"}.get(who)) for who in people
    }
    table = field.table(mat, clock)
    got = [field.roster.ids[row] for row in table.rows]
    assert dict(zip(got, table.time.tolist(), strict=True)) == {who: time[0] for who, (time, _) in told.items()}
    assert dict(zip(got, table.hollow.tolist(), strict=True)) == {who: time[1] for who, (time, _) in told.items()}
    plain = by_sorting(counted, start)
    by_place = {who: place(known.sheet(who), mat, clock) or rank for who, rank in plain.items()}
    assert {who: r for who, r in zip(got, table.rank.tolist(), strict=True) if r} == by_place
    for found, alike in ((table.sex_rank, sex), (table.category_rank, category)):
        named = {who: time for who, time in counted.items() if alike[who][1] is not None}
        assert {who: r for who, r in zip(got, found.tolist(), strict=True) if r} == by_sorting(named, alike)


@given(st.lists(EVENTS, max_size=14))
def test_a_time_in_the_columns_is_that_of_the_sheet(events: list[Event]) -> None:
    """However strange a feed, nobody's time differs from the one on their sheet."""
    known = fold(events)
    field = known.field()
    known_mats = {mat: n for n, mat in enumerate(field.mats)}
    for row, id in enumerate(field.roster.ids):
        sheet = known.sheet(id)
        clock = 1 if sheet.clock == "net" else 0
        assert not sheet.marks or bool(field.net[row]) == (sheet.clock == "net")
        mine = {
            n: (t, bool(field.hollow[row, n])) for n, t in enumerate(field.time[clock, row].tolist()) if t < NO_TIME
        }
        counting = (m for m in sheet.marks if m.rejected is None and m.checkpoint in known_mats)
        assert mine == {known_mats[m.checkpoint]: (round(m.elapsed_s * 1000), not m.carries) for m in counting}


@settings(max_examples=20)
@given(SEEDS, st.lists(EVENTS, max_size=4))
def test_a_field_that_is_kept_is_the_one_made_anew(dice: random.Random, strange: list[Event]) -> None:
    """Looking at a field in between, or following it to another moment, changes nothing."""
    events = [*described(), *made_up(dice), *strange]
    dice.shuffle(events)
    kept, moments = Race(), []
    for e in events:
        kept.receive(e)
        if dice.random() < 0.05:
            kept.field()
            moments.append(kept.copy())
    assert state(kept.field()) == state(fold(events).field())
    dice.shuffle(moments)
    for moment in moments:
        fresh = moment.copy()
        moment.take_over(kept)
        assert state(moment.field()) == state(fresh.field())
        kept = moment


SAID_LATE = [
    event(kind="start", scope="wave", id="second", at=at(330), rev=2),
    event(kind="start", scope="athlete", id="a", at=at(5)),
    event(kind="start", scope="race", id="r", at=at(2)),
    event(kind="athlete", id="b", sex="W", wave="third", division="walk", rev=2),
    event(kind="athlete", id="h", sex="W", wave="elite"),
    race(rev=10, limits=({"division": "run", "flag_s_per_km": 200.0, "quarantine_s_per_km": 181.0},)),
    race(rev=11, checkpoints=({"id": "5km", "distance_m": 5000.0}, {"id": "10km", "distance_m": 9000.0})),
]
"""What may be said of everybody, or of somebody, when most have been read."""


@settings(max_examples=40)
@given(SEEDS, st.lists(EVENTS, max_size=6))
def test_a_field_that_seeks_anywhere_is_the_one_made_there(dice: random.Random, strange: list[Event]) -> None:
    """From any keyframe to any moment, looked at on the way or not, all that a field tells is what one tells made anew."""
    told = [*made_up(dice), *strange, *dice.sample(SAID_LATE, 3)]
    dice.shuffle(told)
    events = [*described(), *told]
    if dice.random() < 0.3:
        dice.shuffle(events)
    reads = fold(events)._reads
    here, n, kept = Race(reads=reads), 0, {0: Race(reads=reads)}
    for _ in range(10):
        to = dice.randrange(len(events) + 1)
        if to < n:
            n = max(of for of in kept if of <= to)
            left, here = here, kept[n].copy()
            here.take_over(left)
        for e in events[n:to]:
            here.receive(e)
            n += 1
            if dice.random() < 0.1:
                kept[n] = here.copy()
        if dice.random() < 0.8:
            fresh = fold(events[:to])
            assert state(here.field()) == state(fresh.field())
            assert began(here.field()) == began(fresh.field())
            assert here.state_lines(few=0) == fresh.state_lines(few=1000)


@settings(max_examples=30)
@given(SEEDS, st.lists(EVENTS, max_size=6))
def test_a_field_goes_along_whatever_else_is_told(dice: random.Random, strange: list[Event]) -> None:
    """From any state that a race was in, told other things than the last time, a field is the one made anew."""
    pool = [*made_up(dice), *strange, *SAID_LATE, *(split("5km", 900 + n, id) for n, id in enumerate("xyz"))]
    start = described()
    here = fold(start)
    states = [(start, here.copy())]
    for _ in range(10):
        told, then = dice.choice(states)
        left, here = here, then.copy()
        here.take_over(left)
        for _ in range(dice.choice([0, 1, 1, 5, 20])):
            told = [*told, dice.choice(pool)]
            here.receive(told[-1])
            if dice.random() < 0.1:
                states.append((told, here.copy()))
            if dice.random() < 0.1:
                here.field()
        if dice.random() < 0.8:
            fresh = Field(here._reading, here._reads).update()
            assert state(here.field()) == state(fresh)
            assert began(here.field()) == began(fresh)
            assert here.state_lines(few=0) == fold(told).state_lines(few=1000)


def test_a_start_that_is_told_late_moves_who_was_read() -> None:
    """Once it is told when a wave set out, the times of all in it are those on both clocks; nothing else need be said."""
    told = fold(race(), event(kind="athlete", id="a", wave="w"), split("5km", 900, "a", clock="net"))
    assert ids(told.field(), "5km", "gun") == []
    told.receive(event(kind="start", scope="wave", id="w", at=at(60)))
    assert told.field().table("5km", "gun").time.tolist() == [960_000]


def test_a_mat_at_which_nobody_was_read_yet_is_not_there() -> None:
    """Back before anybody was read at a mat that the race does not list, it has no column, and nobody a time there."""
    early = fold(race(checkpoints=()), event(kind="athlete", id="a"), split("7km", 1200, "a", distance_m=7000.0))
    late = early.copy()
    late.receive(split("8km", 1400, "a", distance_m=8000.0))
    assert [mat.id for mat in late.field().mats] == ["7km", "8km", "finish"]
    early.take_over(late)
    assert [mat.id for mat in early.field().mats] == ["7km", "finish"]
    assert early.field().time[0].tolist() == [[1_200_000, NO_TIME]]


def test_equal_times_share_a_rank() -> None:
    """1 2 2 4: who is as fast is as good, and the next stands where they would by counting."""
    field = fold(race(), (split("5km", t, who) for who, t in (("a", 900), ("b", 910), ("c", 910), ("d", 911)))).field()
    table = field.table("5km", "gun")
    assert table.rank.tolist() == [1, 2, 2, 4]
    assert table.to_leader.tolist() == [0, 10_000, 10_000, 11_000]
    assert table.interval.tolist() == [0, 10_000, 0, 1_000]
    assert table.gap_to(field.roster.row["b"]).tolist() == [-10_000, 0, 0, 1_000]
    assert (field.table("5km", "gun").gap_to(99) == NO_TIME).all()


def test_a_correction_and_a_void_move_everybody() -> None:
    """Who was first by a read that was withdrawn or put right leads no longer, and all behind move up."""
    told = fold(race(), (split("5km", t, who) for who, t in (("a", 900), ("b", 910), ("c", 920))))
    assert ids(told.field(), "5km") == ["a", "b", "c"]
    told.receive(split("5km", 930, "a", rev=2))
    assert ids(told.field(), "5km") == ["b", "c", "a"]
    told.receive(void("5km", "b"))
    assert ids(told.field(), "5km") == ["c", "a"]


def test_a_time_before_the_own_start_is_no_time() -> None:
    """Who was read at a mat before they set out is in no table there, on neither clock."""
    net = [split(mat, n * 900, "c", clock="net") for n, mat in ((2, "10km"), (3, "15km"))]
    field = fold(described(), net, split("5km", 100, "c")).field()
    assert [len(field.table("5km", clock).rows) for clock in CLOCKS] == [0, 0]
    assert [field.table("10km", clock).time.tolist() for clock in CLOCKS] == [[2_100_000], [1_800_000]]


def test_places_are_gained_from_mat_to_mat() -> None:
    """Places gained are those since the mat before; who has no rank there has gained nothing that is known."""
    first = (("a", 900), ("b", 910), ("c", 920))
    second = (("a", 1850), ("b", 1830), ("c", 1840), ("d", 1900))
    field = fold(race(), (split("5km", t, w) for w, t in first), (split("10km", t, w) for w, t in second)).field()
    assert ids(field, "10km") == ["b", "c", "a", "d"]
    assert field.table("10km", "gun").gained.tolist() == [1, 1, -2, NO_GAIN]
    assert field.table("5km", "gun").gained.tolist() == [NO_GAIN] * 3


def test_a_table_of_some_keeps_the_ranks_of_all() -> None:
    """In a table of some the gaps are to the first of them, the ranks those in the whole field."""
    people = [event(kind="athlete", id=who, sex=sex) for who, sex in (("a", "M"), ("b", "W"), ("c", "W"))]
    field = fold(race(), people, (split("5km", t, w) for w, t in (("a", 900), ("b", 930), ("c", 950)))).field()
    table = field.table("5km", "gun", rows(field, sex="W"))
    assert (table.rank.tolist(), table.sex_rank.tolist()) == ([2, 3], [1, 2])
    assert table.to_leader.tolist() == [0, 20_000]


def test_chicago_at_35_km() -> None:
    """Kiptum leads at 35 km, Kipruto's gap is his, estimated marks are hollow, the women are in their order."""
    field = until(shipped("chicago-2023"), 9000).field()
    mat = next(mat.id for mat in field.mats if mat.distance_m == 35000)
    clock: Clock = "net" if field.net.sum() * 2 > len(field) else "gun"
    table = field.table(mat, clock)
    print(
        [
            (field.roster.ids[r], t, h, k)
            for r, t, h, k in zip(table.rows, table.time, table.hollow, table.rank, strict=True)
        ]
    )
    assert "kiptum" in field.roster.ids[table.rows[0]]


def test_nobody_makes_an_empty_table() -> None:
    """Before anything was read, or described, there is a field with nobody in it."""
    assert len(Race().field()) == 0
    table = fold(race()).field().table("5km", "gun")
    assert table.rows.tolist() == [] and table.rank.dtype == np.int32
