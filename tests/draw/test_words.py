"""Figures as people write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.draw import words
from tracker.draw.cells import width
from tracker.draw.look import Units

SECONDS = st.floats(-100_000, 100_000)
GAPS = st.one_of(st.floats(-60, 60), SECONDS)
RESOLUTIONS = st.sampled_from([0.01, 0.1, 0.5, 1.0, 60.0])
UNITS: st.SearchStrategy[Units] = st.sampled_from(["km", "mi"])
MILE_KM = words.MILE_M / 1000


def read(text: str) -> float:
    """The seconds that a clock, a pace or a gap says."""
    total = 0.0
    for part in text.lstrip(words.MINUS + "+").split(":"):
        total = total * 60 + float(part)
    return -total if text.startswith(words.MINUS) else total


@given(SECONDS, RESOLUTIONS, st.booleans())
def test_a_clock_reads_back(seconds: float, resolution_s: float, hours: bool) -> None:
    """A clock says its seconds to half a unit, whatever the sign."""
    unit = 0.1 if resolution_s < 0.5 else 1.0
    text = words.clock(seconds, resolution_s, hours=hours)
    assert abs(read(text) - seconds) <= unit / 2 + 1e-6
    assert re.fullmatch(r"−?(\d+:)?[0-5]?\d:[0-5]\d(\.\d)?", text)
    assert ("." in text) == (unit < 1)


@given(st.integers(0, 360_000))
def test_a_clock_has_hours_from_one_hour_on(seconds: int) -> None:
    """Under an hour two figures, from then on or where asked three, minutes and seconds filled up with zeros."""
    assert words.clock(seconds).count(":") == (2 if seconds >= 3600 else 1)
    assert words.clock(seconds, hours=True).count(":") == 2
    assert all(len(part) == 2 for part in words.clock(seconds).split(":")[1:])


@pytest.mark.parametrize(
    ("seconds", "resolution_s", "said"),
    [(3575, 1.0, "59:35"), (4259, 1.0, "1:10:59"), (7180.2, 0.1, "1:59:40.2"), (-250, 1.0, "−4:10"),
     (59.96, 0.1, "1:00.0"), (3599.5, 1.0, "1:00:00"), (-0.4, 1.0, "0:00")],
)  # fmt: skip
def test_clocks(seconds: float, resolution_s: float, said: str) -> None:
    """Tenths only where the feed has them, a carry to the next minute and hour, no minus on nothing."""
    assert words.clock(seconds, resolution_s) == said


@given(st.floats(-20_000, 20_000))
def test_the_running_clock_is_never_ahead_of_the_race(elapsed_s: float) -> None:
    """It is cut to the second below, before the gun too."""
    shown = read(words.running_clock(elapsed_s))
    assert elapsed_s - 1 < shown <= elapsed_s + 2e-6


def test_the_running_clock_has_hours_from_the_gun_on() -> None:
    """It does not change its width at the hour; the wait for the gun is short."""
    assert [words.running_clock(s) for s in (-250, -0.5, 0, 4323.9)] == ["−4:10", "−0:01", "0:00:00", "1:12:03"]


@given(GAPS, RESOLUTIONS)
def test_a_gap_has_a_sign_or_is_level(seconds: float, resolution_s: float) -> None:
    """Minus is before the line; without a sign only what rounds to nothing, and that is called level."""
    text = words.gap(seconds, resolution_s)
    if words.level(seconds, resolution_s):
        assert text == "0"
    else:
        assert text[0] == ("+" if seconds > 0 else words.MINUS)
        assert "-" not in text


@given(GAPS, RESOLUTIONS)
def test_a_gap_reads_back(seconds: float, resolution_s: float) -> None:
    """A gap says its seconds to half a unit of the coarser mark, in minutes from 60 s on."""
    text = words.gap(seconds, resolution_s)
    unit = 0.1 if resolution_s < 0.5 else 1.0
    assert abs(read(text) - seconds) <= unit / 2 + 1e-6
    assert (":" in text) == (abs(read(text)) >= 60)


@given(GAPS, RESOLUTIONS)
def test_both_sides_of_the_line_look_alike(seconds: float, resolution_s: float) -> None:
    """The same gap on the other side differs in its sign alone, and no field is wider for it."""
    one, other = words.gap(seconds, resolution_s), words.gap(-seconds, resolution_s)
    assert one.lstrip("+−") == other.lstrip("+−")
    assert width(one) == width(other)


@given(RESOLUTIONS)
def test_level_is_under_half_a_unit(resolution_s: float) -> None:
    """Half a unit is a gap, a little less is none."""
    unit = 0.1 if resolution_s < 0.5 else 1.0
    assert words.level(0.499 * unit, resolution_s) and words.level(-0.499 * unit, resolution_s)
    assert not words.level(0.501 * unit, resolution_s) and not words.level(-0.501 * unit, resolution_s)


@given(seconds=st.floats(-5000, 5000), resolution_s=st.sampled_from([1.0, 0.1]))
def test_the_ink_of_a_gap_is_that_of_its_sign(seconds: float, resolution_s: float) -> None:
    """Minus is ahead, plus is behind, and what is shown as level wears neither ink."""
    sign = words.gap(seconds, resolution_s)[0]
    assert words.side_ink(seconds, resolution_s) == {words.MINUS: "ahead", "+": "behind", "0": "text"}[sign]


def test_gaps_with_their_unit() -> None:
    """Seconds carry their unit, minutes need none."""
    said = [words.gap_with_unit(*gap) for gap in ((-6.9, 1.0), (-19.8, 0.1), (11, 1.0), (-85, 1.0), (0.2, 1.0))]
    assert said == ["−7 s", "−19.8 s", "+11 s", "−1:25", "0 s"]


@given(st.floats(60, 3000), UNITS, st.integers(0, 1))
def test_a_pace_reads_back(pace_s_per_km: float, units: Units, places: int) -> None:
    """A pace says its seconds a kilometre or a mile, to half of its last figure."""
    true = pace_s_per_km * (MILE_KM if units == "mi" else 1)
    text = words.pace(pace_s_per_km, units, places)
    assert abs(read(text) - true) <= 0.5 / 10**places + 1e-6
    assert re.fullmatch(r"\d+:[0-5]\d" + (r"\.\d" if places else ""), text)


@given(st.floats(60, 3000), UNITS)
def test_a_needed_pace_never_promises_ease(pace_s_per_km: float, units: Units) -> None:
    """It is cut: never slower than what is needed, and less than a tenth faster."""
    true = pace_s_per_km * (MILE_KM if units == "mi" else 1)
    assert true - 0.1 < read(words.pace_cut(pace_s_per_km, units)) <= true + 1e-9


@given(st.integers(1000, 9000))
def test_a_needed_pace_of_whole_tenths_stays(tenths: int) -> None:
    """What has nothing to cut is not cut, though floats fall short of it."""
    assert words.pace_cut(tenths / 10) == words.pace(tenths / 10)


def test_a_pace_somebody_set() -> None:
    """Tenths only where it has them."""
    assert [words.set_pace(170.0), words.set_pace(170.6), words.set_pace(170.0, "mi")] == ["2:50", "2:50.6", "4:33.6"]


@given(st.floats(0.01, 60), st.floats(1, 50_000))
def test_a_pace_bears_no_more_than_its_clock(resolution_s: float, over_m: float) -> None:
    """Tenths only where the clock's step is at most 0.2 s a kilometre: over 5 km of whole seconds, not over 4.2."""
    assert words.pace_places(resolution_s, over_m) == int(resolution_s / over_m * 1000 <= 0.2001)
    assert [words.pace_places(1.0, metres) for metres in (5000, 4195, 0)] == [1, 0, 0]


