"""Which address names a stream, and how its server is reached."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.feed import FeedError
from feeds.retry import Trouble
from feeds.sources.guard import DEFAULTS
from feeds.sources.natslink import Server, place, token
from tests.feeds.sources.serving import names
from tests.natsd import natsd


def test_an_address_names_a_server_a_stream_and_perhaps_runners() -> None:
    """The port is that of NATS where none is given; a login is not shown."""
    found = place("nats://joe:pw@localhost/city-2026?only=a,b&only=c%20d")
    assert (found.host, found.port, found.stream, found.only) == ("localhost", 4222, "city-2026", ("a", "b", "c d"))
    assert found.name == "nats://localhost/city-2026?only=a,b,c%20d" and "pw" not in repr(found)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nats://localhost", "name a stream"),
        ("nats://localhost/a/b", "name a stream"),
        ("nats://localhost/a.b", "name a stream"),
        ("nats://localhost/R?token=x", r"all that can be asked"),
        ("nats:///R", "not an address"),
        ("nats://joe:pw@example.org/R", "not sent without encryption; give tls://"),
    ],
)
def test_what_names_none_is_refused(url: str, says: str) -> None:
    """Usage, in one line without a secret."""
    with pytest.raises(FeedError, match=says) as error:
        place(url)
    assert error.value.code == 2 and "pw" not in str(error.value) and "token=x" not in str(error.value)


def test_what_is_not_encrypted_has_a_notice() -> None:
    """Beyond the own network, and not with tls://."""
    assert "not encrypted" in place("nats://example.org/R").notice
    assert not place("tls://example.org/R").notice and not place("nats://127.0.0.1/R").notice


@given(st.text(min_size=1))
def test_a_token_is_one_token(text: str) -> None:
    """Whatever an id holds, it is one level of a subject, no wildcard, and different from any other's."""
    from urllib.parse import unquote

    text = text.encode("utf-8", "ignore").decode()
    found = token(text)
    assert not set(found) & set(". *>\t\r\n\0") and unquote(found) == text


@pytest.mark.needs("nats-server")
async def test_nothing_is_said_to_a_server_without_the_encryption_that_was_asked_for(tmp_path: Path) -> None:
    """With tls:// a server that offers none gets no login."""
    async with natsd(tmp_path) as server:
        url = server.url.replace("nats://", "tls://joe:pw@") + "/R"
        with pytest.raises(Trouble, match="is not encrypted") as trouble:
            async with Server(place(url), DEFAULTS).connected():
                pass
    assert trouble.value.permanent


@pytest.mark.needs("nats-server")
async def test_a_name_that_leads_into_the_own_network_later_is_refused(tmp_path: Path) -> None:
    """Once its address was a public one."""
    async with natsd(tmp_path) as server:
        place_ = place(f"nats://localhost:{server.port}/R")
        connects = Server(place_, DEFAULTS, names("127.0.0.1"))
        connects._peers.was_public = True
        with pytest.raises(Trouble, match="private network: refused"):
            async with connects.connected():
                pass


@pytest.mark.parametrize(
    ("greeting", "says"), [(b"220 mail\r\n", "not as a NATS server"), (b"INFO {\r\n", "not as a NATS server")]
)
async def test_another_kind_of_server_is_told_apart(greeting: bytes, says: str) -> None:
    """One line, no traceback."""

    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(Trouble, match=says):
            async with Server(place(f"nats://127.0.0.1:{port}/R"), DEFAULTS).connected():
                pass
