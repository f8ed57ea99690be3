"""tracker.ui.messages: states are coalesced, wishes are not."""

from __future__ import annotations

from tests.draw import scenes
from tracker.session import Wish
from tracker.ui.messages import RaceChosen, SnapshotTaken


def test_only_a_newer_state_replaces_a_state() -> None:
    """A snapshot that waits gives way to the next one; nothing else gives way to it, nor it to anything else."""
    state, wish = SnapshotTaken(scenes.MIDDLE), RaceChosen("berlin-2018", Wish())
    assert SnapshotTaken(scenes.PAUSED).can_replace(state)
    assert not state.can_replace(wish)
    assert not wish.can_replace(state)
