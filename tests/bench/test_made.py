"""The made-up races that are measured."""

from __future__ import annotations

import json

from feeds.decode import Decoder
from tracker.bench.made import MARKS, garbage_lines, race_lines


def test_a_made_race_is_a_feed() -> None:
    """Every line is a message of the vocabulary: the race first, then its splits in the order of time."""
    lines = race_lines(20)
    decode = Decoder()
    assert all(isinstance(decode(raw, n), tuple) for n, raw in enumerate(lines, 1))
    messages = [json.loads(raw) for raw in lines]
    assert [m["kind"] for m in messages] == ["race"] + ["split"] * 20 * len(MARKS)
    times = [m["elapsed_s"] for m in messages[1:]]
    assert times == sorted(times)


def test_a_made_race_is_the_same_each_time() -> None:
    """Two runs of a benchmark measure the same bytes."""
    assert race_lines(5) == race_lines(5)
    assert garbage_lines(50) == garbage_lines(50)


def test_garbage_is_garbage() -> None:
    """No line of it is a message."""
    decode = Decoder()
    assert not [raw for raw in garbage_lines(300) if isinstance(decode(raw, 1), tuple)]
