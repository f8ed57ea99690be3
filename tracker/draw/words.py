"""Times, gaps, paces and distances as people write them. Rule: no other module formats a figure.

Decimals follow the coarser mark: `resolution_s` 1 gives whole seconds, 0.1 gives tenths. Minus is U+2212 everywhere;
an ASCII screen translates whole lines at the end (`glyphs.to_ascii`).
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.draw.look import Units

MILE_M = 1609.344
MINUS = "−"


def _round(value: float, decimals: int) -> float:
    """Half away from zero, so that −0.5 and 0.5 look alike."""
    scale: int = 10**decimals
    whole = int(abs(value) * scale + 0.5 + 1e-9) / scale
    return -whole if value < 0 else whole


def decimals(resolution_s: float) -> int:
    """Decimal places that a time of this resolution bears."""
    return 0 if resolution_s >= 0.5 else 1


def clock(seconds: float, resolution_s: float = 1.0, *, hours: bool = False) -> str:
    """`59:35`, `1:10:59`, `1:59:40.2`; with `hours` always `0:59:35`. Negative before the gun: `−4:10`."""
    places = decimals(resolution_s)
    rounded = _round(abs(seconds), places)
    whole = int(rounded)
    tail = f".{int((rounded - whole) * 10 + 0.5)}" if places else ""
    h, m, s = whole // 3600, whole // 60 % 60, whole % 60
    text = f"{h}:{m:02d}:{s:02d}{tail}" if h or hours else f"{m}:{s:02d}{tail}"
    return MINUS + text if seconds < 0 and rounded > 0 else text


def running_clock(seconds: float) -> str:
    """The elapsed time in the header, cut to the second, never ahead of the race: `1:12:03`, `−4:10`."""
    cut = math.floor(seconds + 1e-6)
    return clock(cut, hours=cut >= 0)


def gap(seconds: float, resolution_s: float = 1.0) -> str:
    """`−7`, `+11`, `−19.8`, from 60 s on `−1:25`; `0` when level. No unit."""
    places = decimals(resolution_s)
    value = _round(seconds, places)
    if value == 0:
        return "0"
    sign = "+" if value > 0 else MINUS
    if abs(value) >= 60:
        return sign + clock(abs(value), resolution_s)
    return f"{sign}{abs(value):.{places}f}"


def level(seconds: float, resolution_s: float = 1.0) -> bool:
    """Whether a gap rounds to nothing."""
    return _round(seconds, decimals(resolution_s)) == 0


def side_ink(seconds: float, resolution_s: float = 1.0) -> str:
    """The ink of a gap: `ahead` where it is minus, `behind` where it is plus, `text` where it is level."""
    return "text" if level(seconds, resolution_s) else "ahead" if seconds < 0 else "behind"


def side(seconds: float, resolution_s: float = 1.0) -> tuple[str, str]:
    """The word of a gap that stands alone, and its ink: `AHEAD`, `BEHIND`, `LEVEL`."""
    if level(seconds, resolution_s):
        return "LEVEL", "bright"
    return ("AHEAD", "ahead") if seconds < 0 else ("BEHIND", "behind")


def gap_with_unit(seconds: float, resolution_s: float = 1.0) -> str:
    """`−7 s`, `−1:25`."""
    text = gap(seconds, resolution_s)
    return text if ":" in text else f"{text} s"


def pace(seconds_per_km: float, units: Units = "km", places: int = 1) -> str:
    """`2:50.4` for km or miles, without a unit."""
    per = seconds_per_km * (MILE_M / 1000 if units == "mi" else 1.0)
    value = _round(per, places)
    minutes = int(value // 60)
    return f"{minutes}:{value - 60 * minutes:0{3 + places if places else 2}.{places}f}"


def set_pace(seconds_per_km: float, units: Units = "km") -> str:
    """A pace somebody set: `2:50`, tenths only where it has them."""
    return pace(seconds_per_km, units).removesuffix(".0")


def pace_cut(seconds_per_km: float, units: Units = "km") -> str:
    """A pace cut to tenths, so that a needed pace never promises ease."""
    per = seconds_per_km * (MILE_M / 1000 if units == "mi" else 1.0)
    return pace(int(per * 10 + 1e-9) / 10)


def pace_places(resolution_s: float, over_m: float) -> int:
    """Decimals a pace bears: tenths where the clock's step spread over the stretch is at most 0.2 s a kilometre."""
    return 1 if over_m > 0 and resolution_s / over_m * 1000 <= 0.2001 else 0


