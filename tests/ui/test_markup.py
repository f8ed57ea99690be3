"""Feed text in every widget: shown as it was written, never obeyed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.draw import scenes
from tests.ui import hand
from tracker.race.course import Checkpoint
from tracker.race.plan import Plan, even
from tracker.race.snapshot import Happening, Snapshot

NAMES = ("[@click=app.quit()]", "[link=file:///etc/passwd]\\[b]Müller [Team] $text[/]")


def hostile(text: str) -> hand.Frame:
    """Vienna with one text in every place that a feed can fill."""

    def frame(elapsed_s: float, plan: Plan | None) -> Snapshot:
        then = scenes.vienna(elapsed_s, plan)
        mats = tuple(Checkpoint(c.id, text, c.distance_m, c.type) for c in then.course.checkpoints)
        return replace(
            then,
            race=replace(then.race, name=text, place=text),
            runner=replace(then.runner, name=text),
            course=replace(then.course, checkpoints=mats),
            plans=(even(text, 42195.0, 7200.0), *then.plans),
            happened=(*then.happened, Happening("note", elapsed_s, text=text)),
            conditions=text,
            ghost=replace(scenes.with_ghost().ghost or pytest.fail(), race=replace(then.race, name=text)),
        )

    return frame


@pytest.mark.parametrize("text", NAMES)
async def test_markup_in_names_is_a_name(text: str) -> None:
    """On every screen and in every dialog hostile text stands as it was written; clicked, it does nothing."""
    app = hand.app(hand.Hand(hostile(text)))
    async with app.run_test(size=(160, 50)) as pilot:
        await hand.ready(pilot)
        assert text in hand.text(app).splitlines()[0]
        await pilot.click("#header", offset=(2, 0))
        await pilot.click("#happened", offset=(20, 1))
        await hand.press(pilot, "t", "escape", "c", "escape", "m", "escape", "?", "escape", "2", "z", "escape", "y")
        assert app.is_running and app.fault is None and app.screen.id == "race"
        await hand.press(pilot, "t")
        await hand.settle(pilot)
        assert text in hand.text(app)
        await pilot.click("#tail", offset=(3, 1))
        await hand.settle(pilot)
        assert app.is_running and app.fault is None


async def test_what_is_wrong_with_a_wish_is_no_markup_either() -> None:
    """A refusal that quotes what was typed is shown as text, in the dialog and in the footer."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "g", *"[/]", "enter")
        assert "'[/]' is no moment" in hand.text(app)
        await hand.press(pilot, "escape")
        app.notice("[@click=app.quit()]refused[/]")
        await hand.settle(pilot)
        assert "[@click=app.quit()]refused[/]" in hand.text(app)
        await pilot.click("#footer", offset=(25, 0))
        await hand.settle(pilot)
        assert app.is_running


async def test_the_longest_names_leave_every_column_in_place() -> None:
    """A name as long as the door lets in, and wide characters, move nothing: every row has the screen's width."""
    name = "王" * 31 + "é"
    app = hand.app(hand.Hand(hostile(name)))
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        assert {strip.cell_length for strip in app.screen._compositor.render_strips()} == {120}
