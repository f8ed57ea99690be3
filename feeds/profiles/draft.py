"""A profile to start from, for a document that nobody has described: who, where and when, by names and values.

Rule: what was guessed says so, and what was not understood is listed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from feeds.feed import FeedError
from feeds.profiles import places, times
from feeds.profiles.fields import Field, text_of
from feeds.profiles.layout import StatusWord
from feeds.profiles.sample import Sample, sampled
from feeds.text import clean

_Judge = Callable[[Sequence[str]], bool]
SAMPLE = 200
"""Deliveries that are looked at, where a document is not one of them."""
_BIBS = ("bib", "bibnumber", "startnummer", "startnumber", "startnr", "startno", "racenumber", "number", "dossard", "dorsal", "no", "nr",
         "id", "pid", "athleteid")  # fmt: skip
_NAMES = ("name", "displayname", "fullname", "athletename", "athlete", "runner")
_FIRST = ("firstname", "givenname", "vorname", "prenom", "first")
_LAST = ("lastname", "familyname", "surname", "nachname", "nom", "last")
_ABOUT = {
    "sex": ("sex", "gender", "geschlecht", "geschl", "sexe"),
    "country": ("country", "nat", "nation", "nationality", "countrycode"),
    "category": ("category", "agegroup", "ageclass", "klasse", "division"),
    "team": ("team", "club", "verein", "equipe"),
}
_POINTS = (
    "point",
    "split",
    "location",
    "checkpoint",
    "mat",
    "station",
    "interval",
    "timingpoint",
    "splitname",
    "to",
    "place",
)
_METRES = ("metersfromstart", "metres", "meters", "distance", "distancem", "dist", "km")
_RANKS = ("rank", "pos", "position", "platz")
_GUNS = ("gun", "guntime", "racestart", "starttime", "start")
_STATES = ("status", "state", "remark", "bemerkung")
_INSERTED, _UPDATED = (
    ("inserted", "created", "received", "i"),
    ("updated", "modified", "changed", "u", "rev", "revision"),
)
_FINISH = re.compile(r"finish|ziel|arriv|total|time|zeit", re.IGNORECASE)
_WORDS: dict[StatusWord, tuple[str, ...]] = {
    "DNF": ("dnf", "retired", "aufgabe", "aufgegeben", "abandon", "did not finish"),
    "DNS": ("dns", "n.a.", "not started", "did not start"),
    "DSQ": ("dsq", "dq", "disq", "disqualified"),
    "finished": ("finished", "finisher"),
}


def drafted(document: bytes, name: str = "my-provider") -> str:
    """The TOML of a profile. FeedError for a document that has no rows that could be read."""
    sample = sampled(document)
    if not sample.rows:
        raise FeedError(
            "no rows found: a draft is made of JSON or XML with a list of rows, or of a table with a header", 1
        )
    return "\n".join([f'name = "{name}"', 'title = "My provider"', "", *_Draft(sample).lines(), ""])


class _Draft:
    """The sections, with an example beside each guess."""

    def __init__(self, sample: Sample) -> None:
        self._sample = sample
        self._columns = sample.columns
        self._used: set[str] = set()
        self._id = ""

    def lines(self) -> Iterator[str]:
        """Line by line."""
        yield from self._rows()
        athlete, split = list(self._athlete()), list(self._split())
        gun = self._called(_GUNS, of=lambda values: _form(values) == "iso")
        if gun:
            yield from ("", "[race]", f"started = {_quoted(gun)}{self._example(gun)}")
        yield from ("", "[athlete]", *athlete, "", "[split]", *split, *self._states())
        yield from ("", "[semantics]", "snapshot = true # false if answers only add to what was said before")
        for key, names in (("revision", _UPDATED), ("inserted", _INSERTED)):
            if column := self._called(names):
                yield f"{key} = {_quoted(column)}{self._example(column)}"
        left = [column for column in self._columns if column not in self._used]
        if left:
            yield from ("", "# not used:", *(f"#   {clean(column, 60)}{self._example(column)}" for column in left))

    def _rows(self) -> Iterator[str]:
        section = self._sample.section
        yield "[rows]"
        if section.format != "json":
            yield f"format = {_quoted(section.format)}"
        if section.words:
            yield f"words = [{', '.join(map(_quoted, section.words))}] # of the table's header"
        for key in ("path", "delimiter"):
            if value := getattr(section, key):
                yield f"{key} = {_quoted(value)}"
        if section.levels:
            yield f"levels = [{', '.join(map(_quoted, section.levels))}]"
        if section.encoding != "utf-8":
            yield f"encoding = {_quoted(section.encoding)}"

    def _athlete(self) -> Iterator[str]:
        self._id = bib = self._called(_BIBS) or next(iter(self._columns))
        yield f"id = {_quoted(bib)}{self._example(bib)}"
        yield f"bib = {_quoted(bib)}"
        first, last = self._called(_FIRST), self._called(_LAST)
        if first and last:
            yield f"name = [{_quoted(first)}, {_quoted(last)}]{self._example(first)} {clean(self._columns[last][0], 20)}"
        elif column := self._called(_NAMES):
            yield f"name = {_quoted(column)}{self._example(column)}"
        for key, names in _ABOUT.items():
            if column := self._called(names):
                yield f"{key} = {_quoted(column)}{self._example(column)}"

    def _split(self) -> Iterator[str]:
        point, metres = self._place()
        if not (point or metres):
            yield from self._wide()
            return
        if point:
            yield f"place = {_quoted(point)}{self._example(point)}"
        if metres:
            yield f"metres = {_quoted(metres)}{self._example(metres)}"
            if max(float(value) for value in self._columns[metres]) < 1000:
                yield 'metres_unit = "km" # they are small for metres'
        if rank := self._called(_RANKS, nearest=True, of=_are_numbers):
            yield f"rank = {_quoted(rank)}{self._example(rank)}"
        found: dict[str, tuple[str, str]] = {}
        for column, values in self._columns.items():
            name = _bare_name(column)
            form = "" if column in self._used or "parent." in column else _form(values, name)
            if form.startswith("epoch") and name.startswith("start"):
                self._used.add(column)
                yield f'own_start = {_quoted(column)}{self._example(column)}\nown_start_form = "{form}"'
            elif form:
                found.setdefault(_clock(column, form), (column, form))  # a second one of a clock says nothing more
        for column, form in found.values():
            self._used.add(column)
            yield from self._time(column, form, point)
        if not found:
            yield 'times = [] # none was recognised: { field = "…", clock = "gun" }'

    def _time(self, column: str, form: str, point: str) -> Iterator[str]:
        clock = _clock(column, form)
        legs = clock != "epoch" and self._gets_smaller(column, form)
        yield "[[split.times]]"
        yield f"field = {_quoted(column)}{self._example(column)}"
        yield (
            'clock = "leg" # it gets smaller on the way, so it is no time since the start'
            if legs
            else f'clock = "{clock}"'
        )
        if form != "auto":
            yield f'form = "{form}"'
        if legs and point:
            names = dict.fromkeys(text_of(Field(point)(row)) or "" for row in self._sample.rows)
            yield f"[place]\norder = [{', '.join(map(_quoted, filter(None, names)))}] # as they come; is it so on the course?"

    def _gets_smaller(self, column: str, form: str) -> bool:
        """Whether of some athlete a later row has less."""
        whose, value = Field(self._id), Field(column)
        for _, rows in groupby(self._sample.rows, key=lambda row: text_of(whose(row))):
            texts = [text for row in rows if (text := times.bare(value(row))) is not None]
            if any(_seconds(later, form) < _seconds(earlier, form) for earlier, later in pairwise(texts)):
                return True
        return False

    def _wide(self) -> Iterator[str]:
        found = False
        for column, values in self._columns.items():
            form = _form(values) if column not in self._used else ""
            place = _place_in(column)
            if form in ("auto", "mm:ss") and place:
                found = True
                self._used.add(column)
                name = json.loads(column) if column.startswith('"') else column
                yield "[[split.columns]]"
                yield f"exact = {_quoted(name)}{self._example(column)}"
                if places.metres_of(name) is None:
                    yield f"place = {_quoted(place)}"
                if (clock := _clock(column, form)) != "gun":
                    yield f'clock = "{clock}"'
                if form == "mm:ss":
                    yield 'form = "mm:ss"'
        if not found:
            yield 'columns = [] # none was recognised: { exact = "…", place = "10K" }'

    def _states(self) -> Iterator[str]:
        column = self._called(_STATES)
        known = {text: word for text in dict.fromkeys(self._columns.get(column, ())) for word, said in _WORDS.items()
                 if text.casefold() in said}  # fmt: skip
        if known:
            yield from ("", "[[status]]", f"field = {_quoted(column)}{self._example(column)}")
            yield f"values = {{ {', '.join(f'{_quoted(text)} = {_quoted(word)}' for text, word in known.items())} }}"
        elif column:
            self._used.discard(column)

    def _called(self, names: Sequence[str], *, nearest: bool = False, of: _Judge | None = None) -> str:
        """The first column of such a name whose values are so: of the row itself, else (unless `nearest`) of what it is in."""
        for inner in (True,) if nearest else (True, False):
            for name in names:
                for column, values in self._columns.items():
                    fits = (
                        _bare_name(column) == name and column not in self._used and ("parent." not in column) is inner
                    )
                    if fits and (of is None or of(values)):
                        self._used.add(column)
                        return column
        return ""

    def _place(self) -> tuple[str, str]:
        """What the place of a row is called, and its metres: of the row, else of what it is in, if that is no athlete."""
        point, metres = self._called(_POINTS, nearest=True), self._called(_METRES, nearest=True, of=_are_numbers)
        if point or metres or "parent." in self._id or not self._sample.section.levels:
            return point, metres
        return self._called(("name", *_POINTS)), self._called(_METRES, of=_are_numbers)

    def _example(self, column: str) -> str:
        values = self._columns.get(column, [])
        return f" # such as {clean(values[0], 40)}" if values else ""


def _bare_name(column: str) -> str:
    """The last step of a path in small letters and figures."""
    last = json.loads(column) if column.startswith('"') else column.rpartition(".")[2]
    return re.sub(r"[\W_]", "", last.casefold())


def _clock(column: str, form: str) -> str:
    if form.startswith("epoch") or form == "iso":
        return "epoch"
    return "net" if re.search("net|chip", column, re.IGNORECASE) else "gun"


def _place_in(column: str) -> str:
    """What the name of a column says of a place; empty where it says nothing."""
    name = json.loads(column) if column.startswith('"') else column
    if places.metres_of(name) is not None:
        return name
    found = places.DISTANCE.search(name)
    return found[0] if found is not None else "Finish" if _FINISH.search(name) else ""


def _are_numbers(values: Sequence[str]) -> bool:
    return all(re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value) for value in values)


def _form(values: Sequence[str], name: str = "") -> str:
    """How most values of a column are written, if they are times; plain numbers only by the column's name."""
    bare = [text for value in values if (text := times.bare(value, (r"\s*\(\d+\)$", "[*+]$"))) is not None]
    for form in ("auto", "mm:ss", "iso"):
        if bare and sum(_seconds(text, form) >= 0 for text in bare) >= len(bare) / 2:
            return form
    numbers = [float(text) for text in bare if re.fullmatch(r"\d{9,13}(\.\d+)?", text)]
    if bare and len(numbers) > len(bare) / 2:
        return "epoch_ms" if min(numbers) > 1e11 else "epoch_s"
    if bare and _are_numbers(bare) and re.search("millis|ms$", name):
        return "ms"
    return "s" if bare and _are_numbers(bare) and re.search("sec|time|zeit", name) else ""


def _seconds(text: str, form: str) -> float:
    """Of a time of that form; −1 where it is none."""
    try:
        if form == "iso":
            return times.instant(text, "iso").timestamp()
        return times.duration(
            text, "mm:ss" if form == "mm:ss" else "s" if form == "s" else "ms" if form == "ms" else "auto"
        )
    except times.NoTime:
        return -1.0


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
