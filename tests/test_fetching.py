"""What a live feed says now."""

from __future__ import annotations

import pytest

from feeds.feed import Delivery, FeedError, Link
from tests.feeding import REFUSED, MadeFeed, deliveries
from tests.watching import RUN
from tracker import fetching
from tracker.fetching import drained

LINES = deliveries(*RUN)


def test_a_feed_with_an_end_is_read_to_it() -> None:
    """Everything comes, in its order, with no instant of ours: nobody can say when a file was received."""
    assert list(drained(MadeFeed(Link("live"), *LINES, Link("ended")))) == [Link("live"), *LINES, Link("ended")]


def test_more_than_a_batch_comes_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one batch ends and the next begins makes no difference."""
    monkeypatch.setattr(fetching, "BATCH", 2)
    assert list(drained(MadeFeed(*LINES))) == LINES


def test_a_live_feed_is_left_when_it_pauses() -> None:
    """What it said by then is there, each message with the instant of its receipt; the feed is let go."""
    feed = MadeFeed(*LINES, 3600.0, has_end=False)
    found = list(drained(feed, quiet_s=0.02, wall=lambda: 1234.5))
    assert found == [line._replace(received_s=1234.5) for line in LINES]
    assert feed.closed


def test_a_live_feed_that_never_pauses_is_left_in_time() -> None:
    """A flood is listened to for so long, and no longer."""
    feed = MadeFeed(*LINES * 1000, has_end=False)
    found = list(drained(feed, most_s=0.0))
    assert 0 < len(found) < len(LINES) * 1000


def test_a_link_that_breaks_later_ends_the_listening() -> None:
    """The doctor does not wait for the next attempt."""
    found = list(drained(MadeFeed(*LINES[:1], Link("offline", "closed", 9.0), *LINES, has_end=False)))
    assert [type(item) for item in found] == [Delivery, Link]


@pytest.mark.parametrize("first", [REFUSED, Link("offline", "HTTP 404: not found", None, 3)])
def test_a_feed_that_cannot_be_had_is_an_error_with_its_code(first: FeedError | Link) -> None:
    """Nothing was heard: the first attempt's own line and exit code."""
    with pytest.raises(FeedError, match="404") as error:
        list(drained(MadeFeed(first, has_end=False)))
    assert error.value.code == 3
