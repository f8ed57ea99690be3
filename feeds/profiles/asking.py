"""How a provider is asked: the models of a profile's questions, links and requests. Rule: data only, nothing is asked here."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator


def as_tuple(value: object) -> object:
    """TOML has lists, the models are frozen."""
    return tuple(value) if isinstance(value, list) else value


class Section(BaseModel):
    """A section of a profile: an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Question(Section):
    """Something that only the user knows. A secret is read from the environment alone, under `env`.

    `requests`: only asked when the provider itself is asked, not of a file or standard input.
    """

    what: str
    where: str = ""
    stranger: str = ""
    """Whether, and how, a stranger can get it."""
    env: str = ""
    default: str | None = None
    of_a_file: str = ""
    """What stands for the answer in a file or on standard input, which cannot be asked."""
    optional: bool = False
    requests: bool = True

    @property
    def secret(self) -> bool:
        """Whether it may be neither typed nor shown."""
        return bool(self.env)


class Match(Section):
    """A link of the race's own page: its pattern, whose named groups answer questions."""

    link: str

    @field_validator("link")
    @classmethod
    def _is_pattern(cls, link: str) -> str:
        try:
            re.compile(link)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from None
        return link


class Request(Section):
    """One request. In `url`, `headers`, `form` and `json` stand answers and captures as `{event}`, `{athlete}`, `{page}`."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    headers: dict[str, str] = {}
    form: dict[str, str] = {}
    body: str = ""
    """A JSON body as text."""


class Step(Request):
    """A request before the others. `capture`: name = path in the answer; `part`: deliver the answer too, under that name."""

    capture: dict[str, str] = {}
    part: str = ""
    every: Annotated[int, Field(ge=0)] = 0
    """Repeated every so many rounds; 0: once, and again when access is denied."""


class Search(Request):
    """Finds runners by `{text}`, a bib or a name: `found` is the path to them, the others lead on from each."""

    found: str
    id: str
    bib: str = ""
    name: str = ""


class Paging(Section):
    """How an answer goes on: `{page}` counts from `first` by `step` until a page has no rows, or `max_pages`."""

    first: int = 1
    step: Annotated[int, Field(ge=1)] = 1
    rows: str = ""
    """Path to the rows of a page, whose number is compared with `size`."""
    size: int | None = None
    max_pages: Annotated[int, Field(ge=1, le=1000)] = 50


class Outcome(Section):
    """What an answer with HTTP 200 may mean nevertheless: `path` has one of `values`."""

    path: str
    values: Annotated[tuple[str, ...], BeforeValidator(as_tuple)] = ()
    means: Literal["empty", "denied", "failed"]


class Asking(Request):
    """How results are asked for, round after round."""

    steps: Annotated[tuple[Step, ...], BeforeValidator(as_tuple)] = ()
    athletes: Literal["everybody", "each", "joined"] = "everybody"
    joined_by: str = ","
    most_joined: Annotated[int, Field(ge=1, le=1000)] = 20
    paging: Paging | None = None
    most_requests: Annotated[int, Field(ge=1, le=1000)] = 50
    """In one round."""
    period_s: Annotated[float, Field(ge=0)] = 15.0
    period_path: str = ""
    """Where the answer itself tells the seconds between two rounds."""
    jsonp: bool = False
    outcomes: Annotated[tuple[Outcome, ...], BeforeValidator(as_tuple)] = ()
    search: Search | None = None


_JSONP = re.compile(rb"^\s*[\w.$]+\s*\(\s*(.*?)\s*\)\s*;?\s*$", re.DOTALL)


def without_padding(body: bytes) -> bytes:
    """The JSON of a JSONP answer; anything else as it is."""
    found = _JSONP.match(body)
    return found[1] if found is not None else body
