"""A race in plain lines."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from tests.race.made import EVENTS, event, fold, race, split, view
from tests.watching import session
from tracker.draw.look import Look
from tracker.lines import event_line, moment_line

HOSTILE = "[@click=app.quit()]\x1b[31m[/]\u202e"


@given(EVENTS)
def test_any_event_is_one_line_without_control_characters(said: Any) -> None:
    """Whatever it says, before and after the race is described."""
    for told in (fold(said), fold(race(), said)):
        for look in (Look(), Look(ascii=True, units="mi")):
            line = event_line(view(told, 900.0), said, look)
            assert line.isprintable() and line.strip()
            assert line.isascii() or not look.ascii


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (split("5km", 850.0), "0:15:00  5 km in 14:10 · −3 s · official"),
        (split("5km", 850.0, "b", quality="reported"), "0:15:00  b · 5km · 14:10 · reported"),
        (event(kind="status", athlete="a", status="DNF", reason="cramp"), "0:15:00  a · DNF · cramp"),
        (event(kind="void", athlete="a", checkpoint="5km"), "0:15:00  a · split at 5km withdrawn"),
        (event(kind="formation", from_m=4000.0, team="B", leg=2, size=7), "0:15:00  formation 2 · team B · from km 4.0 · planned"),
        (event(kind="formation", plan="actual", from_m=41700.0), "0:15:00  alone · from km 41.7 · actual"),
        (event(kind="line", name="laser", ahead_m=2.0), "0:15:00  laser · 2 m ahead"),
        (event(kind="conditions", temperature_c=10.5), "0:15:00  conditions · 10.5 °C"),
        (event(kind="note", text="a stumble"), "0:15:00  a stumble"),
        (event(kind="end"), "0:15:00  the race is over · official"),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)  # fmt: skip
def test_what_an_event_says(said: Any, line: str) -> None:
    """The clock, then what changed, in the words of the screens."""
    assert event_line(view(fold(race(), said), 900.0), said) == line


def test_a_moment_is_race_runner_clock_place_gap_pacers_and_pace() -> None:
    """All of it in one line, in the order of the three questions."""
    watched = session(at="1:12:03")
    assert moment_line(watched.take()) == (
        "INEOS 1:59 Challenge · Eliud Kipchoge · 1:12:03 · ≈ 25.37 km · −7 s (ahead) to 2:00:00, reported at 25 km"
        " 1:04 ago · formation 6, team D (inferred) · even pace 1:59:48"
    )


def test_before_the_gun_and_after_the_finish_it_says_so() -> None:
    """The word, and no figure that is not there."""
    before, after = (moment_line(session(at=at).take()) for at in ("-4:10", "finish"))
    assert "−4:10 · before" in before and "even pace" not in before
    assert "1:59:40.2 · finished" in after and "alone" in after and "−19.8 s" in after


def test_names_are_shown_as_they_came_through_the_door() -> None:
    """Markup stays text, and what could steer a terminal is gone."""
    told = fold(race(), event(kind="athlete", id="a", name=HOSTILE), split("5km", 850.0))
    line = moment_line(view(told, 900.0))
    assert "[@click=app.quit()]" in line and line.isprintable()
