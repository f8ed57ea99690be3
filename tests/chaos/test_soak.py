"""A short soak; `make soak` for the whole day."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.chaos.soak import ATHLETES, MATS, VirtualLoop, soak


def test_an_hour_and_more_on_a_virtual_clock_keeps_no_more_than_the_race() -> None:
    """What is told again is not kept again; nothing is left running."""
    report: dict[str, Any] = {}
    # asyncio's debug mode would trace every timer: twenty times as long.
    with asyncio.Runner(debug=False, loop_factory=VirtualLoop) as runner:
        runner.run(soak(30_000, report, lasts_s=5400))
    assert report["events"] == 30_000 and report["virtual hours"] > 1 and report["tasks"] == 0
    assert report["kept"] <= 2 * ATHLETES * MATS + 2 < report["again"]
