"""The feed screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import golden
from tests.draw.test_road import LOOKS
from tracker.draw import feed as drawing
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
from tracker.draw.wire import EMPTY_WIRE, Change, Message, Refusal, Shift, Wire
from tracker.race.snapshot import Counts

GUN_S = 1570860900.0
SPLIT = '{"kind": "split", "athlete": "kipchoge", "checkpoint": "25km", "elapsed_s": 4259, "quality": "reported"}'


def message(line: int) -> Message:
    """A message of that line; no two are alike."""
    return Message(
        GUN_S + 7 * line, line, f'{{"kind": "split", "athlete": "a{line}", "checkpoint": "25km"}}', line % 5 == 0
    )


MESSAGES = tuple(message(line) for line in range(60, 0, -1))
WIRE = Wire(
    address="https://timing.example.org/vienna/feed.sse",
    transport="http",
    word="offline",
    why="connection refused",
    age_s=43.0,
    retry_in_s=4.0,
    changes=(Change(GUN_S + 4300, "offline", "connection refused"), Change(GUN_S + 4200, "live"), Change(GUN_S + 900, "stale")),
    messages=tuple(Message(GUN_S + 4259 - 7 * n, 142 - n, SPLIT if n % 5 else '{"kind": "spl', n % 5 == 0) for n in range(60)),
    refusals=(Refusal(142, "", "not JSON: EOF while parsing", '{"kind": "spl'), Refusal(137, "elapsed_s", "should be a number", "{}")),
    counts=Counts(events=140, rejected=12, duplicates=3),
    time_zone="Europe/Vienna",
    median_s=7.8, p95_s=12.7, max_s=203.0, latencies=tuple(5 + (n * 37 % 11) for n in range(60)),
    connects=3, requests_per_min=1.4, bytes_in=48_200, kb_per_h=164.0,
    tape="/home/anna/.local/share/paceline/tapes/timing.example.org-vienna-20191012-081455.ndjson", tape_bytes=51_000,
)  # fmt: skip


LIVE = replace(WIRE, word="live", why="", age_s=3.0, retry_in_s=None, messages=MESSAGES)


def text(wire: Wire, width: int, height: int, look: Look = DEFAULT, first: int = 0) -> str:
    """The screen as text."""
    return plain(drawing.draw(wire, first, width, height, look))


@pytest.mark.parametrize(("width", "height"), [(36, 17), (76, 17), (114, 29), (190, 53)])
def test_kept_frames(width: int, height: int) -> None:
    """The feed as it was looked at, at four sizes."""
    golden.check(f"feed_{width}x{height}", text(WIRE, width, height))


@given(
    st.sampled_from([WIRE, EMPTY_WIRE, replace(WIRE, word="live", tape="", tape_why="no recording: x")]),
    st.integers(1, 220),
    st.integers(1, 50),
    st.sampled_from(LOOKS),
    st.integers(0, 70),
)
def test_every_cell_is_drawn_once(wire: Wire, width: int, height: int, look: Look, first: int) -> None:
    """Whatever the state and the size."""
    lines = drawing.draw(wire, first, width, height, look)
    assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
    assert not look.ascii or all(run.text.isascii() for line in lines for run in line)


def test_it_says_how_the_link_is_why_and_what_came() -> None:
    """In words; the newest message first, older ones when scrolled."""
    shown = text(WIRE, 190, 53)
    for said in ("OFFLINE", "connection refused", "retry in 4 s", "median 7.8 s", "164 kB/h", "not JSON: EOF"):
        assert said in shown
    assert shown.index("  142 ×") < shown.index("  141  ")
    assert "  142 ×" not in text(WIRE, 190, 53, first=1)


def test_a_recording_has_neither_link_nor_traffic() -> None:
    """Only what was in it."""
    shown = text(replace(EMPTY_WIRE, address="vienna-2019", messages=WIRE.messages[:2]), 114, 29)
    assert "link" not in shown and "traffic" not in shown and "vienna-2019" in shown


@given(
    st.sampled_from([WIRE, LIVE, replace(EMPTY_WIRE, address="vienna-2019")]), st.integers(30, 220), st.integers(8, 70)
)
def test_nothing_jumps(wire: Wire, width: int, height: int) -> None:
    """Whatever the feed holds, the messages stand in the same row."""

    def row(wire: Wire) -> int:
        lines = text(wire, width, height).split("\n")
        return next(y for y, line in enumerate(lines) if line.startswith("MESSAGES"))

    assert row(wire) == row(EMPTY_WIRE)


@given(st.integers(60, 220), st.integers(9, 70), st.integers(0, 59))
def test_as_many_messages_as_there_are_rows(width: int, height: int, first: int) -> None:
    """One a row from the chosen one on, and `rows` tells how many."""
    lines = text(LIVE, width, height, first=first).split("\n")
    y = next(y for y, line in enumerate(lines) if line.startswith("MESSAGES"))
    shown = MESSAGES[first : first + drawing.rows(width, height)]
    for line, one in zip(lines[y + 1 :], shown, strict=False):
        assert str(one.line) in line and one.text[:20] in line


def test_times_without_a_gun_are_elapsed() -> None:
    """Where nobody knows the time of day, a message came so long after the gun."""
    timed = replace(EMPTY_WIRE, messages=(Message(725.0, 3, "{}"), Message(float("-inf"), 1, "{}")))
    assert "0:12:05" in text(timed, 114, 29)


@pytest.mark.parametrize(("count", "said"), [(412, "412 B"), (1_240_312, "1,240 kB"), (12_400_000, "12.4 MB")])
def test_sizes(count: int, said: str) -> None:
    """Bytes, kilobytes, from ten on megabytes."""
    assert drawing.size(count) == said


DRIFTING = replace(LIVE, shifts=(Shift("30km", 4.2), Shift("35km", -23.0)))


@pytest.mark.parametrize(("width", "height"), [(76, 17), (114, 29), (190, 53)])
def test_kept_frames_of_a_drifting_clock(width: int, height: int) -> None:
    """A live feed two of whose mats have another clock, at three sizes."""
    golden.check(f"feed_drift_{width}x{height}", text(DRIFTING, width, height))


def test_the_largest_drift_is_named_first() -> None:
    """With its sign; that there is none is said where there is a row for it; nothing moves for it."""
    assert "clock drift 35km −23.0 s · 30km +4.2 s" in text(DRIFTING, 190, 53)
    assert "clock drift none" in text(LIVE, 190, 53) and "35km clock −23.0 s" in text(DRIFTING, 76, 17)
    assert text(DRIFTING, 190, 53).split("\n")[17:] == text(LIVE, 190, 53).split("\n")[17:]


def test_a_small_terminal_has_the_tape_and_the_connects_as_well() -> None:
    """The size at the top, the end of the path at the foot."""
    shown = text(LIVE, 76, 17)
    assert "tape 51 kB" in shown and "-20191012-081455.ndjson" in shown and "3 connects" in shown
