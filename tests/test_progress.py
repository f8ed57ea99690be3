"""A sign of life while something takes long."""

from __future__ import annotations

import io
import sys

import pytest

from tracker import progress
from tracker.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_it_after_a_second_and_nothing_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing before; then the name, as text and not as markup, and the count."""
    terminal, now = Terminal(), [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with Progress("[bold]x[/].ndjson") as told:
        told(500)
        assert terminal.getvalue() == ""
        now[0] = 1.5
        told(1000)
        told(1500)
    assert "[bold]x[/].ndjson" in terminal.getvalue()


def test_elsewhere_it_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets no sign of life, and neither does a closed stderr."""
    now = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    for stream in (pipe := io.StringIO(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        with Progress("x") as told:
            now[0] += 5
            told(1000)
    assert pipe.getvalue() == ""
