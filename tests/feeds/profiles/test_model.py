"""What a profile may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.feed import FeedError
from feeds.profiles.model import load, shipped_profiles

GOOD = 'name = "x"\ntitle = "X"\n[athlete]\nid = "bib"\n[split]\nplace = "p"\ntimes = [{ field = "t" }]\n'


def test_five_come_with_the_program() -> None:
    """Each says what it is, and knows its own text."""
    assert [p.name for p in shipped_profiles()] == ["athlinks", "csv", "mika", "raceresult", "rtrt"]
    assert all(p.about and len(p.sha256) == 64 and p.name in p.source for p in shipped_profiles())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = [", "TOML"),
        ('title = "X"', "name: is missing"),
        (GOOD.replace("place", "plase"), "split.plase: unknown key; did you mean place?"),
        (GOOD.replace('"p"', '"a..b"'), "no path"),
        (GOOD.replace('place = "p"\n', ""), "give place or metres"),
        (GOOD.replace('times = [{ field = "t" }]', ""), "split: give times"),
        (GOOD + 'strip = ["("]', "not a regular expression"),
        (GOOD + '[place]\nlap = "x"', "one group"),
        (GOOD.replace('field = "t"', 'field = "t", clock = "sun"'), "split.times.0.clock"),
    ],
)
def test_a_mistake_is_one_line_that_says_where_and_what_to_do(tmp_path: Path, text: str, says: str) -> None:
    """Wrong usage; the nearest name is given."""
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FeedError) as error:
        load(str(file))
    assert says in str(error.value) and str(error.value).isprintable() and error.value.code == 2


def test_a_file_loads_and_what_is_not_there_is_said(tmp_path: Path) -> None:
    """By its path; a name that is none gets the nearest."""
    (tmp_path / "x.toml").write_text(GOOD, encoding="utf-8")
    assert load(str(tmp_path / "x.toml")).name == "x"
    for name, says in (("rtr", "did you mean rtrt?"), (str(tmp_path / "y.toml"), "no such file")):
        with pytest.raises(FeedError, match=says.replace("?", r"\?")) as error:
            load(name)
        assert error.value.code == 3
