"""A recording as if it were live."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.address import open_address
from feeds.decode import Decoder
from feeds.feed import Delivery, FeedError, Link
from feeds.reading import Rejection
from tests.feeding import deliveries
from tests.watching import GUN_S, PAGES, RUN, answers, split
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
        assert pace.now() == pytest.approx(GUN_S + 2 * speed, abs=1e-3) and pace.wait_s(
            GUN_S + 12 * speed
        ) == pytest.approx(10.0)
    assert (
        clock.monotonic() > 0
        and heartbeat(0.0, 2.0, 5.0)
        == b'{"kind":"heartbeat","at":"1970-01-01T00:00:00.000Z","rate":2.0,"interval_s":5.0}'
    )


def utc(when_s: float) -> str:
    """As a tape and a feed write it."""
    return datetime.fromtimestamp(when_s, UTC).isoformat()


def tape(folder: Path, *received: tuple[float, object]) -> Rerun:
    """A rerun of a tape of these, each received at its instant."""
    lines: list[object] = [{"paceline_tape": 1, "created": utc(RECEIVED_S), "address": "made:feed"}]
    for n, (when_s, message) in enumerate(received, 1):
        raw = message if isinstance(message, str) else json.dumps(message)
        lines.append({"n": n, "mono": 0.0, "utc": utc(when_s), "raw": raw})
    file = folder / "run.tape"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return Rerun(open_address(str(file)))


RECEIVED_S = GUN_S + 7 * 365 * 86400.0
"""A race that is served again years later."""


def beat(at_s: float, rate: float) -> dict[str, object]:
    """A recorded heartbeat."""
    return {"kind": "heartbeat", "at": utc(at_s), "rate": rate, "interval_s": 5}


def test_a_tape_of_a_race_served_again_keeps_the_race_s_own_time(tmp_path: Path) -> None:
    """What was received years after the gun is published by the clock that the feed told, not years later."""
    begun = beat(GUN_S + 100, 60.0)
    made = tape(tmp_path, (RECEIVED_S, RUN[0]), (RECEIVED_S + 1, begun), (RECEIVED_S + 11, split("5km", 600)))
    assert made.times == pytest.approx([GUN_S + 100, GUN_S + 700], abs=0.01)
    assert (made.starts_s, made.ends_s) == pytest.approx((GUN_S + 90, GUN_S + 700), abs=0.01)
    assert made.has_clock


def test_a_recorded_heartbeat_is_not_published_again(tmp_path: Path) -> None:
    """It tells another run's clock, whatever comes before or after it, in a document as well."""
    old, one = beat(GUN_S, 60.0), split("5km", 600)
    made = tape(tmp_path, (RECEIVED_S, old), (RECEIVED_S + 1, RUN[0]), (RECEIVED_S + 2, json.dumps([old, one])))
    assert [json.loads(raw) for raw in made.messages] == [RUN[0], one]


def test_a_polled_document_is_published_as_what_was_new_in_it(tmp_path: Path) -> None:
    """Each message as it stands there; the last of a document has the number of its line, so that a resume leaves out none."""
    first, second = '{"kind": "split",  "athlete":"a","checkpoint":"5km","elapsed_s":600}', json.dumps(split("10km", 1))
    race = json.dumps(RUN[0])
    made = tape(tmp_path, (RECEIVED_S, f"[{race},\n {first}]"), (RECEIVED_S + 5, f"[{race},\n {first} , {second}]"))
    assert made.messages == [race.encode(), first.encode(), second.encode()] and made.ids == [0, 2, 3]


def test_a_provider_s_answers_are_told_by_request(tmp_path: Path) -> None:
    """The latest that was received by an instant, of the request that is named or of any; a feed's own messages are none."""
    made = answers(tmp_path)
    assert made.parts == ("page", "page 2") and not rerun(tmp_path, *RUN).parts
    assert made.answer(made.starts_s) is None and made.answer(made.ends_s, "page 3") is None
    assert made.answer(made.ends_s) == PAGES["page 2"] and made.answer(made.ends_s, "page") == PAGES["page"]
    assert made.answer(made.times[0]) == PAGES["page"]


async def test_a_feed_that_was_interrupted_goes_on_where_it_was(tmp_path: Path) -> None:
    """Nothing is given twice, and what was given is counted."""
    feed = RerunFeed(rerun(tmp_path, *RUN), speed=1e6)
    got: list[bytes] = []
    for _ in range(2):
        items = aiter(feed)
        async for item in items:
            if isinstance(item, Delivery) and b"heartbeat" not in item.raw:
                got.append(item.raw)
                if len(got) == 2:
                    break
        await items.aclose()  # type: ignore[attr-defined]  # a generator
    assert got == [d.raw for d in deliveries(*RUN)] and feed.vitals.bytes_in == sum(map(len, got))


def test_any_speed_can_be_told() -> None:
    """A heartbeat stays one that can be read, however fast and however long the race runs."""
    for speed in (1e-9, 0.1, 5000.0, 1e300):
        (said,) = Decoder().read(Delivery(heartbeat(GUN_S + 1e6 * speed, speed, 5.0), 1))  # type: ignore[misc]  # one
        assert not isinstance(said, Rejection)


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
