"""The command line: reads what was asked, opens it, and says what went wrong in one line. The only room that sees all.

Rule: nothing heavy is imported before it is needed; no traceback reaches the user.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence

from tracker.cli import browsing, keeping, meeting, showing, telling
from tracker.cli.common import write
from tracker.cli.parser import joined, parser
from tracker.ending import guarded

YOUNG_OBJECTS = 50_000
"""New objects between two searches for garbage: building the models makes many that stay, and few that go."""

COMMANDS: dict[str | None, Callable[[argparse.Namespace], int]] = {
    None: showing.library,
    "replay": showing.replay,
    "watch": showing.watch,
    "meet": meeting.meet,
    "record": keeping.record,
    "merge": keeping.merge,
    "serve": keeping.serve,
    "relay": keeping.relay,
    "synth": keeping.synth,
    "web": browsing.web,
    "races": telling.races,
    "feeds": telling.feeds,
    "profiles": telling.profiles,
    "check": telling.check,
    "verify": telling.verify,
    "schema": telling.schema,
    "info": telling.info,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run; the exit code. Without `argv` this is the whole process, and starting and ending it are made short."""
    if argv is not None:
        return guarded(run, list(argv))
    gc.set_threshold(YOUNG_OBJECTS)
    try:
        return guarded(run, sys.argv[1:])
    finally:
        gc.freeze()


def run(argv: list[str]) -> int:
    """Do what was asked; the exit code, or what went wrong as an exception."""
    reader = parser()
    asked, left = reader.parse_known_args(joined(argv))
    if asked.command == "meet":
        left = _placed(asked, left)
    if left:
        reader.error(f"unrecognized arguments: {' '.join(left)}")
    if asked.version:
        from tracker import __version__

        return write(f"paceline {__version__}")
    return COMMANDS[asked.command](asked)


def _placed(asked: argparse.Namespace, left: Sequence[str]) -> list[str]:
    """Places that stand behind an option are places; what is none is given back. argparse takes one run of them only."""
    options = [word for word in left if word.startswith("-") and not word[1:2].isdigit()]
    asked.places += [word for word in left if word not in options]
    return options
