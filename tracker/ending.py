"""How the program ends: a code, at most one line on stderr, never a traceback; quietly when nobody reads any more."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from tracker.config import ConfigError

WELL, FAILED, USAGE = 0, 1, 2
"""Exit codes; a FeedError brings its own: 3 not found, 4 timed out, 5 offline."""


class UsageError(Exception):
    """Wrong usage, in one clear line."""


def guarded(run: Callable[[list[str]], int], argv: list[str]) -> int:
    """Run with these words; the exit code, whatever happens."""
    restore = _catch_signals()
    try:
        return _told(run, argv)
    finally:
        restore()


def _told(run: Callable[[list[str]], int], argv: list[str]) -> int:
    try:
        _prepare_streams()
        code = _code_of(run, argv)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        _forget_stdout()
        return WELL
    except (UsageError, ConfigError) as error:
        return complain(str(error), USAGE)
    except OSError as error:
        _forget_stdout()
        where = "" if error.filename is None else f"{error.filename}: "
        full = "; make room, or write elsewhere" if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
        return complain(f"{where}cannot write: {error.strerror or error}{full}", FAILED)
    except Exception as error:  # noqa: BLE001 - the edge of the program: no traceback, and no locals, reach the user
        known: object = getattr(error, "code", None)
        return complain(str(error), known) if isinstance(known, int) else complain(_fault(error), FAILED)


def _code_of(run: Callable[[list[str]], int], argv: list[str]) -> int:
    try:
        return run(argv)
    except SystemExit as stop:  # argparse after --help, or a signal
        return stop.code if isinstance(stop.code, int) else WELL


def _fault(error: Exception) -> str:
    """Where a fault of the program is, without its text, which may quote a feed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).name} line {trace.tb_lineno}" if trace else ""
    return f"a fault of the program itself ({type(error).__name__}{where}); please report it"


def complain(text: str, code: int) -> int:
    """One line on stderr; gives the code back."""
    from feeds.text import clean  # noqa: PLC0415 - only when something is said

    with suppress(OSError):  # nobody may be listening
        if sys.stderr is not None:
            sys.stderr.write(f"paceline: {clean(text, 500)}\n")
            sys.stderr.flush()
    return code


def _prepare_streams() -> None:
    """A name that the terminal cannot write must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _forget_stdout() -> None:
    """Nobody reads any more: let the interpreter's own flush go nowhere."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _catch_signals() -> Callable[[], None]:
    """End on SIGTERM and SIGHUP as on anything else, so that what is open is closed. Gives the way back."""

    def stop(number: int, _: object) -> NoReturn:
        raise SystemExit(128 + number)

    try:
        before = {sign: signal.signal(sign, stop) for sign in (signal.SIGTERM, signal.SIGHUP)}
    except ValueError:  # only the main thread may
        before = {}

    def restore() -> None:
        for sign, handler in before.items():
            signal.signal(sign, handler)

    return restore
