"""Many moments at once keep the laws of one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.race.projection.test_moment import moments
from tracker.race.projection.moment import Moment, survival
from tracker.race.projection.moments import Moments, tail


def columns(found: list[Moment]) -> Moments:
    """Single moments as a field of them."""
    parts = [part for moment in found for part in moment.parts]
    weight, mean, sd, kept = (np.array([part[i] for part in parts]) for i in range(4))
    return Moments(
        last_s=np.array([moment.last_s for moment in found]),
        starts=np.cumsum([0, *(len(moment.parts) for moment in found)]),
        weight=weight,
        mean=mean,
        sd=sd,
        kept=kept,
        cut=np.array([moment.cut for moment in found]),
        floor_s=np.array([moment.floor_s for moment in found]),
    )


@given(st.lists(moments(), min_size=1, max_size=5), st.floats(0.005, 0.995), st.floats(0, 15_000))
def test_many_are_each_one(found: list[Moment], p: float, at_s: float) -> None:
    """Quantiles and chances of a field are those of its runners, the ones who are known exactly among them."""
    found = [*found, Moment(500.0, ())]
    field = columns(found)
    np.testing.assert_allclose(field.quantiles([p])[:, 0], [moment.quantile(p) for moment in found], atol=0.01)
    np.testing.assert_allclose(field.cdf(at_s), [moment.cdf(at_s) for moment in found], atol=1e-5)


@given(st.floats(-9, 9))
def test_the_tail_is_the_normals(z: float) -> None:
    """The table's share is good to a hundred-millionth, far out to a part in a hundred million."""
    assert tail(np.array([z]))[0][0] == pytest.approx(survival(z), abs=1e-8)
    assert tail(np.array([z]), deep=True)[0][0] == pytest.approx(survival(z), rel=1e-8)
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    assert tail(np.array([z]))[1][0] == pytest.approx(density, rel=5e-3, abs=1e-12)
