"""The shipped races. Rule: no result is shown that was not asked for, or watched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from textual import events
from textual.geometry import Offset
from textual.reactive import var

from tracker.draw import library as drawing
from tracker.draw.footer import Key
from tracker.draw.ink import Line
from tracker.draw.layout import Place, layout
from tracker.draw.library import LibraryRow
from tracker.session import Wish
from tracker.ui.keys import LIBRARY_KEYS, bindings
from tracker.ui.messages import GhostChosen, RaceChosen
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.base import PanelScreen
from tracker.ui.shelf import rows
from tracker.ui.stage import Desk

SEARCH_KEYS = (Key("enter", "watch", "enter", 0), Key("↑ ↓", "choose", "choose", 2), Key("esc", "clear", "esc", 1))


class Books(Sheet):
    """The table: rows that match the query, one of them chosen."""

    rows: var[tuple[LibraryRow, ...]] = var((), init=False)
    chosen: var[int] = var(0, init=False)
    revealed: var[frozenset[str]] = var(frozenset(), init=False)
    words: var[str] = var("", init=False)

    def draw(self, width: int, height: int) -> list[Line]:
        """The table, and the chosen race in full where there is room."""
        return drawing.draw(self.rows, self.chosen, self.revealed, self.words, width, height, self.look)

    def watch_rows(self) -> None:
        """Other rows."""
        self.soon()

    watch_chosen = watch_revealed = watch_words = watch_rows


class LibraryScreen(PanelScreen):
    """Opens a race from the gun, or sets one beside the race on show."""

    BINDINGS = bindings(LIBRARY_KEYS)
    KEYS = LIBRARY_KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._all = tuple(rows())
        self._searching = False
        self.books = Books("books")
        self.books.rows = self._all

    def sheets(self) -> Iterable[Sheet]:
        """One sheet."""
        yield self.books

    def places(self, width: int, height: int) -> Sequence[Place]:
        """All but the last row."""
        foot = layout(width, height)[-1]
        return (Place("books", foot.x, 0, foot.width, foot.y), foot)

    def follow(self) -> None:
        """A race watched to its end has no secret any more."""
        super().follow()
        if self.desk.session is not None and self.snapshot.phase == "finished":
            self.desk.revealed.add(self.desk.session.opened.name)
        self.books.revealed = frozenset(self.desk.revealed)

    def show_keys(self) -> None:
        """While searching, letters are no keys; where nothing is behind it, there is no way back."""
        super().show_keys()
        if self._searching:
            self.foot.keys = SEARCH_KEYS
        elif self.dialog is None and not self._covers_a_race:
            self.foot.keys = tuple(key for key in self.foot.keys if key.action != "back")

    @property
    def _covers_a_race(self) -> bool:
        return self.desk.session is not None

    @property
    def chosen(self) -> LibraryRow | None:
        """The race under the cursor, none where nothing matches."""
        shown = self.books.rows
        return shown[self.books.chosen] if shown else None

    def pressed(self, sheet: Sheet, at: Offset) -> None:
        """A click chooses a race, one on the chosen race opens it."""
        found = drawing.row_at(self.books.rows, self.books.chosen, sheet.size.height, at.y)
        if found is not None and found == self.books.chosen:
            self.action_watch()
        elif found is not None:
            self.books.chosen = found

    def on_key(self, event: events.Key) -> None:
        """While searching, letters are the query's."""
        if not self._searching or event.key in ("up", "down", "enter", "ctrl+c"):
            return
        self.hear()  # the base's handler does not run once the default is prevented
        if event.key == "escape":
            self._search("", on=False)
        elif event.key == "backspace":
            self._search(self.books.words[:-1])
        elif event.is_printable and event.character:
            self._search(self.books.words + event.character)
        event.stop()
        event.prevent_default()

    def _search(self, query: str, *, on: bool = True) -> None:
        self._searching = on
        self.books.words = query
        self.books.rows = tuple(drawing.matching(self._all, query))
        self.books.chosen = 0
        self.show_keys()

    def action_search(self) -> None:
        """Letters are the query's from now on."""
        self._search(self.books.words)

    def action_move(self, by: int) -> None:
        """Another race."""
        self.books.chosen = max(0, min(len(self.books.rows) - 1, self.books.chosen + by))

    def action_watch(self) -> None:
        """Open it."""
        if self.chosen is not None:
            self.post_message(
                RaceChosen(self.chosen.opens or self.chosen.name, Wish(speed=self.desk.options.wish.speed))
            )

    def action_as_ghost(self) -> None:
        """Beside the race on show."""
        session = self.desk.session
        if session is None or not session.loaded:
            self.notice("no race is on show yet: enter watches one")
        elif self.chosen is not None:
            self.post_message(GhostChosen(self.chosen.opens or self.chosen.name))

    def action_delete(self) -> None:
        """Delete a tape, once that is confirmed."""
        row = self.chosen
        if row is None or row.kind != "tape":
            self.notice("only a tape can be deleted: shipped races stay")
            return

        def sure(text: str) -> str:
            if text.strip().lower() == "yes":
                Path(row.opens).unlink(missing_ok=True)
                self._all = tuple(rows())
                self._search("", on=False)
            return ""

        self.ask("DELETE TAPE", f"{row.name}: type yes", sure, ())

    def action_reveal(self) -> None:
        """Show its result, or hide it."""
        if self.chosen is not None:
            self.desk.revealed ^= {self.chosen.name}
            self.books.revealed = frozenset(self.desk.revealed)

    def action_reveal_all(self) -> None:
        """Show all results, or hide them all."""
        names = {row.name for row in self._all}
        self.desk.revealed = set() if self.desk.revealed >= names else names
        self.books.revealed = frozenset(self.desk.revealed)

    async def action_back(self) -> None:
        """To the race on show, if there is one."""
        if self._covers_a_race and len(self.app.screen_stack) > 1:
            self.dismiss()
        elif self._covers_a_race:
            await self.app.run_action("app.show('race')")
