"""tracker.ui.screens.timed: every key that moves the clock."""

from __future__ import annotations

import pytest

from tests.draw.scenes import GUN_S
from tests.ui import hand
from tracker.ui.screens.timed import ASK_END

START_S = 4323.0


MOVES = (
    (["right"], START_S + 10), (["l"], START_S + 10), (["left"], START_S - 10), (["h"], START_S - 10),
    (["shift+right"], START_S + 60), (["shift+left"], START_S - 60),
    (["n"], 5111.0), (["right_square_bracket"], 5111.0), (["p"], 4259.0), (["left_square_bracket"], 4259.0),
    (["p", "p"], 3575.0), (["home"], 0.0), (["n", "n", "p"], 5111.0),
)  # fmt: skip


@pytest.mark.parametrize("screen", ["race", "map", "compare"])
async def test_keys_move_time_alike_on_every_view(screen: str) -> None:
    """Seconds, minutes, splits and the start: the same keys move the same way wherever the race is looked at."""
    session = hand.Hand(at=START_S)
    app = hand.app(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        app.action_show(screen)
        await hand.settle(pilot)
        for keys, elapsed_s in MOVES:
            session.playback.seek(START_S)
            await hand.press(pilot, *keys)
            assert session.clock.now() - GUN_S == elapsed_s, keys
        await hand.until(pilot, lambda: app.snapshot.elapsed_s == MOVES[-1][1])


async def test_speed_and_pause() -> None:
    """`+` and `-` step the rate, `0` runs as it was run, `space` pauses and goes on; the chip says which."""
    session = hand.Hand()
    app = hand.app(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for key, rate in (("plus", 2), ("equals_sign", 4), ("minus", 2), ("0", 1), ("minus", 0.5)):
            await hand.press(pilot, key)
            assert session.clock.rate == rate
        assert "PAUSED" in hand.text(app)
        await hand.press(pilot, "space")
        await hand.until(pilot, lambda: "REPLAY 0.5×" in hand.text(app))
        await hand.press(pilot, "space")
        await hand.until(pilot, lambda: "PAUSED" in hand.text(app))


async def test_the_end_is_shown_only_when_asked_twice() -> None:
    """One End asks, a second one shows; nothing of the result is on the screen before that."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "end")
        assert ASK_END in hand.text(app) and "1:59:40" not in hand.text(app)
        await hand.press(pilot, "end")
        await hand.until(pilot, lambda: "FINISHED" in hand.text(app))
        assert "play again" in hand.text(app)
        await hand.press(pilot, "home")
        await hand.until(pilot, lambda: app.snapshot.elapsed_s == 0.0)


async def test_enter_goes_to_a_gun_that_is_still_to_come() -> None:
    """Before the gun `enter` goes there and the footer says so; after it, it does nothing."""
    app = hand.app(hand.Hand(at=-250.0))
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        assert "enter to the gun" in hand.text(app)
        await hand.press(pilot, "enter")
        await hand.until(pilot, lambda: app.snapshot.elapsed_s == 0.0)
        await hand.press(pilot, "n", "enter")
        await hand.until(pilot, lambda: app.snapshot.elapsed_s == 850.0)


@pytest.mark.parametrize("between", ["left", "f8", "plus"])
async def test_only_the_question_just_asked_is_answered(between: str) -> None:
    """Whatever is pressed or clicked after the question takes it back: the next End asks again."""
    session = hand.Hand()
    app = hand.app(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        await hand.press(pilot, "end", between)
        assert ASK_END not in hand.text(app)
        await hand.press(pilot, "end")
        assert ASK_END in hand.text(app) and app.snapshot.phase == "running"
        await pilot.click("#scrubber", offset=(33, 1))
        await hand.settle(pilot)
        assert ASK_END not in hand.text(app)
        await hand.press(pilot, "end")
        assert ASK_END in hand.text(app) and app.snapshot.phase == "running"


async def test_the_palette_asks_twice_as_well() -> None:
    """What is typed into a dialog is no answer: the end can be asked for by its words, twice."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for _ in range(2):
            assert app.snapshot.phase == "running"
            await hand.press(pilot, "ctrl+p", *"to the end", "enter")
        await hand.until(pilot, lambda: "FINISHED" in hand.text(app))


async def test_a_standing_race_says_its_new_speed() -> None:
    """While PAUSED stands in the header, `+`, `-` and `0` say in the footer how fast it will go on."""
    session = hand.Hand()
    app = hand.app(session)
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for key, said in (("plus", "speed 2×"), ("plus", "speed 4×"), ("0", "speed 1×"), ("minus", "speed 0.5×")):
            await hand.press(pilot, key)
            assert said in hand.text(app).splitlines()[-1]
        await hand.press(pilot, "space", "plus")
        assert "speed 1×" not in hand.text(app)
