"""The program in a real terminal: keys, sizes and leaving it, as somebody sees it who sits in front of it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tracker.ui.terminal import Sink

ROOT = Path(__file__).parents[2]


class Pane:
    """A tmux session of its own, on a server of its own."""

    def __init__(self, width: int, height: int) -> None:
        self.server = f"paceline-{uuid4().hex[:8]}"
        self.run("-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", str(height), "-s", "race", "sh")

    def run(self, *arguments: str) -> str:
        """A tmux command's answer."""
        command = ["tmux", "-L", self.server, *arguments]
        environment = os.environ | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        return subprocess.run(command, check=True, capture_output=True, text=True, env=environment, timeout=20).stdout

    def type(self, *keys: str) -> None:
        """Keys by tmux's names."""
        self.run("send-keys", "-t", "race", *keys)

    def text(self) -> str:
        """What is on the screen."""
        return self.run("capture-pane", "-p", "-t", "race")

    def until(self, *words: str, gone: str = "") -> str:
        """The screen once all words are on it (and one is gone)."""
        for _ in range(150):
            seen = self.text()
            if all(word in seen for word in words) and not (gone and gone in seen):
                return seen
            time.sleep(0.1)
        raise AssertionError(f"no {words} on\n{self.text()}")

    def resize(self, width: int, height: int) -> None:
        """Another size."""
        self.run("resize-window", "-t", "race", "-x", str(width), "-y", str(height))


@pytest.fixture
def pane() -> Iterator[Pane]:
    """120 by 36 cells."""
    made = Pane(120, 36)
    try:
        yield made
    finally:
        made.run("kill-server")


def start(pane: Pane, arguments: str) -> None:
    """Start the program in the pane; its exit code is written when it ends."""
    pane.type(f"cd {ROOT} && COLORTERM=truecolor {sys.executable} -m tracker {arguments}; echo ended with $?", "Enter")


class Gone(io.StringIO):
    """A terminal that hangs up after its first text."""

    def write(self, text: str) -> int:
        """Once."""
        if self.getvalue():
            raise OSError(5, "Input/output error")
        return super().write(text)


def test_a_terminal_that_is_gone_is_told_of_once_and_holds_nobody_up() -> None:
    """What is written to it goes nowhere, as if it had gone well."""
    told: list[str] = []
    sink = Sink(Gone(), lambda: told.append("gone"))
    assert [sink.write(text) for text in ("one", "two", "three")] == [3, 3, 5]
    sink.flush()
    assert told == ["gone"] and not sink.isatty()


def test_a_terminal_that_is_busy_is_not_gone() -> None:
    """A frame is lost; the next one is written."""

    class Busy(io.StringIO):
        def flush(self) -> None:
            raise BlockingIOError

    busy, told = Busy(), list[str]()
    sink = Sink(busy, lambda: told.append("gone"))
    sink.write("one")
    sink.flush()
    sink.write("two")
    assert not told and busy.getvalue() == "onetwo"


@pytest.mark.needs("tmux")
def test_a_race_is_watched_in_a_terminal(pane: Pane) -> None:
    """Keys do what the footer says, every size keeps the figures, and leaving gives the terminal back with code 0."""
    start(pane, "replay vienna-2019 --at 1:12:03 --speed 1")
    seen = pane.until("KIPCHOGE", "0 rejected", "THE ROAD")
    assert "m ahead" in seen and "PROJECTED FINISH" in seen
    pane.type("Space")
    pane.until("PAUSED", "go on")
    pane.type("p", "Right")
    pane.until("1:11:09", "09:26:09 CEST")
    pane.type("g")
    pane.until("GO TO")
    pane.type("30km", "Enter")
    pane.until("1:25:11", gone="GO TO")
    for width, height in ((80, 24), (200, 60), (40, 24)):
        pane.resize(width, height)
        pane.until("KIPCHOGE", "1:25:11", "GAP TO 2:00:00")
    pane.resize(20, 5)
    pane.until("KIPCHOGE", "−8 s")
    pane.resize(120, 36)
    pane.type("m")
    pane.until("lap 3 of 4")
    pane.type("Escape")
    pane.until("THE ROAD")
    pane.type("q")
    pane.until("ended with 0", gone="THE ROAD")


@pytest.mark.needs("tmux")
def test_a_race_that_is_not_there_leaves_one_line(pane: Pane) -> None:
    """An unknown name never opens the screen: one line with the nearest name, code 3."""
    start(pane, "replay viena-2019")
    seen = pane.until("ended with 3")
    assert "did you mean vienna-2019" in seen


@pytest.mark.needs("tmux")
def test_to_the_shell_and_back(pane: Pane) -> None:
    """ctrl+z gives the terminal to the shell; fg paints the whole screen anew."""
    start(pane, "replay vienna-2019 --at 1:12:03 --speed 1")
    pane.until("KIPCHOGE", "0 rejected")
    pane.type("C-z")
    pane.until("topped", gone="THE ROAD")
    pane.type("echo in the shell; fg", "Enter")
    seen = pane.until("KIPCHOGE", "THE ROAD", "PROJECTED FINISH", "q quit")
    assert "in the shell" not in seen
    pane.type("q")
    pane.until("in the shell", gone="THE ROAD")


@pytest.mark.needs("tmux")
def test_keys_work_while_the_feed_comes_through_a_pipe(pane: Pane) -> None:
    """Standard input is the feed, the terminal has the keys."""
    pane.type(
        f"cd {ROOT} && (cat feeds/races/berlin-2018.ndjson; sleep 60) | {sys.executable} -m tracker watch - --no-record",
        "Enter",
    )
    pane.until("Berlin Marathon", "KIPCHOGE", "LIVE")
    pane.type("i")
    pane.until("MESSAGES", "stdin", "LIVE")
    pane.type("Escape", "Space")
    pane.until("PAUSED")
    pane.type("q")
    pane.until(gone="Berlin Marathon · ")


def served(port: int, *more: str) -> tuple[subprocess.Popen[str], int]:
    """The 2019 attempt as if it were live, and the port."""
    command = [sys.executable, "-m", "tracker", "serve", "vienna-2019", "--speed", "60", "--port", str(port), *more]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    address = next(line for line in server.stdout if line.startswith("paceline watch"))
    return server, int(address.split(":")[2].split("/")[0])


@pytest.mark.needs("tmux")
def test_a_server_that_is_killed_leaves_the_screen_as_it_was_and_comes_back(pane: Pane, tmp_path: Path) -> None:
    """OFFLINE with the reason; started again where it was, the race goes on; the tape is in the library's folder."""
    server, port = served(0, "--at", "10km")
    try:
        pane.type(f"export XDG_DATA_HOME={tmp_path}", "Enter")
        start(pane, f"watch http://127.0.0.1:{port}/feed.sse")
        pane.until("KIPCHOGE", "seen 10 km", "LIVE")
        server.kill()
        server.wait()
        pane.until("OFFLINE", "connection refused", "as of", "AHEAD")
        if server.stdout is not None:
            server.stdout.close()
        server, _ = served(port, "--at", "15km")
        pane.type("r")
        pane.until("seen 15 km", "LIVE", gone="OFFLINE")
        pane.type("q")
        pane.until("ended with 0", gone="KIPCHOGE")
    finally:
        server.kill()
        server.wait()
        if server.stdout is not None:
            server.stdout.close()
    assert [path.suffix for path in (tmp_path / "paceline" / "tapes").iterdir()] == [".ndjson"]
