"""What a hostile feed, a hostile name and a curious neighbour must not get: cases S01 to S08, and where each is held.

Most are held where the code is; `HELD` says which tests those are. Here stand those that need the whole program.
"""

from __future__ import annotations

import ast
import asyncio
import json
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feeds.address import Asked
from feeds.decode import Decoder
from feeds.feed import Delivery
from feeds.reading import Rejection
from tests.feeds.sources.serving import answer, beside, opening
from tests.test_architecture import sources
from tests.test_cli import Run, paceline
from tests.watching import RACE, split, write
from tracker import output
from tracker.config import OPTIONS
from tracker.draw.cells import width
from tracker.draw.look import DEFAULT
from tracker.opening import open_any
from tracker.session import ScreenOptions, Session, Wish
from tracker.ui.app import PacelineApp
from tracker.watch import Watch

__all__ = ["paceline"]

ROOT = Path(__file__).parent
HELD = {
    "S01 one door for text": (
        "feeds/test_text.py::test_nothing_unsafe_passes",
        "feeds/test_text.py::test_every_character_of_unicode_passes_or_is_shown",
        "feeds/test_text.py::test_names_of_the_world_stay_readable",
        "feeds/test_text.py::test_marks_are_few",
        "test_architecture.py::test_feed_text_is_never_markup",
        "test_ending.py::test_a_line_for_people_has_no_control_characters",
    ),
    "S02 markup is text": (
        "ui/test_markup.py::test_markup_in_names_is_a_name",
        "ui/test_markup.py::test_what_is_wrong_with_a_wish_is_no_markup_either",
        "test_screenshots.py::test_markup_of_svg_is_escaped",
    ),
    "S03 monstrous names": (
        "feeds/test_text.py::test_monstrous_text_is_cut_at_once",
        "ui/test_markup.py::test_the_longest_names_leave_every_column_in_place",
        "test_security.py::test_s03_a_monstrous_name_moves_no_column",
    ),
    "S04 secrets": (
        "test_security.py::test_s04_a_secret_of_an_address_is_on_no_screen",
        "test_security.py::test_s04_a_secret_of_an_address_is_in_nothing_that_is_written",
        "test_security.py::test_s04_a_secret_of_a_profile_is_shown_by_no_command",
        "test_cli_web.py::test_a_signal_ends_it_and_every_page_s_program",
        "test_unwell.py::test_what_is_no_feed_is_one_line_and_its_code",
        "ui/test_leaving.py::test_a_fault_gives_the_terminal_back_with_one_line",
        "ui/test_crash.py::test_a_fault_ends_the_screen_with_code_one",
        "test_ending.py::test_a_fault_of_the_program_says_where_and_quotes_nothing",
        "feeds/sources/test_http.py::test_the_library_s_own_log_is_quiet",
        "feeds/sources/test_http.py::test_own_headers_never_go_to_another_origin",
        "feeds/sources/test_guard.py::test_options_do_not_show_their_headers",
        "feeds/sources/test_guard.py::test_what_is_not_encrypted_is_told_and_takes_no_secret",
        "feeds/profiles/test_questions.py::*",
    ),
    "S05 hostile JSON": (
        "test_security.py::test_s05_hostile_json_is_one_rejection_and_the_feed_goes_on",
        "feeds/test_decode.py::test_what_is_refused_is_said",
        "feeds/test_decode.py::test_no_damage_raises",
    ),
    "S06 names of files": (
        "feeds/test_tapes.py::test_names_from_a_feed_stay_in_the_folder",
        "feeds/test_record.py::test_two_recorders_do_not_share_a_tape",
    ),
    "S07 tapes are regular files": (
        "feeds/sources/test_files.py::test_a_bomb_is_cut",
        "feeds/sources/test_files.py::test_a_socket_and_a_device_are_no_files",
        "feeds/test_address.py::test_a_pipe_is_refused_without_waiting",
        "test_architecture.py::test_nothing_is_unpickled_or_evaluated",
    ),
    "S08 links and leaving": (
        "test_security.py::test_s08_nothing_opens_a_link",
        "ui/test_leaving.py::test_a_signal_gives_the_terminal_back_with_its_code",
        "ui/test_leaving.py::test_a_kill_while_it_starts_gives_the_terminal_back",
        "ui/test_leaving.py::test_a_fault_gives_the_terminal_back_with_one_line",
        "ui/test_leaving.py::test_a_terminal_that_is_gone_ends_the_program",
    ),
    "the page": (
        "web/test_server.py::test_no_other_page_gets_to_the_program",
        "web/test_server.py::test_the_page_names_the_race_and_runs_no_other_script",
        "web/test_program.py::test_words_are_words_and_what_it_says_is_heard",
        "test_cli_web.py::test_every_page_starts_with_the_same_words",
    ),
    "transports": (
        "feeds/sources/test_guard.py::test_a_redirect_leads_nowhere_else",
        "feeds/sources/test_hosts.py::test_a_private_address_is_known_in_any_form",
        "feeds/sources/test_peers.py::test_an_address_is_judged_before_it_is_connected_to",
        "feeds/sources/test_http.py::test_a_name_that_has_moved_into_a_private_network_is_told_nothing",
        "feeds/sources/test_http.py::test_an_authority_of_one_s_own_is_trusted_beside_the_system_s_and_nothing_else",
        "feeds/sources/test_websocket.py::test_an_authority_of_one_s_own_is_trusted",
        "test_security.py::test_no_switch_turns_certificates_off",
    ),
}
SECRET = "5e3cr3t"
MONSTERS = {
    "a million characters": "x" * 1_000_000,
    "newlines": "a\n" * 5_000,
    "combining marks": "e" + "\u0301" * 100_000,
    "wide": "王" * 70_000,
    "right to left": "\u202e" + "א" * 5_000,
    "escapes": "\x1b[2J\x1b]0;x\x07" * 1_000,
    "families": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 1_000,
}


