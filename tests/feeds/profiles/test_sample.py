"""Where the rows of an unknown document are."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.profiles.sample import sampled


def test_the_largest_list_wins_with_what_it_is_in() -> None:
    """Counted over all that hold one; keys with other signs are quoted."""
    document = {
        "x": [1, 2, 3, 4],
        "the runs": [{"legs": [{"t": 1}, {"t": 2}]}, {"legs": [{"t": 3}]}],
        "few": [{"y": 1}],
    }
    found = sampled(json.dumps(document).encode())
    assert (found.section.path, found.section.levels) == ('"the runs"', ("legs",))
    assert found.columns == {"t": ["1", "2", "3"]}


def test_what_a_row_is_in_is_told_by_its_path() -> None:
    """Nearest first; a value that is empty is none."""
    found = sampled(b'<r><race code="A"><e no="7"><p at="1"/><p at="2" x=""/></e></race></r>')
    assert (found.section.format, found.section.path, found.section.levels) == ("xml", "race", ("e", "p"))
    assert found.columns == {"at": ["1", "2"], "parent.no": ["7", "7"], "parent.parent.code": ["A", "A"]}


@pytest.mark.parametrize(
    ("document", "encoding", "delimiter"),
    [("bib;nöm\n1;é\n".encode("latin-1"), "latin-1", ";"), ("bib\tnöm\n1\té\n".encode(), "utf-8", "\t")],
)
def test_a_table_tells_its_encoding_and_delimiter(document: bytes, encoding: str, delimiter: str) -> None:
    """What is no UTF-8 is read as Latin-1."""
    found = sampled(document)
    assert (found.section.encoding, found.section.delimiter) == (encoding, delimiter)
    assert found.rows == [{"bib": "1", "nöm": "é"}]


def test_a_page_is_its_largest_table() -> None:
    """By the words of its first row."""
    found = sampled(
        b"<html><table><tr><td>x</table><table><tr><th>Split<th>Time<tr><td>5K<td>0:20:00<tr><td>10K<td></table>"
    )
    assert found.section.words == ("Split", "Time") and found.columns == {"Split": ["5K", "10K"], "Time": ["0:20:00"]}


@given(st.binary(max_size=100) | st.text('<>/a {}[]":,1\n;', max_size=60).map(str.encode))
def test_any_bytes_are_survived(document: bytes) -> None:
    """Without rows where nothing is recognised."""
    assert sampled(document).columns is not None
