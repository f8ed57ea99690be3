"""tracker.ui.screens.meet: where to meet the runner."""

from __future__ import annotations

from dataclasses import replace

from tests.draw.test_meet import AHEAD
from tests.ui import hand
from tracker.race.plan import Plan
from tracker.race.snapshot import Snapshot
from tracker.session import ScreenOptions
from tracker.ui.screens.meet import MeetScreen


def vienna(elapsed_s: float, plan: Plan | None) -> Snapshot:
    """Vienna with a way ahead of 25 km."""
    then = hand.scenes.vienna(elapsed_s, plan)
    return replace(then, projection=replace(then.projection, ahead=AHEAD))


class Kept:
    """What is kept of each race."""

    def __init__(self, typed: str = "") -> None:
        self.typed = {"vienna-2019": typed}

    def app(self) -> hand.PacelineApp:
        """An app at 25 km that keeps places here."""
        options = ScreenOptions(
            hand.Opening(),
            hand.Hand(vienna, at=4400.0),
            hand.DEFAULT,
            places=lambda race: self.typed.get(race, ""),
            keep_places=self.typed.__setitem__,
        )
        return hand.PacelineApp(options)


async def test_e_shows_the_places_and_takes_them_away() -> None:
    """`e` opens it at any size with what was kept, `e` and `esc` close it."""
    app = Kept("12km 28km:25min 41km").app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for size in ((80, 24), (20, 5)):
            await pilot.resize_terminal(*size)
            await hand.settle(pilot)
            race = hand.text(app)
            for close in ("e", "escape"):
                await hand.press(pilot, "e")
                assert isinstance(app.screen, MeetScreen)
                assert size[0] < 40 or ("28 km     09:34 – 09:3" in hand.text(app) and "leave now" in hand.text(app))
                await hand.press(pilot, close)
                assert hand.text(app) == race


async def test_places_are_typed_in_a_dialog_and_kept() -> None:
    """`a` asks; what is wrong is said there; what is right is shown and kept for the race."""
    kept = Kept()
    app = kept.app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "e")
        assert "press a" in hand.text(app)
        await hand.press(pilot, "a", *"43km", "enter")
        assert "43km is beyond the course" in hand.text(app) and kept.typed["vienna-2019"] == ""
        await hand.press(pilot, *["backspace"] * 4, *"28km 41km:20min", "enter")
        assert kept.typed["vienna-2019"] == "28km 41km:20min"
        assert "28 km     09:34" in hand.text(app) and "20 min" in hand.text(app)


async def test_none_forgets_the_places() -> None:
    """The word, or its choice."""
    kept = Kept("28km")
    app = kept.app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "e", "a", "down", "enter")
        assert kept.typed["vienna-2019"] == "" and "press a" in hand.text(app)


async def test_the_windows_follow_the_race() -> None:
    """Another moment of the race is another state of the places."""
    app = Kept("28km").app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "e")
        assert "in 6 min" in hand.text(app)
        await hand.press(pilot, "shift+right")
        assert "in 5 min" in hand.text(app)
