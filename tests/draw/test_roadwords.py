"""What stands over the road."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import lives, scenes
from tests.draw.test_road import LOOKS, SCENES
from tracker.draw import roadwords
from tracker.draw.ink import Canvas, plain
from tracker.draw.look import DEFAULT, Look
from tracker.draw.parts import Words
from tracker.race.course import Course
from tracker.race.snapshot import Happening, PacerSeen, Rival, Rotation, Runner, Snapshot, Standing


def text(words: Words) -> str:
    """A row of words without its inks."""
    return "".join(word.text for word in words)


def said(snapshot: Snapshot, width: int = 114) -> list[str]:
    """What stands left in the title."""
    return [text(piece) for piece in roadwords.left(snapshot, DEFAULT, width)]


def coming(snapshot: Snapshot, look: Look = DEFAULT) -> list[str]:
    """What stands right in the title, each wording."""
    return [text(choice) for choice in roadwords.right(snapshot, look)]


def title(snapshot: Snapshot, width: int, look: Look = DEFAULT, *, with_place: bool = True) -> str:
    """The title row."""
    canvas = Canvas(width, 1, ascii_only=look.ascii)
    roadwords.title(canvas, snapshot, look, with_place=with_place)
    return plain(canvas.lines())


def published(snapshot: Snapshot = scenes.MIDDLE) -> Snapshot:
    """The scene with changes of pacers that were published."""
    assert snapshot.rotation is not None
    return replace(snapshot, rotation=replace(snapshot.rotation, inferred=False))


def place(quality: Standing) -> tuple[str, str]:
    """The place of the middle scene when it is known so well, and its ink."""
    assert scenes.MIDDLE.position is not None
    here = replace(scenes.MIDDLE.position, distance_m=25379.9, quality=quality)
    (word,) = roadwords.place(replace(scenes.MIDDLE, position=here), "km")
    return word.text, word.fg


def test_a_place_says_how_well_it_is_known() -> None:
    """Plain at a mat, with ≈ between, a bound where the mat is overdue; cut in each case."""
    assert place("measured") == ("km 25.37", "text")
    assert place("estimated") == ("km ≈ 25.37", "estimated")
    assert place("at_least") == ("past km 25.37", "behind")


def test_before_a_mark_a_place_is_rough() -> None:
    """A tenth, and whose pace it rests on; nowhere before the gun."""
    assert text(roadwords.place(scenes.NO_MARK, "km")) == "km ≈ 3.2"
    assert roadwords.basis(scenes.NO_MARK) == ", at the laser's pace"
    assert roadwords.basis(scenes.MIDDLE) == "" == roadwords.basis(scenes.BEFORE)
    assert not roadwords.place(scenes.BEFORE, "km") and not roadwords.place(scenes.out(), "km")


def test_the_formation() -> None:
    """Which of how many; what is inferred says so, in the estimate's ink."""
    assert said(scenes.MIDDLE) == ["formation 6 of 9 · inferred"] and said(published()) == ["formation 6 of 9"]
    assert said(scenes.MIDDLE, 190) == ["formation 6 of 9 · team D · inferred", "≈ km 23.1 to ≈ km 27.2"]
    assert roadwords.left(scenes.MIDDLE, DEFAULT, 114)[0][0].fg == "estimated"
    assert roadwords.left(published(), DEFAULT, 114)[0][0].fg == "text"


@given(st.floats(-600, 7200), st.sampled_from(LOOKS))
def test_what_is_inferred_has_no_seconds(elapsed_s: float, look: Look) -> None:
    """A change that nobody published comes with ≈ and without seconds, and every wording is shorter than the last."""
    choices = coming(scenes.vienna(elapsed_s), look)
    assert [len(c) for c in choices] == sorted((len(c) for c in choices), reverse=True)
    for choice in choices:
        assert "≈" in choice or "under 1 min" in choice or choice == "the last formation"
        assert choice.count(":") <= 1


def test_what_comes_next() -> None:
    """In how long, who, where; before the gun at which time; nothing once he is alone or the race is over."""
    assert coming(scenes.MIDDLE) == [
        "change in ≈ 5 min · team C · ≈ km 27.2", "team C in ≈ 5 min · ≈ km 27.2", "team C · ≈ km 27.2", "≈ km 27.2",
    ]  # fmt: skip
    assert coming(published())[0] == "change in 5 min · team C · km 27.2"
    assert coming(scenes.BEFORE)[0] == "first change ≈ 0:11 · team B · ≈ km 4.0"
    assert coming(scenes.vienna(6500.0)) == ["the last formation"]
    assert coming(scenes.FINISHED) == [] == coming(replace(scenes.MIDDLE, rotation=None))
    assert coming(scenes.MIDDLE, Look(units="mi"))[-1] == "≈ mi 16.9"


def test_alone() -> None:
    """Since where, and what was told of it where there is room: the feed's words before the program's."""
    alone = scenes.vienna(7150.0)
    assert said(alone) == ["alone since ≈ km 41.7 · the pacers opened and let him go"]
    assert said(alone, 60) == ["alone since ≈ km 41.7"]
    told = replace(alone, happened=(*alone.happened, Happening("alone", 7098.0, text="waved on")))
    assert said(told) == ["alone since ≈ km 41.7 · waved on"]


def test_pacers_seen_by_mats() -> None:
    """They are counted and named where there is room, until all are out."""

    def seen(*out: bool) -> Snapshot:
        pacers = tuple(PacerSeen(Runner(str(i), f"Pacer{i}"), None, None, gone) for i, gone in enumerate(out))
        return replace(scenes.MIDDLE, rotation=Rotation(pacers=pacers, inferred=False))

    assert said(seen(False, True, False)) == ["2 of 3 pacers · Pacer0, Pacer2"]
    assert said(seen(False, True, False), 60) == ["2 of 3 pacers"]
    assert said(seen(True, True)) == ["the pacers are out"]


