"""`paceline meet`, from the words typed to the exit code: recordings, tapes, live addresses."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.watching import RACE, RUN, split, write
from tracker import cli
from tracker.saved import MEETS, Saved

ROOT = Path(__file__).parent.parent
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def paceline(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the program in this process: the code, stdout, stderr."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(*words: str) -> tuple[int, str, str]:
        code = cli.main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_recording_is_told_as_of_a_moment(paceline: Run) -> None:
    """Places passed with their time, those to come with window, way and chance; at the end all are passed."""
    code, out, err = paceline("meet", "vienna-2019", "12km", "28km:25min", "41km", "--at", "25km")
    assert (code, err) == (0, "")
    lines = [line for line in out.splitlines() if line]
    assert lines[1].split() == ["12", "km", "≈", "08:49", "passed"]
    assert lines[2].startswith("28 km     09:34 – 09:3") and "25 min from 12 km" in lines[2]
    assert paceline("meet", "vienna-2019", "half", "finish", "--at", "finish")[1].count("passed") == 2


def test_an_own_tape_is_told_as_far_as_it_goes(tmp_path: Path, paceline: Run) -> None:
    """Without --at: what has been published so far; as an object too."""
    tape = write(tmp_path / "a.ndjson", RUN[:3])
    code, out, _ = paceline("meet", str(tape), "10km", "15km:5min", "finish", "--json")
    places = json.loads(out)["places"]
    assert code == 0 and [place["state"] for place in places] == ["passed", "ahead", "ahead"]
    assert places[0]["measured"] and 0 <= places[1]["missed_p"] <= 1


@pytest.mark.parametrize("more", [[], ["--follow"]])
def test_a_live_feed_is_told_as_far_as_it_has_come(more: list[str]) -> None:
    """Once, or with a new table at each change: what is told at once is one change."""
    told = "".join(json.dumps(message) + "\n" for message in RUN[:3])
    words = [sys.executable, "-m", "tracker", "meet", "-", "5km", "finish", *more]
    ended = subprocess.run(words, input=told, capture_output=True, text=True, cwd=ROOT, timeout=20, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("MEET") == 1 and ended.stdout.count("passed") >= 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["vienna-2019"], 2, "meet: where? give places, as in: paceline meet ADDRESS 12km 28km:25min 41km"),
        (["vienna-2019", "12km", "--at", "0"], 1, "vienna-2019: no window before the first mark: 5 km, due ≈ 08:29"),
        (["vienna-2019", "12km", "43km", "--at", "25km"], 2, "meet: stop 2, '43km': 43km is beyond the course"),
        (["vienna-2019", "x", "--at", "25km"], 2, "give 28km, 17mi, half, finish or a mat (5 km, "),
        (["nowhere-1999", "12km"], 3, "nowhere-1999"),
    ],
)
def test_what_cannot_be_told_is_one_line(words: list[str], code: int, said: str, paceline: Run) -> None:
    """What, where, why, and what to do; the right code; nothing on stdout."""
    ended, out, err = paceline("meet", *words)
    assert (ended, out) == (code, "") and said in err and err.count("\n") == 1


def test_a_race_without_gun_or_course_is_one_line(tmp_path: Path, paceline: Run) -> None:
    """No window by the clock, and it is said why."""
    bare = {key: value for key, value in RACE.items() if key != "gun"}
    for race, why in ((bare, "what time of day"), ({"kind": "race", "id": "r", "runner": "a"}, "course is not known")):
        tape = write(tmp_path / "a.ndjson", [race, split("5km", 850)])
        code, out, err = paceline("meet", str(tape), "10km")
        assert (code, out) == (1, "") and why in err and err.count("\n") == 1


def test_a_calendar_is_written_and_only_over_its_own(tmp_path: Path, paceline: Run) -> None:
    """Entries in a new file or over its own; another's stays, and so does a folder that is not there."""
    path, ask = tmp_path / "a.ics", ["meet", "vienna-2019", "28km", "--at", "25km", "--ics"]
    for _ in range(2):
        assert paceline(*ask, str(path))[0] == 0
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    path.write_text("mine")
    code, out, err = paceline(*ask, str(path))
    assert (code, out, path.read_text()) == (2, "", "mine") and "give another name, or remove it" in err
    code, _, err = paceline(*ask, str(tmp_path / "none" / "a.ics"))
    assert code == 1 and "give a file in a folder that can be written" in err


def test_places_kept_on_the_screen_are_used_when_none_are_given(tmp_path: Path, paceline: Run) -> None:
    """Those of this race."""
    Saved(tmp_path / "state" / "paceline" / MEETS).put("vienna-2019", "28km 41km:20min")
    code, out, _ = paceline("meet", "vienna-2019", "--at", "25km")
    assert code == 0 and "28 km" in out and "20 min · leave by" in out


def test_places_may_stand_behind_options(paceline: Run) -> None:
    """Wherever the options stand, the places are those typed, in their order; an option that is none is still refused."""
    before = paceline("meet", "vienna-2019", "28km", "41km:30min", "--at", "25km")
    assert paceline("meet", "vienna-2019", "--at", "25km", "28km", "41km:30min") == before
    assert paceline("meet", "vienna-2019", "28km", "--at", "25km", "41km:30min") == before
    code, out, err = paceline("meet", "vienna-2019", "--at", "25km", "28km", "--nothing")
    assert (code, out) == (2, "") and "--nothing" in err and "28km" not in err
