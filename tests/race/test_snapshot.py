"""The snapshot's values: frozen, compared by identity, with an empty one to start from."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest

from tests.race.made import fold, race, split, view
from tracker.race import snapshot as module
from tracker.race.snapshot import EMPTY, RaceInfo, Runner, Snapshot


def test_every_value_is_frozen_and_compared_by_identity() -> None:
    """Two snapshots of the same moment are two values, and none can be changed."""
    told = fold(race(), split("5km", 850))
    one, other = view(told, 900), view(told, 900)
    assert one != other
    assert one == one  # noqa: PLR0124  identity is the law
    with pytest.raises(FrozenInstanceError):
        one.now_s = 0.0  # type: ignore[misc]
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and is_dataclass(kind)]
    own = [kind for kind in kinds if kind.__module__ == module.__name__]
    assert Snapshot in own
    assert all(kind.__dataclass_params__.frozen and not kind.__dataclass_params__.eq for kind in own)  # type: ignore[attr-defined]


def test_the_empty_one_says_nothing() -> None:
    """EMPTY is a snapshot as any other, of a race nobody has told of."""
    assert (EMPTY.phase, EMPTY.marks, EMPTY.gap, EMPTY.course.known) == ("empty", (), None, False)
    assert {f.name for f in fields(EMPTY)} >= {"race", "runner", "gap", "happened", "rotation"}


@pytest.mark.parametrize(
    ("runner", "surname", "initial"),
    [
        (Runner(id="1", name="Eliud Kipchoge"), "Kipchoge", "K"),
        (Runner(id="1", name="özbilen"), "özbilen", "Ö"),
        (Runner(id="1", bib="407"), "407", "4"),
        (Runner(id="x9"), "x9", "X"),
        (Runner(), "", "?"),
    ],
)
def test_a_runner_has_a_surname_and_an_initial(runner: Runner, surname: str, initial: str) -> None:
    """The last word of the name, else the bib, else the id; one character for the road."""
    assert (runner.surname, runner.initial) == (surname, initial)


@pytest.mark.parametrize(
    ("info", "title"),
    [
        (RaceInfo(id="b", name="Berlin Marathon", place="Berlin", date="2018-09-16"), "Berlin 2018"),
        (RaceInfo(id="b", name="Berlin Marathon", date="2018-09-16"), "Berlin Marathon"),
        (RaceInfo(id="b", name="Berlin Marathon", place="Berlin"), "Berlin Marathon"),
        (RaceInfo(id="b"), "b"),
    ],
)
def test_a_race_is_called_by_place_and_year(info: RaceInfo, title: str) -> None:
    """Where one of them is not known, by its name, else its id."""
    assert info.title == title
