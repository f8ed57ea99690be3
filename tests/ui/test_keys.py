"""tracker.ui.keys: one table a screen; bindings, footer, help and palette agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.binding import Binding

from tests.draw import scenes
from tracker.draw import footer as drawing
from tracker.draw.look import DEFAULT
from tracker.race.snapshot import Mode, Runner
from tracker.ui import keys
from tracker.ui.app import PacelineApp
from tracker.ui.commands import actions as palette
from tracker.ui.keys import Command
from tracker.ui.screens.base import PanelScreen
from tracker.ui.screens.compare import CompareScreen
from tracker.ui.screens.field import FieldScreen
from tracker.ui.screens.help import HelpScreen
from tracker.ui.screens.library import LibraryScreen
from tracker.ui.screens.map import MapScreen
from tracker.ui.screens.race import RaceScreen

SCREENS: list[type[PanelScreen]] = [RaceScreen, CompareScreen, FieldScreen, MapScreen, LibraryScreen, HelpScreen]


def actions(command: Command) -> list[str]:
    """All it can do: by key and by palette."""
    return [action for _, action in command.does] + [action for _, action, _ in command.named or ()]


@pytest.mark.parametrize("screen", SCREENS)
def test_every_key_does_something(screen: type[PanelScreen]) -> None:
    """An action of a table is a method of the screen or of the app."""
    for command in screen.KEYS:
        for action in actions(command):
            name = action.partition("(")[0]
            owner: type = PacelineApp if name.startswith("app.") else screen
            assert hasattr(owner, f"action_{name.removeprefix('app.')}"), action


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_has_two_meanings_on_one_screen(screen: type[PanelScreen]) -> None:
    """A key is bound once a screen, and everything bound is in the table."""
    bound = [key for command in screen.KEYS for keys, _ in command.does for key in keys.split(",")]
    assert len(bound) == len(set(bound))
    table = {b.key for b in keys.bindings(screen.KEYS) if isinstance(b, Binding)}
    assert table == {b.key for b in screen.BINDINGS if isinstance(b, Binding)}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("width", [36, 56, 76, 114, 190])
def test_every_footer_ends_with_quit(screen: type[PanelScreen], width: int) -> None:
    """However little fits, the last key says how to leave; on a race `? help` stands before it."""
    shown = keys.footer(screen.KEYS, scenes.MIDDLE)
    line = "".join(run.text for run in drawing.draw(shown, "", width, DEFAULT)[0]).rstrip()
    assert line.endswith("q quit")
    assert "? help" in line or screen is HelpScreen


def test_the_footer_shows_only_what_does_something_now() -> None:
    """`enter to the gun` only before it, no speeds once it is over, and `space` says what it will do."""
    before, middle = keys.footer(keys.RACE_KEYS, scenes.BEFORE), keys.footer(keys.RACE_KEYS, scenes.MIDDLE)
    paused, over = keys.footer(keys.RACE_KEYS, scenes.PAUSED), keys.footer(keys.RACE_KEYS, scenes.FINISHED)
    assert "to the gun" in [k.label for k in before]
    assert "to the gun" not in [k.label for k in middle]
    assert middle[0].label == "pause" and paused[0].label == "go on"
    assert "speed" in [k.label for k in middle] and "speed" not in [k.label for k in over]


def test_the_field_is_offered_where_there_is_one() -> None:
    """`f` stands in footer and palette of a race that more than a handful run."""
    many = tuple(Runner(str(n)) for n in range(keys.HANDFUL + 1))
    for runners, there in ((many, True), (many[1:], False), ((), False)):
        shown = replace(scenes.MIDDLE, runners=runners)
        assert ("field" in [key.action for key in keys.footer(keys.RACE_KEYS, shown)]) == there
        assert ("field" in [c.key.action for c in keys.available(keys.RACE_KEYS, shown)]) == there


def test_places_to_meet_are_offered_where_there_are_places() -> None:
    """`e` stands in footer and palette of a race whose course is known."""
    for shown, there in ((scenes.MIDDLE, True), (scenes.unknown_course(), False)):
        assert ("meet" in [key.action for key in keys.footer(keys.RACE_KEYS, shown)]) == there
        assert ("meet" in [c.key.action for c in keys.available(keys.RACE_KEYS, shown)]) == there


@pytest.mark.parametrize(("word", "action"), [(0, "step(-1)"), (1, "step(1)"), (3, "step(1)"), (4, "step(1)")])
def test_a_click_does_what_its_word_says(word: int, action: str) -> None:
    """Each word of a footer key is its own button; the label does what the last word does."""
    shown = next(c.key for c in keys.RACE_KEYS if c.key.action == "split")
    assert keys.clicked(keys.RACE_KEYS, shown, word) == action


def test_help_has_every_key_of_the_race() -> None:
    """What can be pressed on the race screen is explained."""
    told = [key for _, group in keys.sections(keys.RACE_KEYS) for key in group]
    assert len(told) == len(keys.RACE_KEYS)
    assert all(key.label for key in told)


def test_the_palette_has_every_action_but_those_that_choose_a_panel() -> None:
    """Everything a key does can be found by its words."""
    offered = {action for action, _ in palette(keys.RACE_KEYS).values()}
    bound = {action for command in keys.RACE_KEYS for _, action in command.does}
    missing = {a for a in bound - offered if not a.startswith(("panel", "next", "palette", "back"))}
    assert not missing


@pytest.mark.parametrize("screen", [CompareScreen, MapScreen, LibraryScreen, HelpScreen])
@pytest.mark.parametrize("width", [36, 56, 76])
def test_the_way_back_is_the_last_to_go(screen: type[PanelScreen], width: int) -> None:
    """However narrow the screen, what covers the race says how to get back."""
    shown = keys.footer(screen.KEYS, scenes.PAUSED)
    assert "esc back" in "".join(run.text for run in drawing.draw(shown, "", width, DEFAULT)[0])


def test_retry_is_there_while_the_feed_is_offline_and_the_view_is_paused() -> None:
    """How the link stands decides, not how the view runs; after the end of the race it is gone."""
    paused = replace(scenes.MIDDLE, mode=Mode("paused", link="offline", delay_s=43.0, is_live=True))
    assert {"retry", "end", "delay"} <= {key.action for key in keys.footer(keys.RACE_KEYS, paused)}
    over = replace(scenes.MIDDLE, mode=Mode("ended", is_live=True))
    assert not {"retry", "end", "delay"} & {key.action for key in keys.footer(keys.RACE_KEYS, over)}


def test_at_the_live_edge_there_is_no_speed() -> None:
    """Nothing is faster than the race; behind it the view can catch up."""
    labels = [
        {key.action for key in keys.footer(keys.RACE_KEYS, replace(scenes.MIDDLE, mode=mode))}
        for mode in (Mode("live", link="live", is_live=True), Mode("live", link="live", delay_s=30.0, is_live=True))
    ]
    assert not {"speed", "rate_one"} & labels[0] and {"speed", "rate_one", "end"} <= labels[1]
