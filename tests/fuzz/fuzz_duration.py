"""The times that providers write: seconds, or a line that says why not."""

from __future__ import annotations

import math
from contextlib import suppress

from feeds.profiles import times
from tests.fuzz.running import run

SEEDS = (
    b"1:59:40",
    b"00:40:58.7230000",
    b"20h04'55,735",
    b"08:52:30AM",
    b"1688287832_000066",
    b"2:05:29 (2)",
    b"1699999999.5",
)


def one(data: bytes) -> None:
    """One text, read in every way."""
    text = data.decode("utf-8", "replace")
    times.stamp(text)
    bare = times.bare(text, (r"\s*\(\d+\)$",))
    for read in (times.duration, times.time_of_day, times.resolution):
        with suppress(times.NoTime):
            assert math.isfinite(read(bare or "")) and read(bare or "") >= 0
    for form in ("iso", "epoch_s", "epoch_ms"):
        with suppress(times.NoTime):
            assert times.instant(text, form).tzinfo is not None


if __name__ == "__main__":
    run(one, SEEDS)
