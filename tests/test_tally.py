"""What is in a feed, counted."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from feeds.decode import Decoder
from feeds.feed import Delivery
from tests.feeding import delivery
from tests.watching import GUN_S, RACE, RUN, split
from tracker.doctor import Found, as_json, counts, examine, marks

FIELD = [
    *RUN,
    split("5km", 900, "b"),
    split("15km", 2700, "b"),
    split("5km", 851),
    {"kind": "status", "athlete": "c", "status": "DNS"},
]


def counted(messages: list[dict[str, Any]], late_s: float | None = None) -> dict[str, Any]:
    """What the doctor says of these messages, received so long after they happened."""
    found = Found(reader=Decoder())
    taken: list[Delivery] = []
    for message in messages:
        when = None if late_s is None else GUN_S + message.get("elapsed_s", 0) + late_s
        taken.append(delivery(message, received_s=when))
    list(examine(taken, found, lambda _: None))
    list(marks(found))
    assert list(counts(found))
    return as_json(found, "x")


@given(st.permutations(FIELD), st.sampled_from(FIELD))
def test_the_counts_do_not_depend_on_the_order(messages: list[dict[str, Any]], twice: dict[str, Any]) -> None:
    """Everything but which of two equal ones came first."""
    said = counted([*messages, twice])
    assert (said["records"], said["athletes"], said["mats"], said["duplicates"], said["revised"], said["missed"]) == (
        11,
        3,
        5,
        1,
        1,
        1,
    )
    assert sum(said["events"].values()) == 11


def test_latency_needs_an_instant_of_receipt() -> None:
    """Without one it is null; late is over a minute; what came before it happened is counted apart."""
    assert counted(RUN)["latency_s"] is None and counted(RUN)["late"] is None
    assert counted(RUN, 61.0)["late"] == 5 and counted(RUN, 7.0)["latency_s"] == {"p50": 7.0, "p95": 7.0, "max": 7.0}
    assert counted(RUN, -3.0)["negative"] == 5


def test_names_and_holes() -> None:
    """A field whose course is unknown has its mats in the order of time."""
    nameless = [split(f"m{n}", 100.0 * n, athlete) for athlete in "ab" for n in (3, 1, 2) if (athlete, n) != ("b", 2)]
    assert counted([RACE, *nameless])["missed"] == 1
