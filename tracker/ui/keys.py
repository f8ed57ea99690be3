"""Every key of every screen, once: bindings, footer, help and command palette are made from these tables."""
# size: the tables of all screens, read side by side

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from textual.binding import Binding, BindingType

from tracker.draw.footer import RACE, Key
from tracker.race.snapshot import Snapshot


class Command(NamedTuple):
    """A key and what it does.

    `does` pairs Textual's names of keys with actions, one pair for each word of `key.keys` (a click on that word does
    it, a click on the label the last one), then those that only the keyboard has. `says` is a line of help. `named`
    are the palette's (words, action, keys); none given: `says`, the first action, `key.keys`.
    """

    key: Key
    does: tuple[tuple[str, str], ...]
    says: str
    section: str = "TIME"
    foot: bool = True
    named: tuple[tuple[str, str, str], ...] | None = None


_SHOWN = {key.action: key for key in RACE}


def _hidden(keys: str, action: str) -> Key:
    return Key(keys, "", action)


TIME: tuple[Command, ...] = (
    Command(_SHOWN["toggle"], (("space", "play"),), "pause, go on"),
    Command(Key("enter", "to the gun", "to_gun", 3), (("enter", "to_gun"),), "to the gun, while it is still to come"),
    Command(
        _SHOWN["back"],
        (
            ("left,h", "shift(-10)"),
            ("right,l", "shift(10)"),
            ("shift+left", "shift(-60)"),
            ("shift+right", "shift(60)"),
        ),
        "10 s back, 10 s on (also h l); with shift 60 s",
        named=(
            ("10 s back", "shift(-10)", "←"),
            ("10 s on", "shift(10)", "→"),
            ("a minute back", "shift(-60)", "shift+←"),
            ("a minute on", "shift(60)", "shift+→"),
        ),
    ),
    Command(
        _SHOWN["split"],
        (("p", "step(-1)"), ("n", "step(1)"), ("left_square_bracket", "step(-1)"), ("right_square_bracket", "step(1)")),
        "the split before, the next split",
        named=(("the split before", "step(-1)", "p ["), ("the next split", "step(1)", "n ]")),
    ),
    Command(
        _SHOWN["speed"],
        (("plus,equals_sign", "faster"), ("minus", "slower")),
        "faster, slower: 0.25× to 600×",
        named=(("faster", "faster", "+"), ("slower", "slower", "−")),
    ),
    Command(_SHOWN["rate_one"], (("0", "rate(1)"),), "as fast as it was run"),
    Command(_SHOWN["go_to"], (("g", "goto"),), "go to a time, a distance or a checkpoint"),
    Command(_hidden("Home", "start"), (("home", "start"),), "back to the start", foot=False),
    Command(
        Key("End", "live", "end", 2),
        (("end", "end"),),
        "to the end (asks once), or back to live",
    ),
)
LIVE: tuple[Command, ...] = (
    Command(
        Key(", .", "delay", "delay", 8),
        (
            ("comma", "delay(-1)"),
            ("full_stop", "delay(1)"),
            ("less_than_sign", "delay(-30)"),
            ("greater_than_sign", "delay(30)"),
        ),
        "a second less or more behind live; < > 30 s, up to 5 min",
        "LIVE",
        named=(
            ("a second less delay", "delay(-1)", ","),
            ("a second more delay", "delay(1)", "."),
            ("30 s less delay", "delay(-30)", "<"),
            ("30 s more delay", "delay(30)", ">"),
        ),
    ),
    Command(Key("r", "retry", "retry", 1), (("r", "retry"),), "try again now, when the feed is offline", "LIVE"),
)
"""Keys that only a live feed has; they stand in neither footer nor help of a recording."""
PANEL_KEYS: tuple[Command, ...] = (
    Command(
        _hidden("1 … 6", "panel"),
        tuple((str(n), f"panel({n})") for n in range(1, 7)),
        "gap splits road course happened projection",
        "PANELS",
        foot=False,
        named=(),
    ),
    Command(
        _hidden("tab", "next"),
        (("tab", "next(1)"), ("shift+tab", "next(-1)")),
        "the next panel; with shift the one before",
        "PANELS",
        foot=False,
        named=(),
    ),
    Command(_hidden("z", "zoom"), (("z", "zoom"),), "the chosen panel alone, and back", "PANELS", foot=False),
    Command(_hidden("esc", "back"), (("escape", "back"),), "back", "PANELS", foot=False, named=()),
)
VIEW: tuple[Command, ...] = (
    Command(_SHOWN["compare"], (("c", "compare"),), "beside others of the race, or a ghost", "VIEWS"),
    Command(_SHOWN["map"], (("m", "app.show('map')"),), "the course as a map", "VIEWS"),
    Command(_SHOWN["feed"], (("i", "app.show('feed')"),), "the feed: link, messages, rejections, lateness", "VIEWS"),
    Command(
        Key("f", "field", "field", 5),
        (("f", "app.show('field')"),),
        "the field: everybody at a mat",
        "VIEWS",
    ),
    Command(_SHOWN["meet"], (("e", "app.show('meet')"),), "where and when to meet the runner", "VIEWS"),
    Command(
        Key("o", "course", "crowd", 6),
        (("o", "app.show('crowd')"),),
        "the course with everybody on it",
        "VIEWS",
    ),
    Command(
        Key("T", "pacers", "pacers", 12), (("T", "app.show('pacers')"),), "who paces: teams, legs, pace groups", "VIEWS"
    ),
    Command(
        Key("b", "how honest", "honest", 11),
        (("b", "app.show('honest')"),),
        "how honest the projections were today",
        "VIEWS",
    ),
    Command(_SHOWN["target"], (("t", "target"),), "another target: a time or a pace", "VIEWS"),
    Command(_SHOWN["what_if"], (("w", "what_if"),), "what if: a pace from here, or a finish", "VIEWS"),
    Command(_SHOWN["units"], (("u", "app.units"),), "kilometres or miles", "VIEWS"),
    Command(_SHOWN["copy"], (("y", "copy"),), "copy the command that shows this moment", "VIEWS"),
    Command(_SHOWN["palette"], (("ctrl+p", "palette"),), "all actions and themes", "VIEWS", named=()),
    Command(_SHOWN["library"], (("L", "app.show('library')"),), "the shipped races", "VIEWS"),
    Command(_SHOWN["help"], (("question_mark", "app.show('help')"),), "this page", "VIEWS"),
    Command(
        _hidden("ctrl+z", "suspend"),
        (("ctrl+z", "app.suspend_process"),),
        "to the shell; fg comes back",
        "VIEWS",
        foot=False,
    ),
    Command(_SHOWN["quit"], (("q,ctrl+c", "app.quit"),), "quit", "VIEWS"),
)
RACE_KEYS = (*TIME, *LIVE, *PANEL_KEYS, *VIEW)

