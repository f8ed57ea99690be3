"""Instants on the wire."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from feeds.instant import Instant

INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=OFFSETS))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_every_instant_comes_through_whole(when: datetime) -> None:
    """An instant written as RFC 3339 is read back to the microsecond, in its own offset."""
    read = INSTANT.validate_python(when.isoformat())
    assert (read, read.utcoffset()) == (when, when.utcoffset())


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=OFFSETS))  # noqa: DTZ001 - as above
def test_every_instant_can_be_shown_in_any_zone(when: datetime) -> None:
    """No instant that is let in overflows where it is turned into a time of day."""
    read = INSTANT.validate_python(when.isoformat())
    for hours in (-14, 14):
        assert datetime.fromtimestamp(read.timestamp(), timezone(timedelta(hours=hours))).tzinfo


@pytest.mark.parametrize(
    "text",
    [
        "1570861752",
        "2019-10-12",
        "2019-10-12T08:15:00",
        "2019-10-12T08:15Z",
        "2019-13-12T08:15:00Z",
        "2019-10-12T23:59:60Z",
        "2019-10-12T08:15:00+0200",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "２０１９-10-12T08:15:00Z",
        "2019-10-12T08:15:00Z\n",
        "",
        1570861752,
        None,
    ],
)
def test_what_is_no_instant_is_refused(text: object) -> None:
    """Numbers, days, local times and years that no zone can show are refused with an example of what is wanted."""
    with pytest.raises(ValidationError, match="such as 2019-10-12T08:15:00"):
        INSTANT.validate_python(text)


def test_small_letters_and_nanoseconds_are_read() -> None:
    """RFC 3339 allows `t` and `z`, and clocks may say more digits than we keep."""
    assert INSTANT.validate_python("2019-10-12t08:15:00.123456789z") == datetime(2019, 10, 12, 8, 15, 0, 123456, UTC)
