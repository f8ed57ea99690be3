"""The vocabulary: what may be said about a race, and what may not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from feeds.events import Event

ADAPTER: TypeAdapter[Event] = TypeAdapter(Event)
LEAST: dict[str, dict[str, Any]] = {
    "race": {"id": "r", "name": "Race"},
    "athlete": {"id": "a"},
    "start": {"scope": "race", "id": "r"},
    "split": {"athlete": "a"},
    "void": {"athlete": "a"},
    "position": {"athlete": "a", "distance_m": 25370.0},
    "formation": {},
    "line": {"name": "laser"},
    "status": {"athlete": "a", "status": "DNF"},
    "conditions": {},
    "note": {"text": "rain"},
    "heartbeat": {},
    "end": {},
}
"""The least that a message of each kind says."""


def read(kind: str, **more: Any) -> Event:
    """A message as it comes on the wire, the least of its kind and more."""
    return ADAPTER.validate_json(json.dumps({"kind": kind} | LEAST.get(kind, {}) | more))


def refused(kind: str, **more: Any) -> str:
    """Where a message is wrong: the last name of the first place."""
    with pytest.raises(ValidationError) as caught:
        read(kind, **more)
    return str(caught.value.errors()[0]["loc"][-1]) if caught.value.errors()[0]["loc"] else ""


@pytest.mark.parametrize("kind", LEAST)
def test_the_least_message_of_a_kind(kind: str) -> None:
    """The named fields suffice; revision 1, no time, no claim of quality, and nobody made it up."""
    event = read(kind)
    assert event.kind == kind
    assert (event.rev, event.at, event.sent, event.quality, event.race, event.synthetic) == (
        1,
        None,
        None,
        None,
        None,
        False,
    )


def test_the_kinds_are_these() -> None:
    """The thirteen kinds of the format, no more and no fewer."""
    assert set(ADAPTER.json_schema()["discriminator"]["mapping"]) == set(LEAST)


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind, least in LEAST.items() for field in least])
def test_nothing_of_the_least_can_be_left_out(kind: str, field: str) -> None:
    """A message without one of them is refused, and the field is named."""
    message = {"kind": kind} | {name: value for name, value in LEAST[kind].items() if name != field}
    with pytest.raises(ValidationError) as caught:
        ADAPTER.validate_json(json.dumps(message))
    assert [error["loc"][-1] for error in caught.value.errors()] == [field]


@given(st.text(max_size=12).filter(lambda kind: kind not in LEAST))
def test_an_unknown_kind_is_no_event(kind: str) -> None:
    """A newer feed's kinds are told from bad messages of a known one."""
    with pytest.raises(ValidationError) as caught:
        ADAPTER.validate_python({"kind": kind})
    assert caught.value.errors()[0]["type"] == "union_tag_invalid"


@pytest.mark.parametrize("kind", LEAST)
def test_a_fact_does_not_change(kind: str) -> None:
    """An event is frozen."""
    with pytest.raises(ValidationError, match="frozen"):
        setattr(read(kind), "rev", 2)  # noqa: B010 - a plain assignment is what the type checker forbids


@pytest.mark.parametrize("kind", LEAST)
def test_an_unknown_field_is_ignored(kind: str) -> None:
    """A newer feed may say more of a known kind; what is not in the vocabulary is not kept."""
    assert read(kind, weather_on_mars=1) == read(kind)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("split", "elapsed_s", "852"),
        ("split", "elapsed_s", True),
        ("split", "place", 1.0),
        ("split", "occurrence", "1"),
        ("split", "provisional", 1),
        ("split", "rev", "2"),
        ("position", "distance_m", "25370"),
        ("race", "distance_m", "42195"),
        ("conditions", "temperature_c", "12"),
        ("athlete", "id", 7),
        ("athlete", "bib", 7),
        ("note", "text", None),
        ("note", "synthetic", "true"),
    ],
)
def test_nothing_is_guessed(kind: str, field: str, value: object) -> None:
    """No number in a string, no number for a text, no number for yes and no."""
    assert refused(kind, **{field: value}) == field


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e400"])
@pytest.mark.parametrize(
    ("kind", "field"),
    [("split", "elapsed_s"), ("position", "distance_m"), ("conditions", "temperature_c"), ("heartbeat", "rate")],
)
def test_every_number_is_one(kind: str, field: str, value: str) -> None:
    """No NaN and nothing without end."""
    message = json.dumps({"kind": kind} | LEAST[kind] | {field: 0})
    with pytest.raises(ValidationError):
        ADAPTER.validate_json(message.replace(f'"{field}": 0', f'"{field}": {value}'))


def test_heights_are_numbers_too() -> None:
    """A number without a bound is still a number."""
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(
            {"kind": "race", **LEAST["race"], "heights": ({"distance_m": 0.0, "height_m": float("nan")},)}
        )


@pytest.mark.parametrize("field", ["at", "sent", "gun"])
@pytest.mark.parametrize("value", ["2019-10-12T08:15:00", "2019-10-12", 1570860900, "1570860900"])
def test_an_instant_has_its_offset(field: str, value: object) -> None:
    """A local time, a day or a number is no instant."""
    assert refused("race", **{field: value}) == field


