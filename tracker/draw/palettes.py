"""What the tokens of an ink look like. Rule: the only place that knows a hex value.

A token is a name ("ahead"), a mixture with the ground ("A/28": 28 % of A) or one towards bright ("A+45": 45 % bright).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

TEAMS = "ABCDE"
"""Team colours; further teams repeat them, the letter decides."""


@dataclass(frozen=True, slots=True, eq=False)
class Palette:
    """A theme: hex values by token, and whether its ground is dark."""

    name: str
    dark: bool
    colours: Mapping[str, str]

    def resolve(self, token: str) -> str:
        """The hex value of a token. KeyError for one that no palette has."""
        return _resolve(self, token)


@cache
def _resolve(palette: Palette, token: str) -> str:
    colours = palette.colours
    if "/" in token:
        name, share = token.split("/")
        return mix(colours["bg"], colours[name], int(share) / 100)
    if "+" in token:
        name, share = token.split("+")
        return mix(colours[name], colours["bright"], int(share) / 100)
    return colours[token]


def mix(a: str, b: str, share: float) -> str:
    """A colour `share` of the way from a to b."""
    return "#" + "".join(f"{round(x + (y - x) * share):02X}" for x, y in zip(_rgb(a), _rgb(b), strict=True))


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def team(letter: str | None) -> str:
    """The token of a team's colour; `muted` for no team."""
    if not letter:
        return "muted"
    return TEAMS[(ord(letter[0].upper()) - ord("A")) % len(TEAMS)]


def contender(number: int) -> str:
    """The token of one who is compared, the watched runner the first."""
    return "now_ink" if number == 0 else TEAMS[(number - 1) % len(TEAMS)]


_DARK = {
    "bg": "#0F1318", "rule": "#2B3440", "faint": "#748191", "muted": "#93A0B0", "text": "#C6D0DB", "bright": "#F4F7FA",
    "ahead": "#8CCBFF", "behind": "#F0803C", "now": "#FFD24A", "on_now": "#0F1318", "now_ink": "#FFD24A",
    "estimated": "#B7A6E8", "rejected": "#E5677A", "laser": "#6EDDA0",
    "A": "#7F97C9", "B": "#93AF74", "C": "#C58BA6", "D": "#CBBFA8", "E": "#63ADA9",
}  # fmt: skip

DARK = Palette("dark", True, _DARK)
LIGHT = Palette("light", False, {
    "bg": "#FAF8F3", "rule": "#D5D0C4", "faint": "#736C60", "muted": "#5A554D", "text": "#35322D", "bright": "#0B0A08",
    "ahead": "#0A4F9E", "behind": "#C2410C", "now": "#F5B000", "on_now": "#0B0A08", "now_ink": "#0B0A08",
    "estimated": "#65509F", "rejected": "#A3123A", "laser": "#0B7A45",
    "A": "#4A66A8", "B": "#567A33", "C": "#9A4A70", "D": "#6B6048", "E": "#237A76",
})  # fmt: skip
SAFE = Palette("colour-blind-safe", True, _DARK | {
    "ahead": "#9ED2FF", "behind": "#E06A00", "now": "#FFE566", "now_ink": "#FFE566", "estimated": "#C8C8C8",
    "rejected": "#D98CB3", "laser": "#F4F7FA",
    "A": "#7F97C9", "B": "#B9C48A", "C": "#C98BB0", "D": "#D8D0C0", "E": "#5E97A8",
})  # fmt: skip
CONTRAST = Palette("high-contrast", True, {
    "bg": "#000000", "rule": "#8A8A8A", "faint": "#B0B0B0", "muted": "#DADADA", "text": "#FFFFFF", "bright": "#FFFFFF",
    "ahead": "#8FE3FF", "behind": "#FF9A3C", "now": "#FFF200", "on_now": "#000000", "now_ink": "#FFF200",
    "estimated": "#E2D0FF", "rejected": "#FF9EB5", "laser": "#8CFFB8",
    "A": "#A9BCFF", "B": "#B9F08A", "C": "#FFB0D2", "D": "#F2E8D5", "E": "#8AF0EA",
})  # fmt: skip
MONO = Palette("no-colour", True, dict.fromkeys(_DARK, "#E8E8E8") | {
    "bg": "#101010", "rule": "#555555", "faint": "#808080", "muted": "#A0A0A0", "bright": "#FFFFFF", "on_now": "#101010",
})  # fmt: skip

PALETTES: dict[str, Palette] = {p.name: p for p in (DARK, LIGHT, SAFE, CONTRAST, MONO)}

_256 = {
    "bg": 233, "rule": 236, "faint": 66, "muted": 109, "text": 252, "bright": 231, "ahead": 117, "behind": 209,
    "now": 221, "on_now": 233, "now_ink": 221, "estimated": 146, "rejected": 168, "laser": 79,
    "A": 104, "B": 108, "C": 175, "D": 181, "E": 73,
}  # fmt: skip
_16 = {
    "ahead": "bright_cyan", "behind": "yellow", "now": "bright_yellow", "now_ink": "bright_yellow",
    "estimated": "magenta", "rejected": "red", "laser": "green",
}  # fmt: skip


def named(palette: Palette, ink: str, colours: int) -> str | None:
    """The terminal's own colour for a token where it has only 256 or 16, none where the nearest one serves.

    Written as Rich names them. The 256 colours are those of the dark ground.
    """
    if colours == 256:
        return f"color({_256[ink]})" if palette is DARK and ink in _256 else None
    if ink == "muted" and palette.dark:
        return "bright_black"
    return None if palette is MONO else _16.get(ink)
