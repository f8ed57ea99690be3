"""The laws of the roster."""

from __future__ import annotations

import math

import numpy as np

from tests.race.made import at, event, fold, race, split, status, void


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
        roster.wave_began(np.array([roster.row[id] for id in "ab"])).tolist() == [60, 60]
        and roster.began[roster.row["b"]] == 75
        and math.isnan(roster.wave_began(slice(None))[roster.row["c"]])
    )
    assert len(set(field.starts().tolist())) == 3


def test_what_was_said_between_two_looks_is_seen_by_a_copy_too() -> None:
    """A field that is handed on knows what was said since it was last looked at."""
    told = fold(race(), event(kind="athlete", id="a", sex="M"))
    told.field()
    told.receive(event(kind="athlete", id="a", sex="W", rev=2))
    twin = told.copy()
    twin.take_over(told)
    assert twin.field().roster.is_("sex", "W").tolist() == [True]


def test_order_is_by_id() -> None:
    """Who stands first among equals does not depend on who was heard of first."""
    roster = fold(race(), (split("5km", 900, id) for id in "cab")).field().roster
    assert [roster.ids[n] for n in sorted(range(3), key=lambda n: roster.order[n])] == ["a", "b", "c"]


def test_what_was_said_later_is_not_known_before() -> None:
    """Back where nobody had a status yet, or was withdrawn, or was read unnamed, nobody is; and there again, they are."""
    people = [event(kind="athlete", id=id, sex="M") for id in "ab"]
    early = fold(race(), people, split("5km", 900, "a"))
    early.field()
    late = early.copy()
    late.take_over(early)
    for e in (status("DNF", "a"), void("5km", "b"), split("5km", 950, "c")):
        late.receive(e)
    for told, gone, odd, ids in ((late, ["a"], ["b"], "abc"), (early, [], [], "ab"), (late, ["a"], ["b"], "abc")):
        if told._field is None:
            told.take_over(early if told is late else late)
        roster = told.field().roster
        assert "".join(roster.ids) == ids
        assert [id for id in roster.ids if roster.is_("status", "DNF")[roster.row[id]]] == gone
        assert [id for id in roster.ids if roster.odd[roster.row[id]]] == odd


def test_one_who_was_unknown_in_between_is_judged_again() -> None:
    """Who was not known at an earlier moment has the status that they had when they are known again."""
    early = fold(race(), split("5km", 900, "a"))
    late = early.copy()
    for e in (split("5km", 910, "b"), status("DNF", "b")):
        late.receive(e)
    late.field()
    early.take_over(late)
    assert early.field().roster.ids == ["a"]
    late.take_over(early)
    assert late.field().roster.is_("status", "DNF").tolist() == [False, True]


def test_what_is_said_in_another_race_is_not_said_in_this_one() -> None:
    """Followed to a moment at which another race was meant, everybody is who they are in that one."""
    told = [event(kind="athlete", id="a", sex=sex, race=of) for sex, of in (("M", "r"), ("W", "q"))]
    early = fold(race(), told)
    late = early.copy()
    late.receive(event(kind="race", id="q", name="Q"))
    for here, then, sex in ((early, late, "M"), (late, early, "W"), (early, late, "M")):
        here.take_over(then)
        assert here.field().roster.is_("sex", sex).tolist() == [True]


def test_who_is_read_in_place_of_others_is_known() -> None:
    """Back at an earlier moment, where another is read than was then, they are in the field, and the others are not read."""
    people = [event(kind="athlete", id=id) for id in "abc"]
    early = fold(race(), people, split("5km", 900, "a"))
    late = early.copy()
    for id in "bc":
        late.receive(split("5km", 910, id))
    late.field()
    early.take_over(late)
    early.field()
    early.receive(split("5km", 920, "x"))
    field = early.field()
    assert field.roster.ids == ["a", "b", "c", "x"]
    assert [field.roster.ids[row] for row in field.table("5km", "gun").rows] == ["a", "x"]


def test_followed_twice_at_once_everybody_who_was_read_is_known() -> None:
    """Taken to a state with other reads and on to one with those of before, without a look, nobody is missed."""
    people = [event(kind="athlete", id=id) for id in "ab"]
    first = fold(race(), people, split("5km", 900, "a"))
    other, last = first.copy(), first.copy()
    first.field()
    last.receive(split("5km", 930, "x"))
    for id in "bab":
        other.receive(split("10km", 1900 + ord(id), id))
    other.take_over(first)
    last.take_over(other)
    assert last.field().roster.ids == ["a", "b", "x"]
