"""Bytes into lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feeds.lines import LineDecoder

LIMIT = 8
BYTES = st.lists(st.sampled_from([b"a", b"{}", b"\r", b"\n", b"\r\n", b"123456789012"]), max_size=30).map(b"".join)


def decoded(pieces: list[bytes], limit: int = LIMIT) -> tuple[list[bytes], bytes]:
    """The lines, and what was left."""
    decoder = LineDecoder(limit)
    return [line for piece in pieces for line in decoder.feed(piece)], decoder.flush()


@given(BYTES, st.lists(st.integers(0, 200), max_size=8))
def test_any_chunking_decodes_alike(data: bytes, cuts: list[int]) -> None:
    """However the bytes were cut on their way, the lines are the same, and so is what is left."""
    ends = sorted(min(cut, len(data)) for cut in cuts)
    pieces = [data[a:b] for a, b in zip([0, *ends], [*ends, len(data)], strict=True)]
    assert decoded(pieces) == decoded([data])
    assert decoded([data[i : i + 1] for i in range(len(data))]) == decoded([data])


@given(BYTES)
def test_lines_are_what_stands_between_their_ends(data: bytes) -> None:
    """Without the limit the lines are those of a split at LF, each without one CR at its end."""
    *lines, tail = [line.removesuffix(b"\r") for line in data.split(b"\n")]
    assert decoded([data], 1000) == (lines, tail)


@given(BYTES)
def test_a_long_line_is_cut_so_that_it_shows(data: bytes) -> None:
    """A line within the limit is whole; a longer one has one byte more than the limit, never more."""
    lines, tail = decoded([data])
    whole, whole_tail = decoded([data], 1000)
    assert [*lines, tail] == [line[: LIMIT + 1] for line in (*whole, whole_tail)]


def test_what_is_kept_is_bounded() -> None:
    """A stream without a line end takes no more memory than the limit."""
    decoder = LineDecoder(LIMIT)
    for _ in range(1000):
        assert decoder.feed(b"x" * 100) == []
    assert len(decoder.flush()) == LIMIT + 1
    assert decoder.flush() == b""
