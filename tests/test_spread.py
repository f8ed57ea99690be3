"""tracker.spread: where everybody is, in cells."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.fields import described, made_up
from tests.race.made import fold, race, split, status, view
from tracker.draw.listed import Strip
from tracker.fieldnow import FieldNow
from tracker.priors import shipped
from tracker.race.book import Wanted
from tracker.race.outlooks import Stand
from tracker.race.standing import read, seen
from tracker.spread import spread


def strip(told: list[Event], elapsed_s: float | None, cells: int = 50) -> Strip | None:
    """Everybody, with row 0 named; the table's mat is the first."""
    field = fold(told).field()
    return spread(field, read(field), 0, stand(told, elapsed_s), cells, {0: "First"})


def stand(told: list[Event], elapsed_s: float | None) -> Stand | None:
    """Where everybody stands by their forecasts."""
    known = fold(told)
    if elapsed_s is None:
        return None
    return FieldNow(known.field()).take(known, view(known, elapsed_s), Wanted(model=shipped())).stand


STEADY = [race(), split("5km", 900.0, "a"), split("10km", 1800.0, "a"), split("5km", 1000.0, "b")]


def test_between_mats_by_the_last_pace() -> None:
    """At 180 s/km a minute and a half is half a kilometre; the window reaches from mat to mat."""
    found = strip(STEADY, 1890.0)
    assert found is not None and (found.from_m, found.to_m) == (5000.0, 15000.0)
    assert found.passed[27] == 1 and found.spots[0].cell == 27 and found.spots[0].passed
    assert sum(found.passed) == 2 and sum(found.to_come) == 0 and [x for x, _ in found.mats] == [0, 25, 49]


def test_never_beyond_the_next_mat_and_then_awaited() -> None:
    """Just due they are before it; past due they are on no cell, but counted."""
    due, past = strip(STEADY, 2020.0), strip(STEADY, 2500.0)
    assert due is not None and due.from_m == 5000.0 and sum(due.passed) == 2 and due.overdue == 0
    assert past is not None and sum(past.passed) == 1 and past.overdue == 1


def test_who_is_home_or_out_is_counted_apart() -> None:
    """The finished and those who gave up are on no cell."""
    told = [*STEADY, split("finish", 4000.0, "c"), status("DNF", "b")]
    found = strip(told, 1890.0)
    assert found is not None and (found.finished, found.out, sum(found.passed)) == (1, 1, 1)


def test_nothing_is_drawn_of_a_race_without_its_hour() -> None:
    """No elapsed time, no cells, nobody on the way: no strip."""
    assert strip(STEADY, None) is None
    assert strip(STEADY, 1890.0, cells=0) is None
    assert strip([race()], 1890.0) is None


@settings(max_examples=40)
@given(st.integers(0, 1_000_000_000).map(random.Random), st.floats(0, 6000), st.integers(2, 200))
def test_everybody_is_somewhere_once(dice: random.Random, now_s: float, cells: int) -> None:
    """On a cell, finished, out or past due: together no more than were read."""
    told = [*described(), *made_up(dice)]
    field = fold(told).field()
    found = spread(field, read(field), 1, stand(told, now_s), cells, {0: "a"})
    if found is not None:
        on = sum(found.passed) + sum(found.to_come)
        assert 1 <= on + found.finished + found.overdue <= len(field)
        assert on or (found.from_m == 0.0 and found.finished)
        assert len(found.passed) == len(found.to_come) == cells
        assert all(0 <= spot.cell < cells for spot in found.spots)


def test_the_last_mat_is_the_last_that_was_read() -> None:
    """An estimate is no sighting."""
    told = [*STEADY, split("15km", 2700.0, "a", quality="estimated")]
    assert seen(fold(told).field()).tolist() == [1, 0]
