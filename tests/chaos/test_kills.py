"""Five kills; `make chaos KILLS=200` for more."""

from __future__ import annotations

from pathlib import Path

from tests.chaos.kills import run


def test_a_killed_recorder_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    """At most one torn tail a kill, which is set aside, and the tape goes on."""
    lost, torn, messages = run(5, tmp_path)
    assert lost == 0 and torn <= 5 and messages > 5
