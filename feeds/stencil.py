"""The splits of a feed are alike: one that differs from a validated one only in values of a sure shape needs no second look.

Rule: whatever a stencil gives, the validator would give as well; what it does not know, the validator is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING

from feeds.seen import Form, Run, Seen, form_of, values_of

if TYPE_CHECKING:
    from feeds.events import Split

_TEXT = r'"([ !#-\[\]-~]{1,64})"'
_DECIMAL = r"((?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,9})?)"
_INSTANT = (
    r'"((?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]'
    r'(?:\.[0-9]{3}|\.[0-9]{6})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]))"'
)


_SHAPES = {
    "athlete": _TEXT,
    "message_id": _TEXT,
    "elapsed_s": _DECIMAL,
    "at": _INSTANT,
    "sent": _INSTANT,
    "place": r"([1-9][0-9]{0,6})",
    "checkpoint": _TEXT,
    "clock": r'"(gun|net)"',
    "distance_m": _DECIMAL,
    "occurrence": r"([1-9][0-9]{0,2})",
    "rev": r"(0|[1-9][0-9]{0,8})",
}
"""Of the fields that differ from split to split, shapes whose every text is valid."""
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


class Stencil:
    """What a validated split has in common with others: `pattern` is its text, with a group for each of `names`."""

    def __init__(self, pattern: str, names: Sequence[str], split: Split) -> None:
        self._match = re.compile(pattern).fullmatch
        self._each = re.compile(f"^(?:{pattern}|.*)$", re.MULTILINE).findall
        self._told = split.__dict__
        self._rest = (*values_of(self._told), split.message_id)
        place: dict[str, int | None] = {name: n for n, name in enumerate(names)}
        self._places = tuple(map(place.get, ("elapsed_s", "at", "sent", "place", "message_id")))
        self._athlete = names.index("athlete")
        self._shared = [(n, name, _SHARED[name]) for n, name in enumerate(names) if name in _SHARED]
        self._common: Callable[[Sequence[str]], object] = (
            itemgetter(*(n for n, _, _ in self._shared)) if self._shared else lambda _: None
        )
        self._forms: dict[object, Form] = {}

    def read(self, text: str) -> Seen | None:
        """The split that a message says; none where it is not of this make."""
        found = self._match(text)
        if found is None:
            return None
        own = found.groups()
        form = self._forms.get(self._common(own)) or self._form(own)
        _, elapsed_s, at_s, sent_s, place, id = self._rest
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
        return _new(Seen, (form, values, id if of_id is None else own[of_id]))

    def rows(self, text: str) -> list[tuple[str, ...]]:
        """Of every line of a text its own texts, empty ones where it is not of this make."""
        return self._each(text)

    def fits(self, row: Sequence[str]) -> bool:
        """Whether a row is that of a line of this make."""
        return bool(row[self._athlete])

    def run(self, rows: Sequence[Sequence[str]]) -> Run | None:
        """The splits of rows that all fit; none where one of them is not sure."""
        columns = list(zip(*rows, strict=True))
        _, elapsed_s, at_s, sent_s, place, _ = self._rest
        of_elapsed, of_at, of_sent, of_place, _ = self._places
        try:
            values = zip(
                columns[self._athlete],
                repeat(elapsed_s) if of_elapsed is None else map(float, columns[of_elapsed]),
                repeat(at_s) if of_at is None else [fromisoformat(told).timestamp() for told in columns[of_at]],
                repeat(sent_s) if of_sent is None else [fromisoformat(told).timestamp() for told in columns[of_sent]],
                repeat(place) if of_place is None else map(int, columns[of_place]),
                strict=False,
            )
        except ValueError:  # a day that no month has
            return None
        keys = list(map(self._common, rows))
        first = dict(zip(keys, rows, strict=True))
        forms = {key: self._forms.get(key) or self._form(row) for key, row in first.items()}
        return Run(forms, keys, list(values))

    def _form(self, own: Sequence[str]) -> Form:
        told = self._told | {name: make(own[n]) for n, name, make in self._shared}
        if len(self._forms) >= MOST_FORMS:
            self._forms.clear()
        form = self._forms[self._common(own)] = form_of(told)
        return form


def stencil(text: str, split: Split) -> Stencil | None:
    """The stencil of a message that says only what the split holds; none where it is not flat."""
    pattern, names, end = "", [], 0
    for pair in _PAIR.finditer(text):
        if pair.start() != end:
            return None
        before, name, value, after = pair.groups()
        shape = _SHAPES.get(name, "")
        if shape and re.fullmatch(shape, value):
            names.append(name)
        else:
            shape = re.escape(value)
        pattern += re.escape(before) + shape + re.escape(after)
        end = pair.end()
    return Stencil(pattern + "}", names, split) if text[end:] == "}" and "athlete" in names else None
