"""The log: what arrived when, and the race folded from it."""

from __future__ import annotations

import math
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.decode import Decoder
from feeds.feed import Link
from tests.feeding import delivery
from tests.race.made import EVENTS
from tests.watching import GUN_S, RACE, RUN, at, deliver, log, split, torn, vienna_lines
from tracker import log as module
from tracker.fold import Fold
from tracker.log import ALWAYS, Log, next_time
from tracker.race.book import Race

MESSAGES = st.lists(EVENTS.map(lambda e: e.model_dump_json(exclude_none=True).encode()), max_size=25)


def state(race: Race) -> list[str]:
    return race.state_lines()


def from_the_start(made: Log, now_s: float) -> list[str]:
    race = Race(origin=made.origin)
    for when, event in zip(made.times, made.between(0, len(made)), strict=True):
        if when <= now_s:
            race.receive(event)
    return state(race)


@given(MESSAGES, st.lists(st.floats(-100, 4200), min_size=1, max_size=8), st.integers(1, 5), st.booleans())
def test_the_fold_of_what_had_arrived_is_the_state_then(
    messages: list[bytes], seeks: list[float], stride: int, taped: bool
) -> None:
    """Wherever the view comes from, forward, back or by a keyframe, the state is the fold of the prefix."""
    made = log(messages, [GUN_S + 40.0 * n for n in range(len(messages))] if taped else ())
    fold = Fold(made)
    fold._stride = stride
    for seek in seeks:
        now_s = GUN_S + seek
        assert state(fold.to(now_s)) == from_the_start(made, now_s)


@given(st.permutations(range(len(vienna_lines()))), st.sets(st.integers(0, len(vienna_lines()) - 1)))
def test_shuffled_and_doubled_lines_make_the_same_log_in_the_end(order: list[int], twice: set[int]) -> None:
    """The order in a file is no order in time: the final state, and the state half way, do not depend on it."""
    lines = vienna_lines()
    plain, mixed = Fold(log(lines)), Fold(log([*(lines[i] for i in order), *(lines[i] for i in sorted(twice))]))
    for now_s in (1570860900.0 + 3600, math.inf):
        assert plain.to(now_s).state_hash() == mixed.to(now_s).state_hash()


