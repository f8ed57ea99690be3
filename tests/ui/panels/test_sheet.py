"""tracker.ui.panels.sheet: lines as strips, and only what changed is painted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.geometry import Region

from tracker.draw.cells import cells, width
from tracker.draw.ink import Ink, Line, Run
from tracker.ui.panels.sheet import SAME_RUN, Sheet, joined, spans

INKS = st.sampled_from([Ink(), Ink("muted"), Ink("bg", "now", bold=True), Ink("rejected", strike=True)])
WIDTH = 24


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A line of exactly WIDTH cells, wide characters and combining marks among them."""
    out: Line = []
    left = WIDTH
    while left:
        text = draw(st.sampled_from([" ", "a", "7", "王", "e\u0301", "   ", "━"]))
        text = text if width(text) <= left else " "
        out.append(Run(text, draw(INKS)))
        left -= width(text)
    return out


def grid(line: Line) -> list[tuple[str, Ink]]:
    """(cluster, ink) of each cell."""
    return [(cluster, ink) for text, ink in line for cluster, size in cells(text) for _ in range(size)]


@given(lines(), lines())
def test_spans_cover_every_difference(before: Line, now: Line) -> None:
    """Painting the spans of the new line over the old one gives the new line."""
    painted, wanted = grid(before), grid(now)
    for x, size in spans(before, now):
        assert x >= 0 and x + size <= WIDTH
        painted[x : x + size] = wanted[x : x + size]
    assert painted == wanted


@given(lines())
def test_equal_lines_have_no_span(line: Line) -> None:
    """What did not change is not painted."""
    assert list(spans(line, list(line))) == []


def test_near_changes_are_one_span_and_far_ones_two() -> None:
    """Few unchanged cells are cheaper than naming the colours again; many are not."""
    plain = Ink()
    before = [Run("a" + " " * SAME_RUN + "a" + " " * (SAME_RUN + 1) + "a", plain)]
    now = [Run("b" + " " * SAME_RUN + "b" + " " * (SAME_RUN + 1) + "b", plain)]
    assert list(spans(before, now)) == [(0, SAME_RUN + 2), (2 * SAME_RUN + 3, 1)]


@given(lines())
def test_joined_runs_look_the_same(line: Line) -> None:
    """Fewer runs, the same cells: only a blank's own colour is given up, never its ground or a line through it."""

    def seen(a: Line) -> list[tuple[str, str, str, bool]]:
        return [(c, ink.bg, "" if c == " " else ink.fg, ink.strike) for c, ink in grid(a)]

    short = joined(line)
    assert len(short) <= len(line)
    assert seen(short) == seen(line)


class Counter(Sheet):
    """Two lines; the second has a number at its end."""

    value = 0
    drawn = 0

    def draw(self, width: int, height: int) -> list[Line]:
        """The lines."""
        self.drawn += 1
        return [[Run(f"{text:<{width}}", Ink())] for text in ("same", f"value {self.value:03}")][:height]


class Holder(App[None]):
    """One sheet of ten by two cells."""

    CSS = "Counter { width: 10; height: 2; }"

    def compose(self) -> ComposeResult:
        """The sheet."""
        yield Counter("counter")


async def test_only_changed_cells_are_dirty() -> None:
    """A digit that changes makes one cell dirty; a drawing that comes out the same makes none."""
    async with Holder().run_test(size=(20, 4)) as pilot:
        sheet = pilot.app.query_one(Counter)
        await pilot.pause()
        dirty: list[tuple[Region, ...]] = []
        refresh = sheet.refresh

        def note(*regions: Region, **more: bool) -> Counter:
            dirty.append(regions)
            return refresh(*regions, **more)

        sheet.refresh = note  # type: ignore[method-assign] # the edge between sheet and toolkit is what is measured
        sheet.soon()
        await pilot.pause()
        assert dirty == []
        sheet.value = 7
        sheet.soon()
        await pilot.pause()
        assert dirty == [(Region(8, 1, 1, 1),)]


async def test_many_wishes_are_one_drawing() -> None:
    """However often a sheet is asked in one turn, it draws once."""
    async with Holder().run_test(size=(20, 4)) as pilot:
        sheet = pilot.app.query_one(Counter)
        await pilot.pause()
        before = sheet.drawn
        for _ in range(1000):
            sheet.soon()
        await pilot.pause()
        assert sheet.drawn == before + 1
