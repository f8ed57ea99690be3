"""tracker.ui.screens.compare: beside a ghost."""

from __future__ import annotations

from dataclasses import replace

from tests.draw import scenes
from tests.ui import hand
from tests.ui.screens.test_field import Kept
from tracker.race.plan import even


async def test_the_ghost_is_beside_the_runner_and_can_be_swapped() -> None:
    """`c` shows both, `r` offers another ghost, `x` opens the ghost's race with this one as its ghost, `esc` goes back."""
    session = hand.Hand(lambda _elapsed, _plan: scenes.with_ghost())
    opened = hand.Opening()
    app = hand.app(session, opening=opened)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        session.wish = hand.Wish(ghost="berlin-2018")
        await hand.press(pilot, "c")
        assert "GAP TO THE GHOST" in hand.text(app)
        await hand.press(pilot, "r")
        assert "breaking2-2017" in hand.text(app)
        await hand.press(pilot, "escape", "escape")
        assert app.screen.id == "race"
        await hand.press(pilot, "c", "x")
        await hand.until(pilot, lambda: app.screen.id == "compare" and app.desk.session is not session)
        name, wish = opened.asked[-1]
        assert (name, wish.ghost, wish.at) == ("berlin-2018", "vienna-2019", "1:12:03")


async def test_others_of_the_race_are_added_and_taken_away() -> None:
    """`c` asks whom where nobody is compared yet, `a` adds one and takes one away; there is nothing to swap."""
    app = Kept(at="1:43:00").app()
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "c")
        assert "COMPARE WITH" in hand.text(app)
        await hand.press(pilot, *"kipruto", "enter")
        await hand.until(pilot, lambda: app.screen.id == "compare" and "GAP TO KIPRUTO" in hand.text(app))
        assert "x swap" not in hand.text(app)
        await hand.press(pilot, "a", *"abdi", "enter")
        await hand.until(pilot, lambda: "CHANCE OF BEING AHEAD" in hand.text(app))
        await hand.press(pilot, "a", *"kipruto", "enter")
        await hand.until(pilot, lambda: "GAP TO ABDI" in hand.text(app))
        await hand.press(pilot, "a", *"nobody", "enter")
        assert "is not in this race" in hand.text(app)


async def test_a_swap_keeps_what_the_viewer_had() -> None:
    """A swap stays on the compare screen, at the same thousandth, standing or not; swapped back, the target is there."""
    session = hand.Hand(lambda elapsed, plan: replace(scenes.with_ghost(), elapsed_s=elapsed, plan=plan), at=4322.957)
    opened = hand.Opening()
    app = hand.app(session, opening=opened)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        session.wish = hand.Wish(ghost="berlin-2018")
        session.timeline.wanted = replace(session.timeline.wanted, target=even("1:59:30", 42195.0, 7170.0))
        session.clock.wake()
        await hand.until(pilot, lambda: app.snapshot.plan is not None and app.snapshot.plan.name == "1:59:30")
        await hand.press(pilot, "c", "x")
        await hand.until(pilot, lambda: app.desk.session is not session and app.screen.id == "compare")
        name, wish = opened.asked[-1]
        assert (name, wish.at, wish.target, wish.ghost) == ("berlin-2018", "1:12:02.957", "", "vienna-2019")
        other = app.desk.session
        assert other is not None and other.clock.paused
        other.opened.name, other.wish = "berlin-2018", wish  # type: ignore[misc] # a hand-made one
        await hand.press(pilot, "space", "x")
        await hand.until(pilot, lambda: len(opened.asked) == 2 and app.screen.id == "compare")
        assert (opened.asked[-1][0], opened.asked[-1][1].target) == ("vienna-2019", "1:59:30")
