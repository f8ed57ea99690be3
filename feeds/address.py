"""From what somebody typed to what can be heard: a shipped race, a file, standard input, a URL, a race's own page.

Rule: one entry a scheme; a transport is imported only once its scheme was asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from feeds import shipped
from feeds.feed import Delivery, FeedError, Link, LiveFeed
from feeds.sources import tape
from feeds.sources.files import open_regular
from feeds.text import clean

if TYPE_CHECKING:
    from feeds.profiles.model import Profile
    from feeds.reading import Reader
    from feeds.sources.guard import HttpOptions


class Noticed(LiveFeed, Protocol):
    """A live feed that may have a line for its user."""

    notice: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What was said beside an address. `answers` are those to a profile's questions; `athletes` those who are followed."""

    profile: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    athletes: tuple[str, ...] = ()
    name: str = ""
    ca_file: str = ""
    budget_per_h: int | None = None
    follow: bool = False
    keyboard: bool = False
    """Whether keys are read from the terminal while standard input is the feed."""


NOTHING_ASKED = Asked()


@dataclass(frozen=True, slots=True)
class Opened:
    """A source that was found. `name` opens it again and holds no secret; `notice` is a line that its user should know.

    A recording has a path and is read to its end; what is live is a feed. `followed`: the runners whose race it is, where
    there are several, by id, bib or name. `runner` is whom to watch, as an id, a bib or a name; `delay_s` how far behind
    live, where that was saved with it.
    """

    name: str
    kind: Literal["shipped", "file", "live"]
    path: Path = Path()
    profile: Profile | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    make: Callable[[], LiveFeed] | None = None
    notice: str = ""
    transport: str = ""
    followed: tuple[str, ...] = ()
    runner: str = ""
    delay_s: float = 0.0

    @property
    def is_shipped(self) -> bool:
        """Whether it came with the program."""
        return self.kind == "shipped"

    @property
    def is_live(self) -> bool:
        """Whether it goes on while it is read."""
        return self.kind == "live"

    def feed(self) -> LiveFeed:
        """What is live, as a feed of its own."""
        if self.make is None:
            raise FeedError(f"{self.name} is a recording: `paceline replay` shows it", 2)
        return self.make()

    def read(self) -> Iterator[Delivery | Link]:
        """The whole of a recording, in its order. FeedError for what is live."""
        if self.is_live:
            raise FeedError(f"{self.name} is live and has no end to be read to: `paceline watch` shows it", 2)
        return tape.read(self.path, profile_reads=self.profile is not None)

    def reader(self) -> Reader:
        """What reads its messages."""
        if self.profile is None:
            from feeds.decode import Decoder  # noqa: PLC0415 - a first frame needs no validation library

            return Decoder()
        from feeds.profiles.questions import answers  # noqa: PLC0415 - as above
        from feeds.profiles.reader import ProfileReader  # noqa: PLC0415

        known = answers(self.profile, self.answers, os.environ, for_requests=False)
        ask = self.profile.ask
        alone = self.transport == self.profile.name and ask is not None and ask.athletes != "everybody"
        return ProfileReader(self.profile, known.open, () if alone else self.followed)


def open_address(address: str, asked: Asked = NOTHING_ASKED) -> Opened:
    """What an address stands for. FeedError with one clear line where there is nothing, or nothing that can be read."""
    scheme, mark, _ = address.partition("://")
    kind = scheme.lower() if mark else "-" if address == "-" else ""
    if opener := _OPENERS.get(kind):
        return replace(opener(address, asked), followed=tuple(filter(None, (*asked.athletes, asked.name))))
    known = ", ".join(f"{name}://" for name in _OPENERS if name not in ("", "-"))
    raise FeedError(f"{clean(kind, 20)}:// addresses are not known; give a file, the name of a race, or {known}", 2)


def _local(address: str, asked: Asked) -> Opened:
    """A shipped race, else a file, else a profile; what looks like none of them is a race whose name is not known."""
    name = address.strip().lower()
    path = Path(address)
    profile = _profile(asked)
    if asked.follow:
        return Opened(address, "live", path, profile, asked.answers, lambda: _following(path), transport="file")
    if any(race.name == name for race in shipped.shipped()):
        return Opened(name, "shipped", shipped.path(name))
    if not (os.path.lexists(address) or os.sep in address or path.suffix):
        if (provider := _named(name)) is not None:
            return _provider(provider, address, {}, asked)
        shipped.find(address)
    open_regular(path).close()
    header = tape.header(path)
    if profile is None and header is not None and header.profile:
        profile = _load(header.profile)
    return Opened(address, "file", path, profile, asked.answers)


def _following(path: Path) -> LiveFeed:
    from feeds.sources.follow import FollowFeed  # noqa: PLC0415 - one transport, when it is asked for

    return FollowFeed(path)


