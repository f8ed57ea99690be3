"""The times that providers write."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.profiles import times
from feeds.profiles.times import Form, NoTime


@pytest.mark.parametrize(
    ("text", "form", "seconds"),
    [
        ("1:59:40", "auto", 7180.0), ("00:40:58.7230000", "auto", 2458.723), ("00h10'18", "auto", 618.0),
        ("20h04'55,735", "auto", 72295.735), ("90:01:02", "auto", 324062.0), ("28:20", "mm:ss", 1700.0),
        ("1:28:20", "mm:ss", 5300.0), ("535000", "ms", 535.0), ("1700", "s", 1700.0), ("10'18\"", "auto", 618.0),
    ],
)  # fmt: skip
def test_durations_as_they_are_written(text: str, form: Form, seconds: float) -> None:
    """Every way that was seen; hours go past 24."""
    assert times.duration(text, form) == pytest.approx(seconds)


@pytest.mark.parametrize(("text", "form"), [("28:20", "auto"), ("1:60:00", "auto"), ("1:00:61", "auto"), ("x", "auto"), ("", "auto"),
                                            ("-1", "s"), ("1e3", "s"), ("nan", "ms"), ("١:٠٠:٠٠", "s")])  # fmt: skip
def test_what_is_not_sure_is_not_guessed(text: str, form: Form) -> None:
    """MM:SS may be H:MM; sixty minutes are none."""
    with pytest.raises(NoTime):
        times.duration(text, form)


@given(st.integers(0, 10**6), st.integers(0, 99))
def test_hours_minutes_and_seconds_come_back(seconds: int, hundredths: int) -> None:
    """Written as H:MM:SS.hh and read again."""
    text = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{hundredths:02d}"
    assert times.duration(text) == pytest.approx(seconds + hundredths / 100)


@pytest.mark.parametrize(("text", "bare"), [("2:05:29 (2)", "2:05:29"), ("1:00:00*", "1:00:00"), ("–", None), ("", None), (None, None),
                                            ("DNF?", None), (5, "5"), (True, None), ([], None)])  # fmt: skip
def test_ornaments_and_nulls(text: object, bare: str | None) -> None:
    """A rank behind the time, a star, what stands for nothing."""
    assert times.bare(text, (r"\s*\(\d+\)$", r"[*+]$"), times.NULLS | {"dnf?"}) == bare


@pytest.mark.parametrize(
    ("text", "seconds"), [("08:52:30AM", 31950), ("12:00:00 am", 0), ("1:34 pm", 48840), ("16:03:03", 57783)]
)
def test_times_of_day(text: str, seconds: int) -> None:
    """With and without halves of the day."""
    assert times.time_of_day(text) == seconds


@pytest.mark.parametrize("text", ["25:00:00", "13:00 pm", "0:10 am", "x", "10:60"])
def test_no_times_of_day(text: str) -> None:
    """Hours that no day has."""
    with pytest.raises(NoTime):
        times.time_of_day(text)


def test_a_race_goes_on_after_midnight() -> None:
    """01:00 after a start at 22:00 is three hours later, on the next day, also where the clocks change."""
    assert times.since(22 * 3600.0, 3600.0) == 3 * 3600
    assert times.on(date(2026, 10, 11), 31950.0, "Europe/Berlin").isoformat() == "2026-10-11T08:52:30+02:00"
    with pytest.raises(NoTime):
        times.on(date(2026, 10, 11), 0.0, "Nowhere/Else")


def test_instants() -> None:
    """Epochs of seconds and milliseconds, in text too; ISO only with an offset."""
    assert times.instant("1688287821.747", "epoch_s").timestamp() == 1688287821.747
    assert times.instant("1688287821747", "epoch_ms").timestamp() == 1688287821.747
    for text, form in (("2026-10-11T08:00:00", "iso"), ("9" * 16, "epoch_s"), ("soon", "iso")):
        with pytest.raises(NoTime):
            times.instant(text, form)  # type: ignore[arg-type]  # forms, as above


@pytest.mark.parametrize(("value", "stamp"), [("1688287832_000066", (1688287832000066, 1688287832.0)), (1688287832, (1688287832000000, 1688287832.0)),
                                              ("1688287832123", (1688287832123000, 1688287832.123)), ("2023-07-02T08:50:32Z", (1688287832000000, 1688287832.0)),
                                              ("soon", None), (None, None)])  # fmt: skip
def test_when_a_row_was_touched(value: object, stamp: tuple[int, float] | None) -> None:
    """As a revision that orders, and as an instant."""
    assert times.stamp(value) == stamp


@pytest.mark.parametrize(
    ("text", "form", "step"),
    [
        ("1:59:40", "auto", 1.0),
        ("0:42:36.43", "auto", 0.01),
        ("0:42:36.50", "auto", 0.1),
        ("535000", "ms", 1.0),
        ("535120", "ms", 0.01),
    ],
)
def test_the_step_of_a_clock_is_told_by_its_digits(text: str, form: Form, step: float) -> None:
    """Zeros at the end are no precision."""
    assert times.resolution(text, form) == step
