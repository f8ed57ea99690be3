"""tracker.ui.screens.help: every key, explained."""

from __future__ import annotations

import pytest

from tests.ui import hand
from tracker.ui.keys import LIBRARY_KEYS, RACE_KEYS, available


async def test_help_explains_every_key() -> None:
    """Every key of the race screen is on the page with its words; those of live feeds and fields only where there is one."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 50)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "question_mark")
        page = hand.text(app)
        for command in RACE_KEYS:
            there = command.section != "LIVE" and command in available(RACE_KEYS, app.snapshot)
            assert (command.says in page and command.key.keys in page) == there
        await hand.press(pilot, "question_mark")
        assert app.screen.id == "race"


async def test_a_page_too_long_for_the_screen_can_be_scrolled() -> None:
    """At 40 by 12 the last line comes into sight, and scrolling further does nothing."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(40, 12)) as pilot:
        await hand.ready(pilot)
        app.action_show("help")
        await hand.settle(pilot)
        first = hand.text(app)
        await hand.press(pilot, *["pagedown"] * 8)
        last = hand.text(app)
        assert first != last and "search" not in first
        await hand.press(pilot, "j")
        assert hand.text(app) == last
        await hand.press(pilot, "k")
        assert hand.text(app) != last


@pytest.mark.parametrize("size", [(40, 24), (80, 24), (109, 30), (120, 36), (200, 60)])
async def test_nothing_on_the_page_is_cut(size: tuple[int, int]) -> None:
    """At every size each line of help is there to its last word; what has no room goes on in the next row."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=size) as pilot:
        await hand.ready(pilot)
        app.action_show("help")
        await hand.settle(pilot)
        pages = [hand.text(app)]
        for _ in range(60):
            await hand.press(pilot, "j", answered_s=0)
            pages.append(hand.text(app))
        assert not any("…" in line.replace("1 … 6", "") for page in pages for line in page.splitlines())
        words = " ".join(" ".join(pages).split())
        for command in (*available(RACE_KEYS, app.snapshot), *LIBRARY_KEYS):
            if command.section in ("TIME", "PANELS", "VIEWS", "LIBRARY"):
                assert all(word in words for word in command.says.split()), command.says
