"""A feed that was saved under a name, wherever an address is taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from feeds.address import Asked
from feeds.feed import FeedError
from tests.test_cli import Run, paceline
from tests.watching import RACE, RUN, split, write
from tracker.cli.showing import live_session, session_of
from tracker.config import Settings, paths
from tracker.opening import open_any
from tracker.saved import FEEDS, Saved
from tracker.session import Wish
from tracker.watch import Watch

__all__ = ["paceline"]

END: dict[str, Any] = {"kind": "end"}
TWO: list[dict[str, Any]] = [
    RACE,
    {"kind": "athlete", "id": "b", "bib": "42", "name": "Bea Roth"},
    split("5km", 900, "b"),
    split("5km", 850),
]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))


def test_a_name_stands_for_its_address_in_every_command(tmp_path: Path, paceline: Run) -> None:
    """watch, record, check, verify, replay."""
    file = write(tmp_path / "mine.ndjson", [*RUN, END])
    assert paceline("feeds", "add", "club", file)[0] == 0
    assert paceline("feeds")[1] == f"club  {file}\n"
    assert "0 rejected" in paceline("check", "club")[1]
    assert paceline("verify", "club")[1] == paceline("verify", file)[1]
    for words in (["watch", "club", "--once"], ["replay", "club", "--once"]):
        code, out, _ = paceline(*words)
        assert code == 0 and "A Half" in out
    assert paceline("feeds", "add", "again", f"replay:{file}?speed=100000")[0] == 0
    code, out, _ = paceline("record", "again", "-o", str(tmp_path / "tape"))
    assert code == 0 and out.startswith(f"{tmp_path / 'tape'}: ")
    assert paceline("verify", str(tmp_path / "tape"))[1].split()[0] == paceline("verify", file)[1].split()[0]


def test_its_options_come_with_it_and_what_is_said_now_goes_before(tmp_path: Path, paceline: Run) -> None:
    """The runner by bib or by name, the profile and its answers, the delay."""
    file = write(tmp_path / "two.ndjson", TWO)
    assert paceline("feeds", "add", "bea", file, "--athlete", "42")[0] == 0
    assert "ROTH" in paceline("watch", "bea", "--once")[1].split("\n")[0]
    assert "ROTH" not in paceline("watch", "bea", "--once", "--athlete", "a")[1].split("\n")[0]
    assert paceline("feeds", "add", "bea", file, "--name", "Bea Roth")[0] == 0
    assert "ROTH" in paceline("watch", "bea", "--once")[1].split("\n")[0]

    words = ["--profile", "raceresult", "--set", "list=L|x", "--athlete", "7", "--delay", "30"]
    assert paceline("feeds", "add", "rr", "https://my.raceresult.com/12/live", *words)[0] == 0
    opened = open_any("rr", Asked())
    assert opened.profile is not None and opened.profile.name == "raceresult"
    assert (dict(opened.answers), opened.runner, opened.delay_s) == ({"event": "12", "list": "L|x"}, "7", 30.0)
    now = open_any("rr", Asked(answers={"list": "other"}, athletes=("8",)))
    assert (now.answers["list"], now.runner) == ("other", "8")
    kept = json.loads((paths().data / FEEDS).read_text(encoding="utf-8"))["rr"]
    assert "name" not in kept


def test_opened_in_the_library_it_is_watched_as_it_was_saved(paceline: Run) -> None:
    """With its runner and its delay; a delay set by key is kept for the next time, none as well."""
    paceline(
        "feeds", "add", "rr", "https://my.raceresult.com/12/live", "--set", "list=L", "--athlete", "7", "--delay", "30"
    )
    found = Settings({})

    def opened() -> Watch:
        session = session_of(open_any("rr", Asked()), Wish(), found, patient=True)
        assert isinstance(session, Watch) and session.wish.athlete == "7"
        return session

    session = opened()
    assert session.clock.delay_s == 30.0
    for wanted in (45.0, 0.0):
        session._keep_delay(wanted)
        assert opened().clock.delay_s == wanted
    assert live_session(open_any("rr", Asked()), Wish(), Settings({"delay": "5"}), patient=True).clock.delay_s == 5.0


@pytest.mark.parametrize("name", ["vienna-2019", "-", "http://x", "a/b"])
def test_a_name_that_means_something_else_is_refused(name: str, paceline: Run) -> None:
    """Whoever types it wants that."""
    code, _, err = paceline("feeds", "add", "--", name, "x.ndjson")
    assert code == 2 and "means something else" in err and not Saved(paths().data / FEEDS).all()


def test_a_name_does_not_lead_to_itself(paceline: Run) -> None:
    """It is looked up once: what it stands for is an address."""
    assert paceline("feeds", "add", "club", "club")[0] == 0
    with pytest.raises(FeedError, match="no race or file"):
        open_any("club", Asked())


def test_a_damaged_entry_is_as_good_as_none(paceline: Run) -> None:
    """Whatever somebody wrote into the file by hand."""
    for kept in (5, {"address": 5}, {"adress": "x"}):
        Saved(paths().data / FEEDS).put("club", kept)
        assert paceline("check", "club")[0] == 3
        assert paceline("feeds")[0] == 0 and paceline("feeds")[1] == ""
    assert paceline("feeds", "remove", "club")[0] == 0
