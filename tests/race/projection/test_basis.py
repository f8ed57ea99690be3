"""tracker.race.projection.basis: which population everybody of a field is of."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.race.projection.made import MARATHON, MODEL
from tracker.race.projection.basis import Basis
from tracker.race.projection.choose import choose_kind
from tracker.race.projection.model import Kind


@given(st.lists(st.floats(100, 500), max_size=20), st.booleans(), st.sampled_from([None, "mass", "elite", "paced"]))
def test_everybody_is_of_one_population(paces: list[float], paced: bool, asked: Kind | None) -> None:
    """The one that a single runner of that pace is taken for; nobody twice, nobody left out."""
    found: list[str] = [""] * len(paces)
    for who, mixture in Basis(MODEL, MARATHON, asked, paced).populations(np.array(paces)):
        for n in np.flatnonzero(who).tolist():
            assert not found[n]
            found[n] = mixture.kind
    assert found == [choose_kind(asked, paced=paced, paces_s_per_km=[pace]) for pace in paces]


def test_nobody_needs_no_population() -> None:
    """An empty field has none."""
    assert not list(Basis(MODEL, MARATHON).populations(np.zeros(0)))


@pytest.mark.parametrize("asked", ["mass", "elite"])
def test_what_was_asked_for_stands_above_all(asked: Kind) -> None:
    """However fast they are."""
    ((who, mixture),) = Basis(MODEL, MARATHON, asked).populations(np.array([110.0, 180.0, 400.0]))
    assert who.all() and mixture.kind == asked
