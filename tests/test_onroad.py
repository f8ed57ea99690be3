"""tracker.onroad: the course with everybody on it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from feeds.address import open_address
from tests.race.made import fold, race, split, view
from tracker.draw.onroad import NOBODY, Road
from tracker.fieldnow import FieldNow
from tracker.onroad import LEADERS, road
from tracker.priors import shipped
from tracker.race.book import Wanted
from tracker.session import Session, Wish
from tracker.synth import messages

CELLS = 100


@lru_cache(maxsize=1)
def marathon() -> Session:
    """A made-up field of 600 with pace groups, two hours and a half into the race."""
    path = Path(mkdtemp()) / "field.ndjson"
    path.write_bytes(b"".join(line + b"\n" for line in messages(600, 2, shipped(), pacers=True)))
    session = Session(open_address(str(path)), Wish(at="2:30:00"))
    session.load()
    session.take()
    return session


def there(session: Session, *follows: str) -> Road:
    """The course there."""
    now = session.field()
    while now.pending:
        now = session.field()
    shown = session.snapshot
    return road(now, shown.runners, shown.runner.id, follows, shown.course.distance_m, CELLS)


def test_everybody_is_counted_once() -> None:
    """On the road, overdue, home or out; nobody is on two cells."""
    found = there(marathon())
    assert found.strip is not None and (found.strip.from_m, found.strip.to_m) == (0.0, 42_195.0)
    on_cells = sum(found.strip.passed) + sum(found.strip.to_come)
    assert on_cells == found.on
    assert 560 <= found.on + found.strip.overdue + found.strip.finished + found.strip.out <= 609


def test_who_is_through_a_mat() -> None:
    """Fewer and fewer from mat to mat, but for those who were missed."""
    found = there(marathon())
    assert found.strip is not None and len(found.passed) == len(found.strip.mats)
    counts = [count for (_, mat), count in zip(found.strip.mats, found.passed, strict=True) if mat.type != "start"]
    assert (counts[0] > 500 > counts[-2] and counts == sorted(counts, reverse=True)) or counts[0] - counts[-1] > 300


def test_leaders_are_the_first_of_each_sex() -> None:
    """Three of the men, three of the women, none of them a pacer; who is home first, then whoever is projected to be."""
    found = there(marathon()).of("leader")
    assert [each.runner.sex for each in found] == ["M"] * LEADERS + ["W"] * LEADERS
    assert [each.rank for each in found] == [1, 2, 3] * 2
    assert all(each.runner.role == "runner" for each in found)
    for sex in ("M", "W"):
        times = [each.projected_s or 0.0 for each in found if each.runner.sex == sex]
        assert times == sorted(times)


def test_the_followed_are_told_wherever_they_are() -> None:
    """The watched runner first; a stranger is nobody."""
    found = there(marathon(), "300", "nobody", "1").of("followed")
    assert [each.runner.id for each in found] == ["1", "300"]


def test_pace_groups_run_their_even_line() -> None:
    """From the fastest on, near it, with company."""
    found = there(marathon()).of("pacer")
    goals = [each.goal_s or 0.0 for each in found]
    assert goals == sorted(goals) and goals[0] == 10_800
    assert all(each.off_s is not None and abs(each.off_s) < 40 for each in found)
    assert sum(each.near for each in found) > 10


def test_a_race_of_few_has_leaders_without_sexes() -> None:
    """Whoever is furthest; before anybody was read there is nobody."""
    known = fold(race(), split("5km", 900.0, "a"), split("5km", 950.0, "b"), split("10km", 1850.0, "b"))
    wanted = Wanted(model=shipped())
    now = FieldNow(known.field()).take(known, view(known, 1900.0), wanted)
    found = road(now, known.runners(), "a", (), 21_097.5, 10)
    assert [each.runner.id for each in found.of("leader")] == ["b", "a"]
    assert road(FieldNow(known.field()), known.runners(), "a", (), 21_097.5, 10) is NOBODY


@pytest.mark.parametrize("cells", [2, 7, 300])
def test_any_number_of_cells_holds_all(cells: int) -> None:
    """The crowd is the same, however fine it is cut."""
    session = marathon()
    shown = session.snapshot
    found = road(session.field(), shown.runners, "1", (), shown.course.distance_m, cells)
    assert found.strip is not None and sum(found.strip.passed) + sum(found.strip.to_come) == found.on
