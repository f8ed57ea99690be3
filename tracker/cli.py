"""The command line: reads what was asked, opens it, and says what went wrong in one line. The only module that sees all.

Rule: nothing heavy is imported before it is needed; no traceback reaches the user.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from tracker.config import OPTIONS, Option, Settings
from tracker.ending import FAILED, WELL, UsageError, complain, guarded

if TYPE_CHECKING:
    from feeds.address import Opened
    from tracker.draw.look import Look
    from tracker.session import Session, Wish

DEFAULT_SIZE = (120, 36)
YOUNG_OBJECTS = 50_000
"""New objects between two searches for garbage: building the models makes many that stay, and few that go."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """UsageError instead of a page of usage."""
        raise UsageError(f"{message}; see `{self.prog} --help`")


def parser() -> Parser:
    """The whole command line."""
    top = Parser(
        prog="paceline",
        description="A race tracker for the terminal: the gap, the pacers, the projected finish, from any split feed.",
        epilog="Without a command: the library of races. Exit codes: 0 well, 1 the feed failed or a check found"
        " something, 2 wrong usage, 3 not found, 4 timed out, 5 offline.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="store_true", help="the version, and nothing else")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)

    def command(name: str, text: str) -> Parser:
        made: Parser = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        return made

    replay = command("replay", "replay a race on the screen, or as text")
    replay.add_argument("race", metavar="NAME|FILE", help="a shipped race (see `paceline races`), or a file")
    for option in OPTIONS:
        _add(replay, option)
    replay.add_argument("--once", action="store_true", help="write one frame as text and end; what a pipe gets")
    out = replay.add_mutually_exclusive_group()
    out.add_argument(
        "--json",
        action="store_true",
        help="one JSON object an event, at once unless --speed is given here; with --at or --once one in all",
    )
    out.add_argument("--plain", action="store_true", help="the same as lines of text")
    races = command("races", "list the shipped races")
    races.add_argument("--json", action="store_true", help="as JSON")
    check = command("check", "say what is wrong in a feed, line by line")
    check.add_argument("race", metavar="FILE", help="a file, or a shipped race")
    verify = command("verify", "write the hash of a race's final state")
    verify.add_argument("race", metavar="NAME|FILE", help="a shipped race, or a file")
    command("schema", "write the JSON Schema of the split feed")
    info = command("info", "write the effective settings, where each came from, and the paths in use")
    info.add_argument("--example", action="store_true", help="write a commented settings file instead")
    return top


def _add(to: argparse.ArgumentParser, option: Option) -> None:
    if option.is_switch:
        to.add_argument(option.flag, dest=option.name, action="store_const", const="true", help=option.help)
    else:
        metavar = option.metavar or "{" + ",".join(option.choices) + "}"
        to.add_argument(option.flag, dest=option.name, metavar=metavar, help=option.help.replace("%", "%%"))


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
    asked = parser().parse_args(_joined(argv))
    if asked.version:
        from tracker import __version__

        return write(f"paceline {__version__}")
    commands: dict[str | None, Callable[[argparse.Namespace], int]] = {
        None: library, "replay": replay, "races": races, "check": check, "verify": verify, "schema": schema, "info": info,
    }  # fmt: skip
    return commands[asked.command](asked)


def _joined(argv: list[str]) -> list[str]:
    """`--at -4:10` as `--at=-4:10`: the value is a time before the gun, not an option."""
    joined: list[str] = []
    for word in argv:
        if joined and joined[-1] == "--at" and word[:1] == "-" and word[1:2].isdigit():
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def write(text: str) -> int:
    """A line of data on stdout."""
    if sys.stdout is not None:
        sys.stdout.write(text + "\n")
    return WELL


def settings(asked: argparse.Namespace) -> Settings:
    """The effective settings; what is odd about them goes to stderr."""
    found = Settings(vars(asked))
    for warning in found.warnings:
        complain(warning, WELL)
    return found


def is_terminal() -> bool:
    """Whether a screen can be drawn and keys be read."""
    if sys.stdout is None or not sys.stdout.isatty() or os.environ.get("TERM", "") in ("", "dumb"):
        return False
    return sys.__stdin__ is not None and sys.__stdin__.isatty()


def look(found: Settings) -> Look:
    """How the user wants to see it; ASCII also where stdout can write nothing else."""
    from tracker.draw.look import Look

    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    return Look(ascii=found.value("ascii") or not encoding.startswith("utf"), units=found.value("units"))


def library(asked: argparse.Namespace) -> int:
    """The library on a terminal, the list of races elsewhere."""
    return screen(None, settings(asked)) if is_terminal() else races(asked)


def screen(name: str | None, found: Settings) -> int:
    """The screen, with a race or in the library."""
    from tracker.session import ScreenOptions
    from tracker.ui.app import run_app

    theme = found.value("theme")
    options = ScreenOptions(
        open=open_session,
        session=open_session(name, wish(found)) if name is not None else None,
        look=look(found),
        theme="" if theme == "auto" else theme,
        mouse=not found.value("no_mouse"),
        wish=wish(found),
    )
    return run_app(options)


def wish(found: Settings) -> Wish:
    """What was asked for of a race."""
    from tracker.session import Wish

    return Wish(**{name: found.value(name) for name in ("at", "speed", "target", "athlete", "ghost")})


def open_session(name: str, wanted: Wish) -> Session:
    """A session of a shipped race or a file, not read yet. FeedError when there is no such thing."""
    from feeds.address import open_address
    from feeds.shipped import find
    from tracker.opening import first_frame
    from tracker.race.snapshot import EMPTY
    from tracker.session import Session

    opened = open_address(name)
    return Session(opened, wanted, first=first_frame(find(name), wanted.at) if opened.is_shipped else EMPTY)


def replay(asked: argparse.Namespace) -> int:
    """A race: on the screen, or as text, JSON, lines."""
    found = settings(asked)
    if is_terminal() and not (asked.once or asked.json or asked.plain):
        return screen(asked.race, found)
    from tracker.progress import Progress

    session = open_session(asked.race, wish(found))
    with Progress(session.opened.name) as progress:
        session.load(progress)
    log = session.timeline.fold.log
    if log.torn:
        complain(f"{log.torn}; the rest is shown", WELL)
    if refused := log.rejections():
        complain(f"{asked.race}: {log.counts().rejected} refused, first {refused[0]}; `paceline check` lists all", WELL)
    from tracker import output

    how = look(found)
    if not (asked.json or asked.plain):
        return write(output.frame(session, found.value("size") or _own_size(), how))
    say = output.as_json(how) if asked.json else output.as_line(how)
    if asked.once or found.value("at"):
        return write(say(session.view(session.begins_s), None))
    paced = found["speed"].origin == "flag"
    output.run_stream(session, _write_now if paced else write, say, paced=paced)
    return WELL


def _write_now(text: str) -> None:
    write(text)
    if sys.stdout is not None:
        sys.stdout.flush()


def _own_size() -> tuple[int, int]:
    """The terminal's, else 120 by 36."""
    from shutil import get_terminal_size

    return get_terminal_size(DEFAULT_SIZE) if sys.stdout is not None and sys.stdout.isatty() else DEFAULT_SIZE


