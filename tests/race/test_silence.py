"""Whether a mat works."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.made import GUN_S, event, fold, race, split, status, view
from tracker.race.snapshot import Due
from tracker.race.view import MOST_OTHERS

FIELD = "bcdefgh"
"""Seven who pass 5 km from 12 s before the runner to 12 s after."""


def around(*read: str, at: str = "10km", when_s: float = 1700.0) -> list[Event]:
    """The runner and the field at 5 km, some of them also at the next mat, a second apart."""
    first = [split("5km", 850), *(split("5km", 838 + 4 * n, who) for n, who in enumerate(FIELD))]
    return [race(), *first, *(split(at, when_s + n, who) for n, who in enumerate(read))]


def due(events: list[Event], elapsed_s: float, **wanted: float) -> Due:
    """What the runner is waited for."""
    found = view(fold(*events), elapsed_s, **wanted).due
    assert found is not None
    return found


def test_overdue_only_where_the_mat_works() -> None:
    """Of those who passed the last mat within 30 s of the runner most were read: then the runner is overdue."""
    late = due(around(*"bcdefg"), 1800)
    assert (late.checkpoint.id, late.state, late.silent) == ("10km", "overdue", ())


def test_a_mat_that_reads_nobody_is_silent_and_nobody_is_overdue_there() -> None:
    """The next mat is waited for instead, and the silent one is named with the moment since when."""
    shown = view(fold(*around()), 1800)
    assert shown.due is not None and shown.position is not None
    assert (shown.due.checkpoint.id, shown.due.state) == ("15km", None)
    assert [mat.id for mat in shown.due.silent] == ["10km"] and shown.due.silent_since_s == 1700.0
    assert shown.position.quality == "estimated" and shown.position.distance_m > 10000


def test_between_both_nothing_is_said() -> None:
    """Those behind the runner are not yet overdue themselves: the runner is due, and the mat is neither."""
    waiting = due(around("b", "c", "d"), 1720)
    assert (waiting.checkpoint.id, waiting.state, waiting.silent) == ("10km", "due", ())


def test_a_mat_that_begins_to_read_is_waited_for_again() -> None:
    """What it says late counts as if it had never been silent."""
    assert due(around(), 1800).silent
    assert due(around(*"bcdefg", when_s=1795.0), 1803).state == "overdue"


def test_a_runner_alone_on_the_road_can_be_overdue() -> None:
    """Where nobody passed the last mat close to the runner, nothing is known against the next one."""
    alone = [race(), split("5km", 850), split("5km", 890, "b"), split("5km", 700, "c")]
    assert due(alone, 1800).state == "overdue"


def test_who_is_out_says_nothing_of_a_mat() -> None:
    """Seven who dropped out do not make a mat silent."""
    dropped = [*around(), *(status("DNF", who) for who in FIELD)]
    assert due(dropped, 1800).state == "overdue"


def test_the_last_mat_of_all_is_said_to_be_silent_itself() -> None:
    """There is no mat beyond the finish to wait at."""
    field = [*around(*FIELD), split("10km", 1700)]
    for km in (15, 20):
        field += [split(f"{km}km", 850 * km / 5 + 4 * n, who) for n, who in enumerate("a" + FIELD)]
    end = due(field, 5000)
    assert (end.checkpoint.id, end.state) == ("finish", "silent") and end.silent == (end.checkpoint,)


def test_of_a_lost_feed_no_mat_is_silent() -> None:
    """Silence counts up to the horizon only."""
    assert due(around(), 1800, horizon_s=GUN_S + 1650).silent == ()


def test_a_field_too_large_to_be_looked_at_one_by_one_is_not_asked() -> None:
    """Then the runner is overdue as if alone."""
    crowd = [event(kind="athlete", id=f"x{n:03d}", name=f"X {n}") for n in range(MOST_OTHERS)]
    assert due([*around(), *crowd], 1800).state == "overdue"


@given(st.permutations(around("b", "c", "d", "e")), st.integers(1690, 4000))
def test_the_order_of_messages_says_nothing(events: list[Event], elapsed_s: int) -> None:
    """Any order gives the same word about the same mats."""
    said, other = due(events, elapsed_s), due(around("b", "c", "d", "e"), elapsed_s)
    assert (said.checkpoint, said.state, said.silent) == (other.checkpoint, other.state, other.silent)
