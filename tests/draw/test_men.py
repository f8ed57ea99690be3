"""The formation on the road."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tracker.draw import men
from tracker.draw.ink import Canvas
from tracker.draw.strip import Strip
from tracker.race.snapshot import Leg, Pacer

LEG = Leg(1, "A", 0.0, 4000.0, "derived", size=7)


def pacer(slot: str, name: str | None = None) -> Pacer:
    """A man in a slot."""
    return Pacer(slot, name, "captain" if slot == "captain" else "pacer", "derived")


def test_all_seven_without_names() -> None:
    """A size without slots fills the whole formation."""
    assert set(men.taken(LEG)) == set(scenes.SLOTS)


def test_a_man_known_by_side() -> None:
    """Front right is one of the two places on that side."""
    alone = replace(LEG, size=1, slots=(pacer("front_right"),))
    assert men.taken(alone) == ("right_outer",)


@given(st.lists(st.sampled_from((*scenes.SLOTS, "front_right", "unplaced")), max_size=9), st.integers(0, 9))
def test_no_place_twice(slots: list[str], size: int) -> None:
    """Each place holds one man, and never more men are drawn than there are places."""
    placed = men.taken(replace(LEG, size=size, slots=tuple(pacer(s) for s in slots)))
    assert len(set(placed)) == len(placed) <= 7


@given(st.integers(12, 300), st.floats(-300, -20), st.floats(20, 300))
def test_ranks_never_meet(width: int, low: float, high: float) -> None:
    """However small the scale: rear pair, runner, captain, inner wings and outer wings stand in this order, apart."""
    strip = Strip(Canvas(width, 8), 2, 5, True, low, high)
    ranks = men.columns(strip)
    assert ranks[-2.6] < strip.at(0) - 1 and strip.at(0) + 1 < ranks[2.2] < ranks[4.4] < ranks[men.FRONT_M]


def test_the_v_opens_forwards() -> None:
    """The captain runs in the runner's row before him, the wings farther out the farther ahead."""
    canvas = Canvas(114, 8)
    strip = Strip(canvas, 2, 5, True, -50.0, 30.0)
    men.draw(strip, LEG, flat=False)
    found = {(y - strip.middle, x - strip.at(0)) for y in range(8) for x in range(114) if canvas.char(x, y) in "●◉"}
    assert found == {(0, 3), (-1, 6), (1, 6), (-2, 9), (2, 9), (-1, -4), (1, -4)}


def test_names() -> None:
    """Unnamed slots say so; a known captain is named."""
    wordings = ["".join(w.text for w in words) for words in men.legend(LEG, ascii_only=False)]
    assert wordings[0] == "◉ captain  ● pacer · names not published"
    known = replace(LEG, slots=(pacer("captain", "Brett Robinson"), pacer("front_right", "Jack Rayner")))
    wordings = ["".join(w.text for w in words) for words in men.legend(known, ascii_only=False)]
    assert wordings[0] == "◉ Robinson, captain  ● pacer · Rayner (front right) · other names not published"
