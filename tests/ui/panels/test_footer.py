"""tracker.ui.panels.footer: keys that can be clicked, and a line now and then."""

from __future__ import annotations

from tests.ui import hand
from tracker.ui.panels.footer import Footer


async def test_every_word_of_every_key_is_where_it_is_clicked() -> None:
    """A click on a word of the footer finds the key that is written there, and which of its words."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for size in ((120, 36), (80, 24), (60, 24)):
            await pilot.resize_terminal(*size)
            await hand.settle(pilot)
            foot = app.screen.query_one(Footer)
            row = hand.text(app).splitlines()[-1][foot.region.x :]
            at = row.index("p n")
            key, word = foot.pressed(at) or (None, 0)
            assert key is not None and key.action == "split" and word == 0
            assert foot.pressed(at + 2) == (key, 1)
            assert foot.pressed(row.index("split")) == (key, len(key.shown(size[0] < 100).split()))
            assert foot.pressed(at - 1) is None


async def test_a_notice_takes_the_row_and_gives_it_back() -> None:
    """A line for the reader stands where the keys are, and no key can be clicked under it."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(80, 24)) as pilot:
        await hand.ready(pilot)
        foot = app.screen.query_one(Footer)
        foot.notice = "[b]Müller[/b]"
        await hand.settle(pilot)
        assert hand.text(app).splitlines()[-1].strip() == "[b]Müller[/b]"
        assert foot.pressed(0) is None
        foot.notice = ""
        await hand.settle(pilot)
        assert hand.text(app).splitlines()[-1].endswith("q quit")
