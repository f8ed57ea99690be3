"""The command palette: everything a key does on a screen, and the themes, by their words."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.draw.palettes import PALETTES
from tracker.ui.keys import Command


def actions(commands: Iterable[Command]) -> dict[str, tuple[str, str]]:
    """(action, keys) by title: first what the keys do, in their order, then the themes."""
    found = {
        title: (action, keys)
        for command in commands
        for title, action, keys in (
            ((command.says, command.does[0][1], command.key.keys),) if command.named is None else command.named
        )
    }
    return found | {f"theme {name}": (f"app.theme('{name}')", "") for name in PALETTES}
