"""Providers' answers as events."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.profiles.model import load, parse, shipped_profiles
from feeds.profiles.reader import ProfileReader
from feeds.reading import Rejection
from tests.feeds.profiles.made import ATHLINKS, CSV, MIKA, RACERESULT, ROWS, delivery, folded, read, reader, rtrt, voids
from tracker.race.book import Race

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
        ["list", "pid", "point", "time", "epochTime", "i", "u", "isStart", "data", "DataFields", "bib", "intervals", "results",
         "distance", "metersFromStart", "startTimeInMillis", "error", "type", "x"]), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


def splits(profile: str, body: object, **answers: str) -> list[tuple[str, str | None, str, float | None]]:
    """(athlete, checkpoint, clock, seconds) of every split in a payload, which has no rejection."""
    events, refused = read(reader(profile, **answers), body)
    assert not refused
    return [(e.athlete, e.checkpoint, e.clock, e.elapsed_s) for e in events if e.kind == "split"]


def test_rtrt_rows_are_starts_and_splits_in_the_order_of_the_provider_s_own_revisions() -> None:
    """A start is the athlete's own; the race begins with the first; `sent` is when the server took a row in."""
    made = reader("rtrt", event="X")
    events, refused = read(made, {"list": ROWS})
    assert (
        not refused
        and made.records == 5
        and made.kinds == {"start": 2, "split": 3}
        and {mat for _, mat in made.mats} == {"start", "10km", "half"}
    )
    split = next(e for e in events if e.kind == "split")
    assert (split.athlete, split.checkpoint, split.clock, split.elapsed_s, split.rev) == (
        "R1",
        "10km",
        "net",
        2400.5,
        1002408000002,
    )
    assert split.sent is not None and split.at is not None
    assert (split.sent.timestamp(), split.at.timestamp()) == (1002408.0, 1002400.5)
    race = folded(reader("rtrt"), {"list": ROWS})
    assert race.gun_s == 1000000.0 and race.snapshot(1006000.0).runner.name == "Runner 1"


@given(st.permutations([*ROWS, rtrt("R1", "10K", "00:40:10.00", 1002410.0, 1002408, 1002900)]), st.integers(0, 5))
def test_the_order_of_the_rows_makes_no_difference(rows: list[dict[str, Any]], at: int) -> None:
    """Row by row or in replies of any size, in any order and twice: the state is the same, and the correction holds."""
    whole = folded(
        reader("rtrt"),
        *[json.dumps(row) for row in [*ROWS, rtrt("R1", "10K", "00:40:10.00", 1002410.0, 1002408, 1002900)]],
    )
    mixed = folded(reader("rtrt"), *[json.dumps(row) for row in (*rows, *rows[:at])])
    assert mixed.state_hash() == whole.state_hash()
    assert mixed.sheet("R1").marks[0].elapsed_s == 2410.0


def test_a_row_that_came_again_is_a_duplicate_and_one_that_changed_a_revision() -> None:
    """Also one that says itself that it was touched more than a minute after it was inserted."""
    made = reader("rtrt")
    late = rtrt("R2", "HALF", "01:50:00.00", 1006630.0, 1006640, 1006801)
    for row in (*ROWS, ROWS[1], {**ROWS[2], "netTime": "01:25:01.00"}, late):
        read(made, json.dumps(row))
    assert made.duplicates == 1 and made.changed == {("R1", "half"), ("R2", "half")}


def test_a_status_is_told_with_the_provider_s_own_marks() -> None:
    """As a passing is: when the row was inserted, and touched."""
    text = load("rtrt").source + '[[status]]\nfield = "state"\nvalues = { OUT = "DNF" }\n'
    events, refused = read(reader(parse(text.encode(), "x")), {**ROWS[1], "state": "out"})
    found = [(e.status, e.rev, e.sent.timestamp()) for e in events if e.kind == "status" and e.sent is not None]
    assert not refused and found == [("DNF", 1002408000002, 1002408.0)]


def test_no_results_is_no_error_and_any_other_is() -> None:
    """The provider says so with HTTP 200."""
    assert read(reader("rtrt"), {"error": {"type": "no_results", "msg": "x"}}) == ([], [])
    _, refused = read(reader("rtrt"), {"error": {"type": "access_denied"}})
    assert "access_denied" in refused[0].why


def test_a_points_document_gives_the_course() -> None:
    """Delivered under its own name; metres are known before anybody passes, where it is known which race it is."""
    points = {
        "list": [
            {"name": "START", "isStart": "1", "km": "0"},
            {"name": "10K", "km": "10.0"},
            {"name": "HALF", "km": "21.0975"},
            {"name": "FIN", "isFinish": "1", "km": "42.195"},
        ]
    }
    assert read(reader("rtrt"), points, part="points") == ([], [])
    events, _ = read(reader("rtrt", course="Marathon"), points, part="points")
    assert [e.kind for e in events] == ["race"] and events[0].kind == "race"
    assert events[0].distance_m == 42195.0 and [c.type for c in events[0].checkpoints] == [
        "start",
        "split",
        "split",
        "finish",
    ]


