"""How the program ends."""

from __future__ import annotations

import os
import signal
from typing import NoReturn

import pytest

from feeds.feed import FeedError
from tracker.config import ConfigError
from tracker.ending import UsageError, complain, guarded
from tracker.opening import WishError


def raising(error: BaseException) -> object:
    def run(_: list[str]) -> NoReturn:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("no such flag"), 2),
        (ConfigError("a key"), 2),
        (FeedError("not there", 3), 3),
        (FeedError("too slow", 4), 4),
        (FeedError("no network", 5), 5),
        (FeedError("broken"), 1),
        (WishError("no such athlete", 3), 3),
        (OSError(28, "No space left on device"), 1),
        (ValueError("secret of the feed"), 1),
        (RecursionError(), 1),
        (MemoryError(), 1),
    ],
)
def test_every_error_is_one_line_and_its_code(error: Exception, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """On stderr, with the program's name, and nothing on stdout."""
    assert guarded(raising(error), []) == code  # type: ignore[arg-type]  # it never returns
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("paceline: ") and said.err.count("\n") == 1
    assert "Traceback" not in said.err


def test_what_cannot_be_written_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Which file, why, and what to do where the disk is full."""
    for number, why, what in (
        (2, "No such file or directory", ""),
        (28, "No space left on device", "; make room, or write elsewhere"),
    ):
        assert guarded(raising(OSError(number, why, "/x/y")), []) == 1  # type: ignore[arg-type]  # as above
        assert capsys.readouterr().err == f"paceline: /x/y: cannot write: {why}{what}\n"


def test_a_fault_of_the_program_says_where_and_quotes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Its text may hold what a feed said."""
    assert guarded(raising(KeyError("token=abc")), []) == 1  # type: ignore[arg-type]  # it never returns
    said = capsys.readouterr().err
    assert "KeyError" in said and "test_ending.py" in said and "token" not in said


@pytest.mark.parametrize(
    ("error", "code"), [(KeyboardInterrupt(), 130), (BrokenPipeError(), 0), (SystemExit(0), 0), (SystemExit(7), 7)]
)
def test_the_users_own_ends_are_quiet(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key, a pipe that was closed, help."""
    monkeypatch.setattr("tracker.ending._forget_stdout", lambda: None)
    assert guarded(raising(error), []) == code  # type: ignore[arg-type]  # it never returns
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_its_number_and_what_is_open_is_closed(sign: signal.Signals) -> None:
    """As shells count, 128 and the number; afterwards the signal means what it meant before."""
    before = signal.getsignal(sign)
    closed: list[bool] = []

    def run(_: list[str]) -> int:
        try:
            os.kill(os.getpid(), sign)
            signal.pause()
        finally:
            closed.append(True)
        return 0

    assert guarded(run, []) == 128 + sign
    assert closed and signal.getsignal(sign) is before


def test_a_line_for_people_has_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    """What was typed may hold them."""
    assert complain("no\x1b[31m such\nrace", 3) == 3
    said = capsys.readouterr().err
    assert said.endswith("\n") and said[:-1].isprintable()
