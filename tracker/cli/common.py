"""What the commands share: writing, settings, the terminal, and the address that was given with all that was said of it."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.config import Settings
from tracker.ending import WELL, UsageError, complain
from tracker.web import DRIVER

if TYPE_CHECKING:
    from feeds.address import Asked, Opened
    from tracker.draw.look import Look
    from tracker.session import Wish


DEFAULT_SIZE = (120, 36)


def write(text: str) -> int:
    """A line of data on stdout."""
    if sys.stdout is not None:
        sys.stdout.write(text + "\n")
    return WELL


def write_now(text: str) -> None:
    """A line of data on stdout, for whoever reads along."""
    write(text)
    if sys.stdout is not None:
        sys.stdout.flush()


def put_question(name: str, question: str) -> None:
    """What a feed's reader has to ask, beside the data."""
    complain(f"{name}: {question}", WELL)


def own_size() -> tuple[int, int]:
    """The terminal's columns and rows, else 120 by 36."""
    from shutil import get_terminal_size

    return get_terminal_size(DEFAULT_SIZE) if sys.stdout is not None and sys.stdout.isatty() else DEFAULT_SIZE


def settings(asked: argparse.Namespace) -> Settings:
    """The effective settings; what is odd about them goes to stderr."""
    found = Settings(vars(asked))
    for warning in found.warnings:
        complain(warning, WELL)
    return found


def in_browser() -> bool:
    """Whether the screen is a page."""
    return os.environ.get("TEXTUAL_DRIVER") == DRIVER


def _has_screen() -> bool:
    """Whether stdout is a terminal, and stderr, on which a screen is drawn."""
    both = (sys.stdout, sys.__stderr__)
    return all(file is not None and file.isatty() for file in both) and os.environ.get("TERM", "") not in ("", "dumb")


def is_terminal() -> bool:
    """Whether a screen can be drawn and keys be read."""
    if in_browser():
        return True
    if not _has_screen():
        return False
    return sys.__stdin__ is not None and sys.__stdin__.isatty()


def can_show(address: str) -> bool:
    """Whether a screen can be drawn, and keys be read, while that address is read."""
    if address != "-":
        return is_terminal()
    if not _has_screen():
        return False
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return False
    return True


def look(found: Settings) -> Look:
    """How the user wants to see it; ASCII also where stdout can write nothing else."""
    from tracker.draw.look import Look

    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    ascii_only = found.value("ascii") or not encoding.startswith("utf")
    return Look(ascii=ascii_only, units=found.value("units"), zone=own_zone())


def own_zone() -> str:
    """The viewer's time zone, as far as the system names it."""
    named = os.environ.get("TZ", "").lstrip(":")
    if named:
        return named
    try:
        return str(Path("/etc/localtime").readlink()).partition("zoneinfo/")[2]
    except OSError:
        return ""


def wish(found: Settings, name: str = "") -> Wish:
    """What was asked for of a race; `name`: whom, where nobody else is."""
    from tracker.session import Wish

    options = ("at", "speed", "target", "athlete", "ghost", "compare", "course")
    wanted = Wish(**{option: found.value(option) for option in options})
    if (prior := found.value("prior")) != "auto":
        wanted = replace(wanted, prior=prior)
    return wanted if wanted.athlete or not name else replace(wanted, athlete=name)


def asked_of(asked: argparse.Namespace, found: Settings | None = None, *, keyboard: bool = False) -> Asked:
    """What was said beside an address."""
    from feeds.address import Asked

    athlete = found.value("athlete") if found is not None else getattr(asked, "athlete", "") or ""
    return Asked(
        profile=asked.profile,
        answers=_answers(asked.answers),
        athletes=(athlete,) if athlete else (),
        name=getattr(asked, "name", "") or "",
        ca_file=found.value("ca_file") if found is not None else "",
        budget_per_h=found.value("budget") if found is not None else None,
        follow=getattr(asked, "follow", False),
        keyboard=keyboard,
    )


def _answers(words: list[str]) -> dict[str, str]:
    """`--set key=value`, any number of times. UsageError."""
    for word in words:
        if "=" not in word:
            raise UsageError(f"--set {word}: give a question and its answer, such as --set event=RUN2026")
    return dict(word.split("=", 1) for word in words)


def opened(address: str, said: Asked) -> Opened:
    """What an address stands for, saved names and `replay:` included; what its user should know goes to stderr."""
    from tracker.opening import open_any

    found = open_any(address, said)
    if found.notice:
        complain(found.notice, WELL)
    return found
