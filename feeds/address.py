"""From what somebody typed to what can be read: the name of a shipped race, a file; a scheme each for what is to come."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from feeds import shipped
from feeds.feed import Delivery, FeedError, Link
from feeds.sources import tape
from feeds.sources.files import open_regular
from feeds.text import clean


@dataclass(frozen=True, slots=True)
class Opened:
    """A source that was found. `name` opens it again."""

    name: str
    kind: Literal["shipped", "file"]
    path: Path

    @property
    def is_shipped(self) -> bool:
        return self.kind == "shipped"

    @property
    def feed(self) -> tape.TapeFeed:
        """The source as a stream."""
        return tape.TapeFeed(self.path, self.name)

    def read(self) -> Iterator[Delivery | Link]:
        """The whole source, since it has an end."""
        return tape.read(self.path)


def open_address(address: str) -> Opened:
    """What an address stands for. FeedError with one clear line where there is nothing, or nothing that can be read."""
    scheme, mark, _ = address.partition("://")
    kind = scheme.lower() if mark else "-" if address == "-" else ""
    if opener := _OPENERS.get(kind):
        return opener(address)
    what = "standard input" if kind == "-" else f"{clean(kind, 20)} addresses"
    raise FeedError(f"not supported yet: {what}; give the name of a race or a file", 2)


def _local(address: str) -> Opened:
    """A shipped race, else a file; what looks like no file is a race whose name is not known."""
    name = address.strip().lower()
    if any(race.name == name for race in shipped.shipped()):
        return Opened(name, "shipped", shipped.path(name))
    path = Path(address)
    if not (os.path.lexists(address) or os.sep in address or path.suffix):
        shipped.find(address)
    open_regular(path).close()
    return Opened(address, "file", path)


_OPENERS: dict[str, Callable[[str], Opened]] = {"": _local}
