"""A whole field: 60,000 runners with 600,000 splits folded, held, sought in, ranked."""

from __future__ import annotations

import gc
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.bench.fold import decode_and_fold, per_second, validate
from tracker.bench.made import race_lines
from tracker.bench.table import Row, at_least, at_most, middle, times_floor
from tracker.bench.terminal import LINUX, environment
from tracker.cli import YOUNG_OBJECTS

if TYPE_CHECKING:
    from tracker.race.field import Field

RUNNERS = 60_000
SEEKS = 60
FRAMES = 15
MAT = "20km"
NEW_READS = 500
"""Reads between two frames: the worst tenth of a second of a flood of 5,000 a second."""


def folding(rounds: int, runners: int = RUNNERS) -> Row:
    """The splits of a whole field decoded, validated and folded."""
    lines = race_lines(runners)
    pairs = [
        (per_second(len(lines), lambda: decode_and_fold(lines)), per_second(len(lines), lambda: validate(lines)))
        for _ in range(rounds)
    ]
    return Row(f"decode, validate, fold {len(lines) - 1:,} splits", "/s", middle([a for a, _ in pairs]),
               (times_floor("≥", 0.6), at_least(150_000)), middle([b for _, b in pairs]),
               "TypeAdapter(Event).validate_json over the same lines")  # fmt: skip


def ranking(frames: int = FRAMES, runners: int = RUNNERS) -> Row:
    """A frame of the live leaderboard: what came since the last one taken in, the table of a mat sorted, with its ranks."""
    import numpy as np

    from feeds.decode import Decoder
    from tracker.priors import shipped
    from tracker.race.book import Race
    from tracker.synth import messages

    decode, race = Decoder(), Race()
    told = (event for raw in messages(runners, 1, shipped()) for event in _events(decode, raw))
    for event in islice(told, 7 * runners):  # the first are in the finish, most are on the way
        race.receive(event)
    race.field().table(MAT, "net")
    events = list(islice(told, frames * NEW_READS))
    pairs = []
    for n in range(frames):
        for event in events[n * NEW_READS : (n + 1) * NEW_READS]:
            race.receive(event)
        begun = time.perf_counter()
        times = race.field().table(MAT, "net").time
        frame_ms = (time.perf_counter() - begun) * 1000
        mixed = np.random.default_rng(7).permutation(times)
        begun = time.perf_counter()
        np.argsort(mixed)
        pairs.append((frame_ms, (time.perf_counter() - begun) * 1000))
    return Row(f"live leaderboard of {runners:,}, sorted, one frame", "ms", middle([a for a, _ in pairs]), (at_most(20),),
               middle([b for _, b in pairs]), "numpy's argsort of as many times")  # fmt: skip


def _events(decode: Any, raw: bytes) -> Sequence[Any]:
    events = decode(raw)
    assert isinstance(events, tuple)
    return events


def holding(runners: int = RUNNERS) -> Iterator[Row]:
    """Memory of a whole field in a process of its own, read from a file as the program reads it; then seeking in it."""
    what, seek = f"memory of {runners:,} runners and their splits", f"seek in {runners:,} runners, with the table, p95"
    if not LINUX:
        yield Row(what, "MB", None, (at_most(130),))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), runners)
        run = [sys.executable, "-m", "tracker.bench.field", str(path)]
        told = json.loads(subprocess.run(run, check=True, capture_output=True, env=environment()).stdout)
    yield Row(what, "MB", told["memory_mb"], (at_most(130),), told["floor_mb"], "the validator and numpy, loaded")
    yield Row(seek, "ms", told["seek_ms"], (at_most(150),), told["anew_ms"], "the same, folded from the start")


def written(folder: Path, runners: int) -> Path:
    """A file of a made-up field."""
    path = folder / "field.ndjson"
    synth = [sys.executable, "-m", "tracker", "synth", "--runners", str(runners), "-o", str(path)]
    subprocess.run(synth, check=True, capture_output=True, env=environment())
    return path


def held(path: str, seeks: int = SEEKS) -> dict[str, float]:
    """What a file costs once it is read, folded and ranked; and what it takes to be elsewhere in it."""
    from feeds.address import open_address
    from feeds.decode import Decoder

    Decoder(), import_module("numpy")
    floor_mb = _memory_mb()
    from tracker.fold import Fold
    from tracker.opening import read

    log = read(open_address(path))
    fold = Fold(log)
    last = log.end_s or 0.0
    _last_table(fold.to(last).field())
    memory_mb = _memory_mb()
    dice = random.Random(7)  # noqa: S311 - the same moments each time

    def ms(of: Fold, now_s: float) -> float:
        begun = time.perf_counter()
        _last_table(of.to(now_s).field())
        return (time.perf_counter() - begun) * 1000

    places = [dice.uniform(log.start_s or 0.0, last) for _ in range(seeks)]
    times = sorted(ms(fold, place) for place in places)
    anew = ms(Fold(log), places[0])
    return {"floor_mb": floor_mb, "memory_mb": memory_mb, "seek_ms": times[int(0.95 * len(times))], "anew_ms": anew}


def _last_table(field: Field) -> None:
    field.table(field.mats[-1].id, "net")


def _memory_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1000


if __name__ == "__main__":
    gc.set_threshold(YOUNG_OBJECTS)  # as in the program
    print(json.dumps(held(sys.argv[1])))
