"""Receipts: what was said at every mark, and what came."""

from __future__ import annotations

from dataclasses import replace

from tests.race.made import shipped, until
from tracker.priors import shipped as priors
from tracker.race.book import Wanted
from tracker.race.receipts import receipts
from tracker.race.snapshot import Receipt


def test_vienna_has_a_receipt_for_every_forecast() -> None:
    """Nine of the finish, eight of the mat that came next; what was said of the finish is what the history shows."""
    told = until(shipped("vienna-2019"), 7200)
    wanted = Wanted(model=priors())
    basis = told.told("kipchoge", replace(wanted))
    soon, finish = receipts(basis)
    assert [receipt.at_m for receipt in finish] == [
        5000,
        10_000,
        15_000,
        20_000,
        21_000,
        25_000,
        30_000,
        35_000,
        40_000,
    ]
    assert all(receipt.came_s == 7180.2 for receipt in finish)
    history = told.snapshot((told.gun_s or 0.0) + 7180.2, wanted).projection.history
    assert [receipt.middle_s for receipt in finish] == [each.median_s for each in history if each.distance_m < 42_000]
    assert [(receipt.at_m, receipt.of_m) for receipt in soon][-1] == (35_000, 40_000)
    assert soon[0].came_s == 1700 and soon[0].held


def test_what_has_not_come_is_open() -> None:
    """In mid-race the finish is open, the mats behind are not."""
    told = until(shipped("vienna-2019"), 4323)
    soon, finish = receipts(told.told("kipchoge", Wanted(model=priors())))
    assert {receipt.held for receipt in finish} == {None}
    assert None not in {receipt.held for receipt in soon}


def test_a_band_is_missed_on_either_side() -> None:
    """The ends are in it."""
    band = Receipt(0, 1, 10.0, 11.0, 12.0)
    assert [replace(band, came_s=s).held for s in (9.9, 10.0, 12.0, 12.1)] == [False, True, True, False]


def test_without_a_projection_there_are_none() -> None:
    """Nothing was said."""
    assert receipts(None) == ((), ())
