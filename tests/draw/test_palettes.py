"""Contrast and difference of the themes, by WCAG's relative luminance and CIE lightness."""

from __future__ import annotations

import pytest

from tracker.draw.palettes import DARK, LIGHT, MONO, PALETTES, TEAMS, Palette, named, team

THEMES = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES.keys())
COLOURED = pytest.mark.parametrize("palette", [p for p in PALETTES.values() if p is not MONO], ids=lambda p: p.name)


def luminance(colour: str) -> float:
    """Relative luminance of a hex colour."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """WCAG contrast of two colours."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """L* of a colour."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def on_ground(palette: Palette, token: str) -> float:
    """Contrast of a token with the ground."""
    return contrast(palette.resolve(token), palette.resolve("bg"))


@THEMES
def test_words_can_be_read(palette: Palette) -> None:
    """Every ink that writes words has at least 4.5 on the ground."""
    for token in ("faint", "muted", "text", "bright", "ahead", "behind", "now_ink", "estimated", "rejected", "laser"):
        assert on_ground(palette, token) >= 4.5, token
    assert contrast(palette.resolve("on_now"), palette.resolve("now")) >= 4.5


def test_contrasts_are_those_of_the_design() -> None:
    """The dark and the light theme have the measured contrasts."""
    for token, value in {
        "faint": 4.7,
        "muted": 7.0,
        "text": 11.9,
        "bright": 17.3,
        "ahead": 10.7,
        "behind": 7.0,
    }.items():
        assert on_ground(DARK, token) == pytest.approx(value, abs=0.1), token
    for token, value in {"faint": 4.9, "muted": 7.0, "text": 12.0, "ahead": 7.5, "behind": 4.9, "laser": 5.1}.items():
        assert on_ground(LIGHT, token) == pytest.approx(value, abs=0.1), token


@COLOURED
def test_ahead_and_behind_differ_in_lightness(palette: Palette) -> None:
    """Who cannot tell the hues apart still sees which is which."""
    assert abs(lightness(palette.resolve("ahead")) - lightness(palette.resolve("behind"))) >= 11


@COLOURED
@pytest.mark.parametrize("letter", TEAMS)
def test_legs_can_be_read(palette: Palette, letter: str) -> None:
    """A leg's text has 6.4 on its run and on what is to come, and the ground as ink has 4.7 on the leg of now."""
    text = palette.resolve(f"{letter}+45")
    assert contrast(text, palette.resolve(f"{letter}/28")) >= 6.4 - 0.05
    assert contrast(text, palette.resolve(f"{letter}/16")) >= 6.4 - 0.05
    assert contrast(palette.resolve("bg"), palette.resolve(letter)) >= 4.7 - 0.05


@THEMES
def test_themes_have_the_same_tokens(palette: Palette) -> None:
    """A panel can be drawn in any theme."""
    assert set(palette.colours) == set(DARK.colours)


def test_mixtures() -> None:
    """A share of nothing is the ground, a share of all the colour, and bright is what lighter goes towards."""
    assert DARK.resolve("A/0") == DARK.resolve("bg")
    assert DARK.resolve("A/100") == DARK.resolve("A") == DARK.resolve("A+0")
    assert DARK.resolve("A+100") == DARK.resolve("bright")
    with pytest.raises(KeyError):
        DARK.resolve("gold")


def test_teams_repeat() -> None:
    """A sixth team has the colour of the first; nobody's is no team colour."""
    assert [team(letter) for letter in "ABCDEF"] == ["A", "B", "C", "D", "E", "A"]
    assert team(None) == "muted"
    assert team("Émile") in TEAMS


def test_few_colours() -> None:
    """On 16 colours ahead and behind still differ; on a light ground muted keeps its own."""
    assert named(DARK, "ahead", 16) == "bright_cyan"
    assert named(DARK, "behind", 16) == "yellow"
    assert named(LIGHT, "muted", 16) is None
    assert named(DARK, "ahead", 256) == "color(117)"
    assert named(LIGHT, "ahead", 256) is None
    assert named(MONO, "ahead", 16) is None
