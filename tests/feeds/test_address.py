"""What somebody typed, and what it stands for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from feeds.address import Asked, open_address
from feeds.feed import Delivery, FeedError
from feeds.profiles.model import load


def test_a_name_is_a_shipped_race() -> None:
    """A shipped race opens by its name, however it is capitalised, and says that it is shipped."""
    opened = open_address("Vienna-2019")
    assert (opened.name, opened.is_shipped, opened.is_live) == ("vienna-2019", True, False)
    first = next(opened.read())
    assert isinstance(first, Delivery)
    assert b"INEOS" in first.raw


def test_a_path_is_a_file(tmp_path: Path) -> None:
    """A file opens by its path, which is also its name, so that the name opens it again."""
    file = tmp_path / "mine.ndjson"
    file.write_bytes(b'{"kind":"end"}\n')
    opened = open_address(str(file))
    assert (opened.name, opened.is_shipped) == (str(file), False)
    assert list(opened.read()) == [Delivery(b'{"kind":"end"}', 1)]


def test_a_file_without_an_ending_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare word that is a file's name is that file."""
    (tmp_path / "tape").write_bytes(b"{}\n")
    monkeypatch.chdir(tmp_path)
    assert open_address("tape").path == Path("tape")


@pytest.mark.parametrize(
    ("address", "code", "words"),
    [
        ("viena-2019", 3, "did you mean vienna-2019?"),
        ("berlin", 3, " or berlin-2018?"),
        ("no-such-thing", 3, "no race or file is called 'no-such-thing'"),
        ("", 3, "no race or file"),
        ("missing.ndjson", 3, "missing.ndjson: no such file"),
        ("missing/tape", 3, "no such file"),
        (".", 2, "a directory"),
        ("a\0b/c", 2, "no file can have this name"),
        ("x" * 5000 + "/y", 1, "cannot be read: File name too long"),
        ("\x1b[31m://x", 2, "addresses are not known"),
        ("gopher://example.org/feed", 2, "addresses are not known; give a file, the name of a race, or http://"),
        ("https://", 2, "not an address"),
        ("rtrt", 2, "rtrt needs event"),
        ("ws://example.org/?token=secret", 2, "without encryption; give wss://"),
        ("http://me:secret@example.org/", 2, "without encryption; give https://"),
    ],
)
def test_what_cannot_be_opened_is_said_in_one_line(address: str, code: int, words: str) -> None:
    """One clear line, no secret and no control character in it, and the right exit code."""
    with pytest.raises(FeedError) as error:
        open_address(address)
    assert error.value.code == code
    assert words in str(error.value)
    assert str(error.value).isprintable()
    assert "secret" not in str(error.value)


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    """A FIFO is no recording, and nobody has to write into it before that is said."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FeedError, match="a pipe") as error:
        open_address(str(tmp_path / "pipe"))
    assert error.value.code == 2


@pytest.mark.parametrize("address", ["http://example.org/feed", "ws://example.org/feed"])
def test_an_address_that_is_not_encrypted_has_a_notice(address: str) -> None:
    """Whichever way it is asked; on this machine there is none."""
    assert open_address(address).notice.startswith(f"{address} is not encrypted")
    assert not open_address(address.replace("example.org", "127.1")).notice


def test_a_provider_in_the_open_has_a_notice_and_gets_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its address stands in the profile: the rule is that of every address, for the requests before the others as well."""
    source = load("raceresult").source.replace("https://my.raceresult.com", "http://timing.example.org")
    (tmp_path / "plain.toml").write_text(source, encoding="utf-8")
    link = "https://my.raceresult.com/12/live"
    asked = Asked(profile=str(tmp_path / "plain.toml"), answers={"list": "L"})
    assert "timing.example.org" in open_address(link, asked).notice

    step = load("rtrt").source.replace("https://api.rtrt.me/register", "http://api.rtrt.me/register")
    (tmp_path / "step.toml").write_text(step, encoding="utf-8")
    monkeypatch.setenv("PACELINE_RTRT_APPID", "secret")
    with pytest.raises(FeedError, match="without encryption") as error:
        open_address("https://track.rtrt.me/e/E", Asked(profile=str(tmp_path / "step.toml")))
    assert error.value.code == 2 and "secret" not in str(error.value)


def test_who_alone_is_taken_is_watched() -> None:
    """Of a stream of which only some runners are taken the first of them, as typed; of all the race says whom."""
    pytest.importorskip("nats")
    assert open_address("nats://127.0.0.1:4222/R?only=7,45").runner == "7"
    assert open_address("nats://127.0.0.1:4222/R").runner == ""
