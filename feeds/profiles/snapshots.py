"""What a provider's answers showed at the last look, part by part: so that a cell that changed is a revision, and one that
vanished is withdrawn. Rule: a row that moved from one page to another has not vanished."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Literal

Key = tuple[str, str, Literal["gun", "net", "leg", "ahead"] | None, int | None, str]
"""Athlete, checkpoint, clock (none of a start), lap, race."""


class Pictures:
    """The latest picture of each part. A round is over when its last part has been seen."""

    def __init__(self) -> None:
        self._parts: dict[str, dict[Key, int]] = {}
        self._before: dict[Key, int] = {}
        self._withdrawn: dict[Key, int] = {}
        self._unread: set[str] = set()
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

    def end(self, gone: Callable[[str], bool]) -> None:
        """Parts that are not there any more."""
        for part in [part for part in self._parts if gone(part)]:
            self._before.update(self._parts.pop(part))

    def withdraw(self, key: Key, rev: int) -> None:
        """Something was withdrawn with that revision."""
        self._withdrawn[key] = rev

    def revision(self, key: Key, rev: int) -> int:
        """The revision under which something counts: above that which withdrew it, if it came back as it was."""
        return max(rev, self._withdrawn.get(key, -1) + 1)

    def keep(self, athlete: str) -> None:
        """Of this athlete something was said that cannot be read: what they had may be there still."""
        self._unread.add(athlete)

    def vanished(self) -> Iterator[tuple[Key, int]]:
        """What is in no picture any more, with its last revision; once."""
        left: dict[Key, int] = {}
        for key, rev in sorted(self._before.items(), key=repr):
            if any(key in picture for picture in self._parts.values()):
                continue
            if key[0] in self._unread:
                left[key] = rev
                continue
            self._contents.pop(key, None)
            yield key, rev
        self._before = left
        self._unread.clear()
