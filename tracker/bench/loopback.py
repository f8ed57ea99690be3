"""A feed on loopback whose every byte is sent when the measuring says so."""

from __future__ import annotations

import socket
from types import TracebackType
from typing import Self

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n"
PATIENCE_S = 30.0


class Loopback:
    """A stream of lines for one client at a time; a context manager that hangs up."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(PATIENCE_S)
        self._client: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._client is not None:
            self._client.close()
        self._listening.close()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listening.getsockname()[1])

    @property
    def address(self) -> str:
        """What is watched."""
        return f"http://127.0.0.1:{self.port}/feed.ndjson"

    def accept(self) -> None:
        """Wait for the client and answer it. TimeoutError where none comes."""
        client, _ = self._listening.accept()
        client.settimeout(PATIENCE_S)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        asked = b""
        while b"\r\n\r\n" not in asked:
            asked += client.recv(1 << 16)
        client.sendall(HEAD)
        self._client = client

    def send(self, *lines: bytes) -> None:
        """Lines, at once."""
        assert self._client is not None, "accept() comes first"
        self._client.sendall(b"\n".join(lines) + b"\n")
