"""`python -m tracker.backtest DIR`: how good the projection is, on races whose finishes are known."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tracker.backtest.report import averaged, called_table, reliability_table, reliable, table
from tracker.backtest.run import called, ground_of, scored
from tracker.backtest.tables import MATS, BadTable, Table, files, read, sample_size
from tracker.ending import guarded
from tracker.priors import shipped
from tracker.race.projection.model import Ground, Kind, Model

Row = dict[str, object]
KINDS: tuple[Kind, ...] = ("mass", "elite", "paced")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(prog="python -m tracker.backtest", description=__doc__)
    made.add_argument("folder", type=Path, metavar="DIR", help="holds NAME_YEAR.csv.gz, a race each")
    made.add_argument("--prior", choices=KINDS, default="mass", help="what kind of field to take them for (mass)")
    made.add_argument("--course", metavar="NAME|none", help="a shipped course, or none; otherwise by the file's name")
    made.add_argument("--sample", type=sample_size, metavar="N", help="at most N rows a race, always the same ones")
    made.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    made.add_argument("--out", type=Path, metavar="FILE", help="write the JSON object there as well")
    made.add_argument("--loro", action="store_true", help="refit leaving out the race that is scored")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 2 after one line about what cannot be read."""
    options = parser().parse_args(arguments)
    try:
        if options.out and not options.out.parent.is_dir():
            raise BadTable(f"--out {options.out}: no such folder {options.out.parent}")
        told = backtest(options)
        text = json.dumps(told, separators=(",", ":"))
        if options.out:
            options.out.write_text(text + "\n", encoding="utf-8")
    except BrokenPipeError:
        raise
    except (ValueError, OSError) as why:
        print(f"backtest: {why}", file=sys.stderr)
        return 2
    if options.json:
        print(text)
    return 0


def backtest(options: argparse.Namespace) -> Row:
    """Every figure, printed race by race unless it is to be JSON."""
    paths = files(options.folder)
    _check_course(options.course, shipped())
    tables = {path: read(path) for path in paths} if options.loro else {}
    left_out = Refits(list(tables.values()))
    rows: list[Row] = []
    tenths: list[Row] = []
    alarms: list[Row] = []
    with progress(len(paths) * (len(MATS) + 1)) as step:
        for path in paths:
            race = (tables.get(path) or read(path)).sampled(options.sample)
            course = race.course if options.course is None else options.course
            model = left_out(race, course) if options.loro else shipped()
            found: list[Row] = []
            ground = ground_of(course, model)
            for one in scored(race, ground, options.prior, model, step):
                found.extend(one.rows())
                tenths.extend(one.reliability())
            alarms.append(called(race, ground, options.prior, model).as_json())
            step()
            rows.extend(found)
            _say(options, _about(race, ground), *table(found))
    _say(options, *(table(averaged(rows)) if len(paths) > 1 else ()))
    reliability = reliable(tenths)
    _say(options, *reliability_table(reliability), "", *called_table(alarms))
    return {"rows": rows, "reliability": reliability, "called": alarms}


def _check_course(course: str | None, model: Model) -> None:
    known = [ground.name for ground in model.grounds]
    if course not in (None, "none", *known):
        raise BadTable(f"--course {course}: no such course is shipped; there is {', '.join(known)}, and none")


class Refits:
    """The models of other races, each fitted once."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        self._fitted: dict[str, Model] = {}

    def __call__(self, race: Table, course: str) -> Model:
        """Without this race; where its course is taken as unknown, without any race of that."""
        from tracker.fit.recipe import without

        known = course == race.course
        name = race.race if known else race.course
        if name not in self._fitted:
            self._fitted[name] = without(race.race, self._tables, known=known)
        return self._fitted[name]


def _about(race: Table, ground: Ground) -> str:
    out = [f"{race.race}: {len(race.marks_s):,} rows, {ground.name + ' course' if ground.name else 'unknown course'}"]
    out += [f"{race.estimated:,} left out for an estimated mark"] if race.estimated else []
    out += [f"{race.falling:,} left out for marks that do not rise"] if race.falling else []
    return "; ".join(out)


def _say(options: argparse.Namespace, *lines: str) -> None:
    if not options.json:
        print(*lines, sep="\n", flush=True) if lines else None


@contextmanager
def progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on stderr while it is a terminal, nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("mats"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))
