"""tracker.ics: a calendar that other programs read."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw.test_meet import LIVE, made
from tracker import ics
from tracker.draw.look import DEFAULT
from tracker.race.snapshot import Snapshot

FOUND = made(4823.0)


def entries(text: str) -> list[dict[str, str]]:
    """The events, unfolded: the first value of each property."""
    out: list[dict[str, str]] = []
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            out.append({})
        elif out:
            out[-1].setdefault(name.partition(";")[0], value)
    return out


def written(snapshot: Snapshot = LIVE) -> str:
    """The calendar of six places."""
    return ics.calendar(snapshot, FOUND, DEFAULT)


def test_every_place_has_its_entry() -> None:
    """In UTC: the window where it is to come, the moment where it is passed, an alarm where there is a moment to leave."""
    events = entries(written())
    assert [e["SUMMARY"] for e in events][:3] == [f"Eliud Kipchoge at {km} km" for km in (12, 25, 28)]
    assert events[1]["DTSTART"] == "20191012T072550Z" and "DTEND" not in events[1]
    assert (events[2]["DTSTART"], events[2]["DTEND"]) == ("20191012T073330Z", "20191012T073535Z")
    assert events[2]["TRIGGER"] == "20191012T070830Z" and "TRIGGER" not in events[1]
    assert events[3]["DESCRIPTION"].startswith("80 % window\\, middle ≈ 09:45 CEST\\; leave by 09:35\\; missed 30 %")


def test_a_stop_keeps_its_entry() -> None:
    """The same stop of the same runner has the same UID at any moment; another stop or runner has another."""
    now = {e["UID"] for e in entries(written())}
    assert len(now) == len(FOUND)
    assert now == {e["UID"] for e in entries(written(replace(LIVE, now_s=LIVE.now_s + 900)))}
    assert not now & {e["UID"] for e in entries(written(replace(LIVE, runner=replace(LIVE.runner, id="b"))))}


@given(st.text(max_size=80))
def test_any_name_keeps_the_form(name: str) -> None:
    """CRLF alone, lines of at most 75 octets, no control character, what separates escaped, the same after unfolding."""
    race = replace(LIVE.race, name=name, place=name)
    text = written(replace(LIVE, race=race, runner=replace(LIVE.runner, name=name or "x")))
    lines = text.encode("utf-8", "replace").split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", text)
    events = entries(text)
    assert len(events) == len(FOUND)
    assert all(not re.search(r"(?<!\\)(?:\\\\)*[,;]", e["SUMMARY"]) for e in events)


@given(st.text(max_size=300))
def test_folding_loses_nothing(text: str) -> None:
    """A folded line without its folds is the line."""
    line = text.replace("\r", "").replace("\n", "")
    assert ics.fold(line).replace("\r\n ", "") == line


def test_nothing_to_tell_is_no_calendar() -> None:
    """Without a window, or a time of day, there is no entry, and a calendar has to have one."""
    assert ics.calendar(LIVE, (), DEFAULT) == ""
    assert ics.calendar(replace(LIVE, race=replace(LIVE.race, gun_s=None)), FOUND, DEFAULT) == ""


def test_only_its_own_file_is_written_over(tmp_path: Path) -> None:
    """A calendar made here is replaced; anything else stays as it is: another's file, a folder, a link, a pipe."""
    path = tmp_path / "meet.ics"
    ics.save(path, written())
    ics.save(path, written(replace(LIVE, now_s=LIVE.now_s + 60)))
    assert path.read_bytes().decode() == written(replace(LIVE, now_s=LIVE.now_s + 60))
    other = tmp_path / "other.ics"
    other.write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//somebody//else//EN\r\n", newline="")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.ics").symlink_to(path)
    os.mkfifo(tmp_path / "pipe")
    for name in ("other.ics", "folder", "link.ics", "pipe"):
        with pytest.raises(ics.NotOursError, match=r"was not made by `paceline meet`: give another name"):
            ics.save(tmp_path / name, written())
    assert "somebody" in other.read_text()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "link.ics", "meet.ics", "other.ics", "pipe"]
