"""A Textual app with nothing on it but one word, so that it is known when it is there."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Static


class EmptyApp(App[None]):
    """One word."""

    BINDINGS: ClassVar = [("q", "quit", "leave")]

    def compose(self) -> ComposeResult:
        """The word."""
        yield Static("nothing", markup=False)


if __name__ == "__main__":
    EmptyApp().run()
