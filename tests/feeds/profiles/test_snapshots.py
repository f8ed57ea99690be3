"""Pictures of what a provider shows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feeds.profiles.snapshots import Key, Pictures

KEYS: list[Key] = [("a", str(n), "gun", None, "r") for n in range(4)]
ROUND = st.lists(st.sets(st.sampled_from(KEYS)), min_size=1, max_size=2)


@given(st.lists(ROUND, min_size=2, max_size=5))
def test_what_is_in_no_picture_any_more_has_vanished_once(rounds: list[list[set[Key]]]) -> None:
    """Whatever part it was in; what comes back is new."""
    pictures, before = Pictures(), set[Key]()
    for parts in rounds:
        parts = [*parts, set[Key]()][:2]  # noqa: PLW2901 - both parts are asked for in every round
        for n, keys in enumerate(parts):
            pictures.begin(str(n))
            for key in keys:
                pictures.see(str(n), key, "same", 1)
        now = set[Key]().union(*parts)
        assert {key for key, _ in pictures.vanished()} == before - now
        before = now


def test_new_same_and_changed() -> None:
    """By what was said of the same thing before."""
    pictures = Pictures()
    assert [pictures.see(None, KEYS[0], content, 1) for content in ("x", "x", "y", "x")] == [
        "new",
        "same",
        "changed",
        "changed",
    ]
