"""The whole race screen as lines."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.draw import footer
from tracker.draw.footer import Key
from tracker.draw.ink import Canvas, Line
from tracker.draw.layout import layout
from tracker.draw.look import DEFAULT, Look
from tracker.draw.panels import PANELS
from tracker.race.snapshot import Snapshot


def frame(
    snapshot: Snapshot, width: int, height: int, look: Look = DEFAULT, *, keys: Sequence[Key] = footer.RACE,
    maximised: str = "",
) -> list[Line]:  # fmt: skip
    """`height` lines of `width` cells."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    for place in layout(width, height, maximised):
        if place.panel == "footer":
            lines = footer.draw(keys, note(snapshot), place.width, look)
        else:
            lines = PANELS[place.panel](snapshot, place.width, place.height, look)
        canvas.blit(place.x, place.y, lines)
    return canvas.lines()


def note(snapshot: Snapshot) -> str:
    """What the footer says at its right end; nothing before the gun."""
    if snapshot.phase in ("empty", "before"):
        return ""
    counts = snapshot.counts
    return f"{counts.rejected} rejected" + (f", {counts.quarantined} quarantined" if counts.quarantined else "")
