"""What a profile's sections make of rows, from the payload to the race."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.profiles.model import parse
from tests.feeds.profiles.made import folded, read, reader, voids
from tracker.race.book import Race

LEGS = """
name = "legs"
title = "Legs"
[athlete]
id = "bib"
[split]
place = "p"
times = [{ field = "t", clock = "leg", form = "mm:ss" }]
[semantics]
snapshot = true
"""
ORDERED = LEGS + '[place]\norder = ["Start", "5K", "10K", "Ziel"]\n'
LEG_ROWS = [{"bib": 1, "p": p, "t": t} for p, t in (("5K", "20:00"), ("10K", "21:00"), ("Ziel", "22:00"))]


@given(st.permutations(LEG_ROWS))
def test_legs_are_summed_in_declared_order_across_answers(rows: list[dict[str, Any]]) -> None:
    """In any order of the answers: each holds one place."""
    made = reader(parse(ORDERED.encode(), "x"))
    race = folded(made, *({"bib": 1, **row} for row in rows))
    assert [mark.elapsed_s for mark in race.sheet("1").marks] == [1200.0, 2460.0, 3780.0]
    assert made.kinds == {"split": 3}


def test_a_hole_among_the_legs_makes_the_rest_unknown() -> None:
    """Where the order is declared a row that is not there, else one without a time; one that vanished takes the rest along."""
    holed = [LEG_ROWS[0], {**LEG_ROWS[1], "t": "-"}, LEG_ROWS[2]]
    for profile, rows in ((ORDERED, [LEG_ROWS[0], LEG_ROWS[2]]), (ORDERED, holed), (LEGS, holed)):
        race = folded(reader(parse(profile.encode(), "x")), rows)
        assert [mark.elapsed_s for mark in race.sheet("1").marks] == [1200.0]
    for profile in (ORDERED, LEGS):
        made = reader(parse(profile.encode(), "x"))
        read(made, LEG_ROWS, received_s=1.0)
        assert voids(made, LEG_ROWS[:1], received_s=2.0) == [("1", "10km"), ("1", "finish")]
        back = read(made, LEG_ROWS, received_s=3.0)[0]
        assert [e.elapsed_s for e in back if e.kind == "split"] == [2460.0, 3780.0]


def test_the_points_document_gives_the_order_of_legs_where_none_is_declared() -> None:
    """Also when it comes after the legs; until then they are not summed, and that is said."""
    points = '[points]\npart = "points"\npath = "list"\n'
    made = reader(parse((LEGS + points).encode(), "x"))
    race = Race()
    listed = {"list": [{"name": name} for name in ("Start", "5K", "10K", "Ziel")]}
    for body, part in ((LEG_ROWS[::-1], ""), (listed, "points")):
        for event in read(made, body, part=part)[0]:
            race.receive(event)
        assert ("[place] order" in made.question) is (not part)
    assert [mark.elapsed_s for mark in race.sheet("1").marks] == [1200.0, 2460.0, 3780.0]


FINISHES = """
name = "x"
title = "X"
[athlete]
id = "bib"
name = ["first", "last"]
[split]
place = "p"
times = [{ field = "t", form = "s" }]
"""


@pytest.mark.parametrize(
    ("more", "row"),
    [
        ('is_finish = "last_mat"', {"p": "Arch", "last_mat": "1"}),
        ('[place]\naliases = { Arch = "Finish" }', {"p": "Arch"}),
        ('[[status]]\nfield = "done"\nflag = "finished"', {"p": "Arch", "done": True}),
        ('[[status]]\nfield = "state"\nvalues = { OFFICIAL = "finished" }', {"p": "Arch", "state": "official"}),
    ],
)
def test_finished_is_a_place_a_flag_or_a_word(more: str, row: dict[str, Any]) -> None:
    """Of the row's place, of the athlete, or of a status; without any it is one more mat, and a flag that is down is none."""
    made = reader(parse((FINISHES + more).encode(), "x"))
    race = folded(made, [{"bib": 1, "first": "Anna", "last": "Meier", "t": 2400, **row}])
    sheet = race.sheet("1")
    assert sheet.finish is not None or sheet.status == "finished"
    assert race.runners()[0].name == "Anna Meier"
    down = {**dict.fromkeys(row, 0), "p": "Arch 2"}
    plain = folded(reader(parse((FINISHES + more).encode(), "x")), [{"bib": 1, "t": 2400, **down}]).sheet("1")
    assert plain.finish is None and plain.status is None


@pytest.mark.parametrize(
    ("field", "given", "rows"),
    [
        ("contest.id", "2", [{"contest": {"id": 1}}, {"contest": {"id": 2}}]),
        ("course", "half", [{"course": "Full"}, {"course": "Half"}]),
        ("sex", "f", [{"sex": "M"}, {"sex": "F"}]),
        ("bib", "8", [{}, {}]),
    ],
)
def test_filters_are_of_any_field_by_the_profile_or_by_the_user(
    field: str, given: str, rows: list[dict[str, Any]]
) -> None:
    """Contest, course, sex, athlete; without an answer everybody counts."""
    rows = [{"bib": n, "p": "5K", "t": 1200, **row} for n, row in enumerate(rows, 7)]
    asked = (
        FINISHES + f'[[filter]]\nfield = "{field}"\nanswer = "only"\n[questions.only]\nwhat = "x"\noptional = true\n'
    )
    fixed = FINISHES + f'[[filter]]\nfield = "{field}"\nvalues = ["{given}"]\n'
    for text, answers, left in ((asked, {"only": given}, ["8"]), (asked, {}, ["7", "8"]), (fixed, {}, ["8"])):
        events, _ = read(reader(parse(text.encode(), "x"), **answers), rows)
        assert [e.athlete for e in events if e.kind == "split"] == left
