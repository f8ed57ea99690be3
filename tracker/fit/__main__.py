"""`python -m tracker.fit DIR`: fit the shipped parameters on a folder of split tables and write them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tracker.backtest.tables import BadTable, files, read, sample_size
from tracker.ending import guarded
from tracker.fit.recipe import ROWS, digest, fields, parameters
from tracker.priors import FOLDER


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 2 after one line about what cannot be read or written."""
    made = argparse.ArgumentParser(prog="python -m tracker.fit", description=__doc__)
    made.add_argument("folder", type=Path, metavar="DIR", help="holds NAME_YEAR.csv.gz, a race each")
    made.add_argument("--to", type=Path, default=FOLDER, metavar="DIR", help="where to write (the program's own data)")
    made.add_argument(
        "--sample", type=sample_size, metavar="N", default=ROWS, help=f"at most N runners a race ({ROWS})"
    )
    options = made.parse_args(arguments)
    try:
        paths = files(options.folder)
        (options.to / "courses").mkdir(parents=True, exist_ok=True)  # before the minute that fitting takes
        found = fields([read(path) for path in paths], options.sample)
        model, courses = parameters(found, digest({path.name: path.read_bytes() for path in paths}))
        for path in write(options.to, model, courses):
            print(f"{path}  {path.stat().st_size:,} bytes")
    except (BadTable, ValueError, OSError) as why:
        print(f"fit: {why}", file=sys.stderr)
        return 2
    return 0


def write(folder: Path, model: dict[str, object], courses: Sequence[dict[str, object]]) -> list[Path]:
    """Writes `model.json` and `courses/NAME.json` into a folder that has `courses`; their paths."""
    told = {folder / "model.json": model, **{folder / "courses" / f"{one['name']}.json": one for one in courses}}
    for path, value in told.items():
        path.write_text(json.dumps(value, separators=(",", ":")) + "\n", encoding="utf-8")
    return list(told)


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))