def test_an_instant_is_kept() -> None:
    """The gun of Vienna 2019."""
    event = read("race", gun="2019-10-12T08:15:00+02:00")
    assert event.kind == "race" and event.gun == datetime(2019, 10, 12, 6, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "date", ["2019-13-01", "2019-00-10", "2019-10-00", "2019-10-32", "２０１９-10-12", "12.10.2019", "2019-1-2"]
)
def test_a_date_is_a_day(date: str) -> None:
    """A month is one of twelve, in plain digits, since screens write its name."""
    assert refused("race", date=date) == "date"
    assert read("race", date="2019-10-12")


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("split", "elapsed_s", -0.1),
        ("split", "elapsed_s", 1e8),
        ("split", "resolution_s", 0),
        ("split", "occurrence", 0),
        ("split", "distance_m", -1),
        ("split", "rev", -1),
        ("split", "rev", 2**63),
        ("split", "clock", "chip"),
        ("split", "device", "rumour"),
        ("split", "quality", "certain"),
        ("status", "status", "dnf"),
        ("start", "scope", "team"),
        ("athlete", "country", "ken"),
        ("athlete", "sex", "F"),
        ("athlete", "id", ""),
        ("race", "distance_m", 0),
        ("race", "distance_m", 1e-320),
        ("race", "laps", {"count": 4, "lap_m": 0}),
        ("race", "laps", {"count": 4, "lap_m": 1e-320}),
        ("race", "course", [{"distance_m": 0, "lat": 91, "lon": 0}]),
        ("race", "checkpoints", [{"id": "5km", "type": "banner"}]),
        ("race", "limits", [{"division": "run", "flag_s_per_km": 0, "quarantine_s_per_km": 110}]),
        ("conditions", "humidity_pct", 101),
        ("conditions", "wind_m_s", -1),
        ("heartbeat", "rate", 0),
        ("formation", "slots", [{"slot": "driver"}]),
        ("formation", "leg", 0),
        ("line", "pace_s_per_km", 0),
        ("end", "result", "rumoured"),
    ],
)
def test_what_cannot_be_is_refused(kind: str, field: str, value: object) -> None:
    """Numbers outside their bounds and words outside their lists do not come in."""
    with pytest.raises(ValidationError) as caught:
        read(kind, **{field: value})
    assert field in caught.value.errors()[0]["loc"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, False),
        ({"points": [[0, 0]]}, False),
        ({"points": [[0, 0], [42195, 7200]]}, True),
        ({"finish_s": 7200}, True),
        ({"pace_s_per_km": 170}, True),
    ],
)
def test_a_target_says_something(more: dict[str, object], says: bool) -> None:
    """A schedule is a finish time, a pace, or at least two points."""
    targets = [{"name": "2:00:00"} | more]
    if says:
        assert read("race", targets=targets)
    else:
        with pytest.raises(ValidationError, match="give finish_s, pace_s_per_km or at least two points"):
            read("race", targets=targets)


@pytest.mark.parametrize(
    ("field", "most", "one"),
    [
        ("checkpoints", 1000, {"id": "x"}),
        ("landmarks", 1000, {"name": "x", "lat": 0, "lon": 0}),
        ("targets", 100, {"name": "x", "finish_s": 1}),
        ("limits", 20, {"division": "run", "flag_s_per_km": 1, "quarantine_s_per_km": 1}),
    ],
)
def test_lists_end(field: str, most: int, one: dict[str, object]) -> None:
    """Everything that a feed can make grow is bounded."""
    assert read("race", **{field: [one] * most})
    assert refused("race", **{field: [one] * (most + 1)}) == field


@given(st.sampled_from([*LEAST]), st.integers(0, 2**63 - 1), st.text("abc", min_size=1, max_size=5))
def test_a_message_written_is_read_again(kind: str, rev: int, id: str) -> None:
    """What is written out reads back as the same event."""
    event = read(kind, rev=rev, message_id=id, at="2019-10-12T08:15:00.25+02:00", quality="official")
    assert ADAPTER.validate_json(ADAPTER.dump_json(event, exclude_none=True)) == event


@pytest.mark.parametrize("points", [[[5000, 100], [5000, 100]], [[0, 0], [10000, 1800], [12000, 1700]]])
def test_a_schedule_only_rises(points: list[list[float]]) -> None:
    """Points that stand still or go back make no schedule."""
    with pytest.raises(ValidationError, match="points must rise"):
        read("race", targets=[{"name": "40:00", "points": points}])


@pytest.mark.parametrize(
    "more",
    [{"targets": [{"name": "t", "finish_s": 1e300}]}, {"laps": {"count": 1e300, "lap_m": 400}},
     {"heights": [{"distance_m": 0, "height_m": 1e308}]}],
)  # fmt: skip
def test_figures_out_of_all_bounds_are_refused(more: dict[str, object]) -> None:
    """Nothing that could not be a race reaches the drawing."""
    with pytest.raises(ValidationError):
        read("race", **more)
