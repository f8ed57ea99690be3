"""What is measured of a whole field is the real path."""

from __future__ import annotations

from pathlib import Path

from tracker.bench.field import folding, held, ranking
from tracker.cli import main


def test_a_field_is_folded_and_ranked() -> None:
    """Both rows have a figure and a floor, of as many splits as they say."""
    row = folding(1, runners=20)
    assert row.what == "decode, validate, fold 200 splits" and row.figure and row.ratio
    shown = ranking(frames=1, runners=100)
    assert shown.figure and shown.ratio


def test_a_file_is_held_and_sought_in(tmp_path: Path) -> None:
    """Memory is more than that of the libraries alone, and every seek ends in a table."""
    path = tmp_path / "field.ndjson"
    assert main(["synth", "--runners", "30", "-o", str(path)]) == 0
    told = held(str(path), seeks=3)
    assert told["memory_mb"] >= told["floor_mb"] > 0 and told["seek_ms"] > 0 and told["anew_ms"] > 0
