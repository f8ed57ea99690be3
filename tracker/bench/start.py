"""From the command to what is seen: the first frame, help, one frame as text."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

from tracker.bench.table import Row, middle, times_floor
from tracker.bench.terminal import Terminal, environment

FIRST_FRAME = ("INEOS", "KIPCHOGE", "2:00:00", "quit")
"""Race, runner, target, and the footer, which is the last row of the grid."""
SIX_PANELS = ("panel one", "panel six", "leave")


def in_turn(runs: int, figure: Callable[[], float], floor: Callable[[], float]) -> tuple[float, float]:
    """The medians of a figure and its floor, measured one after the other so that both see the same machine."""
    figure(), floor()  # the first run of each fills the caches
    pairs = [(figure(), floor()) for _ in range(runs)]
    return middle([a for a, _ in pairs]), middle([b for _, b in pairs])


def _shown_ms(module: list[str], words: tuple[str, ...]) -> float:
    with Terminal(module) as terminal:
        return terminal.seconds_to(*words) * 1000


def process_ms(*arguments: str) -> float:
    """A Python process from start to end."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment())
    return (time.perf_counter() - begun) * 1000


def first_frame(runs: int) -> Row:
    """The first useful frame in a terminal of 160 x 45."""
    figure, floor = in_turn(
        runs,
        lambda: _shown_ms(["tracker", "replay", "vienna-2019"], FIRST_FRAME),
        lambda: _shown_ms(["tracker.bench.floors.six_panels"], SIX_PANELS),
    )
    return Row("first useful frame, 160×45", "ms", figure, (times_floor("≤", 1.2),), floor,
               "a Textual app of six static panels, header and footer")  # fmt: skip


def short_answers(runs: int) -> list[Row]:
    """Help, version and the list of races."""
    rows = []
    for command in ("--help", "--version", "races"):
        figure, floor = in_turn(
            runs,
            lambda command=command: process_ms("-m", "tracker", command),  # type: ignore[misc]  # bound to this round
            lambda: process_ms("-c", "import argparse"),
        )
        rows.append(
            Row(f"paceline {command}", "ms", figure, (times_floor("≤", 3),), floor, 'python -c "import argparse"')
        )
    return rows


def one_frame(runs: int) -> Row:
    """`--once` to the end of the process."""
    figure, floor = in_turn(
        runs,
        lambda: process_ms("-m", "tracker", "replay", "vienna-2019", "--once", "--at", "1:12:03"),
        lambda: process_ms("-m", "tracker.bench.floors.one_model"),
    )
    return Row("replay vienna-2019 --once --at 1:12:03", "ms", figure, (times_floor("≤", 1.6),), floor,
               "a process that builds one pydantic model and one adapter")  # fmt: skip
