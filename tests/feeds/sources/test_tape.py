"""Recordings: canonical files and tapes."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import shipped
from feeds.decode import Decoder
from feeds.feed import Delivery, FeedError, Link
from feeds.reading import Rejection
from feeds.sources.tape import MOST_BODIES, VERSION, TapeHeader, header, read

HEADER = {"paceline_tape": 1, "created": "2019-10-12T06:00:00Z", "address": "https://example.org/feed"}
TAPES = Path(__file__).parents[1] / "tapes"
NOON = "2019-10-12T12:00:00Z"
NOON_S = 1570881600.0


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to be written again and again."""
    return tmp_path_factory.mktemp("tapes") / "file"


def written(path: Path, *lines: dict[str, Any] | bytes) -> Path:
    """A file of these lines."""
    path.write_bytes(
        b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
    )
    return path


def test_a_canonical_file_is_its_lines(path: Path) -> None:
    """Every line that is not blank is a message; lines count from 1, blank ones too; nobody knows when they came."""
    written(path, b'{"kind":"end"}', b"", b"  \r", b"garbage\r")
    assert list(read(path)) == [Delivery(b'{"kind":"end"}', 1), Delivery(b"garbage", 4)]


@given(st.integers(1, 400))
def test_a_torn_file_is_survived(path: Path, cut: int) -> None:
    """Cut at any byte, a file gives its whole lines; what is left of the last one is set aside and reported."""
    whole = shipped.path("berlin-2018").read_bytes()
    data = whole[: -min(cut, len(whole) - 2)]
    path.write_bytes(data)
    *lines, tail = data.split(b"\n")
    complete = tail.endswith(b"}") and tail in whole.split(b"\n")
    items = list(read(path))
    assert [item.raw for item in items if isinstance(item, Delivery)] == lines + [tail] * complete
    torn = [item for item in items if isinstance(item, Link)]
    assert [link.state for link in torn] == ["torn"] * (bool(tail) and not complete)
    assert all("its last line is cut off" in link.why for link in torn)


@given(st.integers(20, 1500))
def test_a_torn_gzip_file_is_survived(path: Path, cut: int) -> None:
    """Cut at any byte, a compressed file gives a beginning of its lines, and says once that it is torn."""
    whole = shipped.path("vienna-2019").read_bytes()
    data = gzip.compress(whole)
    path.write_bytes(data[:-cut])
    *items, last = read(path)
    assert isinstance(last, Link)
    assert last.state == "torn"
    raws = [item.raw for item in items if isinstance(item, Delivery)]
    assert raws == whole.split(b"\n")[: len(raws)]


def test_a_tape_gives_what_was_received_and_when(path: Path) -> None:
    """Text, bytes that are no text, and an unchanged body each give the raw message and the instant it came."""
    body = b"\xff\x00not text"
    written(
        path,
        HEADER,
        {"utc": NOON, "mark": "start"},
        {"n": 1, "mono": 0.5, "utc": NOON, "raw": '{"kind":"end"}'},
        {"n": 2, "mono": 1.5, "utc": "2019-10-12T14:00:01.5+02:00", "b64": base64.b64encode(body).decode()},
        {"n": 3, "mono": 2.5, "utc": NOON, "same": 2},
        {"n": 4, "mono": 3.5, "utc": NOON, "same": 3},
        {"utc": NOON, "mark": "lost", "why": "no route\x1b"},
        {"utc": NOON, "mark": "resumed"},
        {"utc": NOON, "mark": "stop"},
    )
    assert list(read(path)) == [
        Link("live", received_s=NOON_S),
        Delivery(b'{"kind":"end"}', 3, NOON_S),
        Delivery(body, 4, NOON_S + 1.5),
        Delivery(body, 5, NOON_S),
        Delivery(body, 6, NOON_S),
        Link("offline", "no route\ufffd", received_s=NOON_S),
        Link("live", received_s=NOON_S),
        Link("offline", received_s=NOON_S),
    ]


@pytest.mark.parametrize(
    "line",
    [
        b"garbage",
        b"[1]",
        b"null",
        b'"mark"',
        b"[" * 100_000,
        {"n": 1, "utc": "9999-12-31T23:59:59-14:00", "raw": "{}"},
        {"n": 1, "utc": NOON},
        {"n": 1, "utc": NOON, "raw": 5},
        {"n": 1, "utc": NOON, "b64": "!"},
        {"n": 1, "utc": NOON, "same": 7},
        {"n": 1, "utc": NOON, "same": []},
        {"n": [], "utc": NOON, "raw": "{}"},
        {"n": 1, "utc": "2019-10-12T12:00:00", "raw": "{}"},
        {"n": 1, "utc": 5, "raw": "{}"},
        {"n": 1, "utc": NOON, "raw": "\ud800"},
        {"utc": NOON, "mark": "new"},
        {"utc": NOON, "mark": []},
        {"utc": NOON, "mark": "lost", "why": 5},
    ],
)
def test_a_bad_line_of_a_tape_is_one_rejected_message(path: Path, line: dict[str, Any] | bytes) -> None:
    """What is no line of a tape goes to the decoder as it is, which rejects it; the lines after it are read."""
    good = {"n": 9, "utc": NOON, "raw": '{"kind":"end"}'}
    bad, after = read(written(path, HEADER, line, good))
    assert isinstance(bad, Delivery)
    assert isinstance(Decoder()(bad.raw, bad.line), Rejection)
    assert after == Delivery(b'{"kind":"end"}', 3, NOON_S)


