"""tracker.ui.screens.race: all panels, or one of them alone."""

from __future__ import annotations

import pytest

from tests.ui import hand
from tracker.ui.screens.race import NUMBERED, RaceScreen


def race(app: hand.PacelineApp) -> RaceScreen:
    """The race screen."""
    assert isinstance(app.screen, RaceScreen)
    return app.screen


async def test_a_number_chooses_its_panel() -> None:
    """`1` to `6` choose a panel, `z` gives it the screen and takes it back, `esc` chooses none."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for number, name in enumerate(NUMBERED, 1):
            await hand.press(pilot, str(number))
            assert race(app).look.focus == name
            await hand.press(pilot, "z")
            assert race(app).alone == name
            await hand.press(pilot, "z")
            assert race(app).alone == ""
            await hand.press(pilot, "escape")
            assert race(app).look.focus == ""


async def test_z_fills_the_screen_with_one_panel() -> None:
    """Maximised, splits show every mark so far, and the other panels are gone until `esc`."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        all_panels = hand.text(app)
        assert "14:10   14:10" not in all_panels
        await hand.press(pilot, "2", "z")
        alone = hand.text(app)
        assert "14:10   14:10" in alone and "THE ROAD" not in alone
        assert "1:12:03" in alone.splitlines()[0]
        await hand.press(pilot, "escape", "escape")
        assert hand.text(app) == all_panels


async def test_a_panel_without_room_is_shown_alone() -> None:
    """At 80 by 24 there are no rows for splits: `2` gives them the screen, `esc` takes it back."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(80, 24)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "2")
        assert race(app).alone == "splits" and "SPLITS" in hand.text(app)
        await hand.press(pilot, "5")
        assert race(app).alone == "happened" and "WHAT HAPPENED" in hand.text(app)
        await hand.press(pilot, "escape")
        assert race(app).alone == ""


@pytest.mark.parametrize(("size", "hidden"), [((120, 36), set()), ((80, 24), {"splits", "happened"})])
async def test_tab_goes_round_the_panels_that_are_shown(size: tuple[int, int], hidden: set[str]) -> None:
    """tab visits the panels as they are numbered, shift and tab the other way, and none that has no cells."""
    app = hand.app(hand.Hand())
    shown = [name for name in NUMBERED if name not in hidden]
    async with app.run_test(size=size) as pilot:
        await hand.ready(pilot)
        seen = []
        for _ in (*shown, "again"):
            await hand.press(pilot, "tab")
            seen.append(race(app).look.focus)
        assert seen == [*shown, shown[0]]
        await hand.press(pilot, "shift+tab")
        assert race(app).look.focus == shown[-1]


async def test_a_click_chooses_a_panel() -> None:
    """The mouse chooses like the numbers do."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await pilot.click("#road", offset=(5, 2))
        await hand.settle(pilot)
        assert race(app).look.focus == "road"
