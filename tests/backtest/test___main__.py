"""Laws of tracker/backtest/__main__.py."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.backtest.test_score import NAMES
from tracker.backtest.__main__ import main

SPLITS = Path(__file__).parent.parent / "data" / "splits"


def test_json_is_one_object_with_a_row_a_race_mat_and_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On stdout and in the file alike; a race without halves has no row for them; nothing on stderr."""
    shutil.copy(SPLITS / "houston_2016.csv.gz", tmp_path)
    out = tmp_path / "out.json"
    assert main([str(tmp_path), "--json", "--sample", "60", "--out", str(out)]) == 0
    captured = capsys.readouterr()
    told = json.loads(captured.out)
    assert captured.err == ""
    assert told == json.loads(out.read_text(encoding="utf-8"))
    assert all(list(row) == NAMES for row in told["rows"])
    everyone = [row for row in told["rows"] if row["group"] == "all"]
    assert [row["mat"] for row in everyone] == ["5K", "10K", "15K", "20K", "25K", "30K", "35K", "40K"]
    assert {row["race"] for row in everyone} == {"houston_2016"}
    assert everyone[0]["n"] <= 60
    assert told["called"][0]["race"] == "houston_2016"


def test_the_tables_name_race_course_and_mean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A known course by the file's name, none on the user's word; two races have a mean."""
    for name in ("boston_2017", "berlin_2021"):
        shutil.copy(SPLITS / f"{name}.csv.gz", tmp_path)
    assert main([str(tmp_path), "--sample", "40"]) == 0
    text = capsys.readouterr().out
    assert "boston_2017: 40 rows, boston course" in text
    assert "berlin_2021: 40 rows, unknown course" in text
    assert "mean of 2 · all" in text
    assert main([str(tmp_path), "--sample", "40", "--course", "none", "--prior", "elite"]) == 0
    assert "boston_2017: 40 rows, unknown course" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--sample", "0"], ["--sample", "x"], ["--prior", "slow"]])
def test_a_word_that_cannot_be_is_refused(arguments: list[str]) -> None:
    """With argparse's exit code."""
    with pytest.raises(SystemExit) as ended:
        main([str(SPLITS), *arguments])
    assert ended.value.code == 2


def test_bad_input_is_one_line_and_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing folder, a bad table with its line, a course that is not shipped, a place that cannot be written."""
    (tmp_path / "a_1.csv.gz").write_bytes(gzip.compress(b"sex,t5\n"))
    said = []
    for arguments in (
        [str(tmp_path / "none")],
        [str(tmp_path)],
        [str(SPLITS), "--course", "atlantis"],
        [str(SPLITS), "--sample", "5", "--json", "--out", str(tmp_path / "none" / "out.json")],
    ):
        assert main(arguments) == 2
        said.append(capsys.readouterr().err)
    assert all(line.count("\n") == 1 and line.startswith("backtest: ") for line in said)
    assert "a_1.csv.gz, line 1" in said[1]
    assert "there is boston, and none" in said[2]


def test_leaving_one_race_out_refits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the other races of the folder; alone, there is nothing to fit on, and that is one line."""
    shutil.copy(SPLITS / "boston_2017.csv.gz", tmp_path)
    assert main([str(tmp_path), "--loro", "--json"]) == 2
    assert "no race to fit on" in capsys.readouterr().err
    shutil.copy(SPLITS / "berlin_2021.csv.gz", tmp_path)
    assert main([str(tmp_path), "--loro", "--json", "--sample", "30"]) == 0
    races = {row["race"] for row in json.loads(capsys.readouterr().out)["rows"]}
    assert races == {"boston_2017", "berlin_2021"}


def test_a_reader_who_leaves_ends_it_quietly() -> None:
    """A closed pipe is no fault: nothing on stderr."""
    arguments = [sys.executable, "-m", "tracker.backtest", str(SPLITS), "--sample", "3", "--json"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=SPLITS.parents[2]) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 0