def test_bodies_are_kept_within_bounds(path: Path) -> None:
    """An unchanged body is remembered as long as it is asked for; one long gone is a rejected line, not a growing memory."""
    said = [{"n": n, "utc": NOON, "raw": f"{n}"} for n in range(MOST_BODIES)]
    asked = {"n": MOST_BODIES, "utc": NOON, "same": 0}
    items = list(read(written(path, HEADER, *said, asked, {**asked, "n": -1}, {**asked, "n": -2, "same": 1})))
    raws = [item.raw for item in items if isinstance(item, Delivery)]
    assert raws[-3:-1] == [b"0", b"0"]
    assert b"same" in raws[-1]


@pytest.mark.parametrize("version", [2, 10, "2", None])
def test_a_newer_tape_is_refused_in_one_line(path: Path, version: object) -> None:
    """A tape that a later version wrote is not guessed at."""
    written(path, {**HEADER, "paceline_tape": version}, {"n": 1, "utc": NOON, "raw": "{}"})
    with pytest.raises(FeedError, match=r"^[^\n]*: a tape of version .* get a newer paceline$"):
        list(read(path))


def test_what_is_no_text_is_refused(path: Path) -> None:
    """A picture, a program or UTF-16 is said to be no text before a thousand lines of it are rejected."""
    for data in (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\x7fELF\x02\x01\x01\0", '{"kind":"end"}\n'.encode("utf-16")):
        path.write_bytes(data)
        with pytest.raises(FeedError, match="not a text file"):
            list(read(path))


def test_zeros_after_a_crash_are_a_torn_end(path: Path) -> None:
    """A disk that lost the last block leaves zeros: the lines before them are read."""
    path.write_bytes(b'{"kind":"end"}\n' * 10 + bytes(512))
    *items, last = read(path)
    assert len(items) == 10
    assert isinstance(last, Link)
    assert last.state == "torn"


def test_more_than_a_cap_is_torn(path: Path) -> None:
    """A file that holds more than may be read is read so far, and says so."""
    written(path, *[b'{"kind":"end"}'] * 10_000)
    *items, last = read(path, 1500)
    assert len(items) == 100
    assert isinstance(last, Link)
    assert "more than 1500 bytes" in last.why


def test_a_tape_says_which_request_a_body_answers(path: Path) -> None:
    """A round of several requests can be told apart, and its last one."""
    line = {"utc": NOON, "raw": "{}"}
    written(path, HEADER, {"n": 1, **line, "part": "page 1", "more": True}, {"n": 2, **line, "part": "page 2"})
    assert [(d.part, d.more) for d in read(path) if isinstance(d, Delivery)] == [("page 1", True), ("page 2", False)]


def test_the_header_tells_a_tape_from_anything_else(path: Path) -> None:
    """What was recorded, and by which profile it is read; a file of messages has none."""
    header_ = TapeHeader("2026-11-23T10:00:00.000Z", "https://example.org/feed", "rtrt", "ab" * 32)
    path.write_bytes(header_.line)
    assert header(path) == header_
    written(path, b'{"kind":"end"}')
    assert header(path) is None


def test_for_a_profile_rows_are_lines_and_all_else_is_one_document(path: Path) -> None:
    """A reply over many lines, a table or a page is read whole; a row a line stays a row a line."""
    for text, count in (
        (b'{"a":1}\n{"a":2}\n', 2),
        (b'{\n "a": 1\n}\n', 1),
        (b"bib,5K\n1,20:00\n", 1),
        (b"[1,\n2]", 1),
    ):
        path.write_bytes(text)
        found = [item.raw for item in read(path, profile_reads=True) if isinstance(item, Delivery)]
        assert len(found) == count
        if count == 1:
            assert found == [text]


def test_a_tape_of_every_version_is_read_for_ever() -> None:
    """One of each is kept: messages, a body that came before, bytes that are no text, a round in parts, a second run."""
    kept = sorted(TAPES.iterdir())
    assert [path.name for path in kept] == [f"version-{n}.ndjson" for n in range(1, VERSION + 1)]
    for path in kept:
        items = list(read(path))
        messages = [item for item in items if isinstance(item, Delivery)]
        assert [(m.part, m.more) for m in messages[:3]] == [("page 1", True), ("page 2", False), ("page 1", False)]
        assert messages[0].raw == messages[2].raw and messages[3].raw == b"\xff\xfenonsense" and len(messages) == 6
        assert [m.received_s for m in messages if m.received_s] == [1570860900 + s for s in (1, 1.2, 11, 16, 20, 31)]
        assert [item.state for item in items if isinstance(item, Link)] == ["live", "offline"] * 3
