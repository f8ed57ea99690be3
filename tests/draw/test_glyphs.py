"""The signs and their ASCII."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.draw.cells import cells, width
from tracker.draw.glyphs import ASCII, UNICODE, Glyphs, glyphs, to_ascii

LONGER = {"to", "change", "corrected", "ellipsis"}
"""Signs that need not take one cell."""


@pytest.mark.parametrize("name", Glyphs._fields)
def test_each_sign_has_its_ascii(name: str) -> None:
    """Both tables name the same signs, in ASCII nothing else; one cell in one table is one cell in the other."""
    sign, plain = getattr(UNICODE, name), getattr(ASCII, name)
    assert plain and plain.isascii() and plain.isprintable()
    assert name in LONGER or width(sign) == width(plain) == 1


@pytest.mark.parametrize("sign", UNICODE)
def test_no_sign_is_an_emoji_or_private(sign: str) -> None:
    """No sign is wide, outside the basic plane, in the private area, or one that terminals replace with a picture."""
    for char, size in cells(sign):
        assert size == 1 and ord(char) < 0x10000 and category(char) != "Co"
        assert char not in "▶◀▪▫◼◻◾◽⏸⏹⏺✔✖☑⭐⚫⚪↩↪"


@given(st.text())
def test_ascii_is_ascii(text: str) -> None:
    """Whatever a feed calls somebody: an ASCII screen gets ASCII, and ASCII is left as it is."""
    plain = to_ascii(text)
    assert plain.isascii()
    assert to_ascii(plain) == plain
    assert not text.isascii() or plain == text


@given(st.text(max_size=10), st.text(max_size=10))
def test_letters_are_translated_one_by_one(first: str, second: str) -> None:
    """A text translated in pieces is the same text, so that a line may be written in runs."""
    assert to_ascii(first) + to_ascii(second) == to_ascii(first + second)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("−7 s", "-7 s"), ("≈ 41 m", "~ 41 m"), ("1:59 – 2:00", "1:59 - 2:00"), ("60×", "60x"), ("José Müller", "Jose Mueller"),
     ("Jose\u0301", "Jose"), ("Reichsbrücke · ß", "Reichsbruecke - ss"), ("王", "?"), ("ﬁn", "fin"), ("cut…", "cut...")],
)  # fmt: skip
def test_words_stay_readable(text: str, plain: str) -> None:
    """Signs by the table, letters without their marks, what has no letter a question mark."""
    assert to_ascii(text) == plain


@pytest.mark.parametrize(
    "name", ["minus", "about", "dot", "times", "to", "change", "ellipsis", "hollow", "captain", "pacer"]
)
def test_signs_in_words_are_the_table_s(name: str) -> None:
    """A sign inside a sentence becomes what the table says it is."""
    assert to_ascii(getattr(UNICODE, name)) == getattr(ASCII, name)


def test_the_table_of_a_look() -> None:
    """ASCII where it is asked for."""
    assert glyphs(True) is ASCII and glyphs(False) is UNICODE
