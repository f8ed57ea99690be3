"""Server-sent events from bytes, beside the standard's own algorithm written out slowly."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.sse import SseDecoder, SseEvent, TooLong

PIECES = st.sampled_from(
    [b"data: a", b"data:b", b"data", b"data:  c", b"id: 7", b"id:", b"id: x\0y", b"event: e", b"retry: 10", b"retry: 1x",
     b": comment", b"other: z", b"", b"", b"\xff\xfe", "data: é".encode()]
)  # fmt: skip
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])
STREAMS = st.lists(st.tuples(PIECES, ENDS), max_size=30).map(lambda lines: b"".join(a + b for a, b in lines))


def slowly(stream: bytes) -> tuple[list[SseEvent], str]:
    """The text of the standard, line by line, over the whole stream."""
    text = stream.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    lines = re.split("\r\n|\n|\r", text)[:-1]
    events, data, kind, id_buffer, last = [], "", "", "", ""
    for line in lines:
        if not line:
            last = id_buffer
            if data:
                events.append(SseEvent(last, kind or "message", data.removesuffix("\n").encode()))
            data, kind = "", ""
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            data += value + "\n"
        elif name == "event":
            kind = value
        elif name == "id" and "\0" not in value:
            id_buffer = value
    return events, last


@given(STREAMS, st.lists(st.integers(0, 300), max_size=8), st.booleans())
def test_however_it_is_cut_it_is_what_the_standard_says(stream: bytes, cuts: list[int], bom: bool) -> None:
    """Any chunking gives the events and the last id of the algorithm in the standard."""
    stream = (b"\xef\xbb\xbf" if bom else b"") + stream
    decoder, found = SseDecoder(), []
    places = sorted({0, len(stream), *(c for c in cuts if c < len(stream))})
    for begin, end in pairwise(places):
        found += decoder.feed(stream[begin:end])
        found += decoder.feed(b"")
    if stream:
        assert (found, decoder.last_event_id) == slowly(stream)


@pytest.mark.parametrize(
    ("stream", "data"),
    [
        (b"data: a\ndata: b\n\n", [b"a\nb"]),
        (b"data:\n\n", [b""]),
        (b"id: 5\n\n", []),
        (b"data: torn", []),
        (b"data: torn\n", []),
        (b":\n\n", []),
        (b"event: x\n\ndata: y\n\n", [b"y"]),
        (b"data: \xff\n\n", ["\ufffd".encode()]),
        (b"data: a\r\rdata: b\r\n\r\n", [b"a", b"b"]),
    ],
)
def test_the_small_print(stream: bytes, data: list[bytes]) -> None:
    """Empty data, ids alone, unfinished events, comments, bytes that are no UTF-8, every line end."""
    assert [event.data for event in SseDecoder().feed(stream)] == data


def test_an_id_takes_effect_with_the_event_it_stands_in_and_sticks() -> None:
    """Not before its event is complete; kept for the next; cleared by an empty one; one with NUL is none."""
    decoder = SseDecoder()
    decoder.feed(b"id: 1\ndata: a\n")
    assert decoder.last_event_id == ""
    ids = [decoder.feed(part)[0].id for part in (b"\n", b"data: b\n\n", b"id: 2\0\ndata: c\n\n", b"id\ndata: d\n\n")]
    assert ids == ["1", "1", "1", ""]


def test_retry_is_ascii_digits_only() -> None:
    """Anything else leaves it as it was."""
    decoder = SseDecoder()
    decoder.feed("retry: ٣\nretry: 12\nretry: 1.5\n".encode())
    assert decoder.retry_ms == 12


@pytest.mark.parametrize("chunk", [b"data: " + b"x" * 600, b"data: x\n" * 100, b"x" * 600])
def test_what_has_no_end_is_refused_in_bounded_memory(chunk: bytes) -> None:
    """An endless line, endless data and an endless field name all end at the limit."""
    decoder = SseDecoder(limit=1000)
    with pytest.raises(TooLong, match="longer than"):
        for _ in range(3):
            decoder.feed(chunk)


def test_many_short_events_are_no_long_one() -> None:
    """The limit is one event's."""
    decoder = SseDecoder(limit=50)
    assert len(decoder.feed(b"data: 0123456789\n\n" * 1000)) == 1000
