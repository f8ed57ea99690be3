"""Laws of tracker/backtest/tables.py."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from tracker.backtest.tables import BadTable, files, parse, read

HEAD = "sex,t5,t10,t15,t20,th,t25,t30,t35,t40,finish,est\n"
GOOD = "M,1000,2000,3000,4000,4220,5000,6000,7000,8000,8440,0\n"


def test_a_row_is_seconds_at_each_mat_with_nan_where_there_is_none() -> None:
    """An empty cell is no mark; the sex is not looked at."""
    table = parse("hill_town_2020", HEAD + GOOD + ",,2000,3000,,,5000,,7000,8000,,0\n", "x")
    assert table.course == "hill_town"
    assert table.marks_s.shape == (2, 10)
    assert np.isnan(table.marks_s[1]).tolist() == [True, False, False, True, True, False, True, False, False, True]


def test_rows_that_cannot_be_scored_are_left_out_and_counted() -> None:
    """Estimated marks and marks that do not rise."""
    falling = GOOD.replace("3000", "1900")
    table = parse("a_1", HEAD + GOOD + GOOD.replace(",0\n", ",1\n") + falling, "x")
    assert (len(table.marks_s), table.estimated, table.falling) == (1, 1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: no column t5"),
        (HEAD.replace("t35,", ""), "line 1: no column t35"),
        (HEAD, "no runner's row"),
        (HEAD + GOOD + "M,1000\n", "line 3: 2 fields where the first line has 12"),
        (HEAD + GOOD.replace("5000", "1:23:20"), "line 2: t25 is '1:23:20', not seconds"),
        (HEAD + GOOD.replace("1000", "-4"), "line 2: t5 is '-4', not seconds"),
        (HEAD + GOOD.replace("1000", "inf"), "line 2: t5 is 'inf', not seconds"),
        (HEAD + GOOD.replace("1000", "nan"), "line 2: t5 is 'nan', not seconds"),
    ],
)
def test_a_bad_table_is_refused_with_its_line_and_why(text: str, said: str) -> None:
    """One line that names the file, the line and the reason."""
    with pytest.raises(BadTable) as refused:
        parse("a_1", text, "folder/a_1.csv.gz")
    assert said in str(refused.value)
    assert str(refused.value).startswith("folder/a_1.csv.gz")
    assert "\n" not in str(refused.value)


def test_a_folder_tells_what_it_lacks(tmp_path: Path) -> None:
    """No folder, no table, no gzip, no text: each is said."""
    with pytest.raises(BadTable, match="no such folder"):
        files(tmp_path / "none")
    with pytest.raises(BadTable, match=r"holds no \.csv\.gz"):
        files(tmp_path)
    plain = tmp_path / "a_1.csv.gz"
    plain.write_text(HEAD + GOOD, encoding="utf-8")
    with pytest.raises(BadTable, match="gzip"):
        read(plain)
    plain.write_bytes(gzip.compress(b"\xff\xfe"))
    with pytest.raises(BadTable, match="UTF-8"):
        read(plain)
    cut = gzip.compress((HEAD + GOOD).encode())[:-9]
    plain.write_bytes(cut)
    with pytest.raises(BadTable, match="gzip"):
        read(plain)


def test_a_sample_is_always_the_same(tmp_path: Path) -> None:
    """The seed is fixed, the order kept; no more rows than asked for."""
    lines = "".join(GOOD.replace("1000", str(900 + i)) for i in range(50))
    path = tmp_path / "a_1.csv.gz"
    path.write_bytes(gzip.compress((HEAD + lines).encode()))
    (found,) = files(tmp_path)
    once, again = read(found).sampled(7), read(found).sampled(7)
    assert once.marks_s.tobytes() == again.marks_s.tobytes()
    assert len(once.marks_s) == 7
    assert (np.diff(once.marks_s[:, 0]) > 0).all()
    assert len(read(found).sampled(None).marks_s) == 50
