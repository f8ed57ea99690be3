"""From split tables to log paces of the segments, as the mixtures are fitted on them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tracker.backtest.tables import HALF, PLACES_M, Floats, Table

LENGTHS_KM = np.diff(np.array([0.0, *PLACES_M])) / 1000
SEGMENTS_M = tuple((LENGTHS_KM * 1000).tolist())
BEYOND = 0.5
"""A segment's pace further than this from the runner's mean, in logs, is a mistake of a mat, not a pace."""


def log_paces(marks_s: Floats) -> Floats:
    """Log seconds a kilometre of each segment."""
    return np.asarray(np.log(np.diff(marks_s, axis=1, prepend=0.0) / LENGTHS_KM))


def shape(paces: Floats) -> Floats:
    """The mean of the log paces less each runner's level: how a race's field spent its strength."""
    return np.asarray((paces - level(paces)[:, None]).mean(axis=0))


def level(paces: Floats) -> Floats:
    """Each runner's mean log pace by length."""
    return np.asarray(paces @ LENGTHS_KM / LENGTHS_KM.sum())


def complete(table: Table) -> Floats:
    """The log paces of the runners who were read everywhere and whose paces are such. May have no row."""
    marks = table.marks_s[~np.isnan(table.marks_s).any(axis=1)]
    paces = log_paces(marks)
    return np.asarray(paces[(np.abs(paces - level(paces)[:, None]) < BEYOND).all(axis=1)])


def with_halves(tables: Sequence[Table], seed: int) -> list[Table]:
    """The tables, where a race without a half gets one a runner from what the other races' halves were like.

    The pace up to it against that of its 5 km, by least squares on the other segments, with a residual drawn from theirs.
    """
    have = [complete(table) for table in tables if not np.isnan(table.marks_s[:, HALF]).all()]
    lacking = [table for table in tables if np.isnan(table.marks_s[:, HALF]).all()]
    if not have or not lacking:
        return list(tables)
    known = np.concatenate(have)
    both = _joined(known)
    told, wanted = _explained(both), known[:, HALF] - both[:, HALF]
    by: Floats = np.asarray(np.linalg.lstsq(told, wanted, rcond=None)[0], dtype=np.float64)
    left = wanted - told @ by
    return [_halved(table, by, left, seed) if table in lacking else table for table in tables]


def _joined(paces: Floats) -> Floats:
    """The half's two segments as one."""
    seconds = np.exp(paces[:, HALF : HALF + 2]) @ LENGTHS_KM[HALF : HALF + 2]
    one = np.log(seconds / LENGTHS_KM[HALF : HALF + 2].sum())
    return np.column_stack([paces[:, :HALF], one, paces[:, HALF + 2 :]])


def _explained(joined: Floats) -> Floats:
    around = np.delete(joined, HALF, axis=1) - joined[:, HALF : HALF + 1]
    return np.column_stack([np.ones(len(joined)), around])


def _halved(table: Table, by: Floats, left: Floats, seed: int) -> Table:
    whole = ~np.isnan(np.delete(table.marks_s, HALF, axis=1)).any(axis=1)
    marks = table.marks_s.copy()
    rest = np.delete(marks[whole], HALF, axis=1)
    joined = np.log(np.diff(rest, axis=1, prepend=0.0) / np.diff(np.array([0.0, *np.delete(PLACES_M, HALF)])) * 1000)
    apart = _explained(joined) @ by + np.random.default_rng(seed).choice(left, int(whole.sum()))
    seconds = np.exp(joined[:, HALF] + np.clip(apart, -0.2, 0.2)) * LENGTHS_KM[HALF]
    marks[whole, HALF] = marks[whole, HALF - 1] + seconds
    kept = ~(marks[:, HALF] >= marks[:, HALF + 1])
    return Table(table.race, marks[kept], table.estimated, table.falling)
