"""`python -m tracker.bench [--out FILE] [--quick]`: measure, print a table, write JSON."""

from __future__ import annotations

import argparse
import compileall
import gc
import json
import os
import platform
from collections.abc import Iterator
from pathlib import Path

import feeds
import tracker
from tracker.bench import arrive, busy, field, flood, fold, project, rest, start
from tracker.bench.table import Row, footnotes, heading, line
from tracker.cli import YOUNG_OBJECTS


def measure(runs: int, seconds: float) -> Iterator[Row]:
    """Every row, as soon as it is known. What needs a quiet process comes first."""
    folding, splits_per_s = fold.folding(runs)
    yield folding
    yield busy.folding_under_a_screen(splits_per_s, runs)
    yield fold.refusing(runs)
    yield fold.seeking()
    yield from project.projecting(runs)
    yield field.folding(max(1, runs // 3))
    yield field.ranking()
    yield from field.holding()
    yield start.first_frame(runs)
    yield from start.short_answers(runs)
    yield start.one_frame(runs)
    yield rest.memory()
    yield from rest.at_rest(seconds)
    yield from arrive.painting(runs * 4)
    yield from arrive.flooding(seconds)
    yield from flood.flooding()


def main() -> None:
    """Fails for no figure."""
    parser = argparse.ArgumentParser(prog="make bench", description="speed and memory beside their floors")
    parser.add_argument("--out", type=Path, help="write the rows as JSON")
    parser.add_argument("--quick", action="store_true", help="fewer runs: a first look")
    options = parser.parse_args()
    gc.set_threshold(YOUNG_OBJECTS)  # as in the program, for figure and floor alike
    for package in (tracker, feeds):  # as `pip install` leaves them: nothing is measured that compiles itself first
        compileall.compile_dir(package.__path__[0], quiet=2)
    rows = []
    print(heading())
    for row in measure(*((3, 3.0) if options.quick else (9, 8.0))):
        print(line(row), flush=True)
        rows.append(row)
    print(*footnotes(rows), sep="\n")
    if options.out:
        machine = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
        told = machine | {"rows": [row.as_json() for row in rows]}
        options.out.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
