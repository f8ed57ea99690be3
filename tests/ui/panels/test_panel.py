"""tracker.ui.panels.panel: a drawing bound to the race's state."""

from __future__ import annotations

from dataclasses import replace

from tests.draw import scenes
from tests.ui import hand
from tracker.ui.messages import SnapshotTaken


async def test_a_thousand_snapshots_in_one_turn_are_drawn_once() -> None:
    """States are coalesced: however many come in one turn of the loop, the last one is on the screen."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for second in range(4400, 5400):
            app.post_message(SnapshotTaken(scenes.vienna(float(second))))
        await hand.settle(pilot)
        assert "1:29:59" in hand.text(app).splitlines()[0]


async def test_units_change_everywhere_at_once() -> None:
    """After `u` no panel speaks of kilometres."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(200, 60)) as pilot:
        await hand.ready(pilot)
        assert " km" in hand.text(app)
        await hand.press(pilot, "u")
        shown = hand.text(app)
        assert "/mi" in shown and "/km" not in shown and " km" not in shown
        await hand.press(pilot, "u")
        assert "/km" in hand.text(app)


async def test_an_ascii_screen_has_nothing_but_ascii() -> None:
    """With `--ascii` every cell of every screen is ASCII."""
    app = hand.app(hand.Hand(), look=replace(hand.DEFAULT, ascii=True))
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for keys in ((), ("m",), ("escape", "question_mark"), ("escape", "L"), ("escape", "g")):
            await hand.press(pilot, *keys)
            assert hand.text(app).isascii(), keys
