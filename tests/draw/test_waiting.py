"""The first panel while there is no gap."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import lives, scenes
from tests.draw.test_road import LOOKS, SCENES
from tracker.draw import waiting
from tracker.draw.figures import LARGE, can_draw
from tracker.draw.look import DEFAULT, Look
from tracker.draw.waiting import Sight
from tracker.race.course import Course
from tracker.race.plan import Plan
from tracker.race.snapshot import EMPTY, Due, Mode, Snapshot

LONE = replace(scenes.NO_TARGET, rotation=None)


def rows(sight: Sight) -> list[str]:
    """The rows of words, each in its longest wording."""
    return ["".join(word.text for word in lengths[0]) for lengths in sight.rows]


def inks(sight: Sight) -> set[str]:
    """All inks of the words."""
    return {word.fg for lengths in sight.rows for words in lengths for word in words}


def due(state: str | None, snapshot: Snapshot = LONE) -> Snapshot:
    """The scene with its next mat in a state."""
    assert isinstance(snapshot.due, Due)
    return replace(snapshot, due=replace(snapshot.due, state=state))  # type: ignore[arg-type] # a Literal of three


def test_a_feed_that_gives_no_race_says_why_in_every_window() -> None:
    """Its whole line, which no header has room for; while it connects, and while it is live, the race is waited for."""
    why = "answers with a web page, not with a feed: name a profile with --profile, see `paceline profiles`"
    lost = waiting.sight(replace(EMPTY, mode=Mode("offline", why=why)), DEFAULT)
    assert " ".join(rows(lost)) == why and len(lost.rows) == 3
    assert max(len(line) for line in rows(lost)) <= waiting.NARROW
    assert len(waiting.sight(replace(EMPTY, mode=Mode("offline", why="x" * 500)), DEFAULT).rows) == 3
    for mode in (Mode("offline", why="connecting"), Mode("live")):
        assert rows(waiting.sight(replace(EMPTY, mode=mode), DEFAULT)) == ["waiting for the race"]


@given(st.sampled_from(SCENES), st.sampled_from(LOOKS))
def test_no_other_figure_is_read_as_a_gap(snapshot: Snapshot, look: Look) -> None:
    """What is not the gap has another label and wears neither ahead nor behind; each figure can be drawn."""
    sight = waiting.sight(snapshot, look)
    assert sight.ink not in ("ahead", "behind")
    assert sight.label != "GAP" or sight.figure == waiting.NOTHING
    assert can_draw(sight.figure, LARGE) and sight.rows
    assert "ahead" not in inks(sight)


@given(st.sampled_from(SCENES), st.sampled_from(LOOKS))
def test_the_longest_wording_is_first(snapshot: Snapshot, look: Look) -> None:
    """Each row has a wording, and each further one is shorter."""
    for lengths in waiting.sight(snapshot, look).rows:
        sizes = [sum(len(word.text) for word in words) for words in lengths]
        assert sizes and sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("snapshot", "label", "figure", "about"),
    [
        (Snapshot(), "GAP", waiting.NOTHING, False),
        (scenes.BEFORE, "START IN", "4:10", False),
        (scenes.NO_MARK, "FIRST MARK IN", "5:10", True),
        (LONE, "NEXT ARRIVAL", "09:40", True),
        (replace(scenes.FINISHED, gap=None, plan=None), "ARRIVED", "10:14", False),
        (scenes.out(), "DID NOT FINISH", "DNF", False),
        (scenes.out("DNS"), "DID NOT START", "DNS", False),
        (scenes.out("DSQ"), "DISQUALIFIED", "DSQ", False),
        (scenes.unknown_course(), "LAST MARK", "28:22", False),
    ],
)
def test_states(snapshot: Snapshot, label: str, figure: str, about: bool) -> None:
    """Each state without a gap has its own label and figure; ≈ where the figure is an estimate."""
    sight = waiting.sight(snapshot, DEFAULT)
    assert (sight.label, sight.figure, sight.about) == (label, figure, about)
    assert (sight.ink == "estimated") == about


def test_before_the_gun() -> None:
    """When the gun goes, where, and when the first mark is expected; without an hour only that it has not gone."""
    assert rows(waiting.sight(scenes.BEFORE, DEFAULT)) == [
        "gun 08:15:00 CEST · Reichsbrücke", "first mark 5 km, due ≈ 14:10", "no gap before the first mark",
    ]  # fmt: skip
    unknown = waiting.sight(replace(scenes.BEFORE, elapsed_s=None), DEFAULT)
    assert (unknown.label, unknown.figure) == ("START", waiting.NOTHING) and "the gun has not gone" in rows(unknown)
    timeless = replace(scenes.BEFORE, race=replace(scenes.INFO, gun_s=None))
    assert "the gun's time of day is not known" in rows(waiting.sight(timeless, DEFAULT))


@given(st.floats(-3599, -1))
def test_the_wait_for_the_gun_runs_down(elapsed_s: float) -> None:
    """The figure has no sign and ends at the gun: it is never less than what is left."""
    figure = waiting.sight(replace(scenes.BEFORE, elapsed_s=elapsed_s), DEFAULT).figure
    minutes, seconds = figure.split(":")
    assert -2e-6 <= int(minutes) * 60 + int(seconds) + elapsed_s < 1


def test_before_the_first_mark() -> None:
    """When it is due at whose pace, and what the target asks for there, cut; without a pace nothing is expected."""
    assert rows(waiting.sight(scenes.NO_MARK, DEFAULT)) == [
        "5 km due ≈ 14:10, at the laser's 2:50/km", "no gap before the first mark", "2:00:00 asks for 14:13 there",
    ]  # fmt: skip
    none = waiting.sight(replace(scenes.NO_MARK, due=None), DEFAULT)
    assert none.figure == waiting.NOTHING and "no pace to expect it by" in rows(none)


@pytest.mark.parametrize("state", [None, "due", "late", "overdue"])
@pytest.mark.parametrize("scene", [LONE, scenes.NO_MARK], ids=["next", "first"])
def test_due_late_and_overdue_are_three(scene: Snapshot, state: str | None) -> None:
    """Only overdue wears the ink of what is wrong, and only it says the word `since`."""
    sight = waiting.sight(due(state, scene), DEFAULT)
    assert ("behind" in inks(sight)) == (state == "overdue") == any("overdue since" in row for row in rows(sight))


def test_the_next_arrival() -> None:
    """By the clock on the wall, with where and how long ago they were seen, and from when on it is overdue."""
    assert rows(waiting.sight(LONE, DEFAULT)) == [
        "due ≈ 09:40 · in ≈ 13 min", "last seen at 25 km · 1:04 ago", "overdue from 09:40:28",
    ]  # fmt: skip
    assert rows(waiting.sight(due("due"), DEFAULT))[0] == "due ≈ 09:40, any moment now"
    assert rows(waiting.sight(due("late"), DEFAULT))[0] == "late, due ≈ 09:40"
    assert waiting.sight(LONE, Look(units="mi")).note == "18.6 mi"


def test_an_arrival_has_its_window() -> None:
    """With a projection: the median large, 80 % in words, from when late and overdue; nothing is late when lost."""
    then = scenes.arriving()
    assert rows(waiting.sight(then, DEFAULT)) == [
        "due 09:39 – 09:41 (80 %) · in ≈ 5 min", "last seen at 25 km · 9:24 ago", "late from 09:41 · overdue from 09:43",
    ]  # fmt: skip
    assert rows(waiting.sight(due("due", then), DEFAULT))[0].endswith("any moment now")
    assert rows(waiting.sight(due("late", then), DEFAULT))[0] == "late, due until 09:41"
    assert "overdue since 09:43" in rows(waiting.sight(due("overdue", then), DEFAULT))[0]
    lost = scenes.arriving(Mode("offline", is_live=True, horizon_s=scenes.GUN_S + 4500.0))
    assert rows(waiting.sight(lost, DEFAULT))[1].endswith("nothing is late")


def test_without_a_gun_it_counts_down() -> None:
    """Where nobody knows the time of day, the figure is how long it still is."""
    sight = waiting.sight(replace(LONE, race=replace(scenes.INFO, gun_s=None)), DEFAULT)
    assert (sight.label, sight.figure, sight.unit, sight.note) == ("NEXT MARK IN", "13:08", "min", "30 km")


def test_a_plan_that_begins_later() -> None:
    """A schedule that says nothing yet says from where on it does."""
    late = Plan("second half", ((21097.5, 3600.0), (42195.0, 7200.0)), "points", from_m=21097.5)
    assert "no gap to second half before 21 km" in rows(waiting.sight(replace(LONE, plan=late), DEFAULT))


def test_out_of_the_race() -> None:
    """Where they were last seen, how they stood there, and why."""
    assert rows(waiting.sight(scenes.out(), DEFAULT)) == [
        "last seen at 25 km · 1:10:59", "−7 s there, against 2:00:00", "DNF: hamstring",
    ]  # fmt: skip
    never = replace(scenes.out("DNS"), last=None, happened=())
    assert rows(waiting.sight(never, DEFAULT)) == ["no mark of this race"]


def test_a_course_that_is_not_known() -> None:
    """The last mark by name, and why there is no gap."""
    sight = waiting.sight(scenes.unknown_course(), DEFAULT)
    assert rows(sight)[0] == "official at The mill · 1:38 ago" and "no gap: the course is not known" in rows(sight)
    empty = waiting.sight(replace(scenes.unknown_course(), last=None, marks=()), DEFAULT)
    assert empty.figure == waiting.NOTHING and rows(empty)[0] == "no mark yet"


def test_the_start_has_its_name() -> None:
    """The first waypoint's name without the word start, else the race's place."""
    assert waiting.start_place(scenes.MIDDLE) == "Reichsbrücke"
    named = replace(scenes.VIENNA, waypoints=(replace(scenes.VIENNA.waypoints[0], name="start · Reichsbrücke"),))
    assert waiting.start_place(replace(scenes.MIDDLE, course=named)) == "Reichsbrücke"
    assert waiting.start_place(replace(scenes.MIDDLE, course=Course())) == "Vienna"


LOST = Mode("offline", why="connection refused", horizon_s=scenes.GUN_S + 4080.0, is_live=True)


def test_of_a_lost_feed_nothing_is_late() -> None:
    """What is due is said as of the last byte, and silence is no evidence."""
    assert rows(waiting.sight(replace(LONE, mode=LOST), DEFAULT)) == [
        "due ≈ 09:40, as of 09:23", "last news 4 min ago · nothing is late", "last seen at 25 km · 1:04 ago",
    ]  # fmt: skip
    assert waiting.lost_at(LONE) == ""


@pytest.mark.parametrize(("snapshot", "said"), [(LONE, "1:10:59"), (replace(LONE, mode=LOST), "09:25")])
def test_time_of_day_leads_for_an_ordinary_runner_in_a_live_race(snapshot: Snapshot, said: str) -> None:
    """With a target, or in a replay, it is the elapsed time."""
    assert waiting.moment(snapshot, 4259.0) == said
    assert waiting.moment(replace(scenes.MIDDLE, mode=LOST), 4259.0) == "1:10:59"


def test_of_a_silent_mat_nobody_is_overdue() -> None:
    """It is said of the mat, in no colour, and the next one is waited for."""
    sight = waiting.sight(lives.silent(), DEFAULT)
    assert rows(sight)[:2] == ["due ≈ 15:49 · in ≈ 23 min", "10 km silent: nobody is read there"]
    assert sight.note == "15 km" and "behind" not in inks(sight)


def test_after_the_end_nothing_is_due() -> None:
    """Of a runner who never came the last mark stands; without one, that there is none."""
    sight = waiting.sight(lives.over(), DEFAULT)
    assert (sight.label, sight.figure, sight.note) == ("LAST SEEN", "14:54", "5 km")
    assert rows(sight) == ["the race is over", "no time at the finish"] and not sight.about
    never = waiting.sight(replace(lives.over(), last=None, marks=()), DEFAULT)
    assert rows(never) == ["the race is over", "no mark of this race"]


def test_without_a_target_no_gap_is_promised() -> None:
    """It is times that stand from the first mark on."""
    assert rows(waiting.sight(lives.started(), DEFAULT))[0] == "no time before the first mark"
