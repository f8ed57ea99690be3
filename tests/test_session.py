"""A race being watched."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from feeds.address import open_address
from feeds.feed import FeedError
from tests.watching import FakeTime, session
from tracker.cli.parser import parser
from tracker.opening import WishError
from tracker.race.snapshot import EMPTY, Snapshot
from tracker.session import FLOW_S, Session, Wish

GUN_S = 1570860900.0


def elapsed(snapshot: Snapshot) -> float:
    assert snapshot.elapsed_s is not None
    return snapshot.elapsed_s


async def watch(watched: Session, time: FakeTime, seconds: float) -> list[tuple[float, Snapshot]]:
    """What is published in so many seconds, and when."""
    published: list[tuple[float, Snapshot]] = []
    running = asyncio.create_task(watched.run(lambda snapshot: published.append((time.now_s, snapshot))))
    until = time.now_s + seconds
    turns = 0
    while time.now_s < until and turns < 20_000:
        turns += 1
        await asyncio.sleep(0)
    running.cancel()
    return published


def test_at_25_km_the_figures_are_those_of_the_day() -> None:
    """1:10:59 at 25 km: 6.9 s and 40 m ahead of 2:00:00, measured, to the second."""
    shown = session(at="25km").take()
    assert shown.gap is not None and shown.gap.metres is not None
    assert elapsed(shown) == 4259
    assert shown.gap.seconds == pytest.approx(-6.9, abs=0.1)
    assert shown.gap.metres == pytest.approx(-40, abs=2)
    assert (shown.gap.quality, shown.gap.resolution_s) == ("measured", 1.0)
    assert shown.projection.even_pace_s == pytest.approx(7188, abs=1)


def test_at_one_hour_the_gap_rests_on_21_km() -> None:
    """It is 25 s old, and estimated now."""
    shown = session(at="1:00:00").take()
    assert shown.gap is not None
    assert (shown.gap.mark.checkpoint.id, shown.gap.age_s, shown.gap.quality) == ("21km", 25, "estimated")


def test_the_finish_is_exact_and_he_is_alone() -> None:
    """7180.2 s, 19.8 s inside, nobody in front."""
    shown = session(at="finish").take()
    assert shown.gap is not None and shown.rotation is not None and shown.last is not None
    assert shown.last.elapsed_s == 7180.2
    assert shown.gap.seconds == pytest.approx(-19.8)
    assert shown.rotation.current is None
    assert shown.mode.word == "ended"


@pytest.mark.parametrize(
    ("wish", "code", "text"),
    [
        ({"athlete": "nobody-at-all"}, 3, "nobody-at-all"),
        ({"target": "banana"}, 2, "--target"),
        ({"at": "banana"}, 2, "--at"),
        ({"at": "99km"}, 2, "--at"),
        ({"ghost": "nosuch"}, 3, "nosuch"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_in_one_line(wish: dict[str, Any], code: int, text: str) -> None:
    """With the code of its kind, and the session stays unread."""
    refused = Session(open_address("vienna-2019"), Wish(**wish))
    with pytest.raises((WishError, FeedError), match=text) as said:
        refused.load()
    assert isinstance(said.value, WishError | FeedError) and said.value.code == code
    assert "\n" not in str(said.value) and not refused.loaded


def test_a_shipped_race_runs_at_60_times_and_a_file_as_it_was() -> None:
    """Unless it is said otherwise."""
    shipped = open_address("vienna-2019")
    assert Session(shipped).clock.rate == 60.0
    assert Session(replace(shipped, kind="file")).clock.rate == 1.0
    assert Session(shipped, Wish(speed=2.0)).clock.rate == 2.0


def test_until_it_is_read_the_first_frame_stands() -> None:
    """EMPTY where there is none; the controls do nothing harmful."""
    first = Snapshot()
    assert Session(open_address("vienna-2019")).snapshot is EMPTY
    waiting = Session(open_address("vienna-2019"), first=first)
    waiting.playback.step(1)
    assert waiting.snapshot is first and not waiting.loaded


async def test_it_publishes_four_times_a_second_while_time_flows() -> None:
    """At 60 times many seconds pass between two frames."""
    time = FakeTime()
    published = await watch(session(time=time), time, 5.0)
    gaps = [b[0] - a[0] for a, b in pairwise(published[2:])]
    assert min(gaps) >= FLOW_S - 1e-6
    assert len(published) >= 15


async def test_at_natural_speed_it_publishes_each_second_as_it_begins() -> None:
    """Once a second, never ahead of it, and a mark at its own moment."""
    time = FakeTime()
    published = await watch(session(time=time, speed=1.0, at="1:10:55"), time, 8.0)
    seconds = [elapsed(snapshot) for _, snapshot in published[2:]]
    assert seconds == pytest.approx([4256 + n for n in range(len(seconds))], abs=1e-3)
    assert len(seconds) >= 6
    known = next(s for _, s in published if s.marks[-1].checkpoint.id == "25km")
    assert elapsed(known) == pytest.approx(4259, abs=1e-3)


async def test_at_rest_nothing_is_published() -> None:
    """Paused, the loop sleeps until somebody does something."""
    watched = session(at="1:00:00")
    watched.clock.pause()
    published: list[Snapshot] = []
    running = asyncio.create_task(watched.run(published.append))
    for _ in range(200):
        await asyncio.sleep(0)
    assert len(published) == 1 and published[0].mode.word == "paused"
    watched.clock.wake()
    for _ in range(200):
        await asyncio.sleep(0)
    assert len(published) == 1
    running.cancel()


@pytest.mark.parametrize("command", ["step", "shift", "target", "rate", "play", "athlete"])
async def test_a_command_is_answered_at_once(command: str) -> None:
    """However long it would have slept."""
    watched = session(at="1:00:00")
    watched.clock.pause()
    published: list[Snapshot] = []
    running = asyncio.create_task(watched.run(published.append))
    for _ in range(50):
        await asyncio.sleep(0)
    before = len(published)
    commands: dict[str, Callable[[], None]] = {
        "step": lambda: watched.playback.step(1),
        "shift": lambda: watched.playback.shift(10.0),
        "target": lambda: watched.set_target("laser announced"),
        "rate": watched.playback.faster,
        "play": watched.playback.toggle,
        "athlete": lambda: watched.set_athlete("lagat"),
    }
    commands[command]()
    for _ in range(50):
        await asyncio.sleep(0)
    assert len(published) > before
    running.cancel()


async def test_the_clock_stands_at_the_end_of_a_recording() -> None:
    """The last frame says that it is over, and nothing comes after it."""
    time = FakeTime()
    watched = session(time=time, at="1:59:00")
    published = await watch(watched, time, 30.0)
    last = published[-1][1]
    assert last.mode.word == "ended" and elapsed(last) == pytest.approx(7180.2)
    assert watched.clock.paused
    assert time.now_s < 1002.0, "nobody sleeps for a time any more, so this time stands still"
    watched.playback.toggle()
    assert elapsed(watched.take()) == pytest.approx(0.0)


@pytest.mark.parametrize("rate", [0.25, 1.0, 60.0, 600.0])
async def test_a_replay_at_any_rate_ends_in_the_same_state(rate: float) -> None:
    """What was seen on the way does not matter."""
    time = FakeTime()
    watched = session(time=time, speed=rate, at="1:59:20")
    await watch(watched, time, 30.0 / rate + 2)
    watched.playback.to_end()
    watched.take()
    assert watched.timeline.fold.race.state_hash() == session(at="finish").timeline.fold.to(float("inf")).state_hash()


def test_targets_are_chosen_by_name_and_shown() -> None:
    """The race's own, one after the other, and any that is typed."""
    watched = session(at="25km")
    seen = []
    for name in ("2:00:00", "laser announced", "laser fitted", "2:00:00"):
        watched.set_target(name)
        plan = watched.take().plan
        assert plan is not None
        seen.append(plan.name)
    assert seen == ["2:00:00", "laser announced", "laser fitted", "2:00:00"]
    watched.set_target("2:55/km")
    plan = watched.take().plan
    assert plan is not None and plan.finish_s == pytest.approx(175 * 42.195)
    with pytest.raises(WishError, match="--target"):
        watched.set_target("soon")


