"""A real nats-server with JetStream on loopback, in a folder of its own; it can be killed and started again."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

SERVER = shutil.which("nats-server", path=str(Path(sys.executable).parent)) or shutil.which("nats-server") or ""


class Natsd:
    """Its address is the same after every start."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._folder = folder
        self._options = options or ("-js",)
        self._process: subprocess.Popen[bytes] | None = None
        self.port = -1

    async def start(self) -> None:
        """Until it answers."""
        log = self._folder / "log"
        log.unlink(missing_ok=True)
        process = self._process = self._spawned(log)
        said = ""
        while "Server is ready" not in said:
            await asyncio.sleep(0.01)
            assert process.poll() is None, said
            said = log.read_text() if log.exists() else ""
        self.port = int(said.partition("Listening for client connections on 127.0.0.1:")[2].split()[0])

    def _spawned(self, log: Path) -> subprocess.Popen[bytes]:
        store = ["-sd", str(self._folder / "store")] if "-js" in self._options else []
        command = [SERVER, "-a", "127.0.0.1", "-p", str(self.port), *store, *self._options, "-l", str(log)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @property
    def url(self) -> str:
        """Of the server, without a stream."""
        return f"nats://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """Without a word, in the middle of anything."""
        self.send(signal.SIGKILL)
        assert self._process is not None
        self._process.wait(5)

    def send(self, sign: signal.Signals) -> None:
        """A signal to the server."""
        assert self._process is not None
        self._process.send_signal(sign)


@asynccontextmanager
async def natsd(folder: Path, *options: str) -> AsyncIterator[Natsd]:
    """A server that is on."""
    made = Natsd(folder, *options)
    await made.start()
    try:
        yield made
    finally:
        made.kill()


async def published(server: Natsd, stream: str, *messages: bytes, subject: str = "race.r.note") -> None:
    """Messages in a stream, which is made where there is none."""
    import nats

    client = await nats.connect(server.url)
    try:
        streams = client.jetstream()
        await streams.add_stream(name=stream, subjects=["race.>"])
        for message in messages:
            await streams.publish(subject, message)
    finally:
        await client.close()
