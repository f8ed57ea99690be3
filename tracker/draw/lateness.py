"""How late a feed is, in words: its quantiles, and the mats whose clock differs from the others'."""

from __future__ import annotations

from tracker.draw import words
from tracker.draw.parts import Word, Words
from tracker.draw.wire import Wire


def figures(wire: Wire, *, drift_apart: bool = False) -> list[Words]:
    """`median 1.2 s · p95 4.0 s · most 12.3 s`, the longest first; with a mat's clock unless that has its own row."""
    if wire.median_s is None:
        return [[Word("no split yet" if wire.word else "not known: no times of receipt", "muted")]]
    parts = (("median", wire.median_s), ("p95", wire.p95_s), ("most", wire.max_s))
    known = [(name, s) for name, s in parts if s is not None]
    out: list[Words] = []
    if wire.shifts and not drift_apart:
        mat, off = _shifts(wire)[0].split(" ", 1)
        out = [
            [
                Word("median ", "muted"),
                Word(_seconds(wire.median_s), "bright"),
                Word(f" · {mat} clock {off}", "behind"),
            ]
        ]
    for count in range(len(known), 0, -1):
        row: list[Word] = []
        for name, seconds in known[:count]:
            row += [
                Word(f"{' · ' if row else ''}{name} ", "muted"),
                Word(_seconds(seconds), "bright" if not row else "text"),
            ]
        out.append(row)
    return out


def drift(wire: Wire) -> list[Words]:
    """`clock drift  30km +4.2 s · 35km −3.0 s`, the largest first, in ever fewer; whether the mats' clocks agree."""
    label = Word("clock drift ", "muted")
    if not wire.shifts:
        return [[label, Word("none", "muted")]]
    said = _shifts(wire)
    more = (f" · {len(said) - n} more" if n < len(said) else "" for n in range(len(said) + 1))
    return [[label, Word(" · ".join(said[:n]) + tail, "behind")] for n, tail in reversed(list(enumerate(more))) if n]


def _shifts(wire: Wire) -> list[str]:
    """`30km +4.2 s`, the largest first."""
    largest = sorted(wire.shifts, key=lambda shift: -abs(shift.seconds))
    return [f"{shift.mat} {'−' if shift.seconds < 0 else '+'}{_seconds(abs(shift.seconds))}" for shift in largest]


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 60 else words.clock(int(seconds))
