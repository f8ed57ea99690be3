"""The projected finish: chance, bands, and what they rest on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.draw import scenes
from tracker.draw import projection
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.snapshot import Mode, Snapshot


def text(snapshot: Snapshot, width: int = 39, height: int = 11, look: Look = DEFAULT) -> str:
    """The panel as text."""
    return plain(projection.draw(snapshot, width, height, look))


def test_the_panel_says_all_that_it_is() -> None:
    """Median, chance, band, even pace, last stretch, what is needed; and that the course is unknown."""
    said = text(scenes.PROJECTED)
    assert said.startswith("PROJECTED FINISH  unknown course")
    for words in (
        "60 % under 2:00:00, if he finishes",
        "80 %  1:59:17 – 2:00:23 · paced",
        "even pace 1:59:48",
        "last 5 km 2:50.4/km",
        "at most 2:51.0/km from here for 2:00:00",
    ):
        assert words in said


def test_a_large_panel_says_more() -> None:
    """The 50 % band, the finish if the gap stays, how many marks it rests on, and the warning."""
    said = text(scenes.PROJECTED, 54, 20)
    for words in ("50 %        1:59:33 – 2:00:08", "same gap", "5 marks, paced", "not calibrated: few attempts"):
        assert words in said


def test_a_small_panel_keeps_chance_and_band() -> None:
    """In three rows chance, band and what is needed; in two rows of text the median and the band."""
    small = text(scenes.PROJECTED, 36, 9)
    assert "60 % under" in small and "80 %" in small and "at most 2:51.0/km" in small
    assert text(scenes.PROJECTED, 36, 2).startswith("PROJECTED  ≈ 1:59:50\n           60 % under 2:00:00")


@pytest.mark.parametrize(("p", "said"), [(0.004, "1 %"), (0.27, "30 %"), (0.997, "99 %")])
def test_a_chance_is_never_certain_before_40_km(p: float, said: str) -> None:
    """Steps of ten, one and 99 % at the ends."""
    assert f"{said} under 2:00:00" in text(scenes.projected(scenes.MIDDLE, p))


def test_after_40_km_it_may_be() -> None:
    """Then a chance may round to all."""
    assert "100 % under" in text(scenes.projected(scenes.vienna(6900.0), 0.997))


def test_early_in_a_mass_race_the_band_is_the_figure() -> None:
    """No point before it means something."""
    p = scenes.PROJECTED.projection
    early = replace(scenes.PROJECTED, projection=replace(p, point=False, q10_s=13_000.0, q90_s=16_000.0))
    assert "3:36−4:26" in text(early, 39, 5)


def test_an_ordinary_runner_s_finish_is_a_time_of_day() -> None:
    """In a live race without a target the clock on the wall leads, and the race's time stands beside it."""
    said = text(scenes.arriving(), 39, 4)
    assert "≈ 10:14" in said
    rows = text(scenes.arriving())
    assert "80 %  10:11 – 10:19  1:55 – 2:04" in rows and "no target, no pacers" in rows


def test_a_lost_feed_holds_it() -> None:
    """As of the last contact, not narrowed."""
    lost = Mode("offline", is_live=True, horizon_s=scenes.GUN_S + 4500.0)
    assert "as of 09:30, held and not narrowed" in text(scenes.arriving(lost))
    assert "as of 09:30" in text(replace(scenes.PROJECTED, mode=lost))


def test_after_the_race_s_end_nothing_is_needed_from_here() -> None:
    """The runner was never seen at the finish: the band stands, and nobody says what would still do."""
    said = text(replace(scenes.PROJECTED, over=True, due=None))
    assert "80 %" in said and "from here" not in said


def test_an_overdue_mat_ends_what_is_needed_from_here() -> None:
    """Nobody knows where here is; the band stays."""
    over = scenes.PROJECTED
    assert over.due is not None
    said = text(replace(over, due=replace(over.due, state="overdue")))
    assert "80 %" in said and "from here" not in said
