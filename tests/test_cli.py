"""The command line, from the words typed to the exit code."""

from __future__ import annotations

import gzip
import json
import os
import pty
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tracker
from tests.feeds.profiles.made import ROWS
from tests.watching import RACE, RUN, split, vienna_lines, write
from tracker import cli
from tracker.cli import common, showing
from tracker.config import OPTIONS

ROOT = Path(__file__).parent.parent
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def paceline(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program in this process: the code, stdout, stderr."""

    def run(*words: str) -> tuple[int, str, str]:
        code = cli.main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def process(*words: str, stdout: IO[str] | int = subprocess.PIPE, **environ: str) -> subprocess.Popen[str]:
    """The program as a process of its own, without a keyboard."""
    return subprocess.Popen(
        [sys.executable, "-m", "tracker", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONASYNCIODEBUG": "", **environ},  # it writes to stderr where the machine is busy
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def bad_files(place: Path) -> dict[str, tuple[list[str], int]]:
    """Words that name something that cannot be shown, and the code each must give."""
    os.mkfifo(place / "fifo")
    (place / "dir.d").mkdir()
    (place / "empty.ndjson").touch()
    (place / "blank.ndjson").write_text("\n\n \n")
    (place / "binary.ndjson").write_bytes(bytes(range(256)) * 20)
    (place / "words.txt").write_text("hello\nworld\n")
    (place / "html.ndjson").write_text("<!doctype html><html></html>\n")
    (place / "utf16.ndjson").write_text(json.dumps(RACE), "utf-16")
    (place / "cut.ndjson.gz").write_bytes(gzip.compress(b"\n".join(vienna_lines()))[:60])
    run = write(place / "run.ndjson", RUN)
    vienna = ["vienna-2019"]
    return {
        "missing file": ([str(place / "no.ndjson")], 3),
        "unknown race": (["viena-2019"], 3),
        "empty name": ([""], 3),
        "a directory": ([str(place / "dir.d")], 2),
        "a pipe": ([str(place / "fifo")], 2),
        "a device": (["/dev/null"], 2),
        "empty": ([str(place / "empty.ndjson")], 1),
        "blank": ([str(place / "blank.ndjson")], 1),
        "binary": ([str(place / "binary.ndjson")], 1),
        "words": ([str(place / "words.txt")], 1),
        "a web page": ([str(place / "html.ndjson")], 1),
        "another encoding": ([str(place / "utf16.ndjson")], 1),
        "cut gzip": ([str(place / "cut.ndjson.gz")], 1),
        "an address of later": (["https://example.org/feed"], 2),
        "standard input": (["-"], 2),
        "at nothing": ([*vienna, "--at", "banana"], 2),
        "at beyond": ([*vienna, "--at", "43km"], 2),
        "at no time": ([*vienna, "--at", "1:99:00"], 2),
        "at without": ([*vienna, "--at"], 2),
        "at unseen": ([run, "--athlete", "a", "--at", "99mi"], 2),
        "target": ([*vienna, "--target", "soon"], 2),
        "athlete": ([*vienna, "--athlete", "kipchog"], 3),
        "ghost": ([*vienna, "--ghost", "berlin-2081"], 3),
        "speed": ([*vienna, "--speed", "nan"], 2),
        "size": ([*vienna, "--size", "0x9"], 2),
        "units": ([*vienna, "--units", "furlong"], 2),
        "both outputs": ([*vienna, "--json", "--plain"], 2),
        "unknown flag": ([*vienna, "--sped", "3"], 2),
        "escapes": (["\x1b[31mred\nrace"], 3),
    }


def test_bad_input_is_one_clear_line_and_the_right_code(tmp_path: Path, paceline: Run) -> None:
    """What, where, why, what to do; nothing on stdout, never a traceback."""
    for what, (words, code) in bad_files(tmp_path).items():
        given_code, out, err = paceline("replay", *words, *(() if "--plain" in words else ("--once",)))
        assert (given_code, out) == (code, ""), (what, err)
        assert err.startswith("paceline: ") and err.count("\n") == 1 and err[:-1].isprintable(), what


def test_an_unknown_race_is_answered_with_the_nearest(paceline: Run) -> None:
    """What the user most likely meant."""
    assert "vienna-2019" in paceline("replay", "viena-2019")[2]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(["replay", "--at", "--json"]),
        max_size=4,
    )
)
def test_whatever_is_typed_ends_with_a_code(words: list[str]) -> None:
    """Never with an exception."""
    if "replay" not in words:
        assert cli.main(words) in (0, 2)


def test_json_with_a_moment_is_one_object(paceline: Run) -> None:
    """The figures of the day, on one line."""
    code, out, err = paceline("replay", "vienna-2019", "--json", "--at", "25km")
    said = json.loads(out)
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert (said["elapsed_s"], said["formation"]["leg"], said["formation"]["team"]) == (4259, 6, "D")
    assert said["gap"]["seconds"] == pytest.approx(-6.9, abs=0.1)


@pytest.mark.parametrize("way", ["--json", "--plain"])
def test_a_stream_is_one_line_an_event_and_once_makes_it_one(way: str, paceline: Run) -> None:
    """At once, without waiting; with --once a single line, at the gun."""
    _, out, _ = paceline("replay", "vienna-2019", way)
    assert out.count("\n") == len(vienna_lines())
    _, once, _ = paceline("replay", "vienna-2019", way, "--once")
    assert once.count("\n") == 1


def test_once_without_a_moment_is_the_gun(paceline: Run) -> None:
    """And what a pipe gets without being asked, 120 by 36."""
    _, once, _ = paceline("replay", "vienna-2019", "--once")
    _, piped, _ = paceline("replay", "vienna-2019")
    assert once == piped and "0:00:00" in once
    assert len(once.splitlines()) == 36 and max(map(len, once.splitlines())) <= 120


@pytest.mark.parametrize("at", ["-4:10", "1:12:03", "half"])
def test_a_moment_may_stand_apart_from_its_flag(at: str, paceline: Run) -> None:
    """Also one before the gun, which looks like a flag."""
    code, apart, _ = paceline("replay", "vienna-2019", "--plain", "--at", at)
    assert code == 0 and apart == paceline("replay", "vienna-2019", "--plain", f"--at={at}")[1]


def test_one_hash_for_one_race_in_any_order_and_number(tmp_path: Path, paceline: Run) -> None:
    """Shuffled and doubled lines are the same race; a second's difference is not."""
    lines = list(vienna_lines())
    mixed = write(tmp_path / "mixed.ndjson", [*lines[::-3], *lines[1:], *lines[::2], lines[0]])
    other = write(tmp_path / "other.ndjson", [*lines, split("25km", 4260, "kipchoge", rev=2)])
    hashes = [paceline("verify", name)[1].split("  ") for name in ("vienna-2019", mixed, other)]
    assert hashes[0][0] == hashes[1][0] != hashes[2][0]
    assert len(hashes[0][0]) == 64 and hashes[0][1] == "vienna-2019\n" and hashes[1][1] == f"{mixed}\n"


def test_check_is_well_with_a_clean_feed_and_lists_what_is_not(tmp_path: Path, paceline: Run) -> None:
    """Line by line; a torn tail is survived, and counts."""
    assert paceline("check", write(tmp_path / "well.ndjson", RUN))[0] == 0
    code, out, _ = paceline("check", write(tmp_path / "ill.ndjson", [*RUN, b"nonsense", split("5km", -1)]))
    assert code == 1 and "line 7" in out and "line 8" in out and "2 rejected" in out
    torn = tmp_path / "torn.ndjson"
    torn.write_bytes(b"\n".join(vienna_lines())[:-20])
    code, out, _ = paceline("check", str(torn))
    assert code == 1 and "1 torn" in out
    code, out, err = paceline("replay", str(torn), "--plain", "--at", "25km")
    assert code == 0 and "25.00 km" in out and err.count("\n") == 1 and "torn" in err


def test_check_is_well_with_a_provider_that_has_nothing_to_say_yet(tmp_path: Path, paceline: Run) -> None:
    """Only what is refused, put aside or torn makes it fail."""
    file = tmp_path / "x.json"
    file.write_text('{"error": {"type": "no_results"}}')
    assert paceline("check", str(file), "--profile", "rtrt")[::2] == (0, "")
    file.write_text('{"error": {"type": "access_denied"}}')
    assert paceline("check", str(file), "--profile", "rtrt")[0] == 1


def test_of_several_races_the_user_or_the_runner_picks_one(tmp_path: Path, paceline: Run) -> None:
    """Else one is shown, and what to say is told; the doctor remarks it."""
    file = tmp_path / "x.json"
    rows = [{**row, "course": course, "pid": pid} for row in ROWS[:2] for course, pid in (("full", "A"), ("half", "B"))]
    file.write_text(json.dumps({"list": rows}))
    known = (str(file), "--profile", "rtrt")
    code, out, err = paceline("replay", *known, "--plain")
    assert code == 0 and "full" in out and "2 races are in it: full, half" in err and "--set course=" in err
    for more, name in ((("--set", "course=half"), "half"), (("--athlete", "B"), "half")):
        code, out, err = paceline("replay", *known, "--plain", *more)
        assert (code, err) == (0, "") and f"race · {name}" in out
    code, out, _ = paceline("check", *known)
    assert code == 0 and "say which with --set course=" in out


def test_verify_says_what_it_left_out(tmp_path: Path, paceline: Run) -> None:
    """On stderr: stdout carries the hash alone."""
    code, out, err = paceline("verify", write(tmp_path / "x.ndjson", [*RUN, b"nonsense"]))
    assert code == 0 and out.count("\n") == 1 and "line 7" in err


@pytest.mark.parametrize("content", [b"", b"\n\n", b"[1, 2]\n", b"\x89PNG\r\n", b'{"paceline_tape":1}\n'])
def test_what_says_nothing_of_a_race_has_no_hash(content: bytes, tmp_path: Path, paceline: Run) -> None:
    """Two files that are no feeds are not alike: one line, and a failure, from both commands."""
    file = tmp_path / "x.ndjson"
    file.write_bytes(content)
    for command in ("verify", "check"):
        code, out, err = paceline(command, str(file))
        assert code == 1 and err.count("\n") == 1
        assert command == "check" or out == ""


def test_refused_messages_are_told_of_in_one_line(tmp_path: Path, paceline: Run) -> None:
    """A replay goes on without them, and says so."""
    code, out, err = paceline("replay", write(tmp_path / "x.ndjson", [*RUN, b"nonsense"]), "--once")
    assert code == 0 and out and "1 refused" in err and err.count("\n") == 1


def test_the_settings_are_shown_without_control_characters(paceline: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable is text from outside too."""
    monkeypatch.setenv("PACELINE_ATHLETE", "\x1b[31mX\nY")
    code, out, _ = paceline("info")
    assert code == 0 and "\x1b" not in out and "[31mX" in out


def test_nobody_is_called_nothing(paceline: Run) -> None:
    """A blank name is not everybody without a bib."""
    code, _, err = paceline("replay", "vienna-2019", "--athlete", " ", "--once")
    assert code == 3 and "give an id" in err


def test_no_distance_is_the_gun(paceline: Run) -> None:
    """Also where nobody's place is known before the first mat."""
    code, out, _ = paceline("replay", "berlin-2018", "--json", "--at", "0km")
    assert code == 0 and json.loads(out)["elapsed_s"] == 0


def test_markup_and_escapes_in_names_are_shown_as_text(tmp_path: Path, paceline: Run) -> None:
    """Nothing steers the terminal, in any way out."""
    names = ["[@click=app.quit()]", "\x1b[2J[/]", "Müller [Team]", "a\u202eb\u200b", "名" * 100]
    for i, name in enumerate(names):
        race = {**RACE, "name": name, "place": name}
        file = write(tmp_path / f"{i}.ndjson", [race, {"kind": "athlete", "id": "a", "name": name}, *RUN[1:4]])
        for way in (
            ["--once"],
            ["--plain"],
            ["--plain", "--at", "12km"],
            ["--once", "--at", "12km", "--size", "200x60"],
        ):
            code, out, _ = paceline("replay", file, *way)
            assert code == 0 and all(line.isprintable() for line in out.splitlines()), (name, way)


def test_the_races_are_listed_without_their_results(paceline: Run) -> None:
    """As a table and as JSON; without a terminal that is also what no command at all gives."""
    code, table, _ = paceline("races")
    assert code == 0 and table == paceline()[1]
    listed = json.loads(paceline("races", "--json")[1])
    assert [race["name"] for race in listed] == [line.split()[0] for line in table.splitlines()[1:]]
    assert "1:59:40" not in table + json.dumps(listed)


def test_the_schema_is_json_schema_of_every_kind(paceline: Run) -> None:
    """Generated from the models."""
    code, out, _ = paceline("schema")
    assert code == 0 and '"split"' in out and json.loads(out)["$schema"].startswith("https://json-schema.org")


def test_info_says_what_is_in_force(paceline: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its origin; and the example holds every key."""
    monkeypatch.setenv("PACELINE_UNITS", "mi")
    code, out, _ = paceline("info")
    assert code == 0 and any(line.split() == ["units", "mi", "PACELINE_UNITS"] for line in out.splitlines())
    assert all(f"# {option.name} = " in paceline("info", "--example")[1] for option in OPTIONS)


def test_a_slip_in_the_settings_file_is_warned_of_and_survived(
    tmp_path: Path, paceline: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line on stderr; stdout is as it would be."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "paceline").mkdir()
    (tmp_path / "paceline" / "config.toml").write_text('unitss = "mi"\n')
    code, out, err = paceline("replay", "vienna-2019", "--plain", "--at", "25km")
    assert code == 0 and out.count("\n") == 1 and "units" in err and err.count("\n") == 1


def test_units_and_ascii_hold_for_text_too(paceline: Run) -> None:
    """Miles everywhere, and nothing but ASCII."""
    _, out, _ = paceline("replay", "vienna-2019", "--once", "--at", "1:12:03", "--units", "mi", "--ascii")
    assert out.isascii() and "mi" in out
    assert "15.7" in paceline("replay", "vienna-2019", "--plain", "--at", "1:12:03", "--units", "mi")[1]


def test_the_version_is_that_of_the_package(paceline: Run) -> None:
    """One number, in one line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert tracker.__version__ == project["version"]
    assert paceline("--version")[:2] == (0, f"paceline {project['version']}\n")


def test_help_names_every_option_and_command(paceline: Run) -> None:
    """Also of the commands."""
    assert all(name in paceline("--help")[1] for name in ("replay", "races", "check", "verify", "schema", "info"))
    _, text, _ = paceline("replay", "--help")
    assert all(option.flag in text for option in OPTIONS if not option.live) and "--once" in text
    assert all(option.flag in paceline("watch", "--help")[1] for option in OPTIONS)


def test_a_closed_pipe_is_quiet() -> None:
    """Whoever has read enough may go."""
    running = process("replay", "vienna-2019", "--json")
    assert running.stdout is not None and running.stderr is not None
    assert running.stdout.readline().startswith("{")
    running.stdout.close()
    assert running.stderr.read() == "" and running.wait(20) == 0
    running.stderr.close()


def test_a_full_disk_is_one_line() -> None:
    """And a failure."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("w") as full:
        running = process("races", stdout=full)
        _, err = running.communicate(timeout=20)
    assert running.returncode == 1 and err.count("\n") == 1 and err.startswith("paceline: ")


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_in_the_middle_ends_it_quietly(sign: signal.Signals, code: int) -> None:
    """While it waits for the next line."""
    before = signal.signal(sign, signal.default_int_handler)  # what is ignored here would be ignored there too
    try:
        running = process("replay", "vienna-2019", "--plain", "--speed", "1")
    finally:
        signal.signal(sign, before)
    assert running.stdout is not None
    assert "INEOS" in running.stdout.readline()
    running.send_signal(sign)
    _, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (code, "")


def test_a_terminal_that_can_show_nothing_gets_text() -> None:
    """TERM=dumb, and no keyboard: one frame of the terminal's own size."""
    above, below = pty.openpty()
    try:
        running = process("replay", "vienna-2019", stdout=below, TERM="dumb", COLUMNS="80", LINES="24")
        assert running.wait(20) == 0
        assert b"KIPCHOGE" in os.read(above, 100_000)
        assert running.stderr is not None and running.stderr.read() == ""
        running.stderr.close()
    finally:
        os.close(above)
        os.close(below)


def test_screens_get_what_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Theme, look, wish and the race; its errors come back as one line."""
    from tracker.session import ScreenOptions
    from tracker.ui import app

    asked: list[ScreenOptions] = []
    for room in (common, showing):
        monkeypatch.setattr(room, "is_terminal", lambda: True)
    monkeypatch.setattr(app, "run_app", lambda options: asked.append(options) or 0)  # type: ignore[func-returns-value]  # 0
    words: Sequence[str] = ("replay", "vienna-2019", "--theme", "light", "--units", "mi", "--no-mouse", "--at", "25km")
    assert cli.main(words) == 0 and cli.main([]) == 0
    race, shelf = asked
    assert race.session is not None and race.session.opened.name == "vienna-2019" and race.session.wish.at == "25km"
    assert race.session.snapshot.runner.surname == "Kipchoge" and not race.session.loaded
    assert (race.theme, race.look.units, race.mouse) == ("light", "mi", False)
    assert (shelf.session, shelf.theme, shelf.mouse) == (None, "", True)
    assert cli.main(["replay", "viena-2019"]) == 3