def _stdin(address: str, asked: Asked) -> Opened:
    from feeds.sources.stdin import StdinFeed, claim_stdin  # noqa: PLC0415 - as above

    profile = _profile(asked)
    fd = claim_stdin() if asked.keyboard else 0  # before anything reads keys

    def make() -> LiveFeed:
        return StdinFeed(fd, profile_reads=profile is not None and not profile.rows.by_line)

    return Opened(address, "live", profile=profile, answers=asked.answers, make=make, transport="stdin")


def _web(address: str, asked: Asked) -> Opened:
    """A page that a profile recognises, a document or stream that one reads, or a split feed."""
    from feeds.sources.web import WebFeed  # noqa: PLC0415 - as above

    if not asked.profile and address.partition("#")[0].partition("?")[0].endswith("/snapshot.json"):
        return _chunks(address, asked)
    if found := _recognised(address, asked):
        return _provider(*found, asked)
    reads, options = bool(asked.profile), _options(asked)
    return _live(
        lambda: WebFeed(address, options, profile_reads=reads, budget_per_h=asked.budget_per_h), "http", asked
    )  # fmt: skip


def _chunks(address: str, asked: Asked) -> Opened:
    """What a relay writes for an edge cache."""
    from feeds.sources.chunks import ChunkFeed  # noqa: PLC0415 - as above

    options = _options(asked)
    return _live(lambda: ChunkFeed(address, options, budget_per_h=asked.budget_per_h), "chunks", asked)


def _websocket(address: str, asked: Asked) -> Opened:
    from feeds.sources.websocket import WebSocketFeed  # noqa: PLC0415 - as above

    options = _options(asked)
    return _live(lambda: WebSocketFeed(address, options), "WebSocket", asked)


def _nats(address: str, asked: Asked) -> Opened:
    from feeds.sources.nats import NatsFeed  # noqa: PLC0415 - as above
    from feeds.sources.natslink import place  # noqa: PLC0415 - as above

    options = _options(asked)
    found = _live(lambda: NatsFeed(address, options), "NATS", asked)
    return replace(
        found, runner=next(iter(place(address).only), "")
    )  # the race's own runner may not be among those who are taken


def _options(asked: Asked) -> HttpOptions:
    from feeds.sources.guard import HttpOptions  # noqa: PLC0415 - as above

    return HttpOptions(ca_file=asked.ca_file)


def _live(make: Callable[[], Noticed], transport: str, asked: Asked) -> Opened:
    """What is live; what is wrong with the address itself is said at once."""
    first = make()
    return Opened(
        first.name, "live", profile=_profile(asked), answers=asked.answers, make=make, notice=first.notice,
        transport=transport,
    )  # fmt: skip


_OPENERS: dict[str, Callable[[str, Asked], Opened]] = {
    "": _local,
    "-": _stdin,
    "http": _web,
    "https": _web,
    "ws": _websocket,
    "wss": _websocket,
    "nats": _nats,
    "tls": _nats,
}


def _profile(asked: Asked) -> Profile | None:
    return _load(asked.profile) if asked.profile else None


def _load(name: str) -> Profile:
    from feeds.profiles.model import load  # noqa: PLC0415 - only where a profile reads

    return load(name)


def _named(name: str) -> Profile | None:
    """The shipped profile of that name that knows how to ask."""
    from feeds.profiles.model import shipped_profiles  # noqa: PLC0415 - as above

    return next((p for p in shipped_profiles() if p.name == name and p.ask is not None), None)


def _recognised(address: str, asked: Asked) -> tuple[Profile, str, Mapping[str, str]] | None:
    """The profile that knows a page of this address, and what the address answers."""
    from feeds.profiles.match import recognise  # noqa: PLC0415 - as above
    from feeds.profiles.model import shipped_profiles  # noqa: PLC0415

    found = recognise(address, [_load(asked.profile)] if asked.profile else shipped_profiles())
    return None if found is None else (found[0], address, found[1])


def _provider(profile: Profile, address: str, said: Mapping[str, str], asked: Asked) -> Opened:
    """A provider, asked as its profile says."""
    from feeds.profiles.questions import answers  # noqa: PLC0415 - as above
    from feeds.sources.guard import HttpOptions  # noqa: PLC0415
    from feeds.sources.provider import ProviderFeed  # noqa: PLC0415

    if "athlete" in profile.questions and asked.athletes:
        said = {"athlete": asked.athletes[0], **said}
    known = answers(profile, {**said, **asked.answers}, os.environ, for_requests=True)

    def make() -> ProviderFeed:
        return ProviderFeed(
            profile, known, HttpOptions(ca_file=asked.ca_file), athletes=asked.athletes, name=asked.name,
            budget_per_h=asked.budget_per_h,
        )  # fmt: skip

    return Opened(
        address, "live", profile=profile, answers={**said, **asked.answers}, make=make, notice=make().notice,
        transport=profile.name,
    )  # fmt: skip