@given(st.lists(st.sampled_from((-math.inf, 0.0, 1.5, 2.5, 9.0)), max_size=40))
def test_many_are_put_in_order_as_few_are(times: list[float]) -> None:
    """By numpy or by hand: the same order, equal times as they stand."""
    few = list(module._in_order(array("d", times)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "MANY", 0)
        assert list(module._in_order(array("d", times))) == few == sorted(range(len(times)), key=times.__getitem__)


def test_untimed_messages_were_always_known_and_splits_arrive_when_they_happened() -> None:
    """A shipped message arrives at gun plus elapsed, whatever its place in the file, the race message last of all."""
    made = log([*reversed(RUN), {"kind": "athlete", "id": "a", "name": "Anna"}])
    assert list(made.times) == [ALWAYS, ALWAYS, *(GUN_S + s for s in (850, 1705, 2560, 3410, 3598))]
    assert (made.start_s, made.end_s, made.gun_s) == (GUN_S + 850, GUN_S + 3598, GUN_S)
    assert made.ended


def test_before_the_gun_is_told_the_axis_is_that_of_instants_already() -> None:
    """A runner who is named before the race: at the gun no time has passed, not all since 1970."""
    fold = Fold(log([{"kind": "athlete", "id": "a", "name": "Anna"}, *RUN]))
    race = fold.up_to(1)
    assert race.gun_s is None and race.snapshot(GUN_S).elapsed_s == 0.0


def test_instants_without_a_gun_are_no_elapsed_times() -> None:
    """A split's own elapsed time tells the gun; without one nothing is said to have taken all the time since 1970."""
    no_gun = {k: v for k, v in RACE.items() if k != "gun"}
    both = log([no_gun, split("5km", 850, at=at(850)), split("10km", 1705)])
    assert (both.gun_s, list(both.times)) == (GUN_S, [ALWAYS, GUN_S + 850, GUN_S + 1705])
    only = log([no_gun, {"kind": "split", "athlete": "a", "checkpoint": "5km", "at": at(850)}])
    assert (only.gun_s, list(only.times)) == (None, [ALWAYS, GUN_S + 850])
    assert Fold(only).to(math.inf).snapshot(GUN_S + 900).elapsed_s is None


def test_an_end_without_an_instant_arrives_last() -> None:
    """That a race is over is not known before its gun."""
    made = log([{"kind": "end"}, *RUN])
    assert [e.kind for e in made.between(0, len(made))][-1] == "end"
    assert made.times[-1] == made.times[-2] == GUN_S + 3598


def test_taped_messages_arrive_when_they_were_received() -> None:
    """A mat that reported a minute late is known a minute late; a clock that jumped back does not change the order."""
    made = log(RUN[:3], [GUN_S - 5, GUN_S + 910, GUN_S + 900])
    assert list(made.times) == [GUN_S - 5, GUN_S + 910, GUN_S + 910]
    assert Fold(made).to(GUN_S + 909).sheet("a").marks == ()


def test_without_a_gun_the_axis_begins_at_the_origin_and_a_tape_s_so_that_its_latest_time_was_then() -> None:
    """A file that names no instant is on the axis of its elapsed times; a tape knows when the latest of them came."""
    no_gun = {k: v for k, v in RACE.items() if k != "gun"}
    made = log([no_gun, split("5km", 850)])
    assert (made.gun_s, made.end_s) == (0.0, 850.0)
    assert log([no_gun, split("5km", 850)], [GUN_S, GUN_S + 860]).gun_s == GUN_S + 10


def test_what_is_refused_is_counted_from_when_it_came() -> None:
    """A rejection keeps its line and its reason; what came untimed counts from the start."""
    made = log([RACE, b"nonsense", split("5km", 850), b"{}"], [GUN_S, GUN_S + 100, GUN_S + 850, GUN_S + 900])
    assert [made.counts(GUN_S + s).rejected for s in (0, 100, 899, 900)] == [0, 1, 1, 2]
    assert [made.counts(GUN_S + s).events for s in (-1, 0, 850)] == [0, 1, 2]
    assert [r.line for r in made.rejections()] == [2, 4]
    assert log([RACE, b"nonsense"]).counts(ALWAYS).rejected == 1


def test_a_flood_of_garbage_keeps_a_bounded_number_of_rejections_and_counts_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Memory is bounded; the count is not."""
    monkeypatch.setattr(module, "MOST_REJECTIONS", 5)
    made = log([RACE, *[b"nonsense"] * 20])
    assert len(made.rejections()) == 5 and made.counts().rejected == 20


def test_an_unknown_kind_is_no_event_and_no_rejection() -> None:
    """A newer feed does not break an older program."""
    made = log([RACE, {"kind": "weather-balloon"}])
    assert (len(made), made.counts().rejected, made.counts().unknown_kinds) == (1, 0, 1)


def test_why_a_source_is_torn_is_kept() -> None:
    """One line, empty when it is not."""
    assert log(RUN).torn == ""
    assert torn(log(RUN)).torn == "x.ndjson is torn"


def test_the_next_arrival_is_the_first_after_an_instant() -> None:
    """Strictly after; infinite when nothing more comes."""
    assert next_time([1.0, 2.0, 2.0], 1.0) == 2.0
    assert next_time([1.0, 2.0], 2.0) == math.inf


def test_a_live_feed_that_names_no_gun_begins_so_that_its_latest_time_is_now() -> None:
    """Elapsed times are all it has: the race has a clock, but no time of day; a gun that is named later holds."""
    no_gun = {k: v for k, v in RACE.items() if k != "gun"}
    made = Log(Decoder(), origin=None)
    for n, message in enumerate((no_gun, split("5km", 850), split("10km", 1705))):
        made.receive(delivery(message, received_s=GUN_S + 5000 + n / 10))
    made.catch_up()
    shown = Fold(made).to(GUN_S + 5010).snapshot(GUN_S + 5010)
    assert shown.elapsed_s == pytest.approx(1715, abs=0.5) and shown.race.gun_s is None and len(shown.marks) == 2
    made.receive(delivery({**RACE, "rev": 2}, received_s=GUN_S + 5020))
    assert Fold(made).to(GUN_S + 5020).snapshot(GUN_S + 5020).elapsed_s == 5020


def test_a_link_that_is_back_is_back_though_the_race_s_clock_ran_ahead() -> None:
    """A race served at sixty times ran on half an hour while it was lost; served again where it was, it is live there."""
    heard = Log(Decoder())
    beat = {"kind": "heartbeat", "at": at(1800), "rate": 60.0}
    for each in deliver([beat, *RUN[:3]], [100.0] * 4):
        heard.receive(each)
    heard.hear(Link("live"), 100.0)
    heard.catch_up()
    heard.hear(Link("offline", "reset"), 100.0)
    heard.hear(Link("offline", "refused"), 120.0)
    heard.hear(Link("live"), 130.0)
    for each in deliver([beat | {"at": at(1805)}], [130.1]):
        heard.receive(each)
    now_s = heard.clock.at(130.2)
    assert now_s == GUN_S + 1811 and heard.lost_s(now_s) is None
    assert heard.lost_s(GUN_S + 1803) == GUN_S + 1800


def test_what_came_before_the_race_s_clock_was_told_is_not_of_later() -> None:
    """A race that is an hour behind ours, and tells it last: what was heard and refused before is shown from then on."""
    made = log([RACE, b"nonsense", split("5km", 850), {"kind": "heartbeat", "at": at(900)}], [GUN_S + 4500.0] * 4)
    assert made.counts(GUN_S + 900).rejected == 1
    assert [heard.when_s for heard in made.heard] == [GUN_S + 900] * 4


def test_what_arrived_before_the_race_s_clock_was_told_is_not_of_later() -> None:
    """The race came alone, months after its gun by our clock; then its clock is told: what comes next arrives by that."""
    made = Log(Decoder())
    days_s = 200 * 86400.0
    made.receive(delivery(RACE, received_s=GUN_S + days_s))
    made.catch_up()
    made.receive(delivery(RUN[1], received_s=GUN_S + days_s + 1))
    fold, was = Fold(made), made.generation
    assert fold.to(GUN_S + days_s + 1).snapshot(GUN_S + days_s + 1).marks
    beat = {"kind": "heartbeat", "at": at(900), "rate": 60.0}
    for each in deliver(
        [beat, split("10km", 1705), {**beat, "at": at(898)}], [GUN_S + days_s + n for n in (2, 3, 3.01)]
    ):
        made.receive(each)
    assert list(made.times) == [GUN_S, GUN_S + 900, GUN_S + 960]
    assert made.generation == was + 1 and len(fold.to(GUN_S + 960).snapshot(GUN_S + 960).marks) == 2


def test_an_axis_without_a_gun_is_never_behind_what_was_read() -> None:
    """A first split that came late puts the start too late: the next one that is ahead of now moves it, for all that is known."""
    no_gun = {k: v for k, v in RACE.items() if k != "gun"}
    made = Log(Decoder(), origin=None)
    for received_s, message in (
        (0, no_gun),
        (1, split("5km", 850)),
        (400, split("10km", 1705)),
        (900, split("15km", 2100)),
    ):
        made.receive(delivery(message, received_s=GUN_S + received_s))
    fold = Fold(made)
    shown = fold.to(GUN_S + 900).snapshot(GUN_S + 900)
    assert shown.elapsed_s == 2205 and len(shown.marks) == 3
    assert fold.to(GUN_S + 401).snapshot(GUN_S + 401).elapsed_s == 1706
