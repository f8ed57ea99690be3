"""A provider's answer as rows: JSON of any shape, CSV, XML, a table of a page. Rule: what is no such thing is a Refused."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from feeds.profiles.asking import without_padding
from feeds.profiles.fields import Field
from feeds.profiles.layout import Rows
from feeds.text import clean

MOST_DEPTH = 12
BOM = "\ufeff"
MOST_ROWS = 1_000_000
Row = dict[str, Any]


class Refused(ValueError):
    """An answer that cannot be read at all. The text is one clear line."""


class RowReader:
    """Reads answers by what a profile says of their rows."""

    def __init__(self, rows: Rows, *, jsonp: bool = False) -> None:
        self._rows = rows
        self._jsonp = jsonp
        self._table = CsvLines(rows.delimiter)
        self._path = Field(rows.path if rows.format == "json" else "")
        self._levels = [Field(level) for level in rows.levels] if rows.format == "json" else []
        self._header = Field(rows.header)
        self._capture = {name: re.compile(pattern, re.DOTALL) for name, pattern in rows.capture.items()}

    def document(self, raw: bytes) -> Any:
        """The answer: JSON as its value, anything else as text. Refused."""
        if self._rows.format == "json":
            try:
                body = without_padding(raw) if self._jsonp else raw
                return _JSON.decode(body.decode(json.detect_encoding(body), "surrogatepass"))
            except (ValueError, RecursionError) as error:
                raise Refused(f"not JSON: {clean(str(error), 120)}") from None
        try:
            return raw.decode(self._rows.encoding)
        except (UnicodeDecodeError, LookupError):
            return raw.decode("utf-8", "replace")

    def line(self, document: Any) -> list[Row] | None:
        """The rows of a delivery that is a line of a table; none for a whole document. Refused."""
        return self._table.rows(document) if self._rows.format == "csv" else None

    def rows(self, document: Any) -> list[Row] | None:
        """The rows of a document; none where there is no list of them. Refused."""
        match self._rows.format:
            case "json":
                return self._json(document)
            case "csv":
                return _csv(document, self._rows.delimiter)
            case "xml":
                return _xml(document, self._rows.path, self._rows.levels)
        doc = {name: _text(found[1]) for name, pattern in self._capture.items() if (found := pattern.search(document))}
        return [{**row, "doc": doc} for row in _table(document, self._rows.words)]

    def _json(self, document: Any) -> list[Row] | None:
        found = self._path.list(document)
        if not isinstance(found, list | dict) or (not self._rows.path and isinstance(found, dict) and not self._levels):
            return None
        header = self._header(document) if self._rows.header else None
        names = [str(name) for name in header] if isinstance(header, list) else None
        if self._rows.anywhere:
            return [_named(leaf, names) for leaf in _leaves(found)]
        rows = [_named(row, names) for row in _listed(found)]
        for level in self._levels:
            rows = [{**_named(inner, names), "parent": row} for row in rows for inner in _listed(level(row))]
            if len(rows) > MOST_ROWS:
                raise Refused(f"more than {MOST_ROWS} rows")
        return rows


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_JSON = json.JSONDecoder(parse_constant=_no_constant)
"""Made once: json.loads would make one for every row."""


def _listed(found: Any) -> Iterator[Any]:
    """The elements of a list, or of a dict with its keys."""
    if isinstance(found, list):
        yield from found
    elif isinstance(found, dict):
        for key, value in found.items():
            yield {**value, "key": key} if isinstance(value, dict) else {"key": key, "value": value}


def _named(row: Any, names: Sequence[str] | None) -> Row:
    """A row by the names of its columns."""
    if isinstance(row, dict):
        return row
    if isinstance(row, list) and names is not None:
        return dict(zip(names, row, strict=False))
    return {"value": row}


def _leaves(found: Any, depth: int = 0) -> Iterator[Any]:
    """Rows at any depth: the elements of lists that hold no further list of rows."""
    if depth > MOST_DEPTH:
        raise Refused("nested too deeply")
    if isinstance(found, dict):
        for value in found.values():
            yield from _leaves(value, depth + 1)
    elif isinstance(found, list):
        for value in found:
            if isinstance(value, list) and any(isinstance(inner, list | dict) for inner in value):
                yield from _leaves(value, depth + 1)
            elif isinstance(value, dict | list):
                yield value


class CsvLines:
    """A table that comes line by line: the first one is its header, as is every repetition of it."""

    def __init__(self, delimiter: str) -> None:
        self._delimiter = delimiter
        self._header = ""
        self._by_line = False

    def rows(self, text: str) -> list[Row] | None:
        """The rows of a line; none for a whole document, also for one that is nothing but its header as before."""
        line = text.removeprefix(BOM).strip("\r\n")
        if not line or "\n" in line:
            self._header = ""
            return None
        if line == self._header:
            return [] if self._by_line else None
        if not self._header:
            self._header = line
            return None
        self._by_line = True
        return _csv(f"{self._header}\n{line}", self._delimiter)


def _csv(text: str, delimiter: str) -> list[Row]:
    text = text.removeprefix(BOM)
    if not delimiter:
        first = text.partition("\n")[0]
        delimiter = max(",;\t|", key=first.count)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
        return [{k: v for k, v in row.items() if isinstance(k, str)} for row in reader]
    except csv.Error as error:
        raise Refused(f"not CSV: {clean(str(error), 80)}") from None


def _xml(text: str, path: str, levels: Sequence[str]) -> list[Row]:
    if "<!DOCTYPE" in text[:2000] or "<!ENTITY" in text:
        raise Refused("XML with a document type of its own is not read")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without a document type there are no entities to be expanded
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]  # names are those that are written, whatever their namespace
        found = [(element, _of_element(element)) for element in root.findall(path or "*")]
        for level in levels:
            found = [(e, {**_of_element(e), "parent": row}) for outer, row in found for e in outer.findall(level)]
            if len(found) > MOST_ROWS:
                raise Refused(f"more than {MOST_ROWS} rows")
    except (ElementTree.ParseError, SyntaxError, KeyError, ValueError, RecursionError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(f"not XML: {clean(str(error), 80)}") from None
    return [row for _, row in found]


def _of_element(element: ElementTree.Element) -> Row:
    """Its attributes, the texts of the elements in it that hold no others, and its own text as `value`."""
    own = (element.text or "").strip()
    inner = {child.tag: child.text for child in element if not len(child)}
    return {**element.attrib, **inner, **({"value": own} if own else {})}


def _text(html: str) -> str:
    found = tables(f"<table><tr><td>{html}</td></tr></table>")
    return found[0][0][0] if found and found[0] else ""


class _Tables(HTMLParser):
    """The tables of a page as lists of rows of cells; nested ones on their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base's name
        """Rows and cells begin."""
        if tag == "table":
            self._open.append([])
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._open[-1].append([])
        elif tag in ("td", "th") and self._open:
            if not self._open[-1]:
                self._open[-1].append([])
            self._open[-1][-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        """Cells and tables end."""
        if tag in ("td", "th"):
            self._cell = False
        elif tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Text of a cell, its white space as one space."""
        if self._cell and self._open and self._open[-1] and self._open[-1][-1]:
            cells = self._open[-1][-1]
            cells[-1] = " ".join(f"{cells[-1]} {data}".split())


def tables(page: str) -> list[list[list[str]]]:
    """The tables of a page, as lists of rows of cells."""
    parser = _Tables()
    parser.feed(page)
    return parser.tables


def _table(text: str, words: Sequence[str]) -> list[Row]:
    """The rows below the header that has all these words, of every table that has it."""
    wanted = {word.casefold() for word in words}
    rows: list[Row] = []
    for table in tables(text):
        for n, header in enumerate(table):
            if header and wanted <= {cell.casefold() for cell in header}:
                rows += [dict(zip(header, cells, strict=False)) for cells in table[n + 1 :] if len(cells) > 1]
                break
    return rows
