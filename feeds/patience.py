"""The transports' own waiting: naps that can be cut short, and the event loop's time. Nothing else in `feeds` waits."""

from __future__ import annotations

import asyncio
from contextlib import suppress


def now() -> float:
    """Seconds of the event loop's monotonic clock."""
    return asyncio.get_running_loop().time()


async def rest(seconds: float) -> None:
    """Wait, whoever wakes."""
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.Event().wait(), seconds)


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

    async def nap(self, seconds: float, least_s: float = 0.0) -> bool:
        """Wait; whether it was cut short. The first `least_s` are not ours to cut: somebody else asked for them."""
        bell = self._bell = asyncio.Event()
        if self._rung:
            bell.set()
        try:
            await rest(min(least_s, seconds))
            await asyncio.wait_for(bell.wait(), max(0.0, seconds - least_s))
        except TimeoutError:
            return False
        finally:
            self._bell, self._rung = None, False
        return True
