"""The shipped races: every line is a message, every number says what it is, and nothing is told before its time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from feeds import events
from tests.feeds.races import CARRYING, INDEX, NAMES, RACES, by_athlete, lines, places, race_of, read, seconds, splits

every_race = pytest.mark.parametrize("name", NAMES)


def instants(value: Any) -> Any:
    """JSON with `at` and `gun` as instants, so that two ways to write one are equal."""
    if isinstance(value, dict):
        return {k: datetime.fromisoformat(v) if k in ("at", "gun") else instants(v) for k, v in value.items()}
    return [instants(v) for v in value] if isinstance(value, list) else value


def texts(value: Any) -> Iterator[str]:
    """Every string in a piece of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


@every_race
def test_vocabulary(name: str) -> None:
    """Every line is a message of the vocabulary, and nothing in it is unknown, cut or cleaned away."""
    for line, event in zip(lines(name), read(name), strict=True):
        assert instants(json.loads(line)) == instants(event.model_dump(mode="json", exclude_unset=True))


@every_race
def test_layout(name: str) -> None:
    """`kind` comes first in a line; the race comes first in a file, then athletes, then the rest, splits in order of time."""
    assert all(line.startswith(b'{"kind": "') for line in lines(name))
    kinds = [e.kind for e in read(name)]
    order = ["race", "athlete", "formation", "line", "conditions", "note", "split", "end"]
    assert [order.index(k) for k in kinds] == sorted(order.index(k) for k in kinds)
    assert kinds.count("race") == 1 and race_of(name).id == name
    elapsed = [s.elapsed_s or 0 for s in splits(name)]
    assert all(b >= a - 1 for a, b in pairwise(elapsed))  # chicago-2023 is in order of time of day: a second apart


@every_race
def test_provenance(name: str) -> None:
    """Every split says its quality, its source and its resolution; every other message its quality and source."""
    for event in read(name):
        assert event.quality is not None
        assert event.source or event.kind == "end"
        if isinstance(event, events.Split):
            assert event.resolution_s is not None
            assert event.elapsed_s is not None
            assert abs(event.elapsed_s / event.resolution_s - round(event.elapsed_s / event.resolution_s)) < 1e-6


@every_race
def test_keys(name: str) -> None:
    """No key is said twice."""
    keys: list[tuple[object, ...]] = []
    for e in read(name):
        match e:
            case events.Split():
                keys.append((e.kind, e.athlete, e.checkpoint, e.occurrence, e.clock))
            case events.Athlete():
                keys.append((e.kind, e.id))
            case events.Formation():
                keys.append((e.kind, e.plan, e.from_m))
            case events.Line():
                keys.append((e.kind, e.name, e.from_m))
            case events.Conditions():
                keys.append((e.kind, e.place, e.at))
            case events.Note():
                keys.append((e.kind, e.at, e.text))
            case _:
                keys.append((e.kind,))
    assert len(keys) == len(set(keys))


@every_race
def test_references(name: str) -> None:
    """Splits and formations name athletes and checkpoints of the file; the race's runner is one of them."""
    athletes = {e.id for e in read(name) if isinstance(e, events.Athlete)}
    assert race_of(name).runner in athletes
    assert {s.athlete for s in splits(name)} <= athletes
    assert {s.checkpoint for s in splits(name)} == set(places(name))
    for e in read(name):
        if isinstance(e, events.Formation):
            assert {s.athlete for s in e.slots} <= athletes


@every_race
def test_monotone(name: str) -> None:
    """A runner is later at every later mat, and no section is under 2:30 or over 5:00 a kilometre."""
    for marks in by_athlete(name).values():
        for (m0, t0), (m1, t1) in pairwise([(0.0, 0.0), *marks]):
            if m1 - m0 >= 1000:
                assert 150 <= (t1 - t0) / (m1 - m0) * 1000 <= 300
            assert t1 > t0


@every_race
def test_no_kilometre_splits(name: str) -> None:
    """Mats are every 5 km, at the half and at the finish; Vienna has one at 21 km."""
    extra = {21097.5, 42195.0} | ({21000.0} if name == "vienna-2019" else set())
    assert all(m % 5000 == 0 or m in extra for m in places(name).values())
    assert race_of(name).checkpoints[-1].type == "finish"


