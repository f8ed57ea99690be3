"""Where to meet a runner: a table, an object, a calendar, of what has been published so far."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.common import asked_of, look, opened, own_size, put_question, settings, wish, write, write_now
from tracker.ending import FAILED, WELL, UsageError, complain

if TYPE_CHECKING:
    from feeds.address import Opened
    from tracker.config import Settings
    from tracker.race.meet import Meeting
    from tracker.race.snapshot import Snapshot
    from tracker.watch import Watch


def meet(asked: argparse.Namespace) -> int:
    """The places and their windows. UsageError for a place that is none."""
    found = settings(asked)
    source = opened(asked.race, asked_of(asked, found))
    telling = _Telling(asked, found, source)
    if not source.is_live:
        return write(telling.said(_view(source, found, asked)))
    from tracker import output
    from tracker.watch import Watch

    session = Watch(source, wish(found, asked.name), patient=False)
    session.asks = partial(put_question, source.name)
    session.load()
    if not asked.follow:
        output.run_live(session, write, lambda shown, _: telling.said(shown), once=True)
        return WELL
    output.run_live(session, _written, lambda *_: telling.change(session))
    return WELL


def _written(text: str) -> None:
    if text:
        write_now(text)


def _view(source: Opened, found: Settings, asked: argparse.Namespace) -> Snapshot:
    """A recording at the moment asked for; else a shipped race at its gun, any other as far as it goes."""
    from dataclasses import replace

    from tracker.progress import Progress
    from tracker.session import Session

    wanted = wish(found, asked.name)
    session = Session(source, replace(wanted, athlete=wanted.athlete or source.runner))
    with Progress(source.name) as progress:
        session.load(progress)
    at_end = not wanted.at and not source.is_shipped
    return session.view(session.timeline.bounds().end_s if at_end else session.begins_s)


class _Telling:
    """Says each state of a race as it was asked for, and keeps the calendar."""

    def __init__(self, asked: argparse.Namespace, found: Settings, source: Opened) -> None:
        from tracker.race.meet import split_words
        from tracker.saved import places

        self.asked, self.look = asked, look(found)
        self.width = (found.value("size") or own_size())[0]
        self.words = asked.places or split_words(places(found.paths.state, source.name))
        self.live, self.told, self.heard = source.is_live, "", 0
        if not self.words:
            raise UsageError("meet: where? give places, as in: paceline meet ADDRESS 12km 28km:25min 41km")

    def change(self, session: Watch) -> str:
        """What is new since the last time, if anything; why there is nothing yet goes to stderr."""
        heard = len(session.timeline.fold.log)
        if heard == self.heard:
            return ""
        self.heard = heard
        snapshot = session.take()
        why = self._nothing(snapshot)
        text = why or self.said(snapshot)
        if text == self.told:
            return ""
        self.told = text
        if why:
            complain(why, WELL)
            return ""
        return text if self.asked.json else f"{text}\n"

    def said(self, snapshot: Snapshot) -> str:
        """The table, or the object. UsageError for a place that is none, FeedError where nothing can be said."""
        from feeds.feed import FeedError
        from tracker import outing
        from tracker.race.meet import meetings, read_stops

        if why := self._nothing(snapshot):
            raise FeedError(why, FAILED)
        try:
            stops = read_stops(self.words, snapshot.course)
        except ValueError as error:
            raise UsageError(f"meet: {error}") from None
        found = meetings(snapshot, stops)
        if self.asked.ics:
            self._calendar(snapshot, found)
        if self.asked.json:
            return outing.json_line(snapshot, found, self.look)
        return outing.table(snapshot, found, self.width, self.look)

    def _nothing(self, snapshot: Snapshot) -> str:
        """Why nothing at all can be said, and what to do; empty where something can."""
        from tracker.draw.meet import why
        from tracker.race.meet import obstacle

        no = obstacle(snapshot)
        if no not in ("race", "course", "gun", "mark"):
            return ""
        advice = "; ask again then, or --follow" if self.live else "; --at shows a later moment"
        return f"{self.asked.race}: {why(snapshot, self.look)}{advice if no == 'mark' else ''}"

    def _calendar(self, snapshot: Snapshot, found: Sequence[Meeting]) -> None:
        """Write it. UsageError over a file of another's making, FeedError where it cannot be written."""
        from feeds.feed import FeedError
        from tracker import ics

        text, path = ics.calendar(snapshot, found, self.look), Path(self.asked.ics)
        if not text:
            complain(f"{path}: not written, no place has a window", WELL)
            return
        try:
            ics.save(path, text)
        except ics.NotOursError as error:
            raise UsageError(f"--ics {error}") from None
        except OSError as error:
            raise FeedError(
                f"--ics {path}: {error.strerror or error}; give a file in a folder that can be written", FAILED
            ) from None
