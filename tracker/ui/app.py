"""The app: one race, one look, one palette at a time, and the screens over it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace

from textual.screen import Screen
from textual.timer import Timer

from tracker.draw.palettes import PALETTES
from tracker.notices import FollowedNotices, Notices, is_news
from tracker.race.snapshot import Snapshot
from tracker.session import ScreenOptions
from tracker.ui import flash, themes
from tracker.ui.crash import told
from tracker.ui.messages import SnapshotTaken
from tracker.ui.screens import make
from tracker.ui.watching import Watching
from tracker.watch import Watch

MOST_TOLD = 3


class PacelineApp(Watching):
    """What a session publishes reaches the screens through `snapshot` alone."""

    CSS_PATH = "paceline.tcss"
    TITLE = "paceline"
    ENABLE_COMMAND_PALETTE = False  # the screens have their own: without emoji, and no text of it is markup

    def __init__(self, options: ScreenOptions) -> None:
        super().__init__(options)
        for palette in PALETTES.values():
            self.register_theme(themes.theme(palette))
        self.theme = themes.chosen(options.theme, self.no_color)
        self.inks = themes.inks(self.theme, self.console.color_system)
        self.look = replace(options.look, motion=options.look.motion and self.animation_level != "none")
        self._flashing: Timer | None = None
        self._notices = Notices(self.look.units)
        self._follows = FollowedNotices(self.look.units)
        self._told: list[str] = []
        """What was told last: what comes while it stands is added, so that none is overwritten unread."""
        if options.session is not None:
            self.snapshot = options.session.snapshot

    def get_default_screen(self) -> Screen[None]:
        """The race, or the library where none was named."""
        return make("race" if self.desk.session else "library", self.desk)

    def on_snapshot_taken(self, message: SnapshotTaken) -> None:
        """The only assignment of the race's state."""
        before, self.snapshot = self.snapshot, message.snapshot
        self._tell(before, message.snapshot)
        figures = flash.changed(before, message.snapshot)
        if figures and self._flashing is None:
            self.look = replace(self.look, flash=figures)
            self._flashing = self.set_timer(flash.FLASH_S if self.look.motion else flash.REST_S, self._rest)

    def _tell(self, before: Snapshot, now: Snapshot) -> None:
        """What has happened in a live race: once, with a bell if that is wanted."""
        session = self.desk.session
        if not isinstance(session, Watch) or not session.loaded:
            return
        told = self._notices(now if session.catching_up else before, now)
        told += self._of_the_followed(session, now, news=not session.catching_up and is_news(before, now))
        if told:
            self._told = [*(self._told if self.noticed == joined(self._told) else []), *told][-MOST_TOLD:]
            self.notice(joined(self._told))
            if self.desk.options.bell:
                self.bell()

    def _of_the_followed(self, session: Watch, now: Snapshot, *, news: bool) -> list[str]:
        """What is new of those who are followed, the watched runner aside."""
        race = session.timeline.fold.race
        ids = [id for id in sorted(self.desk.followed()) if id != now.runner.id and race.saw(id)]
        return self._follows([(race.runner(id), race.sheet(id).last) for id in ids], news=news)

    def _rest(self) -> None:
        self._flashing = None
        self.look = replace(self.look, flash=frozenset())

    def action_units(self) -> None:
        """Kilometres or miles, everywhere at once."""
        self.look = replace(self.look, units="mi" if self.look.units == "km" else "km")

    def action_theme(self, name: str) -> None:
        """Another palette."""
        self.theme = name
        self.inks = themes.inks(name, self.console.color_system)


def joined(lines: Sequence[str]) -> str:
    """Notices in one line."""
    return " · ".join(lines)


def run_app(options: ScreenOptions) -> int:
    """Show the screen until it is quit; the exit code. FeedError, ValueError: the race asked for cannot be shown."""
    app = PacelineApp(options)
    code = asyncio.run(app.run_guarded(mouse=options.mouse))
    if app.unreadable is not None:
        raise app.unreadable
    if app.fault is not None:
        sys.stderr.write(told(app.fault) + "\n")
        return 1
    return code
