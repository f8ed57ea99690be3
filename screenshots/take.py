"""`make screenshots`: the real program at fixed sizes and moments, as SVG and, through headless Chromium, as PNG."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from feeds.address import open_address
from screenshots.page import browsing
from screenshots.svg import redraw
from screenshots.told import Told, ToldSession
from tracker.clock import Clock
from tracker.draw.look import DEFAULT
from tracker.priors import shipped
from tracker.session import ScreenOptions, Session, Wish
from tracker.synth import messages
from tracker.ui.app import PacelineApp

HERE = Path(__file__).parent
FEEDS = HERE / "feeds"
"""Made-up races, for states that no shipped race has."""
MARATHON = str(FEEDS / "lakeside-marathon.ndjson")
"""An ordinary runner, without a target and without pacers."""
MADE_UP = "a field of 6,000 with pace groups"
"""Drawn from the projection when the picture is taken."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
REST_S = 0.8
"""A changed figure is shown in reverse for 0.4 s; then the screen rests."""

FOLLOWING = tuple(
    key for name in ("hassan", "chepngetich", "mantz") for key in ("slash", *name, "enter", "asterisk", "escape")
)
"""The keys that follow three runners of a field."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: a race at a moment, how it is looked at, and the keys pressed."""

    name: str
    size: tuple[int, int] = (120, 36)
    at: str = "1:12:03"
    race: str = "vienna-2019"
    ghost: str = ""
    compare: str = ""
    target: str = ""
    athlete: str = ""
    theme: str = "dark"
    ascii: bool = False
    no_color: bool = False
    keys: tuple[str, ...] = ()
    link: Told = ""
    age_s: float = 3.0


SCENES = (
    Scene("race_120x36_dark"),
    Scene("race_120x36_light", theme="light"),
    Scene("race_120x36_colour_blind_safe", theme="colour-blind-safe"),
    Scene("race_120x36_high_contrast", theme="high-contrast"),
    Scene("race_120x36_no_color", no_color=True),
    Scene("race_80x24_dark", (80, 24)),
    Scene("race_80x24_ascii", (80, 24), ascii=True),
    Scene("race_200x60_dark", (200, 60)),
    Scene("race_40x24_dark", (40, 24)),
    Scene("race_120x36_before_gun", at="-4:10"),
    Scene("race_120x36_0-09-00", at="0:09:00"),
    Scene("race_120x36_finish", at="finish"),
    Scene("race_120x36_paused", keys=("space",)),
    Scene("race_120x36_miles", keys=("u",)),
    Scene("gap_120x36", keys=("1", "z")),
    Scene("map_120x36", keys=("m",)),
    Scene("compare_120x36", ghost="berlin-2018", keys=("c",)),
    Scene("together_120x36", race="chicago-2023", at="1:43:00", compare="kipruto,abdi,hassan", keys=("c",)),
    Scene("honest_120x36", race="chicago-2023", at="finish", keys=("b",)),
    Scene("course_120x36", race=MADE_UP, at="3:00:00", keys=("o",)),
    Scene("pacers_120x36", race=MADE_UP, at="3:00:00", keys=("T",)),
    Scene("library_120x36", keys=("L",)),
    Scene("help_120x36", keys=("question_mark",)),
    Scene("chicago_120x36", race="chicago-2023"),
    Scene("field_120x36", race="chicago-2023", at="1:50:20", keys=("f", *FOLLOWING, "j", "j")),
    Scene("behind_80x24", (80, 24), target="1:59:30"),
    Scene("overdue_120x36", race=str(FEEDS / "lakeside-10k.ndjson"), athlete="8", at="34:10"),
    Scene("dnf_120x36", race=str(FEEDS / "lakeside-10k.ndjson"), at="26:45"),
    Scene("live_120x36", race=MARATHON, at="3:00:14", link="live"),
    Scene("live_80x24", (80, 24), race=MARATHON, at="3:00:14", link="live"),
    Scene("live_40x24", (40, 24), race=MARATHON, at="3:00:14", link="live"),
    Scene("stale_120x36", race=MARATHON, at="3:00:14", link="stale", age_s=43.0),
    Scene("offline_120x36", race=MARATHON, at="3:00:14", link="offline", age_s=494.0),
    Scene("offline_40x24", (40, 24), race=MARATHON, at="3:00:14", link="offline", age_s=494.0),
    Scene("live_dnf_120x36", race=str(FEEDS / "lakeside-10k.ndjson"), at="26:45", link="live"),
    Scene("feed_120x36", race=MARATHON, at="3:00:14", link="live", keys=("i",)),
    Scene("feed_80x24", (80, 24), race=MARATHON, at="3:00:14", link="offline", age_s=494.0, keys=("i",)),
    Scene("course_unknown_120x36", race=str(FEEDS / "hill-run.ndjson"), at="30:00"),
)


