"""The same screen in a browser."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tracker.cli.common import asked_of, opened, settings, write_now
from tracker.config import OPTIONS
from tracker.ending import WELL, UsageError, complain

if TYPE_CHECKING:
    from feeds.address import Opened


def web(asked: argparse.Namespace) -> int:
    """Pages of a race, or of the library, until stopped."""
    from tracker.draw.palettes import DARK, PALETTES
    from tracker.serve import is_loopback
    from tracker.web import run

    found = settings(asked)
    if asked.race == "-":
        raise UsageError("web -: every page runs the program anew, and standard input can be read only once")
    title = _title(opened(asked.race, asked_of(asked, found))) if asked.race else "paceline"
    if not asked.race and (unread := _beside(asked)):
        raise UsageError(f"web: {unread[0].partition('=')[0]} is for an ADDRESS, and none was given")
    if not is_loopback(asked.host):
        complain(f"serving on {asked.host}: whoever can reach this machine there can run this program on it", WELL)
    return run(
        again(asked),
        _options(asked),
        title=title,
        ground=PALETTES.get(found.value("theme"), DARK).resolve("bg"),
        host=asked.host,
        port=asked.port,
        announce=lambda address: write_now(f"{address}\n{title}; ctrl+c stops"),
    )


def again(asked: argparse.Namespace) -> Sequence[str]:
    """The words that start the same on a screen; the options go beside them, as variables."""
    return ["watch", *_beside(asked), "--", asked.race] if asked.race else []


def _beside(asked: argparse.Namespace) -> list[str]:
    """What was said of the address."""
    words = [f"--{name}={value}" for name in ("profile", "name") if (value := getattr(asked, name))]
    return words + [f"--set={answer}" for answer in asked.answers] + ["--follow"] * asked.follow


def _options(asked: argparse.Namespace) -> Mapping[str, str]:
    given = vars(asked)
    return {option.variable: given[option.name] for option in OPTIONS if given.get(option.name)}


def _title(source: Opened) -> str:
    """The name of the race as far as it is known before anything is read; no secret is in it."""
    if not source.is_shipped:
        return f"{source.name if source.is_live else source.path.name} · paceline"
    from feeds.shipped import find

    race = find(source.name)
    return f"{race.race} {(race.date or '')[:4]} · paceline"
