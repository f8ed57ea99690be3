"""The pages of an answer."""

from __future__ import annotations

import pytest

from feeds.profiles.asking import Paging
from feeds.profiles.paging import goes_on, page_name, page_of


def test_a_page_s_name_tells_group_and_number() -> None:
    """Also where the group ends with a number of its own; what is no page has none."""
    assert page_of(page_name("athlete R1,R 2", 3)) == ("athlete R1,R 2", 3)
    assert page_of("points") is None and page_of("") is None


@pytest.mark.parametrize(
    ("rows", "size", "goes"),
    [
        ([1, 2], 2, True),
        ([1], 2, False),
        ([], 2, False),
        ([1], None, True),
        (None, None, False),
        ({"a": 1}, None, True),
    ],
)
def test_a_page_goes_on_while_it_is_full(rows: object, size: int | None, goes: bool) -> None:
    """Where no size is known, while it has any rows."""
    assert goes_on(Paging(rows="list", size=size), {"list": rows}) is goes
    assert not goes_on(None, {"list": rows})
