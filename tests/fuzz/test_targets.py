"""Every fuzz target, for a moment; `make fuzz` for a minute each."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests.fuzz.running import several

TARGETS = sorted(path.stem for path in Path(__file__).parent.glob("fuzz_*.py"))


@pytest.mark.parametrize("name", TARGETS)
def test_a_hundred_inputs_are_survived(name: str) -> None:
    """The same ones every time."""
    target = import_module(f"tests.fuzz.{name}")
    several(target.one, target.SEEDS, 100)
