"""A screen that can ask for a line: one dialog at a time, on its own cells over the sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.layout import Layout
from textual.reactive import var
from textual.screen import Screen

from tracker.draw.layout import Place
from tracker.draw.look import DEFAULT, Look
from tracker.ui.panels.grid import Grid
from tracker.ui.themes import FIRST, Inks
from tracker.ui.tight import TightCompositor

if TYPE_CHECKING:
    from tracker.ui.screens.dialog import Choice, Dialog


class AskingScreen(Screen[None]):
    """Opens a `Dialog` and gives the focus back afterwards. Its module is loaded when the first one is asked for."""

    look: var[Look] = var(DEFAULT, init=False)
    inks: var[Inks] = var(FIRST, init=False)

    def __init__(self) -> None:
        super().__init__()
        self.dialog: Dialog | None = None
        self._compositor = TightCompositor()

    def places(self, width: int, height: int) -> Sequence[Place]:
        """Where the sheets stand."""
        raise NotImplementedError

    @property
    def layout(self) -> Layout:
        """The cells, whatever a style sheet says."""
        return Grid(self._all_places)

    def _all_places(self, width: int, height: int) -> Sequence[Place]:
        places = tuple(self.places(width, height))
        return places if self.dialog is None else (*places, self.dialog.place(width, height))

    def ask(
        self,
        title: str,
        hint: str,
        submit: Callable[[str], str],
        choices: Sequence[Choice] = (),
        *,
        narrow: bool = False,
    ) -> None:
        """Open a dialog as `Dialog` describes it."""
        from tracker.ui.screens.dialog import Dialog  # noqa: PLC0415 - an input line costs start-up time

        if self.dialog is None:
            self.dialog = Dialog(title, hint, submit, choices, narrow, self.look, self.inks)
            self.mount(self.dialog)
            self.dialog_changed()

    def close_dialog(self) -> None:
        """Close it without an answer."""
        if self.dialog is not None:
            self.dialog.action_close()

    def on_dialog_closed(self) -> None:
        """The keys of the screen again."""
        self.dialog = None
        self.set_focus(None)
        self.dialog_changed()

    def dialog_changed(self) -> None:
        """A dialog opened or closed."""