def per_unit(units: Units) -> str:
    """`/km` or `/mi`."""
    return f"/{units}"


def distance(metres: float, units: Units = "km", places: int = 1) -> str:
    """A distance in km or miles without unit, rounded: `27.2`; whole numbers without decimals at places 0."""
    return f"{_round(metres / (MILE_M if units == 'mi' else 1000.0), places):.{places}f}"


def distance_cut(metres: float, units: Units = "km", places: int = 2) -> str:
    """A running position, cut and not rounded: `25.37`."""
    value = metres / (MILE_M if units == "mi" else 1000.0)
    scale = 10**places
    return f"{int(value * scale + 1e-6) / scale:.{places}f}"


def mat(distance_m: float | None, name: str, units: Units = "km") -> str:
    """A mat in a table: `5`, `21`, `half`, `finish`, `13.1` (miles, one decimal); its name where no metres are known."""
    if name.lower() in ("half", "finish"):
        return name.lower()
    if distance_m is None:
        return name
    if units == "mi":
        return f"{distance_m / MILE_M:.1f}"
    km = distance_m / 1000
    return f"{km:.0f}" if abs(km - round(km)) < 0.001 else f"{km:.1f}"


def mat_with_unit(distance_m: float | None, name: str, units: Units = "km") -> str:
    """`25 km`, `15.5 mi`, `half`, `finish`."""
    text = mat(distance_m, name, units)
    return f"{text} {units}" if distance_m is not None and text not in ("half", "finish") else text


def metres(value: float, resolution_s: float = 1.0, units: Units = "km") -> str:
    """A short distance without sign: `41 m`, in tens from 100 m on where marks are whole seconds, `1.2 km` from 1,000 m."""
    size = abs(value)
    unit, name = (0.9144, "yd") if units == "mi" else (1.0, "m")
    step = 10 if size >= 100 and resolution_s >= 1 else 1
    shown = _round(size / unit / step, 0) * step
    return f"{distance(size, units)} {units}" if max(size, shown * unit) >= 1000 else f"{shown:.0f} {name}"


def ago(seconds: float) -> str:
    """`1:04 ago`, `0:25 ago`; cut to the second."""
    return f"{clock(int(max(0.0, seconds) + 1e-6))} ago"


def minutes(seconds: float) -> str:
    """A rough time to go: `5 min`, `1 h 20 min`, `under 1 min`."""
    whole = int(_round(seconds / 60, 0))
    if whole < 1:
        return "under 1 min"
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60} min"


SURE_FROM_M = 40_000.0
"""From here on a chance may be said to be none, or certain."""


def chance(p: float, *, late: bool = False) -> str:
    """`60 %`, in steps of 10; between 1 and 99 % unless it is `late` in the race."""
    tens = int(_round(p * 10, 0)) * 10
    return f"{tens if late else min(99, max(1, tens))} %"


def rough_clock(seconds: float) -> str:
    """An inferred moment, no seconds: `0:22`, `1:05` (hours and minutes, cut)."""
    whole = int(seconds // 60)
    return f"{whole // 60}:{whole % 60:02d}"


@lru_cache(maxsize=8)
def zone_of(name: str | None) -> ZoneInfo | None:
    """The time zone of that name, none where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def time_of_day(posix_s: float, time_zone: str | None, *, seconds: bool = True, zone: bool = True) -> str:
    """`09:27:03 CEST`; UTC where the zone is unknown."""
    when = datetime.fromtimestamp(posix_s + 1e-6, zone_of(time_zone) or UTC)
    text = when.strftime("%H:%M:%S" if seconds else "%H:%M")
    return f"{text} {when.tzname()}" if zone else text


def second_of_day(posix_s: float, time_zone: str | None) -> float:
    """Seconds since midnight by the clock on the wall."""
    when = datetime.fromtimestamp(posix_s, zone_of(time_zone) or UTC)
    return when.hour * 3600 + when.minute * 60 + when.second + when.microsecond / 1e6


def iso_time(posix_s: float, time_zone: str | None) -> str:
    """An RFC 3339 instant in the race's zone."""
    when = datetime.fromtimestamp(round(posix_s, 3), zone_of(time_zone) or UTC)
    return when.isoformat(timespec="milliseconds" if when.microsecond else "seconds")


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(date: str | None) -> str:
    """`12 Oct 2019` from `2019-10-12`; empty for none."""
    if not date:
        return ""
    year, month, dom = date.split("-")
    return f"{int(dom)} {MONTHS[int(month) - 1]} {year}"
