"""What comes back instead of a feed, without a screen: one clear line, the right code, and no request too many."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.feeds.sources.serving import AUTHORITY, Handler, answer, beside, opening, vouched
from tests.test_cli import Run, paceline

__all__ = ["paceline"]

END = b'{"kind":"end"}'
FEED = answer(b'[{"kind":"race","id":"r","name":"Club Half"},' + END + b"]", "application/json")


async def endless_line(_: bytes, writer: asyncio.StreamWriter) -> None:
    """A line that has no end."""
    writer.write(opening("application/x-ndjson"))
    while True:
        writer.write(bytes(1 << 20))
        await writer.drain()


async def endless_event(_: bytes, writer: asyncio.StreamWriter) -> None:
    """An event that has no end."""
    writer.write(opening("text/event-stream") + b"data: ")
    while True:
        writer.write(bytes(1 << 20))
        await writer.drain()


class Case(NamedTuple):
    """What a server says; the code, a word of the line, and how many requests there may be."""

    said: bytes | Handler
    code: int
    says: str
    requests: int = 1


CASES = {
    "a web page": Case(answer(b"<!DOCTYPE html><html>", "text/html"), 1, "web page"),
    "a web page without a type": Case(answer(b" \n<HTML><body>"), 1, "web page"),
    "400": Case(answer(b"", "", "400 Bad"), 1, "HTTP 400: bad request"),
    "401": Case(answer(b"", "", "401 No"), 1, "HTTP 401: not allowed without a login"),
    "403": Case(answer(b"", "", "403 No"), 1, "HTTP 403: forbidden"),
    "404": Case(answer(b"", "", "404 None"), 3, "HTTP 404: not found"),
    "410": Case(answer(b"", "", "410 Gone"), 3, "HTTP 410: gone"),
    "429": Case(answer(b"", "", "429 Slow", "Retry-After: Mon, 23 Nov 2026 10:00:30 GMT"), 1, "HTTP 429"),
    "500": Case(answer(b"", "", "500 Oops"), 1, "HTTP 500"),
    "503": Case(answer(b"", "", "503 Busy", "Retry-After: 9"), 1, "HTTP 503"),
    "another host": Case(answer(b"", "", "302 Found", "Location: http://localhost:1/?token=secret"), 1, "another host"),
    "another port": Case(answer(b"", "", "301 Moved", "Location: http://127.0.0.1:1/x"), 1, "another host"),
    "another scheme": Case(answer(b"", "", "307 Moved", "Location: https://127.0.0.1/x"), 1, "another scheme"),
    "a file": Case(answer(b"", "", "302 Found", "Location: file:///etc/passwd"), 1, "another scheme"),
    "round and round": Case(answer(b"", "", "307 Moved", "Location: /again"), 1, "more than 5 times", 6),
    "a redirect to nowhere": Case(answer(b"", "", "302 Found"), 1, "no address"),
    "an event without end": Case(endless_event, 1, "longer than 4 MiB"),
    "a line without end": Case(endless_line, 1, "longer than 4 MiB"),
    "a bomb": Case(answer(gzip.compress(bytes(17 << 20)), "application/json", "200 OK", "Content-Encoding: gzip"), 1, "more than 16 MiB"),
    "17 MiB": Case(answer(bytes(17 << 20), "application/json"), 1, "more than 16 MiB"),
    "two encodings": Case(answer(b"x", "application/json", "200 OK", "Content-Encoding: gzip, gzip"), 1, "encoding"),
    "damaged gzip": Case(answer(b"no gzip", "application/json", "200 OK", "Content-Encoding: gzip"), 1, "damaged gzip"),
    "a picture": Case(answer(b"\x89PNG\r\n\x1a\n" + bytes(99), "image/png"), 1, "no message of a split feed"),
    "half a document": Case(answer(b'[{"kind":', "application/json"), 1, "no message of a split feed"),
    "no content": Case(answer(b"", "", "204 No Content"), 1, "no message of a split feed"),
    "hung up": Case(b"", 5, "breaks off"),
    "another protocol": Case(b"SSH-2.0-OpenSSH_9\r\n\r\n", 5, "breaks off, or is not HTTP"),
    "half a head": Case(b"HTTP/1.1 200 OK\r\nContent-", 5, "breaks off"),
    "half a body": Case(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 9\r\n\r\nx", 5, "breaks off"),
    "a head without end": Case(b"HTTP/1.1 200 OK\r\nX: " + bytes(2 << 20), 5, "breaks off, or is not HTTP"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_no_feed_is_one_line_and_its_code(case: Case, paceline: Run) -> None:
    """With the address that was asked, without its secrets."""
    with beside(case.said) as (url, heads):
        code, out, err = paceline("watch", f"{url}/feed?token=secret", "--once", "--no-record")
    assert (code, out) == (case.code, "")
    assert err.startswith(f"paceline: {url}/feed: ") and case.says in err and err.count("\n") == 1
    assert "secret" not in err and "Traceback" not in err and len(heads) == case.requests


@pytest.mark.parametrize("command", ["record", "check"])
@pytest.mark.parametrize("name", ["a web page", "404", "another host", "hung up"])
def test_every_command_says_the_same(command: str, name: str, tmp_path: Path, paceline: Run) -> None:
    """And records nothing but what came."""
    case = CASES[name]
    more = ["-o", str(tmp_path / "tape")] if command == "record" else []
    with beside(case.said, answer(b"", "", "204 No Content")) as (url, _):
        code, _, err = paceline(command, f"{url}/feed?token=secret", *more)
    assert code == case.code and case.says in err and err.count("\n") == 1 and "secret" not in err


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_a_redirect_within_the_host_is_followed(status: str, paceline: Run) -> None:
    """To the feed itself."""
    with beside(answer(b"", "", status, "Location: /there"), FEED) as (url, heads):
        code, out, err = paceline("watch", f"{url}/feed", "--once", "--no-record")
    assert (code, err) == (0, "") and "Club Half" in out and heads[1].startswith(b"GET /there ")


def test_an_authority_of_one_s_own_is_named_on_the_command_line(paceline: Run) -> None:
    """Without it one line says what helps; nothing turns the check off."""
    with beside(FEED, secure=vouched()) as (url, _):
        code, out, err = paceline("watch", url, "--once", "--no-record")
        assert (code, out) == (1, "") and "not trusted" in err and "--ca-file" in err and err.count("\n") == 1
        assert "Club Half" in paceline("watch", url, "--once", "--no-record", "--ca-file", AUTHORITY)[1]
        assert paceline("check", url, "--ca-file", AUTHORITY)[0] == 0


def test_an_answer_without_a_message_is_a_frame_that_waits(paceline: Run) -> None:
    """The race has not been told yet: --once shows that, instead of waiting for it."""
    with beside(answer(b"[]", "application/json")) as (url, _):
        code, out, err = paceline("watch", f"{url}/feed", "--once", "--no-record")
    assert (code, err) == (0, "") and "waiting for the race" in out
