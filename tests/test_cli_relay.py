"""`paceline relay`, from the words typed to the exit code."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from tests.natsd import natsd
from tracker import cli


async def ran(*words: str) -> tuple[int, str, str]:
    """The program as a process of its own: the code, stdout, stderr."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tracker", *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await asyncio.wait_for(process.communicate(), 20)
    return process.returncode or 0, out.decode(), err.decode()


@pytest.mark.needs("nats-server")
async def test_a_race_is_carried_once(tmp_path: Path) -> None:
    """What is there already is said when it is carried again."""
    async with natsd(tmp_path) as server:
        for known in (0, 84):
            code, out, _ = await ran("relay", "vienna-2019", "--to", f"{server.url}/V")
            assert (code, out) == (0, f"{server.url}/V: 84 messages, {known} of them there already\n")


@pytest.mark.needs("nats-server")
async def test_what_is_longer_than_a_server_takes_is_said_to_be_left_out(tmp_path: Path) -> None:
    """One line with how many, and what to do; the rest is carried."""
    (tmp_path / "small.conf").write_text("max_payload: 2000\n")
    async with natsd(tmp_path, "-js", "-c", str(tmp_path / "small.conf")) as server:
        code, out, err = await ran("relay", "vienna-2019", "--to", f"{server.url}/V")
    assert code == 0 and out.startswith(f"{server.url}/V: 84 messages")
    assert "messages left out: longer than the server takes; raise its max_payload\n" in err


@pytest.mark.parametrize(
    ("to", "code", "says"),
    [
        ("nats://127.0.0.1:9/R", 5, "connection refused"),
        ("nats://127.0.0.1", 2, "name a stream"),
        ("http://127.0.0.1/R", 2, "give nats://HOST/STREAM"),
        ("", 2, "--to '': give nats://HOST/STREAM, or a folder"),
        (__file__, 1, "is a file: give a folder"),
        ("/dev/null/race", 1, "cannot be written: Not a directory"),
    ],
)
def test_no_place_to_carry_to(capsys: pytest.CaptureFixture[str], to: str, code: int, says: str) -> None:
    """One clear line and the right code."""
    assert cli.main(["relay", "vienna-2019", "--to", to]) == code
    said = capsys.readouterr()
    assert says in said.err and said.err.count("\n") == 1 and not said.out
