"""The road."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tracker.draw import road, target
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.plan import even
from tracker.race.snapshot import PacerSeen, Rival, Rotation, Runner, Snapshot

SCENES = (
    scenes.MIDDLE, scenes.BEHIND, scenes.BEFORE, scenes.NO_MARK, scenes.FINISHED, scenes.NO_TARGET, scenes.overdue(),
    scenes.out(), scenes.unknown_course(), scenes.with_ghost(), Snapshot(),
)  # fmt: skip
LOOKS = (DEFAULT, Look(ascii=True), Look(units="mi"), Look(focus="road"))


def text(snapshot: Snapshot, width: int = 114, height: int = 8, look: Look = DEFAULT) -> list[str]:
    """The panel as rows of text."""
    return plain(road.draw(snapshot, width, height, look)).split("\n")


def with_line(metres: float, snapshot: Snapshot = scenes.MIDDLE) -> Snapshot:
    """The scene with the line so many metres before the runner."""
    assert snapshot.gap is not None
    return replace(snapshot, gap=replace(snapshot.gap, metres=metres))


def rival(name: str, metres: float) -> Rival:
    """A rival so many metres before the runner."""
    assert scenes.MIDDLE.position is not None
    return Rival(Runner(name.lower(), name), None, None, None, scenes.MIDDLE.position.distance_m + metres)


@given(
    st.sampled_from(SCENES), st.integers(1, 240), st.integers(1, 40), st.sampled_from(LOOKS), st.booleans(),
    st.one_of(st.none(), st.floats(-3000, 3000)),
)  # fmt: skip
def test_every_cell_is_drawn_once(
    snapshot: Snapshot, width: int, height: int, look: Look, alone: bool, metres: float | None
) -> None:
    """Whatever the state and the size: so many lines of so many cells, ASCII where that is asked for."""
    if metres is not None and snapshot.gap is not None:
        snapshot = with_line(metres, snapshot)
    lines = road.draw(replace(snapshot, rotation=None) if alone else snapshot, width, height, look)
    assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
    assert not look.ascii or all(run.text.isascii() for line in lines for run in line)


def test_the_middle_of_the_race() -> None:
    """Line, distance, men, laser, 15 m, car, each on its cell."""
    assert text(scenes.MIDDLE) == [
        "THE ROAD   formation 6 of 9 · inferred   km ≈ 25.37                         change in ≈ 5 min · team C · ≈ km 27.2",
        "─────────────┬──────────────────────────────────────────────────────── ◉ captain  ● pacer · names not published ──",
        "             ╎                                                                  ● ┃",
        "             ╎                                                     ●         ●    ┃                  ╭──┬─╮",
        "             ╎                                                         K  ◉       ┃ ├──── 15 m ────┤ │  │ │",
        "             ╎                                                     ●         ●    ┃                  ╰──┴─╯",
        "             ╎├───────────────────── ≈ 41 m ahead ─────────────────────┤        ● ┃",
        "────── 2:00:00 line ────────────────────────────────────────────── Kipchoge ── laser (place derived) ─ car ───────",
    ]


def test_three_rows() -> None:
    """At 80 columns the names stand in the strip and the bracket below it."""
    assert text(scenes.MIDDLE, 76, 5) == [
        "THE ROAD   formation 6 of 9 · inferred         team C in ≈ 5 min · ≈ km 27.2",
        "        ╎ 2:00:00                           ●      ● ● ┃           ╭──┬─╮",
        "        ╎                                      K  ◉    ┃ ├ 15 m ─┤ │  │ │",
        "        ╎                                   ●      ● ● ┃           ╰──┴─╯",
        "         ├─────────── ≈ 41 m ahead ────────────┤       laser (place derived)",
    ]


@pytest.mark.parametrize("height", [5, 7, 8, 10])
@given(metres=st.floats(-3000, 3000))
def test_the_bracket_runs_through_nobody(height: int, metres: float) -> None:
    """The row of the distance holds no man before or behind the runner, between his cell and the line's."""
    lines = text(with_line(metres), 114, height)
    row = next((line for line in lines[2:] if "├" in line and " m " in line and "15 m" not in line), "")
    first, last = row.find("├"), max(row.find("┤"), row.find("→"))
    assert not set("●◉K┃") & set(row[first : last + 1])


