"""tracker.ui.commands: the command palette."""

from __future__ import annotations

from tests.ui import hand
from tracker.draw.palettes import PALETTES
from tracker.ui.commands import actions
from tracker.ui.keys import RACE_KEYS


def test_the_palette_offers_the_keys_and_the_themes() -> None:
    """Every action by its words with its key beside it, and each palette as a theme."""
    found = actions(RACE_KEYS)
    assert {f"theme {name}" for name in PALETTES} <= found.keys()
    assert found["kilometres or miles"] == ("app.units", "u")
    assert found["the next split"] == ("step(1)", "n ]")


async def test_what_is_chosen_in_the_palette_is_done() -> None:
    """ctrl+p, a few letters and enter do what the key does; what opens a dialog of its own opens it."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "ctrl+p", *"them lig", "enter")
        assert app.theme == "light"
        await hand.press(pilot, "ctrl+p", *"go to", "enter")
        assert "GO TO" in hand.text(app)
        await hand.press(pilot, "escape", "ctrl+p", *"nothing of the kind", "enter")
        assert "no action is called nothing of the kind" in hand.text(app)


async def test_the_palette_is_there_on_every_screen() -> None:
    """Also from the library, without a race on show."""
    app = hand.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await hand.press(pilot, "ctrl+p", *"contrast", "enter")
        assert app.theme == "high-contrast"
