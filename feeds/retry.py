"""When to try again: policy as values. Rule: nothing here waits or knows a transport."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

FIRST_S, MOST_S = 1.0, 60.0
LONGEST_RETRY_AFTER_S = 300.0


class Trouble(Exception):
    """A link that broke, or never came to be. The text is one clear line, without secrets.

    `code` is the exit code of screens.md; `permanent`: trying again makes no sense; `after_s`: what the server asked
    for in Retry-After.
    """

    def __init__(self, why: str, *, code: int = 5, permanent: bool = False, after_s: float | None = None) -> None:
        super().__init__(why)
        self.code = code
        self.permanent = permanent
        self.after_s = after_s


class Finished(Exception):
    """The source has said that nothing more will come."""


def delays(uniform: Callable[[float, float], float] = random.uniform) -> Iterator[float]:
    """Seconds to wait before each attempt: full jitter under a ceiling that doubles from 1 s to 60 s."""
    ceiling = FIRST_S
    while True:
        yield uniform(0.0, ceiling)
        ceiling = min(2 * ceiling, MOST_S)


def wait_s(trouble: Trouble, delay_s: float) -> float:
    """How long to wait now: what the server asked for, at most five minutes, never less than the back-off."""
    return max(delay_s, min(trouble.after_s or 0.0, LONGEST_RETRY_AFTER_S))
