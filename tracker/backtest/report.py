"""The figures as tables of text and as one JSON object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracker.backtest.score import GROUPS, WHO
from tracker.backtest.tables import MATS

Row = Mapping[str, object]

FIGURES = ("mae", "mae_even", "mae_last5", "median_abs", "bias", "cov50", "cov80", "cov90", "width80", "pinball",
           "brier", "brier_even", "brier_last5")  # fmt: skip
HEADS = ("n", "MAE", "const", "last 5", "median", "bias", "50%", "80%", "90%", "width", "pinball",
         "Brier", "const", "last 5")  # fmt: skip
SHARES = ("cov50", "cov80", "cov90")


def number(row: Row, name: str) -> float:
    """A figure of a row."""
    value = row[name]
    assert isinstance(value, int | float)
    return float(value)


def averaged(rows: Sequence[Row]) -> list[dict[str, object]]:
    """The mean over races at each mat and group, every race alike; `n` counts races."""
    out: list[dict[str, object]] = []
    for group in GROUPS:
        for mat in MATS:
            here = [row for row in rows if row["group"] == group and row["mat"] == mat]
            if here:
                means = {name: sum(number(row, name) for row in here) / len(here) for name in FIGURES}
                out.append({"race": f"mean of {len(here)}", "mat": mat, "group": group, "n": len(here), **means})
    return out


def reliable(rows: Iterable[Row]) -> list[dict[str, object]]:
    """Reliability over all races and targets: who, tenth, how many, what was said, how often it came true."""
    sums: dict[tuple[object, object], list[float]] = {}
    for row in rows:
        found = sums.setdefault((row["who"], row["tenth"]), [0.0, 0.0, 0.0])
        count = number(row, "n")
        for i, value in enumerate((count, count * number(row, "said"), count * number(row, "came"))):
            found[i] += value
    order = sorted(sums.items(), key=lambda item: (WHO.index(str(item[0][0])), item[0][1]))
    return [
        {"who": who, "tenth": tenth, "n": int(n), "said": said / n, "came": came / n}
        for (who, tenth), (n, said, came) in order
    ]


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows of one race, or of the mean, as text: seconds, shares of runners, Brier scores."""
    for group in GROUPS:
        here = [row for row in rows if row["group"] == group]
        if not here:
            continue
        yield f"{here[0]['race']} · {group}"
        yield f"  {'':5}{''.join(f'{head:>8}' for head in HEADS)}"
        for row in here:
            yield f"  {row['mat']!s:5}{number(row, 'n'):8,.0f}{''.join(_cell(name, number(row, name)) for name in FIGURES)}"
        yield ""


def _cell(name: str, value: float) -> str:
    if name in SHARES:
        return f"{value * 100:7.1f}%"
    if name.startswith("brier"):
        return f"{value:8.4f}"
    return f"{value:8.1f}"


def reliability_table(rows: Sequence[Row]) -> Iterator[str]:
    """What was said beside what came true."""
    yield "reliability: chances of a finish under 2:15, 2:30 … 6:30, all mats (said → came true, of how many)"
    for tenth in range(10):
        cells = []
        for who in WHO:
            found = [row for row in rows if row["who"] == who and row["tenth"] == tenth]
            told = (
                f"{number(found[0], 'said'):5.1%} → {number(found[0], 'came'):5.1%} of {found[0]['n']:>9,}"
                if found
                else ""
            )
            cells.append(f"{told:<30}")
        yield f"  {tenth * 10:3d}–{tenth * 10 + 10:3d} %  {''.join(cells).rstrip()}"
    yield f"  {'':11}{''.join(f'{who:<30}' for who in WHO).rstrip()}"


def called_table(rows: Sequence[Row]) -> Iterator[str]:
    """Finishers who were ever called late (past 95 %) or overdue (past 99.5 % and a fifth) at a mat."""
    yield "called late or overdue at some mat, of the finishers"
    for row in rows:
        yield (
            f"  {row['race']!s:<24}{row['finishers']:>8,}   late {number(row, 'late_share'):6.2%}"
            f"   overdue {number(row, 'overdue_share'):6.2%}"
        )
