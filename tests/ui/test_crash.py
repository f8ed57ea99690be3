"""tracker.ui.crash: one clear line, no values, the terminal as it was."""

from __future__ import annotations

import pytest

from tests.ui import hand
from tracker.race.plan import Plan
from tracker.race.snapshot import Snapshot
from tracker.ui.crash import told

SECRET = "token-5e3cr3t"


def fault() -> Exception:
    """A fault with a secret in its text and in a local."""
    hidden = SECRET
    try:
        raise KeyError(hidden)
    except KeyError as error:
        return error


def test_a_fault_is_one_line_without_values() -> None:
    """The kind of fault and where it happened; nothing of what it says, which may quote a feed."""
    line = told(fault())
    assert "KeyError" in line and "test_crash.py line" in line
    assert SECRET not in line and "\n" not in line


async def test_a_fault_ends_the_screen_with_code_one(capsys: pytest.CaptureFixture[str]) -> None:
    """A drawing that raises ends the app; nothing of its locals is printed."""

    def frame(elapsed_s: float, plan: Plan | None) -> Snapshot:
        if elapsed_s:
            raise KeyError(SECRET)
        return hand.scenes.vienna(elapsed_s, plan)

    app = hand.app(hand.Hand(frame))
    with pytest.raises(BaseException) as caught:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause(0.2)
    assert SECRET in str(caught.value) or SECRET in str(caught.value.__cause__)
    assert app.return_code == 1 and isinstance(app.fault, KeyError)
    printed = capsys.readouterr()
    assert SECRET not in printed.out + printed.err