def test_a_ghost_beside_nobody_else() -> None:
    """Without pacers the ghost is named, with its metres and its side."""
    race = scenes.with_ghost()
    assert race.ghost is not None
    assert said(replace(race, rotation=None)) == ["ghost Berlin 2018 ≈ 500 m behind"]
    before = replace(race, rotation=None, ghost=replace(race.ghost, metres=41.0))
    assert said(before) == ["ghost Berlin 2018 ≈ 41 m ahead"]


@pytest.mark.parametrize(
    ("sex", "who"), [("M", "he probably is"), ("W", "she probably is"), (None, "they probably are")]
)
def test_a_lone_runner(sex: str | None, who: str) -> None:
    """He, she, or they where the feed does not say."""
    lone = replace(scenes.NO_TARGET, rotation=None, runner=replace(scenes.KIPCHOGE, sex=sex))
    assert said(lone) == [f"where {who}"]


def test_why_there_is_no_line() -> None:
    """Each state without a line says why, and one with a line says nothing."""

    def why(snapshot: Snapshot) -> list[str]:
        return [long for long, _, _ in roadwords.unknown(snapshot, "km")]

    assert why(scenes.MIDDLE) == []
    assert why(scenes.unknown_course()) == ["course unknown: no line, no metres"]
    assert why(scenes.NO_MARK) == ["the line's place beside him: not known before 5 km"]
    assert why(scenes.BEFORE) == ["waiting for the gun", "he and the 2:00:00 line set off together"]
    assert why(replace(scenes.BEFORE, plan=None)) == ["waiting for the gun"]
    assert why(scenes.out()) == ["DNF", "last seen at 25 km, 1:10:59"]
    assert why(replace(scenes.out("DNS"), last=None)) == ["DNS · no mark passed"]
    assert why(replace(scenes.BEFORE, course=Course())) == ["course unknown: no line, no metres"]


@given(st.sampled_from(SCENES), st.integers(0, 240), st.sampled_from(LOOKS), st.booleans())
def test_a_title_is_whole_words(snapshot: Snapshot, width: int, look: Look, with_place: bool) -> None:
    """What does not fit is left out, never cut: after the name each piece stands whole or not at all."""
    row = title(snapshot, width, look, with_place=with_place)
    canvas = Canvas(0, 0, ascii_only=look.ascii)
    pieces = [
        *roadwords.left(snapshot, look, width),
        *roadwords.right(snapshot, look),
        roadwords.place(snapshot, look.units),
    ]
    rest = row.removeprefix("THE ROAD").removeprefix("ROAD").strip()
    for piece in sorted((canvas.said(text(p)) for p in pieces), key=len, reverse=True):
        rest = rest.replace(piece, "", 1) if piece else rest
    assert width < len("ROAD") or not rest.strip()


@pytest.mark.parametrize(
    ("width", "row"),
    [(114, "THE ROAD   formation 6 of 9 · inferred   km ≈ 25.37" + " " * 25 + "change in ≈ 5 min · team C · ≈ km 27.2"),
     (76, "THE ROAD   formation 6 of 9 · inferred         team C in ≈ 5 min · ≈ km 27.2"),
     (40, "ROAD   formation 6 of 9 · inferred"), (20, "ROAD       ≈ km 27.2")],
)  # fmt: skip
def test_titles(width: int, row: str) -> None:
    """The most important pieces stay longest."""
    assert title(scenes.MIDDLE, width) == row


def test_far_rivals_are_not_called_near() -> None:
    """`the nearest rivals` stands only over a strip that shows one."""
    assert scenes.MIDDLE.position is not None
    here = scenes.MIDDLE.position.distance_m
    race = replace(scenes.MIDDLE, rotation=None)
    for metres, near in ((20.0, True), (-900.0, False)):
        other = Rival(Runner("adola", "Guye Adola"), None, None, None, here + metres)
        assert ("the nearest rivals" in said(replace(race, rivals=(other,)))) is near


def test_who_was_nearest_at_the_last_common_mat() -> None:
    """Where nobody is near enough to be drawn, the title says who was nearest at a mat both passed."""
    last = scenes.NO_TARGET.last
    assert last is not None
    others = tuple(
        Rival(Runner(name.lower(), name), None, gap_s, last.checkpoint, None)
        for name, gap_s in (("Adola", -85.0), ("Kipsang", -57.0))
    )
    race = replace(scenes.NO_TARGET, rotation=None, rivals=others)
    assert said(race) == ["where he probably is", "Kipsang 57 s behind at 25 km"]


def test_an_overdue_runner_is_not_probably_anywhere() -> None:
    """Overdue without a target: the title says since when nobody has seen the runner."""
    seen = scenes.overdue()
    assert said(replace(seen, plan=None, gap=None, rotation=None)) == ["not seen since 25 km"]


def test_after_the_end_the_runner_is_where_they_were_seen() -> None:
    """Nothing is probable any more, and nobody is to blame: no colour of what is wrong."""
    assert said(lives.over())[0] == "not seen since 5 km"
    assert all(word.fg != "behind" for piece in roadwords.left(lives.over(), DEFAULT, 114) for word in piece)


def test_before_the_first_mat_the_road_says_where_to() -> None:
    """Where nothing tells how far a runner is."""
    assert said(lives.started()) == ["on the way to 5 km"]
