"""The terminal program itself in a browser. Rule: this file loads nothing; the extra is asked for where it is needed.

Of textual-serve only the terminal for browsers is used: its server gives a line to a shell, lets a page from anywhere
connect, and has the browser fetch a font from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from feeds.feed import FeedError

DRIVER = "textual.drivers.web_driver:WebDriver"
"""What tells the program, in TEXTUAL_DRIVER, that its screen is a page."""


def run(
    words: Sequence[str],
    environ: Mapping[str, str],
    *,
    title: str,
    ground: str,
    host: str,
    port: int,
    announce: Callable[[str], object],
) -> int:
    """Show the program that these words and variables start, anew for every page, until stopped; 0.

    `ground` is the colour around the screen. FeedError where the extra is missing or the port taken.
    """
    try:
        from tracker.web.server import Pages, serve  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("aiohttp", "textual_serve"):
            raise
        raise FeedError("web needs an extra: pip install 'paceline[web]'", 2) from None
    return serve(Pages(words, environ, title, ground), host=host, port=port, announce=announce)
