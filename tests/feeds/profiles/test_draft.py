"""A profile to start from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feeds.feed import FeedError
from feeds.profiles.draft import drafted
from feeds.profiles.model import load
from tests.feeds.profiles.made import CSV, read, reader

LONG = {"meta": {"race": 1}, "data": {"reads": [
    {"bib": 7, "name": "Bo", "location": "10K", "chip time": "00:41:00", "epoch": 1700000000, "device": "x"},
    {"bib": 8, "name": "Li", "location": "Finish", "chip time": "01:41:00", "epoch": 1700003600, "device": "y"}]}}  # fmt: skip


@pytest.mark.parametrize(
    ("document", "splits"),
    [
        (json.dumps(LONG), 2),
        (CSV, 4),
        ('{"bib":1,"point":"5K","time":"0:20:00"}\n{"bib":2,"point":"5K","time":"0:21:00"}\n', 1),
    ],
)
def test_a_draft_reads_what_it_was_drawn_from(tmp_path: Path, document: str, splits: int) -> None:
    """At once, without a word changed; each guess has an example beside it."""
    text = drafted(document.encode())
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    events, refused = read(
        reader(load(str(file))), document.splitlines()[0] if document.startswith('{"bib"') else document
    )
    assert sum(e.kind == "split" for e in events) == splits and not refused
    assert "such as" in text


def test_what_was_not_understood_is_listed() -> None:
    """So that nothing is overlooked."""
    assert "#   device # such as x" in drafted(json.dumps(LONG).encode())


@pytest.mark.parametrize("document", [b"", b"5", b"[]", b"no table at all", b"\xff\xfe", b"{"])
def test_a_document_without_rows_is_said_to_be_one(document: bytes) -> None:
    """One line, and what a draft is made of."""
    with pytest.raises(FeedError, match="no rows found"):
        drafted(document)
