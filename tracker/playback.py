"""The controls of a view: play, pause, faster, seek. They move the clock and nothing else."""

from __future__ import annotations

import math

from tracker.clock import Clock, next_rate
from tracker.timeline import Timeline

JUST_PASSED_S = 1.5
"""Real seconds after a mark in which "the mark before" still means the one before it."""


class Playback:
    """Moves a clock along a timeline. Before there is one, only rate and pause do something."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.timeline: Timeline | None = None

    def play(self) -> None:
        """Go on; from the end of what is over, again from the gun."""
        if self.timeline is not None and self.timeline.fold.log.ended:
            bounds = self.timeline.bounds()
            if self.clock.now() >= bounds.end_s:
                self.clock.seek(bounds.gun_s)
        self.clock.resume()

    def pause(self) -> None:
        """Stand still."""
        self.clock.pause()

    def toggle(self) -> None:
        """Play or pause."""
        if self.clock.paused:
            self.play()
        else:
            self.pause()

    def shift(self, seconds: float) -> None:
        """Race seconds on, or back."""
        self._to(self.clock.now() + seconds)

    def seek(self, elapsed_s: float) -> None:
        """To an elapsed time."""
        if self.timeline is not None:
            self._to(self.timeline.bounds().gun_s + elapsed_s)

    def go(self, text: str) -> None:
        """To a moment as people write it: `1:10:59`, `25km`, `half`. ValueError with one clear line."""
        if self.timeline is not None:
            self._to(self.timeline.moment(text))

    def step(self, count: int) -> None:
        """To the runner's next split (1) or the one before (-1); the gun comes before the first."""
        if self.timeline is None:
            return
        now, gun_s = self.clock.now(), self.timeline.bounds().gun_s
        stops = sorted({gun_s, *(t for t in self.timeline.splits() if t > gun_s)})
        if count > 0:
            self._to(next((t for t in stops if t > now), now))
            return
        slack_s = 0.0 if self.clock.paused else JUST_PASSED_S * self.clock.rate
        earlier = [t for t in stops if t < now]
        if len(earlier) > 1 and now - earlier[-1] <= slack_s:
            earlier.pop()
        self._to(earlier[-1] if earlier else now)

    def faster(self) -> None:
        """The next rate up."""
        self.clock.set_rate(next_rate(self.clock.rate, 1))

    def slower(self) -> None:
        """The next rate down."""
        self.clock.set_rate(next_rate(self.clock.rate, -1))

    def set_rate(self, rate: float) -> None:
        """0.25 to 600; ValueError beyond that."""
        self.clock.set_rate(rate)

    def to_start(self) -> None:
        """To the gun."""
        self.seek(0.0)

    def to_end(self) -> None:
        """To the latest that is known: the live edge, or the end of a recording."""
        if self.timeline is not None:
            self._to(math.inf)

    def _to(self, instant: float) -> None:
        if self.timeline is not None:
            bounds, edge_s = self.timeline.bounds(), self.clock.edge()
            if self.timeline.fold.log.ended or math.isinf(edge_s):
                self.clock.seek(min(max(instant, bounds.start_s), bounds.end_s))
            elif instant < edge_s:
                self.clock.seek(max(instant, min(bounds.start_s, edge_s)))
            else:
                self.clock.follow()
