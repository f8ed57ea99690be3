"""How a flood through a pipe is timed."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tracker.bench import flood
from tracker.bench.flood import heard, sending


async def test_splits_are_timed_from_the_first_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """What came before the first split and after the last one is not counted."""
    monkeypatch.setattr(flood, "LOOK_S", 0.001)
    log = SimpleNamespace(ended=False, heard_splits=0)
    session = SimpleNamespace(loaded=True, timeline=SimpleNamespace(fold=SimpleNamespace(log=log)))

    async def told() -> None:
        for count in (0, 10, 25, 25):
            log.heard_splits = count
            await asyncio.sleep(0.02)
        log.ended = True

    began_s = time.perf_counter()
    screen = asyncio.create_task(asyncio.sleep(30))
    (count, first_s, last_s), _ = await asyncio.gather(heard(session, screen), told())  # type: ignore[arg-type]  # as a Watch
    screen.cancel()
    assert count == 25
    assert began_s < first_s < last_s < time.perf_counter()


async def test_a_file_goes_through_the_pipe_whole(tmp_path: Path) -> None:
    """Every byte of it, and then the end."""
    said = os.urandom(300_000)
    (tmp_path / "field").write_bytes(said)
    sender, pipe = await sending(str(tmp_path / "field"))
    with os.fdopen(pipe, "rb") as end:
        assert await asyncio.to_thread(end.read) == said
    assert await sender.wait() == 0
