"""Split tables: a race a file, a runner a line, seconds at each mat. Bad ones are refused with one line."""

from __future__ import annotations

import csv
import gzip
import io
import math
import zlib
from argparse import ArgumentTypeError
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MATS = ("5K", "10K", "15K", "20K", "half", "25K", "30K", "35K", "40K")
PLACES_M = (5000.0, 10_000.0, 15_000.0, 20_000.0, 21_097.5, 25_000.0, 30_000.0, 35_000.0, 40_000.0, 42_195.0)
"""Where the mats lie, the finish last."""
HALF, FINISH = 4, 9
COLUMNS = ("t5", "t10", "t15", "t20", "th", "t25", "t30", "t35", "t40", "finish")
ENDING = ".csv.gz"
SEED = 20191012
MOST_BYTES = 1 << 30
"""More than this unpacked is no table of a race."""


class BadTable(ValueError):
    """One line: the file, the line where there is one, and why."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A race: seconds at the nine mats and the finish, a runner a row, nan where there is none.

    `estimated` and `falling` rows were left out: those that hold an estimated mark, and those whose marks do not rise.
    """

    race: str
    marks_s: Floats
    estimated: int = 0
    falling: int = 0

    @property
    def course(self) -> str:
        """The part of the race's name before its last `_`."""
        return self.race.rpartition("_")[0] or self.race

    def sampled(self, most: int | None) -> Table:
        """At most so many rows, always the same ones."""
        count = len(self.marks_s)
        if most is None or count <= most:
            return self
        chosen = np.sort(np.random.default_rng(SEED).choice(count, most, replace=False))
        return Table(self.race, self.marks_s[chosen], self.estimated, self.falling)


def sample_size(text: str) -> int:
    """A number of rows as it is typed. ArgumentTypeError for what is none."""
    value = int(text) if text.isascii() and text.isdecimal() else 0
    if value < 1:
        raise ArgumentTypeError(f"{text!r} is no number of rows")
    return value


def files(folder: Path) -> list[Path]:
    """The tables of a folder by name. BadTable where there is none."""
    if not folder.is_dir():
        raise BadTable(f"{folder}: no such folder; name one that holds NAME_YEAR{ENDING} files")
    found = sorted(path for path in folder.iterdir() if path.name.endswith(ENDING) and path.is_file())
    if not found:
        raise BadTable(f"{folder}: holds no {ENDING} file")
    return found


def read(path: Path) -> Table:
    """A race's table. BadTable for what is none."""
    try:
        with gzip.open(path, "rb") as packed:
            raw = packed.read(MOST_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error) as why:
        raise BadTable(f"{path}: cannot be read as gzip: {why}") from why
    except UnicodeDecodeError as why:
        raise BadTable(f"{path}: is not UTF-8 text (byte {why.start})") from why
    if len(raw) > MOST_BYTES:
        raise BadTable(f"{path}: more than {MOST_BYTES >> 20} MiB unpacked")
    return parse(path.name.removesuffix(ENDING), text, str(path))


def parse(race: str, text: str, where: str) -> Table:
    """A table from its text; `where` names it when it is refused."""
    lines = csv.reader(io.StringIO(text, newline=""))
    rows, estimated, falling = [], 0, 0
    try:
        header = [name.strip() for name in next(lines, [])]
        places, flag = _columns(header, where)
        for row, skip in _rows(lines, header, places, flag, where):
            if skip:
                estimated += 1
            elif not _rises(row):
                falling += 1
            else:
                rows.append(row)
    except csv.Error as why:
        raise BadTable(f"{where}, line {lines.line_num}: {why}") from why
    if not any(row[-1] > 0 for row in rows):
        raise BadTable(f"{where}: no runner's row can be used, or none has a finish")
    return Table(race, np.array(rows, dtype=np.float64), estimated, falling)


def _columns(header: Sequence[str], where: str) -> tuple[list[int], int | None]:
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise BadTable(f"{where}, line 1: no column {', '.join(missing)}; the first line names {','.join(COLUMNS)}")
    return [header.index(name) for name in COLUMNS], header.index("est") if "est" in header else None


def _rows(
    lines: Iterator[list[str]], header: Sequence[str], places: Sequence[int], flag: int | None, where: str
) -> Iterator[tuple[list[float], bool]]:
    """Each row's seconds, and whether it holds an estimated mark."""
    number = 1
    for number, cells in enumerate(lines, 2):
        if not cells:
            continue
        if len(cells) != len(header):
            raise BadTable(f"{where}, line {number}: {len(cells)} fields where the first line has {len(header)}")
        row = []
        for place in places:
            cell = cells[place]
            try:
                value = float(cell) if cell else math.nan
            except ValueError:
                value = -1.0
            if cell and not 0.0 < value < math.inf:
                raise BadTable(f"{where}, line {number}: {header[place]} is {cell[:20]!r}, not seconds")
            row.append(value)
        yield row, flag is not None and cells[flag].strip() not in ("", "0")


def _rises(row: Sequence[float]) -> bool:
    before = 0.0
    for value in row:
        if value <= before:
            return False
        if not math.isnan(value):
            before = value
    return True
