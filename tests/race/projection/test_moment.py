"""A moment's quantiles and chances belong together, whatever its parts."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.race.projection.moment import Moment, Part, deviate, survival

probabilities = st.floats(0.001, 0.999)


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    """Mixtures near and far, narrow and wide, some cut off."""
    count = draw(st.integers(1, 6))
    cut = draw(st.one_of(st.just(-math.inf), st.floats(6.0, 8.0)))
    raw = [(draw(st.floats(0.01, 1)), draw(st.floats(6.5, 8.5)), draw(st.floats(0.005, 0.3))) for _ in range(count)]
    parts: list[Part] = []
    for weight, mean, sd in raw:
        middle = max(mean, cut - 8 * sd)
        left = survival((cut - middle) / sd) if cut > -math.inf else 1.0
        parts.append((weight * left, middle, sd, 1 / left))
    total = sum(part[0] for part in parts)
    last_s = draw(st.floats(0, 9000))
    floor_s = last_s + math.exp(cut) if cut > -math.inf else -math.inf
    parts = [(weight / total, middle, sd, kept) for weight, middle, sd, kept in parts]
    return Moment(last_s, tuple(parts), cut, floor_s)


@given(moments(), probabilities)
def test_a_quantile_is_where_the_chance_is(moment: Moment, p: float) -> None:
    """The chance at the p-quantile is p."""
    assert moment.cdf(moment.quantile(p)) == pytest.approx(p, abs=1e-5)


@given(moments(), probabilities, probabilities)
def test_quantiles_are_ordered(moment: Moment, a: float, b: float) -> None:
    """A higher probability is never reached earlier."""
    assert moment.quantile(min(a, b)) <= moment.quantile(max(a, b)) + 1e-6


@given(moments(), st.floats(0, 20_000), st.floats(0, 20_000))
def test_chances_only_grow(moment: Moment, a: float, b: float) -> None:
    """The chance of having arrived never falls with time."""
    assert 0.0 <= moment.cdf(min(a, b)) <= moment.cdf(max(a, b)) + 1e-12 <= 1.0 + 1e-9


@given(moments(), probabilities)
def test_nothing_is_before_what_has_passed_in_vain(moment: Moment, p: float) -> None:
    """No quantile lies before the last mark, nor before the instant until which nobody came."""
    assert moment.quantile(p) >= max(moment.last_s, moment.floor_s)


def test_a_known_instant_is_itself() -> None:
    """Without parts the moment is the last mark."""
    known = Moment(100.0, ())
    assert (known.quantile(0.1), known.cdf(99.9), known.cdf(100.0)) == (100.0, 0.0, 1.0)


def test_no_quantile_of_a_certainty() -> None:
    """A quantile of 0 or 1 is refused in one line."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        Moment(0.0, ()).quantile(1.0)


@given(st.floats(1e-6, 1 - 1e-6))
def test_the_deviate_is_near(p: float) -> None:
    """The normal quantile that starts the search is good to a thousandth."""
    assert 1 - survival(deviate(p)) == pytest.approx(p, abs=5e-4)
