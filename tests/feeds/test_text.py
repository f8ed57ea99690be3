"""The one door for text from outside."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from rich.cells import cell_len

from feeds.text import Id, Prose, Text, clean
from tracker.draw.cells import width

ODD = "a é 金 \u0301\u0302\u0323 \u1112\u1161\u11ab \u0e01\u0e47\u0e33 \u0915\u094d\u093f 👍🏽🇦🇹❤\ufe0f \u202e\u200d\x1b\x00\u2028\ufdd0"
TEXTS = st.one_of(st.text(max_size=200), st.text(ODD, max_size=200))


@given(TEXTS, st.integers(1, 80))
def test_nothing_unsafe_passes(text: str, most: int) -> None:
    """Whatever comes in: no control, format, separator or unknown character comes out, nothing wider than asked, all of it NFC."""
    cleaned = clean(text, most)
    assert not {unicodedata.category(char) for char in cleaned} & {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}
    assert width(cleaned) <= most
    assert unicodedata.is_normalized("NFC", cleaned)


@given(TEXTS, st.integers(1, 80))
def test_cleaning_is_done_once(text: str, most: int) -> None:
    """What came through the door stays as it is when it comes again."""
    cleaned = clean(text, most)
    assert clean(cleaned, most) == cleaned


@given(TEXTS)
def test_the_screen_counts_as_the_terminal_toolkit_does(text: str) -> None:
    """Cleaned text is as wide to our own layout as to the toolkit that paints it, so columns stay aligned."""
    cleaned = clean(text)
    assert width(cleaned) == cell_len(cleaned)


@given(st.text([chr(code) for code in range(0x20, 0x7F)], max_size=64))
def test_plain_text_is_not_touched(text: str) -> None:
    """Printable ASCII of at most 64 characters comes out as it is, markup included."""
    assert clean(text) == text


@pytest.mark.parametrize(
    "name",
    [
        "Müller [Team]",
        "[@click=app.quit()]",
        "[/]",
        "محمد فرح",
        "אבי כהן",
        "大迫 傑",
        "김철수",
        "Zoë 🏃",
        "Δημήτρης",
        "สมชาย",
    ],
)
def test_names_of_the_world_stay_readable(name: str) -> None:
    """Names in any script, and what looks like markup, are shown letter by letter."""
    assert clean(name) == name


@pytest.mark.parametrize(
    "char",
    [
        *"\x00\x07\x1b\n\r\t\x7f\x9b\xad",
        *"\u061c\u200e\u200f\u202a\u202e\u2066\u2069",  # directions
        *"\u200b\u200c\u200d\u2060\ufeff\u115f\u3164\u034f\U000e0041",  # nothing to be seen
        *"\u2028\u2029\ufffe\uffff\ufdd0\U0010ffff\U00040000",
        "\ud800",
    ],
)
def test_what_steers_or_hides_is_shown(char: str) -> None:
    """A character that steers a terminal, turns the direction or cannot be seen becomes U+FFFD, so tampering shows."""
    assert clean(f"Abe{char}be") == "Abe\ufffdbe"


def test_marks_are_few() -> None:
    """At most two marks stand on a base; one that stands on nothing does not reach the text before it."""
    assert clean("q\u0301\u0302\u0303\u0304!") == "q\u0301\u0302!"
    assert clean("\u0301a") == "\ufffda"


def test_monstrous_text_is_cut_at_once() -> None:
    """A million letters, 100,000 marks out of order and 5,000 line ends take no longer than a name."""
    assert clean("a" * 1_000_000) == "a" * 63 + "…"
    assert clean("金" * 1_000_000) == "金" * 31 + "…"
    assert clean("a" + "\u0301\u0323" * 50_000) == "ạ\u0323\u0323"
    assert clean("\n" * 5_000) == "\ufffd" * 63 + "…"


def test_a_name_is_cut_and_an_id_is_refused() -> None:
    """Names and sentences are cut to what can be shown; an id that would have to be changed is refused."""
    name, id, prose = TypeAdapter(Text), TypeAdapter(Id), TypeAdapter(Prose)
    assert name.validate_python("x" * 65) == "x" * 63 + "…"
    assert prose.validate_python("x" * 501) == "x" * 499 + "…"
    assert id.validate_python("Müller-7") == id.validate_python("Mu\u0308ller-7") == "Müller-7"
    for bad in ("", "x" * 65, "金" * 33, "a\x1b", "a\u200bb", 7, None):
        with pytest.raises(ValidationError, match="should be an id"):
            id.validate_python(bad)
    with pytest.raises(ValidationError, match="should be text"):
        name.validate_python(7)


def test_the_schema_says_plain_strings() -> None:
    """Another implementation is not asked to know how ours cleans text."""
    assert TypeAdapter(Text).json_schema() == TypeAdapter(Prose).json_schema() == {"type": "string"}
    assert TypeAdapter(Id).json_schema() == {"type": "string", "minLength": 1}


def test_every_character_of_unicode_passes_or_is_shown() -> None:
    """No single character raises, vanishes or takes more than two cells."""
    for code in range(0x20, sys.maxunicode + 1, 7):
        cleaned = clean(chr(code))
        assert width(cleaned) in (1, 2) or code in (0xFE0E, 0xFE0F)
