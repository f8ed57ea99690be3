"""Which provider a link belongs to."""

from __future__ import annotations

import pytest

from feeds.profiles.match import recognise
from feeds.profiles.model import shipped_profiles


@pytest.mark.parametrize(
    ("link", "name", "said"),
    [
        ("https://track.rtrt.me/e/PBP-2019#/tracker/x", "rtrt", {"event": "PBP-2019"}),
        ("https://my.raceresult.com/123456/results", "raceresult", {"event": "123456"}),
        ("https://www.athlinks.com/event/34489/results/Event/1078565/Course/1", "athlinks", {"event": "1078565"}),
        (
            "https://boston.r.mikatiming.com/2021/?content=detail&idp=9TGHS6FF&lang=EN",
            "mika",
            {"race": "boston", "year": "2021", "athlete": "9TGHS6FF"},
        ),
    ],
)
def test_a_page_s_link_answers_questions(link: str, name: str, said: dict[str, str]) -> None:
    """What stands in it need not be typed."""
    found = recognise(link, shipped_profiles())
    assert found is not None and (found[0].name, found[1]) == (name, said)


def test_any_other_link_is_nobody_s() -> None:
    """A feed of one's own, or a page that only looks like one."""
    for link in (
        "https://example.org/feed.sse",
        "https://evil.example/?x=https://track.rtrt.me/e/A",
        "http://track.rtrt.me.evil.example/e/A",
    ):
        assert recognise(link, shipped_profiles()) is None
