"""What `check` finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.address import open_address
from feeds.feed import Link
from feeds.shipped import shipped
from tests.watching import RACE, RUN, Message, deliver, split
from tracker.doctor import Found, examine, marks, remarks, summary


def found(messages: list[Message]) -> tuple[Found, list[str]]:
    made = Found()
    lines = [*examine(deliver(messages), made, lambda _: None), *marks(made), *remarks(made)]
    return made, lines


@pytest.mark.parametrize("name", [race.name for race in shipped()])
def test_the_shipped_races_are_well(name: str) -> None:
    """Nothing is refused, put aside, torn or unknown."""
    made = Found()
    assert list(examine(open_address(name).read(), made, lambda _: None)) == []
    assert [line for line in marks(made) if not line.startswith("flagged")] == [] and list(remarks(made)) == []
    assert made.ill == 0


@pytest.mark.parametrize(
    ("message", "line"),
    [
        (b"nonsense", "line 7"),
        (split("5km", -1), "elapsed_s"),
        (split("nowhere", 900), "nowhere"),
        ({"kind": "split", "athlete": "a", "distance_m": 50000, "elapsed_s": 8000}, "50000 m"),
    ],
)
def test_what_is_wrong_is_named_and_makes_the_feed_ill(message: Message, line: str) -> None:
    """One line that says where and why."""
    made, lines = found([*RUN, message])
    assert len(lines) == 1 and line in lines[0] and made.ill == 1


def test_an_impossible_section_is_put_aside_and_a_fast_one_is_flagged() -> None:
    """5 km in three minutes is quarantined, which is ill; in twelve it is flagged, which is not."""
    ill, lines = found([RACE, split("5km", 850), split("10km", 1030)])
    assert ill.ill >= 1 and any("quarantined" in line for line in lines)
    odd, lines = found([RACE, split("5km", 720)])
    assert odd.ill == 0 and odd.flagged == 1 and "flagged" in lines[0]


def test_what_a_newer_feed_says_is_named_once_and_is_not_ill() -> None:
    """Unknown kinds and fields are remarks, with how often they came."""
    made, lines = found([*RUN, *[{"kind": "drone"}] * 3, {**split("5km", 850, "b"), "shoe": "red"}])
    assert made.ill == 0
    assert [line for line in lines if "drone" in line] == ["unknown kind 'drone': 3 skipped"]
    assert sum("split.shoe" in line for line in lines) == 1


def test_a_torn_end_makes_the_feed_ill() -> None:
    """And the rest counts."""
    made = Found()
    lines = list(examine([*deliver(RUN), Link("torn", "x is torn")], made, lambda _: None))
    assert lines == ["torn: x is torn"] and made.torn == made.ill == 1 and made.accepted == len(RUN)


def test_a_feed_without_a_race_message_is_remarked_on() -> None:
    """Nothing can be compared in it."""
    assert any("course is unknown" in line for line in found([split("5km", 850)])[1])


@given(st.lists(st.binary(max_size=60), max_size=12))
def test_garbage_is_only_counted(lines: list[bytes]) -> None:
    """Every message is accepted, refused or of an unknown kind, and the summary says so on one line."""
    made, said = found(list(lines))
    assert made.messages >= len(lines) and made.accepted + made.rejected + made.unknown >= made.messages
    assert all(line.isprintable() for line in [*said, summary(made)])


def test_progress_is_told_while_it_reads() -> None:
    """With the messages so far."""
    heard: list[int] = []
    list(examine(deliver([RUN[0]] * 1100), Found(), heard.append))
    assert heard == [500, 1000]


def test_the_summary_counts_what_matters() -> None:
    """Always messages, accepted, rejected, quarantined; the rest where there is any."""
    made, _ = found([*RUN, b"x"])
    assert summary(made) == "7 messages, 6 accepted, 1 rejected, 0 quarantined"


def test_what_the_race_leaves_unsaid_is_remarked() -> None:
    """A time zone nobody knows, a mat without a place, a runner whom no message names: none makes the feed ill."""
    race = {**RACE, "time_zone": "Nowhere/At_all", "checkpoints": [{"id": "5km", "distance_m": 5000}, {"id": "hill"}]}
    made, lines = found(
        [race, {"kind": "athlete", "id": "a", "name": "Anna M."}, split("5km", 850), split("5km", 851, "b")]
    )
    assert made.ill == 0 and len(lines) == 3
    assert "Nowhere/At_all" in lines[0] and "'hill'" in lines[1] and "'b'" in lines[2]
