"""Every key, by what it is for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.reactive import var

from tracker.draw import help as drawing
from tracker.draw.footer import Key
from tracker.draw.ink import Line
from tracker.draw.layout import Place, layout
from tracker.race.snapshot import Snapshot
from tracker.ui.keys import (
    COMPARE_KEYS,
    FIELD_KEYS,
    HELP_KEYS,
    HONEST_KEYS,
    LIBRARY_KEYS,
    MEET_KEYS,
    RACE_KEYS,
    Command,
    available,
    bindings,
    sections,
)
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.base import PanelScreen

SPECIAL: tuple[tuple[str, tuple[Command, ...], frozenset[str]], ...] = (
    ("COMPARE", COMPARE_KEYS, frozenset({"beside", "ghost", "swap"})),
    ("FIELD", FIELD_KEYS, frozenset(c.key.action for c in FIELD_KEYS if c.section == "FIELD")),
    ("HONEST", HONEST_KEYS, frozenset({"part", "scroll"})),
    ("MEET", MEET_KEYS, frozenset({"places"})),
)
"""Keys that only one screen has: the title, where they are, and which of them are told."""


class Page(Sheet):
    """The help page from row `top` on."""

    top: var[int] = var(0, init=False)
    mouse = True
    shown: Snapshot | None = None
    """The race on show."""

    def draw(self, width: int, height: int) -> list[Line]:
        """The page."""
        return drawing.draw(self._tables(), width, height, self.look, self.top)

    def turn(self, rows: int) -> None:
        """Rows on or back, as far as there are any."""
        last = drawing.rows(self._tables(), self.size.width, self.look) - max(0, self.size.height - drawing.HEADER)
        self.top = max(0, min(last, self.top + rows))

    def _tables(self) -> list[tuple[str, list[Key]]]:
        tables = sections(self._there(RACE_KEYS))
        for title, commands, actions in SPECIAL:
            own = [c._replace(section=title) for c in self._there(commands) if c.key.action in actions]
            if title == "COMPARE" or self._offers(title):
                tables += sections(own)
        tables += sections(c for c in LIBRARY_KEYS if c.section == "LIBRARY")
        if self.mouse:
            tables.append(("MOUSE", [Key("click", "timeline, marks, mats, panels, keys", "")]))
        return tables

    def _there(self, commands: Sequence[Command]) -> Sequence[Command]:
        """Those of a race that is on show; without one all but a live feed's."""
        return [c for c in commands if c.section != "LIVE"] if self.shown is None else available(commands, self.shown)

    def _offers(self, title: str) -> bool:
        """Whether the race screen has the key to the screen whose keys these are."""
        return any(c.key.action == title.lower() for c in self._there(RACE_KEYS))

    def watch_top(self) -> None:
        """Scrolled."""
        self.soon()


class HelpScreen(PanelScreen):
    """One page, over the screen that asked."""

    BINDINGS = bindings(HELP_KEYS)
    KEYS = HELP_KEYS

    def sheets(self) -> Iterable[Sheet]:
        """One sheet."""
        page = Page("page")
        page.mouse = self.desk.options.mouse
        page.shown = None if self.desk.session is None else self.desk.session.snapshot
        yield page

    def places(self, width: int, height: int) -> Sequence[Place]:
        """All but the last row."""
        foot = layout(width, height)[-1]
        return (Place("page", foot.x, 0, foot.width, foot.y), foot)

    def action_scroll(self, rows: int) -> None:
        """Rows on, or back."""
        self.query_one(Page).turn(rows)

    def action_back(self) -> None:
        """To what it covers."""
        self.dismiss()