def races(asked: argparse.Namespace) -> int:
    """The shipped races, without their results."""
    from feeds.shipped import shipped

    listed = shipped()
    if getattr(asked, "json", False):
        import json

        fields = ("name", "race", "place", "date", "runner", "runner_id", "who", "distance_m", "target_name", "target_s",
                  "record_eligible", "quality", "pacers")  # fmt: skip
        return write(
            json.dumps([{f: getattr(race, f) for f in fields} for race in listed], ensure_ascii=False, indent=2)
        )
    rows = [("name", "race", "date", "runner", "target")]
    rows += [(race.name, race.race, race.date or "", race.who, race.target_name or "none") for race in listed]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return WELL


def check(asked: argparse.Namespace) -> int:
    """What is wrong in a feed; 1 if anything was refused, put aside or torn."""
    from itertools import chain

    from tracker import doctor

    with _reading(asked.race) as (opened, progress):
        found = doctor.Found()
        for line in chain(doctor.examine(opened.read(), found, progress), doctor.marks(found), doctor.remarks(found)):
            write(line)
    write(f"{opened.name}: {doctor.summary(found)}")
    if found.accepted and not found.ill:
        return WELL
    what = f"{found.ill} wrong, each said above" if found.accepted else "no message of a split feed in it"
    return complain(f"{opened.name}: {what}; `paceline schema` tells what a message looks like", FAILED)


def verify(asked: argparse.Namespace) -> int:
    """The hash of the final state. What was refused goes to stderr: it is not in the hash."""
    from tracker import doctor
    from tracker.opening import no_feed

    with _reading(asked.race) as (opened, progress):
        found = doctor.Found()
        amiss = list(doctor.examine(opened.read(), found, progress))
    if not found.accepted:
        raise no_feed(opened.name, *amiss)
    if amiss:
        complain(f"{opened.name}: {len(amiss)} left out, first {amiss[0]}; `paceline check` lists all", WELL)
    return write(f"{found.race.state_hash()}  {opened.name}")


@contextmanager
def _reading(name: str) -> Iterator[tuple[Opened, Callable[[int], None]]]:
    from feeds.address import open_address
    from tracker.progress import Progress

    opened = open_address(name)
    with Progress(opened.name) as progress:
        yield opened, progress


def schema(_: argparse.Namespace) -> int:
    """The JSON Schema of the vocabulary."""
    import json

    from feeds.decode import schema as generated

    return write(json.dumps(generated(), indent=2))


def info(asked: argparse.Namespace) -> int:
    """The effective settings and the paths in use."""
    from tracker import __version__
    from tracker.config import example, shown

    if asked.example:
        return write(example())
    found = settings(asked)
    write(f"paceline {__version__}, Python {sys.version.split()[0]}\n")
    for line in shown(found):
        write(line)
    return WELL
