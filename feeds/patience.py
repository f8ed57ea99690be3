"""The transports' own waiting: naps that can be cut short, and the event loop's time. Nothing else in `feeds` waits."""

from __future__ import annotations

import asyncio


def now() -> float:
    """Seconds of the event loop's monotonic clock."""
    return asyncio.get_running_loop().time()


class Patience:
    """Naps between two attempts; `wake` ends the one that is on, or the next one."""

    def __init__(self) -> None:
        self._bell: asyncio.Event | None = None
        self._rung = False

    def wake(self) -> None:
        """Do not wait any longer. Called in the event loop's thread."""
        self._rung = True
        if self._bell is not None:
            self._bell.set()

    async def nap(self, seconds: float) -> bool:
        """Wait; whether it was cut short."""
        bell = self._bell = asyncio.Event()
        if self._rung:
            bell.set()
        try:
            await asyncio.wait_for(bell.wait(), seconds)
        except TimeoutError:
            return False
        finally:
            self._bell, self._rung = None, False
        return True
