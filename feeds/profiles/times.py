"""The times that providers write: durations, times of day, epochs, instants. Rule: what is not sure is not guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

Form = Literal["auto", "mm:ss", "s", "ms", "epoch_s", "epoch_ms", "iso", "day"]
"""How a time is written. `auto`: a duration as H:MM:SS or its like; MM:SS has to be declared, since it may be H:MM."""

NULLS = frozenset({"", "-", "--", "–", "—", "n/a", "null", "none"})
DAY_S = 86_400.0

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,9}))?")
_LETTERS = re.compile(
    r"(?:(\d{1,4})\s*h\s*)?(\d{1,2})\s*['′m]\s*(\d{2})(?:[.,](\d{1,9}))?\s*(?:\"|″|''|s)?", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,16}(?:\.\d{1,9})?")
_DAY = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]m)?", re.IGNORECASE)


class NoTime(ValueError):
    """A text that is no time of the form declared. The text of it is one clear line."""


@lru_cache(maxsize=64)
def _stripper(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None


def bare(value: Any, strip: tuple[str, ...] = (), nulls: frozenset[str] = NULLS) -> str | None:
    """A cell as text without its ornaments; none where it says that there is no time."""
    if value is None or isinstance(value, bool | dict | list):
        return None
    text = str(value)
    if strip and (pattern := _stripper(strip)) is not None:
        text = pattern.sub("", text)
    text = text.strip()
    return None if text.casefold() in nulls else text


def duration(text: str, form: Form = "auto") -> float:
    """Seconds of a duration. NoTime."""
    if form in ("s", "ms"):
        return _number(text) / (1000.0 if form == "ms" else 1.0)
    found = _CLOCK.fullmatch(text) or _LETTERS.fullmatch(text)
    if found is None:
        raise NoTime(f"{text!r} is no duration; wanted H:MM:SS or its like")
    hours, minutes, seconds, rest = found.groups()
    if hours is None and found.re is _CLOCK and form != "mm:ss":
        raise NoTime(f"{text!r} may be MM:SS or H:MM: declare the form mm:ss if it is minutes and seconds")
    if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
        raise NoTime(f"{text!r}: minutes and seconds go up to 59")
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(f"{seconds}.{rest or 0}")


def resolution(text: str, form: Form = "auto") -> float:
    """The step in which a time is written, in seconds, no finer than a hundredth."""
    if form in ("ms", "epoch_ms"):
        return 0.01 if not text.endswith("000") else 1.0
    _, _, decimals = re.sub(r"\s*[ap]m$", "", text.replace(",", "."), flags=re.IGNORECASE).rpartition(".")
    digits = decimals.rstrip("0") if "." in text.replace(",", ".") and decimals.isdigit() else ""
    return (1.0, 0.1, 0.01)[min(len(digits), 2)]


def instant(text: str, form: Form) -> datetime:
    """An instant of an epoch in seconds or milliseconds, or as ISO with an offset. NoTime."""
    try:
        if form == "iso":
            when = datetime.fromisoformat(text)
            if when.tzinfo is None:
                raise NoTime(f"{text!r} has no offset from UTC")
            return when
        return datetime.fromtimestamp(_number(text) / (1000.0 if form == "epoch_ms" else 1.0), UTC)
    except (OverflowError, OSError, ValueError) as error:
        if isinstance(error, NoTime):
            raise
        raise NoTime(f"{text!r} is no instant") from None


def time_of_day(text: str) -> float:
    """Seconds since midnight of `08:52:30AM`, `16:03:03`, `1:34 pm`. NoTime."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise NoTime(f"{text!r} is no time of day")
    hours, minutes, seconds, rest, half = found.groups()
    hour = int(hours)
    if half:
        if not 1 <= hour <= 12:
            raise NoTime(f"{text!r} is no time of day")
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    if hour > 23 or int(minutes) > 59 or int(seconds or 0) > 59:
        raise NoTime(f"{text!r} is no time of day")
    return hour * 3600 + int(minutes) * 60 + float(f"{seconds or 0}.{rest or 0}")


def since(start_s: float, day_s: float) -> float:
    """Seconds from a start to a time of day; a race that is still on at midnight goes on after it."""
    return day_s - start_s if day_s >= start_s else day_s - start_s + DAY_S


def on(day: date, day_s: float, zone: str) -> datetime:
    """A time of day on a date in a zone. NoTime where there is no such zone."""
    try:
        midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        raise NoTime(f"no such time zone: {zone!r}") from None
    return midnight + timedelta(seconds=day_s)


def stamp(value: Any) -> tuple[int, float] | None:
    """A provider's mark of when it touched a row, as (revision, POSIX seconds): epochs, also `1688287832_000066`, or ISO."""
    text = str(value)
    whole, mark, counter = text.partition("_")
    if whole.isascii() and whole.isdigit() and len(whole) <= 10 and (not mark or counter.isdigit()):
        return int(whole) * 1_000_000 + int(counter[:6] or 0), float(whole)
    if text.isascii() and text.isdigit() and len(text) == 13:
        return int(text) * 1000, int(text) / 1000
    try:
        when = instant(text, "iso").timestamp() if not _NUMBER.fullmatch(text) else float(text)
    except NoTime:
        return None
    return int(when * 1_000_000), when


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise NoTime(f"{text!r} is no number")
    return float(text)