@given(st.floats(-199, 199))
def test_the_window_does_not_crawl(metres: float) -> None:
    """Its ends are whole tens of metres, and line and runner are inside."""
    low, high = road.window(with_line(metres))
    assert low % 10 == 0 and high % 10 == 0
    assert low <= min(0.0, metres) - 5 and high >= max(0.0, metres) + 5


@pytest.mark.parametrize("metres", [-41.0, -30.0, -5.0, 0.0, 8.0, 21.0])
def test_near_lines_share_one_window(metres: float) -> None:
    """As long as nothing leaves it, the window stays as it is."""
    assert road.window(with_line(metres)) == (-50.0, 30.0)


def test_a_far_line_stands_at_the_edge() -> None:
    """Over 200 m: an arrow and the distance."""
    behind = text(with_line(-target.FAR_M - 140))
    assert behind[3][0] == "╎" and "╎←──" in behind[6] and "≈ 340 m ahead" in behind[6]
    ahead = text(with_line(target.FAR_M + 60))
    assert ahead[3][-1] == "╎" and ahead[6].endswith("──→╎") and "≈ 260 m behind" in ahead[6]


def test_level() -> None:
    """Half a metre is level, said in words."""
    assert "≈ level with the line" in text(with_line(-0.3))[6]


def test_before_the_gun() -> None:
    """No line yet: he and it set off together."""
    lines = text(scenes.BEFORE)
    assert lines[0].endswith("first change ≈ 0:11 · team B · ≈ km 4.0")
    assert lines[3].startswith("  waiting for the gun") and lines[4].startswith(
        "  he and the 2:00:00 line set off together"
    )
    assert not any("╎" in line for line in lines)


def test_before_the_first_mark() -> None:
    """The line's place beside him is not known, and whose pace his own rests on is said."""
    lines = text(scenes.NO_MARK)
    assert lines[1].startswith("────────── km ≈ 3.2, at the laser's pace ──")
    assert lines[4].startswith("  the line's place beside him: not known before 5 km")
    assert text(scenes.NO_MARK, 76, 5)[2].startswith("  line not known before 5 km")


def test_the_finish() -> None:
    """Alone, the finish line beside him, the line where it was."""
    lines = text(scenes.FINISHED)
    assert lines[0].startswith("THE ROAD   alone since ≈ km 41.7")
    assert "≈ 116 m ahead" in lines[6] and " K ┃" in lines[4]
    assert lines[7].endswith(" Kipchoge ─ finish ─────")


def test_overdue() -> None:
    """A bound says so and wears no ≈."""
    (row,) = [line for line in text(scenes.overdue()) if "├─" in line and "behind" in line]
    assert "at least" in row and "≈" not in row


def test_the_nearest_rivals() -> None:
    """Without pacers the rivals stand on the strip, in metres; one far off does not."""
    race = replace(scenes.MIDDLE, rotation=None, rivals=(rival("Adola", -3), rival("Kipsang", 14), rival("Far", 900)))
    lines = text(race)
    assert lines[0].startswith("THE ROAD   the nearest rivals")
    assert "Adola ≈ 3 m behind" in lines[7] and "Kipsang ≈ 14 m ahead" in lines[7] and "Far" not in "".join(lines)


def test_a_ghost_nearby() -> None:
    """A ghost within reach is a chip of its own."""
    race = scenes.with_ghost()
    assert race.ghost is not None
    lines = text(replace(race, rotation=None, ghost=replace(race.ghost, metres=-30.0)))
    assert "Berlin 2018 ≈ 30 m behind" in lines[7] and " G " in lines[4]


