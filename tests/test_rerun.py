"""A recording as if it were live."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.address import open_address
from feeds.feed import Delivery, FeedError, Link
from tests.feeding import deliveries
from tests.watching import GUN_S, RUN, split
from tracker import clock
from tracker.rerun import Pace, Rerun, RerunFeed, heartbeat, parse_replay, parse_speed

VIENNA_GUN_S = 1570860900.0


def rerun(folder: Path, *messages: object) -> Rerun:
    """A rerun of a file of these."""
    file = folder / "run.ndjson"
    file.write_bytes(b"\n".join(d.raw for d in deliveries(*messages)) + b"\n")  # type: ignore[arg-type]  # messages
    return Rerun(open_address(str(file)))


def test_messages_are_published_when_they_happened_byte_for_byte() -> None:
    """Untimed ones before the gun; ids are the numbers of the lines."""
    made = Rerun(open_address("vienna-2019"))
    lines = open_address("vienna-2019").path.read_bytes().splitlines()
    assert sorted(made.messages) == sorted(line for line in lines if line)
    assert all(lines[n - 1] == raw for n, raw in zip(made.ids, made.messages, strict=True))
    assert made.times == sorted(made.times) and made.has_clock
    at_10_km = made.published(VIENNA_GUN_S + 1701)
    assert b'"10km"' in b"".join(made.messages[:at_10_km]) and b'"15km"' not in b"".join(
        made.messages[at_10_km - 3 : at_10_km]
    )
    assert made.moment("10km") == VIENNA_GUN_S + 1700 and made.moment("") < VIENNA_GUN_S


def test_the_end_comes_last_and_what_is_refused_with_the_message_before_it(tmp_path: Path) -> None:
    """Nothing is left out."""
    made = rerun(tmp_path, {"kind": "end"}, *RUN[:3], b"nonsense", *RUN[3:])
    assert made.messages[-1] == b'{"kind": "end"}' and made.ids[-1] == 1
    assert made.messages[made.messages.index(b"nonsense") - 1] == deliveries(RUN[2])[0].raw


async def test_as_a_feed_it_gives_everything_in_order_and_the_race_s_clock(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """At any speed; a heartbeat first; then it has ended."""
    made = rerun(tmp_path, *RUN)
    found = [item async for item in RerunFeed(made, speed=1e6)]
    messages = [item for item in found if isinstance(item, Delivery)]
    assert b'"heartbeat"' in messages[0].raw and b'"rate":1000000.0' in messages[0].raw
    assert [m.raw for m in messages if b"heartbeat" not in m.raw] == list(made.messages)
    assert found[-1] == Link("ended", "the recording has ended")


def test_the_pace_is_any_number_above_nothing() -> None:
    """Race seconds a second, and the real seconds until an instant."""
    now = [100.0]
    for speed in (0.1, 1.0, 5000.0):
        pace = Pace(GUN_S, speed, lambda: now[0])
        now[0] += 2
        assert pace.now() == pytest.approx(GUN_S + 2 * speed) and pace.wait_s(GUN_S + 12 * speed) == pytest.approx(10.0)
    assert (
        clock.monotonic() > 0
        and heartbeat(0.0, 2.0, 5.0)
        == b'{"kind":"heartbeat","at":"1970-01-01T00:00:00.000Z","rate":2.0,"interval_s":5.0}'
    )


def test_how_a_replay_is_written() -> None:
    """A name, a speed, a moment; anything else is wrong usage."""
    assert parse_replay("replay:a b.ndjson?speed=60&at=25km") == ("a b.ndjson", 60.0, "25km")
    assert parse_replay("replay:vienna-2019") == ("vienna-2019", 1.0, "") and parse_speed("0.1x") == 0.1
    for wrong in ("replay:", "replay:x?sped=1", "replay:x?speed=0", "replay:x?speed=nan", "replay:x?speed=fast"):
        with pytest.raises(FeedError) as error:
            parse_replay(wrong)
        assert error.value.code == 2


def test_a_file_that_is_no_feed_is_refused(tmp_path: Path) -> None:
    """As everywhere."""
    with pytest.raises(FeedError, match="no message of a split feed"):
        rerun(tmp_path, b"nonsense")
    assert split("5km", 1)["kind"] == "split"
