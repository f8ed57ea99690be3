"""The keys at the foot."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.draw import footer
from tracker.draw.footer import RACE, Key
from tracker.draw.glyphs import to_ascii
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look


def text(width: int, note: str = "", keys: tuple[Key, ...] = RACE) -> str:
    """The row as text."""
    return plain(footer.draw(keys, note, width, DEFAULT))


def test_three_sizes() -> None:
    """At 76, 114 and 190 cells the keys are those of the design, with the note where it fits."""
    assert text(76) == "space pause  ← → 10 s  p n split  0 1×  c compare  m map  ? help  q quit"
    assert text(114, "0 rejected") == (
        "space pause  ← → 10 s  p n [ ] split  + − speed  0 1×  g go to  c compare  m map  ? help  q quit"
        "        0 rejected"
    )
    assert text(190, "0 rejected").startswith("space pause") and text(190, "0 rejected").endswith("0 rejected")
    assert "ctrl+p palette  L library  ? help  q quit" in text(190, "0 rejected")


@given(st.integers(15, 220), st.sampled_from(["", "0 rejected", "12 rejected · 3 flagged"]))
def test_help_and_quit_never_drop(width: int, note: str) -> None:
    """Whatever is left out, the last two keys stay."""
    assert "? help  q quit" in text(width, note)


@given(st.integers(15, 220), st.sampled_from(["", "0 rejected"]), st.booleans())
def test_a_click_finds_the_key_under_it(width: int, note: str, ascii_only: bool) -> None:
    """Each key shown is found on all of its cells and nowhere else, one left out nowhere."""
    look = Look(ascii=ascii_only)
    shown = plain(footer.draw(RACE, note, width, look))
    under = [footer.key_at(RACE, note, width, x, look) for x in range(width)]
    for key in RACE:
        words = f"{key.shown(width < footer.SHORT_FROM)} {key.label}"
        place = shown.find(to_ascii(words) if ascii_only else words)
        hits = [x for x, found in enumerate(under) if found == key]
        assert hits == (list(range(place, place + len(words))) if place >= 0 else [])


def test_keys_without_a_rank_go_from_the_right() -> None:
    """Without ranks the rightmost keys before help and quit are left out first."""
    keys = tuple(Key(c, "word", c) for c in "abcdef")
    assert text(30, keys=keys) == "a word  b word  e word  f word"
