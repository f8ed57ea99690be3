"""What is measured of decoding, folding and refusing is the real path."""

from __future__ import annotations

import pytest

from tracker.bench.fold import decode_and_fold, per_second, validate
from tracker.bench.made import garbage_lines, race_lines


def test_a_figure_is_things_a_second() -> None:
    """Work on 1000 things that takes no time gives a large figure, and the work is done once."""
    calls: list[int] = []
    assert per_second(1000, lambda: calls.append(1)) > 1000
    assert calls == [1]


def test_both_sides_read_the_same_lines() -> None:
    """The floor accepts every line that the program folds, and no garbage."""
    lines = race_lines(5)
    decode_and_fold(lines)
    validate(lines)
    with pytest.raises(ValueError, match="validation error"):
        validate(garbage_lines(20))
