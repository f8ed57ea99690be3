"""Settings and where each came from."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.config import BY_NAME, OPTIONS, ConfigError, Settings, example, paths, shown, size, speed


def settings(tmp_path: Path, toml: str | None = None, flags: dict[str, Any] | None = None, **environ: str) -> Settings:
    if toml is not None:
        (tmp_path / "paceline").mkdir(exist_ok=True)
        (tmp_path / "paceline" / "config.toml").write_text(toml, encoding="utf-8")
    return Settings(flags or {}, {"XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path), **environ})


def test_a_flag_goes_before_a_variable_before_the_file_before_the_default(tmp_path: Path) -> None:
    """Each has its origin."""
    toml = 'units = "mi"\ntheme = "light"\nspeed = 30\n'
    found = settings(tmp_path, toml, {"units": "km"}, PACELINE_UNITS="mi", PACELINE_THEME="mono")
    assert found["units"] == ("km", "flag")
    assert found["theme"] == ("mono", "PACELINE_THEME")
    assert found["speed"] == (30.0, str(tmp_path / "paceline" / "config.toml"))
    assert found["ascii"] == (False, "default")
    assert found.warnings == []


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_option_has_one_name_everywhere(option: Any, tmp_path: Path) -> None:
    """The same value by flag, by variable and by key."""
    given_as = option.example
    bare = given_as if option.is_switch or option.name == "speed" else f'"{given_as}"'
    values = [
        settings(tmp_path, flags={option.name: given_as}).value(option.name),
        settings(tmp_path, **{option.variable: given_as}).value(option.name),
        settings(tmp_path, f"{option.name} = {bare}\n").value(option.name),
        settings(tmp_path, f"{option.name.replace('_', '-')} = {bare}\n").value(option.name),
    ]
    assert values[0] != option.default
    assert values.count(values[0]) == 4


def test_the_example_is_a_file_that_is_understood(tmp_path: Path) -> None:
    """With every key, each commented out; and with the comments taken away every key holds."""
    assert settings(tmp_path, example()).warnings == []
    keys = "\n".join(line[2:] for line in example().splitlines() if " = " in line)
    assert set(tomllib.loads(keys)) == set(BY_NAME)
    found = settings(tmp_path, keys)
    assert found.warnings == [] and all(found[name].origin != "default" for name in BY_NAME)


def test_an_unknown_key_is_warned_of_with_the_nearest(tmp_path: Path) -> None:
    """And changes nothing; its value is not shown."""
    found = settings(tmp_path, 'unit = "mi"\nzzz = "secret"\n')
    assert [("units" in w, "secret" in w) for w in found.warnings] == [(True, False), (False, False)]
    assert found["units"] == ("km", "default")


def test_an_unknown_variable_is_warned_of_with_the_nearest(tmp_path: Path) -> None:
    """Its value is not shown; a profile's secret, and what only the tests know, is no slip."""
    slips = {"PACELINE_UNIT": "mi", "PACELINE_NO_MOUS": "secret", "PACELINE_XYZ": "secret"}
    others = {
        "PACELINE_RTRT_APPID": "secret",
        "PACELINE_CLUB_TOKEN": "secret",
        "PACELINE_TESTS": "all",
        "PACELINES": "1",
    }
    warned = Settings({}, {"XDG_CONFIG_HOME": str(tmp_path), **slips, **others}).warnings
    assert [line.split(";")[1] for line in warned] == [
        " did you mean PACELINE_NO_MOUSE?", " did you mean PACELINE_UNITS?", " `paceline info --example` lists all",
    ]  # fmt: skip
    assert not any("secret" in line for line in warned)


@pytest.mark.parametrize(
    ("toml", "environ", "text"),
    [
        ("units = [1]", {}, "units in"),
        ("units = 'parsec'", {}, "km, mi"),
        ("= broken", {}, "config.toml"),
        (None, {"PACELINE_SPEED": "fast"}, "PACELINE_SPEED"),
        (None, {"PACELINE_ASCII": "perhaps"}, "true or false"),
        (None, {"PACELINE_SIZE": "0x0"}, "1x1"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(
    toml: str | None, environ: dict[str, str], text: str, tmp_path: Path
) -> None:
    """One line that says where it stands and what to give."""
    with pytest.raises(ConfigError, match=text) as refused:
        settings(tmp_path, toml, None, **environ)
    assert "\n" not in str(refused.value)


def test_a_file_that_cannot_be_read_as_text_is_refused(tmp_path: Path) -> None:
    """Binary is no TOML."""
    (tmp_path / "paceline").mkdir()
    (tmp_path / "paceline" / "config.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"config\.toml"):
        settings(tmp_path)


def test_paths_follow_the_variables_and_ignore_relative_ones(tmp_path: Path) -> None:
    """As the base directory specification says."""
    found = paths({"HOME": str(tmp_path), "XDG_DATA_HOME": "relative", "XDG_STATE_HOME": "/var/s"})
    assert found.config == tmp_path / ".config/paceline/config.toml"
    assert found.data == tmp_path / ".local/share/paceline"
    assert found.state == Path("/var/s/paceline")


@given(st.text(max_size=12))
def test_any_text_is_a_size_or_none(text: str) -> None:
    """Columns and rows within bounds, or ValueError."""
    try:
        columns, rows = size(text)
    except ValueError:
        return
    assert 1 <= columns <= 1000 and 1 <= rows <= 500


@given(st.text(max_size=8) | st.floats().map(str))
def test_any_text_is_a_speed_or_none(text: str) -> None:
    """0.25 to 600, or ValueError; never not a number."""
    try:
        assert 0.25 <= speed(text) <= 600
    except ValueError as refused:
        assert "0.25 to 600" in str(refused)


@given(st.integers(1, 1000), st.integers(1, 500))
def test_a_size_is_read_as_it_is_written(columns: int, rows: int) -> None:
    """120x36, 120X36, 120×36."""
    assert {size(f"{columns}{sign}{rows}") for sign in "xX×"} == {(columns, rows)}


def test_what_is_in_force_is_listed_with_its_origin(tmp_path: Path) -> None:
    """Every option, and the paths."""
    lines = shown(settings(tmp_path, flags={"size": "80x24"}, PACELINE_UNITS="mi"))
    text = "\n".join(lines)
    assert all(any(line.split()[:1] == [option.name] for line in lines) for option in OPTIONS)
    assert "PACELINE_UNITS" in text and "80x24" in text and str(tmp_path / "paceline" / "config.toml") in text
