"""tracker.ui.screens.comparing: who is set beside the runner."""

from __future__ import annotations

from tests.ui import hand
from tests.ui.screens.test_field import Kept


async def test_c_asks_for_a_ghost_and_shows_it() -> None:
    """Without a ghost `c` offers the shipped races; the chosen one is read and the two stand side by side."""
    session = hand.Hand()
    app = hand.app(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "c")
        assert "GHOST" in hand.text(app) and "berlin-2018" in hand.text(app)
        await hand.press(pilot, "down", "enter")
        await hand.until(pilot, lambda: app.screen.id == "compare")
        assert session.ghosts == ["berlin-2018"]


async def test_the_others_of_a_race_are_offered() -> None:
    """Who is compared now, the nearest on the road and the leader stand first; the runner is not among them."""
    app = Kept(at="1:43:00").app()
    async with app.run_test(size=(120, 50)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "c", *"hassan", "enter")
        await hand.until(pilot, lambda: app.screen.id == "compare")
        await hand.press(pilot, "a")
        lines = [line for line in hand.text(app).split("\n") if "beside now" in line or "Kipruto" in line]
        assert "Sifan Hassan" in lines[0] and "Benson Kipruto" in lines[1]
        assert not any("Kelvin Kiptum" in line and "KEN" in line for line in lines)
        await hand.press(pilot, *"kiptum", "enter")
        assert "that is the runner you watch" in hand.text(app)
