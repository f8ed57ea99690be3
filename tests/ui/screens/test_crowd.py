"""tracker.ui.screens.crowd: the course with everybody on it, under the keys."""

from __future__ import annotations

from tests.ui import hand
from tests.ui.screens.test_field import Kept


async def test_o_shows_the_course_at_any_size_and_goes_back() -> None:
    """Leaders and followed stand under the crowd; time moves them; `o` and `esc` go back."""
    app = Kept("hassan").app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "o")
        await hand.until(pilot, lambda: "M1 Kiptum" in hand.text(app))
        said = hand.text(app)
        assert "THE COURSE" in said and "38 on the road" in said and "FOLLOWED" in said and "Hassan" in said
        await hand.press(pilot, "right")
        await hand.until(pilot, lambda: hand.text(app) != said)
        for size in ((80, 24), (40, 24), (20, 5), (200, 60)):
            await pilot.resize_terminal(*size)
            await hand.settle(pilot)
        await hand.until(pilot, lambda: "LEADERS" in hand.text(app))
        await hand.press(pilot, "o")
        assert app.screen.id == "race"
