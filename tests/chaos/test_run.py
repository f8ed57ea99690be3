"""Twenty seeds of chaos; `make chaos SEEDS=1000` for more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.run import IDLE_S, run


@pytest.mark.parametrize("seeds", [range(10), range(10, 20)], ids=["first ten", "next ten"])
def test_twenty_seeds_lose_and_double_nothing(seeds: range, tmp_path: Path) -> None:
    """Resets, stalls, half-closed and dead sockets, cuts, garbage, doubles, swaps, over-replay: the state is the clean
    one, the tape gives the same, nothing is told twice, and no link is called live beyond its watchdog."""
    report = run(seeds, tmp_path)
    assert report.well, list(report.lines())
    assert report.seeds == 10 and len(report.faults) > 8
    assert report.stalest_live_s <= IDLE_S * 1.1 + 0.05
    assert report.tasks == 0 and report.files <= 1
