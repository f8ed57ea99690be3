"""The signs of the screens, in Unicode and in ASCII. Nothing with an emoji form, nothing private."""

from __future__ import annotations

from typing import NamedTuple


class Glyphs(NamedTuple):
    """One name a sign; texts may be longer than one cell only where they say so."""

    captain: str
    pacer: str
    target: str
    target_head: str
    target_foot: str
    laser: str
    mat: str
    mat_to_come: str
    missed: str
    hollow: str
    rejected: str
    start: str
    finish: str
    run: str
    to_run: str
    change: str
    left_end: str
    right_end: str
    dash: str
    rule: str
    minus: str
    about: str
    dot: str
    times: str
    to: str
    arrow_left: str
    arrow_right: str
    event: str
    bar: str
    bar_to_come: str
    head: str
    ellipsis: str


UNICODE = Glyphs(
    captain="◉", pacer="●", target="╎", target_head="┬", target_foot="┴", laser="┃", mat="╋", mat_to_come="┼",
    missed="○", hollow="◌", rejected="×", start="┣", finish="◎", run="━", to_run="╌", change="↔", left_end="├",
    right_end="┤", dash="─", rule="─", minus="−", about="≈", dot="·", times="×", to=" – ", arrow_left="←",
    arrow_right="→", event="┃", bar="━", bar_to_come="─", head="│", ellipsis="…",
)  # fmt: skip
ASCII = Glyphs(
    captain="@", pacer="o", target=":", target_head=":", target_foot=":", laser="|", mat="+", mat_to_come="+",
    missed="o", hollow="~", rejected="x", start="|", finish="O", run="=", to_run=".", change="<>", left_end="|",
    right_end="|", dash="-", rule="-", minus="-", about="~", dot="-", times="x", to=" - ", arrow_left="<",
    arrow_right=">", event="|", bar="=", bar_to_come="-", head="#", ellipsis="...",
)  # fmt: skip

_PLAIN = str.maketrans({
    "−": "-", "–": "-", "—": "-", "≈": "~", "·": "-", "×": "x", "…": "...", "←": "<", "→": ">", "↔": "<>", "’": "'",
    "├": "|", "┤": "|", "─": "-", "◌": "~", "●": "o", "◉": "@", "ü": "ue", "ö": "oe", "ä": "ae", "ß": "ss",
})  # fmt: skip


def glyphs(ascii_only: bool) -> Glyphs:
    """The table for a look."""
    return ASCII if ascii_only else UNICODE


def to_ascii(text: str) -> str:
    """A text without anything outside ASCII: signs by the table, letters without marks, the rest "?"."""
    if text.isascii():
        return text
    from unicodedata import normalize  # noqa: PLC0415 - only an ASCII screen needs it

    plain = normalize("NFKD", text.translate(_PLAIN))
    return "".join(c if c.isascii() else "?" for c in plain if c.isascii() or not "\u0300" <= c <= "\u036f")
