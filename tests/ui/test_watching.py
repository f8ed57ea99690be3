"""tracker.ui.watching: which race is on, and what happens when one cannot be read."""

from __future__ import annotations

from feeds.feed import FeedError
from tests.ui import hand
from tracker.session import Session, Wish
from tracker.ui.messages import RaceChosen


class Unreadable(hand.Hand):
    """A session whose source is broken."""

    def load(self, progress: object = None) -> None:
        """Refuse."""
        raise FeedError("no message of a split feed in it", 1)


class Broken(hand.Opening):
    """Opens what cannot be read."""

    def made(self) -> Session:
        """The broken session."""
        return Unreadable()


async def test_the_race_asked_for_ends_the_program_if_it_cannot_be_read() -> None:
    """What was named on the command line and cannot be read is told by whoever started the screen."""
    app = hand.app(Unreadable())
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(100):
            await pilot._wait_for_screen()
            if app.unreadable is not None:
                break
    assert isinstance(app.unreadable, FeedError)


async def test_a_race_chosen_later_leaves_the_one_before() -> None:
    """What cannot be read gives one line; the race that was on goes on."""
    session = hand.Hand()
    app = hand.app(session, opening=Broken())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        app.post_message(RaceChosen("broken", Wish()))
        await hand.until(pilot, lambda: "no message of a split feed" in hand.text(app))
        assert app.desk.session is session and app.screen.id == "race"
        await hand.press(pilot, "right")
        await hand.until(pilot, lambda: app.snapshot.elapsed_s == 4333.0)


async def test_from_the_library_a_refusal_stays_in_the_library() -> None:
    """With no race on show there is none to go back to: the library says what is wrong."""
    app = hand.app(opening=Broken())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.press(pilot, "enter")
        await hand.until(pilot, lambda: app.screen.id == "library" and "no message of" in hand.text(app))
        assert app.desk.session is None


async def test_a_name_that_is_refused_at_once_changes_nothing() -> None:
    """A race that is not there gives one line where it was asked for."""
    app = hand.app(hand.Hand(), opening=hand.Opening(FeedError("no race is called nowhere", 3)))
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        app.post_message(RaceChosen("nowhere", Wish()))
        await hand.until(pilot, lambda: "no race is called nowhere" in hand.text(app))


async def test_a_ghost_that_cannot_be_read_gives_one_line() -> None:
    """The race goes on without it."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "c", *"nobody", "enter")
        await hand.until(pilot, lambda: "nobody is no shipped race" in hand.text(app))
        assert app.screen.id == "race"


async def test_every_screen_is_left_by_esc() -> None:
    """Whatever was opened over the race, `esc` shows the race again."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(80, 24)) as pilot:
        await hand.ready(pilot)
        for name in ("map", "compare", "library", "help"):
            for _ in range(2):
                app.action_show(name)
                await hand.settle(pilot)
            assert app.screen.id == name
            await hand.press(pilot, "escape")
            assert app.screen.id == "race"


async def test_from_the_library_to_a_race_and_back_as_often_as_one_likes() -> None:
    """Started without a race: the library that it was chosen in comes back over it, and goes to it again."""
    app = hand.app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.until(pilot, lambda: "LIBRARY" in hand.text(app))
        for _ in range(2):
            await pilot.press("enter")
            await hand.until(pilot, lambda: app.screen.id == "race")
            await pilot.press("L")
            await hand.until(pilot, lambda: app.screen.id == "library")
            await pilot.press("escape")
            await hand.until(pilot, lambda: app.screen.id == "race")
            await pilot.press("L")
            await hand.until(pilot, lambda: app.screen.id == "library")
        assert app.is_running and app.fault is None
