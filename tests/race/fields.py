"""Made-up fields, and what a few plain lines make of them: the laws of the columns are held against these."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from feeds.events import Event
from tests.race.made import at, event, race, split, status, void
from tracker.race.marks import Sheet, begins

MATS = ("5km", "10km", "15km", "finish")
WAVES = {"elite": 0.0, "second": 300.0, "third": 300.0}
WHO = ("a", "b", "c", "d", "e", "f", "g")


def described() -> list[Event]:
    """The race, its waves, and who runs."""
    starts = [event(kind="start", scope="wave", id=wave, at=at(s)) for wave, s in WAVES.items()]
    people: list[dict[str, Any]] = [
        {"id": "a", "sex": "M", "category": "M35", "wave": "elite"},
        {"id": "b", "sex": "W", "category": "W35", "wave": "elite"},
        {"id": "c", "sex": "M", "category": "M40", "wave": "second"},
        {"id": "d", "sex": "W", "category": "W35", "wave": "second"},
        {"id": "e", "sex": "M", "category": "M35", "wave": "third"},
        {"id": "f", "sex": "X", "role": "pacer", "wave": "elite"},
    ]
    return [race(rev=9), *starts, *(event(kind="athlete", **one) for one in people)]


def made_up(dice: random.Random) -> list[Event]:
    """What a feed may say of a small field: ties, both clocks, corrections, voids, what cannot be, places, leavers."""
    told: list[Event] = []
    for who in WHO:
        late_s = {"a": 0.0, "b": 0.0, "f": 0.0, "g": 0.0}.get(who, 300.0)
        pace_s = dice.choice([900.0, 900.0, 910.0, 925.5])
        begun_s = dice.choice([0.0, 0.0, 3.0, 4.5])
        if dice.random() < 0.5:
            told.append(split(0.0, late_s + begun_s, who))
        clocks = dice.choice([("gun",), ("net",), ("gun", "net")])
        for n, mat in enumerate(MATS, 1):
            for clock in clocks:
                seconds = (
                    n * pace_s + dice.choice([0.0, 0.0, 0.0, 10.0]) + (late_s + begun_s if clock == "gun" else 0.0)
                )
                told += _reads(dice, who, mat, clock, seconds)
        if dice.random() < 0.15:
            told.append(status(dice.choice(["DNF", "DSQ", "finished"]), who, at=at(dice.choice([2000, 6000]))))
    return told


def _reads(dice: random.Random, who: str, mat: str, clock: str, seconds: float) -> list[Event]:
    """Mostly one read; sometimes none, several, a wrong one, one put right, one withdrawn."""
    place = dice.choice([1, 2, 7]) if dice.random() < 0.1 else None
    plain = split(mat, seconds, who, clock=clock, place=place)
    return dice.choices(
        [
            [plain],
            [],
            [plain, split(mat, seconds + 20, who, clock=clock, rev=2)],
            [split(mat, seconds, who, clock=clock, sent=at(s)) for s in (7000, 7001)],
            [plain, split(mat, seconds - 40, who, clock=clock, device="backup", rev=3)],
            [split(mat, seconds + 1, who, clock=clock, device="backup")],
            [plain, split(mat, seconds + 300, who, clock=clock)],
            [split(mat, max(0.0, seconds - dice.choice([500, 800])), who, clock=clock)],
            [split(mat, seconds, who, clock=clock, quality="estimated")],
            [split(mat, at=at(seconds), athlete=who)],
            [plain, void(mat, who, rev=dice.choice([1, 2]), clock=dice.choice([None, clock]))],
        ],
        [60, 6, 4, 3, 3, 3, 2, 3, 3, 2, 3],
    )[0]


def seconds(sheet: Sheet, mat: str, clock: str, *, told: bool) -> tuple[int, bool] | None:
    """Milliseconds of an athlete at a mat on a clock, by the sheet alone, and whether only estimated.

    `told`: the instant of their own or their wave's start was.
    """
    mark = next((m for m in sheet.marks if m.checkpoint.id == mat and m.rejected is None), None)
    if mark is None:
        return None
    read = next((p for p in sheet.passings.found if p.checkpoint == mark.checkpoint and p.clock == clock), None)
    time_s: float | None = mark.elapsed_s
    if sheet.clock != clock and read is not None:
        time_s = read.time_s
    elif sheet.clock != clock:
        known = told or begins(sheet.passings) is not None
        time_s = mark.elapsed_s + (sheet.net_begin_s if clock == "gun" else -sheet.net_begin_s) if known else None
    return None if time_s is None or time_s < 0 else (round(time_s * 1000), not mark.carries)


def place(sheet: Sheet, mat: str, clock: str) -> int | None:
    """The provider's place at a mat, from the read on that clock."""
    return next((p.read.place for p in sheet.passings.found if p.checkpoint.id == mat and p.clock == clock), None)


def by_sorting(times: dict[str, int], alike: Mapping[str, object]) -> dict[str, int]:
    """Ranks 1 2 2 4 of those who are alike, from the times alone."""
    return {who: 1 + sum(times[o] < t for o in times if alike[o] == alike[who]) for who, t in times.items()}
