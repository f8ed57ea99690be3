"""A web server of a few lines for a folder, as an edge cache would hand it out: ETag, 304, max-age."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

from feeds.chunked import SNAPSHOT
from tests.feeds.sources.serving import answer, served


@asynccontextmanager
async def handed_out(folder: Path, *more: str) -> AsyncIterator[tuple[str, list[bytes]]]:
    """The address of the folder's snapshot, and the heads of all requests. `more`: header lines of the snapshot."""

    async def hand_out(head: bytes, writer: asyncio.StreamWriter) -> None:
        file = folder / head.split(b" ")[1].decode().lstrip("/")
        if not file.is_file():
            writer.write(answer(status="404 Not Found"))
            return
        body = file.read_bytes()
        tag = f'"{sha256(body).hexdigest()[:12]}"'
        headers = (f"ETag: {tag}", *(more if file.name == SNAPSHOT else ()))
        if f"if-none-match: {tag}".encode() in head.lower():
            writer.write(answer(b"", "application/json", "304 Not Modified", *headers))
        else:
            writer.write(answer(body, "application/json", "200 OK", *headers))
        await writer.drain()

    async with served(hand_out) as (url, heads):
        yield f"{url}/{SNAPSHOT}", heads
