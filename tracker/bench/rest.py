"""What a screen costs while nothing happens: bytes, CPU, memory."""

from __future__ import annotations

from tracker.bench.start import FIRST_FRAME
from tracker.bench.table import Row, at_most
from tracker.bench.terminal import LINUX, Terminal

REPLAY = ("tracker", "replay", "vienna-2019")
SETTLE_S = 2.0


def _watch(seconds: float, *options: str, keys: str = "") -> tuple[float, float]:
    """Bytes a second and CPU in per cent of one core, once the screen has settled."""
    with Terminal([*REPLAY, *options]) as terminal:
        terminal.seconds_to(*FIRST_FRAME)
        terminal.drain(SETTLE_S)
        terminal.press(keys)
        terminal.drain(SETTLE_S)
        before = terminal.cpu_s()
        written = terminal.drain(seconds)
        return written / seconds, (terminal.cpu_s() - before) / seconds * 100


def at_rest(seconds: float) -> list[Row]:
    """Paused in the middle, standing at the end, and a clock that ticks once a second."""
    if not LINUX:
        return [Row("CPU at rest", "%", None, (at_most(0.3),))]
    rows = []
    for name, options, keys in (
        ("paused", ("--at", "1:12:03"), " "),
        ("idle at the end", ("--at", "finish", "--speed", "600"), ""),
    ):
        written, cpu = _watch(seconds, *options, keys=keys)
        rows += [Row(f"{name}: bytes", "B/s", written, (at_most(0),)), Row(f"{name}: CPU", "%", cpu, (at_most(0.3),))]
    written, cpu = _watch(seconds, "--at", "1:12:03", "--speed", "1")
    rows.append(Row("the clock ticks at 1×: bytes", "B/tick", written, (at_most(1000),)))
    rows.append(Row("the clock ticks at 1×: CPU", "%", cpu, (at_most(1),)))
    return rows


def memory() -> Row:
    """The race screen against a Textual app with nothing on it."""
    goals = (at_most(70),)
    if not LINUX:
        return Row("memory of one runner", "MB", None, goals)
    with Terminal([*REPLAY, "--at", "1:12:03"]) as terminal:
        terminal.seconds_to(*FIRST_FRAME)
        terminal.drain(SETTLE_S)
        ours = terminal.memory_mb()
    with Terminal(["tracker.bench.floors.empty_app"]) as terminal:
        terminal.seconds_to("nothing")
        terminal.drain(SETTLE_S)
        return Row("memory of one runner", "MB", ours, goals, terminal.memory_mb(), "an empty Textual app")
