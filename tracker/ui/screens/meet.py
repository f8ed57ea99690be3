"""Where to meet the runner."""

from __future__ import annotations

from collections.abc import Iterable

from textual.reactive import var

from tracker.draw import meet as drawing
from tracker.draw.ink import Line
from tracker.race.meet import Meeting, meetings, read_stops, split_words
from tracker.ui.keys import MEET_KEYS, bindings
from tracker.ui.panels.panel import RaceSheet
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.viewed import RaceView

FORGET = "none"


class MeetSheet(RaceSheet):
    """Draws the places that were typed."""

    typed: var[str] = var("", init=False)

    def draw(self, width: int, height: int) -> list[Line]:
        """The body of the screen."""
        found: tuple[Meeting, ...] = ()
        wrong = ""
        if self.snapshot.course.known:
            try:
                found = meetings(self.snapshot, read_stops(split_words(self.typed), self.snapshot.course))
            except ValueError as error:
                wrong = str(error)
        return drawing.draw(self.snapshot, found, width, height, self.look, wrong)

    def watch_typed(self) -> None:
        """Other places."""
        self.soon()


class MeetScreen(RaceView):
    """The places with their windows; they are kept from one time to the next."""

    BINDINGS = bindings(MEET_KEYS)
    KEYS = MEET_KEYS

    def body(self) -> Iterable[Sheet]:
        """One sheet."""
        self.meet = MeetSheet("meet")
        self.meet.set_reactive(MeetSheet.typed, self.desk.options.places(self.session.opened.name))
        yield self.meet

    def action_places(self) -> None:
        """Ask where the viewer will stand."""
        now = self.meet.typed
        choices = [(now, "as it is"), (FORGET, "forget them")] if now else []
        self.ask("PLACES", "in order, minutes after a colon: 12km 28km:25min 41km", self._take, choices)

    def _take(self, text: str) -> str:
        words = split_words("" if text.strip() == FORGET else text)
        try:
            read_stops(words, self.snapshot.course)
        except ValueError as error:
            return str(error)
        self.meet.typed = (", " if "," in text else " ").join(words)
        self.desk.options.keep_places(self.session.opened.name, self.meet.typed)
        return ""
