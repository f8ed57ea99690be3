"""What is kept between two runs: saved feeds, delays, where a race's runner is met, who is followed. Rule: JSON, written
whole and at once."""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from tracker import whole

FEEDS, DELAYS, MEETS, FOLLOWS = "feeds.json", "delays.json", "meets.json", "follows.json"


class Saved:
    """A JSON object in a file. One that cannot be read is as good as empty; one that cannot be written is an OSError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> dict[str, Any]:
        """Everything in it."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def put(self, name: str, value: Any) -> None:
        """Keep a value under a name; none forgets it."""
        kept = self.all()
        kept.pop(name, None)
        if value is not None:
            kept[name] = value
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole.write(self.path, json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True).encode())


def saved_feeds(folder: Path) -> dict[str, dict[str, Any]]:
    """The feeds that were saved by name, each with at least an address; what somebody broke by hand is passed over."""
    found = sorted(Saved(folder / FEEDS).all().items())
    return {name: kept for name, kept in found if isinstance(kept, dict) and isinstance(kept.get("address"), str)}


def places(folder: Path, race: str) -> str:
    """Where the runner of a race is to be met, as typed; empty if nothing is kept."""
    kept = Saved(folder / MEETS).all().get(race)
    return kept if isinstance(kept, str) else ""


def keep_places(folder: Path, race: str, typed: str) -> None:
    """Keep that for the next time, nothing typed forgets it; where it cannot be kept it holds for this time."""
    with suppress(OSError):
        Saved(folder / MEETS).put(race, typed or None)


def follows(folder: Path, race: str) -> list[str]:
    """The ids of those who are followed in a race's field."""
    kept = Saved(folder / FOLLOWS).all().get(race)
    return [id for id in kept if isinstance(id, str)] if isinstance(kept, list) else []


def keep_follows(folder: Path, race: str, ids: Collection[str]) -> None:
    """Keep them for the next time, nobody forgets the race; where they cannot be kept they hold for this time."""
    with suppress(OSError):
        Saved(folder / FOLLOWS).put(race, sorted(ids) or None)
