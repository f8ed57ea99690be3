"""What the feed screen shows."""

from __future__ import annotations

from pathlib import Path

from feeds.address import Opened, open_address
from feeds.decode import Decoder
from feeds.feed import Link
from feeds.record import Recorder, begun
from tests.feeding import MadeFeed, deliveries
from tests.test_live import Time, heartbeat, live
from tests.watching import GUN_S, RACE, RUN, at, deliver, split
from tracker.log import Log
from tracker.opening import read
from tracker.wiring import alive, wired

MADE = Opened("made:feed", "live", transport="events")


async def test_a_live_feed_s_messages_links_and_cost() -> None:
    """The newest first, refused ones marked, as they were received; the link as it is now."""
    made = live(
        MadeFeed(*deliveries(heartbeat(3000), *RUN[:3], b"non\x1bsense"), Link("offline", "reset", 4.0)),
        Time(),
        patient=True,
    )
    await made.run()
    assert isinstance(made.log, Log)
    wire = alive(wired(made.log, GUN_S + 9000, MADE, None), made)
    assert [m.refused for m in wire.messages] == [True, False, False, False, False] and wire.messages[0].line == 5
    assert all(m.text.isprintable() for m in wire.messages)
    assert [c.word for c in wire.changes] == ["ended", "offline", "live"] and wire.refusals[0].line == 5
    assert (wire.address, wire.transport, wire.word) == ("made:feed", "events", "ended")


async def test_a_tape_that_is_closed_is_named_still(tmp_path: Path) -> None:
    """Where it lies and its size once the race is over, compressed: not that nothing was recorded."""

    def record(utc_s: float) -> Recorder:
        return Recorder(tmp_path / "a.ndjson", begun(utc_s, "made:feed"), utc_s=utc_s, automatic=True)

    made = live(MadeFeed(*deliveries(*RUN)), Time(), record=record)
    await made.run()
    assert isinstance(made.log, Log)
    wire = alive(wired(made.log, GUN_S + 9000, MADE, None), made)
    (kept,) = tmp_path.iterdir()
    assert (wire.tape, wire.tape_bytes, wire.tape_why) == (str(kept), kept.stat().st_size, "")


async def test_a_race_that_was_joined_after_its_end_shows_what_was_heard() -> None:
    """The view stands at the end of the race; the messages came later by the race's clock, and are shown there."""
    made = live(MadeFeed(*deliveries(heartbeat(20000), *RUN, {"kind": "end", "at": at(9000)})), Time())
    await made.run()
    assert isinstance(made.log, Log) and made.log.end_s is not None
    wire = wired(made.log, made.log.end_s, MADE, None)
    assert len(wire.messages) == len(RUN) + 2 and wire.changes
    assert wired(made.log, made.log.end_s - 1, MADE, None).messages == ()


def test_a_recording_shows_what_had_come_by_then() -> None:
    """Nothing of later."""
    opened = open_address("vienna-2019")
    log = read(opened)
    early, late = (wired(log, t, opened, None) for t in (1570860900.0 + 1000, 1570860900.0 + 8000))
    assert 0 < early.counts.events < late.counts.events and len(late.messages) <= 200
    assert "finish" not in early.messages[0].text and early.word == ""
    assert wired(Log(Decoder()), 0.0, opened, None).messages == ()


def test_a_mat_whose_clock_differs_is_named_as_the_doctor_names_it() -> None:
    """By the same figures, from the log: how late the reads of each mat came."""
    splits = [split(f"{km}km", 850 * km / 5 + n, f"r{n}") for km in (5, 10, 15) for n in range(6)]
    times = [GUN_S + s["elapsed_s"] + (9.0 if s["checkpoint"] == "10km" else 2.0) for s in splits]
    heard = Log(Decoder())
    for each in deliver([RACE, *splits], [GUN_S - 60, *times]):
        heard.receive(each)
    shown = wired(heard, GUN_S + 9000, MADE, None)
    assert [(shift.mat, round(shift.seconds, 1)) for shift in shown.shifts] == [("10km", 7.0)]
