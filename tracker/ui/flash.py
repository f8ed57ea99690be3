"""Which figure has just changed, so that it may be shown in reverse once. Rule: one change, one flash, one panel."""

from __future__ import annotations

from tracker.race.snapshot import Snapshot

FLASH_S = 0.4
REST_S = 5.0
"""How long a changed figure stays bold where nothing may move."""
FASTEST = 8.0
"""Above this rate figures change too often for a flash each."""


def changed(before: Snapshot, now: Snapshot) -> frozenset[str]:
    """The panel whose figure changed while time flowed; nothing after a seek, above 8×, or with another target."""
    rate = now.mode.rate
    if rate > FASTEST or before.elapsed_s is None or now.elapsed_s is None or _plan(before) != _plan(now):
        return frozenset()
    if not 0 <= now.elapsed_s - before.elapsed_s <= max(1.0, rate) * 1.5:
        return frozenset()
    if now.gap is not None and _mark(before) != _mark(now):
        return frozenset({"gap"})
    return frozenset({"happened"}) if len(now.happened) > len(before.happened) else frozenset()


def _plan(snapshot: Snapshot) -> tuple[str, float] | None:
    return None if snapshot.plan is None else (snapshot.plan.name, snapshot.plan.finish_s)


def _mark(snapshot: Snapshot) -> tuple[str, float] | None:
    return None if snapshot.last is None else (snapshot.last.checkpoint.id, snapshot.last.elapsed_s)
