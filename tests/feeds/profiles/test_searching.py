"""Whom a search has found."""

from __future__ import annotations

import pytest

from feeds.profiles.asking import Search
from feeds.profiles.searching import NotOne, by_bib, by_name

SEARCH = Search(url="x", found="list", id="pid", bib="bib", name="name")
FOUND = {
    "list": [{"pid": "A", "bib": 7, "name": "Ann Lee"}, {"pid": "B", "bib": "77", "name": "Ann Leeds"}, {"bib": 1}, 5]
}


def test_a_bib_is_exact_and_what_is_none_is_an_id() -> None:
    """As a number or as text, in any letters."""
    assert [by_bib(SEARCH, FOUND, text) for text in ("7", "77", "b", "R99")] == ["A", "B", "B", "R99"]
    assert by_bib(SEARCH, None, "R99") == "R99"
    twice = {"list": [{"pid": "A", "bib": "7"}, {"pid": "B", "bib": "7"}]}
    with pytest.raises(NotOne, match=r"several by 7: A \(bib 7\), B \(bib 7\); say which with --name"):
        by_bib(SEARCH, twice, "7")


def test_a_whole_name_goes_before_a_part_of_one() -> None:
    """The only one who was found is meant; of several, none."""
    assert by_name(SEARCH, FOUND, "ann lee") == "A"
    assert by_name(SEARCH, {"list": FOUND["list"][1:]}, "Leeds") == "B"
    for document, says in ((FOUND, "knows several by Ann: Ann Lee"), ({}, "knows no Ann")):
        with pytest.raises(NotOne, match=says):
            by_name(SEARCH, document, "Ann")
