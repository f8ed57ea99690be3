"""The flood behind a screen."""

from __future__ import annotations

from tracker.bench.busy import flood
from tracker.bench.made import race_lines
from tracker.race.snapshot import Snapshot


async def test_a_flood_shows_what_it_folds() -> None:
    """While lines are folded, snapshots of the race so far are shown, the newest last."""
    shown: list[Snapshot] = []
    assert await flood(race_lines(300), shown.append, frame_s=0.0) > 0
    assert len(shown) > 1
    assert shown[-1].race.name == "Made-up Marathon"
    assert [s.now_s for s in shown] == sorted(s.now_s for s in shown)
