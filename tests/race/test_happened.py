"""What happened, newest first, and nothing before it was known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.made import EVENTS, GUN_S, at, event, fold, race, shipped, split, status, until, view
from tests.race.test_rotation import ALONE, LEGS


def test_newest_first_with_gaps_and_changes() -> None:
    """Marks with the gap and the one before, changes between known marks, the start last."""
    told = fold(race(), LEGS, split("5km", 860), split("10km", 1700))
    shown = view(told, 1700)
    assert [h.kind for h in shown.happened] == ["mark", "change", "mark", "change", "start"]
    mark, change, *_ = shown.happened
    assert (mark.gap_s, mark.before_s) == (shown.marks[1].gap_s, shown.marks[0].gap_s)
    assert (change.before, change.team, change.place_m, change.inferred) == ("B", "A", 9000, True)
    assert change.elapsed_s == pytest.approx(860 + 0.8 * 840)


def test_an_inferred_moment_rests_on_the_marks_of_then() -> None:
    """Until the next mark is known a change's moment goes by the pace of then; afterwards it lies between both marks."""
    told = fold(race(), LEGS, split("5km", 850))
    early = next(h for h in view(told, 1600).happened if h.kind == "change")
    assert early.elapsed_s == pytest.approx(850 + 4 * 170)
    told.receive(split("10km", 1800))
    later = next(h for h in view(told, 1800).happened if h.kind == "change")
    assert later.elapsed_s == pytest.approx(850 + 0.8 * 950)


def test_nothing_happened_before_the_gun() -> None:
    """Before the gun the list is empty but for what was said."""
    note = event(kind="note", at=at(-600), text="fog")
    assert view(fold(race(), LEGS), -10).happened == ()
    assert [h.text for h in view(fold(race(), note), -10).happened] == ["fog"]


def test_notes_come_at_their_moment() -> None:
    """A note is told from its instant on; one without an instant is about the whole race."""
    told = fold(race(), event(kind="note", at=at(700), text="stumble"), event(kind="note", text="a fast course"))
    assert [h.kind for h in view(told, 699).happened] == ["start"]
    assert [h.text for h in view(told, 700).happened] == ["stumble", ""]


def test_the_weather_of_now() -> None:
    """The latest conditions that were said by now, in the feed's words or in figures."""
    told = fold(
        race(),
        event(kind="conditions", text="fog"),
        event(kind="conditions", at=at(900), temperature_c=10.5, humidity_pct=80.0, wind_m_s=1.5),
    )
    assert view(told, 100).conditions == "fog"
    assert view(told, 900).conditions == "10.5 °C · 80 % humidity · wind 1.5 m/s"


def test_a_status_and_the_end_are_told() -> None:
    """Giving up is told with its reason, and the end with its word."""
    told = fold(race(), split("5km", 850), status("DNF", at=at(1000), reason="calf"), event(kind="end", at=at(4000)))
    assert [(h.kind, h.text) for h in view(told, 4000).happened][:2] == [("end", "official"), ("status", "DNF: calf")]


def test_alone_is_told_as_inferred() -> None:
    """When he was left alone is a place that was reported and a moment that is not."""
    told = fold(race(), LEGS, ALONE, split("20km", 3400), split("finish", 3590))
    alone = next(h for h in view(told, 3590).happened if h.kind == "alone")
    assert (alone.place_m, alone.inferred) == (20500, True)
    assert alone.elapsed_s == pytest.approx(3400 + 500 / 1097.5 * 190)


def test_a_hollow_mark_is_told_as_inferred() -> None:
    """A derived mark is told, marked as what it is, without a gap."""
    (first, *_) = view(fold(race(), split("10km", 1690, quality="derived")), 1700).happened
    assert (first.kind, first.inferred, first.gap_s) == ("mark", True, None)


@given(st.lists(EVENTS, max_size=12), st.floats(0, 5000))
def test_the_list_is_newest_first(events: list[Event], elapsed_s: float) -> None:
    """Whatever was told, the newest stands first."""
    when = [h.elapsed_s for h in fold(race(rev=9), events).snapshot(GUN_S + elapsed_s).happened]
    assert when == sorted(when, reverse=True)


@given(st.floats(0, 7300))
def test_nothing_is_told_before_it_was_known(elapsed_s: float) -> None:
    """In a recorded race no happening lies after the view's own time."""
    shown = view(until(VIENNA, elapsed_s), elapsed_s)
    assert all(h.elapsed_s <= elapsed_s + 0.001 for h in shown.happened)


VIENNA = shipped("vienna-2019")
