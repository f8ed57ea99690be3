"""What the feed screen shows, taken from a log and from the feed as it is read."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.seen import full
from feeds.text import clean
from tracker.draw.wire import Change, Message, Refusal, Shift, Wire

if TYPE_CHECKING:
    from feeds.address import Opened
    from tracker.live import Live
    from tracker.log import Log

MOST_MESSAGES = 200
MOST_TEXT = 400
MOST_NAME = 12


def wired(log: Log, now_s: float, opened: Opened, time_zone: str | None) -> Wire:
    """The wire as it was known at an instant; at the end of a feed that has ended, all of it: its last bytes may be later."""
    if log.ended and log.end_s is not None and now_s >= log.end_s:
        now_s = math.inf
    latency = log.latency
    refused = list(log.rejections(now_s))[-MOST_MESSAGES:]
    return Wire(
        address=opened.name,
        transport=opened.transport or opened.kind,
        profile=opened.profile.name if opened.profile is not None else "",
        changes=tuple(Change(when, link.state, link.why) for when, link in reversed(log.links) if when <= now_s)[:20],
        messages=tuple(_messages(log, now_s)),
        refusals=tuple(Refusal(r.line, r.field, r.why, r.raw_start) for r in reversed(refused)),
        counts=log.counts(now_s),
        time_zone=time_zone,
        median_s=latency.median_s,
        p95_s=latency.p95_s,
        max_s=latency.max_s,
        latencies=tuple(latency.latest),
        shifts=tuple(Shift(clean(found.mat, MOST_NAME), found.shift_s) for found in log.by_mat.drift()),
    )


def alive(wire: Wire, live: Live) -> Wire:
    """The same with how the link stands now, what it costs, and the tape."""
    vitals, tape = live.feed.vitals, live.recorder
    hours = max(live.listening_s, 1.0) / 3600
    return replace(
        wire,
        word=live.word,
        why=live.link.why,
        age_s=live.age_s if live.age_s < 1e9 else None,
        retry_in_s=live.retry_in_s,
        connects=vitals.connects,
        requests_per_min=live.requests_per_min,
        bytes_in=vitals.bytes_in,
        kb_per_h=vitals.traffic / 1000 / hours if live.listening_s > 60 else None,
        tape=str(tape.path) if tape is not None else "",
        tape_bytes=tape.bytes if tape is not None else 0,
        tape_why=live.tape_trouble or (tape.set_aside if tape is not None else ""),
    )


def _messages(log: Log, now_s: float) -> Iterator[Message]:
    """The latest, newest first: as they were received, or, of a file, the events that they became."""
    if log.heard:
        for heard in reversed(log.heard):
            if heard.when_s <= now_s:
                raw = heard.delivery.raw[: 4 * MOST_TEXT].decode("utf-8", "replace")
                yield Message(heard.when_s, heard.delivery.line, clean(" ".join(raw.split()), MOST_TEXT), heard.refused)
        return
    end = bisect_right(log.times, now_s)
    first = max(0, end - MOST_MESSAGES)
    for n, event in reversed(list(enumerate(log.between(first, end), first))):
        text = full(event).model_dump_json(exclude_unset=True)
        yield Message(log.times[n], n + 1, clean(text[: 4 * MOST_TEXT], MOST_TEXT))
