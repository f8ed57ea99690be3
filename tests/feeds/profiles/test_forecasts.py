"""What a provider expects."""

from __future__ import annotations

from typing import Any

from tests.feeds.profiles.made import ROWS, read, reader, rtrt
from tracker.race.book import Race


def answer(*rows: dict[str, Any], **expected: object) -> dict[str, Any]:
    """An answer in which a runner is expected at these places."""
    times = {name: {"label": name, "time": "00:55:00", "epochTime": at} for name, at in expected.items()}
    loc = {"R1": {"course": "marathon", "last": {"ts": 1002400}, "etimes": times}}
    return {"list": list(rows), "info": {"loc": loc}}


def test_an_expected_instant_is_an_estimate_and_no_row() -> None:
    """It is counted nowhere; its own time, whose meaning nobody knows, is not read."""
    made = reader("rtrt")
    events, refused = read(made, answer(*ROWS[:2], HALF="1005200.00"))
    found = next(e for e in events if e.kind == "split" and e.checkpoint == "half")
    assert (found.quality, found.elapsed_s, found.clock, found.race) == ("estimated", None, "net", "rtrt:marathon")
    assert found.at is not None and found.at.timestamp() == 1005200.0
    named = [[mat.id for mat in e.checkpoints] for e in events if e.kind == "race"]
    assert "half" in named[-1]
    assert not refused and made.records == 2 and made.kinds == {"start": 1, "split": 1}
    assert "half" not in {mat for _, mat in made.mats}


def test_the_read_that_was_awaited_takes_its_place_and_one_that_is_not_awaited_any_more_is_withdrawn() -> None:
    """In one document after another; the count of revisions knows nothing of it."""
    made, race = reader("rtrt"), Race()
    half = rtrt("R1", "HALF", "01:25:00.00", 1005100.0, 1005107)
    seen = []
    for body in (
        answer(*ROWS[:2], HALF="1005200", X="1006000"),
        answer(*ROWS[:2], HALF="1005210"),
        answer(*ROWS[:2], half),
    ):
        for event in read(made, body)[0]:
            race.receive(event)
        seen.append([(m.checkpoint.id, m.quality, m.carries) for m in race.sheet("R1").marks])
    first = ("10km", "official", True)
    assert seen[0] == [first, ("half", "estimated", False), ("X", "estimated", False)]
    assert seen[1:] == [[first, ("half", "estimated", False)], [first, ("half", "official", True)]]
    assert made.changed == set()


def test_what_cannot_be_read_is_none() -> None:
    """Rubbish beside the rows costs no row."""
    for loc in (
        5,
        {"R1": 5},
        {"R1": {"etimes": {"HALF": {"epochTime": "soon"}}, "last": {"ts": 1}}},
        {"R1": {"etimes": {"HALF": 1}}},
    ):
        events, refused = read(reader("rtrt"), {"list": ROWS[:2], "info": {"loc": loc}})
        assert not refused and [e.checkpoint for e in events if e.kind == "split"] == ["10km"]
