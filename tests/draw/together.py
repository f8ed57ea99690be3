"""Comparisons made by hand for the drawing tests: four in Chicago, as far as the race has come."""

from __future__ import annotations

from functools import lru_cache

from feeds.address import open_address
from tracker.race.snapshot import Snapshot, Together
from tracker.session import Session, Wish


@lru_cache(maxsize=16)
def compared(at: str = "1:43:00", others: str = "kipruto,abdi,hassan", ghost: str = "") -> Snapshot:
    """Kiptum and others in Chicago 2023."""
    session = Session(open_address("chicago-2023"), Wish(at=at, compare=others, ghost=ghost))
    session.load()
    return session.take()


def both(snapshot: Snapshot) -> Together:
    """Those who are compared."""
    assert snapshot.together is not None
    return snapshot.together
