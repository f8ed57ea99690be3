"""The formation on the road: who stands where. Only the order is known; spacings are the drawing's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw.glyphs import glyphs
from tracker.draw.palettes import team
from tracker.draw.parts import Word
from tracker.draw.strip import Strip

if TYPE_CHECKING:
    from tracker.race.snapshot import Leg, Pacer

FRONT_M = 6.4
"""How far before the runner the leading pacers are drawn."""

# Metres before the runner, rows from the middle: the V opens forwards, its point is the captain.
_PLACES = {
    "captain": (2.2, 0),
    "left_inner": (4.4, -1),
    "right_inner": (4.4, 1),
    "left_outer": (FRONT_M, -2),
    "right_outer": (FRONT_M, 2),
    "rear_left": (-2.6, -1),
    "rear_right": (-2.6, 1),
}
_ROUGHLY = {"front_right": ("right_outer", "right_inner"), "front_left": ("left_outer", "left_inner")}


def taken(leg: Leg) -> tuple[str, ...]:
    """The places of the drawing that a formation fills; men whose place is not known take the free ones."""
    free = dict.fromkeys(_PLACES)
    loose: list[tuple[str, ...]] = []
    for pacer in leg.slots:
        if pacer.slot in free:
            del free[pacer.slot]
        elif pacer.slot not in _PLACES:
            loose.append(_ROUGHLY.get(pacer.slot, ()))
    loose += [()] * (leg.size - len(leg.slots))
    for wishes in loose:
        place = next((w for w in (*wishes, *free) if w in free), None)
        if place is not None:
            del free[place]
    return tuple(p for p in _PLACES if p not in free)


def columns(strip: Strip) -> dict[float, int]:
    """The cell of each rank by its metres: in order and apart, however small the scale."""
    runner = strip.at(0)
    captain = max(strip.at(2.2), runner + 3)
    inner = max(strip.at(4.4), captain + 1)
    return {-2.6: min(strip.at(-2.6), runner - 2), 2.2: captain, 4.4: inner, FRONT_M: max(strip.at(FRONT_M), inner + 1)}


def front(strip: Strip, leg: Leg) -> int:
    """The cell of the foremost man."""
    ranks = columns(strip)
    return max((ranks[_PLACES[place][0]] for place in taken(leg)), default=strip.at(0) + 1)


def draw(strip: Strip, leg: Leg, *, flat: bool) -> None:
    """Draw the men; `flat` keeps them to the rows next to the runner."""
    signs, ink, ranks = glyphs(strip.canvas.ascii_only), team(leg.team), columns(strip)
    for place in taken(leg):
        metres, row = _PLACES[place]
        step = max(-1, min(1, row)) if flat else row
        sign = signs.captain if place == "captain" else signs.pacer
        strip.canvas.put(ranks[metres], strip.middle + step, sign, ink, bold=True)


def legend(leg: Leg, *, ascii_only: bool) -> tuple[tuple[Word, ...], ...]:
    """What the signs mean and who is known, the longest wording first."""
    signs, ink = glyphs(ascii_only), team(leg.team)
    known = [p for p in leg.slots if p.name]
    captain = next((p for p in known if p.role == "captain"), None)
    others = [p for p in known if p is not captain]
    head = (Word(signs.captain, ink, True), Word(f" {_surname(captain)}, captain" if captain else " captain", "muted"))
    dot = Word(signs.pacer, ink, True)
    if not known:
        return (
            (*head, Word("  "), dot, Word(" pacer · names not published", "muted")),
            (*head, Word("  "), dot, Word(" pacer", "muted")),
        )
    rest = " · other names not published" if len(known) < max(leg.size, len(leg.slots)) else ""
    named = ", ".join(_surname(p) + _where(p) for p in others)
    few = f"{len(others)} known" if others else ""
    return tuple(
        (*head, Word("  "), dot, Word(f" pacer{' · ' + who if who else ''}{tail}", "muted"))
        for who, tail in ((named, rest), (few, rest), (few, ""), ("", ""))
    )


def _surname(pacer: Pacer) -> str:
    return (pacer.name or "").split()[-1]


def _where(pacer: Pacer) -> str:
    return f" ({pacer.slot.replace('_', ' ')})" if pacer.slot in _ROUGHLY else ""
