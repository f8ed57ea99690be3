"""What a relay's snapshot may say."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.chunked import MOST_BYTES, MOST_CHUNKS, Chunk, Shelf, parse

ID, SHA = "0123456789abcdef", "ab" * 32


def chunk(first: int, end: int, **more: Any) -> Chunk:
    """A chunk of those messages."""
    return Chunk(file=f"{first}-{end}.ndjson", first=first, end=end, size=10, sha256=SHA).model_copy(update=more)


def shelf(*ends: int, recent_from: int = 0) -> Shelf:
    """Chunks that end there, the last ones recent."""
    chunks = [chunk(a, b) for a, b in zip((0, *ends), ends, strict=False)]
    return Shelf(id=ID, events=ends[-1] if ends else 0, chunks=chunks, recent=chunks[recent_from:])


@given(st.lists(st.integers(1, 50), max_size=12), st.integers(0, 12))
def test_what_is_written_is_read(sizes: list[int], recent_from: int) -> None:
    """Whatever there is, the document says it."""
    ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
    made = shelf(*ends, recent_from=recent_from).model_copy(update={"beat": {"kind": "heartbeat"}, "ended": True})
    assert parse(made.as_json()) == made


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12), st.integers(0, 12), st.integers(0, 600))
def test_from_any_number_on_all_is_told_once(sizes: list[int], recent_from: int, number: int) -> None:
    """The chunks begin at the number or before it, lie without a gap, and end where the series does."""
    ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
    made = shelf(*ends, recent_from=recent_from)
    found = list(made.after(number))
    if number >= made.events:
        assert not found
        return
    assert found[0].first <= number < found[0].end and found[-1].end == made.events
    assert all(a.end == b.first for a, b in pairwise(found))


def test_who_is_nearly_up_to_date_takes_the_small_ones() -> None:
    """The large chunk is for whoever joins late."""
    large, small = chunk(0, 100, file="large.ndjson"), (chunk(80, 90), chunk(90, 100))
    made = Shelf(id=ID, events=100, chunks=(large,), recent=small)
    assert [c.file for c in made.after(85)] == ["80-90.ndjson", "90-100.ndjson"]
    assert [c.file for c in made.after(79)] == ["large.ndjson"]


def said(**more: Any) -> bytes:
    """A good document with something else in it."""
    return json.dumps(json.loads(shelf(5, 9).as_json()) | more).encode()


def one(**more: Any) -> list[dict[str, Any]]:
    """One chunk with something else in it."""
    return [{"file": "0-9.ndjson", "from": 0, "to": 9, "bytes": 1, "sha256": SHA} | more]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"<html>",
        b'{"kind":"race"}',
        b"[" * 100_000,
        said(paceline="chunks/2"),
        said(id="../../etc"),
        said(events=-1),
        said(events=True),
        said(events="9"),
        said(events=10),
        said(chunks=None),
        said(chunks=one(file="../0-9.ndjson")),
        said(chunks=one(file="http://evil/0.ndjson")),
        said(chunks=one(file="/0.ndjson")),
        said(chunks=one(file="a" * 200 + ".ndjson")),
        said(chunks=one(file="0-9.ndjson\n")),
        said(chunks=one(sha256="x")),
        said(chunks=one(bytes=MOST_BYTES + 1)),
        said(chunks=one(to=8), recent=[]),
        said(chunks=[*one(to=4), *one(**{"from": 5})], recent=[]),
        said(chunks=[*one(to=5), *one(**{"from": 4})], recent=[]),
        said(chunks=one() * (MOST_CHUNKS + 1)),
        said(recent=one(to=8)),
    ],
    ids=range(24),
)
def test_what_cannot_be_trusted_is_refused(body: bytes) -> None:
    """In one line that ends a sentence: another format, a name that leads elsewhere, a gap, too much of anything."""
    with pytest.raises(ValueError, match=r"\A(is|has|says) [^\n]{5,200}\Z"):
        parse(body)
