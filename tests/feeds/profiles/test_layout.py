"""The sections of a profile."""

from __future__ import annotations

from feeds.profiles.layout import Rows


def test_only_a_table_in_an_encoding_of_lines_comes_line_by_line() -> None:
    """UTF-16 has no byte that ends a line."""
    found = [
        Rows.model_validate(said).by_line for said in ({}, {"format": "csv"}, {"format": "csv", "encoding": "utf-16"})
    ]
    assert found == [False, True, False]
