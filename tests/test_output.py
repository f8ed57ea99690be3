"""A race without a screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.watching import RUN, FakeTime, session, split, write
from tracker.draw.look import DEFAULT, Look
from tracker.output import as_json, as_line, changes, frame, run_stream, stream


def test_each_event_is_told_once_at_the_moment_it_became_known() -> None:
    """In order of time, the first at the gun, each with what was known then and nothing later."""
    watched = session()
    told = list(changes(watched))
    assert len(told) == len(watched.timeline.fold.log)
    times = [snapshot.elapsed_s or 0.0 for snapshot, _ in told]
    assert times == sorted(times) and times[0] == 0.0 and times[-1] == pytest.approx(7180.2)
    for snapshot, event in told:
        if event.kind == "split":
            assert snapshot.marks[-1].elapsed_s == pytest.approx(snapshot.elapsed_s)


def test_what_changes_nothing_is_not_told(tmp_path: Path) -> None:
    """A message that came twice is told once."""
    name = write(tmp_path / "x.ndjson", [*RUN, RUN[1], split("5km", 850)])
    assert len(list(changes(session(name)))) == len(RUN)


def test_events_of_one_instant_are_told_one_by_one() -> None:
    """The second of two notes of the same second is not in the first one's object."""
    counts = [len(snapshot.happened) for snapshot, event in changes(session()) if event.kind in ("note", "split")]
    assert counts == sorted(counts)


def test_at_once_means_without_any_sleep() -> None:
    """All lines, and no time passes."""
    time = FakeTime()
    watched, lines = session(time=time), list[str]()
    run_stream(watched, lines.append, as_json(DEFAULT), paced=False)
    assert len(lines) == len(watched.timeline.fold.log) and time.naps == []
    assert all(json.loads(line)["race"] == "vienna-2019" for line in lines[1:])


async def test_paced_means_at_the_rate_of_the_clock() -> None:
    """Two hours at 600 times are twelve seconds; each line comes when it is due."""
    time = FakeTime()
    watched, came = session(time=time, speed=600.0), list[float]()
    await stream(watched, lambda _: came.append(time.now_s - 1000.0), as_line(DEFAULT), paced=True)
    assert came[-1] == pytest.approx(7180.2 / 600, abs=0.01)
    assert came[0] == 0.0 and came == sorted(came)


def test_a_frame_is_of_the_moment_the_session_begins_at() -> None:
    """Not of a moment later, however long the reading took."""
    time = FakeTime()
    watched = session(time=time, at="1:12:03")
    time.now_s += 100
    text = frame(watched, (120, 36), Look())
    assert "1:12:03" in text and "PACELINE" not in text
    assert frame(watched, (120, 36), Look(ascii=True)).isascii()
