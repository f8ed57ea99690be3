"""A program in a terminal of its own: when it shows what, how many bytes it writes, how much time and memory it takes."""

from __future__ import annotations

import fcntl
import math
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ESCAPES = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][A-Z0-9]|[=>78MP_^])")
PATIENCE_S = 30.0
LINUX = Path("/proc/self/stat").exists()
"""CPU and memory of another process are read from /proc."""


def environment() -> dict[str, str]:
    """A plain colour terminal and no settings of the user's."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PACELINE_") and k not in {"NO_COLOR", "COLUMNS"}}
    nowhere = str(Path(tempfile.gettempdir()) / "paceline-bench")
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "XDG_CONFIG_HOME": nowhere}


class Terminal:
    """`python -m …` in a pty; a context manager that ends the program."""

    def __init__(self, arguments: Sequence[str], width: int = 160, height: int = 45) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=environment(),
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.written = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.terminate()
        try:
            self.drain(0.05)
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        finally:
            os.close(self._ours)

    def seconds_to(self, *words: str) -> float:
        """Seconds from the start until all words stand in what was written. RuntimeError if they never do."""
        while time.perf_counter() - self.started < PATIENCE_S:
            self._read(0.5)
            plain = self.text()
            if all(word in plain for word in words):
                return time.perf_counter() - self.started
            if self.process.poll() is not None:
                break
        raise RuntimeError(f"{' '.join(self.process.args)}: never showed {words}: {self.text()[-2000:]}")  # type: ignore[arg-type]  # a list

    def drain(self, seconds: float, enough: float = math.inf) -> int:
        """Bytes written within so many seconds, or until there are enough."""
        before, end = len(self.written), time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0 and len(self.written) - before < enough:
            self._read(left)
        return len(self.written) - before

    def text(self) -> str:
        """What was written, without colours and cursor moves."""
        return ESCAPES.sub(b"", self.written).decode("utf-8", "replace")

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._ours, keys.encode())

    def cpu_s(self) -> float:
        """CPU seconds used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Resident memory."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def _read(self, at_most_s: float) -> None:
        if select.select([self._ours], [], [], at_most_s)[0]:
            try:
                self.written += os.read(self._ours, 1 << 16)
            except OSError:  # the program has closed its end
                time.sleep(min(at_most_s, 0.01))