def test_a_lone_runner_between_two_mats() -> None:
    """Nothing to measure against but the mats: the course from the last one to the next."""
    lines = text(replace(scenes.NO_TARGET, rotation=None))
    assert lines[0].startswith("THE ROAD   where he probably is") and lines[0].endswith("km ≈ 25.37")
    assert "┃ seen 1:10:59" in lines[2] and "╎ due" in lines[2] and "≈ K" in lines[4]
    assert [word for word in lines[7].split() if word.isdigit()] == ["25", "26", "27", "28", "29", "30"]


def test_ordinary_pacers() -> None:
    """Pacers known by mats are counted until they are out."""
    seen = tuple(PacerSeen(Runner(n.lower(), n), None, None, n == "Boit") for n in ("Boit", "Kirui", "Kipyego"))
    lines = text(replace(scenes.MIDDLE, rotation=Rotation(pacers=seen, inferred=False)))
    assert lines[0].startswith("THE ROAD   2 of 3 pacers · Kirui, Kipyego")


def test_out_of_the_race() -> None:
    """Status and last mark in words, no formation."""
    lines = text(scenes.out())
    assert "DNF" in lines[3] and "last seen at 25 km, 1:10:59" in lines[4] and "●" not in "".join(lines)


def test_course_unknown() -> None:
    """Without distances there is no road, and that is said."""
    assert "course unknown" in text(scenes.unknown_course())[4]


def test_miles() -> None:
    """Miles and yards everywhere at once."""
    lines = text(scenes.MIDDLE, look=Look(units="mi"))
    assert "mi ≈ 15.76" in lines[0] and "≈ mi 16.9" in lines[0] and "≈ 45 yd ahead" in lines[6] and "16 yd" in lines[4]


def test_the_focused_label_is_in_reverse() -> None:
    """Focus shows in the label, not in a frame."""
    (label, *_), *_ = road.draw(scenes.MIDDLE, 114, 8, Look(focus="road"))
    assert label.text == "THE ROAD" and (label.ink.fg, label.ink.bg) == ("bg", "muted")


def test_a_long_name_pushes_nothing_off() -> None:
    """Names from outside are cut."""
    race = replace(scenes.MIDDLE, runner=Runner("x", "X" * 60), plan=even("P" * 60, 42195.0, 7200.0))
    assert all(len(line) <= 114 for line in text(race))


def test_rivals_take_the_place_of_the_lone_strip() -> None:
    """Without pacers and without a target the nearest rivals stand on the strip, to scale, not the mats."""
    race = replace(scenes.NO_TARGET, rotation=None, rivals=(rival("Adola", -3), rival("Kipsang", 14)))
    lines = text(race)
    assert lines[0].startswith("THE ROAD   the nearest rivals")
    assert "Adola ≈ 3 m behind" in lines[7] and not any("seen" in line for line in lines)


def test_men_side_by_side_are_told_apart() -> None:
    """A rival at the runner's place is level, and no two chips bear the same letters."""
    race = replace(scenes.NO_TARGET, rotation=None, rivals=(rival("Kipchumba", 0.2), rival("Korir", 9)))
    lines = text(race)
    assert "Kipchumba ≈ level" in lines[7] and "0 m" not in lines[7]
    assert {word for line in lines[2:7] for word in line.split()} == {"K", "Ki", "Ko"}
    assert lines[7].index("Kipchumba") < lines[7].index("Kipchoge") < lines[7].index("Korir ≈ 9 m ahead")


def test_a_due_mat_makes_the_distance_a_bound() -> None:
    """From the moment the mat is due the line may be nearer than it is drawn: `at most`, never `≈`."""
    due = scenes.MIDDLE.due
    assert due is not None
    seen = replace(with_line(-41.0), due=replace(due, state="due"))
    assert any("at most 41 m ahead" in line for line in text(seen))
