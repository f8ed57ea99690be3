"""The shipped parameters are there, whole and small."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tracker.priors import FOLDER, load, shipped


def test_the_shipped_model_is_read_once() -> None:
    """The installation holds a model and the courses whose offsets are known."""
    assert shipped() is shipped()
    assert [ground.name for ground in shipped().grounds] == ["boston"]


def test_the_parameters_stay_small_and_say_where_they_come_from() -> None:
    """The file is of some ten kilobytes and names its recipe and the hash of its data."""
    raw = (FOLDER / "model.json").read_bytes()
    assert len(raw) < 16_000
    told = json.loads(raw)
    assert told["recipe"]
    assert re.fullmatch(r"[0-9a-f]{64}", told["data_sha256"])


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    """A missing file is the file system's own complaint, a file of another kind one clear line."""
    with pytest.raises(FileNotFoundError):
        load(tmp_path)
    (tmp_path / "model.json").write_text('{"model": 9}', encoding="utf-8")
    with pytest.raises(ValueError, match="version 9"):
        load(tmp_path)
