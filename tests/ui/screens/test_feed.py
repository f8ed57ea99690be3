"""tracker.ui.screens.feed: what came, as it came."""

from __future__ import annotations

from dataclasses import replace

from tests.draw.test_feed import LIVE, MESSAGES, message
from tests.ui import hand
from tracker.draw.wire import Wire
from tracker.ui.screens.feed import FeedScreen


class Wired(hand.Hand):
    """A session whose feed says what it is told to."""

    says = LIVE

    def wire(self) -> Wire:
        """As told."""
        return self.says


def newest(app: hand.PacelineApp) -> str:
    """The first message on the screen."""
    lines = hand.text(app).split("\n")
    return lines[next(y for y, line in enumerate(lines) if "MESSAGES" in line) + 1]


async def test_i_shows_the_feed_and_takes_it_away() -> None:
    """`i` opens it at any size, `i` and `esc` close it."""
    app = hand.app(Wired())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for size in ((120, 36), (80, 24), (40, 24), (20, 5)):
            await pilot.resize_terminal(*size)
            await hand.settle(pilot)
            race = hand.text(app)
            for close in ("i", "escape"):
                await hand.press(pilot, "i")
                assert isinstance(app.screen, FeedScreen)
                assert size[0] < 40 or ("MESSAGES" in hand.text(app) and "LIVE" in hand.text(app))
                await hand.press(pilot, close)
                assert hand.text(app) == race


async def test_older_messages_are_a_key_away() -> None:
    """`j` goes to older ones, `k` back, no further than there are any."""
    app = hand.app(Wired())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "i", "k")
        assert MESSAGES[0].text in newest(app)
        await hand.press(pilot, "j", "j")
        assert MESSAGES[2].text in newest(app)
        await hand.press(pilot, *["pagedown"] * 9)
        assert MESSAGES[-1].text in hand.text(app)
        await hand.press(pilot, *["pageup"] * 9)
        assert MESSAGES[0].text in newest(app)


async def test_what_is_being_read_stays_when_a_message_comes() -> None:
    """The newest one is on top until somebody scrolls; from then on what is read does not move."""
    session = Wired()
    app = hand.app(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "i")
        for scrolled, expected in ((0, message(61)), (3, MESSAGES[2])):
            session.says = LIVE
            await hand.press(pilot, *["j"] * scrolled)
            session.says = replace(LIVE, messages=(message(61), *MESSAGES))
            screen = app.screen
            assert isinstance(screen, FeedScreen)
            screen.follow()
            await hand.settle(pilot)
            assert expected.text in newest(app)
