"""Snapshots of a live race, folded from messages: a half marathon in a field, with and without a target."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from feeds.events import Event
from tests.race.made import at, event, fold, race, split, view
from tracker.race.snapshot import Mode, Snapshot

LIVE = Mode("live", link_age_s=3.0, is_live=True)
FIELD = "bcdefgh"
ANNA = event(kind="athlete", id="a", name="Anna Moser", bib="41207", sex="W")
ZONE = "Europe/Vienna"


def told(*more: Event, target: bool = False, zone: str | None = ZONE) -> list[Event]:
    """The race and who runs, then more."""
    described: dict[str, Any] = {"name": "Lakeside Half", "date": "2020-09-13"}
    if zone is not None:
        described["time_zone"] = zone
    if not target:
        described["targets"] = ()
    return [race(**described), ANNA, *more]


def at_five(step_s: float = 4.0) -> list[Event]:
    """Anna at 5 km in 27:30, seven others around her."""
    return [split("5km", 1650), *(split("5km", 1638 + step_s * n, who) for n, who in enumerate(FIELD))]


def shown(events: list[Event], elapsed_s: float, mode: Mode = LIVE) -> Snapshot:
    """A live race so long after its gun."""
    return replace(view(fold(*events), elapsed_s), mode=mode)


def silent(*, target: bool = False) -> Snapshot:
    """Nobody is read at 10 km, where everybody should have been."""
    return shown(told(*at_five(), target=target), 3600.0)


def over(*, target: bool = False) -> Snapshot:
    """The race has ended; nobody said what became of Anna."""
    end = event(kind="end", at=at(9000))
    return shown(told(*at_five(), end, target=target), 9000.0, Mode("ended", is_live=True))


def paused() -> Snapshot:
    """Stopped 43 s ago at 26:00, while the link is well."""
    return shown(told(split("5km", 1500)), 1560.0, Mode("paused", link="live", delay_s=43.4, is_live=True))


def started() -> Snapshot:
    """Some minutes after the gun, nobody read yet, and nothing to expect anybody by."""
    return shown(told(), 400.0)


def arrived() -> Snapshot:
    """Anna is home."""
    passed = [split(f"{km}km", 300.0 * km) for km in (5, 10, 15, 20)]
    return shown(told(*passed, split("finish", 6330)), 6400.0)
