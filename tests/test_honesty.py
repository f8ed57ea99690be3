"""tracker.honesty: a race is asked how honest its projections were."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from feeds.address import open_address
from tests.race.made import fold, race, split
from tests.race.made import view as seen
from tracker import honesty
from tracker.draw.graded import Honesty
from tracker.priors import shipped
from tracker.race.book import Race, Wanted
from tracker.race.shares import summed
from tracker.race.snapshot import Snapshot
from tracker.session import Session, Wish


@lru_cache(maxsize=4)
def chicago(at: str) -> tuple[Race, Snapshot, Wanted]:
    """Chicago 2023 at a moment."""
    session = Session(open_address("chicago-2023"), Wish(at=at))
    session.load()
    shown = session.take()
    return session.timeline.fold.to(shown.now_s), shown, session.timeline.wanted


def graded(at: str, *follows: str) -> Honesty:
    """The screen's values there."""
    told, shown, wanted = chicago(at)
    asked = honesty.question(told, shown, wanted)
    assert asked is not None
    soon, finish = honesty.bands(asked.mats, asked.answer())
    found = honesty.honesty(told, shown, wanted, follows)
    return Honesty(soon, finish, found.receipts, found.runners, ready=True)


def test_chicago_is_graded_mat_by_mat() -> None:
    """39 runners at every mat once their time is over; later more are graded, never fewer."""
    early, late = graded("1:30:00"), graded("finish")
    assert {row.at.id: row.shares.count for row in early.soon}["5km"] == 38
    assert [row.at.id for row in early.soon] == [row.at.id for row in late.soon][: len(early.soon)]
    by_mat = {row.at.id: row.shares.count for row in late.soon}
    assert all(by_mat[row.at.id] >= row.shares.count for row in early.soon)
    count, held = summed(row.shares for row in late.soon)
    assert count == sum(by_mat.values()) and 0.7 < held <= 1.0


def test_at_the_end_all_is_known() -> None:
    """Once a recording has ended no band's time is still to come: every finisher is graded at every mat."""
    told, shown, wanted = chicago("finish")
    ended = shown.__class__(
        **{name: getattr(shown, name) for name in shown.__slots__ if name != "over"}, over=True
    )  # fmt: skip
    asked = honesty.question(told, ended, wanted)
    assert asked is not None and np.isinf(asked.now_s).all()
    _, finish = honesty.bands(asked.mats, asked.answer())
    finished = int((~np.isnan(asked.times_s[:, -1])).sum())
    assert finish[0].at.id == "5km" and finish[0].shares.count >= finished - 1
    assert [row.at.distance_m for row in finish] == sorted(row.at.distance_m or 0.0 for row in finish)


def test_receipts_are_those_of_the_runner_and_the_followed() -> None:
    """The runner first, each once; who is not in the race has none."""
    found = graded("1:30:00", "hassan", "kiptum", "nobody")
    assert [kept.runner.id for kept in found.receipts] == ["kiptum", "hassan"]
    assert found.runners == 39


def test_where_nothing_is_projected_nothing_is_graded() -> None:
    """Without a model, or before a mat is known."""
    told = fold(race(), split("5km", 900.0))
    assert honesty.question(told, seen(told, 950.0), Wanted()) is None
    assert honesty.question(fold(race()), seen(fold(race()), 950.0), Wanted(model=shipped())) is None


@pytest.mark.parametrize("behind_s", [0.0, 600.0])
def test_a_feed_that_is_behind_is_not_judged_by_now(behind_s: float) -> None:
    """Silence counts up to the horizon only."""
    told, shown, wanted = chicago("1:30:00")
    from dataclasses import replace

    asked = honesty.question(told, shown, replace(wanted, horizon_s=shown.now_s - behind_s))
    assert asked is not None
    assert asked.now_s == pytest.approx(shown.elapsed_s - behind_s if shown.elapsed_s else 0.0)
