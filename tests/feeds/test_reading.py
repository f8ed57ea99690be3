"""What becomes of a delivery."""

from __future__ import annotations

from feeds.reading import Rejection


def test_a_rejection_says_where_and_why_on_one_line() -> None:
    """Line, field and reason; of the whole message no field; the raw text without anything that could steer a terminal."""
    assert str(Rejection(3, "elapsed_s", "is missing", b"{}")) == "line 3: elapsed_s: is missing"
    whole = Rejection(4, "", "not JSON", b"\x1b[2J\xff")
    assert str(whole) == "line 4: not JSON" and whole.raw_start.isprintable()
