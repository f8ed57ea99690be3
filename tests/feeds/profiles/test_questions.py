"""A profile's questions, and the links that answer them."""

from __future__ import annotations

import pytest

from feeds.feed import FeedError
from feeds.profiles.model import load
from feeds.profiles.questions import answers

RTRT = load("rtrt")
KEY = {"PACELINE_RTRT_APPID": "secret"}


def test_what_is_missing_is_named_with_what_it_is_for_and_who_can_get_it() -> None:
    """Only where it is needed: a file asks for nothing that a request needs."""
    for given, environ, says in (
        ({}, KEY, "rtrt needs event: the race as RTRT.me calls it"),
        ({"event": "X"}, {}, "a stranger can get it: no"),
    ):
        with pytest.raises(FeedError) as error:
            answers(RTRT, given, environ, for_requests=True)
        assert says in str(error.value) and error.value.code == 2
    assert answers(RTRT, {}, {}, for_requests=False).open == {}


def test_a_secret_comes_from_the_environment_and_is_shown_nowhere() -> None:
    """Typed, it is refused, and not repeated."""
    found = answers(RTRT, {"event": "X"}, KEY, for_requests=True)
    assert "secret" not in repr(found) and found.open == {"event": "X"} and found.all()["appid"] == "secret"
    with pytest.raises(FeedError, match="PACELINE_RTRT_APPID") as error:
        answers(RTRT, {"appid": "hidden"}, {}, for_requests=True)
    assert "hidden" not in str(error.value)
    found.keep("token", "t0ken")
    assert "t0ken" not in repr(found) and found.all()["token"] == "t0ken"


def test_an_answer_to_nothing_names_the_nearest_question() -> None:
    """A slip is not passed over."""
    with pytest.raises(FeedError, match="did you mean event"):
        answers(RTRT, {"evnt": "X"}, KEY, for_requests=True)


def test_defaults_hold_where_nothing_was_said() -> None:
    """And the user's word goes before."""
    found = [
        answers(load("raceresult"), {"event": "1", "list": "L", **more}, {}, for_requests=True).open["contest"]
        for more in ({}, {"contest": "2"})
    ]
    assert found == ["0", "2"]


def test_what_only_a_request_needs_stands_for_itself_in_a_file() -> None:
    """A page that was saved is of some runner; one that is asked for has to be of one that was said."""
    mika = load("mika")
    assert answers(mika, {}, {}, for_requests=False).open["athlete"] == "runner"
    with pytest.raises(FeedError, match="mika needs race"):
        answers(mika, {}, {}, for_requests=True)
