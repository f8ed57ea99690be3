"""The projection's rows measure what they say."""

from __future__ import annotations

import numpy as np

from tracker.bench.project import MATS_M, field


def test_the_field_is_one_of_runners() -> None:
    """The made-up field is the same every time, and everybody's times rise from mat to mat at a runner's pace."""
    times = field(200)
    assert times.shape == (200, len(MATS_M))
    assert np.array_equal(times, field(200))
    assert (np.diff(times, axis=1) > 0).all()
    assert 150 < np.median(times[:, -1] / 21.0975) < 450
