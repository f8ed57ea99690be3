"""The controls of a view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watching import GUN_S, RUN, FakeTime, log
from tracker.clock import RATES
from tracker.fold import Fold
from tracker.playback import Playback
from tracker.timeline import LEAD_S, Timeline

END_S = GUN_S + 3598


def controls(elapsed_s: float = 0.0, *, paused: bool = True, rate: float = 1.0) -> Playback:
    made = Playback(FakeTime().clock(GUN_S + elapsed_s, rate, paused=paused))
    made.timeline = Timeline(Fold(log(RUN)))
    return made


def shown(playback: Playback) -> float:
    return playback.clock.now() - GUN_S


@given(st.lists(st.one_of(st.floats(-9000, 9000), st.sampled_from(["n", "p", "home", "end"])), max_size=12))
def test_no_command_leaves_what_is_known(moves: list[float | str]) -> None:
    """Shifts, steps and seeks end inside the bounds, always."""
    playback = controls()
    for move in moves:
        if isinstance(move, float):
            playback.shift(move)
        else:
            {
                "n": lambda: playback.step(1),
                "p": lambda: playback.step(-1),
                "home": playback.to_start,
                "end": playback.to_end,
            }[move]()
        assert -LEAD_S <= shown(playback) <= 3598


def test_steps_stop_at_the_gun_and_at_every_split_and_nowhere_else() -> None:
    """Forward through all of them, and back."""
    playback = controls(-100.0)
    stops = [0, 850, 1705, 2560, 3410, 3598]
    forth = []
    for _ in stops:
        playback.step(1)
        forth.append(shown(playback))
    assert forth == stops
    playback.step(1)
    assert shown(playback) == 3598
    back = []
    for _ in stops[1:]:
        playback.step(-1)
        back.append(shown(playback))
    assert back == stops[-2::-1]
    playback.step(-1)
    assert shown(playback) == 0


def test_while_it_runs_the_step_back_just_after_a_mark_goes_to_the_one_before() -> None:
    """At 60 times nobody can press the key again before the mark has gone by."""
    playback = controls(1705 + 60, paused=False, rate=60.0)
    playback.step(-1)
    assert shown(playback) == 850
    slow = controls(1705 + 60, paused=False)
    slow.step(-1)
    assert shown(slow) == 1705


def test_play_at_the_end_begins_again_at_the_gun() -> None:
    """Space plays again."""
    playback = controls(3598)
    playback.toggle()
    assert shown(playback) == 0 and not playback.clock.paused
    playback.toggle()
    assert playback.clock.paused


def test_go_takes_what_people_type() -> None:
    """A place or a time; what is none is one clear line and moves nothing."""
    playback = controls(100)
    playback.go("10km")
    assert shown(playback) == 1705
    playback.go("0:59:00")
    assert shown(playback) == 3540
    with pytest.raises(ValueError, match="banana"):
        playback.go("banana")
    assert shown(playback) == 3540


def test_a_seek_is_in_elapsed_time() -> None:
    """Where the timeline was clicked."""
    playback = controls()
    playback.seek(1234.5)
    assert shown(playback) == 1234.5
    playback.to_start()
    assert shown(playback) == 0
    playback.to_end()
    assert shown(playback) == 3598


def test_rates_walk_the_steps() -> None:
    """Faster, slower, and any rate between."""
    playback = controls(rate=60.0)
    playback.faster()
    assert playback.clock.rate == RATES[RATES.index(60.0) + 1]
    playback.slower()
    playback.slower()
    assert playback.clock.rate == 30.0
    playback.set_rate(1.0)
    assert playback.clock.rate == 1.0


def test_before_anything_is_known_only_rate_and_pause_act() -> None:
    """The keys of a first frame break nothing."""
    playback = Playback(FakeTime().clock(5.0, paused=True))
    for command in (playback.to_start, playback.to_end, lambda: playback.step(1), lambda: playback.seek(9.0),
                    lambda: playback.shift(9.0), lambda: playback.go("25km")):  # fmt: skip
        command()
    assert playback.clock.now() == 5.0
    playback.toggle()
    assert not playback.clock.paused
