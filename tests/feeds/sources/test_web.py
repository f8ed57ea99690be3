"""What comes back decides how a feed is followed; and what comes back instead of a feed."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import retry
from feeds.feed import Delivery, FeedError, Link
from feeds.sources.guard import DEFAULTS, HttpOptions
from feeds.sources.ndjson import NdjsonFollower
from feeds.sources.poll import PollFollower
from feeds.sources.sse import SseFollower
from feeds.sources.web import WebFeed, judged
from tests.feeds.sources.serving import Handler, answer, heard, opening, raws, served, silence, words

A, B = b'{"kind":"note","text":"a"}', b'{"kind":"end"}'
EVENTS = b"id: 1\ndata: " + A + b"\n\n"
GONE = answer(b"", "", "204 No Content")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_S", 0.001)


def feed(url: str, options: HttpOptions = DEFAULTS, *, idle_s: float = 5.0, profile_reads: bool = False) -> WebFeed:
    """A feed that is asked often."""
    made = WebFeed(url, options, period_s=0.05, profile_reads=profile_reads)
    made.vitals.idle_s = idle_s
    return made


@pytest.mark.parametrize(
    ("said", "messages"),
    [
        (opening("text/event-stream; charset=utf-8") + EVENTS, [A]),
        (opening("application/x-ndjson") + A + b"\n" + B + b"\n", [A, B]),
        (answer(b"[" + A + b"]", "application/json"), [b"[" + A + b"]"]),
        (answer(b"bib,5K\n1,20:00\n", "text/csv"), [b"bib,5K\n1,20:00\n"]),
        (opening("") + b": hello\n\n" + EVENTS, [A]),
        (opening("application/octet-stream") + A + b"\n" + B + b"\n", [A, B]),
        (answer(b'{"list": [1]}', "text/plain"), [b'{"list": [1]}']),
    ],
    ids=["events", "lines", "document", "table", "unknown events", "unknown lines", "unknown document"],
)
async def test_the_content_type_decides_else_the_first_bytes(said: bytes, messages: list[bytes]) -> None:
    """Events are followed, lines are followed, anything else is a document to be asked for again."""
    async with served(said, GONE) as (url, _):
        assert raws(await heard(feed(f"{url}/feed"), 12))[: len(messages)] == messages


async def test_events_are_resumed_and_204_is_the_end() -> None:
    """The second request names the last event, and asks past every cache."""
    async with served(opening("text/event-stream") + EVENTS, GONE) as (url, heads):
        found = await heard(feed(f"{url}/feed"))
    assert words(found)[-1] == "ended the feed has ended" and raws(found) == [A]
    assert b"last-event-id: 1" in heads[1].lower() and b"cache-control: no-cache" in heads[1].lower()


async def test_a_document_is_asked_for_again_with_its_tag() -> None:
    """Only what changed is told."""
    first, second = answer(b"[1]", "application/json", "200 OK", 'ETag: "a"'), answer(b"[2]", "application/json")
    unchanged = answer(b"", "", "304 Not Modified")
    async with served(first, unchanged, second, GONE) as (url, heads):
        assert raws(await heard(feed(f"{url}/feed"))) == [b"[1]", b"[2]"]
    assert b'if-none-match: "a"' in heads[1].lower()


@pytest.mark.parametrize(
    ("said", "code", "says"),
    [
        (answer(b"<!DOCTYPE html><html>", "text/html"), 1, "web page"),
        (answer(b" \n<HTML>", ""), 1, "web page"),
        (answer(b"", "", "401 Unauthorized"), 1, "HTTP 401"),
        (answer(b"", "", "404 Not Found"), 3, "HTTP 404: not found"),
        (answer(b"", "", "302 Found", "Location: http://localhost:1/x"), 1, "another host"),
        (opening("text/event-stream") + b"data: " + bytes(5 << 20), 1, "longer than 4 MiB"),
    ],
    ids=["html", "html by its bytes", "401", "404", "redirect", "endless line"],
)
async def test_what_is_no_feed_is_one_line_and_its_code(said: bytes, code: int, says: str) -> None:
    """It is not tried again."""
    async with served(said) as (url, heads):
        with pytest.raises(FeedError, match=says) as error:
            await heard(feed(f"{url}/feed?token=secret"), 500)
    assert error.value.code == code and len(heads) == 1
    assert str(error.value).isprintable() and "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("said", "code", "says"),
    [(answer(b"", "", "500 Oops"), 1, "HTTP 500"), (silence, 4, "timed out after 0.1 s"), (b"", 5, "breaks off")],
    ids=["500", "nothing", "closed"],
)
async def test_what_may_get_better_is_tried_again(said: bytes | Handler, code: int, says: str) -> None:
    """The link says why, with the code that it would be the end with."""
    async with served(said) as (url, _):
        found = await heard(feed(f"{url}/feed", HttpOptions(headers_s=0.1) if said is silence else DEFAULTS), 1)
    assert isinstance(found[0], Link) and found[0].state == "offline"
    assert says in found[0].why and found[0].code == code and found[0].retry_in_s is not None


@pytest.mark.parametrize("kind", ["application/json", "", "text/plain"])
async def test_what_never_says_what_it_is_is_left_after_the_deadline(kind: str) -> None:
    """Bytes keep coming, but none to judge by."""

    async def drips(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(opening(kind))
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with served(drips) as (url, _):
        found = await heard(feed(f"{url}/feed", HttpOptions(body_s=0.1)), 1)
    assert isinstance(found[0], Link) and (found[0].state, found[0].code) == ("offline", 4)
    assert found[0].why == "timed out after 0.1 s before it is clear what it is"


async def test_a_silent_stream_is_noticed_by_the_watchdog() -> None:
    """A socket that stays open without a byte is no live link."""

    async def half_open(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(opening("text/event-stream") + EVENTS)
        await silence(b"", writer)

    async with served(half_open) as (url, _):
        found = await heard(feed(f"{url}/feed", idle_s=0.1), 4)
    offline = next(item for item in found if isinstance(item, Link) and item.state == "offline")
    assert offline.why == "silent for 0.1 s"


async def test_the_wait_that_the_server_asks_for_is_kept() -> None:
    """Retry-After of a busy server, and `retry` of a stream."""
    busy = answer(b"", "", "503 Busy", "Retry-After: 7")
    async with served(busy) as (url, _):
        found = await heard(feed(f"{url}/feed"), 1)
    assert isinstance(found[0], Link) and found[0].retry_in_s == 7.0


async def test_a_key_ends_no_wait_that_the_server_asked_for() -> None:
    """Five minutes are five minutes."""
    async with served(answer(b"", "", "503 Busy", "Retry-After: 3600"), GONE) as (url, heads):
        made = feed(f"{url}/feed")
        items = aiter(made)
        link = await anext(items)
        assert isinstance(link, Link) and link.retry_in_s == link.asked_s == 300.0
        made.retry_now()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(items), 0.05)
    assert len(heads) == 1


async def test_a_polled_document_is_one_link_however_often_it_is_asked_for() -> None:
    """Requests are counted as requests; heads count as bytes, in both directions."""
    async with served(*[answer(b"[1]", "application/json")] * 3, GONE) as (url, heads):
        made = feed(f"{url}/feed")
        await heard(made)
    assert (made.vitals.connects, made.vitals.requests) == (1, 4)
    assert made.vitals.bytes_out == pytest.approx(sum(map(len, heads)), abs=8)
    said = [*[answer(b"[1]", "application/json")] * 3, GONE]
    assert made.vitals.bytes_in == pytest.approx(sum(map(len, said)), abs=40)


async def test_a_page_is_read_where_a_profile_reads() -> None:
    """Providers have pages."""
    async with served(answer(b"<html><table>", "text/html"), GONE) as (url, _):
        found = await heard(feed(f"{url}/x", profile_reads=True))
    assert isinstance(found[1], Delivery)


def test_the_name_has_no_secret() -> None:
    """Neither login nor query."""
    assert WebFeed("https://me:secret@example.org/feed?token=secret").name == "https://example.org/feed"


def test_an_address_in_the_open_has_its_notice_and_takes_no_header_of_one_s_own() -> None:
    """The rule of every transport."""
    assert "is not encrypted" in WebFeed("http://example.org/").notice and not WebFeed("https://example.org/").notice
    with pytest.raises(FeedError, match="without encryption"):
        WebFeed("http://example.org/", HttpOptions({"X-Key": "secret"}))


SNIFFED_AS = [
    (b"data: {}\n\n", True, SseFollower),
    (b"\xef\xbb\xbf: hello\n", True, SseFollower),
    (b"retry: 10\n", False, SseFollower),
    (b'{"kind":"end"}\n{"kind":"note"}\n', True, NdjsonFollower),
    (b'{"kind":"end"}\n', True, NdjsonFollower),
    (b'{"bib":1}\n{"bib":2}\n', False, NdjsonFollower),
    (b'{"rows":[1]}\n', False, None),
    (b'{"rows":\n [1]}\n', False, PollFollower),
    (b'[{"kind":"end"}]', True, PollFollower),
    (b"event,bib\n1,2\n", False, PollFollower),
    (b"<!DOCTYPE html><html>", False, PollFollower),
    (b" \n", True, None),
]


@given(st.sampled_from(SNIFFED_AS), st.data())
def test_an_unknown_answer_is_judged_alike_however_it_was_cut(
    case: tuple[bytes, bool, type[object] | None], data: st.DataObject
) -> None:
    """What a beginning decides, the rest does not change; a document that has ended undecided is no stream."""
    text, is_feed, kind = case
    assert judged(text, is_feed=is_feed) is kind
    assert judged(text[: data.draw(st.integers(0, len(text)))], is_feed=is_feed) in (None, kind)


async def test_a_stream_of_unknown_type_is_known_though_its_first_bytes_come_slowly() -> None:
    """Its first message is complete before anything is decided."""

    async def drips(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(opening("text/plain"))
        for part in (b"da", b"ta: {", b"}\n\n"):
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0.01)

    async with served(drips, GONE) as (url, _):
        assert raws(await heard(feed(f"{url}/feed"))) == [b"{}"]


async def test_a_file_served_as_a_stream_is_not_fetched_without_end() -> None:
    """Its end is no reason to hurry: five seconds at least, elsewhere than on this machine."""

    def whole(_: httpx.Request) -> httpx.Response:
        kind = {"content-type": "application/x-ndjson"}
        return httpx.Response(200, headers=kind, stream=httpx.ByteStream(b'{"kind":"note"}\n'))

    found = await heard(WebFeed("https://example.org/feed", transport=httpx.MockTransport(whole)), 3)
    assert isinstance(found[2], Link) and found[2].state == "offline" and (found[2].retry_in_s or 0) >= 5


async def test_a_login_page_in_the_middle_of_a_stream_is_no_part_of_it() -> None:
    """The network's own page on reconnecting is trouble that passes, whichever stream it was."""
    lines = answer(b'{"kind":"note"}\n', "application/x-ndjson")
    async with served(lines, answer(b"<html>", "text/html"), GONE) as (url, _):
        found = await heard(feed(f"{url}/feed"))
    assert raws(found) == [b'{"kind":"note"}'] and any("something else" in word for word in words(found))
