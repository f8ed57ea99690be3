"""`make docs-pictures`: the figures of docs/projection.md, its tables and pictures, from what the back-test measured.

With the back-test's own files (leave-one-race-out, courses known and unknown) the figures are taken anew.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tracker.backtest.report import number, reliable
from tracker.backtest.tables import MATS

DOCS = Path(__file__).parent.parent / "docs"
FIGURES = DOCS / "projection.json"
NAMES = (
    "mae",
    "mae_even",
    "mae_last5",
    "bias",
    "cov50",
    "cov80",
    "cov90",
    "width80",
    "brier",
    "brier_even",
    "brier_last5",
)
KNOWN, UNKNOWN = "known", "unknown"
LINES = (
    ("mae_even", "average pace so far", "#9a9a9a"),
    ("mae_last5", "pace of the last 5 km", "#c98a2b"),
    ("mae", "paceline", "#1f7a5c"),
)
FIRST = 1
"""Pictures and tables begin at 10K: before it a band is shown, not a point."""

Row = Mapping[str, Any]


def averaged(rows: Sequence[Row], group: str, *, by_course: bool) -> dict[str, dict[str, float]]:
    """Means over races at each mat; by course first where each is to count once."""
    out: dict[str, dict[str, float]] = {}
    for mat in MATS:
        here = [row for row in rows if row["mat"] == mat and row["group"] == group]
        courses: dict[str, list[Row]] = {}
        for row in here:
            courses.setdefault(row["race"].rpartition("_")[0] if by_course else row["race"], []).append(row)
        if courses:
            out[mat] = {
                name: sum(sum(row[name] for row in races) / len(races) for races in courses.values()) / len(courses)
                for name in NAMES
            }
    return out


def taken(known: Row, unknown: Row) -> dict[str, Any]:
    """What the page shows, from two back-tests: courses known, and every course unknown with all its years left out."""
    courses = {row["race"].rpartition("_")[0] for row in known["rows"]}
    years = {c: {row["race"] for row in known["rows"] if row["race"].rpartition("_")[0] == c} for c in courses}
    with_file = {race for races in years.values() if len(races) > 2 for race in races}
    rows = [row for row in known["rows"] if row["race"] in with_file]
    return {
        KNOWN: _rounded(averaged(rows, "all", by_course=False)),
        "fast": _rounded(averaged(rows, "half<1:28", by_course=False)),
        UNKNOWN: _rounded(averaged(unknown["rows"], "all", by_course=True)),
        "races": {
            key: {
                race: {row["mat"]: {"mae": round(row["mae"], 1), "cov80": round(row["cov80"], 3)} for row in told
                       if row["race"] == race and row["group"] == "all"}
                for race in sorted({row["race"] for row in told})
            }
            for key, told in ((KNOWN, rows), (UNKNOWN, unknown["rows"]))
        },
        "reliability": [
            {**row, "said": round(number(row, "said"), 4), "came": round(number(row, "came"), 4)}
            for row in reliable([*unknown["reliability"]])
        ],
        "called": [row for row in known["called"] if row["race"] in with_file]
        + [row for row in unknown["called"] if row["race"] not in with_file],
    }  # fmt: skip


def _rounded(means: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    return {mat: {name: float(f"{value:.5g}") for name, value in row.items()} for mat, row in means.items()}


def markdown(figures: Row) -> Iterator[tuple[str, str]]:
    """The page's tables by name."""
    for key in (KNOWN, UNKNOWN, "fast"):
        yield key, _errors(figures[key])
    yield "bands", _bands(figures)
    yield "races", _races(figures)
    yield "reliability", _reliability(figures["reliability"])
    yield "called", _called(figures["called"])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _errors(means: Mapping[str, Mapping[str, float]]) -> str:
    mats = [mat for mat in MATS[FIRST:] if mat in means]
    rows = [[f"{label}, s", *(f"{means[mat][name]:.0f}" for mat in mats)] for name, label, _ in LINES]
    rows += [[f"Brier score: {label}", *(f"{means[mat][name]:.4f}" for mat in mats)]
             for name, label in (("brier_even", LINES[0][1]), ("brier_last5", LINES[1][1]), ("brier", LINES[2][1]))]  # fmt: skip
    return _table(["", *mats], rows)


def _bands(figures: Row) -> str:
    mats = MATS[FIRST:]
    rows = []
    for key, label in ((KNOWN, "course known"), (UNKNOWN, "course unknown")):
        for name in ("cov50", "cov80", "cov90"):
            rows.append([f"{label}: {name[3:]} % band holds", *(f"{figures[key][mat][name]:.0%}" for mat in mats)])
        rows.append(
            [f"{label}: width of the 80 % band", *(f"{figures[key][mat]['width80'] / 60:.1f} min" for mat in mats)]
        )
    return _table(["", *mats], rows)


def _races(figures: Row) -> str:
    rows = []
    for key in (KNOWN, UNKNOWN):
        for race, mats in figures["races"][key].items():
            cells = [
                f"{mats[mat]['mae']:.0f} ({mats[mat]['cov80']:.0%})" if mat in mats else "–" for mat in MATS[FIRST:]
            ]
            rows.append([f"{race.replace('_', ' ')}, course {key}", *cells])
    return _table(["", *MATS[FIRST:]], rows)