FIRST_KEPT = -1
"""The rank of the way back: nothing takes its cells but help and quit."""
_BACK = Command(Key("esc", "back", "back", FIRST_KEPT), (("escape", "back"),), "back to the race", "VIEWS", named=())


def _without(commands: Iterable[Command], *actions: str) -> tuple[Command, ...]:
    return tuple(c for c in commands if c.key.action not in actions)


COMPARE_KEYS: tuple[Command, ...] = (
    _BACK._replace(does=(("escape,c", "back"),)),
    Command(Key("a", "add, remove", "beside", 2), (("a", "beside"),), "a runner of this race to the others", "VIEWS"),
    Command(Key("r", "other ghost", "ghost", 3), (("r", "ghost"),), "another ghost", "VIEWS"),
    Command(Key("x", "swap", "swap", 4), (("x", "swap"),), "its race, with this runner as the ghost", "VIEWS"),
    *TIME,
    *LIVE[:1],
    *_without(VIEW, "compare"),
)
MAP_KEYS: tuple[Command, ...] = (
    Command(
        Key("m esc", "back", "back", FIRST_KEPT, "esc"),
        (("m", "back"), ("escape", "back")),
        "back to the race",
        "VIEWS",
    ),
    *TIME,
    *LIVE,
    *_without(VIEW, "map"),
)
FEED_KEYS: tuple[Command, ...] = (
    Command(
        Key("i esc", "back", "back", FIRST_KEPT, "esc"),
        (("i", "back"), ("escape", "back")),
        "back to the race",
        "VIEWS",
    ),
    Command(
        Key("j k", "older, newer", "scroll", 2),
        (("down,j", "scroll(1)"), ("up,k", "scroll(-1)"), ("pagedown", "scroll(10)"), ("pageup", "scroll(-10)")),
        "older messages, newer messages",
        "FEED",
    ),
    *TIME,
    *LIVE,
    *_without(VIEW, "feed"),
)
MEET_KEYS: tuple[Command, ...] = (
    Command(
        Key("e esc", "back", "back", FIRST_KEPT, "esc"),
        (("e", "back"), ("escape", "back")),
        "back to the race",
        "VIEWS",
    ),
    Command(Key("a", "places", "places", 0), (("a", "places"),), "where you will stand: 12km 28km:25min", "MEET"),
    *TIME,
    *LIVE,
    *_without(VIEW, "meet"),
)
CROWD_KEYS: tuple[Command, ...] = (
    Command(
        Key("o esc", "back", "back", FIRST_KEPT, "esc"),
        (("o", "back"), ("escape", "back")),
        "back to the race",
        "VIEWS",
    ),
    *TIME,
    *LIVE,
    *_without(VIEW, "crowd"),
)
PACER_KEYS: tuple[Command, ...] = (
    Command(
        Key("T esc", "back", "back", FIRST_KEPT, "esc"),
        (("T", "back"), ("escape", "back")),
        "back to the race",
        "VIEWS",
    ),
    *TIME,
    *LIVE,
    *_without(VIEW, "pacers"),
)
HONEST_KEYS: tuple[Command, ...] = (
    Command(
        Key("b esc", "back", "back", FIRST_KEPT, "esc"),
        (("b", "back"), ("escape", "back")),
        "back to the race",
        "VIEWS",
    ),
    Command(
        Key("s", "next mat, finish, receipts", "part", 1),
        (("s", "part"),),
        "the next mat, the finish, receipts",
        "HONESTY",
    ),
    Command(
        Key("j k", "receipts", "scroll", 2),
        (("down,j", "scroll(1)"), ("up,k", "scroll(-1)"), ("pagedown", "scroll(10)"), ("pageup", "scroll(-10)")),
        "further receipts, those before",
        "HONESTY",
    ),
    *TIME,
    *LIVE,
    *_without(VIEW, "honest"),
)
FIELD_KEYS: tuple[Command, ...] = (
    Command(
        Key("f esc", "back", "back", FIRST_KEPT, "esc"),
        (("f", "back"), ("escape", "back")),
        "back to everybody, then to the race",
        "VIEWS",
    ),
    Command(
        Key("j k", "row", "move", 2),
        (("down,j", "move(1)"), ("up,k", "move(-1)"), ("pagedown", "page(1)"), ("pageup", "page(-1)")),
        "a row down, a row up; PgDn PgUp a page",
        "FIELD",
        named=(("a page down", "page(1)", "PgDn"), ("a page up", "page(-1)", "PgUp")),
    ),
    Command(
        _hidden("Home End", "first"),
        (("home", "first"), ("end", "last")),
        "to the leader, to the last row",
        "FIELD",
        foot=False,
        named=(("to the leader", "first", "Home"), ("to the last row", "last", "End")),
    ),
    Command(Key("v", "mine", "mine", 6), (("v", "mine"),), "to the runner you watch", "FIELD"),
    Command(Key("/", "search", "search", 0), (("slash", "search"),), "name, bib, country or team", "FIELD"),
    Command(Key("enter", "open", "open", 1), (("enter", "open"),), "the chosen runner in the race screen", "FIELD"),
    Command(Key("*", "follow", "star", 1), (("asterisk", "star"),), "follow the chosen runner, or no longer", "FIELD"),
    Command(
        Key("p n", "mat", "mat", 2),
        (("p", "mat(-1)"), ("n", "mat(1)"), ("left_square_bracket", "mat(-1)"), ("right_square_bracket", "mat(1)")),
        "the table at the mat before, at the next",
        "FIELD",
        named=(("the mat before", "mat(-1)", "p ["), ("the next mat", "mat(1)", "n ]")),
    ),
    Command(
        Key("c", "compare", "beside", 3), (("c", "beside"),), "the chosen runner beside the one you watch", "FIELD"
    ),
    Command(Key("s", "sort", "sort", 1), (("s", "sort"),), "sort by the next column", "FIELD"),
    Command(
        Key("a", "who", "among", 2),
        (("a", "among"),),
        "everybody, women, men, followed, those of the chosen one's country, category",
        "FIELD",
    ),
    Command(Key("x", "clock", "clock", 12), (("x", "clock"),), "gun times or net times", "FIELD"),
    *_without(TIME, "to_gun", "split", "start", "end"),
    *LIVE,
    *_without(VIEW, "field", "compare"),
)
_QUIT, _HELP, _PALETTE = (next(c for c in VIEW if c.key.action == name) for name in ("quit", "help", "palette"))
LIBRARY_KEYS: tuple[Command, ...] = (
    Command(Key("j k", "choose", "move", 2), (("down,j", "move(1)"), ("up,k", "move(-1)")), "choose", "LIBRARY"),
    Command(Key("enter", "watch", "watch", 3), (("enter", "watch"),), "watch it from the gun", "LIBRARY"),
    Command(Key("c", "as ghost", "as_ghost", 6), (("c", "as_ghost"),), "run it beside the race on show", "LIBRARY"),
    Command(Key("v", "show result", "reveal", 5), (("v", "reveal"),), "show or hide its result", "LIBRARY"),
    Command(Key("V", "show all", "reveal_all", 7), (("V", "reveal_all"),), "show or hide all results", "LIBRARY"),
    Command(Key("/", "search", "search", 4), (("slash", "search"),), "race, runner, city or year", "LIBRARY"),
    _BACK,
    _PALETTE._replace(foot=False),
    _HELP,
    _QUIT,
)
HELP_KEYS: tuple[Command, ...] = (
    Command(
        Key("j k", "scroll", "scroll", 2),
        (("down,j", "scroll(1)"), ("up,k", "scroll(-1)"), ("pagedown", "scroll(10)"), ("pageup", "scroll(-10)")),
        "scroll",
        "HELP",
    ),
    _BACK._replace(does=(("escape,question_mark", "back"),)),
    _PALETTE._replace(foot=False),
    _QUIT,
)
DIALOG_KEYS: tuple[Key, ...] = (Key("enter", "go", "enter", 1), Key("esc", "back", "esc", 0))


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """The bindings of a screen."""
    return [Binding(keys, action, command.says, show=False) for command in commands for keys, action in command.does]


