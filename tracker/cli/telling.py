"""What is told about races, feeds, profiles and the program itself."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from feeds.feed import FeedError
from feeds.text import without_secrets
from tracker.cli.common import asked_of, opened, settings, write
from tracker.ending import FAILED, WELL, UsageError, complain

if TYPE_CHECKING:
    from feeds.address import Opened
    from feeds.feed import Delivery, Link
    from tracker import doctor


def races(asked: argparse.Namespace) -> int:
    """The shipped races, without their results."""
    from feeds.shipped import shipped

    listed = shipped()
    if getattr(asked, "json", False):
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
    """What is wrong in a feed, and what is in it; 1 if anything was refused, put aside or torn."""
    from tracker import doctor

    if asked.draft:
        return draft(asked)
    with _reading(asked) as (source, progress):
        found = doctor.Found(reader=source.reader())
        amiss = [*doctor.examine(everything(source), found, progress), *doctor.marks(found)]
    if asked.json:
        write(json.dumps(doctor.as_json(found, source.name), ensure_ascii=False, indent=1))
        return FAILED if found.ill or _is_nothing(found) else WELL
    for line in (*amiss, *doctor.remarks(found), *(doctor.counts(found) if found.accepted else ())):
        write(line)
    write(f"{source.name}: {doctor.summary(found)}")
    if not found.ill and not _is_nothing(found):
        return WELL
    what = f"{found.ill} wrong, each said above" if found.accepted else "no message of a split feed in it"
    hint = (
        "`paceline schema` tells what a message looks like"
        if source.profile is None
        else "`paceline profiles` lists others"
    )
    return complain(f"{source.name}: {what}; {hint}", FAILED)


def _is_nothing(found: doctor.Found) -> bool:
    """Whether it is no feed at all. A provider that has nothing to say yet is well."""
    from feeds.decode import Decoder

    return not found.accepted and isinstance(found.reader, Decoder)


def draft(asked: argparse.Namespace) -> int:
    """A profile to start from, for a document that nobody has described yet."""
    from feeds.feed import Delivery
    from feeds.profiles.draft import SAMPLE, drafted

    asked.profile = asked.profile or "rtrt"  # any of JSON: documents are read whole then, pages too
    with _reading(asked) as (source, _):
        raws = (item.raw for item in everything(source) if isinstance(item, Delivery))
        return write(drafted(b"\n".join(islice(raws, SAMPLE))))


def verify(asked: argparse.Namespace) -> int:
    """The hash of the final state. What was refused goes to stderr: it is not in the hash."""
    from tracker import doctor
    from tracker.opening import no_feed

    with _reading(asked) as (opened, progress):
        found = doctor.Found(reader=opened.reader())
        amiss = list(doctor.folded(everything(opened), found, progress))
    if not found.accepted:
        raise no_feed(opened.name, *amiss)
    if amiss:
        complain(f"{opened.name}: {len(amiss)} left out, first {amiss[0]}; `paceline check` lists all", WELL)
    return write(f"{found.race.state_hash()}  {opened.name}")


@contextmanager
def _reading(asked: argparse.Namespace) -> Iterator[tuple[Opened, Callable[[int], None]]]:
    from tracker.progress import Progress

    source = opened(asked.race, asked_of(asked, settings(asked)))
    with Progress(source.name) as progress:
        yield source, progress


def everything(source: Opened) -> Iterator[Delivery | Link]:
    """All of a recording, or what a live feed says now."""
    if not source.is_live:
        return source.read()
    from tracker.fetching import drained

    return drained(source.feed())


def profiles(asked: argparse.Namespace) -> int:
    """The providers that can be read, or how one of them is."""
    from feeds.profiles.describe import describe, summary
    from feeds.profiles.model import load, shipped_profiles

    if asked.do == "show":
        if not asked.name:
            raise UsageError("profiles show: which one? `paceline profiles` lists them")
        return write(describe(load(asked.name)))
    for profile in shipped_profiles():
        write(summary(profile))
    return WELL


def feeds(asked: argparse.Namespace) -> int:
    """Saved feeds: listed, kept, or forgotten."""
    from feeds.shipped import shipped
    from tracker.config import delay, paths
    from tracker.saved import FEEDS, Saved, saved_feeds

    saved = Saved(paths().data / FEEDS)
    known = saved_feeds(paths().data)
    if asked.do == "list":
        for name, kept in known.items():
            write(f"{name}  {without_secrets(kept['address'])}")
        return WELL if known else complain("no feed is saved; `paceline feeds add NAME ADDRESS` saves one", WELL)
    if not asked.feed or (asked.do == "add" and not asked.address):
        raise UsageError(f"feeds {asked.do}: give NAME{' ADDRESS' if asked.do == 'add' else ''}")
    if asked.do == "remove":
        if asked.feed not in saved.all():
            raise FeedError(f"no saved feed is called {asked.feed!r}; `paceline feeds` lists them", 3)
        saved.put(asked.feed, None)
        return WELL
    if asked.feed == "-" or set(asked.feed) & set("/:") or any(race.name == asked.feed for race in shipped()):
        raise UsageError(f"feeds add {asked.feed}: that means something else already; give a plain word of your own")
    said = asked_of(asked)
    try:
        delay_s = delay(asked.delay) if asked.delay else 0.0
    except ValueError as error:
        raise UsageError(f"--delay {asked.delay}: {error}") from None
    kept = {"address": asked.address, "profile": said.profile, "answers": dict(said.answers), "delay": delay_s}
    more = {"athletes": list(said.athletes), "name": said.name, "follow": said.follow}
    saved.put(asked.feed, {k: v for k, v in {**kept, **more}.items() if v})
    return WELL


def schema(_: argparse.Namespace) -> int:
    """The JSON Schema of the vocabulary."""
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
