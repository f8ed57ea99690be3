"""The laws of the roster."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.made import ATHLETES, at, event, fold, race, split, status, void


def test_what_is_said_of_a_runner_stands_in_codes() -> None:
    """Sex, category, wave and status are found by their word, and nobody has a word that was never said."""
    told = fold(race(), event(kind="athlete", id="a", sex="W", category="W40"), split("5km", 900, "b"))
    roster = told.field().roster
    assert roster.is_("sex", "W").tolist() == [id == "a" for id in roster.ids]
    assert not roster.is_("sex", "M").any() and not roster.is_("status", "DNF").any()
    told.receive(status("DNF", "b"))
    told.receive(event(kind="athlete", id="a", sex="W", category="W45", rev=2))
    told.receive(void("5km", "b"))
    roster = told.field().roster
    assert roster.is_("status", "DNF")[roster.row["b"]] and roster.is_("category", "W45")[roster.row["a"]]
    assert roster.odd.tolist() == [id == "b" for id in roster.ids]


def test_starts_are_the_own_one_before_the_waves() -> None:
    """An athlete sets out when their own start was told, else with their wave; else nothing is known."""
    people = [event(kind="athlete", id=id, wave="w") for id in "ab"]
    starts = [
        event(kind="start", scope="wave", id="w", at=at(60)),
        event(kind="start", scope="athlete", id="b", at=at(75)),
    ]
    field = fold(race(), people, starts, split("5km", 900, "c")).field()
    roster = field.roster
    assert (
        [roster.wave_began[roster.row[id]] for id in "ab"] == [60, 60]
        and roster.began[roster.row["b"]] == 75
        and math.isnan(roster.wave_began[roster.row["c"]])
    )
    assert len(set(field.starts().tolist())) == 3


def test_what_was_said_between_two_looks_is_seen_by_a_copy_too() -> None:
    """A field that is handed on knows what was said since it was last looked at."""
    told = fold(race(), event(kind="athlete", id="a", sex="M"))
    told.field()
    told.receive(event(kind="athlete", id="a", sex="W", rev=2))
    twin = told.copy()
    twin.take_field(told)
    assert twin.field().roster.is_("sex", "W").tolist() == [True]


def test_order_is_by_id() -> None:
    """Who stands first among equals does not depend on who was heard of first."""
    roster = fold(race(), (split("5km", 900, id) for id in "cab")).field().roster
    assert [roster.ids[n] for n in sorted(range(3), key=lambda n: roster.order[n])] == ["a", "b", "c"]


@given(st.lists(ATHLETES, min_size=1, max_size=8), st.integers(0, 8))
def test_everybody_has_the_codes_of_what_was_said(people: list[Event], cut: int) -> None:
    """Whether it was said in the words of many or not, and whether before or after the first look."""
    told = fold(race(), people[:cut])
    told.field()
    for e in people[cut:]:
        told.receive(e)
    roster = told.field().roster
    for n, id in enumerate(roster.ids):
        entry = told._reading.described(id)
        row = {"division": "run"} | (entry.row if entry is not None else {})
        for trait in ("sex", "category", "division", "wave"):
            assert roster.words[trait][roster.codes[trait][n]] == row.get(trait)
        assert roster.pacer[n] == (row.get("role") == "pacer")