@given(st.floats(0, 100_000), UNITS, st.integers(0, 3))
def test_a_running_position_is_cut(metres: float, units: Units, places: int) -> None:
    """It is never beyond the runner, and less than its last figure behind."""
    true = metres / (words.MILE_M if units == "mi" else 1000)
    shown = float(words.distance_cut(metres, units, places))
    assert true - 1.001 / 10**places < shown <= true + 1e-6


@given(st.floats(0, 100_000), UNITS, st.integers(0, 2))
def test_a_distance_is_rounded(metres: float, units: Units, places: int) -> None:
    """It is the nearest figure of its places."""
    true = metres / (words.MILE_M if units == "mi" else 1000)
    text = words.distance(metres, units, places)
    assert abs(float(text) - true) <= 0.5 / 10**places + 1e-6
    assert len(text.partition(".")[2]) == places


@pytest.mark.parametrize(
    ("distance_m", "name", "km", "mi"),
    [(25000.0, "25 km", "25 km", "15.5 mi"), (21097.5, "Half", "half", "half"), (42195.0, "Finish", "finish", "finish"),
     (4195.0, "x", "4.2 km", "2.6 mi"), (None, "Old bridge", "Old bridge", "Old bridge")],
)  # fmt: skip
def test_mats(distance_m: float | None, name: str, km: str, mi: str) -> None:
    """A mat is its place in the user's unit; half and finish are words; without metres it is its name."""
    assert words.mat_with_unit(distance_m, name) == km
    assert words.mat_with_unit(distance_m, name, "mi") == mi
    assert km.startswith(words.mat(distance_m, name)) and mi.startswith(words.mat(distance_m, name, "mi"))


