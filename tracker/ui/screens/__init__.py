"""What fills the terminal: the race and its views, the library, help, and the dialogs over them."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from tracker.ui.screens.base import PanelScreen
from tracker.ui.stage import Desk

_CLASSES = {
    "race": "RaceScreen",
    "compare": "CompareScreen",
    "map": "MapScreen",
    "crowd": "CrowdScreen",
    "feed": "FeedScreen",
    "field": "FieldScreen",
    "honest": "HonestScreen",
    "meet": "MeetScreen",
    "library": "LibraryScreen",
    "pacers": "PacersScreen",
    "help": "HelpScreen",
}


def make(name: str, desk: Desk) -> PanelScreen:
    """A screen by name. Its module is loaded when it is first asked for: the first frame needs one of them."""
    screen = getattr(import_module(f"tracker.ui.screens.{name}"), _CLASSES[name])(desk)
    screen.id = name
    return cast("PanelScreen", screen)
