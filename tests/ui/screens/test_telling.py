"""tracker.ui.screens.telling: a line in place of the keys."""

from __future__ import annotations

from tests.ui import hand


async def test_any_key_or_click_ends_a_notice() -> None:
    """The keys of the footer are back at once; the click that brings them back is not one on a key nobody saw."""
    session = hand.Hand()
    app = hand.app(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for answer in ("f8", "click", "margin"):
            app.notice("a word to the reader")
            await hand.settle(pilot)
            assert "q quit" not in hand.text(app)
            if answer == "click":
                await pilot.click("#footer", offset=(1, 0))
            elif answer == "margin":
                await pilot.click(offset=(0, 0))
            else:
                await hand.press(pilot, answer)
            await hand.settle(pilot)
            assert "q quit" in hand.text(app) and session.clock.paused
        await pilot.click("#footer", offset=(1, 0))
        await hand.settle(pilot)
        assert not session.clock.paused
