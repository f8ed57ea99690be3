"""Laws of tracker/fit/__main__.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracker.fit.__main__ import main
from tracker.priors import load

SPLITS = Path(__file__).parent.parent / "data" / "splits"


def test_what_is_fitted_is_written_where_the_program_reads_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The model, and a file for the course with three years."""
    assert main([str(SPLITS), "--to", str(tmp_path)]) == 0
    assert [ground.name for ground in load(tmp_path).grounds] == ["boston"]
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_folder_that_holds_no_races_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And code 2, and nothing is written."""
    assert main([str(tmp_path), "--to", str(tmp_path / "to")]) == 2
    assert capsys.readouterr().err.startswith("fit: ")
    assert not (tmp_path / "to").exists()


def test_a_sample_is_said_in_the_recipe(tmp_path: Path) -> None:
    """Fewer runners a race give other parameters, and the file says of how many they are."""
    assert main([str(SPLITS), "--to", str(tmp_path), "--sample", "40"]) == 0
    told = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    assert "up to 40 complete runners" in told["recipe"]["mass"]
    with pytest.raises(SystemExit):
        main([str(SPLITS), "--to", str(tmp_path), "--sample", "0"])
