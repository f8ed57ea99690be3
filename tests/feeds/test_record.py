"""The tape writer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.feed import Delivery, FeedError, Link
from feeds.record import Recorder, begun, rfc3339
from feeds.sources.tape import read

HEAD = begun(0.0, "https://example.org/feed")
BODIES = st.lists(st.binary(max_size=400) | st.just(b"x" * 300), min_size=1, max_size=12)


def taped(path: Path, bodies: list[bytes], automatic: bool = False, over: bool = False) -> Recorder:
    """A tape of these messages, a second apart."""
    recorder = Recorder(path, HEAD, utc_s=0.0, automatic=automatic)
    for n, body in enumerate(bodies, 1):
        recorder.write(Delivery(body, n), float(n), float(n))
    recorder.close(99.0, over=over)
    return recorder


def messages(path: Path) -> list[bytes]:
    return [item.raw for item in read(path) if isinstance(item, Delivery)]


@given(BODIES)
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]) -> None:
    """Any bytes, the same body again included, each with the instant of its receipt."""
    path = tmp_path_factory.mktemp("t") / "tape"
    taped(path, bodies)
    assert messages(path) == bodies
    assert [i.received_s for i in read(path) if isinstance(i, Delivery)] == [
        float(n) for n in range(1, len(bodies) + 1)
    ]


@given(BODIES, st.data())
def test_cut_anywhere_it_loses_at_most_the_last_line_and_can_be_gone_on_with(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes], data: st.DataObject
) -> None:
    """What was torn lies beside it, the numbers go on, and every run begins with a mark."""
    path = tmp_path_factory.mktemp("t") / "tape"
    taped(path, bodies)
    whole = path.read_bytes()
    cut = data.draw(st.integers(len(HEAD.line), len(whole)))
    path.write_bytes(whole[:cut])
    kept = messages(path)
    assert kept == bodies[: len(kept)]
    lines = whole[:cut].count(b"\n")
    again = taped(path, [b"more"])
    assert messages(path)[-1] == b"more" and messages(path)[:-1] == kept[: len(messages(path)) - 1]
    assert bool(again.set_aside) == (whole[:cut].count(b"\n") == lines and not whole[:cut].endswith(b"\n"))
    starts = [item for item in read(path) if isinstance(item, Link) and item.state == "live"]
    assert len(starts) >= 1


def test_a_message_says_what_it_answers(tmp_path: Path) -> None:
    """Its request, and whether others of the round follow; an unchanged body of another request is written again."""
    recorder = Recorder(tmp_path / "t", HEAD, utc_s=0.0)
    for part, more in (("page 1", True), ("page 2", False), ("page 1", False)):
        recorder.write(Delivery(b"x" * 300, 1, part=part, more=more), 1.0, 1.0)
    recorder.close(2.0)
    found = [item for item in read(tmp_path / "t") if isinstance(item, Delivery)]
    assert [(d.part, d.more, d.raw) for d in found] == [
        ("page 1", True, b"x" * 300), ("page 2", False, b"x" * 300), ("page 1", False, b"x" * 300),
    ]  # fmt: skip
    assert (tmp_path / "t").read_bytes().count(b"x" * 300) == 2


def test_a_full_disk_stops_the_tape_and_not_the_race(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing goes on as if nothing were; why it stopped is told; what is there stays whole."""
    recorder = Recorder(tmp_path / "t", HEAD, utc_s=0.0)
    recorder.write(Delivery(b"{}", 1), 1.0, 1.0)
    real = os.write
    monkeypatch.setattr("feeds.record.os.write", lambda fd, data: real(fd, data[:5]))
    recorder.write(Delivery(b"[]", 2), 2.0, 2.0)
    monkeypatch.setattr("feeds.record.os.write", real)
    recorder.write(Delivery(b"later", 3), 3.0, 3.0)
    recorder.close(4.0)
    assert recorder.why_stopped == "recording stopped: no space left on device"
    assert messages(tmp_path / "t") == [b"{}"]
    assert not any(isinstance(i, Link) and i.state == "torn" for i in read(tmp_path / "t"))


def test_it_reaches_the_disk_within_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many messages share one fsync; quiet ones are brought there by whoever looks."""
    synced: list[int] = []
    monkeypatch.setattr("feeds.record.os.fsync", synced.append)
    recorder = Recorder(tmp_path / "t", HEAD, utc_s=0.0)
    synced.clear()
    for n in range(40):
        recorder.write(Delivery(b"{}", n), n / 10, 100 + n / 10)
    assert len(synced) == 4
    recorder.write(Delivery(b"{}", 1), 0.0, 104.0)
    synced.clear()
    recorder.sync()
    recorder.sync()
    assert len(synced) <= 1
    recorder.close(1.0)


def test_two_recorders_do_not_share_a_tape(tmp_path: Path) -> None:
    """The second is told to name another file; nor is another feed's tape, or any other file, written into."""
    recorder = Recorder(tmp_path / "t", HEAD, utc_s=0.0)
    with pytest.raises(FeedError, match="another paceline"):
        Recorder(tmp_path / "t", HEAD, utc_s=0.0)
    recorder.close(1.0)
    with pytest.raises(FeedError, match="another feed"):
        Recorder(tmp_path / "t", begun(0.0, "https://example.org/other"), utc_s=0.0)
    (tmp_path / "letter").write_text("dear", encoding="utf-8")
    with pytest.raises(FeedError, match="not overwritten"):
        Recorder(tmp_path / "letter", HEAD, utc_s=0.0)
    assert (tmp_path / "letter").read_text(encoding="utf-8") == "dear"
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FeedError, match="cannot be written"):
        Recorder(tmp_path / "link", HEAD, utc_s=0.0)


def test_instants_are_utc_to_the_millisecond() -> None:
    """As tapes have them."""
    assert rfc3339(1570860900.5) == "2019-10-12T06:15:00.500Z"
