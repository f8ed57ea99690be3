"""Answers as rows."""

from __future__ import annotations

import pytest

from feeds.profiles.layout import Rows
from feeds.profiles.rows import CsvLines, Refused, RowReader


def rows(text: str, *, jsonp: bool = False, **section: object) -> list[dict[str, object]] | None:
    """The rows of an answer."""
    made = RowReader(Rows.model_validate(section), jsonp=jsonp)
    return made.rows(made.document(text.encode()))


def test_lists_dicts_levels_and_parents() -> None:
    """A list, a dict whose keys are values, and lists within rows that remember whose they are."""
    assert rows('{"a": {"b": [{"x": 1}]}}', path="a.b") == [{"x": 1}]
    assert rows('{"a": {"7": {"x": 1}, "8": 5}}', path="a") == [{"x": 1, "key": "7"}, {"key": "8", "value": 5}]
    found = rows('[{"bib": 1, "legs": [{"splits": [{"t": 2}]}]}]', levels=["legs", "splits"])
    assert found is not None and found[0]["t"] == 2
    assert found[0]["parent"]["parent"]["bib"] == 1  # type: ignore[index]  # dicts, as above


def test_tables_with_a_header_of_their_own_at_any_depth() -> None:
    """Arrays take the names of their columns."""
    assert rows('{"h": ["A", "B"], "d": {"x": {"y": [[1, 2], [3, 4]]}}}', path="d", anywhere=True, header="h") == [
        {"A": 1, "B": 2},
        {"A": 3, "B": 4},
    ]


def test_jsonp_is_stripped_and_what_is_no_list_is_none() -> None:
    """A single row is for the reader to judge."""
    assert rows('cb([{"x": 1}]);', jsonp=True) == [{"x": 1}]
    assert rows('{"x": 1}', path="list") is None and rows("5") is None


def test_xml_attributes_and_children() -> None:
    """Elements on a path; a document type of its own is refused, which is where the bombs are."""
    text = '<r><e bib="1"><t>0:20:00</t></e><e bib="2"/></r>'
    assert rows(text, format="xml", path="e") == [{"bib": "1", "t": "0:20:00"}, {"bib": "2"}]
    for bad in ("<!DOCTYPE x [<!ENTITY a 'b'>]><r/>", "<r", ""):
        with pytest.raises(Refused):
            rows(bad, format="xml")


def test_xml_levels_see_their_parents() -> None:
    """As those of JSON do; a text of an element's own is its value, and namespaces make no difference."""
    text = (
        '<r xmlns="urn:x"><race name="10 km"><runner bib="7"><name>Bo</name>'
        '<splits><s km="5">0:20:00</s><s km="10"><t>0:41:00</t></s></splits></runner></race></r>'
    )
    found = rows(text, format="xml", path="race", levels=["runner", "splits/s"])
    runner = {"bib": "7", "name": "Bo", "parent": {"name": "10 km"}}
    assert found == [
        {"km": "5", "value": "0:20:00", "parent": runner},
        {"km": "10", "t": "0:41:00", "parent": runner},
    ]
    with pytest.raises(ValueError, match="no path of elements"):
        Rows.model_validate({"format": "xml", "path": "race", "levels": ["a[["]})


def test_a_table_of_a_page_is_known_by_its_header() -> None:
    """Nested tags and white space make no difference; other tables are passed over."""
    page = "<table><tr><td>x</table><table><tr><th>Split<th>Time</tr><tr><td> <b>5</b>K <td>0:20:00</table>"
    assert rows(page, format="html", words=["Split", "Time"]) == [{"Split": "5 K", "Time": "0:20:00", "doc": {}}]


@pytest.mark.parametrize("text", ["{", "NaN", "[" * 100_000, '{"a": Infinity}'])
def test_what_is_no_json_is_refused(text: str) -> None:
    """In one line."""
    with pytest.raises(Refused, match="not JSON"):
        rows(text)


def test_csv_finds_its_delimiter() -> None:
    """And knows no more columns than its header."""
    assert rows("a\tb\n1\t2\t3\n", format="csv") == [{"a": "1", "b": "2"}]
    assert rows("a;b\n1;2\n", format="csv", delimiter=";") == [{"a": "1", "b": "2"}]


def test_a_table_may_come_line_by_line() -> None:
    """The first line is its header, also when it is repeated; a whole document is none of its lines."""
    table = CsvLines("")
    assert [table.rows(line) for line in ("\ufeffa;b\n", "1;2", "a;b", "3;4\r\n")] == [
        None,
        [{"a": "1", "b": "2"}],
        [],
        [{"a": "3", "b": "4"}],
    ]
    polled = CsvLines("")
    assert [polled.rows(body) for body in ("a;b\n", "a;b\n1;2\n", "a;b\n", "a;b\n")] == [None] * 4
