"""A profile to start from."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from feeds.feed import FeedError
from feeds.profiles.draft import drafted
from feeds.profiles.model import load, parse
from tests.feeds.profiles.made import ATHLINKS, CSV, read, reader
from tests.feeds.profiles.test_strangers import NESTED, TABLE, XML
from tracker.race.book import Race

LONG = {"meta": {"race": 1}, "data": {"reads": [
    {"bib": 7, "name": "Bo", "location": "10K", "chip time": "00:41:00", "epoch": 1700000000, "device": "x"},
    {"bib": 8, "name": "Li", "location": "Finish", "chip time": "01:41:00", "epoch": 1700003600, "device": "y"}]}}  # fmt: skip


@pytest.mark.parametrize(
    ("document", "splits"),
    [
        (json.dumps(LONG), 2),
        (CSV, 4),
        ('{"bib":1,"point":"5K","time":"0:20:00"}\n{"bib":2,"point":"5K","time":"0:21:00"}\n', 1),
    ],
)
def test_a_draft_reads_what_it_was_drawn_from(tmp_path: Path, document: str, splits: int) -> None:
    """At once, without a word changed; each guess has an example beside it."""
    text = drafted(document.encode())
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    events, refused = read(
        reader(load(str(file))), document.splitlines()[0] if document.startswith('{"bib"') else document
    )
    assert sum(e.kind == "split" for e in events) == splits and not refused
    assert "such as" in text


@pytest.mark.parametrize(
    ("document", "athlete", "name", "found"),
    [
        (NESTED.encode(), "101", "Ida Berg", {"Hut-1": 2470.4, "Ridge": 5570.4, "finish": 8570.0}),
        (TABLE.encode("latin-1"), "23", "Änne Groß", {"5.5km": 1517.0, "11km": 3121.2}),
        (XML.encode(), "2001", "Ben Ito", {"KM5": 1100.5}),
    ],
)
def test_a_stranger_s_document_gives_a_draft_that_tells_most(
    document: bytes, athlete: str, name: str, found: dict[str, float]
) -> None:
    """Levels, legs, joined names, encodings, the gun and the words of a status; what is not known by its name is left."""
    made = reader(parse(drafted(document).encode(), "draft"))
    race = Race()
    for event in read(made, document)[0]:
        race.receive(event)
    marks = {mark.checkpoint.id: round(mark.elapsed_s, 3) for mark in race.sheet(athlete).marks}
    assert {place: marks.get(place) for place in found} == found
    assert {runner.id: runner.name for runner in race.runners()}[athlete] == name


def test_where_places_hold_their_runners_the_place_is_the_parent() -> None:
    """Its name and its metres, while the runner's name is that of the row."""
    whole = json.loads(json.dumps(ATHLINKS[:1]))
    whole[0]["intervals"][0]["results"].append({**whole[0]["intervals"][0]["results"][0], "bib": "43"})
    made = reader(parse(drafted(json.dumps(whole).encode()).encode(), "draft"))
    events, refused = read(made, whole)
    assert not refused and sum(e.kind == "start" for e in events) == 2
    assert next(e.name for e in events if e.kind == "athlete") == "Ann T"
    found = next(e for e in events if e.kind == "split" and e.clock == "net")
    assert (found.checkpoint, found.elapsed_s) == ("5mi", 2400.12) and made.kinds == {"split": 2}


@pytest.mark.parametrize("document", [{"rows": [{"a": 1}]}, {"rows": [{"bib": 1, "point": "5K", "x": "y"}]}])
def test_where_no_time_is_recognised_the_draft_says_what_is_missing(document: object) -> None:
    """It names the place to be filled in, and is TOML."""
    text = drafted(json.dumps(document).encode())
    assert "none was recognised" in text and tomllib.loads(text)["name"] == "my-provider"


def test_what_was_not_understood_is_listed() -> None:
    """So that nothing is overlooked."""
    assert "#   device # such as x" in drafted(json.dumps(LONG).encode())


@pytest.mark.parametrize("document", [b"", b"5", b"[]", b"no table at all", b"\xff\xfe", b"{"])
def test_a_document_without_rows_is_said_to_be_one(document: bytes) -> None:
    """One line, and what a draft is made of."""
    with pytest.raises(FeedError, match="no rows found"):
        drafted(document)
