"""tracker.outing: where to see a runner, as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.draw.test_meet import LIVE, LOST, made
from tracker import outing
from tracker.draw.look import DEFAULT, Look
from tracker.race.meet import Meeting, Stop

FOUND = made(4823.0)


def test_the_table_is_as_tall_as_it_needs() -> None:
    """Every place at any width, and no blank line at the end."""
    for width in (36, 76, 120, 200):
        text = outing.table(LIVE, FOUND, width, DEFAULT)
        assert all(name in text for name in ("12 km", "28 km", "32 km", "41 km", "finish", "missed:"))
        assert not text.endswith("\n") and max(map(len, text.split("\n"))) <= width
    assert outing.table(LIVE, FOUND, 76, Look(ascii=True)).isascii()


def test_the_object_holds_every_figure() -> None:
    """Windows, ways and chances by place, instants in the race's zone; what is not known is null."""
    told = json.loads(outing.json_line(LIVE, FOUND, DEFAULT))
    assert told["race"] == "vienna-2019" and told["why"] is None and len(told["places"]) == len(FOUND)
    here = told["places"][2]
    assert here["median"] == "2019-10-12T09:34:20+02:00" and here["from"] < here["median"] < here["to"]
    assert (here["travel_s"], here["leave_by"], here["missed_p"]) == (1500.0, "2019-10-12T09:08:30+02:00", 0.31)
    assert told["places"][0]["state"] == "passed" and told["places"][0]["passed_p"] == 1.0
    none = json.loads(outing.json_line(LIVE, [Meeting(Stop(41_000.0), "none")], DEFAULT))["places"][0]
    assert none.keys() == here.keys() and none["median"] is None


def test_a_lost_feed_is_dated() -> None:
    """`as_of` is the last contact."""
    assert json.loads(outing.json_line(LOST, FOUND, DEFAULT))["as_of"] == "2019-10-12T09:30:00+02:00"
    out = replace(LIVE, phase="out")
    assert "out of the race" in json.loads(outing.json_line(out, FOUND, DEFAULT))["why"]
