"""A program in a pty of its own, watched from outside."""

from __future__ import annotations

import pytest

from tracker.bench.terminal import ESCAPES, LINUX, Terminal


def test_escapes_are_left_out() -> None:
    """Words are found whatever colours and cursor moves stand between them."""
    assert ESCAPES.sub(b"", b"\x1b[1;38;2;1;2;3mKIP\x1b[0mCHOGE\x1b[?25l\x1b]0;title\x07") == b"KIPCHOGE"


def test_a_program_is_watched_and_ended() -> None:
    """When a word appears is known, and the program is gone afterwards."""
    with Terminal(["http.server", "--help"]) as terminal:
        assert terminal.seconds_to("usage") > 0
    assert terminal.process.poll() is not None


def test_a_word_that_never_comes_is_an_error() -> None:
    """A program that ends without showing its words is named."""
    with Terminal(["http.server", "--help"]) as terminal, pytest.raises(RuntimeError, match=r"http\.server"):
        terminal.seconds_to("no such words")


@pytest.mark.skipif(not LINUX, reason="reads /proc")
def test_cpu_and_memory_are_read() -> None:
    """A running program has used some CPU and holds some memory."""
    with Terminal(["tracker.bench.floors.empty_app"]) as terminal:
        terminal.seconds_to("nothing")
        assert terminal.cpu_s() > 0
        assert 5 < terminal.memory_mb() < 500
