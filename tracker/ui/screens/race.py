"""The race: every panel at once, or one of them alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.reactive import var

from tracker.draw.layout import Place, layout
from tracker.draw.panels import PANELS
from tracker.ui.keys import RACE_KEYS, bindings
from tracker.ui.panels.panel import Panel
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.viewed import RaceView

NUMBERED = ("gap", "splits", "road", "course", "happened", "projection")
"""The panels behind the keys 1 to 6, in the order in which tab visits them."""


class RaceScreen(RaceView):
    """Opens with nothing chosen. `alone` is the panel that has the screen to itself."""

    BINDINGS = bindings(RACE_KEYS)
    KEYS = RACE_KEYS
    alone: var[str] = var("", init=False)

    def body(self) -> Iterable[Sheet]:
        """All panels; those without a place at this size are not shown."""
        for name in (*NUMBERED, "fan", "map"):
            yield Panel(name, PANELS[name], can_focus=name in NUMBERED)

    def places(self, width: int, height: int) -> Sequence[Place]:
        """The grid, or the one panel."""
        return layout(width, height, self.alone)

    def watch_alone(self) -> None:
        """Other places."""
        self.foot.refresh(layout=True)  # a child's wish: a screen keeps its own arrangement until its children change

    def _placed(self) -> set[str]:
        return {place.panel for place in self.places(*self.size)}

    def action_panel(self, number: int) -> None:
        """Choose a panel; one that this size has no cells for is shown alone."""
        name = NUMBERED[number - 1]
        if self.alone or name not in self._placed():
            self.alone = name
        self.set_focus(self.query_one(f"#{name}"))

    def action_next(self, by: int) -> None:
        """Choose the next panel that is shown, or the one before."""
        shown = [name for name in NUMBERED if name in self._placed()]
        if shown:
            focus = self.look.focus
            at = shown.index(focus) + by if focus in shown else (0 if by > 0 else -1)
            self.set_focus(self.query_one(f"#{shown[at % len(shown)]}"))

    def action_zoom(self) -> None:
        """The chosen panel alone (the gap, if none is), or all again."""
        chosen = self.look.focus or NUMBERED[0]
        self.alone = "" if self.alone else chosen
        self.set_focus(self.query_one(f"#{chosen}"))

    def action_back(self) -> None:
        """From one panel to all, then from a chosen one to none."""
        if self.alone:
            self.alone = ""
        else:
            self.set_focus(None)
