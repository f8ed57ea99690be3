"""A feed in files: joined late, followed, resumed, and never believed without its digest."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from feeds.address import Asked, open_address
from feeds.chunked import SNAPSHOT, parse
from feeds.decode import Decoder
from feeds.feed import Delivery, FeedError, Link
from feeds.seen import full
from feeds.sources.chunks import ChunkFeed
from tests.feeds.shelves import handed_out
from tests.feeds.sources.serving import answer, heard, raws, served, words
from tracker.carried import Carried, carried
from tracker.shelf import UNNAMED, Folder


def item(n: int) -> Carried:
    """The n-th event."""
    raw = json.dumps({"kind": "note", "message_id": f"m{n}", "text": "said"}).encode()
    said = Decoder()(raw, 1)
    assert isinstance(said, tuple)
    (event,) = said
    return carried(full(event), UNNAMED, raw)


def quick(url: str) -> ChunkFeed:
    """A feed that looks again at once."""
    feed = ChunkFeed(url)
    feed._pace.period_s = 0.02
    return feed


async def written(folder: Path, *batches: range, over: bool = True) -> list[bytes]:
    """A relay's folder with these events."""
    shelf = Folder(folder)
    await shelf.open()
    for batch in batches:
        await shelf.put([item(n) for n in batch])
    await shelf.close(over=over)
    return [item(n).raw for batch in batches for n in batch]


async def test_all_of_it_and_then_the_end(tmp_path: Path) -> None:
    """Whoever joins late hears everything once, in its order, and that it is over."""
    wanted = await written(tmp_path, range(5), range(5, 12))
    async with handed_out(tmp_path) as (url, _):
        found = await heard(ChunkFeed(url))
    assert raws(found) == wanted
    assert words(found) == ["live", "ended the feed has ended"]
    assert [i.line for i in found if isinstance(i, Delivery)] == list(range(1, 13))


async def test_what_comes_later_is_followed(tmp_path: Path) -> None:
    """New chunks are fetched, known ones are not; a snapshot that has not changed costs a 304."""
    await written(tmp_path, range(3), over=False)
    async with handed_out(tmp_path) as (url, heads):
        feed = quick(url)
        found: list[Delivery | Link] = []
        items = aiter(feed)
        while len(raws(found)) < 3:
            found.append(await anext(items))
        for _ in range(3):
            found.append(await anext(items))
        wanted = [item(n).raw for n in range(3)] + (await written(tmp_path, range(3, 6)))
        async for one in items:
            found.append(one)
    assert raws(found) == wanted
    files = [head.split(b" ")[1] for head in heads]
    chunks = [file for file in files if file.endswith(b".ndjson")]
    assert len(chunks) == len(set(chunks)) == 2
    assert any(b"if-none-match" in head.lower() for head in heads)


async def test_a_damaged_chunk_is_told_and_asked_for_again(tmp_path: Path) -> None:
    """Not a message of it is believed; once it is whole, nothing is lost or doubled."""
    wanted = await written(tmp_path, range(4), range(4, 8))
    last = parse((tmp_path / SNAPSHOT).read_bytes()).recent[-1]
    good = (tmp_path / last.file).read_bytes()
    (tmp_path / last.file).write_bytes(good[:-3] + b"x}\n")
    async with handed_out(tmp_path) as (url, _):
        feed, found = quick(url), []
        async for one in feed:
            found.append(one)
            if isinstance(one, Link) and one.state == "offline":
                assert "is damaged" in one.why
                (tmp_path / last.file).write_bytes(good)
                feed.retry_now()
    assert raws(found) == wanted


async def test_a_chunk_that_is_gone_is_no_end(tmp_path: Path) -> None:
    """A cache may be ahead of its origin: the snapshot is asked for again."""
    wanted = await written(tmp_path, range(4))
    (file,) = tmp_path.glob("*.ndjson")
    body = file.read_bytes()
    file.unlink()
    async with handed_out(tmp_path) as (url, _):
        feed, found = quick(url), []
        async for one in feed:
            found.append(one)
            if isinstance(one, Link) and one.state == "offline":
                file.write_bytes(body)
                feed.retry_now()
    assert raws(found) == wanted


async def test_another_series_is_told_from_its_beginning(tmp_path: Path) -> None:
    """A folder that was made anew has another id."""
    await written(tmp_path / "a", range(3), over=False)
    await written(tmp_path / "b", range(10, 12))
    async with handed_out(tmp_path / "a") as (url, _):
        feed, found = quick(url), []
        async for one in feed:
            found.append(one)
            if len(raws(found)) == 3 and isinstance(one, Link):
                for file in (tmp_path / "b").iterdir():
                    (tmp_path / "a" / file.name).write_bytes(file.read_bytes())
    assert raws(found) == [item(n).raw for n in (0, 1, 2, 10, 11)]
    assert "live another series: it is told from its beginning" in words(found)


async def test_a_heartbeat_is_told_once(tmp_path: Path) -> None:
    """It has no number, and comes again only when it is another one."""
    shelf = Folder(tmp_path)
    await shelf.open()
    await shelf.put([item(0)])
    beat = {"kind": "heartbeat", "at": "2026-04-26T08:00:00Z"}
    await shelf.beat(json.dumps(beat).encode())
    await shelf.close(over=True)
    async with handed_out(tmp_path) as (url, _):
        found = await heard(ChunkFeed(url))
    assert [json.loads(raw)["kind"] for raw in raws(found)] == ["note", "heartbeat"]
    assert [i.line for i in found if isinstance(i, Delivery)] == [1, 0]


@pytest.mark.parametrize(
    ("said", "period_s"), [("max-age=2", 2.0), ("public, max-age=0", 0.05), ("max-age=86400", 60.0), ("no-store", 5.0)]
)
async def test_the_cache_says_when_to_look_again(tmp_path: Path, said: str, period_s: float) -> None:
    """Never sooner than is polite, never later than a minute."""
    await written(tmp_path, range(1))
    async with handed_out(tmp_path, f"Cache-Control: {said}") as (url, _):
        feed = ChunkFeed(url)
        await heard(feed)
        assert feed._pace.period_s == period_s


async def test_what_is_no_snapshot_ends_at_once() -> None:
    """Permanent at the first look: there is no sense in asking again."""
    async with served(answer(b'{"kind":"race"}', "application/json")) as (url, _):
        with pytest.raises(FeedError, match=r"snapshot.json is no snapshot of a relay"):
            await asyncio.wait_for(heard(ChunkFeed(f"{url}/{SNAPSHOT}")), 5)


def test_an_address_that_names_a_snapshot_is_one() -> None:
    """Unless a profile is to read it; the query may hold a token."""
    assert open_address("https://cdn.example/race/snapshot.json?t=1").transport == "chunks"
    assert open_address("https://cdn.example/snapshots.json").transport == "http"
    assert open_address("https://cdn.example/race/snapshot.json", Asked(profile="rtrt")).transport == "http"
