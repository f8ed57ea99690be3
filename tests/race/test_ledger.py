"""Of every key the message that wins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.made import ATHLETES, at, event
from tracker.race.entry import canonical, plain
from tracker.race.ledger import Ledger


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
        ledger.put(e)
    ours = [n for n in notes if n.race in (None, "r")]
    ranked = sorted(ours, key=lambda n: (n.rev, n.sent.timestamp() if n.sent else -1.0, canonical(plain(n))))
    assert kept(ledger, "r") == ([ranked[-1].text] if ranked and ranked[-1].kind == "note" else [])


@given(st.lists(NOTES, max_size=5), NOTES, NOTES)
def test_copies_are_apart(notes: list[Event], ours: Event, theirs: Event) -> None:
    """What one of two copies is told the other does not know."""
    first, plain_one = Ledger(), Ledger()
    for e in notes:
        first.put(e)
        plain_one.put(e)
    twin = first.copy()
    first.put(ours)
    twin.put(theirs)
    plain_one.put(theirs)
    assert kept(twin, "r") == kept(plain_one, "r")
    assert twin.races == plain_one.races


@given(st.lists(st.one_of(ATHLETES, NOTES), max_size=10), st.integers(0, 10), st.lists(ATHLETES, max_size=4))
def test_copies_of_one_winner_or_of_several_are_apart(told: list[Event], cut: int, more: list[Event]) -> None:
    """A ledger that was copied on its way ends as one that was not, and its copy knows nothing of the rest."""
    whole, copied = Ledger(), Ledger()
    for e in told:
        whole.put(e)
    for e in told[:cut]:
        copied.put(e)
    kept, then = copied.copy(), said(copied)
    for e in (*told[cut:], *more):
        copied.put(e)
    for e in reversed(more):
        whole.put(e)
    assert said(copied) == said(whole) and copied.races == whole.races
    assert said(kept) == then


def said(of: Ledger) -> list[object]:
    return [
        (race, kind, group, of.rows(kind, group, race))
        for race in (None, "r", "s", "other")
        for kind in ("athlete", "note")
        for group in sorted(of.groups(kind))
    ]
