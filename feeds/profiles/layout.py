"""How a provider's answers are read: the models of a profile's sections. Rule: data only, nothing is read here."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from xml.etree.ElementTree import Element

from pydantic import AfterValidator, BeforeValidator, model_validator

from feeds.profiles.asking import Section, as_tuple
from feeds.profiles.fields import Field
from feeds.profiles.times import NULLS, Form

SEXES = {
    "m": "M", "male": "M", "man": "M", "men": "M", "h": "M",
    "f": "W", "w": "W", "female": "W", "woman": "W", "women": "W",
    "männlich": "M", "männer": "M", "weiblich": "W", "frauen": "W", "homme": "M", "femme": "W",
    "x": "X", "nb": "X", "non-binary": "X", "d": "X",
}  # fmt: skip

StatusWord = Literal["DNS", "DNF", "DSQ", "reinstated", "finished"]
TimeClock = Literal["gun", "net", "leg", "day", "epoch"]
"""What a time counts from: the gun, the own start, the last mat (summed), midnight, or 1970 (an instant)."""


def _is_regex(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return text


def _is_path(text: str) -> str:
    if "{" not in text:  # with a slot it is a template, filled by an answer
        Field(text)
    return text


def _is_xml_path(path: str) -> None:
    try:
        Element("x").findall(path or "*")
    except (SyntaxError, KeyError, TypeError, ValueError):
        raise ValueError(f"{path!r} is no path of elements, such as results/runner") from None


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else as_tuple(value)


Regex = Annotated[str, AfterValidator(_is_regex)]
Path_ = Annotated[str, AfterValidator(_is_path)]
"""A column's name or a JMESPath."""
Paths = Annotated[tuple[Path_, ...], BeforeValidator(_several)]
"""One path, or several that are joined by a space."""
Words = Annotated[tuple[str, ...], BeforeValidator(_several)]
Regexes = Annotated[tuple[Regex, ...], BeforeValidator(_several)]


class Rows(Section):
    """Where the rows are. `path`: to the list; `levels`: from each element down, which it sees as `parent`. In XML both are
    paths of elements.

    `anywhere`: lists at any depth. `header`: path to the names of rows that are arrays. `words`: of the header of an HTML
    table; `capture`: what else of the page a row sees as `doc`, each by a regular expression.
    """

    format: Literal["json", "csv", "xml", "html"] = "json"
    path: str = ""
    levels: Words = ()
    anywhere: bool = False
    header: Path_ = ""
    delimiter: str = ""
    encoding: str = "utf-8"
    words: Words = ()
    capture: dict[str, Regex] = {}

    @property
    def by_line(self) -> bool:
        """Whether a row may come as a line without being JSON: of a table, in an encoding whose lines end as usual."""
        return self.format == "csv" and "\n".encode(self.encoding) == b"\n"

    @model_validator(mode="after")
    def _can_be_read(self) -> Rows:
        for path in (self.path, *self.levels):
            if self.format == "json":
                _is_path(path)
            elif self.format == "xml":
                _is_xml_path(path)
        if self.format == "html" and not self.words:
            raise ValueError("html needs words: those of the table's header")
        if len(self.delimiter) > 1:
            raise ValueError("delimiter is one character")
        try:
            "".encode(self.encoding)
        except LookupError:
            raise ValueError(f"no encoding is called {self.encoding!r}") from None
        return self


class RaceSection(Section):
    """The race, as templates of answers such as `{event}`. `gun_is_first_start`: the gun is the earliest own start.

    `started`: where a row, or what it is in, tells the instant of the gun. Of an event with several races `by` tells which
    one a row is of, `called` its name for people, and `answer` is the question whose answer, one of both, picks it.
    """

    id: str = ""
    name: str = ""
    date: str = ""
    time_zone: str = ""
    gun: str = ""
    distance_m: str = ""
    gun_is_first_start: bool = False
    started: Path_ = ""
    started_form: Form = "iso"
    by: Path_ = ""
    called: Path_ = ""
    answer: str = ""


class AthleteSection(Section):
    """Who a row is about. `strip` is cut out of every text; `sexes` reads the provider's words as M, W or X."""

    id: Paths
    bib: Paths = ()
    name: Paths = ()
    country: Paths = ()
    sex: Paths = ()
    category: Paths = ()
    team: Paths = ()
    strip: Regexes = ()
    sexes: dict[str, Literal["M", "W", "X"]] = SEXES  # type: ignore[assignment]  # checked by the model itself


