"""Values out of a row: by name, by JMESPath, joined of several, or an answer of the user's. Rule: a wrong path is none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

_NAMES = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_SLOT = re.compile(r"\{([a-z_]+)\}")


class Field:
    """One path. ValueError for a path that is none."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._compiled: Any = None
        self._first, *self._names = path.split(".")  # names alone need no JMESPath, which takes ten times as long
        if path and not _NAMES.fullmatch(path):
            try:
                self._compiled = jmespath.compile(path)
            except JMESPathError:
                raise ValueError(
                    f"{path!r} is no path (JMESPath): quote names with other signs as '\"my name\"'"
                ) from None

    def __call__(self, row: Any) -> Any:
        """The value in a row, none where it has none."""
        if self._compiled is not None:
            try:
                return self._compiled.search(row)
            except JMESPathError:
                return None
        found = row.get(self._first) if isinstance(row, dict) else None
        if not self._names:
            return found
        for name in self._names:
            if not isinstance(found, dict):
                return None
            found = found.get(name)
        return found

    def is_in(self, row: Any) -> bool:
        """Whether a row has this field, be it empty."""
        if self._compiled is not None:
            return self(row) is not None
        *outer, last = self._first, *self._names
        for name in outer:
            row = row.get(name) if isinstance(row, dict) else None
        return isinstance(row, dict) and last in row

    def list(self, row: Any) -> Any:
        """What a path to rows leads to; the row itself where the path is empty."""
        return self(row) if self.path else row


class Fields:
    """Several paths as one text, joined by a space; `{name}` in one is an answer."""

    def __init__(self, paths: Sequence[str], answers: Mapping[str, str]) -> None:
        self._parts: list[str | Field] = [
            filled(path, answers) if _SLOT.search(path) else Field(path) for path in paths
        ]

    def __call__(self, row: Any) -> str | None:
        """The text; none where nothing is there."""
        if len(self._parts) == 1 and isinstance(part := self._parts[0], Field):
            return text_of(part(row))
        found = [part if isinstance(part, str) else text_of(part(row)) for part in self._parts]
        return " ".join(text for text in found if text) or None


def text_of(value: Any) -> str | None:
    """A JSON value as text: none for what has none."""
    if isinstance(value, str):
        return value.strip() or None
    if value is None or isinstance(value, dict | list | bool):
        return None
    text = (f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)).strip()
    return text or None


def is_set(value: Any) -> bool:
    """Whether a flag is up: there, and neither empty nor 0 nor false."""
    return value not in (None, "", "0", 0, False, "false")


def filled(template: str, answers: Mapping[str, str]) -> str:
    """A template with its answers in place; an answer that was not given leaves nothing."""
    return _SLOT.sub(lambda slot: answers.get(slot[1], ""), template).strip()