def footer(commands: Sequence[Command], snapshot: Snapshot) -> tuple[Key, ...]:
    """The keys a footer shows now; a key that would do nothing is left out."""
    commands = available(commands, snapshot)
    over = snapshot.phase == "finished" or snapshot.mode.word == "ended" or _at_the_edge(snapshot)
    waiting = snapshot.elapsed_s is not None and snapshot.elapsed_s < 0
    keys: list[Key] = []
    for command in commands:
        key = command.key
        if key.action == "end" and not (
            snapshot.mode.is_live and (snapshot.mode.delay_s >= 1 or snapshot.mode.word == "paused")
        ):
            continue
        if not command.foot or (key.action == "to_gun" and not waiting) or (key.action in _MOVING and over):
            continue
        if key.action == "toggle":
            key = replace(key, label=_space(snapshot))
        keys.append(key)
    return tuple(keys)


def _at_the_edge(snapshot: Snapshot) -> bool:
    """Whether the view is live, so that it cannot go faster than the race."""
    mode = snapshot.mode
    return mode.is_live and mode.word != "paused" and mode.delay_s < 1


def available(commands: Sequence[Command], snapshot: Snapshot) -> Sequence[Command]:
    """The commands that there are: those of a live feed only in one, `r` only offline, `e` and `b` only where places are known,
    `f` and `o` only where there is a field, `a` and `x` only where there is somebody to be added, and a ghost,
    `T` only where there are pacers."""
    mode = snapshot.mode
    gone = set() if mode.is_live and mode.word != "ended" else {"delay", "retry"}
    if mode.link != "offline":
        gone.add("retry")
    if not snapshot.course.known:
        gone |= {"meet", "honest"}
    if not _is_field(snapshot):
        gone |= {"field", "crowd"}
    if snapshot.rotation is None and not snapshot.has_pacers:
        gone.add("pacers")
    if not has_others(snapshot):
        gone.add("beside")
    if snapshot.ghost is None:
        gone.add("swap")
    return _without(commands, *gone) if gone else commands