class Time(Section):
    """A time of a row: where it is, what it counts from, how it is written."""

    field: Path_
    clock: TimeClock = "gun"
    form: Form = "auto"


class Column(Section):
    """Columns of a wide table: named exactly, by a part, or by a pattern, whose group `place` names the place."""

    exact: str = ""
    contains: str = ""
    pattern: Regex = ""
    place: str = ""
    clock: TimeClock = "gun"
    form: Form = "auto"

    @model_validator(mode="after")
    def _one_way(self) -> Column:
        if sum(map(bool, (self.exact, self.contains, self.pattern))) != 1:
            raise ValueError("give one of exact, contains and pattern")
        return self


class SplitSection(Section):
    """The passings of a row: long, at `place` or `metres` with `times`; wide, in `columns`.

    `is_start`, `is_finish`: flags of a row whose place is the start or the finish, whatever it is called. `own_start`: the
    instant of the athlete's own start. `strip` is cut out of every time; `nulls` also mean no time.
    """

    place: Paths = ()
    metres: Path_ = ""
    metres_unit: Literal["m", "km", "mi"] = "m"
    is_start: Path_ = ""
    is_finish: Path_ = ""
    rank: Path_ = ""
    own_start: Path_ = ""
    own_start_form: Form = "epoch_ms"
    times: Annotated[tuple[Time, ...], BeforeValidator(as_tuple)] = ()
    columns: Annotated[tuple[Column, ...], BeforeValidator(as_tuple)] = ()
    strip: Regexes = ()
    nulls: Words = ()

    @model_validator(mode="after")
    def _says_where_and_when(self) -> SplitSection:
        if not self.columns and not (self.place or self.metres):
            raise ValueError("give place or metres for a row a split, or columns for a row an athlete")
        if not self.columns and not self.times:
            raise ValueError("give times: where is the time of a split?")
        return self

    @property
    def all_nulls(self) -> frozenset[str]:
        """Every text that means no time, in small letters."""
        return NULLS | {text.casefold() for text in self.nulls}


class PlaceSection(Section):
    """What places are called: `aliases` lead to another name, `metres` give a distance, `ignore` are patterns of none.

    `lap`: a pattern whose first group is the number of the lap; it is cut off the name. `order`: the places of a lap one
    after the other, in which legs are summed.
    """

    aliases: dict[str, str] = {}
    metres: dict[str, float] = {}
    ignore: Regexes = ()
    lap: Regex = ""
    order: Words = ()

    @model_validator(mode="after")
    def _lap_has_a_number(self) -> PlaceSection:
        if self.lap and re.compile(self.lap).groups != 1:
            raise ValueError("lap: give a pattern with one group, the number of the lap")
        return self


class PointsSection(Section):
    """A document of the course's places, delivered as `part`."""

    part: str
    path: Path_ = ""
    name: Path_ = "name"
    label: Path_ = ""
    metres: Path_ = ""
    unit: Literal["m", "km", "mi"] = "m"
    is_start: Path_ = ""
    is_finish: Path_ = ""


class Status(Section):
    """What a field makes of an athlete: `values` by its texts, or `flag` wherever it is set (neither empty, 0 nor false)."""

    field: Path_
    values: dict[str, StatusWord] = {}
    flag: StatusWord | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Status:
        if bool(self.values) == (self.flag is not None):
            raise ValueError("give one of values and flag")
        return self


class Estimated(Section):
    """A row is an estimate of the provider's own where the field matches."""

    field: Path_
    pattern: Regex


class Forecast(Section):
    """When the provider itself expects runners at places still to come: instants, read as estimates, under `path` and `levels`
    as rows are. `race` as [race] `by`; `revision` has to be older than that of the row that follows.
    """

    path: Path_
    levels: Annotated[tuple[Path_, ...], BeforeValidator(as_tuple)] = ()
    athlete: Path_
    race: Path_ = ""
    place: Path_
    at: Path_
    form: Form = "epoch_s"
    revision: Path_


class Filter(Section):
    """Only rows count whose field is one of `values` or the user's answer; with neither, all do."""

    field: Path_
    values: Words = ()
    answer: str = ""


class Semantics(Section):
    """`snapshot`: an answer says all there is. `revision` (else `sequence`) ranks the versions of a row."""

    snapshot: bool = False
    revision: Path_ = ""
    sequence: Path_ = ""
    inserted: Path_ = ""
