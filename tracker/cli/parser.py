"""The whole command line: commands, options, and what each says of itself."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NoReturn

from tracker.config import OPTIONS, Option
from tracker.ending import UsageError


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

    _showing(command)
    _browsing(command)
    _meeting(command)
    _keeping(command)
    _telling(command)
    return top


Command = Callable[[str, str], Parser]


def _showing(command: Command) -> None:
    replay = command("replay", "replay a race on the screen, or as text")
    replay.add_argument("race", metavar="NAME|FILE", help="a shipped race (see `paceline races`), or a file")
    _profile(replay)
    watch = command("watch", "watch a race as it happens, from any feed")
    watch.add_argument("race", metavar="ADDRESS", help=ADDRESS)
    _source(watch)
    for made in (replay, watch):
        for option in OPTIONS:
            if made is watch or not option.live:
                _add(made, option)
        made.add_argument("--once", action="store_true", help="write one frame as text and end; what a pipe gets")
        out = made.add_mutually_exclusive_group()
        out.add_argument(
            "--json",
            action="store_true",
            help="one JSON object an event, at once unless --speed is given here; with --at or --once one in all",
        )
        out.add_argument("--plain", action="store_true", help="the same as lines of text")


def _browsing(command: Command) -> None:
    web = command("web", "show the same screen in a browser: every page that is opened runs this program here")
    web.add_argument("race", metavar="ADDRESS", nargs="?", help=f"{ADDRESS}; the library where none is given")
    _source(web)
    for option in OPTIONS:
        if option.name != "size":
            _add(web, option)
    web.add_argument("--port", metavar="P", type=int, default=0, help="the port; a free one where none is given")
    web.add_argument("--host", metavar="H", default="127.0.0.1", help="the address to serve on; by default only here")


def _meeting(command: Command) -> None:
    meet = command("meet", "say where and when a runner can be met, by what has been published so far")
    meet.add_argument("race", metavar="ADDRESS", help=ADDRESS)
    meet.add_argument(
        "places",
        metavar="PLACE",
        nargs="*",
        help="where you will stand, in order, with the minutes from the one before: 12km 28km:25min half finish;"
        " none: the places kept by the key e",
    )
    _source(meet, follow="go on, with a new table at each change; a file is read as it grows")
    for option in OPTIONS:
        if option.name in ("at", "target", "athlete", "prior", "size", "units", "ascii", "budget", "ca_file"):
            _add(meet, option)
    meet.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    meet.add_argument(
        "--ics", metavar="FILE", default="", help="write calendar entries too; only over a calendar of its own"
    )


def _keeping(command: Command) -> None:
    record = command("record", "keep a feed on a tape, without a screen")
    record.add_argument("race", metavar="ADDRESS", help=ADDRESS)
    record.add_argument("-o", "--output", metavar="FILE", help="the tape; one that is there is gone on with")
    _source(record)
    for option in OPTIONS:
        if option.name in ("ca_file", "budget", "athlete"):
            _add(record, option)
    merge = command("merge", "make one tape of several, torn or overlapping ones too")
    merge.add_argument("tapes", metavar="TAPE", nargs="+", help="the tapes, in any order")
    merge.add_argument("-o", "--output", metavar="FILE", required=True, help="the tape to be written")
    serve = command("serve", "serve a race or a tape again, as if it were live")
    serve.add_argument("race", metavar="NAME|FILE", help="a shipped race, or a file")
    serve.add_argument("--at", metavar="T|KM", default="", help="the race time to begin at: 1:10:59, 25km")
    serve.add_argument("--speed", metavar="N", default="1", help="race seconds a second, any number above 0")
    serve.add_argument("--port", metavar="P", type=int, default=0, help="the port; a free one where none is given")
    serve.add_argument("--host", metavar="H", default="127.0.0.1", help="the address to serve on; by default only here")
    _profile(serve)
    relay = command("relay", "carry a feed on to a message broker or an edge cache, for any number of watchers")
    relay.add_argument("race", metavar="ADDRESS", help=ADDRESS)
    relay.add_argument(
        "--to",
        metavar="nats://HOST/STREAM|DIR",
        required=True,
        help="a NATS JetStream, or a folder for a web server; made where it is missing",
    )
    _source(relay)
    for option in OPTIONS:
        if option.name in ("ca_file", "budget", "athlete"):
            _add(relay, option)
    synth = command("synth", "make up a whole field, drawn from the projection: a race to measure and to try with")
    synth.add_argument("--runners", metavar="N", type=int, default=10_000, help="how many runners; 10,000 by default")
    synth.add_argument("--seed", metavar="N", type=int, default=1, help="another number, another field")
    synth.add_argument("--course", metavar="NAME", default="", help="the hills of a known course, such as boston")
    synth.add_argument(
        "--pacers", action="store_true", help="with pace groups, every quarter of an hour from 3:00 to 5:00"
    )
    synth.add_argument("-o", "--output", metavar="FILE", help="the file to be written; standard output where none is")


def _telling(command: Command) -> None:
    races = command("races", "list the shipped races")
    races.add_argument("--json", action="store_true", help="as JSON")
    feeds = command("feeds", "list, add and remove saved feeds")
    feeds.add_argument("do", choices=("list", "add", "remove"), nargs="?", default="list", help="list is the default")
    feeds.add_argument("feed", metavar="NAME", nargs="?", help="what the feed is called from now on")
    feeds.add_argument("address", metavar="ADDRESS", nargs="?", help="what `watch` would take")
    _source(feeds)
    feeds.add_argument("--athlete", metavar="ID", default="", help="the runner to watch")
    feeds.add_argument("--delay", metavar="S", default="", help="seconds to stay behind it, 0 to 300")
    profiles = command("profiles", "list the providers that can be read, or show how one is")
    profiles.add_argument("do", choices=("list", "show"), nargs="?", default="list", help="list is the default")
    profiles.add_argument("name", metavar="NAME|FILE", nargs="?", help="the profile to show")
    check = command("check", "say what is wrong in a feed, line by line, and count what is in it")
    check.add_argument("race", metavar="ADDRESS", help=ADDRESS)
    check.add_argument("--json", action="store_true", help="one JSON object with all counts")
    check.add_argument("--draft", action="store_true", help="write a profile to start from, for an unknown document")
    _source(check)
    for option in OPTIONS:
        if option.name in ("ca_file", "athlete"):
            _add(check, option)
    verify = command("verify", "write the hash of a race's final state")
    verify.add_argument("race", metavar="NAME|FILE", help="a shipped race, or a file")
    _profile(verify)
    command("schema", "write the JSON Schema of the split feed")
    info = command("info", "write the effective settings, where each came from, and the paths in use")
    info.add_argument("--example", action="store_true", help="write a commented settings file instead")


ADDRESS = (
    "http(s)://…, ws(s)://…, nats://HOST/STREAM, a file, - for standard input, replay:FILE?speed=60, a page of a known provider, the name of"
    " a shipped race, of a provider or of a saved feed"
)


def _source(to: argparse.ArgumentParser, follow: str = "a file that grows") -> None:
    """What can be said of an address, wherever one is given."""
    _profile(to)
    to.add_argument(
        "--name", metavar="NAME", default="", help="watch the runner of this name, searched at the provider"
    )
    to.add_argument("--follow", action="store_true", help=follow)


def _profile(to: argparse.ArgumentParser) -> None:
    to.add_argument("--profile", metavar="NAME|FILE", default="", help="how to read it; see `paceline profiles`")
    to.add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        dest="answers",
        help="an answer to a profile's question",
    )


def _add(to: argparse.ArgumentParser, option: Option) -> None:
    if option.is_switch:
        to.add_argument(option.flag, dest=option.name, action="store_const", const="true", help=option.help)
    else:
        metavar = option.metavar or "{" + ",".join(option.choices) + "}"
        to.add_argument(option.flag, dest=option.name, metavar=metavar, help=option.help.replace("%", "%%"))


def joined(argv: list[str]) -> list[str]:
    """`--at -4:10` as `--at=-4:10`: the value is a time before the gun, not an option."""
    joined: list[str] = []
    for word in argv:
        if joined and joined[-1] == "--at" and word[:1] == "-" and word[1:2].isdigit():
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined
