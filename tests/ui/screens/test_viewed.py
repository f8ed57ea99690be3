"""tracker.ui.screens.viewed: the timeline, the course, targets and the copy of a moment."""

from __future__ import annotations

import pytest

from tests.draw import scenes
from tests.ui import hand
from tests.ui.screens.test_field import Kept
from tracker.draw import course, scrubber
from tracker.race.snapshot import Mark
from tracker.ui.screens.timed import ASK_END


def cell_of(app: hand.PacelineApp, panel: str, id: str) -> int:
    """A cell of the timeline or the course on which a mark is drawn."""
    at = scrubber.mark_at if panel == "scrubber" else course.mark_at
    width = app.screen.query_one(f"#{panel}").size.width
    cells = []
    for x in range(width):
        found = at(app.snapshot, x, width)
        if found is not None and (found.checkpoint if isinstance(found, Mark) else found).id == id:
            cells.append(x)
    return cells[len(cells) // 2]


MARKS = (
    ("scrubber", "10km", 1700.0),
    ("scrubber", "25km", 4259.0),
    ("course", "15km", 2554.0),
    ("course", "30km", 5111.0),
)


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_a_click_on_a_mark_goes_there(size: tuple[int, int]) -> None:
    """A mark on the timeline or a mat of the course is a button to the moment it was passed."""
    session = hand.Hand()
    app = hand.app(session)
    async with app.run_test(size=size) as pilot:
        await hand.ready(pilot)
        for panel, id, elapsed_s in MARKS:
            session.playback.seek(4323.0)
            await hand.until(pilot, lambda: app.snapshot.elapsed_s == 4323.0)
            await pilot.click(f"#{panel}", offset=(cell_of(app, panel, id), 1))
            await hand.settle(pilot)
            assert session.clock.now() - scenes.GUN_S == elapsed_s, (panel, id)


async def test_a_click_beside_the_marks_goes_to_that_time() -> None:
    """The timeline is to scale: its middle is half of the target."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        width = app.screen.query_one("#scrubber").size.width
        await pilot.click("#scrubber", offset=(33, 1))
        wanted = scrubber.time_at(scenes.MIDDLE, 33, width)
        await hand.until(pilot, lambda: abs((app.snapshot.elapsed_s or 0) - wanted) < 0.001)


async def test_a_click_on_the_finish_to_come_asks_first() -> None:
    """The finish on the course is no shortcut to the result."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await pilot.click("#course", offset=(app.screen.query_one("#course").size.width - 1, 1))
        await hand.settle(pilot)
        assert ASK_END in hand.text(app) and app.snapshot.elapsed_s == 4323.0


async def test_a_click_on_the_footer_is_the_key() -> None:
    """`← →` in the footer are two buttons."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        row = hand.text(app).splitlines()[-1]
        left = row.index("←") - app.screen.query_one("#footer").region.x
        await pilot.click("#footer", offset=(left, 0))
        await hand.until(pilot, lambda: app.snapshot.elapsed_s == 4313.0)
        await pilot.click("#footer", offset=(left + 2, 0))
        await hand.until(pilot, lambda: app.snapshot.elapsed_s == 4323.0)


async def test_go_to_a_place_or_be_told_what_is_wrong() -> None:
    """`g` takes a moment as people write it; what it cannot read gives a line in the dialog, which stays."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "g", *"nowhere", "enter")
        assert "'nowhere' is no moment of this race" in hand.text(app)
        assert app.snapshot.elapsed_s == 4323.0
        await hand.press(pilot, *["backspace"] * 7)
        assert "is no moment" not in hand.text(app)
        await hand.press(pilot, *"30km", "enter")
        await hand.until(pilot, lambda: app.snapshot.elapsed_s == 5111.0)
        assert "GO TO" not in hand.text(app)


async def test_another_target_is_chosen_or_typed() -> None:
    """`t` offers the race's own targets and takes any time; what is no target is said in place."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "t", "down", "enter")
        assert "GAP TO LASER ANNOUNCED" in hand.text(app).upper()
        await hand.press(pilot, "t", *"quick", "enter")
        assert "quick" in hand.text(app) and "TARGET" in hand.text(app)
        await hand.press(pilot, "escape", "t", *"1:59:30", "enter")
        assert "GAP TO 1:59:30" in hand.text(app)


async def test_y_copies_the_command_and_the_line() -> None:
    """`y` puts the command that shows this moment again, and its line of text, on the clipboard, and says so."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "y")
        command, line = app.clipboard.splitlines()
        assert command == "paceline replay vienna-2019 --at=1:12:03"
        assert "Kipchoge" in line and "1:12:03" in line
        assert f"copied: {command}" in hand.text(app)


async def test_keys_before_the_race_is_read_do_no_harm() -> None:
    """Every key may be pressed on the first frame, before anything is known but the race's name."""
    session = hand.Hand()
    app = hand.app(session)
    session.load = lambda _progress=None: (_ for _ in ()).throw(ValueError("held back"))  # type: ignore[method-assign,assignment] # the race is never read
    async with app.run_test(size=(120, 36)) as pilot:
        app.workers.cancel_all()
        for key in ("right", "n", "p", "home", "end", "end", "g", "escape", "t", "escape", "y", "u", "m", "escape"):
            await hand.press(pilot, key)
        await hand.settle(pilot)
        assert app.fault is None


async def test_a_moment_is_copied_only_once_the_race_is_read() -> None:
    """The very first key may be `y`."""
    app = Kept().app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("y")
        await hand.settle(pilot)
        assert app.fault is None and (app.desk.session is None or "read" in hand.text(app) or app.desk.session.loaded)


async def test_a_click_past_the_end_of_a_recording_asks_first() -> None:
    """Where the race is over by the time that was clicked, the timeline asks twice as the finish mat does."""
    session = hand.Hand()
    session.opened.name = "berlin-2018"  # type: ignore[misc] # a hand-made one
    app = hand.app(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        last = (app.screen.query_one("#scrubber").size.width - 1, 1)
        await pilot.click("#scrubber", offset=last)
        await hand.settle(pilot)
        assert ASK_END in hand.text(app) and session.clock.now() - scenes.GUN_S == 4323.0
        await pilot.click("#scrubber", offset=last)
        await hand.until(pilot, lambda: "FINISHED" in hand.text(app))
        await pilot.click("#scrubber", offset=(33, 1))
        await hand.until(pilot, lambda: app.snapshot.phase == "running")


async def test_y_copies_the_units_too() -> None:
    """A moment seen in miles is shown again in miles."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "u", "y")
        assert app.clipboard.splitlines()[0] == "paceline replay vienna-2019 --at=1:12:03 --units=mi"
