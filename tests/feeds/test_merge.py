"""Several tapes as one."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.feed import Delivery, FeedError
from feeds.merge import merge
from feeds.record import Recorder, begun
from feeds.sources.tape import read


def tape(path: Path, messages: list[tuple[float, bytes]], profile: str = "") -> Path:
    """A tape of these."""
    recorder = Recorder(path, begun(0.0, "feed", profile), utc_s=0.0)
    for n, (when, raw) in enumerate(messages, 1):
        recorder.write(Delivery(raw, n), when, when)
    recorder.close(1.0)
    return path


def said(path: Path) -> list[tuple[float | None, bytes]]:
    return [(item.received_s, item.raw) for item in read(path) if isinstance(item, Delivery)]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 9).map(float), st.sampled_from([b"a", b"b", b"c"])), max_size=5),
        min_size=1,
        max_size=3,
    )
)
def test_nothing_that_any_heard_is_lost_and_the_order_of_the_tapes_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, heard: list[list[tuple[float, bytes]]]
) -> None:
    """Each message as often as the one who heard it most often did, in the order of receipt."""
    folder = tmp_path_factory.mktemp("m")
    tapes = [tape(folder / str(n), sorted(messages)) for n, messages in enumerate(heard)]
    made = []
    for n, order in enumerate(permutations(tapes)):
        merge(order, folder / f"out{n}")
        made.append((folder / f"out{n}").read_bytes())
    assert len(set(made)) == 1
    found = said(folder / "out0")
    assert [when for when, _ in found] == sorted(when or 0.0 for when, _ in found)
    for raw in (b"a", b"b", b"c"):
        assert sum(r == raw for _, r in found) == max(sum(r == raw for _, r in messages) for messages in heard)


def test_what_is_no_tape_or_another_s_is_refused_and_nothing_is_overwritten(tmp_path: Path) -> None:
    """One line each."""
    a, b = tape(tmp_path / "a", [(1.0, b"x")]), tape(tmp_path / "b", [(1.0, b"x")], "rtrt")
    plain = tmp_path / "plain.ndjson"
    plain.write_bytes(b"{}\n")
    for paths, out, says in (
        ([a, b], "o", "different profiles"),
        ([a, plain], "o", "not a tape"),
        ([a], "a", "a file of this name"),
    ):
        with pytest.raises(FeedError, match=says):
            merge(paths, tmp_path / out)


def test_a_torn_tape_gives_what_is_whole_in_it(tmp_path: Path) -> None:
    """The other one fills in."""
    a = tape(tmp_path / "a", [(1.0, b"x"), (2.0, b"y")])
    a.write_bytes(a.read_bytes()[:-90])
    b = tape(tmp_path / "b", [(1.5, b"x"), (2.5, b"y"), (3.0, b"z")])
    assert merge([a, b], tmp_path / "out") == 3
    assert [raw for _, raw in said(tmp_path / "out")] == [b"x", b"y", b"z"]
