"""`paceline web`, from the words typed to the exit code."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.test_cli import Run, paceline, process
from tracker.cli.browsing import again
from tracker.cli.parser import joined, parser

__all__ = ["paceline"]
SECRET = "s3cr3t-5e3cr3t"
WORD = st.text(min_size=1, max_size=20).filter(lambda text: "\0" not in text)


@given(WORD, st.lists(WORD, max_size=3), WORD, st.booleans())
def test_every_page_starts_with_the_same_words(race: str, answers: list[str], name: str, follow: bool) -> None:
    """Whatever an address, an answer or a name looks like, it is again what it was."""
    typed = [f"--set={answer}" for answer in answers] + [f"--name={name}"] + ["--follow"] * follow
    asked = parser().parse_args(["web", *typed, "--", race])
    once_more = parser().parse_args(joined(list(again(asked))))
    for what in ("race", "answers", "name", "profile", "follow"):
        assert getattr(once_more, what) == getattr(asked, what)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["-"], 2, "standard input can be read only once"),
        (["nobody-has-this"], 3, "nobody-has-this"),
        (["--name", "Kim"], 2, "--name is for an ADDRESS"),
        (["vienna-2019", "--units", "yards"], 2, "yards"),
        (["vienna-2019", "--port", "70000"], 1, "--port names another"),
    ],
)
def test_what_cannot_be_shown_is_one_line(words: list[str], code: int, told: str, paceline: Run) -> None:
    """At once, not on the first page."""
    assert paceline("web", *words)[0] == code
    _, out, err = paceline("web", *words)
    assert told in err and err.count("\n") == 1 and not out


def test_a_port_that_is_taken_is_one_line(paceline: Run) -> None:
    """And what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, _, err = paceline("web", "--port", str(taken.getsockname()[1]))
    assert code == 1 and "--port names another" in err


def test_without_the_extra_it_says_which_one() -> None:
    """Wrong usage, with what to install."""
    for missing in ("aiohttp", "textual_serve"):
        code = f"import sys; sys.modules[{missing!r}] = None; from tracker.cli import main; sys.exit(main(['web']))"
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
        assert (run.returncode, run.stderr) == (2, "paceline: web needs an extra: pip install 'paceline[web]'\n")


def children(pid: int) -> list[int]:
    """The processes that a process has started and not yet seen end."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.skipif(not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_signal_ends_it_and_every_page_s_program(sign: signal.Signals) -> None:
    """Ctrl+c with 0, and without a child; even a kill leaves none. Secrets of an address are in nothing that is told."""
    feed = f"http://me:{SECRET}@127.0.0.1:9/feed.sse?token={SECRET}"
    serving = process("web", feed, "--no-record", "--host", "127.0.0.1")
    assert serving.stdout is not None
    url, told = serving.stdout.readline().strip(), serving.stdout.readline()
    try:
        with connect(url.replace("http", "ws") + "/ws", origin=Origin(url)) as page:
            drawn = page.recv(60, decode=False)
            (child,) = children(serving.pid)
            serving.send_signal(sign)
            with suppress(ConnectionClosed):
                while True:
                    drawn += page.recv(60, decode=False)
        out, err = serving.communicate(timeout=30)
    finally:
        serving.kill()
    assert serving.returncode == (0 if sign != signal.SIGKILL else -sign)
    for _ in range(600):
        if not Path(f"/proc/{child}").exists():
            break
        signal.sigtimedwait([], 0.05)
    assert not Path(f"/proc/{child}").exists()
    assert told == "http://127.0.0.1:9/feed.sse · paceline; ctrl+c stops\n" and not (out or err)
    assert SECRET.encode() not in drawn


def test_beyond_this_machine_it_warns() -> None:
    """One line tells what anybody can do who reaches it; SIGTERM ends it well."""
    serving = process("web", "vienna-2019", "--host", "0.0.0.0")
    assert serving.stdout is not None and serving.stdout.readline().startswith("http://0.0.0.0:")
    serving.terminate()
    _, err = serving.communicate(timeout=30)
    assert (
        err == ("paceline: serving on 0.0.0.0: whoever can reach this machine there can run this program on it\n")
        and not serving.returncode
    )
