"""What docs/watchers.md says of an edge: a real nginx with that very configuration hands out a relay's folder."""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest

from feeds.address import open_address
from tests.feeds.test_contract import VIENNA, WANTED, state
from tracker.relay import Recorded, carry
from tracker.shelf import Folder

DOCS = Path(__file__).parents[1] / "docs" / "watchers.md"


def advised() -> str:
    """The server block of the page."""
    found = re.search(r"```nginx\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def edge(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of an nginx, and the folder that it hands out."""
    folder, port = tmp_path / "race", _free()
    folder.mkdir()
    block = advised().replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/race", str(folder))
    conf = tmp_path / "nginx.conf"
    scratch = "".join(
        f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf.write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; error_log {tmp_path}/error.log;\nevents {{}}\n"
        f"http {{ access_log off; types {{ application/json json; application/x-ndjson ndjson; }}\n{scratch}{block}}}\n"
    )
    program = shutil.which("nginx")
    assert program is not None
    with subprocess.Popen(
        [program, "-c", str(conf), "-p", str(tmp_path), "-e", str(tmp_path / "error.log")]
    ) as serving:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}/snapshot.json", folder
        finally:
            serving.terminate()
            serving.wait(10)


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.1).close()
        except OSError:
            import time

            time.sleep(0.02)
        else:
            return
    raise AssertionError("nginx does not listen")


@pytest.mark.needs("nginx")
def test_the_configuration_of_the_page_serves_a_race(edge: tuple[str, Path]) -> None:
    """The same state at the other end; the snapshot is short-lived with an ETag that spares it, chunks are for ever."""
    url, folder = edge
    asyncio.run(carry(Recorded(VIENNA), VIENNA.reader(), Folder(folder)))
    opened = open_address(url)
    assert asyncio.run(state(opened.feed(), opened)) == WANTED
    with urllib.request.urlopen(url) as snapshot:
        tag, age = snapshot.headers["ETag"], snapshot.headers["Cache-Control"]
    assert tag and "max-age=1" in age
    chunk = next(folder.glob("*.ndjson")).name
    with urllib.request.urlopen(url.replace("snapshot.json", chunk)) as found:
        assert "immutable" in found.headers["Cache-Control"]
    again = urllib.request.Request(url, headers={"If-None-Match": tag})
    with pytest.raises(HTTPError, match="304"):
        urllib.request.urlopen(again)
    hidden = url.replace("snapshot.json", ".relay.lock")
    with pytest.raises(HTTPError, match=r"40[34]"):
        urllib.request.urlopen(hidden)
