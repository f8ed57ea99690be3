"""Palettes as Rich styles and as Textual themes."""

from __future__ import annotations

from functools import cache

from rich.color import Color, ColorParseError
from rich.style import Style
from textual.theme import Theme

from tracker.draw.ink import Ink
from tracker.draw.palettes import DARK, MONO, PALETTES, Palette, named

COLOURS = {"256": 256, "eight_bit": 256, "standard": 16, "windows": 16}
"""How many colours a terminal has, by Rich's word for it; none named means all of them."""


class Inks:
    """Inks of one palette on one kind of terminal, as Rich styles."""

    def __init__(self, palette: Palette, colour_system: str | None = "truecolor") -> None:
        self.palette = palette
        self._colourless = colour_system is None
        self._colours = COLOURS.get(colour_system or "", 0)
        self._styles: dict[Ink, Style] = {}

    def style(self, ink: Ink) -> Style:
        """The style of an ink; a token nobody knows is drawn as text, so that a drawing's slip never ends the screen."""
        found = self._styles.get(ink)
        if found is None and self._colourless:
            filled = ink.bg != "bg" and "/" not in ink.bg
            found = self._styles[ink] = Style(bold=ink.bold, strike=ink.strike, reverse=filled)
        elif found is None:
            found = self._styles[ink] = Style(
                color=self._colour(ink.fg, "text"),
                bgcolor=self._colour(ink.bg, "bg"),
                bold=ink.bold,
                strike=ink.strike,
            )
        return found

    def _colour(self, token: str, otherwise: str) -> Color:
        try:
            answer = named(self.palette, token, self._colours) if self._colours else None
            return Color.parse(answer or self.palette.resolve(token))
        except (KeyError, ValueError, ColorParseError):
            return Color.parse(self.palette.resolve(otherwise))


@cache
def inks(name: str, colour_system: str | None) -> Inks:
    """The inks of a palette; `dark` for a name that no palette has."""
    return Inks(PALETTES.get(name, DARK), colour_system)


FIRST = inks(DARK.name, "truecolor")
"""What a sheet has before a screen gives it its own."""


def chosen(name: str, no_colour: bool) -> str:
    """The palette to start with: what was asked for, dark by default, greys where NO_COLOR is set."""
    if no_colour:
        return MONO.name
    return name if name in PALETTES else DARK.name


def theme(palette: Palette) -> Theme:
    """The Textual theme of a palette, for what Textual draws itself: input line, command palette, notifications."""
    colour = palette.resolve
    return Theme(
        name=palette.name,
        dark=palette.dark,
        primary=colour("muted"),
        secondary=colour("faint"),
        accent=colour("now"),
        warning=colour("behind"),
        error=colour("rejected"),
        success=colour("laser"),
        foreground=colour("text"),
        background=colour("bg"),
        surface=colour("muted/12"),
        panel=colour("muted/16"),
        boost=colour("muted/20"),
        variables={
            "block-cursor-background": colour("now"),
            "block-cursor-foreground": colour("on_now"),
            "block-cursor-text-style": "bold",
            "input-cursor-background": colour("bright"),
            "input-cursor-foreground": colour("bg"),
            "input-selection-background": colour("muted/40"),
            "footer-key-foreground": colour("bright"),
            "border": colour("rule"),
        },
    )
