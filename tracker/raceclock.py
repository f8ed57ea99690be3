"""The race's own time: that of the last heartbeat, run on; without heartbeats the instant of receipt itself.

So a race of 2019 that is served again today has its clock. Received instants are POSIX seconds that never jump.
"""

from __future__ import annotations

SAME_RACE_S = 600.0
"""A heartbeat further back than this is another time altogether; one nearer is a server that started again."""


class RaceClock:
    """From when something was received to the race's axis. `rate`: race seconds a second."""

    def __init__(self) -> None:
        self.rate = 1.0
        self.told = False
        self._at_s = self._received_s = 0.0
        self._latest_s = 0.0

    def hear(self, at_s: float, rate: float, received_s: float) -> None:
        """Take a heartbeat: the race's time `at_s`, when it was received."""
        before = self.at(received_s)
        again = self.told and 0 < before - at_s <= SAME_RACE_S
        self.told, self.rate = True, rate
        self._at_s, self._received_s = at_s, received_s
        self._latest_s = before if again else at_s

    def at(self, received_s: float) -> float:
        """The race's time at an instant of receipt; it stands rather than go back."""
        if not self.told:
            return received_s
        return max(self._latest_s, self._at_s + (received_s - self._received_s) * self.rate)
