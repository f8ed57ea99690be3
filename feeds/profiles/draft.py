"""A profile to start from, for a document that nobody has described: what looks like rows, who, where and when.

Rule: what was guessed says so, and what was not understood is listed.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from feeds.feed import FeedError
from feeds.profiles import places, times
from feeds.text import clean

MOST_DEPTH = 6
SAMPLE = 50
_BIBS = ("bib", "startnummer", "start_no", "startno", "number", "dossard", "no", "nr")
_NAMES = ("name", "displayname", "fullname", "athlete", "runner")
_POINTS = ("point", "split", "location", "checkpoint", "place", "mat", "station", "interval")
_METRES = ("metres", "meters", "distance", "distance_m", "distancem", "dist", "metersfromstart")
_SEXES = ("sex", "gender", "geschlecht", "sexe")
_INSERTED = ("inserted", "created", "received", "i")
_UPDATED = ("updated", "modified", "changed", "u", "rev", "revision")


def drafted(document: bytes, name: str = "my-provider") -> str:
    """The TOML of a profile. FeedError for a document that has no rows that could be read."""
    text = document.decode("utf-8-sig", "replace")
    found = _json_rows(text)
    if found is not None:
        path, rows = found
        head = ["[rows]", f"path = {_quoted(path)}"]
    else:
        rows, delimiter = _csv_rows(text)
        head = ["[rows]", 'format = "csv"', f"delimiter = {_quoted(delimiter)}"]
    if not rows:
        raise FeedError("no rows found: a draft is made of JSON with a list of objects, or of CSV with a header", 1)
    return "\n".join([f'name = "{name}"', 'title = "My provider"', "", *head, "", *_sections(rows), ""])


def _json_rows(text: str) -> tuple[str, list[dict[str, Any]]] | None:
    """The path to the largest list of objects, and that list; none where the text is no JSON."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        lines = [line for line in text.splitlines() if line.strip()][:SAMPLE]
        try:
            rows = [json.loads(line) for line in lines]
        except (ValueError, RecursionError):
            return None
        return ("", rows) if rows and all(isinstance(row, dict) for row in rows) else None
    lists = list(_lists("", value))
    return max(lists, key=lambda pair: len(pair[1])) if lists else ("", [value] if isinstance(value, dict) else [])


def _lists(path: str, value: Any, depth: int = 0) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    if depth > MOST_DEPTH:
        return
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)]
        if rows:
            yield path, rows
    elif isinstance(value, dict):
        for key, inner in value.items():
            step = key if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", key) else json.dumps(key)
            yield from _lists(f"{path}.{step}" if path else step, inner, depth + 1)


def _csv_rows(text: str) -> tuple[list[dict[str, Any]], str]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    if not first.count(delimiter):
        return [], delimiter
    return [
        dict(row) for row, _ in zip(csv.DictReader(io.StringIO(text), delimiter=delimiter), range(SAMPLE), strict=False)
    ], delimiter


def _sections(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The sections, with an example beside each guess."""
    columns: dict[str, list[str]] = {}
    for row in rows[:SAMPLE]:
        for key, value in row.items():
            if isinstance(key, str) and isinstance(value, str | int | float) and str(value).strip():
                columns.setdefault(key, []).append(str(value))
    used: set[str] = set()

    def called(names: Sequence[str]) -> str:
        found = next(
            (
                c
                for n in names
                for c in columns
                if c.casefold().replace(" ", "").replace("-", "_") == n and c not in used
            ),
            "",
        )
        used.add(found)
        return found

    bib = called((*_BIBS, "id", "pid", "athlete_id"))
    who = {"name": called(_NAMES), "sex": called(_SEXES)}
    yield from (
        "[athlete]",
        f"id = {_path(bib or next(iter(columns)))}{_example(columns, bib)}",
        f"bib = {_path(bib or next(iter(columns)))}",
    )
    yield from (f"{name} = {_path(column)}{_example(columns, column)}" for name, column in who.items() if column)
    yield from ("", "[split]")
    point, metres = called(_POINTS), called(_METRES)
    if point or metres:
        yield from _long(columns, point, metres, used)
    else:
        yield from _wide(columns, used)
    updated, inserted = called(_UPDATED), called(_INSERTED)
    yield from ("", "[semantics]", "snapshot = true # false if answers only add to what was said before")
    yield from (
        f"{name} = {_path(c)}{_example(columns, c)}" for name, c in (("revision", updated), ("inserted", inserted)) if c
    )
    left = [column for column in columns if column not in used]
    if left:
        yield from ("", "# not used:", *(f"#   {clean(column, 60)}{_example(columns, column)}" for column in left))


def _long(columns: dict[str, list[str]], point: str, metres: str, used: set[str]) -> Iterator[str]:
    if point:
        yield f"place = {_path(point)}{_example(columns, point)}"
    if metres:
        yield f"metres = {_path(metres)}{_example(columns, metres)}"
    for column, values in columns.items():
        form = _form(values) if column not in used else ""
        if form:
            used.add(column)
            clock = (
                "epoch"
                if form.startswith("epoch") or form == "iso"
                else "net"
                if "net" in column.casefold() or "chip" in column.casefold()
                else "gun"
            )
            declared = "" if form == "auto" else f', form = "{form}"'
            yield "[[split.times]]"
            yield f"field = {_path(column)}{_example(columns, column)}"
            yield f'clock = "{clock}"' + (f'\nform = "{form}"' if declared else "")


def _wide(columns: dict[str, list[str]], used: set[str]) -> Iterator[str]:
    for column, values in columns.items():
        form = _form(values) if column not in used else ""
        if form in ("auto", "mm:ss") and (
            places.metres_of(column) is not None or places.kind_of(column) == "finish" or "time" in column.casefold()
        ):
            used.add(column)
            place = "" if places.metres_of(column) is not None else '\nplace = "Finish"'
            yield "[[split.columns]]"
            yield f"exact = {_quoted(column)}{_example(columns, column)}{place}" + (
                '\nform = "mm:ss"' if form == "mm:ss" else ""
            )


def _form(values: Sequence[str]) -> str:
    """How most values of a column are written, if they are times."""
    bare = [text for value in values if (text := times.bare(value, (r"\s*\(\d+\)$", "[*+]$"))) is not None]
    for form in ("auto", "mm:ss", "iso"):
        if bare and sum(_reads(text, form) for text in bare) >= len(bare) / 2:
            return form
    numbers = [float(text) for text in bare if re.fullmatch(r"\d{9,13}(\.\d+)?", text)]
    if bare and len(numbers) > len(bare) / 2:
        return "epoch_ms" if min(numbers) > 1e11 else "epoch_s"
    return ""


def _reads(text: str, form: str) -> bool:
    try:
        if form == "iso":
            times.instant(text, "iso")
        else:
            times.duration(text, "mm:ss" if form == "mm:ss" else "auto")
    except times.NoTime:
        return False
    return True


def _example(columns: dict[str, list[str]], column: str) -> str:
    values = columns.get(column, [])
    return f" # such as {clean(values[0], 40)}" if values else ""


def _path(column: str) -> str:
    return _quoted(column if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", column) else json.dumps(column))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
