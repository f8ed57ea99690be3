"""The races of an event."""

from __future__ import annotations

import json

import pytest

from feeds.profiles.model import load
from feeds.profiles.races import MOST_RACES
from feeds.profiles.reader import ProfileReader
from tests.feeds.profiles.made import ATHLINKS, ROWS, folded, read, reader, rtrt
from tracker.race.book import Race


def several(*shown: str, **answers: str) -> tuple[Race, ProfileReader]:
    """Two races of an event of athlinks, folded for these runners."""
    made = ProfileReader(load("athlinks"), {"event": "9", **answers}, shown)
    other = json.loads(
        json.dumps(ATHLINKS).replace('"42"', '"43"').replace("8047", "5000").replace("2400120", "1500000")
    )
    one = json.loads(json.dumps(ATHLINKS))
    one[0]["race"], other[0]["race"] = {"id": 1, "name": "5 miles"}, {"id": 2, "name": "5 km"}
    return folded(made, [one[0], other[0]]), made


@pytest.mark.parametrize(
    ("shown", "answers", "id", "asks"),
    [
        ((), {}, "9:1", True),
        ((), {"race": "2"}, "9:2", False),
        ((), {"race": "5 MILES"}, "9:1", False),
        (("43",), {}, "9:2", False),
        (("Ann T",), {"race": "2"}, "9:2", False),
    ],
)
def test_each_race_of_an_event_is_its_own(shown: tuple[str, ...], answers: dict[str, str], id: str, asks: bool) -> None:
    """The user says which, or the runner who is followed; else one of them is shown, and the question is asked."""
    race, made = several(*shown, **answers)
    found = race.snapshot(0.0)
    assert found.race.id == id and bool(made.question) is asks
    assert found.course.distance_m is None and [m.distance_m for m in found.course.checkpoints] == [
        8047.0 if id == "9:1" else 5000.0
    ]
    assert [runner.id for runner in race.runners()] == ["42" if id == "9:1" else "43"]
    assert {mat for mat, _ in made.mats} == ({"9:1", "9:2"} if not answers else {id})
    if asks:
        assert "5 miles, 5 km" in made.question and "--set race=" in made.question


@pytest.mark.parametrize("backwards", [False, True])
def test_a_start_is_the_gun_of_its_own_course_alone(backwards: bool) -> None:
    """Each runner is measured from their own start, the course from its first one, whatever else begins earlier."""
    early = [
        rtrt("R9", "START", "00:00:00.00", 990000.0, 990005, course="half"),
        rtrt("R9", "10K", "00:30:00.00", 991800.0, 991805, course="half"),
    ]
    rows = [*ROWS, *early][:: -1 if backwards else 1]
    guns = {}
    for who in ("R1", "R9"):
        race = folded(ProfileReader(load("rtrt"), {"event": "E"}, [who]), {"list": rows})
        guns[race.snapshot(0.0).race.id] = race.gun_s
        assert [runner.id for runner in race.runners()] == (["R9"] if who == "R9" else ["R1", "R2"])
    assert guns == {"E:marathon": 1000000.0, "E:half": 990000.0}
    made = reader("rtrt")
    read(made, {"list": rows})
    assert "half, marathon" in made.question


def test_an_event_has_not_any_number_of_races() -> None:
    """A provider that names another one in every row is refused from some row on."""
    rows = [{**ROWS[1], "course": f"c{n}"} for n in range(MOST_RACES + 1)]
    _, refused = read(reader("rtrt"), {"list": rows})
    assert [r.field for r in refused] == [f"{MOST_RACES}.course"]