@every_race
def test_index(name: str) -> None:
    """The index says what the file says."""
    entry, race = next(e for e in INDEX if e["name"] == name), race_of(name)
    mine = [s for s in splits(name, race.runner) if s.quality in CARRYING]
    runner = next(e for e in read(name) if isinstance(e, events.Athlete) and e.id == race.runner)
    target = race.targets[0] if race.targets else None
    finish = next(s for s in mine if s.checkpoint == "finish")
    assert (entry["race"], entry["place"], entry["date"]) == (race.name, race.place, race.date)
    assert (datetime.fromisoformat(entry["gun"]) if entry["gun"] else None) == race.gun
    assert (entry["time_zone"], entry["record_eligible"]) == (race.time_zone, race.record_eligible)
    assert (entry["runner"], entry["runner_id"]) == (runner.name, runner.id)
    assert (entry["target_name"], entry["target_s"]) == ((target.name, target.finish_s) if target else (None, None))
    assert (entry["marks"], entry["distance_m"]) == (len(mine), race.distance_m)
    assert seconds(entry["result"]) == finish.elapsed_s
    assert entry["checkpoints"] == [[c.id, c.name, c.distance_m, c.type, c.carries] for c in race.checkpoints]
    legs = [e for e in read(name) if isinstance(e, events.Formation) and e.plan == "planned"]
    assert entry["legs"] == [[e.leg, e.team, e.from_m, e.to_m] for e in legs]


def test_index_is_complete() -> None:
    """Every race file is in the index once, and has its section in the README."""
    assert sorted(NAMES) == sorted(path.stem for path in RACES.glob("*.ndjson"))
    readme = (RACES / "README.md").read_text(encoding="utf-8")
    assert all(f"\n## {name}: " in readme for name in NAMES)


@every_race
def test_dates(name: str) -> None:
    """The gun falls on the race's day in its zone; without a gun nothing is dated and nothing ends before it began."""
    race = race_of(name)
    assert race.date is not None and race.time_zone is not None
    if race.gun is None:
        assert all(e.at is None and e.kind != "end" for e in read(name))
        return
    assert race.gun.astimezone(ZoneInfo(race.time_zone)).date().isoformat() == race.date
    assert race.gun.utcoffset() == race.gun.astimezone(ZoneInfo(race.time_zone)).utcoffset()
    last = max(s.elapsed_s or 0 for s in splits(name))
    end = read(name)[-1]
    assert end.kind == "end" and end.at == race.gun + timedelta(seconds=last)
    assert all(race.gun <= e.at <= end.at for e in read(name) if e.at is not None)


@every_race
def test_no_spoilers(name: str) -> None:
    """Nothing that is known before the gun tells a finish time."""
    gun = race_of(name).gun
    results = [s.elapsed_s or 0 for s in splits(name) if s.checkpoint == "finish"]
    told = {f"{int(t) // 3600}:{int(t) // 60 % 60:02d}:{int(t) % 60:02d}" for t in results}
    for line, event in zip(lines(name), read(name), strict=True):
        if event.kind != "split" and (event.at is None or event.at == gun):
            assert not [text for text in texts(json.loads(line)) for clock in told if clock in text]


def test_chicago_field() -> None:
    """39 runners; a mark that is missing is no message, one that the provider estimated says so."""
    name = "chicago-2023"
    assert len(by_athlete(name)) == 39 and len(splits(name)) == 389
    odd = {s.checkpoint: s.quality for s in splits(name, "kiselev") if s.quality != "official"}
    assert odd == {"25km": "estimated", "30km": "estimated", "35km": "estimated"}
    assert "5km" not in {s.checkpoint for s in splits(name, "kiselev")}
    assert {s.quality for s in splits(name) if s.athlete != "kiselev"} == {"official"}


def test_chicago_clock() -> None:
    """Time of day and elapsed time of every mark agree to the second with one start for all."""
    gun = race_of("chicago-2023").gun
    assert gun is not None
    for split in splits("chicago-2023"):
        assert split.at is not None and split.elapsed_s is not None
        assert (split.at - gun).total_seconds() - split.elapsed_s in (0, -1)


@pytest.mark.parametrize(
    ("name", "athletes", "marks", "result"),
    [
        ("breaking2-2017", 3, 10, "2:00:25"),
        ("berlin-2018", 3, 10, "2:01:39"),
        ("berlin-2019", 5, 8, "2:01:41"),
        ("berlin-2022", 11, 10, "2:01:09"),
        ("berlin-2023", 1, 9, "2:11:53"),
        ("chicago-2024", 1, 10, "2:09:56"),
        ("london-2026", 3, 9, "1:59:30"),
    ],
)
def test_other_races(name: str, athletes: int, marks: int, result: str) -> None:
    """Every other race has its runners, and its main runner the known number of marks and the known finish."""
    runner = race_of(name).runner
    assert len(by_athlete(name)) == athletes
    mine = splits(name, runner)
    assert (len(mine), mine[-1].elapsed_s) == (marks, seconds(result))


def test_london_says_so() -> None:
    """London's splits rest on one secondary source, and each of them says so; the finish does not."""
    mine = splits("london-2026", "sawe")
    assert all("one secondary source" in (s.source or "") and s.quality == "reported" for s in mine[:-1])
    assert mine[-1].quality == "official" and "secondary" not in (mine[-1].source or "")
