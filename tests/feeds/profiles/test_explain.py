"""What is said of a profile that is wrong."""

from __future__ import annotations

import pytest

from feeds.feed import FeedError
from feeds.profiles.model import parse

HEAD = 'name = "x"\ntitle = "X"\n[athlete]\nid = "bib"\n'


def said(text: str) -> str:
    """The line that a file gets."""
    with pytest.raises(FeedError) as error:
        parse(text.encode(), "x.toml")
    assert error.value.code == 2
    assert str(error.value).isprintable()
    return str(error.value)


def test_an_unknown_key_is_told_with_its_line_and_before_what_is_missing() -> None:
    """What is missing is most often only misspelt."""
    assert said('[rows]\npathh = "x"\n').startswith("x.toml: line 2: rows.pathh: unknown key; did you mean path? (and ")


def test_a_key_in_a_list_of_tables_is_found_in_its_own_section() -> None:
    """The nearest name comes from the keys that may stand there."""
    text = HEAD + '[split]\nplace = "p"\ntimes = [{ feild = "t" }]\n'
    assert said(text).startswith("x.toml: line 7: split.times.0.feild: unknown key; did you mean field?")


def test_without_a_near_name_the_keys_are_listed() -> None:
    """Whoever guesses sees what there is."""
    assert "unknown key; there are field, pattern" in said(HEAD + "[[estimated]]\nqqqq = 1\n")


def test_a_key_of_one_among_several_names_is_found_too() -> None:
    """A question has a name of its own above its keys."""
    text = said(HEAD + '[questions.event]\nwhatt = "the event"\n')
    assert "questions.event.whatt: unknown key; did you mean what?" in text
