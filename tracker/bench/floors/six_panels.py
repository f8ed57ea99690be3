"""A Textual app of six static panels with header and footer."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class SixPanels(App[None]):
    """Six panels that never change."""

    BINDINGS: ClassVar = [("q", "quit", "leave")]
    CSS = "Screen { layout: grid; grid-size: 3 2 } Static { border: solid green; height: 1fr }"

    def compose(self) -> ComposeResult:
        """The panels between header and footer."""
        yield Header()
        for name in ("one", "two", "three", "four", "five", "six"):
            yield Static(f"panel {name}", markup=False)
        yield Footer()


if __name__ == "__main__":
    SixPanels().run()
