"""A document that nobody has described: where its rows are, as a profile says it. Rule: the largest list wins, and what it is in
is told as its parents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from feeds.profiles.layout import Rows
from feeds.profiles.rows import Refused, Row, RowReader, tables

MOST_DEPTH = 8
MOST_ROWS = 200
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Sample:
    """The [rows] of a profile, and some of the rows that it gives."""

    section: Rows
    rows: list[Row] = field(default_factory=list)

    @property
    def columns(self) -> dict[str, list[str]]:
        """The values of every field, by its path; those of parents last, the nearest first."""
        found: dict[str, list[str]] = {}
        for row in self.rows[:MOST_ROWS]:
            for path, value in _scalars(row, 0):
                found.setdefault(path, []).append(value)
        return dict(sorted(found.items(), key=lambda item: item[0].count("parent.")))


def sampled(document: bytes) -> Sample:
    """What a document seems to be; without rows where it is nothing that is known."""
    text, encoding = _decoded(document)
    if "<table" in text.lower():
        return _page(text)
    if text.lstrip()[:1] == "<":
        return _xml(text)
    if (found := _json(text)) is not None:
        return found
    section = Rows(format="csv", delimiter=_delimiter(text), encoding=encoding)
    return Sample(section, _read(section, text) if section.delimiter else [])


def _decoded(document: bytes) -> tuple[str, str]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return document.decode(encoding), "utf-8" if encoding == "utf-8-sig" else "latin-1"
        except UnicodeDecodeError:
            continue
    return document.decode("latin-1"), "latin-1"


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    return delimiter if first.count(delimiter) else ""


def _read(section: Rows, document: Any) -> list[Row]:
    try:
        return (RowReader(section).rows(document) or [])[:MOST_ROWS]
    except Refused:
        return []


def _json(text: str) -> Sample | None:
    """The deepest of the largest lists of objects; none where the text is no JSON."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        try:
            rows = [json.loads(line) for line in text.splitlines() if line.strip()][:MOST_ROWS]
        except (ValueError, RecursionError):
            return None
        return Sample(Rows(), rows) if rows and all(isinstance(row, dict) for row in rows) else None
    found: dict[tuple[str, ...], int] = {}
    _count("", (), value, found, 0)
    if not found:
        return Sample(Rows(), [value] if isinstance(value, dict) else [])
    first, *levels = max(found, key=lambda path: (found[path], len(path)))
    section = Rows(path=first, levels=tuple(levels))
    return Sample(section, _read(section, value))


def _count(path: str, outer: tuple[str, ...], value: Any, found: dict[tuple[str, ...], int], depth: int) -> None:
    """How many objects there are in the lists at each chain of paths."""
    if depth > MOST_DEPTH:
        return
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)]
        chain = (*outer, path)
        if rows:
            found[chain] = found.get(chain, 0) + len(rows)
        for row in rows[:MOST_ROWS]:
            _count("", chain, row, found, depth + 1)
    elif isinstance(value, dict):
        for key, inner in value.items():
            step = key if _NAME.fullmatch(key) else json.dumps(key, ensure_ascii=False)
            _count(f"{path}.{step}" if path else step, outer, inner, found, depth + 1)


def _page(text: str) -> Sample:
    """The largest table of a page, by the words of its first row."""
    table = max(tables(text), key=len, default=[])
    words = tuple(dict.fromkeys(filter(None, table[0]))) if table else ()
    if not words:
        return Sample(Rows())
    section = Rows(format="html", words=words)
    return Sample(section, [{name: v for name, v in row.items() if name != "doc"} for row in _read(section, text)])


def _xml(text: str) -> Sample:
    """The most frequent chain of elements that say anything."""
    try:
        if "<!DOCTYPE" in text[:2000] or "<!ENTITY" in text:
            return Sample(Rows(format="xml"))
        root = ElementTree.fromstring(text)  # noqa: S314 - without a document type there are no entities to be expanded
    except ElementTree.ParseError:
        return Sample(Rows(format="xml"))
    found: dict[tuple[str, ...], int] = {}

    def walk(element: ElementTree.Element, chain: tuple[str, ...]) -> None:
        for child in element:
            name = (*chain, child.tag.rpartition("}")[2])
            if child.attrib or len(child):
                found[name] = found.get(name, 0) + 1
            if len(name) < MOST_DEPTH:
                walk(child, name)

    walk(root, ())
    if not found:
        return Sample(Rows(format="xml"))
    first, *levels = max(found, key=lambda name: (found[name], len(name)))
    section = Rows(format="xml", path=first, levels=tuple(levels))
    return Sample(section, _read(section, text))


def _scalars(value: Any, depth: int, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, text) of every value in a row that has one."""
    for key, inner in value.items() if depth <= MOST_DEPTH else ():
        step = key if _NAME.fullmatch(str(key)) else json.dumps(key, ensure_ascii=False)
        name = f"{path}.{step}" if path else step
        if isinstance(inner, dict):
            yield from _scalars(inner, depth + 1, name)
        elif isinstance(inner, str | int | float) and not isinstance(inner, bool) and str(inner).strip():
            yield name, str(inner).strip()
