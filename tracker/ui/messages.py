"""What is said between the session, the screens and the app: the whole vocabulary."""

from __future__ import annotations

from textual.message import Message

from tracker.race.snapshot import Snapshot
from tracker.session import Wish


class SnapshotTaken(Message):
    """The race as it stands now. A newer one replaces an older one that still waits."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self.snapshot = snapshot

    def can_replace(self, message: Message) -> bool:
        """Only the newest state matters."""
        return isinstance(message, SnapshotTaken)


class RaceChosen(Message):
    """Somebody wants to see another race: a shipped one's name or a file, with what they wish of it.

    `paused`: standing still. `show`: the screen to be opened over it once it is read.
    """

    def __init__(self, name: str, wish: Wish, *, paused: bool = False, show: str = "") -> None:
        super().__init__()
        self.name = name
        self.wish = wish
        self.paused = paused
        self.show = show


class GhostChosen(Message):
    """Another ghost beside the race; reading it takes a moment."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
