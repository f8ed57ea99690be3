"""tracker.ui.panels.grid: sheets on the layout's cells."""

from __future__ import annotations

from tests.ui import hand
from tracker.draw.layout import layout


async def test_every_panel_stands_where_the_layout_says() -> None:
    """At any size the screen has the panels of the layout on its cells, and no other."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for size in ((200, 60), (80, 24), (40, 24), (20, 5), (10, 2), (120, 36)):
            await pilot.resize_terminal(*size)
            await hand.settle(pilot)
            visible = app.screen._compositor.visible_widgets
            shown = {w.name: tuple(w.region) for w in app.screen.query("Sheet") if w in visible}
            assert shown == {p.panel: (p.x, p.y, p.width, p.height) for p in layout(*size) if p.width and p.height}


async def test_a_resize_in_the_middle_leaves_every_figure_whole() -> None:
    """From one size to the next the screen is the drawing of that size, cell for cell."""
    app = hand.app(hand.Hand())
    async with app.run_test(size=(120, 36)) as pilot:
        await hand.ready(pilot)
        for size in ((80, 24), (200, 60), (20, 5), (120, 36)):
            await pilot.resize_terminal(*size)
            await hand.settle(pilot)
            once = hand.frame(app, *size)
            assert hand.text(app).splitlines()[:-1] == once.splitlines()[: size[1] - 1]