@given(st.floats(-5000, 5000), st.sampled_from([0.0, 0.1, 1.0]))
def test_metres_read_back(metres: float, resolution_s: float) -> None:
    """Whole metres, tens from 100 m on where marks are whole seconds, kilometres from 1,000 m on; no sign."""
    figure, unit = words.metres(metres, resolution_s).split()
    coarse = resolution_s >= 1 and abs(metres) >= 100
    assert abs(float(figure) * (1000 if unit == "km" else 1) - abs(metres)) <= (
        50.001 if unit == "km" else 5.001 if coarse else 0.501
    )
    assert unit == "km" or float(figure) < 1000
    assert unit == "km" or not coarse or float(figure) % 10 == 0


@given(st.floats(-5000, 5000), st.sampled_from([0.0, 0.1, 1.0]))
def test_yards_read_back(metres: float, resolution_s: float) -> None:
    """Miles come with yards, by the same rule."""
    figure, unit = words.metres(metres, resolution_s, "mi").split()
    size = float(figure) * (words.MILE_M if unit == "mi" else 0.9144)
    assert abs(size - abs(metres)) <= (81 if unit == "mi" else 5 if resolution_s >= 1 else 0.5)
    assert (unit == "mi") >= (abs(metres) >= 1000)


@pytest.mark.parametrize(
    ("metres", "resolution_s", "said"),
    [(40.8, 1.0, "41 m"), (116.1, 0.1, "116 m"), (338, 1.0, "340 m"), (996, 1.0, "1.0 km"), (-1240, 1.0, "1.2 km")],
)
def test_short_distances(metres: float, resolution_s: float, said: str) -> None:
    """The figures of the design, and none of a thousand metres."""
    assert words.metres(metres, resolution_s) == said


@given(st.floats(-10, 36_000))
def test_an_age_is_cut_and_never_negative(seconds: float) -> None:
    """`1:04 ago` is cut to the second; a clock that runs a little ahead makes no age below nothing."""
    text = words.ago(seconds)
    assert text.endswith(" ago")
    assert max(0.0, seconds) - 1 < read(text.removesuffix(" ago")) <= max(0.0, seconds) + 1e-5


def test_rough_times() -> None:
    """What is inferred has no seconds: a wait in whole minutes, a moment in hours and minutes, cut."""
    assert [words.minutes(s) for s in (20, 302, 3540, 4800)] == ["under 1 min", "5 min", "59 min", "1 h 20 min"]
    assert [words.rough_clock(s) for s in (1368.5, 3935.2, 7199.9)] == ["0:22", "1:05", "1:59"]


@given(st.floats(0, 4e9))
def test_a_time_of_day_is_cut(posix_s: float) -> None:
    """It is the second that runs, with the zone beside it; UTC where no zone is known."""
    text = words.time_of_day(posix_s, None)
    assert text == datetime.fromtimestamp(int(posix_s + 1e-6), UTC).strftime("%H:%M:%S UTC")
    assert words.time_of_day(posix_s, None, seconds=False, zone=False) == text[:5]


@pytest.mark.parametrize("zone", ["Nowhere/Else", "../etc/passwd", "\x00", "Europe", ""])
def test_a_zone_that_is_none_is_utc(zone: str) -> None:
    """A feed may name any zone: one that is not known is shown as UTC, and said to be."""
    assert words.time_of_day(1570860900.0, zone) == "06:15:00 UTC"


def test_the_zone_of_the_race() -> None:
    """09:27:03 in Vienna, and the same instant for machines."""
    assert words.time_of_day(1570865223.0, "Europe/Vienna") == "09:27:03 CEST"
    assert words.iso_time(1570865223.0, "Europe/Vienna") == "2019-10-12T09:27:03+02:00"


@given(st.dates())
def test_a_day_is_written_out(when: date) -> None:
    """Day, month in letters, year: nobody has to know which of two numbers is the month."""
    day, month, year = words.day(when.isoformat()).split()
    assert (int(day), words.MONTHS.index(month) + 1, int(year)) == (when.day, when.month, when.year)
    assert words.day(None) == ""


@given(st.integers(-10_000_000_000, 7_000_000_000))
def test_the_second_of_the_day_is_that_of_the_clock_on_the_wall(posix_s: int) -> None:
    """What the time of day says, in seconds since midnight."""
    h, m, s = words.time_of_day(posix_s, "Europe/Vienna", zone=False).split(":")
    assert words.second_of_day(posix_s, "Europe/Vienna") == int(h) * 3600 + int(m) * 60 + int(s)
