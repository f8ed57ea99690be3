"""What happened, in words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.draw import lives, scenes
from tracker.draw import happened
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT
from tracker.race.course import Checkpoint
from tracker.race.snapshot import Happening, Mode, Snapshot


def lines(snapshot: Snapshot, width: int = 45, height: int = 4) -> list[str]:
    """The panel's lines without air."""
    return [line.strip() for line in plain(happened.draw(snapshot, width, height, DEFAULT)).split("\n")]


def test_newest_first() -> None:
    """Mats with section and gaps, changes as inferred, the newest on top."""
    assert lines(scenes.MIDDLE) == [
        "WHAT HAPPENED",
        "1:10:59 ┃ 25 km in 14:12 · −8 to −7 s",
        "≈ 1:05 ↔ change, team E to D (inferred)",
        "59:35 ┃ 21 km · −6 to −8 s",
    ]


def test_a_gap_that_stayed_is_said_once() -> None:
    """Equal figures are not repeated; tenths are compared only where both marks have them."""
    said = lines(scenes.FINISHED, 50, 15)
    assert "1:53:36 ┃ 40 km in 14:13 · −9 s" in said
    assert "1:59:40.2 ┃ finish · −9 to −19.8 s" in said
    assert "≈ 1:58 ↔ alone on the road, ≈ km 41.7" in said


def test_the_start() -> None:
    """The start has its place and its time of day."""
    assert lines(scenes.NO_MARK)[1] == "0:00 ┃ start, Reichsbrücke, 08:15:00"
    assert lines(scenes.BEFORE)[1] == "nothing yet"


@given(st.floats(0, 7200))
def test_what_is_inferred_is_never_bold(elapsed_s: float) -> None:
    """Inferred lines are violet, without bold."""
    for line in happened.draw(scenes.vienna(elapsed_s), 50, 15, DEFAULT):
        if any("inferred" in run.text or "derived" in run.text for run in line):
            assert {run.ink.fg for run in line if run.text.strip()} == {"estimated"}
            assert not any(run.ink.bold for run in line)


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=300), st.integers(12, 60))
def test_a_long_note_is_cut(note: str, width: int) -> None:
    """A note that does not fit is cut within the panel."""
    seen = replace(scenes.MIDDLE, happened=(Happening("note", 4300.0, text=note),))
    assert all(cells(line) <= width for line in lines(seen, width))


def test_a_published_change_is_plain() -> None:
    """A change that was published has its seconds and no mark of inference."""
    change = Happening("change", 680.0, False, team="B", before="A", place_m=4000.0)
    assert lines(replace(scenes.MIDDLE, happened=(change,)))[1] == "11:20 ↔ change, team A to B"


def test_an_irregular_section_says_its_length() -> None:
    """A section that is not the course's stride is never told as if it were; the regular and the first one are plain."""
    last = scenes.MIDDLE.happened[-1]
    assert last.mark is not None
    longer = replace(last, mark=replace(last.mark, section_s=1705.0, section_m=10000.0))
    assert happened.tell(longer, scenes.MIDDLE, DEFAULT).startswith("25 km · last 10 km in 28:25")
    assert happened.tell(last, scenes.MIDDLE, DEFAULT).startswith("25 km in 14:12")
    at = Checkpoint("5km", "5 km", 5000.0)
    without = replace(scenes.MIDDLE, course=replace(scenes.VIENNA, checkpoints=(at,)))
    odd = replace(last.mark, checkpoint=at, distance_m=5000.0, section_s=649.0, section_m=2500.0)
    assert happened.tell(replace(last, mark=odd), without, DEFAULT).startswith("5 km · last 2.5 km in 10:49")
    first = replace(odd, section_s=1298.0, section_m=5000.0)
    assert happened.tell(replace(last, mark=first), without, DEFAULT).startswith("5 km in 21:38")


def test_a_lost_link_is_told_first_and_times_are_those_of_the_day() -> None:
    """Over all that was told before, with why; for an ordinary runner everything by the clock on the wall."""
    lost = Mode("offline", why="connection refused", horizon_s=scenes.GUN_S + 4300.0)
    lines = plain(happened.draw(scenes.vienna(4323.0, None, lost), 60, 6, DEFAULT)).split("\n")
    assert lines[1].split() == ["09:26", "×", "link", "lost:", "connection", "refused"]
    assert lines[2].split()[0] == "09:25" and "≈ 09:20" in lines[3]


def test_a_finish_without_a_target_has_its_time() -> None:
    """There is no gap to say it by."""
    newest = happened.newest_first(lives.arrived())[0]
    assert happened.tell(newest, lives.arrived(), DEFAULT) == "finish in 1:45:30"
