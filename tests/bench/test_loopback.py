"""The feed that the measuring feeds."""

from __future__ import annotations

import socket

from tracker.bench.loopback import HEAD, Loopback


def test_what_is_sent_is_what_the_client_gets() -> None:
    """The client is answered, gets each line when it is sent, and is hung up on in the end."""
    with Loopback() as feed:
        client = socket.create_connection(("127.0.0.1", feed.port))
        client.sendall(b"GET /feed.ndjson HTTP/1.1\r\n\r\n")
        feed.accept()
        feed.send(b"{}", b"[]")
    with client, client.makefile("rb") as heard:
        assert heard.read() == HEAD + b"{}\n[]\n"