@pytest.mark.parametrize("case", HELD)
def test_every_case_is_held_by_tests_that_exist(case: str) -> None:
    """None of the tests named above has been renamed, or taken away, unnoticed."""
    for where in HELD[case]:
        file, _, name = where.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        found = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert name == "*" or name in found, where


@pytest.mark.parametrize("name", MONSTERS.values(), ids=MONSTERS)
def test_s03_a_monstrous_name_moves_no_column(name: str, tmp_path: Path) -> None:
    """In a feed, in every place that takes text: each row of each frame is as wide as it should be."""
    mats: Any = RACE["checkpoints"]
    race = {**RACE, "name": name, "place": name, "checkpoints": [{**c, "name": name} for c in mats]}
    people: list[dict[str, Any]] = [{"kind": "athlete", "id": who, "name": name, "team": name} for who in "ab"]
    told: list[dict[str, Any]] = [
        race,
        *people,
        split("5km", 850),
        split("5km", 870, "b"),
        {"kind": "note", "text": name, "at": RACE["gun"]},
    ]
    session = Session(open_any(write(tmp_path / "x.ndjson", told), Asked()), Wish(at="0:20:00"))
    session.load()
    for size in ((80, 24), (120, 36), (200, 60), (40, 24)):
        rows = output.frame(session, size, DEFAULT).split("\n")
        assert len(rows) <= size[1] and all(width(row) <= size[0] for row in rows)
        assert all(char.isprintable() for row in rows for char in row)


@pytest.fixture
def feed() -> Iterator[str]:
    """The address of a race, with a login and a token in it."""
    told = b"".join(b"id: 1\ndata: " + json.dumps(message).encode() + b"\n\n" for message in (RACE, split("5km", 850)))

    async def say(head: bytes, writer: asyncio.StreamWriter) -> None:
        resumed = b"last-event-id" in head.lower()
        writer.write(answer(b"", "", "204 No Content") if resumed else opening("text/event-stream") + told)
        await writer.drain()

    with beside(say) as (url, _):
        yield f"{url.replace('://', f'://me:{SECRET}@')}/feed.sse?token={SECRET}"


async def test_s04_a_secret_of_an_address_is_on_no_screen(feed: str, caplog: pytest.LogCaptureFixture) -> None:
    """Login and token of an address: not on the screens, not in their picture, not in what libraries log."""
    caplog.set_level(logging.DEBUG)
    watch = Watch(open_any(feed, Asked()), Wish(), record=None)
    app = PacelineApp(ScreenOptions(open=lambda *_: watch, session=watch, look=DEFAULT))
    async with app.run_test(size=(120, 36)) as pilot:
        while "A Half" not in app.export_screenshot().replace("&#160;", " "):
            await pilot.pause(0.02)
        pictures = [app.export_screenshot()]
        await pilot.press("i")
        await pilot.pause(0.05)
        pictures.append(app.export_screenshot())
    assert "feed.sse" in pictures[1]
    assert SECRET not in "".join(pictures) + caplog.text + repr(watch.opened)


