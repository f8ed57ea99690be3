"""Providers' answers: each shipped profile makes events and refusals of whatever comes."""

from __future__ import annotations

import json

from feeds.feed import Delivery
from feeds.profiles.model import shipped_profiles
from feeds.profiles.reader import ProfileReader
from feeds.reading import Rejection
from tests.feeds.profiles.made import ATHLINKS, CSV, MIKA, RACERESULT, ROWS
from tests.fuzz.running import harmless, run

SEEDS = (
    *(json.dumps(body).encode() for body in ({"list": ROWS}, ROWS[0], RACERESULT, ATHLINKS)),
    MIKA.encode(),
    CSV.encode(),
)


def one(data: bytes) -> None:
    """One answer, read by all of them."""
    for profile in shipped_profiles():
        said = ProfileReader(profile, {}).read(Delivery(data, 1, 1.0))
        for event in said if isinstance(said, tuple) else (said,):
            assert not isinstance(event, Rejection) or harmless(str(event))


if __name__ == "__main__":
    run(one, SEEDS)
