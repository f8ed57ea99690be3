"""How the user wants to see it: glyphs, units, what is focused. Passed to every panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Units = Literal["km", "mi"]


@dataclass(frozen=True, slots=True)
class Look:
    """ASCII or Unicode, km or miles, the panel that has the focus (its label is drawn in reverse), and flashes."""

    ascii: bool = False
    units: Units = "km"
    focus: str = ""
    flash: frozenset[str] = frozenset()
    """Figures that changed a moment ago, by name: drawn in reverse once (or bold where motion is off)."""
    motion: bool = True
    zone: str = ""
    """The viewer's own time zone; empty where nobody knows it."""


DEFAULT = Look()