def test_a_ghost_comes_and_goes() -> None:
    """It is read once, and taken away with an empty name."""
    watched = session(at="1:12:03", ghost="berlin-2018")
    shown = watched.take().ghost
    assert shown is not None and shown.gap_s is not None
    watched.set_ghost("")
    assert watched.take().ghost is None


def test_others_come_and_go() -> None:
    """Up to three are compared with the runner; once more takes one away; nobody is compared with themselves."""
    watched = Session(open_address("chicago-2023"), Wish(at="1:43:00", compare="Kipruto, abdi"))
    watched.load()
    shown = watched.take().together
    assert shown is not None and [each.runner.id for each in shown.contenders] == ["kiptum", "kipruto", "abdi"]
    assert not watched.toggle_beside("kipruto") and watched.toggle_beside("Hassan") and watched.toggle_beside("korir")
    again = watched.take().together
    assert again is not None and [each.runner.id for each in again.contenders] == ["kiptum", "abdi", "hassan", "korir"]
    assert "--compare=abdi,hassan,korir" in watched.command()
    for name, why in (("kiptum", "the runner you watch"), ("mantz", "up to 4 can be compared"), ("nobody", "not in")):
        with pytest.raises(WishError, match=why):
            watched.toggle_beside(name)
    watched.set_athlete("hassan")
    again = watched.take().together
    assert again is not None and [each.runner.id for each in again.contenders] == ["hassan", "abdi", "kiptum", "korir"]
    watched.set_athlete("kiptum")
    watched.set_compare("")
    assert watched.take().together is None
    with pytest.raises(WishError, match="4 others, up to 3"):
        watched.set_compare("kipruto,abdi,hassan,korir")


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"at": "1:12:03"},
        {"at": "-4:10"},
        {"at": "25km", "target": "2:50/km", "ghost": "berlin-2018"},
        {"athlete": "lagat"},
    ],
)
def test_the_command_shows_the_same_moment_again(wish: dict[str, Any]) -> None:
    """What is copied can be pasted into a shell."""
    watched = session(**wish)
    shown = watched.take()
    asked = parser().parse_args(shlex.split(watched.command())[1:])
    again = session(
        asked.race, at=asked.at, target=asked.target or "", athlete=asked.athlete or "", ghost=asked.ghost or ""
    )
    second = again.take()
    assert (second.elapsed_s, second.runner.id) == (shown.elapsed_s, shown.runner.id)
    assert (second.plan and second.plan.name, second.ghost is None) == (
        shown.plan and shown.plan.name,
        shown.ghost is None,
    )
    assert again.command() == watched.command()


