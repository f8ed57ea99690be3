"""What the projection knows before a race is read whole or refused."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.race.projection.made import HALF, KINDS, MARATHON, MODEL
from tracker.priors import FOLDER
from tracker.race.projection.condition import cholesky
from tracker.race.projection.model import Ground, Kind, from_json, ground_from_json, prior


def told() -> dict[str, Any]:
    """The shipped parameter file."""
    found: dict[str, Any] = json.loads((FOLDER / "model.json").read_bytes())
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_prior_is_a_mixture(kind: Kind) -> None:
    """The weights of every kind sum to one, and every covariance is one."""
    mixture = prior(MODEL, kind, MARATHON)
    assert math.isclose(sum(part.weight for part in mixture.components), 1.0)
    for part in mixture.components:
        assert part.covariance == tuple(zip(*part.covariance, strict=True))
        assert all(row[i] > 0 for i, row in enumerate(cholesky(part.covariance)))


def test_the_kinds_differ_by_the_even_runner() -> None:
    """A mass field has no even component, a paced one mostly that, and each kind is made once."""
    assert len(prior(MODEL, "mass", MARATHON).components) == len(MODEL.mixtures["mass"])
    shares = {kind: prior(MODEL, kind, MARATHON).components[0].weight for kind in KINDS}
    assert shares["elite"] == pytest.approx(0.2)
    assert shares["paced"] == pytest.approx(0.9)
    assert prior(MODEL, "mass", MARATHON) is prior(MODEL, "mass", MARATHON)


def test_other_distances_have_the_even_runner_alone() -> None:
    """A distance the mixtures were not fitted on gets the even component, to its own scale."""
    half = prior(MODEL, "mass", HALF)
    assert (half.kind, len(half.components), half.total_m) == ("even", 1, 21_097.5)
    assert half.ends_m[3] == pytest.approx(10_000.0)


def test_a_course_moves_the_means() -> None:
    """The offsets of a known course are added to the log paces of its segments."""
    offsets = tuple(0.01 * i for i in range(10))
    plain = prior(MODEL, "mass", MARATHON).components[0].mean
    moved = prior(MODEL, "mass", Ground(42_195.0, "hill", offsets)).components[0].mean
    assert [m - p for m, p in zip(moved, plain, strict=True)] == pytest.approx(offsets)


@given(st.floats(0, 45_000), st.booleans())
def test_the_spread_lies_between_its_places(metres: float, known: bool) -> None:
    """What a race adds is never outside the table, and is the table's own at its places."""
    table = MODEL.spread.known if known else MODEL.spread.unknown
    values = [sd for _, sd in table]
    assert min(values) - 1e-12 <= MODEL.spread.at(metres, known=known) <= max(values) + 1e-12
    assert MODEL.spread.at(table[2][0], known=known) == pytest.approx(table[2][1])


@pytest.mark.parametrize("scales", [MODEL.spread.scales])
def test_three_normals_are_a_student_t(scales: tuple[tuple[float, float], ...]) -> None:
    """The scale mixture has the weight of one and the variance of a Student t with four degrees of freedom."""
    assert sum(weight for weight, _ in scales) == pytest.approx(1.0)
    assert sum(weight * variance for weight, variance in scales) == pytest.approx(2.0, rel=1e-3)


@pytest.mark.parametrize(
    "broken",
    [{"model": 2}, {"model": 1}, told() | {"priors": {}}, told() | {"race_effect": {"df": 4}}, told() | {"even": 1}],
)
def test_a_broken_file_is_one_clear_line(broken: dict[str, Any]) -> None:
    """Parameters of another version, or with a part missing, are refused in one line."""
    with pytest.raises(ValueError, match="projection parameters") as why:
        from_json(broken)
    assert "\n" not in str(why.value)


def test_a_broken_course_is_one_clear_line() -> None:
    """A course file without offsets is refused in one line."""
    with pytest.raises(ValueError, match="course offsets"):
        ground_from_json({"name": "x", "distance_m": 1})
