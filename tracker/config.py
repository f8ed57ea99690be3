"""Settings, and where each came from. Rule: a flag over a `PACELINE_*` variable over the file over the default.

An option has the same name everywhere: `--units`, `PACELINE_UNITS`, `units = "mi"`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from feeds.text import clean


class ConfigError(Exception):
    """A setting that cannot be used: wrong usage, in one clear line."""


class Setting(NamedTuple):
    """A value, as used, and where it came from: a flag, a variable's name, a file's path, or "default"."""

    value: Any
    origin: str


def size(text: str) -> tuple[int, int]:
    """`120x36` as (columns, rows). ValueError."""
    width, sign, height = text.lower().replace("×", "x").partition("x")
    if not (sign and width.isascii() and width.isdigit() and height.isascii() and height.isdigit()):
        raise ValueError("give columns x rows, such as 120x36")
    columns, rows = int(width[:6]), int(height[:6])
    if not (1 <= columns <= 1000 and 1 <= rows <= 500):
        raise ValueError("give 1x1 to 1000x500")
    return columns, rows


def speed(text: str) -> float:
    """0.25 to 600, with or without an ×. ValueError."""
    number = text.strip().rstrip("xX×")
    try:
        value = float(number) if number.isascii() and "_" not in number else float("nan")
    except ValueError:
        value = float("nan")
    if not 0.25 <= value <= 600:
        raise ValueError("give a number from 0.25 to 600")
    return value


def budget(text: str) -> int:
    """`2MB/h`, `500kB/h` as bytes an hour. ValueError."""
    word = text.strip().lower().removesuffix("/h").strip()
    unit = next((unit for unit in _BYTES if word.endswith(unit)), "")
    number = word.removesuffix(unit).strip()
    if not (unit and number.replace(".", "", 1).isdigit() and number.isascii() and float(number) > 0):
        raise ValueError("give bytes an hour, such as 2MB/h or 500kB/h")
    return int(float(number) * _BYTES[unit])


_BYTES = {"kb": 1000, "mb": 1_000_000, "gb": 1_000_000_000}


def delay(text: str) -> float:
    """Seconds behind live, 0 to 300. ValueError."""
    word = text.strip().removesuffix("s").strip()
    if not (word.replace(".", "", 1).isdigit() and word.isascii() and float(word) <= 300):
        raise ValueError("give seconds from 0 to 300")
    return float(word)


def _switch(text: str) -> bool:
    word = text.strip().casefold()
    if word in ("1", "true", "yes", "on"):
        return True
    if word in ("", "0", "false", "no", "off"):
        return False
    raise ValueError("give true or false")


class Option(NamedTuple):
    """One setting. `read` turns text into the value; a `choices` option takes one of these words.

    `live`: it concerns only feeds that go on.
    """

    name: str
    help: str
    example: str
    default: Any = ""
    read: Callable[[str], Any] = str
    choices: tuple[str, ...] = ()
    metavar: str = ""
    live: bool = False

    @property
    def flag(self) -> str:
        """`--no-mouse`."""
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        """`PACELINE_NO_MOUSE`."""
        return "PACELINE_" + self.name.upper()

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off."""
        return self.read is _switch


THEMES = ("auto", "dark", "light", "safe", "contrast", "mono")
PRIORS = ("auto", "mass", "elite", "paced")
OPTIONS = (
    Option("at", "the race time to begin at, or to show: 1:10:59, 25km, half, finish", "1:10:59", metavar="T|KM"),
    Option("speed", "race seconds a second, 0.25 to 600; 60 for shipped races, 1 for tapes", "60", None, speed,
           metavar="N"),
    Option("target", "compare with a finish time, a pace or a target's name: 2:00:00, 2:50/km", "2:00:00",
           metavar="T"),
    Option("athlete", "watch this runner: an id, a bib or a name", "kipchoge", metavar="ID"),
    Option("ghost", "another recorded race beside this one: a name or a file", "berlin-2018", metavar="NAME"),
    Option("compare", "up to three others beside the runner: ids, bibs or names, with commas", "kipruto,abdi",
           metavar="A,B"),
    Option("prior", "whom the projection takes the runner for: " + ", ".join(PRIORS), "mass", "auto", choices=PRIORS),
    Option("course", "the course the projection reckons with: one that is known by name, or none", "boston",
           metavar="NAME"),
    Option("size", "columns and rows of the text that --once writes", "120x36", None, size, metavar="WxH"),
    Option("units", "km or mi", "mi", "km", choices=("km", "mi")),
    Option("theme", "colours: " + ", ".join(THEMES), "light", "auto", choices=THEMES),
    Option("ascii", "nothing but ASCII on the screen", "true", False, _switch),
    Option("no_mouse", "leave the mouse to the terminal", "true", False, _switch),
    Option("delay", "seconds to stay behind a live feed, 0 to 300; kept per feed when set by key", "30", None, delay,
           metavar="S", live=True),
    Option("no_record", "write no tape of a live feed", "true", False, _switch, live=True),
    Option("bell", "ring the terminal's bell with a notice", "true", False, _switch, live=True),
    Option("budget", "ask a polled feed so seldom that it stays under this", "2MB/h", None, budget, metavar="N",
           live=True),
    Option("ca_file", "trust the certificates in this file as well", "/etc/ssl/club.pem", metavar="FILE", live=True),
)  # fmt: skip
BY_NAME = {option.name: option for option in OPTIONS}


