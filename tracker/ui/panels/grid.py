"""Puts sheets on the cells that the drawing's layout names. Rule: a sheet without a place is not on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from tracker.draw.layout import Place

Places = Callable[[int, int], Sequence[Place]]


class Grid(Layout):
    """A Textual layout over places by name."""

    name = "cells"

    def __init__(self, places: Places) -> None:
        self._places = places

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:  # noqa: ARG002 - Textual's signature
        """Places of those children that have one."""
        places = {place.panel: place for place in self._places(size.width, size.height)}
        return [
            WidgetPlacement(Region(at.x, at.y, at.width, at.height), NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if (at := places.get(child.name or "")) is not None
        ]
