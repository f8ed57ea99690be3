"""Messages as they are kept say what they said."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.made import ATHLETES, EVENTS, at, event, race
from tracker.race.entry import Forms, canonical, entry_of, plain, text_of
from tracker.race.ledger import Ledger


def test_canonical_json_is_sorted_short_and_without_rank() -> None:
    """Names in order, no spaces, nothing absent; ids, revisions and sendings are left out."""
    text = canonical(plain(event(kind="note", message_id="n", rev=7, sent=at(1), at=at(0), text="Zürich")))
    assert text == '{"at":1600000000.0,"kind":"note","synthetic":false,"text":"Zürich"}'


def test_a_message_is_kept_whole_as_plain_values() -> None:
    """Every nested part of a race message is there as JSON values."""
    ledger = Ledger()
    ledger.put(race())
    row = ledger.row("race", "r", "r")
    assert row is not None
    assert row["checkpoints"][-1] == {
        "carries": True, "distance_m": 21097.5, "id": "finish", "name": "finish", "type": "finish",
    }  # fmt: skip
    assert row["gun"] == 1600000000.0
    assert json.loads(json.dumps(row)) == row


@given(st.one_of(ATHLETES, EVENTS.filter(lambda e: e.kind != "split")))
def test_an_entry_says_the_whole_message(e: Event) -> None:
    """However it is kept, its text is the message's canonical JSON letter by letter, and its values are those."""
    entry, text = entry_of(e), canonical(plain(e))
    assert entry.text == text_of(e) == text
    assert entry.row == json.loads(text)
    assert entry.kind == e.kind and entry.key[0] == e.race


def test_athletes_share_what_they_have_in_common() -> None:
    """Of many in one wave only what is their own is kept of each; their key is one object."""
    one, two = (entry_of(event(kind="athlete", id=id, name=id.upper(), wave="w", race="r")) for id in "ab")
    assert one.form is two.form and one.key is two.key and one.rank is two.rank
    assert (one.own, two.own) == ('"a"\n"A"', '"b"\n"B"')


@given(ATHLETES, ATHLETES)
def test_no_more_forms_are_kept_than_a_field_needs(one: Event, other: Event) -> None:
    """Where everybody differs from everybody, messages are kept whole; they say the same."""
    forms = Forms(1)
    entries = [entry_of(e, forms) for e in (one, other)]
    assert [entry.text for entry in entries] == [canonical(plain(e)) for e in (one, other)]
    assert len({entry.form for entry in entries if entry.form.common}) <= 1
