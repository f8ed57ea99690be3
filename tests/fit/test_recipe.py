"""Laws of tracker/fit/recipe.py, on a small sample of real runners."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tracker.backtest.tables import Table, files, read
from tracker.fit.paces import SEGMENTS_M
from tracker.fit.recipe import digest, fields, parameters, without
from tracker.race.projection.model import from_json, ground_from_json

SPLITS = Path(__file__).parent.parent / "data" / "splits"


@cache
def tables() -> tuple[Table, ...]:
    """The sample's races."""
    return tuple(read(path) for path in files(SPLITS))


@cache
def fitted() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The parameters that the sample gives."""
    return parameters(fields(tables()), "feed")


def test_what_is_written_is_what_the_program_reads() -> None:
    """Model and course files come back through JSON, with their hash and recipe."""
    model, courses = json.loads(json.dumps(fitted()))
    assert from_json(model).segments_m == pytest.approx(SEGMENTS_M)
    assert [ground_from_json(course).name for course in courses] == ["boston"]
    assert model["data_sha256"] == "feed"
    assert model["recipe"]["races"] == sorted(table.race for table in tables())
    assert courses[0]["races"] == 3


def test_the_parameters_stay_small() -> None:
    """About 10 KB."""
    assert len(json.dumps(fitted()[0], separators=(",", ":"))) < 12_000


def test_the_same_tables_give_the_same_parameters_in_any_order() -> None:
    """Bit for bit."""
    assert parameters(fields(tables()[::-1]), "feed") == fitted()


def test_offsets_of_a_course_move_strength_and_no_level() -> None:
    """Weighed by length they are nothing."""
    offsets = np.array(fitted()[1][0]["offsets"])
    assert abs(offsets @ np.array(SEGMENTS_M)) / sum(SEGMENTS_M) < 1e-5


def test_the_race_that_is_scored_is_left_out() -> None:
    """Known, two Bostons are left, too few for a course; unknown, none of its years is; alone, there is nothing to fit."""
    alone = [table for table in tables() if table.race == "boston_2017"]
    assert without("boston_2017", tables(), known=True).grounds == ()
    assert without("berlin_2021", tables(), known=False).grounds[0].name == "boston"
    assert without("boston_2017", tables(), known=False).grounds == ()
    with pytest.raises(ValueError, match="no race"):
        without("boston_2017", alone, known=False)


def test_the_hash_is_of_names_and_bytes() -> None:
    """Whatever their order."""
    assert digest({"a": b"1", "b": b"2"}) == digest({"b": b"2", "a": b"1"}) != digest({"a": b"2", "b": b"1"})
