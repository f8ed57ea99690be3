"""Documents of made-up providers, each of another kind, read by profiles that were written from docs/feeds.md."""

from __future__ import annotations

import pytest

from feeds.profiles.model import parse
from feeds.profiles.reader import ProfileReader
from tests.feeds.profiles.made import read, reader
from tracker.race.book import Race

NESTED = """
{"event": {"id": "lake24", "title": "Lake Trail 2026", "start": "2026-05-09T07:30:00Z"},
 "results": {"categories": [
  {"code": "F", "entries": [
    {"startNumber": 101, "person": {"givenName": "Ida", "familyName": "Berg", "nat": "NOR"},
     "state": "FINISHED",
     "sections": [{"to": "Hut 1", "dist": 7.2, "sectionTime": "PT41M10S", "secs": 2470.4}, {"to": "Ridge", "dist": 15.0, "secs": 3100.0}, {"to": "Goal", "dist": 24.3, "secs": 2999.6}]},
    {"startNumber": 102, "person": {"givenName": "Mia", "familyName": "Dahl", "nat": "SWE"},
     "state": "RETIRED",
     "sections": [{"to": "Hut 1", "dist": 7.2, "secs": 2555.0}, {"to": "Ridge", "dist": 15.0, "secs": null}, {"to": "Goal", "dist": 24.3, "secs": null}]}]},
  {"code": "M", "entries": [
    {"startNumber": 201, "person": {"givenName": "Jon", "familyName": "Vik", "nat": "NOR"},
     "state": "ON_COURSE",
     "sections": [{"to": "Hut 1", "dist": 7.2, "secs": 2301.9}, {"to": "Ridge", "dist": 15.0, "secs": 2888.8}, {"to": "Goal", "dist": 24.3, "secs": null}]}]}]}}
"""
LAKE = """
name = "lake"
title = "Lake Trail"

[rows]
path = "[@]"
levels = ["results.categories", "entries", "sections"]

[race]
started = "parent.parent.parent.event.start"

[athlete]
id = "parent.startNumber"
bib = "parent.startNumber"
name = ["parent.person.givenName", "parent.person.familyName"]
country = "parent.person.nat"
category = "parent.parent.code"

[split]
place = "to"
metres = "dist"
metres_unit = "km"
times = [{ field = "secs", clock = "leg", form = "s" }]

[place]
order = ["Hut 1", "Ridge", "Goal"]
aliases = { Goal = "Finish" }

[[status]]
field = "parent.state"
values = { RETIRED = "DNF", FINISHED = "finished" }

[semantics]
snapshot = true
"""
TABLE = """Startnr;Nachname;Vorname;Geschl.;Jahrgang;Verein;Zwischenzeit 5,5 km;Zwischenzeit 11 km;Zielzeit netto;Zielzeit brutto;Bemerkung
17;Müller;Jörg;männlich;1988;LG Süd;0:21:07,4;0:43:12,9;1:24:59,1;1:25:03,6;
23;Groß;Änne;weiblich;1991;TSV Höhe;0:25:17,0;0:52:01,2;;;Aufgabe
31;Weiß;Uwe;männlich;1979;;k.Z.;0:49:59,8;1:39:40,0;1:39:51,2;
40;Öztürk;Ela;weiblich;2001;;;;;;n.a.
"""
STADTLAUF = """
name = "stadtlauf"
title = "Stadtlauf"

[rows]
format = "csv"
delimiter = ";"
encoding = "latin-1"

[athlete]
id = "Startnr"
bib = "Startnr"
name = ["Vorname", "Nachname"]
sex = '"Geschl."'
sexes = { "männlich" = "M", weiblich = "W" }
team = "Verein"

[split]
nulls = ["k.Z."]
columns = [
  { pattern = 'Zwischenzeit (?P<place>.+)', clock = "net" },
  { exact = "Zielzeit netto", place = "Finish", clock = "net" },
  { exact = "Zielzeit brutto", place = "Finish" },
]

[[status]]
field = "Bemerkung"
values = { Aufgabe = "DNF", "n.a." = "DNS" }

[semantics]
snapshot = true
"""
XML = """<?xml version="1.0" encoding="UTF-8"?>
<LiveResults xmlns="http://timing.example.org/ns/3" generated="2026-09-06T10:41:12+02:00">
  <Race code="HM" title="Half marathon" gunTime="2026-09-06T09:30:00+02:00">
    <Entry no="1204" sex="f" club="Harriers"><Runner>Lena Ott</Runner>
      <Passage point="KM5" at="2026-09-06T09:52:31.2+02:00" pos="3"/>
      <Passage point="KM10" at="2026-09-06T10:14:02.9+02:00" pos="2"/>
      <Passage point="ZIEL" at="2026-09-06T11:03:40.0+02:00" pos="2" final="yes"/></Entry>
    <Entry no="1310" sex="m"><Runner>Tom Rau</Runner>
      <Passage point="KM5" at="2026-09-06T09:50:01.0+02:00" pos="1"/></Entry>
  </Race>
  <Race code="10K" title="10 km" gunTime="2026-09-06T10:00:00+02:00">
    <Entry no="2001" sex="m"><Runner>Ben Ito</Runner><Passage point="KM5" at="2026-09-06T10:18:20.5+02:00" pos="1"/></Entry>
  </Race>
</LiveResults>
"""
LIVE = """
name = "live"
title = "Live results"

[rows]
format = "xml"
path = "Race"
levels = ["Entry", "Passage"]

[race]
by = "parent.parent.code"
called = "parent.parent.title"
answer = "race"
started = "parent.parent.gunTime"

[athlete]
id = "parent.no"
bib = "parent.no"
name = "parent.Runner"
sex = "parent.sex"
team = "parent.club"

[split]
place = "point"
is_finish = "final"
rank = "pos"
times = [{ field = "at", clock = "epoch", form = "iso" }]

[place]
aliases = { KM5 = "5K", KM10 = "10K" }

[semantics]
snapshot = true

[questions.race]
what = "the race: HM or 10K"
optional = true
requests = false
"""


