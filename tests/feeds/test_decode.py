"""Raw messages into events, or a Rejection that says why."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.decode import MESSAGE_LIMIT, MOST_NAMES, OTHERS, Decoder, schema
from feeds.events import Event, Message
from feeds.reading import Rejection
from feeds.seen import full
from feeds.shipped import path, shipped

SPLIT = {"kind": "split", "athlete": "a", "checkpoint": "5km", "elapsed_s": 852.0}
SHIPPED = tuple(line for race in shipped() for line in path(race.name).read_bytes().splitlines())


def said(**more: Any) -> bytes:
    """A split as it comes on the wire."""
    return json.dumps(SPLIT | more).encode()


def with_text(text: str) -> bytes:
    """A split with one more member, written by hand."""
    return said()[:-1] + b", " + text.encode() + b"}"


def rejected(raw: bytes) -> Rejection:
    """Why a message is refused."""
    answer = Decoder()(raw, 7)
    assert isinstance(answer, Rejection)
    return answer


def accepted(raw: bytes) -> tuple[Event, ...]:
    """The events of a message that is not refused."""
    answer = Decoder()(raw)
    assert isinstance(answer, tuple), answer
    return tuple(map(full, answer))


def test_a_message_is_one_event() -> None:
    """A message becomes the event that it says, with what is absent at its default."""
    (event,) = accepted(said(at="2019-10-12T08:29:12+02:00"))
    assert event.kind == "split"
    assert (event.athlete, event.elapsed_s, event.rev, event.clock) == ("a", 852.0, 1, "gun")
    assert event.at is not None
    assert event.at.timestamp() == 1570861752


def test_the_shipped_races_are_understood_to_the_last_field() -> None:
    """No line of a shipped race is refused, none says anything unknown."""
    decoder = Decoder()
    assert all(isinstance(decoder(line), tuple) for line in SHIPPED)
    assert not decoder.unknown_kinds
    assert not decoder.unknown_fields


@pytest.mark.parametrize(
    ("raw", "field", "why"),
    [
        (b"", "", "not JSON: EOF"),
        (b"garbage", "", "one object on one line"),
        (b"\xff\xfe\x00", "", "not JSON"),
        (b"\xef\xbb\xbf" + said(), "", "in UTF-8 without BOM"),
        (said().decode().encode("utf-16"), "", "not JSON"),
        (b"[1]", "", "not a JSON object"),
        (b"null", "", "not a JSON object"),
        (b"{}", "kind", "is missing"),
        (b'{"kind": 5}', "kind", "should be text"),
        (b'{"kind": ["split"]}', "kind", "should be text"),
        (said() + b"x", "", "trailing characters"),
        (b"[" * 100_000, "", "recursion limit"),
        (with_text('"x": ' + "[" * 100_000 + "]" * 100_000), "", "recursion limit"),
        (with_text('"place": ' + "9" * 5_000), "", "out of range"),
        (with_text('"x": ' + "9" * 5_000), "", "out of range"),
        (with_text('"x": NaN'), "", "NaN is not JSON: leave out"),
        (with_text('"source": "\\ud800"'), "", "not JSON"),
        (said().replace(b"5km", b"5\xffkm"), "", "not JSON"),
        (said().replace(b"852.0", b"NaN"), "elapsed_s", "should be a finite number, not NaN"),
        (said().replace(b"852.0", b"Infinity"), "elapsed_s", "should be a finite number"),
        (said().replace(b"852.0", b"1e400"), "elapsed_s", "should be a finite number"),
        (said().replace(b"852.0", b"1_0"), "", "not JSON"),
        (said(elapsed_s="852"), "elapsed_s", 'should be a valid number, not "852"'),
        (said(elapsed_s=-1), "elapsed_s", "greater than or equal to 0, not -1"),
        (said(elapsed_s={"a": 1}), "elapsed_s", "not an object"),
        (said(elapsed_s=None), "elapsed_s", "is missing: give elapsed_s or at"),
        (said(checkpoint=None), "checkpoint", "is missing: give checkpoint or distance_m"),
        (said(athlete=""), "athlete", "should be an id"),
        (said(athlete="\x1b[31m" * 1000), "athlete", "should be an id"),
        (said(athlete=5, rev=True), "rev", "(and 1 more)"),
        (said(at="2019-10-12T08:15:00"), "at", "with an offset, such as 2019-10-12T08:15:00+02:00"),
        (said(at="0001-01-01T00:00:00+14:00"), "at", "should be an instant"),
        (said(at="1570861752"), "at", "should be an instant"),
        (said(quality="sure"), "quality", "should be 'official', 'reported'"),
        (said(kind="position", distance_m=5), "at", "is missing: give at"),
        (said(kind="start", scope="wave", id="A"), "at", "is missing: give at"),
        (b'{"kind": "void", "athlete": "a"}', "checkpoint", "is missing"),
        (b'{"kind": "formation", "leg": 1}', "from_m", "is missing: give from_m or at"),
        (b'{"kind": "race", "id": "r"}', "name", "is missing: it must be given"),
        (b'{"kind": "race", "id": "r", "name": "R", "targets": [{"name": "x"}]}', "targets.0", "give finish_s"),
        (b'{"kind": "race", "id": "r", "name": "R", "checkpoints": [{}]}', "checkpoints.0.id", "is missing"),
        (with_text('"place": 1, "place": 2'), "", "place is given twice"),
        (with_text('"rev":2 , "rev" :1'), "", "rev is given twice"),
        (with_text('"rev"\t:1,"rev":1'), "", "rev is given twice"),
        (with_text('"x":1,"x":1'), "", "x is given twice"),
        (with_text('"x":[{"y":1,"y":1}]'), "", "y is given twice"),
        (with_text('"r\\u0065v":1,"rev":1'), "", "rev is given twice"),
    ],
)
def test_what_is_refused_is_said(raw: bytes, field: str, why: str) -> None:
    """Each bad message is one Rejection, with its line, the field at fault, what is wrong and what would be right."""
    rejection = rejected(raw)
    assert (rejection.line, rejection.field) == (7, field)
    assert why in rejection.why
    assert str(rejection).isprintable()
    assert len(str(rejection)) < 300
    assert rejection.raw_start.isprintable()


def test_a_message_has_a_limit() -> None:
    """A message may be as long as the limit, and no longer."""
    padding = b" " * (MESSAGE_LIMIT - len(said()))
    assert len(accepted(said() + padding)) == 1
    assert rejected(said() + padding + b" ").why == "longer than 1 MiB: say it in several messages"


def test_a_newer_feed_is_counted_not_refused() -> None:
    """An unknown kind gives nothing, an unknown field is left out; both are counted by name, however deep they stand."""
    decoder = Decoder()
    assert decoder(b'{"kind": "drone", "x": 1}') == decoder(b'{"kind": "drone"}') == ()
    assert decoder(said(mood="good")) == decoder(said())
    decoder(b'{"kind": "race", "id": "r", "name": "R", "checkpoints": [{"id": "a"}, {"id": "b", "colour": {"r": 1}}]}')
    assert decoder.unknown_kinds == {"drone": 2}
    assert decoder.unknown_fields == {"split.mood": 1, "race.checkpoints.colour": 1}


def test_names_that_a_feed_invents_are_bounded() -> None:
    """A feed that invents a name a message fills no memory, and its names cannot steer a terminal."""
    decoder = Decoder()
    for n in range(3 * MOST_NAMES):
        decoder(json.dumps({"kind": f"\x1bkind{n}"}).encode())
        decoder(said(**{f"\x1bfield{n}": 1}))
    for counts in (decoder.unknown_kinds, decoder.unknown_fields):
        assert len(counts) == MOST_NAMES + 1
        assert counts[OTHERS] == 2 * MOST_NAMES
        assert all(name.isprintable() for name in counts)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = sorted({name for kind in Message.__subclasses__() for name in kind.model_fields})
KINDS = [kind.__name__.lower() for kind in Message.__subclasses__()]


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6))
def test_nothing_that_is_json_raises(kind: str, fields: dict[str, Any]) -> None:
    """Any JSON in any field of any kind is an event or a Rejection."""
    answer = Decoder()(json.dumps(fields | {"kind": kind}).encode())
    assert isinstance(answer, tuple | Rejection)
    assert str(answer)


@given(st.sampled_from(SHIPPED), st.data())
def test_no_damage_raises(line: bytes, data: st.DataObject) -> None:
    """A message with a stretch cut out or overwritten is an event or a Rejection."""
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, min(start + 30, len(line))))
    damaged = line[:start] + data.draw(st.binary(max_size=5)) + line[end:]
    answer = Decoder()(damaged)
    assert isinstance(answer, tuple | Rejection)
    assert str(answer)


SPACE = st.text(" \t\r\n", max_size=2)
MEMBERS = st.lists(
    st.sampled_from(
        [
            '"place"{}: 3',
            '"source"{}:"a\\": b"',
            '"source"{}:"10:30"',
            '"sent"{}:"2019-10-12T08:15:00Z"',
            '"at"{}:"2019-10-12T08:15:00+02:00"',
            '"mood"{}:":"',
            '"mood"{}:{{"x":1}}',
            '"r\\u0065v"{}:2',
            '"rev"{}:2',
        ]
    ),
    max_size=5,
)


@given(MEMBERS, st.lists(SPACE, min_size=5, max_size=5))
def test_nothing_unknown_or_doubled_slips_through(members: list[str], spaces: list[str]) -> None:
    """However a message is spaced and escaped, a field given twice is refused and an unknown one counted."""
    text = ",".join(member.format(space) for member, space in zip(members, spaces, strict=False))
    names = [json.loads(member.partition("{}")[0]) for member in members]
    decoder = Decoder()
    answer = decoder(with_text(text) if members else said())
    assert isinstance(answer, Rejection) == (len(set(names)) < len(names))
    if isinstance(answer, tuple):
        assert decoder.unknown_fields == ({"split.mood": 1} if "mood" in names else {})


def test_the_schema_is_generated_and_says_what_is_strict() -> None:
    """The JSON Schema names every kind and its fields, and is plain JSON."""
    text = schema()
    assert json.loads(json.dumps(text)) == text
    assert set(text["discriminator"]["mapping"]) == set(KINDS)
    split = text["$defs"]["Split"]["properties"]
    assert split["athlete"] == {"minLength": 1, "title": "Athlete", "type": "string"}
    assert {"format": "date-time", "type": "string"} in split["at"]["anyOf"]
