"""What was measured, its floor and its goal, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on the figure itself, or on its ratio to the floor."""

    of: Literal["figure", "ratio"]
    sign: Literal["≤", "≥"]
    bound: float

    def met(self, value: float | None) -> bool:
        """Whether a value keeps the bound; nothing keeps none."""
        if value is None:
            return False
        return value <= self.bound if self.sign == "≤" else value >= self.bound


def at_most(bound: float) -> Goal:
    """The figure is at most that."""
    return Goal("figure", "≤", bound)


def at_least(bound: float) -> Goal:
    """The figure is at least that."""
    return Goal("figure", "≥", bound)


def times_floor(sign: Literal["≤", "≥"], bound: float) -> Goal:
    """The figure is at most, or at least, so many times the floor."""
    return Goal("ratio", sign, bound)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `figure` is none where this machine cannot measure it."""

    what: str
    unit: str
    figure: float | None
    goals: tuple[Goal, ...]
    floor: float | None = None
    floor_is: str = ""

    @property
    def ratio(self) -> float | None:
        """The figure in floors."""
        return self.figure / self.floor if self.figure is not None and self.floor else None

    @property
    def met(self) -> bool:
        """Whether every goal is met."""
        return all(goal.met(self.ratio if goal.of == "ratio" else self.figure) for goal in self.goals)

    def goal_text(self) -> str:
        """`≤ 1.2 ×`, `≥ 150,000`."""
        return ", ".join(f"{g.sign} {number(g.bound)}{' ×' if g.of == 'ratio' else ''}" for g in self.goals)

    def as_json(self) -> dict[str, object]:
        """The row as plain values."""
        goals = [{"of": g.of, "sign": g.sign, "bound": g.bound} for g in self.goals]
        return {"what": self.what, "unit": self.unit, "figure": self.figure, "floor": self.floor,
                "floor_is": self.floor_is, "ratio": self.ratio, "goals": goals, "met": self.met}  # fmt: skip


def number(value: float | None) -> str:
    """Three figures, thousands with commas."""
    if value is None:
        return "-"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def line(row: Row) -> str:
    """One row of the table."""
    ratio = f"{row.ratio:.2f} ×" if row.ratio is not None else "-"
    verdict = "?" if row.figure is None else "met" if row.met else "MISSED"
    figure = f"{number(row.figure)} {row.unit}" if row.figure is not None else "not measured here"
    floor = f"{number(row.floor)}" if row.floor is not None else "-"
    return f"{row.what:<50} {figure:>18} {floor:>9} {ratio:>8}   {row.goal_text():<18} {verdict}"


def heading() -> str:
    """The head of the table."""
    return f"{'what':<50} {'figure':>18} {'floor':>9} {'ratio':>8}   {'goal':<18}"


def footnotes(rows: Iterable[Row]) -> list[str]:
    """What each floor is."""
    return [f"floor of {row.what}: {row.floor_is}" for row in rows if row.floor_is]


def middle(values: Sequence[float]) -> float:
    """The median: one slow run on a busy machine says nothing."""
    return median(values)
