"""What is worth a line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.watching import GUN_S, RACE, RUN, log, split
from tracker.fold import Fold
from tracker.notices import FollowedNotices, Notices
from tracker.race.snapshot import EMPTY
from tracker.race.view import Wanted


def told(messages: list[Any], *times: float, athlete: str = "a") -> list[str]:
    """The lines of a race looked at at these moments since the gun."""
    fold, notices, before, lines = Fold(log(messages)), Notices(), EMPTY, list[str]()
    for seconds in times:
        after = fold.to(GUN_S + seconds).snapshot(GUN_S + seconds, Wanted(athlete=athlete))
        lines += notices(before, after)
        before = after
    return lines


def test_each_split_is_told_once_with_its_gap() -> None:
    """However often it is looked at, and not again when the view is wound back and on."""
    assert told(RUN, 800, 851, 852, 860, 855, 851, 870) == ["a 5 km 14:10 · 3 s ahead"]


def test_what_was_there_when_watching_began_is_no_news() -> None:
    """Nor what happened in a jump."""
    assert told(RUN, 1800, 1801) == [] and told(RUN, 1, 1800) == []


def test_a_target_lost_and_regained() -> None:
    """At the mat where the sign of the gap changes."""
    run = [RACE, split("5km", 850), split("10km", 1720), split("15km", 2550)]
    lines = told(run, *range(840, 2560, 5))
    assert "a loses 1:00:00 at 10 km" in lines and "a regains 1:00:00 at 15 km" in lines


def test_a_missed_mat_an_overdue_runner_and_a_dnf() -> None:
    """Once each."""
    run = [
        RACE,
        split("5km", 850),
        split("15km", 2560),
        {"kind": "status", "athlete": "a", "status": "DNF", "at": "2020-09-13T13:20:00+00:00"},
    ]
    lines = told(run, *range(840, 3300, 10))
    assert lines.count("a was not read at 10 km") == 1 and lines.count("a is overdue at 10 km") == 1
    assert lines.count("a: DNF") == 1


def test_the_followed_are_told_of_once() -> None:
    """Each split and each end of theirs; nothing of what was there when they came to be followed, or in a jump."""
    fold, notices = (
        Fold(log([RACE, split("5km", 850), split("5km", 858, "b"), split("10km", 1712, "b")])),
        FollowedNotices(),
    )
    out = {"kind": "status", "athlete": "b", "status": "DNF", "at": "2020-09-13T13:20:00+00:00"}

    def look(seconds: float, *, news: bool = True) -> list[str]:
        race = fold.to(GUN_S + seconds)
        return notices([(race.runner("b"), race.sheet("b").last)], news=news)

    assert look(870) == [] and look(880) == []
    assert look(1713) == ["* b 10 km 28:32"] and look(1714) == [] and look(870) == [] and look(1714) == []
    later = Fold(log([RACE, split("5km", 858, "b"), out]))
    race = later.up_to(len(later.log))
    assert notices([(race.runner("b"), None)], news=True) == ["* b: DNF"]
    jumped = FollowedNotices()
    race = fold.to(GUN_S + 870)
    jumped([(race.runner("b"), race.sheet("b").last)], news=True)
    race = fold.to(GUN_S + 1800)
    assert jumped([(race.runner("b"), race.sheet("b").last)], news=False) == []
    assert jumped([(race.runner("b"), race.sheet("b").last)], news=True) == []


def test_the_leader_of_a_small_field() -> None:
    """Only when it is another than before."""
    run = [
        RACE,
        *[split(f"{km}km", s, who) for km, s, who in ((5, 850, "a"), (5, 860, "b"), (10, 1720, "a"), (10, 1715, "b"))],
    ]
    assert [line for line in told(run, *range(845, 1800, 5)) if "leads" in line] == ["b leads at 10 km"]


def test_the_lead_of_a_field_that_the_runner_is_not_in_front_of() -> None:
    """Whoever is watched: another leader at the front is told, ties by id, and nobody who comes second."""
    front = [(5, 800, "b"), (5, 803, "c"), (10, 1600, "c"), (10, 1601, "b"), (15, 2400, "c")]
    crowd = [(5, 900 + n, f"r{n}") for n in range(20)]
    run = [RACE, *[split(f"{km}km", s, who) for km, s, who in (*front, *crowd, (5, 990, "a"))]]
    assert [line for line in told(run, *range(795, 2500, 5)) if "leads" in line] == ["c leads at 10 km"]


def test_a_correction_is_told_as_another_time() -> None:
    """It is another revision of the same split."""
    first = [RACE, split("5km", 850)]
    fixed = [*first, split("5km", 852, rev=2)]
    notices = Notices()
    views = [
        Fold(log(messages)).to(GUN_S + s).snapshot(GUN_S + s)
        for messages, s in ((first, 845), (first, 851), (fixed, 853))
    ]
    assert notices(EMPTY, views[0]) == [] and len(notices(views[0], views[1])) == 1
    assert notices(views[1], views[2]) == ["a 5 km 14:12 · 1 s ahead"]


def test_a_silent_mat_is_told_once_about_nobody() -> None:
    """Of a field of which nobody is read at the next mat, no runner is overdue."""
    run = [RACE, *[split("5km", 850 + n, who) for n, who in enumerate("abcde")]]
    lines = told(run, *range(845, 2400, 5))
    assert lines == ["a 5 km 14:10 · 3 s ahead", "mat silent: 10 km reads nobody"]


def test_the_first_formation_is_no_change() -> None:
    """The second is told once, when the runner has come to its place."""
    legs = [
        {"kind": "formation", "from_m": a, "to_m": b, "team": team, "size": 2, "leg": n}
        for n, (team, a, b) in enumerate((("A", 0.0, 8000.0), ("B", 8000.0, 21097.5)), 1)
    ]
    lines = told([RACE, *legs, *RUN[1:3]], *range(-10, 1800, 5))
    assert [line for line in lines if "pacers" in line] == ["pacers change: B from 8.0 km"]


def test_a_silent_mat_says_why_the_race_is_silent() -> None:
    """Then the race's silence is not told besides; without one it is."""
    fold = Fold(log([RACE, *[split("5km", 850 + n, who) for n, who in enumerate("abcde")]]))
    before = fold.to(GUN_S + 1730).snapshot(GUN_S + 1700)
    silent = fold.to(GUN_S + 1730).snapshot(GUN_S + 1800)
    mode = replace(silent.mode, silent="race silent")
    assert Notices()(before, replace(silent, mode=mode))[-1] == "mat silent: 10 km reads nobody"
    assert Notices()(before, replace(before, now_s=before.now_s + 1, mode=mode))[-1].startswith("race silent")
