"""What every screen is: sheets on cells, a footer made from its keys, and the race's state handed down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.geometry import Offset
from textual.reactive import var

from tracker.draw.layout import Place, layout
from tracker.race.snapshot import EMPTY, Snapshot
from tracker.ui.commands import actions
from tracker.ui.keys import DIALOG_KEYS, Command, available, clicked, footer
from tracker.ui.panels.panel import RaceSheet
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.asking import AskingScreen
from tracker.ui.screens.telling import TellingScreen
from tracker.ui.stage import Desk, Stage


class PanelScreen(TellingScreen):
    """A screen of sheets. It follows the app's snapshot, look and inks while it is the one on show."""

    AUTO_FOCUS = ""
    KEYS: ClassVar[tuple[Command, ...]] = ()
    snapshot: var[Snapshot] = var(EMPTY, init=False)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def sheets(self) -> Iterable[Sheet]:
        """The sheets above the footer, not yet bound."""
        return ()

    def places(self, width: int, height: int) -> Sequence[Place]:
        """Where the sheets stand: header, one body, timeline, footer."""
        return layout(width, height, self.id or "")

    def compose(self) -> ComposeResult:
        """Sheets and footer, bound to this screen."""
        for sheet in (*self.sheets(), self.foot):
            if isinstance(sheet, RaceSheet):
                sheet.data_bind(PanelScreen.snapshot)
            yield sheet.data_bind(AskingScreen.look, AskingScreen.inks)

    def on_mount(self) -> None:
        """Follow the app."""
        for name in ("snapshot", "look", "inks"):
            self.watch(self.app, name, self.follow, init=False)
        self.watch(self, "focused", self.follow, init=False)
        self.follow()

    def on_screen_resume(self) -> None:
        """What happened meanwhile."""
        self.follow()

    def follow(self) -> None:
        """Take the app's state, if this is the screen on show."""
        if not self.is_active:
            return
        stage = cast("Stage", self.app)
        focus = self.focused.name if isinstance(self.focused, Sheet) else None
        self.look = replace(stage.look, focus=focus or "")
        self.inks = stage.inks
        self.snapshot = stage.snapshot
        self.show_keys()

    def show_keys(self) -> None:
        """The footer: what can be pressed now."""
        self.foot.keys = DIALOG_KEYS if self.dialog else footer(self.KEYS, self.snapshot)
        self.foot.note = self.note()

    def note(self) -> str:
        """What stands at the right end of the footer."""
        return ""

    def dialog_changed(self) -> None:
        """Other keys."""
        self.show_keys()

    def action_palette(self) -> None:
        """Every action of this screen, found by its words."""
        found = actions(available(self.KEYS, self.snapshot))

        def chosen(title: str) -> str:
            if title not in found:
                return f"no action is called {title}"
            self.call_after_refresh(self.run_action, found[title][0])
            return ""

        self.ask("ACTIONS", "type a few letters", chosen, [(t, keys) for t, (_, keys) in found.items()], narrow=True)

    async def on_sheet_pressed(self, event: Sheet.Pressed) -> None:
        """A click: a key of the footer unless a notice hid it, or a place on a sheet. Beside an open dialog it closes that."""
        event.stop()
        if self.dialog is not None:
            self.close_dialog()
        elif event.sheet is not self.foot:
            self.pressed(event.sheet, event.at)
        elif not self.answered and (found := self.foot.pressed(event.at.x)) is not None:
            await self.run_action(clicked(self.KEYS, *found))

    def pressed(self, sheet: Sheet, at: Offset) -> None:
        """A click on a sheet that is not the footer."""
