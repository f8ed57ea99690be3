"""A feed as an endless answer of lines."""

from __future__ import annotations

import pytest

from feeds.decode import MESSAGE_LIMIT, Decoder
from feeds.reading import Rejection
from feeds.retry import Finished, Trouble
from feeds.sources.ndjson import NdjsonFollower, is_end
from tests.feeds.sources.serving import raws
from tests.feeds.sources.test_sse import Said


async def follow(follower: NdjsonFollower, *chunks: bytes, status: int = 200):  # type: ignore[no-untyped-def]  # a list
    return [item async for item in follower.follow(Said(*chunks, status=status))]  # type: ignore[arg-type]  # stands for it


async def test_lines_are_messages_however_they_were_cut() -> None:
    """Blank lines are contact; a line without its end is dropped, since a new connection tells it again."""
    assert raws(await follow(NdjsonFollower(), b'{"a"', b":1}\r\n\n{}\n{", b'"torn":')) == [b'{"a":1}', b"{}"]


async def test_an_endless_line_is_one_refusal_and_the_feed_goes_on() -> None:
    """It is cut at the limit, so that memory does not grow, and refused as too long."""
    found = raws(await follow(NdjsonFollower(), *[bytes(1 << 19)] * 4, b"\n{}\n"))
    assert len(found[0]) == MESSAGE_LIMIT + 1 and found[1] == b"{}"
    refused = Decoder()(found[0])
    assert isinstance(refused, Rejection) and "longer than 1 MiB" in refused.why


async def test_a_line_that_never_ends_is_no_stream_of_lines() -> None:
    """Past four MiB without an end it is given up for good; lines that end, however many, are not."""
    with pytest.raises(Trouble, match="longer than 4 MiB") as trouble:
        await follow(NdjsonFollower(), b"{}\n", *[bytes(1 << 20)] * 5)
    assert trouble.value.permanent and trouble.value.code == 1
    assert len(await follow(NdjsonFollower(), *[bytes(1 << 20), b"\n"] * 6)) > 6


async def test_after_the_end_of_the_race_the_end_of_the_answer_is_that_of_the_feed() -> None:
    """Before it, it is only a connection that broke."""
    with pytest.raises(Finished):
        await follow(NdjsonFollower(), b'{ "kind" : "end" }\n')
    with pytest.raises(Finished):
        await follow(NdjsonFollower(), status=204)
    assert raws(await follow(NdjsonFollower(), b'{"kind":"note","text":"end"}\n'))


@pytest.mark.parametrize(
    "line", [b'{"kind":"note","text":"the \\"end\\""}', b'["end"]', b'{"end"', b"x", b"[" * 9999 + b'"end"']
)
def test_only_an_end_is_an_end(line: bytes) -> None:
    """Whatever else has that word in it is none, and nothing raises."""
    assert not is_end(line)
