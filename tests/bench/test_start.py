"""How starts are timed."""

from __future__ import annotations

from tracker.bench.start import in_turn, process_ms


def test_figure_and_floor_take_turns() -> None:
    """Each pair is measured side by side, the first of each does not count, and the median is told."""
    calls: list[str] = []

    def figure() -> float:
        calls.append("figure")
        return float(len(calls))

    def floor() -> float:
        calls.append("floor")
        return float(len(calls))

    assert in_turn(3, figure, floor) == (5.0, 6.0)
    assert calls == ["figure", "floor"] * 4


def test_a_process_is_timed_to_its_end() -> None:
    """A process that sleeps is not faster than its sleep."""
    assert process_ms("-c", "import time; time.sleep(0.1)") > 100
