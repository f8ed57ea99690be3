"""What a provider calls a place, and how far along the course that is. Rule: a place without metres is still a place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from feeds.text import clean

MILE_M = 1609.344
MOST_KNOWN = 100_000
MARATHON_M, HALF_M = 42_195.0, 21_097.5
Kind = Literal["start", "split", "finish"]

_UNITS = {"k": 1000.0, "km": 1000.0, "kms": 1000.0, "m": 1.0, "meter": 1.0, "metres": 1.0, "mi": MILE_M, "mile": MILE_M,
          "miles": MILE_M, "m.": 1.0}  # fmt: skip
DISTANCE = re.compile(r"(\d{1,6}(?:[.,]\d{1,4})?)\s*-?\s*(kms?|k|miles?|mi|metres|meter|m)\b\.?", re.IGNORECASE)
_HALF = re.compile(
    r"half([ -]?marathon)?|halb(marathon)?|hm|21[.,]1\s*km?|13[.,]1\s*mi(les)?|mitad|semi", re.IGNORECASE
)
_FINISH = re.compile(
    r"(finish|ziel|arriv[ée]e?|arrivo|meta|llegada|final|goal)([ -]?(net|netto|brutto|gun|time|line))?", re.IGNORECASE
)
_START = re.compile(r"start([ -]?line)?|d[ée]part|partenza|salida", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A mat as a checkpoint: its id, the provider's name of it, metres where they are known, and which lap."""

    id: str
    name: str
    metres: float | None = None
    kind: Kind = "split"
    lap: int | None = None


class Places:
    """Reads a provider's names. `aliases` lead to another name, `metres` give places their distance by name."""

    def __init__(
        self,
        aliases: Mapping[str, str],
        metres: Mapping[str, float],
        ignore: Sequence[str],
        lap: str = "",
        total_m: float | None = None,
    ) -> None:
        self.total_m = total_m
        self._aliases = {name.casefold(): other for name, other in aliases.items()}
        self._metres = {name.casefold(): float(value) for name, value in metres.items()}
        self._ignore = [re.compile(pattern, re.IGNORECASE) for pattern in ignore]
        self._lap = re.compile(lap) if lap else None
        self._kinds: dict[str, Kind] = {}
        self._known: dict[tuple[str, float | None, Kind | None], Place | None] = {}

    def learn(self, name: str, metres: float | None, kind: Kind | None = None) -> None:
        """What a points document says of a place."""
        if metres is not None:
            self._metres[name.casefold()] = metres
        if kind is not None:
            self._kinds[name.casefold()] = kind
        self._known.clear()

    def find(self, text: str, metres: float | None = None, kind: Kind | None = None) -> Place | None:
        """The place of a name; none where it is to be ignored. `metres`, `kind`: as the payload itself gives them."""
        key = (text, metres, kind)
        if key not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = self._found(text.strip(), metres, kind)
        return self._known[key]

    def _found(self, text: str, metres: float | None, given: Kind | None) -> Place | None:
        if not text or any(pattern.fullmatch(text) for pattern in self._ignore):
            return None
        lap: int | None = None
        if self._lap is not None and (found := self._lap.search(text)) is not None:
            lap = int(found[1])
            text = (text[: found.start()] + text[found.end() :]).strip() or text
        name = self._aliases.get(text.casefold(), text)
        kind = given or self._kinds.get(text.casefold()) or kind_of(name)
        if metres is None:
            metres = self._metres.get(text.casefold(), self._metres.get(name.casefold()))
        if metres is None:
            metres = metres_of(name, self.total_m)
        if kind == "finish" and metres is None:
            metres = self.total_m
        if kind == "split" and metres is not None and self.total_m is not None and abs(metres - self.total_m) <= 1:
            kind = "finish"
        return Place(id_of(name, kind), clean(text), metres, kind, lap)


def kind_of(name: str) -> Kind:
    """Whether a name is that of the start or of the finish."""
    return "start" if _START.fullmatch(name) else "finish" if _FINISH.fullmatch(name) else "split"


def metres_of(name: str, total_m: float | None = None) -> float | None:
    """The distance that a name tells: `5K`, `25.2 Miles`, `Halb`; of a half only where the whole is known or a marathon."""
    if _HALF.fullmatch(name.strip()):
        return HALF_M if total_m is None else total_m / 2
    if _START.fullmatch(name):
        return 0.0
    found = DISTANCE.fullmatch(name.strip())
    if found is None:
        return None
    return float(found[1].replace(",", ".")) * _UNITS[found[2].lower()]


def id_of(name: str, kind: Kind) -> str:
    """A short id of a name, the same whichever way it is written."""
    if kind != "split":
        return kind
    if _HALF.fullmatch(name.strip()):
        return "half"
    found = DISTANCE.fullmatch(name.strip())
    if found is not None:
        number = f"{float(found[1].replace(',', '.')):g}"
        return number + {1000.0: "km", MILE_M: "mi", 1.0: "m"}[_UNITS[found[2].lower()]]
    return clean(re.sub(r"\s+", "-", name.strip()), 48)
