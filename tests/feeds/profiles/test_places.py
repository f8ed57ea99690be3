"""What providers call places."""

from __future__ import annotations

import pytest

from feeds.profiles.places import HALF_M, MARATHON_M, Places, id_of, kind_of, metres_of


@pytest.mark.parametrize(
    ("name", "metres"),
    [("5K", 5000), ("10 km", 10000), ("20KMS", 20000), ("25.2 Miles", 25.2 * 1609.344), ("20 Miles", 20 * 1609.344), ("HALF", HALF_M),
     ("Halb", HALF_M), ("Half-Marathon", HALF_M), ("21.1k", HALF_M), ("800m", 800), ("Start", 0), ("BREST", None), ("Km 5 gate", None)],
)  # fmt: skip
def test_a_name_tells_its_distance(name: str, metres: float | None) -> None:
    """Only where it does."""
    assert metres_of(name) == (None if metres is None else pytest.approx(metres, abs=3))


def test_one_place_has_one_id_however_it_is_written() -> None:
    """`5K` is `5 km`, the half is the half, and start and finish are themselves in any language."""
    assert {id_of(n, "split") for n in ("5K", "5 km", "5.0 KM")} == {"5km"}
    assert {id_of(n, "split") for n in ("HALF", "Halb", "21.1k")} == {"half"}
    assert [kind_of(n) for n in ("Finish Net", "Ziel", "Arrivée", "START", "Départ", "T1")] == ["finish"] * 3 + [
        "start"
    ] * 2 + ["split"]


def test_aliases_metres_laps_and_what_is_ignored() -> None:
    """Each as the profile says."""
    places = Places({"Full Course": "Finish"}, {"Brest": 600_000}, ["Speaker.*"], r"\s*#(\d+)$", MARATHON_M)
    finish, brest, lap = places.find("Full Course"), places.find("BREST"), places.find("Park #3")
    assert finish is not None and (finish.kind, finish.metres) == ("finish", MARATHON_M)
    assert brest is not None and brest.metres == 600_000
    assert lap is not None and (lap.id, lap.lap) == ("Park", 3)
    assert places.find("Speaker 2") is None and places.find("") is None


def test_a_points_document_is_believed() -> None:
    """Also after a place was found without it."""
    places = Places({}, {}, [])
    before = places.find("BIKE1")
    places.learn("BIKE1", 17_000.0, None)
    after = places.find("BIKE1")
    assert before is not None and before.metres is None
    assert after is not None and after.metres == 17_000.0
