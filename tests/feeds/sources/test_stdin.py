"""Standard input as a feed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from feeds.feed import Delivery, FeedError, Link
from feeds.sources.stdin import StdinFeed, claim_stdin
from tests.feeds.sources.serving import heard, raws


async def said(text: bytes, *, profile_reads: bool = False) -> list[Delivery | Link]:
    """What comes of a pipe that says that and is closed."""
    read, write = os.pipe()
    os.write(write, text)
    os.close(write)
    try:
        return await heard(StdinFeed(read, profile_reads=profile_reads))
    finally:
        os.close(read)


async def test_lines_are_messages_and_the_input_s_end_is_the_feed_s() -> None:
    """A last line without its end counts: nothing more will come."""
    found = await said(b'{"a":1}\n\n{"b":2}')
    assert raws(found) == [b'{"a":1}', b'{"b":2}']
    assert found[0] == Link("live") and isinstance(found[-1], Link) and found[-1].state == "ended"


@pytest.mark.parametrize("text", [b'{\n "list": []\n}\n', b"bib,5K\n1,20:00\n", b"<html>\n</html>\n", b'[{"a":1}]'])
async def test_for_a_profile_a_whole_reply_is_one_message(text: bytes) -> None:
    """Over any number of lines; rows of one line each stay what they are."""
    assert [b.strip() for b in raws(await said(text, profile_reads=True))] == [text.strip()]
    assert raws(await said(b'{"a":1}\n{"b":2}\n', profile_reads=True)) == [b'{"a":1}', b'{"b":2}']


async def test_a_file_as_standard_input_is_read_as_well(tmp_path: Path) -> None:
    """A redirection is no pipe."""
    (tmp_path / "x").write_bytes(b"{}\n")
    fd = os.open(tmp_path / "x", os.O_RDONLY)
    assert raws(await heard(StdinFeed(fd))) == [b"{}"]
    os.close(fd)


def test_without_a_terminal_there_are_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong usage, with what to do instead."""

    def none(*_: object) -> int:
        raise OSError(6, "No such device")

    monkeypatch.setattr("feeds.sources.stdin.os.open", none)
    with pytest.raises(FeedError, match="--plain") as error:
        claim_stdin()
    assert error.value.code == 2
