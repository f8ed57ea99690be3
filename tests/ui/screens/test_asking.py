"""tracker.ui.screens.asking: one dialog at a time."""

from __future__ import annotations

from tests.ui import hand


async def test_one_dialog_at_a_time_whatever_is_asked() -> None:
    """A second question waits for no answer: it is not asked while the first one stands."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        screen = app.screen
        assert isinstance(screen, hand.PanelScreen)
        screen.ask("FIRST", "", lambda _text: "")
        screen.ask("SECOND", "", lambda _text: "")
        await hand.settle(pilot)
        assert "FIRST" in hand.text(app) and "SECOND" not in hand.text(app)
        screen.close_dialog()
        await hand.settle(pilot)
        assert screen.dialog is None and screen.focused is None
        screen.ask("THIRD", "", lambda _text: "")
        await hand.settle(pilot)
        assert "THIRD" in hand.text(app)
