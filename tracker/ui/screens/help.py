"""Every key, by what it is for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.reactive import var

from tracker.draw import help as drawing
from tracker.draw.footer import Key
from tracker.draw.ink import Line
from tracker.draw.layout import Place, layout
from tracker.ui.keys import COMPARE_KEYS, HELP_KEYS, LIBRARY_KEYS, MEET_KEYS, RACE_KEYS, bindings, sections
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.base import PanelScreen


class Page(Sheet):
    """The help page from row `top` on."""

    top: var[int] = var(0, init=False)
    mouse = True
    live = False
    placed = True
    """Whether the course on show is known."""

    def draw(self, width: int, height: int) -> list[Line]:
        """The page."""
        return drawing.draw(self._tables(), width, height, self.look, self.top)

    def turn(self, rows: int) -> None:
        """Rows on or back, as far as there are any."""
        last = drawing.rows(self._tables(), self.size.width, self.look) - max(0, self.size.height - drawing.HEADER)
        self.top = max(0, min(last, self.top + rows))

    def _tables(self) -> list[tuple[str, list[Key]]]:
        special = [c for c in COMPARE_KEYS if c.key.action in ("ghost", "swap")]
        race = [c for c in RACE_KEYS if (self.live or c.section != "LIVE") and (self.placed or c.key.action != "meet")]
        tables = [*sections(race), *sections(c._replace(section="BESIDE A GHOST") for c in special)]
        if self.placed:
            tables += sections(c for c in MEET_KEYS if c.section == "MEET")
        tables += sections(c for c in LIBRARY_KEYS if c.section == "LIBRARY")
        if self.mouse:
            tables.append(("MOUSE", [Key("click", "timeline, marks, mats, panels, keys", "")]))
        return tables

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
        page.live = self.desk.session is not None and self.desk.session.is_live
        page.placed = self.desk.session is None or self.desk.session.snapshot.course.known
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
