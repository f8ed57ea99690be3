"""tracker.fieldnow: everybody at the moment on show."""

from __future__ import annotations

import numpy as np

from tests.race.made import fold, race, split, view
from tracker.fieldnow import FieldNow
from tracker.priors import shipped
from tracker.race.book import Wanted
from tracker.race.outlooks import LATE, ON, OVERDUE

WANTED = Wanted(model=shipped())
PLAIN = [race(), split("5km", 900.0, "a"), split("5km", 1000.0, "b")]


def test_before_anything_is_known_there_is_no_stand() -> None:
    """Without a model, a course or a clock nobody stands anywhere; nothing is pending then."""
    known = fold(PLAIN)
    now = FieldNow(known.field())
    assert now.stand is None and not now.pending
    assert now.take(known, view(known, 1000.0), Wanted()).stand is None
    assert now.take(known, view(known, 1000.0), WANTED).stand is not None


def test_forecasts_are_made_some_at_a_time() -> None:
    """Those that are not made yet are pending, and made the next time."""
    known = fold(PLAIN)
    now = FieldNow(known.field()).take(known, view(known, 1000.0), WANTED, most=1)
    assert now.pending
    assert not now.take(known, view(known, 1000.0), WANTED, most=1).pending


def test_a_lost_feed_makes_nobody_late_and_moves_nobody() -> None:
    """Silence counts up to the horizon, places up to the last contact."""
    known = fold(PLAIN)
    now, shown = FieldNow(known.field()), view(known, 3000.0)
    zero_s = shown.now_s - 3000.0
    live = now.take(known, shown, WANTED).stand
    assert live is not None and live.count(OVERDUE) == 2
    lost = Wanted(model=shipped(), horizon_s=zero_s + 1400.0, as_of_s=zero_s + 1400.0)
    then = now.take(known, shown, lost).stand
    assert then is not None and then.count(ON) == 2 and then.count(LATE) == 0
    assert np.nanmax(then.place_m) < 10_000
