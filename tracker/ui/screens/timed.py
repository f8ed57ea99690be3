"""The keys that move a race's clock."""

from __future__ import annotations

import math
from collections.abc import Callable

from tracker.playback import Playback
from tracker.session import Session
from tracker.ui.screens.base import PanelScreen
from tracker.watch import Watch

ASK_END = "End shows how it ends: press it again if you want to know"
STILL_READ = "the race is still being read"


class TimedScreen(PanelScreen):
    """A screen with a race on it. Race, ghost and map move time alike."""

    @property
    def session(self) -> Session:
        """The race on show; these screens exist only with one."""
        assert self.desk.session is not None
        return self.desk.session

    @property
    def playback(self) -> Playback:
        """The controls of its clock."""
        return self.session.playback

    def tried(self, what: Callable[[str], object], text: str) -> str:
        """Do what was typed, once the race is read; what is wrong with it, or nothing."""
        if not self.session.loaded:
            return STILL_READ
        try:
            what(text)
        except ValueError as error:
            return str(error)
        return ""

    def go(self, text: str) -> str:
        """To a moment as people write it; what is wrong with it, or nothing."""
        return self.tried(self.playback.go, text)

    def action_play(self) -> None:
        """Pause or go on."""
        self.playback.toggle()

    def action_shift(self, seconds: int) -> None:
        """Seconds on, or back."""
        self.playback.shift(seconds)

    def action_step(self, count: int) -> None:
        """A split on, or back."""
        self.playback.step(count)

    def action_rate(self, rate: float) -> None:
        """That fast."""
        self.playback.set_rate(rate)
        self._say_rate()

    def action_faster(self) -> None:
        """A step faster."""
        self.playback.faster()
        self._say_rate()

    def action_slower(self) -> None:
        """A step slower."""
        self.playback.slower()
        self._say_rate()

    def _say_rate(self) -> None:
        """Say how fast it will go on: the header of a race that stands does not."""
        if self.session.clock.paused:
            self.notice(f"speed {self.session.clock.rate:g}×")

    def action_delay(self, seconds: float) -> None:
        """Further behind live, or less."""
        if isinstance(self.session, Watch):
            self.notice(f"{self.session.delay(seconds):g} s behind live")

    def action_retry(self) -> None:
        """Try again now."""
        if isinstance(self.session, Watch) and self.snapshot.mode.link == "offline":
            asked_s = math.ceil(self.session.retry_now())
            self.notice(
                "trying again" if asked_s <= 1 else f"trying again in {asked_s} s: the server asked for that wait"
            )

    def action_to_gun(self) -> None:
        """To the gun, while it is still to come."""
        if self.snapshot.elapsed_s is not None and self.snapshot.elapsed_s < 0:
            self.playback.seek(0.0)

    def action_start(self) -> None:
        """To the start."""
        self.playback.to_start()

    def action_end(self) -> None:
        """To the end. A recording keeps its end to itself until it is asked twice; a live race has only its edge."""
        known = self.snapshot.phase == "finished" or self.session.clock.edge() < float("inf")
        if known or self.answered == ASK_END:
            self.foot.notice = ""
            self.playback.to_end()
        else:
            self.notice(ASK_END)