class Paths(NamedTuple):
    """Where settings, tapes and what is remembered of a feed lie."""

    config: Path
    data: Path
    state: Path


def paths(environ: Mapping[str, str] = os.environ) -> Paths:
    """By the XDG variables; a relative one is ignored, as its specification says."""
    home = Path(environ.get("HOME") or Path.home())

    def under(variable: str, default: str) -> Path:
        given = Path(environ.get(variable, ""))
        return (given if given.is_absolute() else home / default) / "paceline"

    return Paths(
        under("XDG_CONFIG_HOME", ".config") / "config.toml",
        under("XDG_DATA_HOME", ".local/share"),
        under("XDG_STATE_HOME", ".local/state"),
    )


class Settings:
    """The effective settings: `settings["units"].value`. `warnings` are lines for stderr."""

    def __init__(self, flags: Mapping[str, Any], environ: Mapping[str, str] = os.environ) -> None:
        self.warnings: list[str] = []
        self.paths = paths(environ)
        in_file = self._file()
        self.warnings += _unknown(environ)
        self._found = {option.name: self._one(option, flags, environ, in_file) for option in OPTIONS}

    def __getitem__(self, name: str) -> Setting:
        return self._found[name]

    def value(self, name: str) -> Any:
        """The value alone."""
        return self._found[name].value

    def _one(
        self, option: Option, flags: Mapping[str, Any], environ: Mapping[str, str], in_file: Mapping[str, Any]
    ) -> Setting:
        if flags.get(option.name) is not None:
            return Setting(_read(option, flags[option.name], option.flag), "flag")
        if environ.get(option.variable):
            return Setting(_read(option, environ[option.variable], option.variable), option.variable)
        if option.name in in_file:
            where = f"{option.name} in {self.paths.config}"
            return Setting(_read(option, in_file[option.name], where), str(self.paths.config))
        return Setting(option.default, "default")

    def _file(self) -> Mapping[str, Any]:
        path = self.paths.config
        try:
            if not path.is_file():
                return {}
            import tomllib  # noqa: PLC0415 - most runs have no file

            found = tomllib.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ConfigError(f"{path}: {error}; mend it, or see `paceline info --example`") from None
        known: dict[str, Any] = {}
        for key, value in found.items():
            name = key.replace("-", "_")
            if name in BY_NAME:
                known[name] = value
            else:
                self.warnings.append(f"{path}: unknown key {key!r}{_nearest(name)}")
        return known


def _read(option: Option, given: Any, where: str) -> Any:
    if isinstance(given, bool):
        text = "true" if given else "false"
    elif isinstance(given, str | int | float):
        text = str(given)
    else:
        raise ConfigError(f"{where}: give one value, not a {type(given).__name__}")
    try:
        value = option.read(text)
    except ValueError as error:
        raise ConfigError(f"{where}: {text!r} does not do; {error}") from None
    if option.choices and value not in option.choices:
        raise ConfigError(f"{where}: {text!r} does not do; give one of {', '.join(option.choices)}")
    return value


PREFIX = "PACELINE_"
FOR_TESTS = frozenset({"PACELINE_TESTS", "PACELINE_GOLDEN", "PACELINE_REAL"})
"""What the tests are told by."""
NEAR, VERY_NEAR = 0.5, 0.7
"""How alike a slip and a name are; of a variable that may be a profile's own, more is asked."""


def _unknown(environ: Mapping[str, str]) -> list[str]:
    """A line for each variable that looks like a setting and is none; its value is not repeated.

    PACELINE_CLUB_TOKEN may be a profile's secret: such a one is named only if it is nearly a setting.
    """
    own = {option.variable for option in OPTIONS} | FOR_TESTS
    found = []
    for variable in sorted(name for name in environ if name.startswith(PREFIX) and name not in own):
        name = variable.removeprefix(PREFIX).lower()
        if "_" not in name or _near(name, VERY_NEAR):
            found.append(f"unknown variable {clean(variable, 80)}{_nearest(name, lambda near: BY_NAME[near].variable)}")
    return found


def _near(name: str, alike: float) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only after a slip

    return next(iter(get_close_matches(name, BY_NAME, 1, alike)), "")


def _nearest(name: str, said: Callable[[str], str] = repr) -> str:
    near = _near(name, NEAR)
    return f"; did you mean {said(near)}?" if near else "; `paceline info --example` lists all"


def example() -> str:
    """A commented file with every key."""
    lines = ["# paceline's settings. A flag or a PACELINE_* variable of the same name goes before this file.", ""]
    for option in OPTIONS:
        bare = option.is_switch or option.read in (speed, delay)
        value = option.example if bare else f'"{option.example}"'
        lines += [f"# {option.help}", f"# {option.name} = {value}", ""]
    return "\n".join(lines)


def shown(settings: Settings) -> list[str]:
    """Every setting with its value and where it came from, and the paths."""
    lines = ["setting    value        from"]
    for option in OPTIONS:
        value, origin = settings[option.name]
        if isinstance(value, tuple):
            value = "x".join(map(str, value))
        text = "-" if value in (None, "") else str(value).lower() if isinstance(value, bool) else str(value)
        lines.append(f"{option.name:<10} {clean(text, 500):<12} {clean(origin, 500)}")
    lines += ["", *(f"{name:<10} {clean(str(path), 500)}" for name, path in settings.paths._asdict().items())]
    return lines
