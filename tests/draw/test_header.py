"""The header."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tracker.draw import header
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT
from tracker.race.snapshot import Mode, Runner, Snapshot


def text(snapshot: Snapshot, width: int = 114, height: int = 2) -> str:
    """The header as text."""
    return plain(header.draw(snapshot, width, height, DEFAULT))


def test_the_full_header() -> None:
    """Race, place, date, runner, time of day with its zone, elapsed time, mode."""
    first = text(scenes.MIDDLE).split("\n")[0]
    assert first.startswith("INEOS 1:59 Challenge · Vienna · 12 Oct 2019   KIPCHOGE ")
    assert first.endswith("09:27:03 CEST   1:12:03   REPLAY 60×")


def test_80_columns_keep_race_runner_clock_and_mode() -> None:
    """In a small terminal place, date and time of day go."""
    first = text(scenes.MIDDLE, 76).split("\n")[0]
    assert first.split() == ["INEOS", "1:59", "Challenge", "KIPCHOGE", "1:12:03", "REPLAY", "60×"]


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (Mode(rate=0.25), "REPLAY 0.25×"),
        (Mode(rate=600.0), "REPLAY 600×"),
        (Mode("paused"), "PAUSED"),
        (Mode("live", link_age_s=3.0), "LIVE · link 3 s"),
        (Mode("stale", link_age_s=43.0), "STALE 0:43"),
        (Mode("offline", retry_in_s=4.0), "OFFLINE, retry in 4 s"),
        (Mode("ended"), "ENDED"),
    ],
)
def test_the_mode_is_always_in_words(mode: Mode, words: str) -> None:
    """How the view runs is said, never coloured only."""
    for width, height in ((114, 2), (76, 2), (36, 3), (30, 2)):
        assert words in text(scenes.vienna(4323.0, mode=mode), width, height)


def test_live_leads_with_the_time_of_day() -> None:
    """At the live edge the time of day is bright and the last mat is named with its own."""
    first = text(scenes.vienna(4323.0, mode=Mode("live", link_age_s=3.0))).split("\n")[0]
    assert first.endswith("09:27:03 CEST  1:12:03  seen 25 km 09:25 · next 09:40   LIVE · link 3 s")


def test_a_finished_runner_keeps_their_time() -> None:
    """Once home, the clock is the finish time in the feed's own tenths, whatever the clock on the wall says."""
    later = replace(scenes.FINISHED, now_s=scenes.GUN_S + 7600, elapsed_s=7600.0)
    assert "1:59:40.2   FINISHED" in text(later)


names = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=60)


@given(names, names, st.integers(1, 130))
def test_the_runner_never_drops(race: str, name: str, width: int) -> None:
    """However long the names, the chip and the clock stay whole, and the runner stands beside them."""
    runner = Runner("1", f"{name} Abebe", sex="M")
    seen = replace(scenes.MIDDLE, race=replace(scenes.INFO, name=race), runner=runner)
    said = text(seen, width)
    if width >= 40:
        assert "1:12:03" in said and "REPLAY 60×" in said
        assert "ABEBE" in said


def test_who_is_out_is_marked() -> None:
    """A runner who left has their status beside the name."""
    assert "KIPCHOGE  DNF" in text(scenes.out())
