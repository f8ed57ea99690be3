"""The list of the races that come with the program."""

from __future__ import annotations

import pytest

from feeds.feed import FeedError
from feeds.shipped import find, path, shipped


def test_every_race_of_the_list_has_its_file() -> None:
    """A name in the list opens a file of messages."""
    assert len(shipped()) >= 9
    for race in shipped():
        assert path(race.name).read_bytes().startswith(b'{"kind": "race"')
        assert find(race.name) is race


def test_the_list_says_what_a_first_frame_shows() -> None:
    """Vienna has its runner, target, mats and nine legs without a message being read."""
    vienna = find("vienna-2019")
    assert (vienna.runner_id, vienna.target_s, vienna.distance_m) == ("kipchoge", 7200, 42195)
    mats = {mat[0]: mat for mat in vienna.checkpoints}
    assert mats["5km"] == ("5km", "5 km", 5000.0, "split", True)
    assert mats["finish"] == ("finish", "finish", 42195.0, "finish", True)
    assert mats["half"][-1] is False
    assert [leg[0] for leg in vienna.legs] == list(range(1, 10))
    assert hash(vienna) == hash(find(" Vienna-2019 "))


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one() -> None:
    """The nearest names are offered, and the exit code says: not found."""
    with pytest.raises(FeedError, match=r"'viena-2019': did you mean vienna-2019") as error:
        find("viena-2019")
    assert error.value.code == 3
    with pytest.raises(FeedError, match="`paceline races` lists them"):
        path("../../etc/passwd")


def test_a_name_cannot_steer_the_terminal() -> None:
    """What was typed is shown through the one door."""
    with pytest.raises(FeedError) as error:
        find("\x1b[31mx\n")
    assert str(error.value).isprintable()
