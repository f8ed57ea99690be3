"""Real payloads through their profiles, beside figures computed straight from the files. `make real DATA=folder` runs it."""

from __future__ import annotations

import gzip
import json
import os
import random
from bisect import bisect_left
from pathlib import Path
from typing import Any

import pytest

from feeds.address import Asked
from feeds.feed import Delivery
from feeds.profiles.model import load
from feeds.profiles.reader import ProfileReader
from feeds.reading import Rejection
from tracker.doctor import Found, as_json, examine
from tracker.fold import Fold
from tracker.live import Live
from tracker.log import Log
from tracker.opening import open_any
from tracker.race.book import Race

DATA = Path(os.environ["PACELINE_REAL"])
RIDERS = DATA / "rtrt" / "arrival_order_2000_riders.ndjson.gz"


def lines() -> list[bytes]:
    with gzip.open(RIDERS) as file:
        return [line for line in file if line.strip()]


def folded(raws: list[bytes], profile: str, **answers: str) -> tuple[Race, ProfileReader, int]:
    """The race, the reader and the refusals."""
    race, reader, refused = Race(), ProfileReader(load(profile), answers), 0
    for n, raw in enumerate(raws, 1):
        said = reader.read(Delivery(raw, n))
        for event in said if isinstance(said, tuple) else (said,):
            if isinstance(event, Rejection):
                refused += 1
            else:
                race.receive(event)
    return race, reader, refused


def passings(race: Race) -> dict[str, dict[str, float]]:
    """Of every athlete the hundredths at every mat, as the race has them."""
    return {
        runner.id: {
            p.checkpoint.id: round(p.time_s, 2) for p in race.sheet(runner.id).passings.found if p.clock == "net"
        }
        for runner in race.runners()
    }


def straight() -> dict[str, dict[str, float]]:
    """The same straight from the file: the latest touched row of an athlete at a place."""
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    for line in lines():
        row = json.loads(line)
        key = (row["pid"], row["point"])
        if key not in latest or row["u"] > latest[key]["u"]:
            latest[key] = row
    found: dict[str, dict[str, float]] = {}
    for (pid, point), row in latest.items():
        hours, minutes, seconds = row["time"].split(":")
        place = "finish" if point == "FINISH" else point
        runner = found.setdefault(pid, {})
        if point != "START":
            runner[place] = round(int(hours) * 3600 + int(minutes) * 60 + float(seconds), 2)
    return found


def test_two_thousand_riders_in_their_true_order_and_in_any_other() -> None:
    """The state is the one computed straight from the file, bit for bit the same whatever the order."""
    raws = lines()
    race, reader, refused = folded(raws, "rtrt")
    assert (reader.records, refused, len(reader.mats)) == (25_403, 0, 15)
    assert passings(race) == straight()
    random.Random(7).shuffle(raws)
    assert folded(raws, "rtrt")[0].state_hash() == race.state_hash()


def test_corrections_that_are_put_in_hold_in_any_order() -> None:
    """The old values of corrected rows are lost in the recording, so some are made."""
    raws = lines()
    choose, old = random.Random(3), []
    for raw in choose.sample(raws, 500):
        row = json.loads(raw)
        if "netTime" in row:
            old.append(
                json.dumps({**row, "netTime": "99:00:00.00", "u": f"{int(row['u'].split('_')[0]) - 5}_000000"}).encode()
            )
    mixed = [*raws, *old]
    choose.shuffle(mixed)
    assert passings(folded(mixed, "rtrt")[0]) == straight()


def test_the_doctor_counts_to_the_record() -> None:
    """Records, athletes, mats, revised, late, missed, negative."""
    found = Found(reader=ProfileReader(load("rtrt"), {}))
    list(examine((Delivery(raw, n) for n, raw in enumerate(lines(), 1)), found, lambda _: None))
    said = as_json(found, "x")
    rows = [json.loads(line) for line in lines()]
    stamps = [(float(r["i"].split("_")[0]), float(r["u"].split("_")[0]), float(r["epochTime"])) for r in rows]
    assert (said["records"], said["athletes"], said["mats"]) == (25_403, 2_000, 15)
    assert said["revised"] == sum(u - i > 60 for i, u, _ in stamps)
    assert said["late"] == sum(i - e > 60 for i, _, e in stamps)
    assert said["negative"] == sum(i < e for i, _, e in stamps)


@pytest.mark.parametrize(
    ("path", "profile", "records", "kinds"),
    [
        ("rtrt/one_athlete_mid_race.json", "rtrt", 4, {"start": 1, "split": 3}),
        ("rtrt/no_results.json", "rtrt", 0, {}),
        ("raceresult/list_with_splits.json", "raceresult", 122, {"split": 223, "status": 11}),
        ("mika/winner_detail.html", "mika", 13, {"split": 13}),
    ],
)
def test_the_other_payloads(path: str, profile: str, records: int, kinds: dict[str, int]) -> None:
    """Read whole, nothing refused."""
    race, reader, refused = folded([(DATA / path).read_bytes()], profile)
    assert (reader.records, refused, dict(reader.kinds)) == (records, 0, kinds)
    if profile == "raceresult":
        assert race.sheet("804").status == "DNF" and race.sheet("804").finish is None


async def test_as_a_race_that_is_live_the_final_ranks_are_those_of_the_file() -> None:
    """`replay:FILE?speed=3600`, read as a feed is: at the finish everybody stands where sorting the file's rows puts them."""
    opened = open_any(f"replay:{RIDERS}?speed=3600", Asked(profile="rtrt"))
    log = Log(opened.reader(), origin=None)
    await Live(opened.feed(), log).run()
    field = Fold(log).up_to(len(log)).field()
    table = field.table("finish", "net")
    ids = [field.roster.ids[row] for row in table.rows]
    finished = {pid: marks["finish"] for pid, marks in straight().items() if "finish" in marks}
    assert set(ids) == set(finished) and len(finished) > 1000
    ordered = sorted(finished.values())
    assert dict(zip(ids, table.rank.tolist(), strict=True)) == {
        pid: bisect_left(ordered, seconds) + 1 for pid, seconds in finished.items()
    }
