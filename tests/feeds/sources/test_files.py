"""Files as streams of bytes."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.feed import FeedError
from feeds.sources.files import TornError, decoded, open_regular


def read(path: Path, most_bytes: int = 1 << 30) -> tuple[bytes, str]:
    """All bytes of a file, and why it is torn."""
    data = b""
    with open_regular(path) as file:
        try:
            for chunk in decoded(file, most_bytes):
                data += chunk
        except TornError as torn:
            return data, str(torn)
    return data, ""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to be written again and again."""
    return tmp_path_factory.mktemp("files") / "file"


@given(st.binary(min_size=1, max_size=300).filter(lambda data: data[:2] != b"\x1f\x8b"), st.binary(max_size=300))
def test_plain_and_gzip_are_the_same_bytes(path: Path, data: bytes, more: bytes) -> None:
    """A compressed file, of one part or two, gives what the plain one gives."""
    path.write_bytes(data + more)
    assert read(path) == (data + more, "")
    path.write_bytes(gzip.compress(data) + gzip.compress(more))
    assert read(path) == (data + more, "")


@given(st.binary(min_size=1, max_size=300), st.data())
def test_a_gzip_file_cut_anywhere_gives_a_beginning(path: Path, data: bytes, draw: st.DataObject) -> None:
    """Cut at any byte, a compressed file gives a prefix of what it held, and says that it is torn."""
    whole = gzip.compress(data)
    path.write_bytes(whole[: draw.draw(st.integers(2, len(whole) - 1))])
    got, why = read(path)
    assert data.startswith(got)
    assert why == "its gzip stream ends in the middle"


def test_a_damaged_gzip_file_is_torn_where_it_is_damaged(path: Path) -> None:
    """What stands before the damage is kept."""
    text = b"".join(b"%d\n" % n for n in range(100_000))
    whole = bytearray(gzip.compress(text))
    whole[len(whole) // 2] ^= 0xFF
    path.write_bytes(bytes(whole))
    got, why = read(path)
    assert why == "its gzip stream is damaged"
    assert len(got) > 100_000
    path.write_bytes(gzip.compress(b"a\n") + b"junk")
    assert read(path) == (b"a\n", "its gzip stream is damaged")


def test_a_bomb_is_cut(path: Path) -> None:
    """A small file that grows without end is read up to the cap."""
    path.write_bytes(gzip.compress(bytes(10_000_000)))
    got, why = read(path, 1_000_000)
    assert len(got) == 1_000_000
    assert "more than 1000000 bytes" in why


def test_a_socket_and_a_device_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no regular file is named for what it is."""
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        with pytest.raises(FeedError, match="this is a socket"):
            open_regular(Path("socket"))
    with pytest.raises(FeedError, match="this is a device"):
        open_regular(Path("/dev/null"))


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    """An empty file is a feed that failed."""
    (tmp_path / "nothing").touch()
    with pytest.raises(FeedError, match="nothing: the file is empty") as error:
        open_regular(tmp_path / "nothing")
    assert error.value.code == 1
