"""Of every key the message that wins."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.made import EVENTS, at, event, race
from tracker.race.ledger import Ledger, canonical, canonical_of, claim, plain


def note(text: str, **more: object) -> Event:
    return event(kind="note", message_id="n", text=text, **more)


NOTES = st.builds(
    note,
    st.sampled_from(["one", "two", "three"]),
    rev=st.sampled_from([1, 2]),
    sent=st.sampled_from([None, at(1), at(2)]),
    race=st.sampled_from([None, "r", "s"]),
)


def kept(ledger: Ledger, of: str | None) -> list[str]:
    return [str(row["text"]) for row in ledger.rows("note", "", of)]


@given(st.lists(NOTES, min_size=1, max_size=8))
def test_the_winner_is_the_highest_revision_then_sending_then_text(notes: list[Event]) -> None:
    """The winner is the highest (rev, sent, canonical JSON) of those that are the race's or name none."""
    ledger = Ledger()
    for e in notes:
        ledger.put(claim(e))
    ours = [n for n in notes if n.race in (None, "r")]
    ranked = sorted(ours, key=lambda n: (n.rev, n.sent.timestamp() if n.sent else -1.0, canonical(plain(n))))
    assert kept(ledger, "r") == ([ranked[-1].text] if ranked and ranked[-1].kind == "note" else [])


@given(st.lists(NOTES, max_size=5), NOTES, NOTES)
def test_copies_are_apart(notes: list[Event], ours: Event, theirs: Event) -> None:
    """What one of two copies is told the other does not know."""
    first, plain_one = Ledger(), Ledger()
    for e in notes:
        first.put(claim(e))
        plain_one.put(claim(e))
    twin = first.copy()
    first.put(claim(ours))
    twin.put(claim(theirs))
    plain_one.put(claim(theirs))
    assert kept(twin, "r") == kept(plain_one, "r")
    assert twin.races == plain_one.races


@given(EVENTS)
def test_a_message_has_one_canonical_text(e: Event) -> None:
    """The quick way comes to the text of the plain values, whatever is nested in a message."""
    assert canonical_of(e) == canonical(plain(e))


def test_canonical_json_is_sorted_short_and_without_rank() -> None:
    """Names in order, no spaces, nothing absent; ids, revisions and sendings are left out."""
    text = canonical(plain(event(kind="note", message_id="n", rev=7, sent=at(1), at=at(0), text="Zürich")))
    assert text == '{"at":1600000000.0,"kind":"note","synthetic":false,"text":"Zürich"}'


def test_a_message_is_kept_whole_as_plain_values() -> None:
    """Every nested part of a race message is there as JSON values."""
    ledger = Ledger()
    ledger.put(claim(race()))
    row = ledger.row("race", "r", "r")
    assert row is not None
    assert row["checkpoints"][-1] == {
        "carries": True, "distance_m": 21097.5, "id": "finish", "name": "finish", "type": "finish",
    }  # fmt: skip
    assert row["gun"] == 1600000000.0
    assert json.loads(json.dumps(row)) == row
