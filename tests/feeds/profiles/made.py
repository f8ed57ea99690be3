"""Payloads of the providers' shapes, made up and small."""

from __future__ import annotations

import json
from typing import Any

from feeds.events import Event
from feeds.feed import Delivery
from feeds.profiles.model import Profile, load
from feeds.profiles.reader import ProfileReader
from feeds.reading import Rejection
from feeds.seen import full
from tracker.race.book import Race


def rtrt(
    pid: str, point: str, clock: str, epoch: float, inserted: int, updated: int | None = None, **more: Any
) -> dict[str, Any]:
    """A row of RTRT's kind: everything is text."""
    row = {"pid": pid, "bib": pid[1:], "name": f"Runner {pid[1:]}", "point": point, "time": clock, "epochTime": str(epoch),
           "i": f"{inserted}_000001", "u": f"{updated or inserted}_000002", "course": "marathon"}  # fmt: skip
    if point == "START":
        return {**row, "isStart": "1", **more}
    return {**row, "netTime": clock, **more}


ROWS = [
    rtrt("R1", "START", "00:00:00.00", 1000000.0, 1000005),
    rtrt("R1", "10K", "00:40:00.50", 1002400.5, 1002408),
    rtrt("R1", "HALF", "01:25:00.00", 1005100.0, 1005107),
    rtrt("R2", "START", "00:00:00.00", 1000030.0, 1000035),
    rtrt("R2", "10K", "00:50:00.00", 1003030.0, 1003038),
]
RACERESULT = {
    "DataFields": ["BIB", "ID", "OuStatut([ClassementGénéral.p])", "AfficherNom", "CLUB", "x [InterSemi] y", "Arrivée.GUN"],
    "LiveUpdateInterval": 10,
    "data": {"#1_Long": {"#1_Men": [["1", "11", "1.", "ROSSI Anna", "Club", "2:05:29 (2)", "4:14:10"],
                                     ["2", "12", "DNF", "MOSER Bo", "", "2:09:29 (3)", "4:19:00"]],
                          "#2_Women": [["3", "13", "DNS", "WEI Li", "", "", ""]]}},
}  # fmt: skip
ATHLINKS = [
    {"division": {"id": 7, "name": "Overall"}, "intervals": [
        {"name": "5 mile", "distance": {"metersFromStart": 8047}, "results": [
            {"bib": "42", "displayName": "Ann T", "gender": "F", "chipTimeInMillis": 2400120, "gunTimeInMillis": 2410000,
             "startTimeInMillis": 1729773300960, "rankings": {"overall": 3}, "status": "CONF"}]}]},
    {"division": {"id": 8, "name": "M40"}, "intervals": []},
]  # fmt: skip
MIKA = """<html><td class="f-__fullname last">Moser, Bo</td><table><tr><th>Other</th></tr></table>
<table><tr><th class="desc">Split</th><th>Time Of Day</th><th>Time</th></tr>
<tr><th>5K</th><td>08:52:30AM</td><td>00:15:29</td></tr>
<tr><th>Halb</th><td>09:43:23AM</td><td>01:06:22*</td></tr>
<tr><th>30K</th><td></td><td>&ndash;</td></tr>
<tr><th>Finish Net</th><td>10:46:52AM</td><td>02:09:51</td></tr></table>"""
CSV = "\ufeffBib;Name;Sex;5K;Half;Finish\r\n1;Rossi, Anna;F;0:20:00;1:25:00;2:50:00\r\n2;Bo;M;0:21:00;;DNF\r\n"


def delivery(body: object, line: int = 1, **more: Any) -> Delivery:
    """A payload as a delivery."""
    raw = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return Delivery(raw, line, **more)


def read(reader: ProfileReader, body: object, **more: Any) -> tuple[list[Event], list[Rejection]]:
    """The events and rejections of a payload."""
    said = reader.read(delivery(body, **more))
    found = said if isinstance(said, tuple) else (said,)
    return [full(e) for e in found if not isinstance(e, Rejection)], [e for e in found if isinstance(e, Rejection)]


def reader(profile: str | Profile, **answers: str) -> ProfileReader:
    """A reader with these answers."""
    return ProfileReader(load(profile) if isinstance(profile, str) else profile, answers)


def folded(made: ProfileReader, *bodies: object) -> Race:
    """The race that these payloads make."""
    race = Race()
    for body in bodies:
        for event in read(made, body)[0]:
            race.receive(event)
    return race


def voids(made: ProfileReader, body: object, **more: Any) -> list[tuple[str, str | None]]:
    """(athlete, checkpoint) of what an answer withdraws."""
    return [(e.athlete, e.checkpoint) for e in read(made, body, **more)[0] if e.kind == "void"]
