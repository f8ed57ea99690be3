"""Pictures of the screen: every glyph in its own cell, blocks and braille without hairlines."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from screenshots.shapes import RECTS, H, W
from screenshots.svg import MARGIN, redraw
from screenshots.take import MARATHON, SCENES, Scene, StillClock, take, to_png
from tracker.draw.palettes import MONO, PALETTES


def exported(*lines: Text, width: int = 20) -> str:
    """What Rich exports of a small screen."""
    console = Console(width=width, file=io.StringIO(), record=True, force_terminal=True, color_system="truecolor")
    for line in lines:
        console.print(line, no_wrap=True, overflow="crop", end="\n")
    return console.export_svg(title="a title")


def picture(*lines: Text) -> str:
    """The same, drawn anew."""
    return redraw(exported(*lines), 20, len(lines))


def test_a_run_of_blocks_is_one_rectangle() -> None:
    """Equal block glyphs side by side become one shape without a seam, in their own colour."""
    svg = picture(Text("ab▀▀▀c", style="#112233 on #000000"))
    assert re.findall(rf'<rect x="{2 * W}" y="0" width="{3 * W}" height="{H // 2}" fill="(#\w+)"/>', svg) == ["#112233"]
    assert "▀" not in svg


def test_braille_becomes_dots() -> None:
    """Each set bit of a braille glyph is one dot."""
    svg = picture(Text("⣿⠁", style="#112233"))
    (path,) = re.findall(r'<path class="d" d="([^"]+)"', svg)
    assert path.count("h0") == 9


def test_line_glyphs_reach_the_edge_and_no_further() -> None:
    """Lines of neighbouring cells meet, and none runs into the row above or below."""
    assert all(
        y >= 0 and y + height <= H and x >= 0 and x + width <= W for r in RECTS.values() for x, y, width, height in r
    )
    assert (0, 10, W, 4) in RECTS["╋"]
    assert (4, 0, 4, H) in RECTS["╋"]
    assert f'<rect x="0" y="11" width="{4 * W}" height="2" fill="#112233"/>' in picture(Text("────", style="#112233"))


def test_text_stands_in_its_cells() -> None:
    """Text begins at its own cell, also after a wide character and after a blank; the window's title is gone."""
    svg = picture(Text("first"), Text("漢 to 25 km", style="bold #445566"))
    assert f'<text x="{2 * W}" y="{H + 18}" fill="#445566" class="b" textLength="{9 * W}"> to 25 km</text>' in svg
    assert f'<text x="{W}" y="{H + 18}" fill="#445566" class="b m">漢</text>' in svg
    assert "a title" not in svg


def test_markup_of_svg_is_escaped() -> None:
    """A name that looks like SVG is text."""
    assert "&lt;b&gt;&amp;" in picture(Text("<b>&"))


def test_the_ground_is_the_commonest_colour() -> None:
    """The margin has the colour of the screen's ground."""
    svg = picture(Text("x" * 19, style="#ffffff on #0f1318"), Text("now", style="#000000 on #ffd24a"))
    assert f'<rect width="{20 * W + 2 * MARGIN}" height="{2 * H + 2 * MARGIN}" fill="#0f1318"/>' in svg


def test_nothing_is_fetched() -> None:
    """The picture names local fonts and no address but SVG's own."""
    assert set(re.findall(r"https?://[^\"' )]+", picture(Text("x")))) == {"http://www.w3.org/2000/svg"}


def test_a_still_clock_says_it_runs() -> None:
    """The clock of a picture shows one moment, in the mode it would have, until somebody pauses it."""
    clock = StillClock()
    clock.seek(4323.0)
    assert not clock.paused
    assert clock.now() == clock.now() == 4323.0
    clock.pause()
    assert clock.paused


def test_every_scene_is_its_own_and_all_themes_are_taken() -> None:
    """No picture overwrites another, and every palette has one."""
    assert len({scene.name for scene in SCENES}) == len(SCENES)
    assert {scene.theme for scene in SCENES} | {MONO.name} == set(PALETTES)


async def test_a_scene_is_the_real_screen() -> None:
    """A picture shows what the program shows: the runner, the moment, the mode."""
    svg = await take(Scene("small", (80, 24)))
    for words in ("KIPCHOGE", "1:12:03", "REPLAY 60×"):
        assert words in svg


@pytest.mark.needs("chromium")
def test_a_picture_is_photographed_at_its_own_size(tmp_path: Path) -> None:
    """The PNG has one pixel for each unit of the SVG."""
    svg, png = tmp_path / "a.svg", tmp_path / "a.png"
    svg.write_text(picture(Text("25 km ▀▀ ⣿")), encoding="utf-8")
    to_png("chromium", svg, png)
    assert struct.unpack(">II", png.read_bytes()[16:24]) == (20 * W + 2 * MARGIN, H + 2 * MARGIN)


async def test_a_live_scene_is_the_real_screen_too() -> None:
    """The feed is told up to the moment, and the link stands as it is asked to."""
    lost = await take(Scene("lost", (80, 24), race=MARATHON, at="3:00:14", link="offline", age_s=494.0))
    for words in ("ANNA M.", "OFFLINE, retry in 4 s", "as of 11:52", "11:52, held"):
        assert words in lost
    assert "LIVE · link 3 s" in await take(Scene("live", (80, 24), race=MARATHON, at="3:00:14", link="live"))
