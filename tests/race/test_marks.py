"""An athlete's marks in order, with their sections."""

from __future__ import annotations

import pytest

from tests.race.made import at, event, fold, mark, race, split, times
from tracker.race.entry import Row
from tracker.race.marks import status_of, with_gaps
from tracker.race.plan import even

MATS = [("5km", 900), ("10km", 1740), ("20km", 3440), ("finish", 3620.4)]


def test_sections_are_those_of_the_grid() -> None:
    """A section runs from the last mat of the grid; the finish counts, a mat beside the grid has a pace but no section."""
    told = fold(race(), [split(id, t) for id, t in MATS], split(11000.0, 1905))
    sections = [(m.section_s, m.section_m, m.pace_m) for m in told.sheet("a").marks]
    assert [seconds for seconds, _, _ in sections] == pytest.approx([900, 840, None, 1700, 180.4])
    assert [metres for _, metres, _ in sections] == [5000, 5000, None, 10000, 1097.5]
    assert [metres for _, _, metres in sections] == [5000, 5000, 1000, 10000, 1097.5]
    assert mark(told, "20km").pace_s_per_km == 170


def test_where_the_mats_have_no_grid_every_section_counts() -> None:
    """Without a regular spacing a section runs from the mark before."""
    mats = ({"id": "u", "distance_m": 3300.0}, {"id": "v", "distance_m": 9100.0})
    told = fold(race(checkpoints=mats), split("u", 600), split("v", 1600))
    assert [(m.section_s, m.section_m) for m in told.sheet("a").marks] == [(600, 3300), (1000, 5800)]


def test_a_mark_keeps_what_its_message_said() -> None:
    """Source, place, device, provisional and the instant are the mark's too; even pace is for the whole course."""
    told = fold(race(), split("10km", 1700, source="a page", place=3, provisional=True, device="backup", sent=at(1730)))
    m = mark(told, "10km")
    assert (m.source, m.place, m.provisional, m.backup, m.clock) == ("a page", 3, True, True, "gun")
    assert m.known_s == 1600001730
    assert m.even_pace_s == pytest.approx(1700 * 2.10975)


def test_gaps_are_only_at_marks_that_carry() -> None:
    """With a plan each mark that carries has its gap, with none none has."""
    marks = fold(race(), split("5km", 860), split("10km", 1700, quality="estimated")).sheet("a").marks
    assert [m.gap_s for m in with_gaps(marks, even("p", 21097.5, 3600.0))] == [
        pytest.approx(860 - 853.18, abs=0.01),
        None,
    ]
    assert [m.gap_s for m in with_gaps(marks, None)] == [None, None]


def test_the_last_mark_is_the_furthest_and_without_places_the_latest() -> None:
    """The last mark is the furthest that counts; where no places are known the latest."""
    placed = fold(race(), split("15km", 2550), split("5km", 850))
    assert placed.sheet("a").last is mark(placed, "15km")
    bare = fold(event(kind="race", id="r", name="Somewhere", gun=at(0)), split("K9", 700), split("K1", 1300))
    assert bare.sheet("a").last is mark(bare, "K1")
    assert fold(race()).sheet("a").last is None


def test_an_athlete_nobody_named_has_a_sheet() -> None:
    """Marks need no athlete message; a name that comes later changes none of them."""
    told = fold(race(), split("5km", 850, "z"))
    before = times(told, "z")
    told.receive(event(kind="athlete", id="z", name="Zoe"))
    assert times(told, "z") == before == {"5km": 850}


def test_the_status_in_force() -> None:
    """The latest said; a reinstatement ends it; nothing said is none."""
    rows: list[Row] = [{"status": "DNF", "at": 5.0, "reason": "calf"}, {"status": "DNS"}]
    assert status_of(rows) == ("DNF", "calf", 5.0)
    assert status_of([*rows, {"status": "reinstated", "at": 6.0}]) == (None, None, None)
    assert status_of([]) == (None, None, None)


def test_the_read_at_the_line_is_the_own_start_not_the_waves_gun() -> None:
    """Who crosses the line two minutes after the wave's gun has run that much less; without a read there the gun counts."""
    told = fold(
        race(),
        event(kind="start", scope="wave", id="w", at=at(600)),
        *(event(kind="athlete", id=id, wave="w") for id in "ab"),
        split(0.0, 720.0, "a"),
        split("5km", 900.0, "a", clock="net"),
        split("5km", 900.0, "b", clock="net"),
    )
    assert (told.sheet("a").net_begin_s, told.sheet("b").net_begin_s) == (720.0, 600.0)
    field = told.field()
    assert [field.began[field.roster.row[id]] for id in "ab"] == [720.0, 600.0]