def test_counts_are_those_of_the_moment() -> None:
    """What came later is not counted yet."""
    watched = session()
    assert watched.view(GUN_S).counts.events < watched.view(GUN_S + 7181).counts.events


@pytest.mark.parametrize(("at", "text"), [("1:12:02.957", "1:12:02.957"), ("-4:09.5", "-0:04:09.5"), ("0", "0:00:00")])
def test_what_is_wanted_can_be_wished_again(at: str, text: str) -> None:
    """The wish that shows a moment again has its time to the millisecond, whatever the command rounds."""
    watched = session(at=at, target="1:59:30")
    watched.clock.pause()
    shown = watched.take()
    wish = watched.wanted()
    assert (wish.at, wish.target) == (text, "1:59:30")
    again = session(at=wish.at)
    assert again.clock.now() == pytest.approx(shown.now_s, abs=0.001)


def test_the_command_names_units_that_are_not_the_default() -> None:
    """Kilometres go without saying."""
    watched = session()
    watched.take()
    assert "units" not in watched.command("km")
    assert parser().parse_args(shlex.split(watched.command("mi"))[1:]).units == "mi"


def test_the_user_s_word_on_prior_and_course_is_the_last() -> None:
    """By itself Vienna is paced on an unknown course; asked for, it is a mass field in Boston, and the command says so."""
    assert session(at="25km").take().projection.basis.endswith("paced, unknown course")
    asked = session(at="25km", prior="mass", course="boston")
    assert asked.take().projection.basis.endswith("mass, boston course")
    assert "--prior=mass --course=boston" in asked.command()
    with pytest.raises(WishError, match=r"--course.*rome.*boston"):
        session(course="rome")
