"""How late a feed is, in words."""

from __future__ import annotations

from dataclasses import replace

from tracker.draw import lateness
from tracker.draw.parts import Words
from tracker.draw.wire import Shift, Wire

WIRE = Wire(word="live", median_s=7.8, p95_s=12.7, max_s=203.0)
DRIFTING = replace(WIRE, shifts=(Shift("30km", 4.2), Shift("35km", -23.0), Shift("40km", 2.5)))


def said(rows: list[Words]) -> list[str]:
    """The wordings as text."""
    return ["".join(word.text for word in row) for row in rows]


def test_the_quantiles_in_ever_fewer() -> None:
    """The longest wording first; before the first split that there is none; of a recording why they are not known."""
    assert said(lateness.figures(WIRE)) == [
        "median 7.8 s · p95 12.7 s · most 3:23", "median 7.8 s · p95 12.7 s", "median 7.8 s",
    ]  # fmt: skip
    assert said(lateness.figures(Wire(word="live"))) == ["no split yet"]
    assert said(lateness.figures(Wire())) == ["not known: no times of receipt"]


def test_the_largest_drift_comes_first_and_the_rest_is_counted() -> None:
    """With its sign; where it has no row of its own it stands beside the median."""
    assert said(lateness.drift(DRIFTING)) == [
        "clock drift 35km −23.0 s · 30km +4.2 s · 40km +2.5 s",
        "clock drift 35km −23.0 s · 30km +4.2 s · 1 more",
        "clock drift 35km −23.0 s · 2 more",
    ]
    assert said(lateness.figures(DRIFTING))[0] == "median 7.8 s · 35km clock −23.0 s"
    assert said(lateness.figures(DRIFTING, drift_apart=True)) == said(lateness.figures(WIRE))
    assert said(lateness.drift(WIRE)) == ["clock drift none"]