WEB = "web_120x36"
WEB_SIZE = (120 * 9 + 16, 36 * 21 + 16)
"""Pixels: cells of 9 by 21, and a margin of 8 around them."""


class StillClock(Clock):
    """Says that it runs, and stands all the same: the picture is of the moment that was asked for."""

    def __init__(self) -> None:
        super().__init__(paused=True)
        self._stopped = False

    @property
    def paused(self) -> bool:
        """Whether somebody stopped it."""
        return self._stopped

    def pause(self) -> None:
        """Stop it, as far as anyone can see."""
        super().pause()
        self._stopped = True


def still(name: str, wish: Wish) -> Session:
    """A session whose clock stands where it starts."""
    return Session(open_address(name), wish, clock=StillClock())


@cache
def made_up() -> str:
    """The file of a field that never was."""
    path = Path(tempfile.mkdtemp()) / "field.ndjson"
    path.write_bytes(b"".join(line + b"\n" for line in messages(6000, 1, shipped(), pacers=True)))
    return str(path)


def told(scene: Scene, wish: Wish) -> ToldSession:
    """The race as if it were heard live, at the moment of the scene."""
    recorded = still(scene.race, wish)
    recorded.load()
    return ToldSession(Path(scene.race), replace(wish, at=""), recorded.begins_s, scene.link, scene.age_s)


async def take(scene: Scene) -> str:
    """The scene as SVG."""
    os.environ.pop("NO_COLOR", None)
    if scene.no_color:
        os.environ["NO_COLOR"] = "1"
    wish = Wish(
        at=scene.at, ghost=scene.ghost, compare=scene.compare, target=scene.target, athlete=scene.athlete
    )  # fmt: skip
    session = told(scene, wish) if scene.link else still(made_up() if scene.race == MADE_UP else scene.race, wish)
    look = replace(DEFAULT, ascii=scene.ascii)
    app = PacelineApp(ScreenOptions(open=still, session=session, look=look, theme=scene.theme))
    async with app.run_test(size=scene.size) as pilot:
        while not session.loaded and app.is_running:
            await pilot.pause(0.05)
        while isinstance(session, ToldSession) and not session.settle() and app.is_running:
            await pilot.pause(0.05)
        await pilot.pause(REST_S)
        await pilot.press(*scene.keys)
        await pilot.pause(REST_S)
        return redraw(app.export_screenshot(), *scene.size)


def browser() -> str | None:
    """The program that turns SVG into PNG as it looks in a terminal; other renderers garble braille and blocks."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def to_png(program: str, svg: Path, png: Path) -> None:
    """Have a headless Chromium photograph an SVG file at its own size."""
    root = ET.fromstring(svg.read_text(encoding="utf-8"))  # noqa: S314 - a file of ours
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
             f"--user-data-dir={profile}", f"--window-size={root.get('width')},{root.get('height')}",
             f"--screenshot={png.resolve()}", svg.resolve().as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


async def photograph(program: str) -> bytes:
    """The page of `paceline web` in that browser, as PNG."""
    words = ("web", "vienna-2019", "--at", "1:12:03", "--speed", "0.25")
    serving = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tracker", *words), stdout=asyncio.subprocess.PIPE
    )
    assert serving.stdout is not None
    try:
        address = (await serving.stdout.readline()).decode().strip()
        async with browsing(program, WEB_SIZE) as page:
            await page.open(address)
            await page.until("KIPCHOGE", "WHAT HAPPENED")
            await asyncio.sleep(REST_S)
            return await page.picture()
    finally:
        serving.terminate()
        await serving.communicate()


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the named scenes, or all."""
    parser = argparse.ArgumentParser(prog="make screenshots", description=__doc__)
    names = [*(scene.name for scene in SCENES), WEB]
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=", ".join(names))
    parser.add_argument("--to", type=Path, default=HERE, help="the folder to write to")
    options = parser.parse_args(arguments)
    if unknown := set(options.scenes) - set(names):
        parser.error(f"no scene {', '.join(sorted(unknown))}")
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    program = browser()
    for scene in SCENES:
        if options.scenes and scene.name not in options.scenes:
            continue
        svg = options.to / f"{scene.name}.svg"
        svg.write_text(asyncio.run(take(scene)), encoding="utf-8")
        if program:
            to_png(program, svg, svg.with_suffix(".png"))
        print(svg.name, flush=True)
    if program and (not options.scenes or WEB in options.scenes):
        (options.to / f"{WEB}.png").write_bytes(asyncio.run(photograph(program)))
        print(f"{WEB}.png", flush=True)
    if program is None:
        print("no PNG: needs Chromium (Debian: apt-get install chromium fonts-firacode fonts-symbola)", file=sys.stderr)
    return 0 if program else 1


if __name__ == "__main__":
    sys.exit(main())
