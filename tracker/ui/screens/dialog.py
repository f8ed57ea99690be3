"""A line to type into and a list to choose from, over the screen that asked. Rule: what is wrong is said in place."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tracker.draw.cells import cut, width
from tracker.draw.ink import Canvas, Ink, Line, Run
from tracker.draw.layout import Place
from tracker.draw.look import Look
from tracker.ui.panels.sheet import Sheet
from tracker.ui.themes import Inks

GROUND = "muted/12"
WIDTH, AROUND, FOOT = 70, 6, 3
"""Cells of a dialog where there is room; its rows besides the choices: air, title, line, message; rows left below it."""
MOST_CHOICES, MESSAGE_ROWS = 12, 2
Choice = tuple[str, str]
"""What is submitted, and words about it."""


class Rows(Sheet):
    """A few rows of words on the dialog's ground."""

    def __init__(self, name: str, paint: Callable[[Canvas], None]) -> None:
        super().__init__(name)
        self._paint = paint

    def draw(self, width: int, height: int) -> list[Line]:
        """The rows."""
        canvas = Canvas(width, height, ascii_only=self.look.ascii)
        self._paint(canvas)
        return [[Run(text, _raised(ink)) for text, ink in line] for line in canvas.lines()]


def _raised(ink: Ink) -> Ink:
    return ink._replace(bg=GROUND) if ink.bg == "bg" else ink


class Dialog(Widget):
    """Asks for a line. `submit` gives what is wrong with it, or nothing, and then the dialog goes.

    What is typed is the answer, the chosen choice where nothing is typed. With `narrow`, typing narrows the choices
    instead, and the chosen one is the answer as long as there is one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("up", "choose(-1)", show=False),
        Binding("down", "choose(1)", show=False),
        Binding("tab,shift+tab", "complete", show=False, priority=True),
        Binding("ctrl+c", "close", show=False, priority=True),
    ]

    class Closed(Message):
        """The dialog is gone."""

    def __init__(
        self, title: str, hint: str, submit: Callable[[str], str], choices: Sequence[Choice], narrow: bool,
        look: Look, inks: Inks,
    ) -> None:  # fmt: skip
        super().__init__(name="dialog")
        self._title = title
        self._hint = hint
        self._submit = submit
        self._all = self._choices = tuple(choices)
        self._narrow = narrow
        self._at = 0 if choices else -1
        self._wrong = ""
        self._sheets = (Rows("head", self._head), Rows("tail", self._tail))
        for sheet in self._sheets:
            sheet.look, sheet.inks = look, inks

    def compose(self) -> ComposeResult:
        """Title, line, choices and what is wrong."""
        yield self._sheets[0]
        field = Input(compact=True, select_on_focus=False)
        field.cursor_blink = False  # nothing on the screen moves by itself
        yield field
        yield self._sheets[1]

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    def place(self, width: int, height: int) -> Place:
        """Its cells on a screen: in the middle, on the timeline, so that the figures above can be seen."""
        size = min(WIDTH, width)
        choices = min(len(self._all), MOST_CHOICES)
        rows = min(AROUND + choices + (1 if choices else 0), max(4, height - 1))
        return Place("dialog", (width - size) // 2, max(0, height - FOOT - rows), size, min(rows, height))

    def _head(self, canvas: Canvas) -> None:
        x = canvas.put(0, 0, self._title, "muted", bold=True)
        canvas.put(x + 2, 0, cut(self._hint, max(0, canvas.width - x - 2)), "text")

    def _tail(self, canvas: Canvas) -> None:
        rows = self._rows(canvas.height)
        top = self._top(rows)
        about_x = 4 + min(max((width(name) for name, _ in self._all), default=0), canvas.width - 16)
        for y, (name, about) in enumerate(self._choices[top : top + rows], 1):
            here = y - 1 + top == self._at
            x = canvas.put(0, y, ("> " if canvas.ascii_only else "▌ ") if here else "  ", "now_ink")
            canvas.put(x, y, cut(name, about_x - x - 2), "bright" if here else "text", bold=here)
            canvas.put(about_x, y, cut(about, max(0, canvas.width - about_x)), "muted")
        more = len(self._choices) - rows - top
        if self._wrong:
            lines = textwrap.wrap(self._wrong, max(10, canvas.width))[:MESSAGE_ROWS]
            for y, text in enumerate(lines, canvas.height - len(lines)):
                canvas.put(0, y, text, "behind")
        elif more > 0:
            canvas.put(2, canvas.height - MESSAGE_ROWS, f"{more} more", "faint")

    def _rows(self, height: int) -> int:
        """Rows of choices in so many rows of the tail: a blank one stands above them, the message below."""
        return max(0, min(len(self._choices), height - 1 - MESSAGE_ROWS))

    def _top(self, rows: int) -> int:
        """The first choice shown, so that the chosen one is among them."""
        return max(0, self._at - rows + 1)

    def _say(self, wrong: str) -> None:
        self._wrong = wrong
        self._sheets[1].soon()

    def action_choose(self, by: int) -> None:
        """Another choice."""
        if self._choices:
            self._at = (self._at + by) % len(self._choices)
            self._say("")

    def action_complete(self) -> None:
        """Take the chosen name into the line."""
        if self._at >= 0:
            field = self.query_one(Input)
            field.value = self._choices[self._at][0]
            field.cursor_position = len(field.value)

    def action_close(self) -> None:
        """Go without an answer."""
        self.remove()
        self.post_message(self.Closed())

    def on_input_changed(self, event: Input.Changed) -> None:
        """A new letter: what was wrong may be right now."""
        event.stop()
        if self._narrow:
            wanted = event.value.casefold().split()
            self._choices = tuple(c for c in self._all if all(word in " ".join(c).casefold() for word in wanted))
            self._at = 0 if self._choices else -1
        self._say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What was typed, else what is chosen."""
        event.stop()
        text = event.value.strip()
        if not text and self._at < 0:
            self.action_close()
            return
        chosen = self._choices[self._at][0] if self._at >= 0 else ""
        wrong = self._submit(chosen if chosen and (self._narrow or not text) else text)
        if wrong:
            self._say(wrong)
        else:
            self.action_close()

    def on_sheet_pressed(self, event: Sheet.Pressed) -> None:
        """A click on a choice takes it."""
        event.stop()
        rows = self._rows(event.sheet.size.height)
        if event.sheet.name == "tail" and 1 <= event.at.y <= rows:
            self._at = event.at.y - 1 + self._top(rows)
            self.query_one(Input).value = ""
            self.call_next(self.query_one(Input).action_submit)

    def on_click(self, event: events.Click) -> None:
        """A click beside the line is not one for the screen below."""
        event.stop()
