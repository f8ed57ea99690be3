"""Who runs near the runner."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tracker.draw import rivals
from tracker.race.snapshot import Rival, Runner, Snapshot


def race(*others: tuple[str, float]) -> Snapshot:
    """The middle of the race without pacers, others so many metres before the runner."""
    here = scenes.MIDDLE.position
    assert here is not None
    found = tuple(Rival(Runner(n.lower(), n), None, None, None, here.distance_m + metres) for n, metres in others)
    return replace(scenes.MIDDLE, rotation=None, rivals=found)


@given(st.lists(st.floats(-500, 500), max_size=9))
def test_only_the_nearest_few(metres: list[float]) -> None:
    """At most four, none farther than the reach, the nearest first."""
    found = rivals.neighbours(race(*((f"Man{i}", each) for i, each in enumerate(metres))))
    assert len(found) == min(rivals.MOST, sum(abs(each) <= rivals.NEAR_M for each in metres))
    assert [abs(n.metres) for n in found] == sorted(abs(n.metres) for n in found)


def test_no_rivals_beside_a_formation() -> None:
    """While pacers run the road is theirs."""
    assert rivals.neighbours(replace(race(("Adola", 3.0)), rotation=scenes.MIDDLE.rotation)) == []


def test_initials_that_clash_get_a_second_letter() -> None:
    """One letter where it is nobody else's, else the initial and the first later letter that tells them apart."""
    found = rivals.neighbours(race(("Adola", 1.0), ("Kipchumba", 2.0), ("Kiptum", 3.0)))
    assert [n.letters for n in found] == ["A", "Ki", "Kp"]


def test_a_gap_at_a_mat_in_words() -> None:
    """The nearest by gap, its side, and the mat; nothing where no gap is known."""
    last = scenes.MIDDLE.last
    assert last is not None
    assert rivals.nearest_at_a_mat(scenes.MIDDLE, "km") == ""
    for gap_s, said in ((-57.0, "57 s behind"), (3.0, "3 s ahead"), (0.0, "level"), (85.0, "1:25 ahead")):
        other = Rival(Runner("adola", "Guye Adola"), None, gap_s, last.checkpoint, None)
        assert rivals.nearest_at_a_mat(replace(scenes.MIDDLE, rivals=(other,)), "km") == f"Adola {said} at 25 km"
