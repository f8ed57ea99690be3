"""A provider asked round after round, beside a server of its kind on loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from feeds import retry
from feeds.feed import Delivery, FeedError, Link
from feeds.profiles.model import Profile, load
from feeds.profiles.questions import answers
from feeds.sources.provider import ProviderFeed
from tests.feeds.profiles.made import RACERESULT, ROWS
from tests.feeds.sources.serving import answer, heard, served

KEY = {"PACELINE_RTRT_APPID": "secret"}
Say = Callable[[str, int], object]
"""What is answered to a path, and how often anything was asked before; bytes go out as they are."""


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_S", 0.001)


@asynccontextmanager
async def provider(say: Say) -> AsyncIterator[tuple[str, list[str]]]:
    """A provider that says that: (address, paths asked)."""
    asked: list[str] = []

    async def one(head: bytes, writer: asyncio.StreamWriter) -> None:
        asked.append(head.split()[1].decode())
        said = say(asked[-1], len(asked) - 1)
        writer.write(said if isinstance(said, bytes) else answer(json.dumps(said).encode(), "application/json"))
        await writer.drain()

    async with served(one) as (url, _):
        yield url, asked


def at(name: str, url: str, folder: Path, **changes: str) -> Profile:
    """A shipped profile that asks there, and often."""
    text = load(name).source
    for old, new in {"https://api.rtrt.me": url, "https://my.raceresult.com": url, "https://{race}.r.mikatiming.com": url, "period_s = 15.0": "period_s = 0.01",
                     "period_s = 10.0": "period_s = 0.01", "period_s = 60.0": "period_s = 0.01", **changes}.items():  # fmt: skip
        text = text.replace(old, new)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load(str(folder / f"{name}.toml"))


def parts(items: list[Delivery | Link]) -> list[tuple[str, bool]]:
    return [(item.part, item.more) for item in items if isinstance(item, Delivery)]


FIELD = [
    {"pid": "R1", "bib": "11", "name": "Anna M"},
    {"pid": "R7", "bib": "12", "name": "Anna Maria M"},
    {"pid": "R8", "bib": "13", "name": "Li"},
]


def rtrt(path: str, _: int) -> object:
    if "/register" in path:
        return {"token": "t0ken"}
    if "/points" in path:
        return {"list": [{"name": "10K", "km": "10"}]}
    if "search=" in path:
        return {
            "list": [r for r in FIELD if any(f"search={quote(text)}" in path for text in (r["bib"], r["name"], "Anna"))]
        }
    return {"list": ROWS[:2]} if "start=1" in path else {"error": {"type": "no_results"}}


async def test_a_token_the_points_the_runner_and_then_the_splits(tmp_path: Path) -> None:
    """In this order; the runner is searched; only they are asked for; unchanged answers are contact."""
    async with provider(rtrt) as (url, asked):
        made = at("rtrt", url, tmp_path)
        feed = ProviderFeed(made, answers(made, {"event": "E 1"}, KEY, for_requests=True), name="Anna M")
        found = await heard(feed, 12)
    assert parts(found) == [("points", True), ("athlete R1 1", False)]
    assert [path.partition("?")[0] for path in asked[:4]] == [
        "/register",
        "/events/E%201/points",
        "/events/E%201/profiles",
        "/events/E%201/profiles/R1/splits",
    ]
    assert feed.vitals.connects == 1 < feed.vitals.requests == len(asked)
    assert "secret" not in feed.name + repr(found) and "t0ken" not in feed.name + repr(found)


async def test_pages_until_there_is_none_and_a_cap_on_requests(tmp_path: Path) -> None:
    """A page that is full has another behind it."""

    def say(path: str, _: int) -> object:
        if "/splits" not in path:
            return rtrt(path, 0)
        return {"list": ROWS[:2]} if "start=1" in path or "start=3" in path else {"error": {"type": "no_results"}}

    async with provider(say) as (url, asked):
        made = at("rtrt", url, tmp_path, **{"step = 100, rows": "step = 2, rows", "size = 100": "size = 2"})
        feed = ProviderFeed(made, answers(made, {"event": "E"}, KEY, for_requests=True), athletes=["R1", "R2"])
        found = await heard(feed, 8)
    starts = [path.rpartition("=")[2] for path in asked if "/splits" in path]
    assert starts[:3] == ["1", "3", "5"] and all("R1%2CR2" in path for path in asked if "/splits" in path)
    assert parts(found)[1:] == [("athlete R1,R2 1", True), ("athlete R1,R2 2", True), ("athlete R1,R2 3", False)]


async def test_what_came_before_a_page_failed_is_said_in_the_next_round(tmp_path: Path) -> None:
    """A round that fails half-way has delivered nothing, so that nothing of it counts as known."""

    def say(path: str, n: int) -> object:
        if "/splits" not in path:
            return rtrt(path, 0)
        if "start=3" in path and n < 5:
            return answer(b"", "", "503 Busy")
        return {"list": ROWS[:2]} if "start=1" in path else {"list": ROWS[2:3]}

    async with provider(say) as (url, _):
        made = at("rtrt", url, tmp_path, **{"step = 100, rows": "step = 2, rows", "size = 100": "size = 2"})
        feed = ProviderFeed(made, answers(made, {"event": "E"}, KEY, for_requests=True), athletes=["R1"])
        found = await heard(feed, 16)
    assert parts(found)[:3] == [("points", True), ("athlete R1 1", True), ("athlete R1 2", False)]


async def test_denied_once_it_registers_again_and_denied_twice_it_is_the_end(tmp_path: Path) -> None:
    """A token that ran out is fetched anew; a key that is none is not tried for ever."""
    denied = {"error": {"type": "access_denied"}}

    def once(path: str, n: int) -> object:
        return denied if "/splits" in path and n == 3 else rtrt(path, n)

    async with provider(once) as (url, asked):
        made = at("rtrt", url, tmp_path)
        known = answers(made, {"event": "E"}, KEY, for_requests=True)
        found = await heard(ProviderFeed(made, known, athletes=["R1"]), 4)
    assert sum("/register" in path for path in asked) == 2 and parts(found)[-1] == ("athlete R1 1", False)

    async with provider(lambda path, n: denied if "/splits" in path else rtrt(path, n)) as (url, _):
        made = at("rtrt", url, tmp_path)
        feed = ProviderFeed(made, answers(made, {"event": "E"}, KEY, for_requests=True), athletes=["R1"])
        with pytest.raises(FeedError, match="access_denied"):
            await heard(feed)


async def test_the_period_is_what_the_answer_says_and_a_busy_server_is_obeyed(tmp_path: Path) -> None:
    """RACE RESULT tells it; 429 with Retry-After is a wait that is shown."""

    def say(path: str, n: int) -> object:
        if "/config" in path:
            return {"key": "abc"}
        return {**RACERESULT, "LiveUpdateInterval": 7} if n < 3 else answer(b"", "", "429 Slow down", "Retry-After: 9")

    async with provider(say) as (url, asked):
        made = at("raceresult", url, tmp_path)
        feed = ProviderFeed(made, answers(made, {"event": "1", "list": "L|x"}, {}, for_requests=True))
        found = await heard(feed, 2)
        assert feed._pace.period_s == 7.0
        feed._pace.period_s = 0.01
        found += await heard(feed, 2)
    assert "key=abc&listname=L%7Cx" in asked[1]
    waits = [item.retry_in_s for item in found if isinstance(item, Link) and item.state == "offline"]
    assert waits == [9.0]


async def test_a_runner_whom_the_provider_does_not_know_is_not_found(tmp_path: Path) -> None:
    """Code 3, with the name that was looked for."""
    async with provider(rtrt) as (url, _):
        made = at("rtrt", url, tmp_path)
        feed = ProviderFeed(made, answers(made, {"event": "E"}, KEY, for_requests=True), name="Nobody")
        with pytest.raises(FeedError, match="knows no Nobody") as error:
            await heard(feed)
    assert error.value.code == 3


@pytest.mark.parametrize(
    ("athletes", "name", "asked_for"),
    [(["12"], "", "R7"), (["R7"], "", "R7"), (["NOBODY"], "", "NOBODY"), ([], "Anna Maria M", "R7"), ([], "bo", "")],
)
async def test_a_bib_or_a_name_becomes_what_the_provider_calls_the_runner(
    tmp_path: Path, athletes: list[str], name: str, asked_for: str
) -> None:
    """By its own search, and only they are asked for; what is no bib is the provider's own id."""
    async with provider(rtrt) as (url, asked):
        made = at("rtrt", url, tmp_path)
        feed = ProviderFeed(
            made, answers(made, {"event": "E"}, KEY, for_requests=True), athletes=athletes, name=name or ""
        )
        if not asked_for:
            with pytest.raises(FeedError, match="knows no bo"):
                await heard(feed)
            return
        await heard(feed, 4)
    splits = {path.split("/")[4] for path in asked if "/splits" in path}
    assert splits == {asked_for} == {feed.vitals.runner}


async def test_of_several_nobody_is_guessed(tmp_path: Path) -> None:
    """They are named with their bibs, and nobody is asked for."""
    async with provider(rtrt) as (url, asked):
        made = at("rtrt", url, tmp_path)
        feed = ProviderFeed(made, answers(made, {"event": "E"}, KEY, for_requests=True), name="Anna")
        with pytest.raises(FeedError, match=r"Anna M \(bib 11\), Anna Maria M \(bib 12\)") as error:
            await heard(feed)
    assert error.value.code == 3 and not any("/splits" in path for path in asked)


async def test_who_is_followed_has_to_be_said_where_only_runners_can_be_asked_for(tmp_path: Path) -> None:
    """Before anything but the steps is asked."""
    async with provider(rtrt) as (url, asked):
        made = at("rtrt", url, tmp_path)
        with pytest.raises(FeedError, match="--athlete or --name"):
            await heard(ProviderFeed(made, answers(made, {"event": "E"}, KEY, for_requests=True)))
    assert not any("/splits" in path for path in asked)
