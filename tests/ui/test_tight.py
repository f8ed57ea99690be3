"""tracker.ui.tight: a terminal gets the cells that changed, and what is written adds up to the screen."""

from __future__ import annotations

import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path

from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from tracker.ui.tight import TightUpdate

ROOT = Path(__file__).parents[2]


def test_only_the_span_is_written() -> None:
    """Of a strip the cells of the span are written, after a move to the first of them."""
    strip = Strip([Segment("abc"), Segment("defgh"), Segment("ij")])
    update = TightUpdate([{0: Strip([]), 5: strip}], [(0, 7, 11)], [[5, 15]])
    written = update.render_segments(Console(color_system=None))
    assert written == "\x1b[1;8Hcdef"


def test_a_span_over_two_widgets_is_written_from_both() -> None:
    """A span that crosses an edge takes its cells from the strips on both sides."""
    update = TightUpdate([{0: Strip([Segment("abc")]), 3: Strip([Segment("def")])}], [(0, 1, 5)], [[3, 6]])
    assert update.render_segments(Console(color_system=None)) == "\x1b[1;2Hbc\x1b[1;4Hde"


class Terminal:
    """A process on a pseudo-terminal, and the chunks it wrote."""

    def __init__(self, master: int, process: subprocess.Popen[bytes]) -> None:
        self.master = master
        self.process = process

    def read(self, quiet_s: float, at_most_s: float = 20.0) -> bytes:
        """What it writes until it has been quiet for so long."""
        out, ends = b"", time.monotonic() + at_most_s
        while time.monotonic() < ends and select.select([self.master], [], [], quiet_s)[0]:
            try:
                chunk = os.read(self.master, 65536)
            except OSError:
                break
            if not chunk:
                break
            out += chunk
        return out

    def until(self, word: bytes, at_most_s: float = 20.0) -> bytes:
        """What it writes until a word appears."""
        out, ends = b"", time.monotonic() + at_most_s
        while word not in out and time.monotonic() < ends:
            out += self.read(0.05, 0.3)
        assert word in out, out[-2000:]
        return out

    def press(self, keys: bytes) -> None:
        """Type."""
        os.write(self.master, keys)


@contextmanager
def paceline(*arguments: str, size: tuple[int, int] = (120, 36)) -> Iterator[Terminal]:
    """The program on a pseudo-terminal of that many cells."""
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", *arguments],
        stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=environment, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    try:
        yield Terminal(master, process)
    finally:
        process.kill()
        process.wait()
        os.close(master)


def test_rest_writes_nothing_and_a_tick_little() -> None:
    """Paused, not a byte is written; at 1x a second of the clock costs less than a kilobyte."""
    with paceline("replay", "vienna-2019", "--at", "1:12:03", "--speed", "1") as terminal:
        terminal.until(b"0 rejected")
        terminal.press(b" ")
        terminal.until(b"PAUSED")
        terminal.read(0.5)
        assert terminal.read(1.0) == b""
        terminal.press(b" ")
        terminal.until(b"REPLAY")
        terminal.read(0.3)
        two_seconds = terminal.read(1.5, 2.2)
        assert 0 < len(two_seconds) <= 3 * 1000


def test_a_signal_restores_the_terminal() -> None:
    """SIGTERM in the middle of a race: the alternate screen, the mouse and the cursor are given back, the code is 143."""
    with paceline("replay", "vienna-2019") as terminal:
        terminal.until(b"0 rejected")
        terminal.process.terminate()
        rest = terminal.read(1.0)
        assert terminal.process.wait(10) == 143
        for restored in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1003l", b"\x1b[?2004l"):
            assert restored in rest


def test_no_mouse_leaves_the_mouse_to_the_terminal() -> None:
    """With `--no-mouse` no mouse report is asked for."""
    with paceline("replay", "vienna-2019", "--no-mouse") as terminal:
        seen = terminal.until(b"rejected")
        assert b"\x1b[?1000h" not in seen and b"\x1b[?1003h" not in seen
        terminal.press(b"q")
        assert terminal.process.wait(10) == 0