def has_others(snapshot: Snapshot) -> bool:
    """Whether there is anybody but the watched runner and pacers."""
    return any(each.role == "runner" and each.id != snapshot.runner.id for each in snapshot.runners)


def _is_field(snapshot: Snapshot) -> bool:
    """Whether more than a handful run, pacers left out."""
    return sum(1 for _ in islice((each for each in snapshot.runners if each.role == "runner"), HANDFUL + 1)) > HANDFUL


HANDFUL = 6
"""More runners than that are a field."""
_MOVING = frozenset({"speed", "rate_one"})


def _space(snapshot: Snapshot) -> str:
    if snapshot.mode.word == "ended":
        return "play again"
    return "go on" if snapshot.mode.word == "paused" else "pause"


def clicked(commands: Iterable[Command], key: Key, word: int) -> str:
    """The action behind a word of a footer key, counted from 0; its label does what the last word does."""
    command = next(c for c in commands if c.key.action == key.action)
    words = len(command.key.keys.split())
    return command.does[min(word, words - 1, len(command.does) - 1)][1]


def sections(commands: Iterable[Command]) -> list[tuple[str, list[Key]]]:
    """Titles and keys for the help page."""
    out: dict[str, list[Key]] = {}
    for command in commands:
        out.setdefault(command.section, []).append(replace(command.key, label=command.says))
    return list(out.items())
