"""Which race is on: a session in a worker, replaced when another one is chosen. Rule: workers only post and notice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from feeds.feed import FeedError
from tracker.race.snapshot import Snapshot
from tracker.session import ScreenOptions, Session
from tracker.ui.crash import Guarded
from tracker.ui.messages import GhostChosen, RaceChosen, SnapshotTaken
from tracker.ui.screens import make
from tracker.ui.screens.base import PanelScreen
from tracker.ui.stage import Desk
from tracker.watch import Watch

BAD = (FeedError, ValueError)
"""What a source or a wish may be refused with: one clear line each."""


class Watching(Guarded):
    """An app with a session on its desk."""

    def __init__(self, options: ScreenOptions) -> None:
        super().__init__()
        self.desk = Desk(options, options.session)
        self.unreadable: Exception | None = None
        """Why the race that was asked for at the start could not be shown."""

    def on_mount(self) -> None:
        """Read the race once its first frame is on the screen."""
        if self.desk.session is not None:
            self.call_after_refresh(self._watch, self.desk.session)

    def _watch(self, session: Session, instead: Session | None = None, show: str = "") -> None:
        """Show a session, and a screen over it; where it cannot be read, the one before."""
        self.run_worker(self._run(session, instead, show), exclusive=True, group="session")

    async def _run(self, session: Session, instead: Session | None, show: str) -> None:
        if isinstance(session, Watch):
            session.complain = self.notice
        if session.loaded or await self._well(session.load, lambda why: self._not_read(session, instead, why)):
            if show:
                self._publish(session.take())
                self.action_show(show)
            await session.run(self._publish)

    def _publish(self, snapshot: Snapshot) -> None:
        self.post_message(SnapshotTaken(snapshot))

    async def _well(self, blocking: Callable[[], None], refused: Callable[[Exception], None]) -> bool:
        """Do what blocks in a thread; whether it went well."""
        try:
            await asyncio.to_thread(blocking)
        except BAD as why:
            refused(why)
            return False
        return True

    def _not_read(self, session: Session, instead: Session | None, why: Exception) -> None:
        """The race of the command line ends the program; instead of one chosen later, the one before is shown again."""
        if session is self.desk.options.session:
            self.unreadable = why
            self.exit()
            return
        self._put(instead)
        self.call_after_refresh(self.notice, str(why))
        if instead is not None:
            self.call_after_refresh(self._watch, instead)

    def on_race_chosen(self, message: RaceChosen) -> None:
        """Another race: what is known of it now, the rest as soon as it is read."""
        try:
            session = self.desk.options.open(message.name, message.wish)
        except BAD as why:
            self.notice(str(why))
            return
        if message.paused:
            session.clock.pause()
        before = self.desk.session
        self._put(session)
        self.call_after_refresh(self._watch, session, before, message.show)

    def _put(self, session: Session | None) -> None:
        """A session on the desk, and its race on the screen; the library where there is none."""
        self.desk.session = session
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if session is not None:
            self.post_message(SnapshotTaken(session.snapshot))
            if self.screen.id != "race":
                self.push_screen(make("race", self.desk))

    def on_ghost_chosen(self, message: GhostChosen) -> None:
        """Another ghost; the race goes on while it is read."""
        session = self.desk.session
        if session is not None and session.loaded:
            self.run_worker(self._beside(session, message.name), exclusive=True, group="ghost")

    async def _beside(self, session: Session, name: str) -> None:
        if await self._well(lambda: session.set_ghost(name), lambda why: self.notice(str(why))):
            self.action_show("compare")

    def notice(self, text: str) -> None:
        """One line at the foot of the screen on show."""
        if isinstance(self.screen, PanelScreen):
            self.screen.notice(text)

    @property
    def noticed(self) -> str:
        """The line that stands there now; empty when it is over, or a key ended it."""
        return self.screen.foot.notice if isinstance(self.screen, PanelScreen) else ""

    def action_show(self, name: str) -> None:
        """Another screen: help over whatever is there, any other over the race."""
        if self.screen.id == name:
            return
        if self.screen_stack[0].id == name:  # the library that a race was chosen in: there is no second one over it
            while len(self.screen_stack) > 1:
                self.pop_screen()
            return
        screen = make(name, self.desk)
        if name == "help" or self.screen.id == "race" or len(self.screen_stack) == 1:
            self.push_screen(screen)
        else:
            self.switch_screen(screen)
