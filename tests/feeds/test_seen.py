"""A split as bare values says what the message says."""

from __future__ import annotations

from hypothesis import given

from feeds.events import Event, Split
from feeds.seen import Seen, full
from tests.race.made import EVENTS


@given(EVENTS)
def test_a_split_comes_out_as_it_went_in(event: Event) -> None:
    """Every attribute is that of the message, and the message can be had again."""
    if not isinstance(event, Split):
        assert full(event) is event
        return
    seen = Seen(event.form, event.values, event.message_id)
    for name in Split.model_fields:
        assert getattr(seen, name) == getattr(event, name), name
    assert (seen.at_s, seen.sent_s) == (event.at_s, event.sent_s)
    assert full(seen) == event
    assert hash(full(seen)) == hash(event)