def told(document: bytes, profile: str, **answers: str) -> tuple[Race, ProfileReader]:
    """The race of a document, of which nothing is refused."""
    made, race = reader(parse(profile.encode(), "x.toml"), **answers), Race()
    events, refused = read(made, document)
    assert not refused
    for event in events:
        race.receive(event)
    return race, made


def times(race: Race, athlete: str) -> dict[str, float]:
    """What the net or only clock of an athlete says at each mat."""
    return {mark.checkpoint.id: round(mark.elapsed_s, 3) for mark in race.sheet(athlete).marks}


def test_nested_json_with_legs_of_sections() -> None:
    """Three levels down, with the gun at the top of the document; a section that is still to be run says null."""
    race, made = told(NESTED.encode(), LAKE)
    assert times(race, "101") == {"Hut-1": 2470.4, "Ridge": 5570.4, "finish": 8570.0}
    assert times(race, "102") == {"Hut-1": 2555.0} and race.sheet("102").status == "DNF"
    assert times(race, "201") == {"Hut-1": 2301.9, "Ridge": 5190.7}
    assert race.gun_s == 1778311800.0 and made.kinds["split"] == 6
    assert [runner.name for runner in race.runners()] == ["Ida Berg", "Mia Dahl", "Jon Vik"]


def test_a_table_in_latin_1_with_german_words_and_commas() -> None:
    """Names of two columns, words for sexes and statuses, places out of the columns' names."""
    race, _ = told(TABLE.encode("latin-1"), STADTLAUF)
    found = {(p.checkpoint.id, p.clock): p.time_s for p in race.sheet("17").passings.found}
    assert found == {
        ("5.5km", "net"): 1267.4,
        ("11km", "net"): 2592.9,
        ("finish", "net"): 5099.1,
        ("finish", "gun"): 5103.6,
    }
    assert [(r.name, r.sex, r.status) for r in race.runners()] == [
        ("Jörg Müller", "M", None),
        ("Änne Groß", "W", "DNF"),
        ("Uwe Weiß", "M", None),
        ("Ela Öztürk", "W", "DNS"),
    ]
    assert "5.5km" not in times(race, "31")


@pytest.mark.parametrize(
    ("answer", "gun_s", "athlete", "found"),
    [
        ("HM", 1788679800.0, "1204", {"5km": 1351.2, "10km": 2642.9, "finish": 5620.0}),
        ("10 km", 1788681600.0, "2001", {"5km": 1100.5}),
    ],
)
def test_xml_of_two_races_with_instants(answer: str, gun_s: float, athlete: str, found: dict[str, float]) -> None:
    """Each with its own gun; the finish is flagged, whatever it is called."""
    race, _ = told(XML.encode(), LIVE, race=answer)
    assert race.gun_s == gun_s and times(race, athlete) == found
