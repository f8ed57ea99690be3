"""What a provider's answers showed at the last look, part by part: so that a cell that changed is a revision, and one that
vanished is withdrawn. Rule: a row that moved from one page to another has not vanished."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Literal

Key = tuple[str, str, Literal["gun", "net"] | None, int | None]
"""Athlete, checkpoint, clock, lap."""


class Pictures:
    """The latest picture of each part. A round is over when its last part has been seen."""

    def __init__(self) -> None:
        self._parts: dict[str, dict[Key, int]] = {}
        self._before: dict[Key, int] = {}
        self._contents: dict[Key, Hashable] = {}

    def begin(self, part: str) -> None:
        """A new picture of a part."""
        self._before.update(self._parts.get(part, {}))
        self._parts[part] = {}

    def see(self, part: str | None, key: Key, content: Hashable, rev: int) -> Literal["new", "same", "changed"]:
        """Something was said, in a picture or (no part) by itself; how that stands to what was said of it before."""
        if part is not None:
            self._parts[part][key] = rev
        before = self._contents.get(key)
        if before == content:
            return "same"
        self._contents[key] = content
        return "new" if before is None else "changed"

    def vanished(self) -> Iterator[tuple[Key, int]]:
        """What is in no picture any more, with its last revision; once."""
        for key, rev in sorted(self._before.items(), key=repr):
            if not any(key in picture for picture in self._parts.values()):
                self._contents.pop(key, None)
                yield key, rev
        self._before = {}