def _reliability(rows: Sequence[Row]) -> str:
    who = list(dict.fromkeys(row["who"] for row in rows))
    cells = {(row["who"], row["tenth"]): f"{row['said']:.0%} → {row['came']:.0%}" for row in rows}
    lines = [[f"{t * 10}–{t * 10 + 10} %", *(cells.get((one, t), "–") for one in who)] for t in range(10)]
    return _table(["chance given", *who], lines)


def _called(rows: Sequence[Row]) -> str:
    lines = [[row["race"].replace("_", " "), f"{row['late_share']:.0%}", f"{row['overdue_share']:.1%}"] for row in rows]
    return _table(["", "ever late", "ever overdue"], lines)


def error_picture(means: Mapping[str, Mapping[str, float]], title: str) -> str:
    """Mean absolute error in minutes by mat, a line each."""
    mats = [mat for mat in MATS[FIRST:] if mat in means]
    most = max(means[mat][name] for mat in mats for name, _, _ in LINES) / 60
    left, top, wide, high = 60.0, 50.0, 560.0, 250.0
    step = 5 if most > 8 else 2
    parts = [_text(left, 28, title, size=15)]
    for minutes in range(0, int(most) + step, step):
        y = top + high * (1 - minutes / (most + 1))
        parts.append(f'<path d="M{left} {y:.1f}H{left + wide}" stroke="#8884"/>')
        parts.append(_text(left - 8, y + 4, f"{minutes} min", anchor="end"))
    at = {mat: left + 20 + i * (wide - 40) / (len(mats) - 1) for i, mat in enumerate(mats)}
    parts += [_text(at[mat], top + high + 20, mat, anchor="middle") for mat in mats]
    for i, (name, label, colour) in enumerate(LINES):
        points = [(at[mat], top + high * (1 - means[mat][name] / 60 / (most + 1))) for mat in mats]
        told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{told}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        parts.append(f'<path d="M{left + 400} {top + 16 + 20 * i}h18" stroke="{colour}" stroke-width="2.5"/>')
        parts.append(_text(left + 424, top + 20 + 20 * i, label))
    return _svg(660, 340, parts)


def reliability_picture(rows: Sequence[Row]) -> str:
    """How often each chance came true, beside the diagonal on which it does."""
    left, top, side = 60.0, 50.0, 280.0
    colours = {"constant pace": LINES[0][2], "last 5 km": LINES[1][2], "paceline": LINES[2][2]}
    parts = [_text(left, 28, "Of the finishes given a chance of …, so many came true", size=15)]
    for tenth in range(0, 11, 2):
        x, y = left + side * tenth / 10, top + side * (1 - tenth / 10)
        parts += [f'<path d="M{left} {y:.1f}h{side}M{x:.1f} {top}v{side}" stroke="#8883"/>',
                  _text(x, top + side + 18, f"{tenth * 10} %", anchor="middle"),
                  _text(left - 8, y + 4, f"{tenth * 10} %", anchor="end")]  # fmt: skip
    parts.append(f'<path d="M{left} {top + side}L{left + side} {top}" stroke="#8888" stroke-dasharray="4 4"/>')
    for i, (who, colour) in enumerate(colours.items()):
        points = [(left + side * row["said"], top + side * (1 - row["came"])) for row in rows if row["who"] == who]
        told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{told}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        parts.append(f'<path d="M{left + side + 24} {top + 16 + 20 * i}h18" stroke="{colour}" stroke-width="2.5"/>')
        parts.append(_text(left + side + 48, top + 20 + 20 * i, who))
    return _svg(500, 370, parts)


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="#555">{words}</text>'


def _svg(width: int, height: int, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    background = f'<rect width="{width}" height="{height}" fill="#fdfdfb"/>'
    return "\n".join([f'{head} font-family="sans-serif">', background, *parts, "</svg>\n"])


def written(page: str, tables: Iterator[tuple[str, str]]) -> str:
    """The page with its tables put between their marks."""
    for name, table in tables:
        before, begin, rest = page.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        if not end:
            raise ValueError(f"docs/projection.md has no place for the table {name}")
        page = f"{before}{begin}{table}\n{end}{after}"
    return page


def main() -> None:
    """Draws what the figures are; takes them anew where the back-test's files are named."""
    parser = argparse.ArgumentParser(prog="make docs-pictures", description=__doc__)
    parser.add_argument("--known", type=Path, help="of `make backtest LORO=1 OUT=…`")
    parser.add_argument("--unknown", type=Path, help="of the same with ARGS='--course none'")
    options = parser.parse_args()
    if options.known and options.unknown:
        told = taken(*(json.loads(path.read_text(encoding="utf-8")) for path in (options.known, options.unknown)))
        FIGURES.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    page = DOCS / "projection.md"
    page.write_text(written(page.read_text(encoding="utf-8"), markdown(figures)), encoding="utf-8")
    (DOCS / "projection_known.svg").write_text(
        error_picture(figures[KNOWN], "How far off the finish is: course known"), encoding="utf-8"
    )
    (DOCS / "projection_unknown.svg").write_text(
        error_picture(figures[UNKNOWN], "How far off the finish is: course unknown"), encoding="utf-8"
    )
    (DOCS / "projection_reliability.svg").write_text(reliability_picture(figures["reliability"]), encoding="utf-8")


if __name__ == "__main__":
    main()
