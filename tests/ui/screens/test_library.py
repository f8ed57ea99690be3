"""tracker.ui.screens.library: the shipped races, their results hidden."""

from __future__ import annotations

from feeds.shipped import shipped
from tests.draw import scenes
from tests.ui import hand


async def test_no_result_is_shown_until_it_is_asked_for() -> None:
    """Opened without a race, the library shows no result; `v` shows and hides one, `V` all."""
    app = hand.app()
    results = {race.name: race.result for race in shipped()}
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.settle(pilot)
        assert not [name for name, result in results.items() if result in hand.text(app)]
        await hand.press(pilot, "j", "v")
        assert results["breaking2-2017"] in hand.text(app) and results["vienna-2019"] not in hand.text(app)
        await hand.press(pilot, "v")
        assert results["breaking2-2017"] not in hand.text(app)
        await hand.press(pilot, "V")
        assert all(result in hand.text(app) for result in results.values())
        await hand.press(pilot, "V", "escape")
        assert not [name for name, result in results.items() if result in hand.text(app)]
        assert app.screen.id == "library"


async def test_search_narrows_and_enter_watches() -> None:
    """`/` makes letters the query's, `j` and `q` among them; enter opens what is found; esc clears."""
    opened = hand.Opening()
    app = hand.app(opening=opened)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.press(pilot, "slash", *"q")
        assert "no race matches" in hand.text(app)
        await hand.press(pilot, "enter")
        assert opened.asked == []
        await hand.press(pilot, "escape")
        assert "vienna-2019" in hand.text(app)
        await hand.press(pilot, "slash", *"kiptux", "backspace")
        assert "chicago-2023" in hand.text(app) and "vienna-2019" not in hand.text(app)
        await hand.press(pilot, "enter")
        await hand.until(pilot, lambda: app.screen.id == "race")
        assert [name for name, _ in opened.asked] == ["chicago-2023"]


async def test_a_click_chooses_and_a_second_one_opens() -> None:
    """The mouse does what the keys do."""
    opened = hand.Opening()
    app = hand.app(opening=opened)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.settle(pilot)
        y = next(y for y, row in enumerate(hand.text(app).splitlines()) if "berlin-2018" in row)
        await pilot.click("#books", offset=(4, y))
        assert "BERLIN-2018" in hand.text(app) and opened.asked == []
        await pilot.click("#books", offset=(4, y))
        await hand.until(pilot, lambda: app.screen.id == "race")
        assert [name for name, _ in opened.asked] == ["berlin-2018"]


async def test_a_watched_race_has_no_secret() -> None:
    """Once a race has been watched to its end the library shows its result."""
    app = hand.app(hand.Hand(at=7180.2))
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "L")
        assert "1:59:40.2" in hand.text(app)


async def test_c_sets_a_race_beside_the_one_on_show() -> None:
    """A race of the library becomes the ghost of the race on show; without one a line says what to do."""
    session = hand.Hand(lambda _elapsed, _plan: scenes.with_ghost())
    app = hand.app(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "L", "j", "j", "c")
        await hand.until(pilot, lambda: app.screen.id == "compare")
        assert session.ghosts == ["berlin-2018"]
    alone = hand.app()
    async with alone.run_test(size=(120, 36)) as pilot:
        await hand.press(pilot, "c")
        assert "no race is on show yet" in hand.text(alone)


async def test_a_library_with_nothing_behind_it_has_no_way_back() -> None:
    """Opened first it shows no `esc back`; over a race it does."""
    alone = hand.app()
    async with alone.run_test(size=(120, 36)) as pilot:
        await hand.settle(pilot)
        assert "enter watch" in hand.text(alone) and "esc back" not in hand.text(alone)
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "L")
        assert "esc back" in hand.text(app)
