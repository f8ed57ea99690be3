"""Whom a search has found. Rule: a bib or an id is exact, a name may be a part of one; of several, nobody is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from feeds.profiles.asking import Search
from feeds.profiles.fields import Field, text_of
from feeds.text import clean

MOST_NAMED = 5


class Runner(NamedTuple):
    """A runner as the provider calls them."""

    id: str
    bib: str
    name: str

    def __str__(self) -> str:
        return clean(f"{self.name or self.id} ({f'bib {self.bib}' if self.bib else self.id})", 60)


class NotOne(ValueError):
    """Nobody, or several. The text is one clear line."""


def by_bib(search: Search, document: Any, text: str) -> str:
    """The id of the runner with that bib; the text itself where there is none: it is the provider's own id. NotOne."""
    word = text.casefold()
    found = [runner for runner in _found(search, document) if word in (runner.bib.casefold(), runner.id.casefold())]
    return _one(found, text, "--name") if found else text


def by_name(search: Search, document: Any, text: str) -> str:
    """The id of the runner of that name, else of the only one who was found. NotOne."""
    found = list(_found(search, document))
    return _one([r for r in found if r.name.casefold() == text.casefold()] or found, text, "--athlete")


def _found(search: Search, document: Any) -> Iterator[Runner]:
    get = [Field(path) for path in (search.id, search.bib, search.name)]
    listed = Field(search.found)(document)
    for each in listed if isinstance(listed, list) else ():
        id, bib, name = (text_of(field(each)) or "" for field in get)
        if id:
            yield Runner(id, bib, name)


def _one(found: list[Runner], text: str, flag: str) -> str:
    ids = list(dict.fromkeys(runner.id for runner in found))
    if len(ids) == 1:
        return ids[0]
    shown = clean(text, 60)
    if not ids:
        raise NotOne(f"knows no {shown}")
    names = ", ".join(map(str, found[:MOST_NAMED])) + (", …" if len(found) > MOST_NAMED else "")
    raise NotOne(f"knows several by {shown}: {names}; say which with {flag}")
