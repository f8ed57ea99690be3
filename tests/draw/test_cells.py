"""Cells of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.draw.cells import cell_size, cells, cut, width

SIGNS = st.text(
    st.one_of(st.characters(), st.sampled_from("aé王ｱ한글ᄒ\u1161\u11ab\u0301\u0308\u200d\U0001f3fd−≈…")), max_size=30
)


@pytest.mark.parametrize(
    ("text", "size"),
    [("Kipchoge", 8), ("José", 4), ("Jose\u0301", 4), ("王", 2), ("ｱ", 1), ("−7 s", 4), ("≈ 41 m", 6), ("╋━◎", 3),
     ("ᄒ\u1161\u11ab", 2), ("👍\U0001f3fd", 2), ("", 0)],
)  # fmt: skip
def test_widths(text: str, size: int) -> None:
    """Letters and the screen's signs take one cell, East Asian wide ones two, what stands on another none."""
    assert width(text) == size == sum(n for _, n in cells(text))


@given(SIGNS)
def test_the_whole_is_its_clusters(text: str) -> None:
    """Clusters keep the text and its width; only marks that stand on nothing are left out."""
    clusters = list(cells(text))
    joined = "".join(cluster for cluster, _ in clusters)
    assert text.endswith(joined) and not any(map(cell_size, text[: len(text) - len(joined)]))
    assert width(text) == sum(map(cell_size, text))
    assert all(size in (1, 2) and size == cell_size(cluster[0]) for cluster, size in clusters)
    assert not any(cell_size(char) for cluster, _ in clusters for char in cluster[1:])


@given(SIGNS, st.integers(-3, 40))
def test_a_cut_text_fits(text: str, most: int) -> None:
    """It never takes more cells than asked for, and what fits is left alone."""
    short = cut(text, most)
    assert width(short) <= max(0, most)
    assert (short == text) if width(text) <= most else short == "" or short.endswith("…")


@given(SIGNS, st.integers(1, 40))
def test_a_cut_text_is_the_beginning(text: str, most: int) -> None:
    """What is left is the text's own beginning, as much as fits: at most one cell of a wide sign is lost."""
    short = cut(text, most)
    if width(text) > most:
        kept = "".join(cluster for cluster, _ in cells(text))
        assert kept.startswith(short.removesuffix("…"))
        assert width(short) >= most - 1


def test_an_ellipsis_says_that_it_was_cut() -> None:
    """One cell of the room is the ellipsis's; marks stay with their letter."""
    assert cut("Kipchoge", 4) == "Kip…" and cut("Kipchoge", 8) == "Kipchoge" and cut("Kipchoge", 0) == ""
    assert cut("Jose\u0301 Luis", 5) == "Jose\u0301…" and cut("王小明", 4) == "王…"
