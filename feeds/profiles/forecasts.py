"""When the provider itself expects runners at places still to come. Rule: an estimate is never newer than the read it awaits,
and what is not there any more is withdrawn like any row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from feeds.profiles import times
from feeds.profiles.fields import Field, text_of
from feeds.profiles.layout import Forecast, Rows
from feeds.profiles.passing import Passing
from feeds.profiles.places import Places
from feeds.profiles.rows import Refused, RowReader


class Forecasts:
    """Reads the estimates of an answer."""

    def __init__(self, section: Forecast) -> None:
        self._rows = RowReader(Rows(path=section.path, levels=section.levels))
        self._form = section.form
        names = ("athlete", "race", "place", "at", "revision")
        self._fields = [Field(getattr(section, name)) for name in names]

    def read(self, document: Any, places: Places) -> Iterator[tuple[str, Passing]]:
        """(what tells its race, an estimated passing); what cannot be read is none."""
        try:
            rows = self._rows.rows(document) or []
        except Refused:
            return
        for row in rows:
            athlete, race, name, at, revision = (text_of(field(row)) for field in self._fields)
            stamp = times.stamp(revision)
            place = places.find(name) if name else None
            if not athlete or place is None or at is None or stamp is None:
                continue
            try:
                when = times.instant(at, self._form)
            except times.NoTime:
                continue
            yield race or "", Passing("split", athlete, place, "ahead", None, None, when, None, True, stamp[0], None)
