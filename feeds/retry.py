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


def asked_s(trouble: Trouble) -> float:
    """Seconds that the other side asked us to wait, at most five minutes."""
    return min(trouble.after_s or 0.0, LONGEST_RETRY_AFTER_S)


def least_s(trouble: Trouble) -> float:
    """Seconds before which nobody tries again, whoever wants it: what the other side asked for, and the first back-off."""
    return max(FIRST_S, asked_s(trouble))
