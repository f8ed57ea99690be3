"""tracker.ui.screens.map: the course as a map."""

from __future__ import annotations

from tests.ui import hand


async def test_m_shows_the_map_and_takes_it_away() -> None:
    """`m` opens the map at any size, `m` and `esc` close it."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for size in ((120, 36), (80, 24), (40, 24), (20, 5)):
            await pilot.resize_terminal(*size)
            await hand.settle(pilot)
            race = hand.text(app)
            for close in ("m", "escape"):
                await hand.press(pilot, "m")
                assert app.screen.id == "map"
                assert size[0] < 80 or ("COURSE" in hand.text(app) and "1:12:03" in hand.text(app))
                await hand.press(pilot, close)
                assert hand.text(app) == race