def test_raceresult_columns_by_name_at_any_depth_and_a_dnf_with_a_finish_clock() -> None:
    """The finish of one who did not finish counts for nothing, and is not lost."""
    assert splits("raceresult", RACERESULT, event="1")[:2] == [
        ("1", "Inter-1", "gun", 7529.0),
        ("1", "finish", "gun", 15250.0),
    ]
    made = reader("raceresult", event="1", distance="28000")
    race = folded(made, RACERESULT)
    assert made.records == 3 and made.kinds == {"split": 4, "status": 2}
    out = race.sheet("2")
    assert out.status == "DNF" and out.finish is None and any(m.rejected for m in out.marks)
    assert race.sheet("3").status == "DNS"


def test_athlinks_metres_clocks_and_starts() -> None:
    """Chip and gun in milliseconds; a row counts once; other divisions are passed over."""
    made = reader("athlinks", event="9")
    events, refused = read(made, ATHLINKS)
    assert not refused and made.kinds == {"split": 1} and made.records == 1
    found = {e.clock: e.elapsed_s for e in events if e.kind == "split"}
    assert found == {"net": 2400.12, "gun": 2410.0}
    assert next(e for e in events if e.kind == "athlete").sex == "W"


def test_mika_s_table_with_its_estimates_and_holes() -> None:
    """The half by its German name, a star is the provider's estimate, a dash a mat that was missed."""
    events, refused = read(reader("mika", athlete="A1"), MIKA)
    assert not refused
    found = {e.checkpoint: (e.elapsed_s, e.quality) for e in events if e.kind == "split"}
    assert found == {"5km": (929.0, None), "half": (3982.0, "estimated"), "finish": (7791.0, None)}
    assert next(e for e in events if e.kind == "athlete").name == "Moser, Bo"


def test_csv_with_a_bom_a_delimiter_of_its_own_and_a_dnf() -> None:
    """Wide rows; names with the other delimiter in them."""
    assert splits("csv", CSV)[:3] == [
        ("1", "5km", "gun", 1200.0),
        ("1", "half", "gun", 5100.0),
        ("1", "finish", "gun", 10200.0),
    ]
    assert folded(reader("csv"), CSV).sheet("2").status == "DNF"


def test_csv_a_line_a_delivery_is_the_same_race_as_the_whole_table() -> None:
    """The header comes first; a row that is said again is a duplicate, and none is withdrawn by another."""
    by_line = reader("csv")
    race = folded(by_line, *CSV.splitlines(), *CSV.splitlines()[:2])
    assert (by_line.records, by_line.duplicates) == (3, 3)
    assert race.state_hash() == folded(reader("csv"), CSV).state_hash()


def test_a_cell_that_cannot_be_read_is_one_rejection_and_the_rest_counts() -> None:
    """Line, row, field and reason."""
    events, refused = read(reader("csv"), CSV.replace("0:20:00", "20.5 min"), line=7)
    assert [(r.line, r.field) for r in refused] == [(7, "0.5K")] and "20.5 min" in refused[0].why
    assert sum(e.kind == "split" for e in events) == 3


def test_in_a_snapshot_a_changed_cell_is_a_revision_and_a_vanished_row_a_void() -> None:
    """By the instant of receipt where the provider has no revisions of its own."""
    made = reader("csv")
    read(made, CSV, received_s=100.0)
    changed, _ = read(made, CSV.replace("0:20:00", "0:20:05"), received_s=110.0)
    assert [(e.kind, e.rev) for e in changed if e.kind == "split"] == [("split", 110000)]
    gone, _ = read(made, CSV.replace("1:25:00", ""), received_s=120.0)
    assert [(e.athlete, e.checkpoint) for e in gone if e.kind == "void"] == [("1", "half")]
    back, _ = read(made, CSV, received_s=130.0)
    assert [(e.checkpoint, e.rev) for e in back if e.kind == "split"][-1] == ("half", 130000)


