"""A screen that can tell a line in place of its keys. Rule: the next key or click ends it."""

from __future__ import annotations

from textual import events
from textual.timer import Timer

from tracker.ui.panels.footer import Footer
from tracker.ui.screens.asking import AskingScreen

NOTICE_S = 6.0


class TellingScreen(AskingScreen):
    """Has a footer. `answered` is the notice that stood when the latest key or click came."""

    def __init__(self) -> None:
        super().__init__()
        self.foot = Footer()
        self.answered = ""
        self._hush: Timer | None = None

    def notice(self, text: str) -> None:
        """One line in place of the keys, for a while."""
        self.foot.notice = text
        if self._hush is not None:
            self._hush.stop()
        self._hush = self.set_timer(NOTICE_S, self._quiet)

    def hear(self) -> None:
        """A key or a click of this screen, before it does anything: it ends the notice. A dialog's are not its own."""
        if self.dialog is None:
            self.answered = self.foot.notice
            self._quiet()

    def on_key(self, _event: events.Key) -> None:
        """Any key, whether it does something or not."""
        self.hear()

    def on_click(self) -> None:
        """Any click; it comes before the sheet's own message."""
        self.hear()

    def _quiet(self) -> None:
        self.foot.notice = ""
