"""A profile: a TOML file as strict models. Rule: what is wrong with a file is one line with file, line, key and what to do."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, PrivateAttr, StringConstraints, ValidationError

from feeds.feed import FeedError
from feeds.profiles.asking import Asking, Match, Question, Section, as_tuple
from feeds.profiles.explain import explain
from feeds.profiles.layout import (
    AthleteSection,
    Estimated,
    Filter,
    Forecast,
    PlaceSection,
    PointsSection,
    RaceSection,
    Rows,
    Semantics,
    SplitSection,
    Status,
)
from feeds.text import clean

SHIPPED = Path(__file__).parent
LARGEST = 1 << 20
"""Bytes of a profile."""


class Profile(Section):
    """How a provider is asked (`ask`, `match`, `questions`) and how what it says is read (all else)."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
    title: str
    about: str = ""
    rows: Rows = Rows()
    race: RaceSection = RaceSection()
    athlete: AthleteSection
    split: SplitSection
    place: PlaceSection = PlaceSection()
    points: PointsSection | None = None
    status: Annotated[tuple[Status, ...], BeforeValidator(as_tuple)] = ()
    estimated: Annotated[tuple[Estimated, ...], BeforeValidator(as_tuple)] = ()
    forecast: Forecast | None = None
    semantics: Semantics = Semantics()
    filter: Annotated[tuple[Filter, ...], BeforeValidator(as_tuple)] = ()
    ask: Asking | None = None
    match: Annotated[tuple[Match, ...], BeforeValidator(as_tuple)] = ()
    questions: dict[str, Question] = {}
    _source: str = PrivateAttr("")
    _sha256: str = PrivateAttr("")

    @property
    def source(self) -> str:
        """The text of its file."""
        return self._source

    @property
    def sha256(self) -> str:
        """SHA-256 of its file's bytes, in hexadecimal."""
        return self._sha256


def parse(raw: bytes, name: str) -> Profile:
    """A profile from the bytes of its file; `name` is what messages call it. FeedError(2) with one line."""
    try:
        text = raw.decode("utf-8-sig")
        profile = Profile.model_validate(tomllib.loads(text))
    except UnicodeDecodeError:
        raise FeedError(f"{name}: not UTF-8: save it as UTF-8", 2) from None
    except ValidationError as error:
        raise FeedError(f"{name}: {explain(error.errors(include_url=False), text, Profile)}", 2) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FeedError(f"{name}: not TOML: {clean(str(error), 200)}", 2) from None
    profile._source = text
    profile._sha256 = sha256(raw).hexdigest()
    return profile


def load(name_or_path: str) -> Profile:
    """A shipped profile by its name, or one of a .toml file. FeedError: 3 there is none, 2 it cannot be read."""
    shown = clean(name_or_path, 200)
    named = {profile.name: profile for profile in shipped_profiles()}
    if profile := named.get(name_or_path):
        return profile
    path = Path(name_or_path)
    if path.suffix != ".toml" and "/" not in name_or_path:
        near = get_close_matches(name_or_path.lower(), named, 2, 0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(named)}, or give a .toml file"
        raise FeedError(f"no profile is called {shown!r}: {hint}", 3)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise FeedError(f"{shown}: no such file", 3) from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "it cannot be opened"
        raise FeedError(f"{shown}: {why}", 2) from None
    if len(raw) > LARGEST:
        raise FeedError(f"{shown}: longer than {LARGEST >> 20} MiB: this is no profile", 2)
    return parse(raw, shown)


@cache
def shipped_profiles() -> list[Profile]:
    """Those that come with the program, by name."""
    return [parse(path.read_bytes(), path.name) for path in sorted(SHIPPED.glob("*.toml"))]
