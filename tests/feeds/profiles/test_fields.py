"""Values out of a row."""

from __future__ import annotations

import pytest

from feeds.profiles.fields import Field, Fields, filled, is_set, text_of


def test_names_and_paths_and_what_is_not_there() -> None:
    """A wrong path is nothing, not an error; a path that is none is told to its writer."""
    row = {"a": 1, "b": {"c": [2, 3]}, "x y": 4}
    assert [Field(p)(row) for p in ("a", "b.c[1]", '"x y"', "b.d.e", "", "length(a)")] == [1, 3, 4, None, None, None]
    assert Field("a")([1]) is None and Field("").list(row) is row
    with pytest.raises(ValueError, match="no path"):
        Field("a..b")


def test_a_field_that_is_empty_is_there() -> None:
    """Null is said, what is missing is not."""
    row = {"a": None, "b": {"c": None}, "x y": 1}
    assert [Field(path).is_in(row) for path in ("a", "b.c", '"x y"')] == [True] * 3
    assert [Field(path).is_in(row) for path in ("d", "b.d", "a.c", '"y"', "")] == [False] * 5


def test_several_are_joined_and_an_answer_stands_for_itself() -> None:
    """What is empty leaves no space."""
    assert Fields(["f", "g"], {})({"f": "Anna", "g": " Rossi "}) == "Anna Rossi"
    assert Fields(["f", "g"], {})({"g": "Rossi"}) == "Rossi" and Fields(["f"], {})({}) is None
    assert Fields(["{who}"], {"who": "A1"})({}) == "A1"
    assert filled("x/{a}/{b}", {"a": "1"}) == "x/1/"


@pytest.mark.parametrize(
    ("value", "text"),
    [(5, "5"), (5.0, "5"), (5.5, "5.5"), (" a ", "a"), ("", None), (None, None), (True, None), ({}, None)],
)
def test_a_value_as_text(value: object, text: str | None) -> None:
    """Numbers without a false fraction."""
    assert text_of(value) == text


def test_flags() -> None:
    """There, and neither empty nor nought."""
    assert [is_set(v) for v in ("1", 1, True, "yes", "0", 0, "", None, False)] == [True] * 4 + [False] * 5
