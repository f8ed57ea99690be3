"""The whole field as a table at one mat: scrolled, sorted, searched, followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual import events
from textual.geometry import Offset
from textual.reactive import var

from tracker.draw import field as drawing
from tracker.draw.footer import Key
from tracker.draw.ink import Line
from tracker.draw.layout import Place
from tracker.draw.listed import AMONG, NOTHING, SORTS, Listing
from tracker.listing import Asked, Lister, clock_of
from tracker.ui.keys import FIELD_KEYS, bindings
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.viewed import RaceView
from tracker.ui.stage import Desk
from tracker.ui.unhurried import Unhurried

SEARCH_KEYS = (Key("enter", "keep", "enter", 0), Key("↑ ↓", "row", "row", 2), Key("esc", "clear", "esc", 1))
WHEEL = 3
"""Rows a turn of the wheel scrolls."""
ALL = 1 << 40
"""More rows than there are."""


class FieldSheet(Sheet):
    """Draws a listing."""

    listing: var[Listing] = var(NOTHING, init=False)

    def draw(self, width: int, height: int) -> list[Line]:
        """The body of the screen."""
        return drawing.draw(self.listing, width, height, self.look)

    def watch_listing(self) -> None:
        """Other rows."""
        self.soon()


class FieldScreen(RaceView):  # size: a table's keys, each of which is one line
    """Who is where at the last mat that enough have passed, or at a chosen one. The cursor stays on its runner."""

    BINDINGS = bindings(FIELD_KEYS)
    KEYS = FIELD_KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lister = Lister()
        self._relist = Unhurried(self._list, self.session.clock.real, self.set_timer)
        self._typing = False
        self._asked = Asked(0, followed=desk.followed())

    def body(self) -> Iterable[Sheet]:
        """One sheet."""
        self.table = FieldSheet("field")
        yield self.table

    def places(self, width: int, height: int) -> Sequence[Place]:
        """The rows of the timeline are the table's."""
        *found, last = super().places(width, height)
        end = last.y if last.panel == "footer" else last.y + last.height
        tall = (replace(p, height=end - p.y) if p.panel == "field" else p for p in (*found, last))
        return tuple(place for place in tall if place.panel != "scrubber")

    def follow(self) -> None:
        """The field as it is now."""
        super().follow()
        if self.is_active:
            self._relist()

    def on_resize(self) -> None:
        """As many rows as there is room for."""
        self.call_after_refresh(self._list)

    def _list(self, **changes: object) -> None:
        """Make the listing anew, with something else asked for."""
        asked = self._asked = replace(self._asked, **changes)  # type: ignore[arg-type]  # names and types are Asked's
        shown = self.snapshot
        if not self.session.loaded or not self.table.size:
            return
        width, height = self.table.size
        asked = replace(
            asked,
            rows=drawing.rows(height),
            cells=drawing.strip_cells(width, height),
            watched=shown.runner.id,
        )
        now = self.session.field()
        found = self._lister(now, shown.runners, asked)
        if now.pending:  # some of the field's forecasts have still to be made
            self._relist.go_on(self._relist)
        at = found.cursor - found.offset
        moved = bool(asked.cursor or asked.move or asked.turn)
        self._asked = replace(
            asked,
            cursor=found.rows[at].id if moved and 0 <= at < len(found.rows) else "",
            index=found.cursor,
            line=at,
            move=0,
            turn=0,
        )
        self.table.listing = replace(found, typing=self._typing)

    def show_keys(self) -> None:
        """While searching, letters are no keys."""
        super().show_keys()
        if self._typing:
            self.foot.keys = SEARCH_KEYS

    def on_key(self, event: events.Key) -> None:
        """While searching, letters are the query's, and so are those that come right after the `/`."""
        opens = not self._typing and event.key == "slash" and self.dialog is None
        if not (opens or self._typing) or event.key in ("up", "down", "pageup", "pagedown", "ctrl+c"):
            return
        self.hear()  # the base's handler does not run once the default is prevented
        if opens:
            self.action_search()
        elif event.key in ("escape", "enter"):
            self._search(self._asked.search if event.key == "enter" else "", on=False)
        elif event.key == "backspace":
            self._search(self._asked.search[:-1])
        elif event.is_printable and event.character:
            self._search(self._asked.search + event.character)
        event.stop()
        event.prevent_default()

    def _search(self, words: str, *, on: bool = True) -> None:
        self._typing = on
        self._list(search=words, **({"cursor": "", "index": 0, "line": 0} if words != self._asked.search else {}))
        self.show_keys()

    def on_mouse_scroll_down(self) -> None:
        """The wheel."""
        self._list(turn=WHEEL)

    def on_mouse_scroll_up(self) -> None:
        """The wheel."""
        self._list(turn=-WHEEL)

    def pressed(self, sheet: Sheet, at: Offset) -> None:
        """A click chooses a runner, one on the chosen runner opens them."""
        id = drawing.row_at(self.table.listing, sheet.size.height, at.y) if sheet is self.table else None
        if id and id == self._chosen:
            self.action_open()
        elif id:
            self._to(id, at.y)

    @property
    def _chosen(self) -> str:
        """The id under the cursor, nothing where nobody is listed."""
        found = self.table.listing
        at = found.cursor - found.offset
        return found.rows[at].id if 0 <= at < len(found.rows) else ""

    def _to(self, id: str, y: int | None = None) -> None:
        """The cursor on a runner, in the middle of the table or where the click was."""
        rows = drawing.rows(self.table.size.height)
        shown = [row.id for row in self.table.listing.rows]
        self._list(cursor=id, line=shown.index(id) if y is not None and id in shown else rows // 2)

    def action_search(self) -> None:
        """Letters are the query's from now on."""
        self._search(self._asked.search)

    def action_move(self, rows: int) -> None:
        """So many rows down, or up."""
        self._list(move=rows)

    def action_page(self, pages: int) -> None:
        """A page down, or up."""
        self._list(turn=pages * max(1, len(self.table.listing.rows) - 1))

    def action_first(self) -> None:
        """To the leader; there the table stays at its head, whoever leads."""
        self._list(cursor="", index=0, line=0)

    def action_last(self) -> None:
        """To the last row."""
        self._list(move=ALL)

    def action_mine(self) -> None:
        """To the watched runner."""
        self._to(self.snapshot.runner.id)

    def action_sort(self) -> None:
        """By the next column."""
        self._list(sort=SORTS[(SORTS.index(self._asked.sort) + 1) % len(SORTS)], cursor="", index=0, line=0)

    def action_among(self) -> None:
        """Everybody, women, men, those who are followed, those of the chosen runner's country, of their category."""
        like, now = self._asked.like or self._chosen, AMONG.index(self._asked.among)
        for step in range(1, len(AMONG) + 1):
            among = AMONG[(now + step) % len(AMONG)]
            self._list(among=among, like=like, cursor="", index=0, line=0)
            if among not in ("country", "category") or self.table.listing.those:
                break
        if among == "all":
            self._asked = replace(self._asked, like="")

    def action_clock(self) -> None:
        """The other clock: gun or net."""
        now = self._asked.clock or (clock_of(self.session.field().field) if self.session.loaded else "gun")
        self._list(clock="gun" if now == "net" else "net")

    def action_mat(self, by: int) -> None:
        """The table at the mat before, or the next; after the last one that is passed, wherever the race is."""
        mats = self.snapshot.course.checkpoints
        shown = self.table.listing.mat
        ids = [mat.id for mat in mats]
        if shown is None or shown.id not in ids:
            return
        at = ids.index(shown.id) + by
        if 0 <= at < len(ids):
            self._list(mat=ids[at])

    def action_star(self) -> None:
        """Follow the chosen runner, or no longer."""
        if id := self._chosen:
            followed = self._asked.followed ^ {id}
            self.desk.follow(followed)
            self._list(followed=followed)

    def action_beside(self) -> None:
        """The chosen runner beside the watched one, or no longer."""
        if not self._chosen:
            return
        try:
            added = self.session.toggle_beside(self._chosen)
        except ValueError as error:
            self.notice(str(error))
            return
        name = next((row.name for row in self.table.listing.rows if row.id == self._chosen), self._chosen)
        watched = self.snapshot.runner.surname
        self.notice(
            f"{name} beside {watched}: c in the race shows them" if added else f"{name} no longer beside {watched}"
        )

    def action_open(self) -> None:
        """The chosen runner in the race screen."""
        if not self._chosen:
            return
        try:
            self.session.set_athlete(self._chosen)
        except ValueError as error:
            self.notice(str(error))
        else:
            self.dismiss()

    def action_back(self) -> None:
        """From what was searched to everybody, then to the race."""
        if self._asked.search:
            self._search("", on=False)
        else:
            self.dismiss()
