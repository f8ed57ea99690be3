"""However the program ends, the terminal is as it was found: real processes on terminals of their own, with a live feed."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest

from tests.feeds.sources.serving import beside, opening, silence

ROOT = Path(__file__).parents[2]
TAKEN, GIVEN_BACK = b"\x1b[?1049h", b"\x1b[?1049l"
RACE = b'{"kind":"race","id":"r","name":"Club Half","gun":"2026-10-11T09:30:00+02:00","distance_m":21097.5}'
SLOW_S = 60.0
"""Real seconds that a process may take on a machine that is busy."""
OWN_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(1, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
)
FAULT = """
import sys
from tracker.cli import main
from tracker.ui.app import PacelineApp
def broken(self, message): raise KeyError("token-5e3cr3t")
PacelineApp.on_snapshot_taken = broken
sys.exit(main(sys.argv[1:]))
"""


CONTINUED = """
import os, signal, sys
from tracker.cli import main
from tracker.ui.terminal import Terminal
stop = Terminal.stop_application_mode
def stopped(self):
    stop(self)
    os.kill(os.getpid(), signal.SIGCONT)
Terminal.stop_application_mode = stopped
sys.exit(main(sys.argv[1:]))
"""


How = Literal["own", "piped", "borrowed"]
"""Whether the terminal is the process's own, whether the feed comes through a pipe, or neither."""


class Screen:
    """A process on a terminal of its own. What it writes is kept."""

    def __init__(self, words: list[str], how: How) -> None:
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, b"\x24\x00\x78\x00\x00\x00\x00\x00")
        self.before = termios.tcgetattr(self.slave)
        self.said = b""

        environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self.process = subprocess.Popen(
            [*([] if how == "borrowed" else [sys.executable, "-c", OWN_TERMINAL]), sys.executable, *words], cwd=ROOT, env={**environ, "TERM": "xterm-256color"},
            start_new_session=True, stdin=subprocess.PIPE if how == "piped" else self.slave, stdout=self.slave, stderr=self.slave,
        )  # fmt: skip

    def read(self, until: Callable[[bytes], bool]) -> None:
        """Keep what it writes, until that is so or it has ended."""
        limit_s = time.monotonic() + SLOW_S
        while not until(self.said):
            if select.select([self.master], [], [], 0.02)[0]:
                self.said += os.read(self.master, 1 << 16)
            elif self.process.poll() is not None:
                return
            assert time.monotonic() < limit_s, self.said[-2000:]

    def ended(self) -> int:
        """Its exit code, once it has ended and all that it wrote is read."""
        self.read(lambda _: False)
        return self.process.wait(SLOW_S)

    def as_before(self) -> bool:
        """Whether nothing that was switched on is on still: the other screen, the mouse, pasting, a hidden cursor, raw keys."""
        modes = {m[1]: m[2] for m in re.finditer(rb"\x1b\[\?(1049|1000|1003|1006|2004|25)([hl])", self.said)}
        left_on = {mode for mode, state in modes.items() if (state == b"h") != (mode == b"25")}
        return not left_on and termios.tcgetattr(self.slave) == self.before

    def hang_up(self) -> None:
        """Take the terminal away."""
        os.close(self.slave)
        os.close(self.master)
        self.master = self.slave = -1

    def close(self) -> None:
        """End it, if it has not."""
        self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()
        for fd in (self.master, self.slave):
            if fd >= 0:
                os.close(fd)


def own(words: list[str], count: int) -> list[tuple[list[str], How]]:
    """The same on so many terminals."""
    return [(words, "own")] * count


@contextmanager
def screens(*starts: tuple[list[str], How]) -> Iterator[list[Screen]]:
    """Several at once, since starting takes the longest."""
    made = [Screen(words, how) for words, how in starts]
    try:
        yield made
    finally:
        for screen in made:
            screen.close()


async def live(_: bytes, writer: asyncio.StreamWriter) -> None:
    """A feed that goes on."""
    writer.write(opening("text/event-stream") + b"data: " + RACE + b"\n\n")
    await silence(b"", writer)


@pytest.fixture
def feed() -> Iterator[list[str]]:
    """The words that watch a live feed."""
    with beside(live) as (url, _):
        yield ["-m", "tracker", "watch", f"{url}/feed?token=secret", "--no-record"]


def test_a_signal_gives_the_terminal_back_with_its_code(feed: list[str]) -> None:
    """SIGTERM, SIGHUP and SIGINT while a live feed is shown, each 128 and its number; no secret was written."""
    signs = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]
    with screens(*own(feed, 3)) as made:
        for screen, sign in zip(made, signs, strict=True):
            screen.read(lambda said: b"LIVE" in said)
            screen.process.send_signal(sign)
        for screen, sign in zip(made, signs, strict=True):
            assert screen.ended() == 128 + sign
            assert screen.as_before() and TAKEN in screen.said and b"secret" not in screen.said


def test_a_kill_while_it_starts_gives_the_terminal_back(feed: list[str]) -> None:
    """Before the screen is taken, in the moment it is, and just after: nothing stays behind, and no traceback."""
    with screens(*own(feed, 3)) as made:
        time.sleep(0.15)
        made[0].process.send_signal(signal.SIGTERM)
        made[1].read(lambda said: TAKEN in said)
        made[1].process.send_signal(signal.SIGTERM)
        made[2].read(lambda said: said.count(b"\x1b[") > 60)
        made[2].process.send_signal(signal.SIGHUP)
        codes = [screen.ended() for screen in made]
        assert codes[1:] == [128 + signal.SIGTERM, 128 + signal.SIGHUP]
        assert codes[0] in (128 + signal.SIGTERM, -signal.SIGTERM)  # so early that Python itself has not begun
        for screen in made:
            assert screen.as_before() and b"Traceback" not in screen.said


def test_a_fault_gives_the_terminal_back_with_one_line(feed: list[str]) -> None:
    """Code 1; where it happened, and nothing of what it said."""
    with screens((["-c", FAULT, *feed[2:]], "own")) as [screen]:
        assert screen.ended() == 1 and screen.as_before()
        line = screen.said.rpartition(GIVEN_BACK)[2]
        assert b"a fault of the program itself (KeyError" in line and line.count(b"\n") == 1
        assert b"5e3cr3t" not in screen.said and b"token=secret" not in screen.said


def test_a_terminal_that_is_gone_ends_the_program(feed: list[str]) -> None:
    """It does not wait for a screen that nobody sees, nor for keys: with its feed through a pipe, and where no signal
    tells it (the terminal is not its own).
    """
    with screens((["-m", "tracker", "watch", "-", "--no-record"], "piped"), (feed, "borrowed")) as made:
        pipe = made[0].process.stdin
        assert pipe is not None
        pipe.write(RACE + b"\n")
        pipe.flush()
        for screen in made:
            screen.read(lambda said: b"LIVE" in said)
            screen.hang_up()
        for screen in made:
            screen.process.wait(SLOW_S / 3)


def test_going_on_while_it_leaves_is_leaving() -> None:
    """A terminal that hangs up lets a stopped process go on as well: whatever is on its way out is not begun again."""
    with screens((["-c", CONTINUED, "replay", "vienna-2019"], "own")) as (screen,):
        screen.read(lambda said: b"KIPCHOGE" in said)
        os.write(screen.master, b"q")
        assert screen.ended() == 0 and screen.as_before()
