"""tracker.ui.screens.dialog: a line to type into, choices, and what is wrong."""

from __future__ import annotations

import pytest

from tests.ui import hand
from tracker.draw.look import DEFAULT
from tracker.ui.screens.dialog import Dialog
from tracker.ui.themes import FIRST


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 24), (20, 5), (5, 2)])
@pytest.mark.parametrize("choices", [0, 3, 40])
def test_a_dialog_fits_its_screen(size: tuple[int, int], choices: int) -> None:
    """However many choices and however small the screen, no cell of a dialog lies outside."""
    dialog = Dialog("GO TO", "hint", lambda _text: "", [("name", "words")] * choices, False, DEFAULT, FIRST)
    place = dialog.place(*size)
    assert place.x >= 0 and place.y >= 0
    assert place.x + place.width <= size[0] and place.y + place.height <= size[1]


async def test_choices_are_walked_completed_and_clicked() -> None:
    """Arrows choose, tab takes the name into the line, a click takes the choice at once."""
    taken: list[str] = []

    def take(text: str) -> str:
        taken.append(text)
        return "" if text != "two" else "not that one; " * 12

    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        screen = app.screen
        assert isinstance(screen, hand.PanelScreen)
        choices = [(name, f"about {name}") for name in ("one", "two", "three")]
        screen.ask("CHOOSE", "one of three", take, choices)
        await hand.press(pilot, "down", "tab", "enter")
        assert taken == ["two"] and "not that one" in hand.text(app)
        await hand.press(pilot, "up", "up", "tab", "enter")
        assert taken == ["two", "three"] and screen.dialog is None
        screen.ask("CHOOSE", "one of three", take, choices)
        await hand.settle(pilot)
        await pilot.click("#tail", offset=(4, 1))
        await hand.settle(pilot)
        assert taken[-1] == "one" and screen.dialog is None


async def test_a_click_beside_the_dialog_closes_it_and_does_nothing_else() -> None:
    """The timeline under an open dialog is no button."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "g")
        assert "esc back" in hand.text(app)
        await pilot.click("#scrubber", offset=(10, 1))
        await hand.settle(pilot)
        assert "GO TO" not in hand.text(app) and app.snapshot.elapsed_s == 4323.0


async def test_letters_in_a_dialog_are_letters() -> None:
    """While a line is typed, q does not quit, space does not pause and the arrows do not seek."""
    session = hand.Hand()
    app = hand.app(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "g", "q", "space", "m", "left", "home", "end", "question_mark")
        assert "q m?" in hand.text(app) and session.clock.paused
        assert app.snapshot.elapsed_s == 4323.0
        await hand.press(pilot, "escape")
        assert "q m?" not in hand.text(app)


async def test_an_empty_line_without_choices_is_no_answer() -> None:
    """Enter on nothing closes the dialog."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(80, 24)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "g", "enter")
        assert "GO TO" not in hand.text(app)
