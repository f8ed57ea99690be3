"""A session over hand-made snapshots, and the app on it: no feed, no file, time only where a test moves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot

from feeds.feed import Link
from tests.draw import scenes
from tests.draw.scenes import GUN_S
from tracker.clock import Clock
from tracker.draw.frame import frame as drawn_frame
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
from tracker.fold import Fold
from tracker.opening import first_frame
from tracker.race.book import Race
from tracker.race.plan import Plan
from tracker.race.snapshot import Mode, Snapshot
from tracker.session import ScreenOptions, Session, Wish
from tracker.timeline import Bounds, Timeline
from tracker.ui.app import PacelineApp
from tracker.ui.messages import SnapshotTaken
from tracker.ui.screens.base import PanelScreen

__all__ = ["DEFAULT", "Hand", "Opening", "PacelineApp", "PanelScreen", "SnapshotTaken", "Wish", "first_frame", "scenes"]
END_S = scenes.TIMES[-1][1]
Frame = Callable[[float, Plan | None], Snapshot]


class HandLog:
    """A log that holds nothing, and that is over."""

    ended = True
    links: Sequence[Link] = ()
    times: Sequence[float] = ()

    def __len__(self) -> int:
        return 0


class HandTimeline(Timeline):
    """Vienna's axis and marks."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(cast("Fold", SimpleNamespace(log=HandLog())))
        self.frame = frame

    def view(self, now_s: float) -> Snapshot:
        """The frame, against the target that is wanted."""
        plan = self.wanted.target
        return self.frame(now_s - GUN_S, plan if isinstance(plan, Plan) else scenes.TWO_HOURS)

    def final(self) -> Snapshot:
        """The end of it."""
        return self.view(GUN_S + END_S)

    def bounds(self) -> Bounds:
        """From ten minutes before the gun to the finish."""
        return Bounds(GUN_S - 600.0, GUN_S + END_S, GUN_S)

    def splits(self) -> list[float]:
        """When the marks became known."""
        return [GUN_S + seconds for metres, seconds in scenes.TIMES if metres != 21097.5]

    def moment(self, text: str) -> float:
        """A checkpoint's id or whole seconds."""
        known = {c.id: seconds for c, (_, seconds) in zip(scenes.VIENNA.checkpoints, scenes.TIMES, strict=True)}
        if text in known:
            return GUN_S + known[text]
        if text.isdigit():
            return GUN_S + float(text)
        raise ValueError(f"{text!r} is no moment of this race: give a time, a place, half, finish")


class Hand(Session):
    """A session whose timeline is there at once."""

    def __init__(self, frame: Frame = scenes.vienna, *, at: float = 4323.0, paused: bool = True) -> None:
        opened = cast("Any", SimpleNamespace(name="vienna-2019", is_shipped=True))
        super().__init__(opened, clock=Clock(GUN_S + at, paused=paused), first=frame(0.0, scenes.TWO_HOURS))
        self.frame = frame
        self.at = at
        self.ghosts: list[str] = []
        self.clock.set_rate(1.0)

    def load(self, progress: Callable[[int], None] | None = None) -> None:
        """Nothing to read."""
        self.playback.timeline = HandTimeline(self.frame)
        self.clock.seek(GUN_S + self.at)

    def view(self, now_s: float, race: Race | None = None) -> Snapshot:
        """The timeline's view with the clock's mode."""
        word = "ended" if now_s >= GUN_S + END_S else "paused" if self.clock.paused else "replay"
        return replace(self.timeline.view(now_s), mode=Mode(cast("Any", word), self.clock.rate))

    def set_ghost(self, name: str) -> None:
        """Remember what was asked for."""
        if name == "nobody":
            raise ValueError("nobody is no shipped race")
        self.ghosts.append(name)
        self.wish = replace(self.wish, ghost=name)
        self._want(ghost=cast("Any", name))


class Opening:
    """Opens hand-made sessions and remembers what was asked for."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.asked: list[tuple[str, Wish]] = []
        self.refusal = refusal

    def __call__(self, name: str, wish: Wish) -> Session:
        """A session, or the refusal."""
        self.asked.append((name, wish))
        if self.refusal is not None:
            raise self.refusal
        return self.made()

    def made(self) -> Session:
        """What is opened."""
        return Hand()


def app(session: Session | None = None, *, look: Look = DEFAULT, theme: str = "", opening: Opening | None = None,
        ) -> PacelineApp:  # fmt: skip
    """The app on a session, or on the library."""
    return PacelineApp(ScreenOptions(opening or Opening(), session, look, theme))


def text(on: PacelineApp) -> str:
    """What the screen on show says, without trailing blanks."""
    return "\n".join(strip.text.rstrip() for strip in on.screen._compositor.render_strips())


def frame(on: PacelineApp, width: int, height: int) -> str:
    """The race screen as the drawing has it without a toolkit."""
    return plain(drawn_frame(on.snapshot, width, height, on.look))


async def until(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Wait until something holds; fails after about two seconds."""
    for _ in range(400):
        await pilot.pause(0.005)
        if holds():
            return
    raise AssertionError("it never came to hold")


async def ready(pilot: Pilot[Any]) -> None:
    """Wait until the race is read and shown."""
    on = pilot.app
    assert isinstance(on, PacelineApp) and on.desk.session is not None
    session = on.desk.session
    await until(pilot, lambda: session.loaded and on.snapshot.mode.word != Mode().word)
    await settle(pilot)


async def settle(pilot: Pilot[Any]) -> None:
    """Let every widget do what it has been told."""
    for _ in range(3):
        await pilot.pause(0)


async def press(pilot: Pilot[Any], *keys: str, answered_s: float = 0.06) -> None:
    """Press keys one after the other, and wait until the session has answered.

    Textual's own `press` waits for an idle processor after each, which on a busy machine takes most of the time.
    """
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, key if len(key) == 1 else key_to_character(name))
        event.set_sender(pilot.app)
        assert pilot.app._driver is not None
        pilot.app._driver.send_message(event)
        await settle(pilot)
    await pilot.pause(answered_s)
    await settle(pilot)
