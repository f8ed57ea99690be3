"""The store of reads: bounded work a read, copies that cost a pointer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Split
from tests.race.made import at, split
from tracker.race.reads import Reads


def _split(checkpoint: str, seconds: float, athlete: str) -> Split:
    made = split(checkpoint, seconds, athlete)
    assert isinstance(made, Split)
    return made


ONE = st.builds(_split, st.sampled_from(["5km", "10km"]), st.sampled_from([1.0, 2.0, 3.0]), st.sampled_from("abc"))


def contents(reads: Reads) -> dict[str, set[str]]:
    return {athlete: {read.canonical for read in reads.of(athlete)} for athlete in sorted(reads.athletes())}


@given(st.lists(ONE, max_size=8), st.lists(st.tuples(st.booleans(), ONE), max_size=12))
def test_a_copy_is_worth_a_copy(first: list[Split], then: list[tuple[bool, Split]]) -> None:
    """However two copies go on, each holds what it was told and no more."""
    ours = Reads()
    for e in first:
        ours.add(e)
    theirs = ours.copy()
    told: dict[bool, list[Split]] = {True: list(first), False: list(first)}
    for mine, e in then:
        fresh = e not in told[mine]
        assert (ours if mine else theirs).add(e) == fresh
        told[mine].append(e)
    for mine, reads in ((True, ours), (False, theirs)):
        plain = Reads()
        for e in told[mine]:
            plain.add(e)
        assert contents(reads) == contents(plain)
        assert reads.athlete_count == len(contents(plain))


def test_races_are_counted_by_name() -> None:
    """How many reads name which race is known for each copy by itself."""
    reads = Reads()
    for named in (split("5km", 1, race="x"), split("5km", 2, race="x"), split("5km", 3)):
        assert isinstance(named, Split)
        reads.add(named)
    twin = reads.copy()
    more = split("5km", 4, race="y")
    assert isinstance(more, Split)
    twin.add(more)
    assert (reads.races["x"], reads.races.get("y", 0)) == (2, 0)
    assert (twin.races["x"], twin.races["y"]) == (2, 1)


def test_instants_are_posix_seconds() -> None:
    """One instant in two zones is one instant."""
    reads = Reads()
    here, there = (
        split("5km", at="2020-09-13T14:26:40+02:00", sent=at(9)),
        split("5km", at="2020-09-13T12:26:40Z", sent=at(9)),
    )
    assert isinstance(here, Split) and isinstance(there, Split)
    assert reads.add(here)
    assert not reads.add(there)
    (read,) = reads.of("a")
    assert (read.at, read.sent) == (1600000000.0, 1600000009.0)