def test_s04_a_secret_of_an_address_is_in_nothing_that_is_written(feed: str, tmp_path: Path, paceline: Run) -> None:
    """Tape, lines, JSON, lists: the saved feed itself has it, for its user alone to read."""
    said = [paceline(command, feed, *more) for command, *more in (
        ("record", "-o", str(tmp_path / "tape")), ("watch", "--json", "--no-record"), ("watch", "--once", "--no-record"), ("check", "--json"),
        ("serve",), ("verify",))]  # fmt: skip
    said += [paceline("feeds", "add", "club", feed), paceline("feeds"), paceline("info")]
    assert paceline("feeds", "remove", "club")[0] == 0
    assert [text for text in map(str, said) if SECRET in text] == []
    assert (tmp_path / "tape").stat().st_size > 0
    assert SECRET.encode() not in (tmp_path / "tape").read_bytes()


def test_s04_a_secret_of_a_profile_is_shown_by_no_command(paceline: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes from the environment, and goes into requests alone."""
    monkeypatch.setenv("PACELINE_RTRT_APPID", SECRET)
    for words in (["info"], ["profiles"], ["profiles", "show", "rtrt"], ["watch", "rtrt", "--set", f"appid={SECRET}"]):
        code, out, err = paceline(*words)
        assert code in (0, 2) and SECRET not in out + err


S05 = {
    "depth": b'{"kind":"note","text":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "digits": b'{"kind":"split","athlete":"a","checkpoint":"5km","elapsed_s":' + b"9" * 5_000 + b"}",
    "nan": b'{"kind":"split","athlete":"a","checkpoint":"5km","elapsed_s":NaN}',
    "infinity": b'{"kind":"split","athlete":"a","checkpoint":"5km","elapsed_s":-Infinity}',
    "1e400": b'{"kind":"split","athlete":"a","checkpoint":"5km","elapsed_s":1e400}',
    "a number in a string": b'{"kind":"split","athlete":"a","checkpoint":"5km","elapsed_s":"850"}',
    "an underscore": b'{"kind":"split","athlete":"a","checkpoint":"5km","elapsed_s":8_50}',
    "a key twice": b'{"kind":"split","athlete":"a","athlete":"b","checkpoint":"5km","elapsed_s":850}',
    "a lone surrogate": b'{"kind":"athlete","id":"\\ud800"}',
    "utf-16": '{"kind":"end"}'.encode("utf-16"),
}


@pytest.mark.parametrize("raw", S05.values(), ids=S05)
def test_s05_hostile_json_is_one_rejection_and_the_feed_goes_on(raw: bytes) -> None:
    """What comes after it is read as if nothing had been."""
    decoder = Decoder()
    assert isinstance(decoder.read(Delivery(raw, 1)), Rejection)
    assert not isinstance(decoder.read(Delivery(b'{"kind":"end"}', 2)), Rejection)


def test_s08_nothing_opens_a_link() -> None:
    """No module can start a browser, nor any other program; `paceline web` starts this one, without a shell."""
    openers = re.compile(r"webbrowser|open_url|subprocess|os\.(system|popen|startfile|spawn|exec)")
    measures, itself = ROOT.parent / "tracker" / "bench", ROOT.parent / "tracker" / "web" / "program.py"
    texts = {path: path.read_text(encoding="utf-8") for path in sources("feeds", "tracker")}
    found = [path for path, text in texts.items() if openers.search(text) and measures not in path.parents]
    assert found == [itself]
    assert "create_subprocess_shell" not in texts[itself] and "shell=" not in texts[itself]
    assert '(sys.executable, "-P", "-m", "tracker", *self._words)' in texts[itself]


def test_no_switch_turns_certificates_off() -> None:
    """Neither a setting nor a line of the program."""
    assert not [o.name for o in OPTIONS if any(word in o.name for word in ("insecure", "verify", "unsafe", "no_tls"))]
    for path in sources("feeds", "tracker"):
        text = path.read_text(encoding="utf-8")
        assert "CERT_NONE" not in text and "check_hostname" not in text and "verify=False" not in text, os.fspath(path)
