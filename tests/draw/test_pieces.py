"""A paced run's schedule in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.draw import scenes
from tracker.draw.glyphs import to_ascii
from tracker.draw.parts import Words
from tracker.draw.pieces import told
from tracker.race.pieces import Schedule

AT_40 = scenes.vienna(6820.0).schedule


def vienna() -> Schedule:
    """What Vienna was set to, as known at 40 km."""
    assert AT_40 is not None
    return AT_40


def text(words: Words) -> str:
    """The words without ink."""
    return "".join(word.text for word in words)


def test_vienna_in_words() -> None:
    """Both paces, where the change was and may have been, the second as people tell it, the finish, and how far off."""
    fullest, plainer = (text(words) for words in told(vienna(), 5000.0, "km")[:2])
    assert plainer == (
        "2:50.0/km to ≈ 9 km, then 2:50.5/km (14:12.5 per 5 km) → ≈ 1:59:50 · derived, no mark more than 1.3 s off"
    )
    assert fullest.startswith("2:50.0/km to ≈ 9 km (6 to 13), then 2:50.5/km")


def test_it_is_never_measured() -> None:
    """Every choice is in the ink of what is inferred, and none is bold."""
    assert {(word.fg, word.bold) for words in told(vienna(), 5000.0, "km") for word in words} == {("estimated", False)}


@pytest.mark.parametrize("stride_m", [5000.0, None])
@pytest.mark.parametrize("finish_s", [7190.0, None])
def test_each_choice_is_shorter(stride_m: float | None, finish_s: float | None) -> None:
    """From the fullest to the pace alone the choices never grow."""
    sizes = [len(text(words)) for words in told(replace(vienna(), finish_s=finish_s), stride_m, "km")]
    assert all(a >= b for a, b in pairwise(sizes))
    assert text(told(vienna(), stride_m, "km")[-1]) == "2:50.5/km"


def test_every_choice_has_ascii() -> None:
    """An ASCII screen can say all of it."""
    assert all("?" not in to_ascii(text(words)) for words in told(vienna(), 5000.0, "km"))


def test_miles() -> None:
    """Paces, places and sections in miles where those are chosen."""
    assert "4:34.4/mi (14:12.5 per 3.1 mi)" in text(told(vienna(), 5000.0, "mi")[1])


def test_a_place_that_is_known_well_has_a_decimal() -> None:
    """Where a change may be anywhere on 2 km and more it is told to the kilometre, else to the tenth."""
    (change,) = vienna().changes
    near = replace(vienna(), changes=(change._replace(at_m=9340.0, earliest_m=8900.0, latest_m=9800.0),))
    assert "to ≈ 9.3 km (8.9 to 9.8), then" in text(told(near, None, "km")[0])


def test_a_short_piece_bears_no_tenths() -> None:
    """A pace over less than 5 km of whole-second marks is said to the second."""
    first, second = vienna().pieces
    short = replace(vienna(), pieces=(first, second._replace(to_m=first.to_m + 2000)))
    assert "then 2:51/km" in text(told(short, None, "km")[1])
