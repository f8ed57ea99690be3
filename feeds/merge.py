"""Several tapes of one feed as one: torn or overlapping ones too. Rule: nothing that any of them heard is lost, and the
order in which they are named makes no difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from feeds.feed import Delivery, FeedError
from feeds.record import Recorder
from feeds.sources.tape import TapeHeader, header, read
from feeds.text import clean

Said = tuple[bytes, str, bool]
"""A message, the request that it answers, and whether others of its round follow."""


def merge(paths: Sequence[Path], out: Path) -> int:
    """Write one tape of several; how many messages it holds. FeedError for what is no tape, or of another profile.

    A message that several heard stands once for each time that one of them heard it, when it was first heard.
    """
    if out.exists():
        raise FeedError(f"{clean(str(out), 200)}: there is a file of this name; name a new one", 2)
    heads = [_head(path) for path in paths]
    read_by = {(head.profile, head.profile_sha256) for head in heads}
    if len(read_by) > 1:
        raise FeedError(
            "these tapes are read by different profiles, or by different versions of one: merge one kind", 2
        )
    heard: dict[tuple[Said, int], float] = {}
    for path in paths:
        times: Counter[Said] = Counter()
        for item in read(path):
            if not isinstance(item, Delivery) or item.received_s is None:
                continue
            said = (item.raw, item.part, item.more)
            times[said] += 1
            key = (said, times[said])
            heard[key] = min(heard.get(key, item.received_s), item.received_s)
    ordered = sorted((when, said) for (said, _), when in heard.items())
    first = min(heads, key=lambda head: (head.created, head.address))
    _write(out, first, ordered)
    return len(ordered)


def _head(path: Path) -> TapeHeader:
    found = header(path)
    if found is None:
        raise FeedError(f"{clean(str(path), 200)}: not a tape: only tapes know when a message came", 2)
    return found


def _write(out: Path, head: TapeHeader, ordered: Sequence[tuple[float, Said]]) -> None:
    begin_s = ordered[0][0] if ordered else 0.0
    recorder = Recorder(out, head, utc_s=begin_s)
    for when, (raw, part, more) in ordered:
        recorder.write(Delivery(raw, 0, None, part, more), when, when - begin_s)
    recorder.close(ordered[-1][0] if ordered else 0.0)
    if recorder.why_stopped:
        raise FeedError(f"{clean(str(out), 200)}: {recorder.why_stopped}")
