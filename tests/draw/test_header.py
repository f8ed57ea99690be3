"""The header."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import lives, scenes
from tracker.draw import header
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
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
        (Mode("paused", link="live", delay_s=43.4, is_live=True), "PAUSED · 0:43 behind"),
        (Mode("paused", link="live", delay_s=0.4, is_live=True), "PAUSED"),
        (Mode("paused", link="offline", delay_s=63.0, is_live=True), "PAUSED · 1:03 behind, OFFLINE"),
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


LOST = Mode("offline", retry_in_s=3.2, why="connection refused", horizon_s=scenes.GUN_S + 4280)


def test_a_lost_feed_says_since_when_and_why() -> None:
    """The next attempt, the reason where there is room, and until when the race is known."""
    first = text(scenes.vienna(4323.0, mode=LOST)).split("\n")[0]
    assert first.endswith("09:27:03 CEST  as of 09:26   OFFLINE, retry in 4 s (connection refused)")
    assert "OFFLINE, retry in 4 s" in text(scenes.vienna(4323.0, mode=LOST), 76)
    assert "as of 09:26" in text(scenes.vienna(4323.0, mode=LOST), 36, 3)
    assert "OFFLINE, trying" in text(scenes.vienna(4323.0, mode=replace(LOST, retry_in_s=0.0)))


def test_delay_and_silence_are_said() -> None:
    """How far behind live the view stays, and that bytes come while nobody is read."""
    assert "LIVE −30 s · link 3 s" in text(scenes.vienna(4323.0, mode=Mode("live", link_age_s=3.0, delay_s=30.0)))
    assert "LIVE −5:00" in text(scenes.vienna(4323.0, mode=Mode("live", delay_s=300.0)))
    silent = scenes.vienna(4323.0, mode=Mode("live", link_age_s=3.0, silent="race silent"))
    assert "LIVE · link 3 s, race silent" in text(silent)


@pytest.mark.parametrize(("zone", "said"), [("America/Los_Angeles", True), ("Europe/Rome", False), ("no/where", False)])
def test_the_viewer_s_own_time_where_it_differs(zone: str, said: bool) -> None:
    """In a live race, beside the race's; never in a replay."""
    look = Look(zone=zone)
    live = scenes.vienna(4323.0, mode=Mode("live", link_age_s=3.0))
    assert ("00:27 PDT" in plain(header.draw(live, 190, 2, look))) == said
    assert "PDT" not in plain(header.draw(scenes.MIDDLE, 190, 2, look))


@given(st.floats(1, 7100), st.integers(60, 220), st.sampled_from([Mode("live", link_age_s=3.0), LOST, Mode("stale")]))
def test_the_time_of_day_and_the_runner_never_drop(elapsed_s: float, width: int, mode: Mode) -> None:
    """However little room the chip leaves."""
    said = text(scenes.vienna(elapsed_s, mode=mode), width)
    assert "CEST" in said and "KIPCHOGE" in said and header.mode(scenes.vienna(elapsed_s, mode=mode))[0] in said


@pytest.mark.parametrize("width", [36, 76, 114, 190])
@pytest.mark.parametrize("mode", [lives.LIVE, LOST], ids=["live", "offline"])
def test_both_ages_stand_at_every_width(width: int, mode: Mode) -> None:
    """That of the link and that of the runner: the bib goes and a long name of the race is cut before they do."""
    long = replace(lives.silent(), race=replace(scenes.INFO, name="The Lakeside Marathon of the Hundred Lakes"))
    said = text(replace(long, mode=mode), width, 2 if width > 50 else 3)
    runner = "seen 5 km" if mode is lives.LIVE else "as of "
    assert runner in said and "MOSER" in said and header.mode(replace(long, mode=mode))[0] in said


@pytest.mark.parametrize("mode", [Mode(), lives.LIVE], ids=["replay", "live"])
def test_a_time_zone_that_nobody_knows_is_said(mode: Mode) -> None:
    """The time of day is that of UTC then, and says why where there is room; UTC it says always."""
    nowhere = replace(lives.silent(), race=replace(scenes.INFO, name="A Half", time_zone="Europe/Atlantis"), mode=mode)
    assert "UTC, zone unknown" in text(nowhere)
    assert "UTC" in text(nowhere, 76) or mode.word == "replay"
    assert "zone unknown" not in text(replace(nowhere, race=replace(nowhere.race, time_zone=None)))


def test_who_is_home_has_finished() -> None:
    """In a live race nobody is seen at the finish and waited for."""
    assert "finished 16:12   LIVE" in text(lives.arrived())
