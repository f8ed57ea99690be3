"""tracker.ui.themes: palettes as styles, on whatever colours the terminal has."""

from __future__ import annotations

import pytest
from rich.color import ColorType

from tests.draw import scenes
from tests.ui import hand
from tracker.draw.ink import Ink
from tracker.draw.look import DEFAULT
from tracker.draw.palettes import MONO, PALETTES
from tracker.draw.panels import PANELS
from tracker.ui import themes
from tracker.ui.panels.sheet import Sheet


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("system", ["truecolor", "256", "standard", None])
def test_every_ink_of_every_panel_has_a_style(name: str, system: str | None) -> None:
    """No drawing uses a token that a palette does not know, on any terminal."""
    inks = themes.inks(name, system)
    used = {ink for draw in PANELS.values() for line in draw(scenes.MIDDLE, 190, 20, DEFAULT) for _, ink in line}
    for ink in used:
        PALETTES[name].resolve(ink.fg), PALETTES[name].resolve(ink.bg)
        style = inks.style(ink)
        assert style.bold == ink.bold
        assert (style.color is None) == (system is None)


def test_without_colours_fills_are_reversed() -> None:
    """On a terminal without colours a figure drawn as filled cells is still seen."""
    inks = themes.inks("dark", None)
    assert inks.style(Ink("bg", "ahead")).reverse
    assert not inks.style(Ink("text", "bg")).reverse


def test_few_colours_are_named_by_their_numbers() -> None:
    """On 256 colours the palette's own numbers are used, so that each token stays apart from its neighbours."""
    assert themes.inks("dark", "256").style(Ink("ahead")).color is not None
    color = themes.inks("dark", "256").style(Ink("ahead")).color
    assert color is not None and color.type is ColorType.EIGHT_BIT and color.number == 117


def test_an_unknown_token_is_drawn_as_text() -> None:
    """A drawing's slip shows as plain text and never ends the screen."""
    inks = themes.inks("dark", "truecolor")
    assert inks.style(Ink("no such token")) == inks.style(Ink("text"))


@pytest.mark.parametrize(("asked", "no_colour", "got"), [
    ("", False, "dark"), ("light", False, "light"), ("no such theme", False, "dark"), ("light", True, MONO.name),
])  # fmt: skip
def test_no_colour_wins(asked: str, no_colour: bool, got: str) -> None:
    """NO_COLOR is stronger than a theme; without either it is dark."""
    assert themes.chosen(asked, no_colour) == got


def grounds(app: hand.PacelineApp) -> set[str]:
    """The grounds that the gap's cells are painted on."""
    gap = app.screen.query_one("#gap", Sheet)
    styles = [style for strip in gap.render_lines(gap.size.region) for _, style, _ in strip if style]
    return {style.bgcolor.name for style in styles if style.bgcolor}


async def test_every_theme_changes_colours_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chosen while the race is on, a theme leaves every character where it is and paints it with its own inks."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        before = hand.text(app)
        for name in (*PALETTES, "dark"):
            app.action_theme(name)
            await hand.settle(pilot)
            assert hand.text(app) == before
            assert PALETTES[name].resolve("bg").lower() in grounds(app)
            assert app.current_theme.name == name


async def test_greys_where_no_colour_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under NO_COLOR every colour on the screen is a grey."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLORTERM", "truecolor")
    app = hand.app(hand.Hand(), theme="light")
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for sheet in app.screen.query(Sheet):
            for strip in sheet.render_lines(sheet.size.region):
                for _, style, _ in strip:
                    for color in (style.color, style.bgcolor) if style else ():
                        if color is not None and color.triplet is not None:
                            assert len(set(color.triplet)) == 1