def test_a_row_that_moved_to_another_page_has_not_vanished() -> None:
    """What is void is decided when the round is over."""
    made = reader("rtrt")
    read(made, {"list": ROWS[:2]}, part="page 1", more=True)
    read(made, {"list": ROWS[3:]}, part="page 2")
    read(made, {"list": [ROWS[0], ROWS[3]]}, part="page 1", more=True)
    events, _ = read(made, {"list": [ROWS[4], ROWS[1]]}, part="page 2")
    assert not [e for e in events if e.kind == "void"]
    read(made, {"list": [ROWS[0]]}, part="page 1", more=True)
    events, _ = read(made, {"list": []}, part="page 2")
    assert sorted((e.athlete, e.checkpoint) for e in events if e.kind == "void") == [
        ("R1", "10km"),
        ("R2", "10km"),
        ("R2", "start"),
    ]


def paged(size: int) -> ProfileReader:
    """A reader of RTRT's rows whose pages have so many."""
    return reader(parse(load("rtrt").source.replace("size = 100", f"size = {size}").encode(), "rtrt.toml"))


def test_a_page_that_is_gone_takes_its_rows_along() -> None:
    """The last page tells: it is not full, or has no rows, so none is behind it."""
    made = paged(2)
    for n, rows in enumerate((ROWS[:2], ROWS[2:4], ROWS[4:]), 1):
        read(made, {"list": rows}, part=f"athlete R1,R2 {n}", more=n < 3)
    assert voids(made, {"list": ROWS[2:3]}, part="athlete R1,R2 2") == [("R2", "10km"), ("R2", "start")]
    assert voids(made, {"error": {"type": "no_results"}}, part="athlete R1,R2 1") == [
        ("R1", "10km"),
        ("R1", "half"),
        ("R1", "start"),
    ]
    assert not voids(made, {"list": ROWS[:1]}, part="athlete R9 1")


def test_a_page_that_was_not_asked_for_or_failed_is_not_gone() -> None:
    """A full page may have others behind it, whether they were asked for or not; an answer that is none says nothing."""
    made = paged(2)
    for n, rows in enumerate((ROWS[:2], ROWS[2:4], ROWS[4:]), 1):
        read(made, {"list": rows}, part=f"page {n}", more=n < 3)
    assert not voids(made, {"list": [ROWS[0], {**ROWS[1], "netTime": "00:40:01.00"}]}, part="page 1")
    assert not voids(made, {"error": {"type": "busy"}}, part="page 2")
    assert not voids(made, b"<html>", part="page 1")


def test_what_came_back_as_it_was_counts_again() -> None:
    """Although the provider's own revision of it is the one that was withdrawn."""
    made, race = paged(2), Race()
    for rows in (ROWS[:2], ROWS[:1], ROWS[:2]):
        for event in read(made, {"list": rows}, part="page 1")[0]:
            race.receive(event)
    assert [mark.elapsed_s for mark in race.sheet("R1").marks] == [2400.5]


def test_what_cannot_be_read_has_not_vanished() -> None:
    """A cell with a slip withdraws nothing; when it is empty at the next look, that does."""
    made = reader("csv")
    read(made, CSV, received_s=1.0)
    assert not voids(made, CSV.replace("1:25:00", "1:2"), received_s=2.0)
    assert voids(made, CSV.replace("1:25:00", ""), received_s=3.0) == [("1", "half")]


def test_filters_pass_other_courses_over() -> None:
    """By what the user said."""
    made = reader("rtrt", course="half")
    assert read(made, {"list": ROWS}) == ([], []) and made.records == 5


@given(JSON, st.sampled_from([profile.name for profile in shipped_profiles()]))
def test_nothing_that_a_provider_can_send_raises(body: object, name: str) -> None:
    """Every answer becomes events and rejections; what is kept is never more than was said."""
    made = reader(name)
    said = made.read(delivery(json.dumps(body)))
    assert isinstance(said, tuple | Rejection)


@given(st.binary(max_size=200), st.sampled_from([profile.name for profile in shipped_profiles()]))
def test_bytes_of_any_kind_are_survived(raw: bytes, name: str) -> None:
    """Text that is none, JSON that is none, pages that are none."""
    assert isinstance(reader(name).read(delivery(raw)), tuple | Rejection)


@pytest.mark.parametrize("name", [profile.name for profile in shipped_profiles()])
def test_the_wrong_profile_says_so(name: str) -> None:
    """A message of the split feed is no provider's row: refused, or nothing in it."""
    said = reader(name).read(delivery({"kind": "end"}))
    assert isinstance(said, Rejection) or said == () or load(name).rows.format != "json"


def test_the_race_s_clock_is_told_beside_a_provider_s_rows() -> None:
    """A rerun's heartbeat, which has no line, is read as what it is; on a line of the provider's it is no row."""
    beat = {"kind": "heartbeat", "at": "2019-10-12T08:15:00+02:00", "rate": 60.0}
    events, refused = read(reader("rtrt"), beat, line=0)
    assert [e.kind for e in events] == ["heartbeat"] and not refused
    assert read(reader("rtrt"), beat, line=1)[1]
