"""tracker.ui.browser: the screen at the other end of a pipe."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tracker.web import DRIVER

ROOT = Path(__file__).parents[2]
MOUSE_ON, MOUSE_OFF = b"\x1b[?1000h", b"\x1b[?1000l"


@contextmanager
def screen(*words: str, until: bytes) -> Iterator[tuple[subprocess.Popen[bytes], bytes]]:
    """A paused race drawn into a pipe, and what was drawn until a word was."""
    environ = {**os.environ, "TEXTUAL_DRIVER": DRIVER, "PYTHONASYNCIODEBUG": "", "PACELINE_AT": "25km"}
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "watch", "vienna-2019", *words], cwd=ROOT, env=environ, stdin=pipe, stdout=pipe, stderr=pipe
    )  # fmt: skip
    assert process.stdout is not None
    drawn = b""
    try:
        while until not in drawn:
            more = os.read(process.stdout.fileno(), 1 << 16)
            assert more, drawn
            drawn += more
        yield process, drawn
    finally:
        process.kill()
        with process:
            pass


@pytest.mark.parametrize("end", ["stdin", "stdout"])
def test_without_its_page_the_program_ends(end: str) -> None:
    """Whichever end of the pipe is gone, as after the server was killed, it ends as after a hang-up, without a word."""
    with screen("--no-mouse", until=b"KIPCHOGE") as (process, drawn):
        assert drawn.rindex(MOUSE_OFF) > drawn.rindex(MOUSE_ON)
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        (process.stdin if end == "stdin" else process.stdout).close()
        if end == "stdin":
            process.stdout.read()
        assert process.wait(30) == 128 + signal.SIGHUP
        assert process.stderr.read() == b""
