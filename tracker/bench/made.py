"""Races made up for measuring: many splits, and messages that are none."""

from __future__ import annotations

import json
import random

MARKS = (5000.0, 10000.0, 15000.0, 20000.0, 25000.0, 30000.0, 35000.0, 40000.0, 41195.0, 42195.0)
GUN = "2025-04-27T09:00:00+00:00"


def race_lines(runners: int, seed: int = 7) -> list[bytes]:
    """A marathon: the race itself, then ten splits a runner in the order in which they happened."""
    dice = random.Random(seed)  # noqa: S311 - the same race each time, not a secret
    checkpoints = [{"id": f"{d:.0f}", "distance_m": d, "type": "split"} for d in MARKS[:-1]]
    checkpoints.append({"id": "finish", "distance_m": MARKS[-1], "type": "finish"})
    race = {"kind": "race", "id": "made-up", "name": "Made-up Marathon", "gun": GUN, "distance_m": MARKS[-1],
            "checkpoints": checkpoints, "synthetic": True, "runner": "r0",
            "targets": [{"name": "3:00:00", "finish_s": 10800.0}]}  # fmt: skip
    splits = []
    for n in range(runners):
        pace = dice.gauss(280, 40)
        for checkpoint in checkpoints:
            elapsed = round(checkpoint["distance_m"] / 1000 * pace * dice.uniform(0.99, 1.02), 1)  # type: ignore[operator]  # a float
            splits.append({"kind": "split", "race": "made-up", "athlete": f"r{n}", "checkpoint": checkpoint["id"],
                           "clock": "gun", "elapsed_s": elapsed, "resolution_s": 0.1, "quality": "official"})  # fmt: skip
    splits.sort(key=lambda split: split["elapsed_s"])  # type: ignore[arg-type, return-value]  # a float
    return [json.dumps(message, separators=(",", ":")).encode() for message in (race, *splits)]


def garbage_lines(count: int, seed: int = 7) -> list[bytes]:
    """Lines as a broken or hostile feed sends them: no JSON, JSON that is no message, messages with a wrong value."""
    dice = random.Random(seed)  # noqa: S311 - as above
    kinds = (
        lambda: dice.randbytes(60),
        lambda: b'{"kind":"split","athlete":"r1","checkpoint":"5000","elapsed_s":"fast"}',
        lambda: b'{"kind":"split","athlete":"r1","checkpoint":"5000","elapsed_s":NaN}',
        lambda: b'{"kind":"split","athlete":',
        lambda: b"[1, 2, 3]",
        lambda: b"<html><body>502 Bad Gateway</body></html>",
    )
    return [dice.choice(kinds)() for _ in range(count)]
