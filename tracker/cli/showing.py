"""Races on the screen, or as text, JSON and lines: recorded ones, and live."""

from __future__ import annotations

import argparse
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tracker.cli.common import (
    asked_of,
    can_show,
    is_terminal,
    look,
    opened,
    own_size,
    put_question,
    settings,
    wish,
    write,
    write_now,
)
from tracker.cli.telling import races
from tracker.ending import WELL, UsageError, complain

if TYPE_CHECKING:
    from feeds.address import Opened
    from tracker.config import Settings
    from tracker.saved import Saved
    from tracker.session import Session, Wish
    from tracker.watch import Watch


def library(asked: argparse.Namespace) -> int:
    """The library on a terminal, the list of races elsewhere."""
    return screen(None, settings(asked)) if is_terminal() else races(asked)


def screen(session: Session | None, found: Settings) -> int:
    """The screen, with a race or in the library."""
    from feeds.address import Asked
    from tracker.saved import follows, keep_follows, keep_places, places
    from tracker.session import ScreenOptions
    from tracker.ui.app import run_app

    theme = found.value("theme")
    said = Asked(ca_file=found.value("ca_file"), budget_per_h=found.value("budget"))
    options = ScreenOptions(
        open=lambda name, wanted: session_of(opened(name, said), wanted, found, patient=True),
        session=session,
        look=look(found),
        theme="" if theme == "auto" else theme,
        mouse=not found.value("no_mouse"),
        wish=wish(found),
        bell=found.value("bell"),
        places=partial(places, found.paths.state),
        keep_places=partial(keep_places, found.paths.state),
        follows=partial(follows, found.paths.state),
        keep_follows=partial(keep_follows, found.paths.state),
    )
    return run_app(options)


def session_of(source: Opened, wanted: Wish, found: Settings, *, patient: bool) -> Session:
    """A session of what was opened, of which nothing is read yet."""
    wanted = replace(wanted, athlete=wanted.athlete or source.runner)
    if source.is_live:
        return live_session(source, wanted, found, patient=patient)
    from feeds.shipped import find
    from tracker.opening import first_frame
    from tracker.race.snapshot import EMPTY
    from tracker.session import Session

    return Session(source, wanted, first=first_frame(find(source.name), wanted.at) if source.is_shipped else EMPTY)


def live_session(source: Opened, wanted: Wish, found: Settings, *, patient: bool) -> Watch:
    """A session of a feed: with its tape, unless that is not wanted, and as far behind as it was the last time."""
    from tracker.cli.keeping import automatic_tape
    from tracker.watch import Watch

    delay_s = found.value("delay")
    if delay_s is None:
        delay_s = delays(found).all().get(source.name, source.delay_s)
    record = None if found.value("no_record") or source.transport == "recording" else automatic_tape(source, found)

    def keep(delay_s: float) -> None:
        with suppress(OSError):  # not worth a word
            delays(found).put(source.name, delay_s if delay_s or source.delay_s else None)

    return Watch(source, wanted, record=record, delay_s=float(delay_s), keep_delay=keep, patient=patient)


def delays(found: Settings) -> Saved:
    """How far behind live each feed is watched."""
    from tracker.saved import DELAYS, Saved

    return Saved(found.paths.state / DELAYS)


def replay(asked: argparse.Namespace) -> int:
    """A race: on the screen, or as text, JSON, lines."""
    found = settings(asked)
    source = opened(asked.race, asked_of(asked, found))
    if source.is_live:
        raise UsageError(f"{source.name} is live, not a recording: `paceline watch {source.name}` shows it")
    return show_recorded(asked, found, session_of(source, wish(found), found, patient=True))


def show_recorded(asked: argparse.Namespace, found: Settings, session: Session) -> int:
    """A recording: on the screen, or as text, JSON, lines."""
    if is_terminal() and not (asked.once or asked.json or asked.plain):
        return screen(session, found)
    from tracker.progress import Progress

    with Progress(session.opened.name) as progress:
        session.load(progress)
    log = session.timeline.fold.log
    if log.torn:
        complain(f"{log.torn}; the rest is shown", WELL)
    if refused := log.rejections():
        complain(f"{asked.race}: {log.counts().rejected} refused, first {refused[0]}; `paceline check` lists all", WELL)
    if question := log.reader.question:
        complain(f"{asked.race}: {question}", WELL)
    from tracker import output

    how = look(found)
    if not (asked.json or asked.plain):
        return write(output.frame(session, found.value("size") or own_size(), how))
    say = output.as_json(how) if asked.json else output.as_line(how)
    if asked.once or found.value("at"):
        return write(say(session.view(session.begins_s), None))
    paced = found["speed"].origin == "flag"
    output.run_stream(session, write_now if paced else write, say, paced=paced)
    return WELL


def watch(asked: argparse.Namespace) -> int:
    """A race as it happens: on the screen, or as text, JSON, lines."""
    from tracker.watch import Watch

    found = settings(asked)
    on_screen = can_show(asked.race) and not (asked.once or asked.json or asked.plain)
    source = opened(asked.race, asked_of(asked, found, keyboard=on_screen))
    session = session_of(source, wish(found, asked.name), found, patient=on_screen)
    if not isinstance(session, Watch):
        return show_recorded(asked, found, session)
    if on_screen:
        return screen(session, found)
    from tracker import output

    how = look(found)
    say = output.as_frame(found.value("size") or own_size(), how)
    if asked.json or asked.plain:
        say = output.as_json(how) if asked.json else output.as_line(how)
    session.asks = partial(put_question, source.name)
    session.load()
    try:
        output.run_live(session, write_now, say, once=asked.once or not (asked.json or asked.plain))
    finally:
        if session.live.tape_trouble:
            complain(session.live.tape_trouble, WELL)
    return WELL
