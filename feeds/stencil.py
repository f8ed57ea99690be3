"""The splits of a feed are alike: one that differs from a validated one only in values of a sure shape needs no second look.

Rule: whatever a stencil gives, the validator would give as well; what it does not know, the validator is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from feeds.seen import Form, Seen, form_of, values_of

if TYPE_CHECKING:
    from feeds.events import Split

_QUOTE = '"'
_TEXT = r"([ !#-\[\]-~]{1,64})"
_DECIMAL = r"((?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,9})?)"
_INSTANT = (
    r"((?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]{3}|\.[0-9]{6})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]))"
)


_SHAPES = {
    "athlete": _TEXT,
    "message_id": _TEXT,
    "elapsed_s": _DECIMAL,
    "at": _INSTANT,
    "sent": _INSTANT,
    "place": r"([1-9][0-9]{0,6})",
    "checkpoint": _TEXT,
    "clock": r"(gun|net)",
    "distance_m": _DECIMAL,
    "occurrence": r"([1-9][0-9]{0,2})",
    "rev": r"(0|[1-9][0-9]{0,8})",
}
"""Of the fields that differ from split to split, shapes whose every text is valid; texts stand between quotes."""
_NUMBERS = frozenset({"elapsed_s", "place", "distance_m", "occurrence", "rev"})
_SHARED: dict[str, Callable[[str], object]] = {
    "checkpoint": str,
    "clock": str,
    "distance_m": float,
    "occurrence": int,
    "rev": int,
}
"""Those that many splits have in common all the same, and what makes the value of a text."""
_PAIR = re.compile(r'([{,]\s*"([a-z_]+)"\s*:\s*)("(?:[^"\\]|\\.)*"|[^\s"{}\[\],]+)(\s*)')

MOST_FORMS = 4096
_new, fromisoformat = tuple.__new__, datetime.fromisoformat


def fits(name: str, text: str) -> bool:
    """Whether a text of a field, without its quotes, is of a shape whose every text is valid."""
    return re.fullmatch(_SHAPES[name], text) is not None


class Stencil:
    """What a validated split has in common with others: `fixed` are the texts around its own ones, which are of `names`."""

    def __init__(self, fixed: Sequence[str], names: Sequence[str], split: Split) -> None:
        self.fixed, self.names = fixed, names
        shapes = [*map(_SHAPES.__getitem__, names), ""]
        pattern = "".join([re.escape(text) + shape for text, shape in zip(fixed, shapes, strict=True)])
        self._match = re.compile(pattern).fullmatch
        self._told = split.__dict__
        self.rest = values_of(self._told)
        """The values of the fields that are none of its own."""
        self._id = split.message_id
        self._places = tuple(map(self.place, ("elapsed_s", "at", "sent", "place", "message_id")))
        self._athlete = names.index("athlete")
        self.shared = tuple(name for name in names if name in _SHARED)
        """Of its own texts those that many splits have in common all the same."""
        self._common = _picker([names.index(name) for name in self.shared])
        self._forms: dict[tuple[str, ...], Form] = {}

    def place(self, name: str) -> int | None:
        """Which of its own texts a field is; none where it is none of them."""
        return self.names.index(name) if name in self.names else None

    def read(self, text: str) -> Seen | None:
        """The split that a message says; none where it is not of this make."""
        found = self._match(text)
        if found is None:
            return None
        own = found.groups()
        common = self._common(own)
        form = self._forms.get(common) or self.form(common)
        _, elapsed_s, at_s, sent_s, place = self.rest
        of_elapsed, of_at, of_sent, of_place, of_id = self._places
        try:
            values = (
                own[self._athlete],
                elapsed_s if of_elapsed is None else float(own[of_elapsed]),
                at_s if of_at is None else fromisoformat(own[of_at]).timestamp(),
                sent_s if of_sent is None else fromisoformat(own[of_sent]).timestamp(),
                place if of_place is None else int(own[of_place]),
            )
        except ValueError:  # a day that no month has
            return None
        return _new(Seen, (form, values, self._id if of_id is None else own[of_id]))

    def form(self, common: tuple[str, ...]) -> Form:
        """The form of the texts that it shares."""
        told = self._told | {name: _SHARED[name](text) for name, text in zip(self.shared, common, strict=True)}
        if len(self._forms) >= MOST_FORMS:
            self._forms.clear()
        form = self._forms[common] = form_of(told)
        return form


def _picker(places: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """What gives the texts at some places."""
    if len(places) > 1:
        return itemgetter(*places)
    return (lambda own: (own[places[0]],)) if places else lambda _: ()


def stencil(text: str, split: Split) -> Stencil | None:
    """The stencil of a message that says only what the split holds; none where it is not flat."""
    fixed, names, end = [""], [], 0
    for pair in _PAIR.finditer(text):
        if pair.start() != end:
            return None
        before, name, value, after = pair.groups()
        quote = "" if name in _NUMBERS else _QUOTE
        own = value[1:-1] if quote else value
        if name in _SHAPES and value == f"{quote}{own}{quote}" and fits(name, own):
            names.append(name)
            fixed[-1] += before + quote
            fixed.append(quote + after)
        else:
            fixed[-1] += before + value + after
        end = pair.end()
    fixed[-1] += "}"
    return Stencil(fixed, names, split) if text[end:] == "}" and "athlete" in names else None
