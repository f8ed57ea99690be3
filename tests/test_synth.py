"""A field that is made up: one race a seed, in order of arrival, as real mats would tell it."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import islice
from typing import Any

import pytest

from feeds.decode import Decoder
from tracker.cli import main
from tracker.priors import shipped
from tracker.race.book import Race
from tracker.race.won import NET
from tracker.synth import MATS, messages

RUNNERS = 400


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    return list(messages(RUNNERS, 3, shipped()))


@pytest.fixture(scope="module")
def said(lines: list[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines]


def test_every_message_is_good_and_says_that_it_is_synthetic(lines: list[bytes]) -> None:
    """The decoder takes every line, knows every field, and each says `synthetic`."""
    decode = Decoder()
    told = [decode(line, n) for n, line in enumerate(lines, 1)]
    assert all(isinstance(events, tuple) and events[0].synthetic for events in told)
    assert decode.unknown_fields == {} and decode.unknown_kinds == {}


def test_one_seed_gives_one_field() -> None:
    """The same seed gives the same bytes, another one another field."""
    one, again, other = (list(messages(20, seed, shipped())) for seed in (5, 5, 6))
    assert one == again != other


def test_messages_come_in_order_of_arrival(said: list[dict[str, Any]]) -> None:
    """Who is described comes first, then everything in the order in which it was sent."""
    sent = [datetime.fromisoformat(m["sent"]) for m in said if "sent" in m]
    assert sent == sorted(sent)
    assert {m["kind"] for m in said[: -len(sent)]} == {"race", "start", "athlete"}


def test_a_field_has_what_real_ones_have(said: list[dict[str, Any]]) -> None:
    """Waves, missed mats, late reads, corrections, and runners who do not finish, about as often as in real races."""
    splits = [m for m in said if m["kind"] == "split" and m["checkpoint"] != "start"]
    first = {(m["athlete"], m["checkpoint"]) for m in splits}
    finished = {who for who, mat in first if mat == "finish"}
    missed = sum((who, mat) not in first for who in finished for mat in MATS)
    assert len({m["wave"] for m in said if m["kind"] == "athlete"}) > 4
    assert 0.01 < missed / (len(finished) * len(MATS)) < 0.04
    assert 0.003 < sum(m.get("rev") == 2 for m in splits) / len(splits) < 0.03
    assert 0.85 * RUNNERS < len(finished) < RUNNERS
    assert any(m["kind"] == "status" and m["status"] == "DNF" for m in said)


def test_the_field_runs_as_the_model_says(lines: list[bytes]) -> None:
    """Nearly everybody's times stand as read, rise from mat to mat, and lie where marathons do."""
    race, decode = Race(), Decoder()
    for line in lines:
        events = decode(line)
        assert isinstance(events, tuple)
        race.receive(events[0])
    table = race.field().table("finish", "net")
    assert 7200 < table.time[0] / 1000 < 10_000 < table.time[len(table.time) // 2] / 1000 < 18_000
    assert (race.field().time[NET, :, 0] < race.field().time[NET, :, -1]).mean() > 0.85


def test_a_course_has_its_hills() -> None:
    """A known course changes the times, an unknown one is refused."""
    flat, hilly = (list(islice(messages(20, 5, shipped(), course), 200)) for course in ("", "boston"))
    assert flat[30:] != hilly[30:]
    with pytest.raises(ValueError, match="boston"):
        list(messages(1, 1, shipped(), "nowhere"))


def test_the_command_writes_a_file_or_standard_output(tmp_path: Any, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """With -o the file is there when it is whole; without, the lines go to standard output, and nothing else."""
    path = tmp_path / "field.ndjson"
    assert main(["synth", "--runners", "5", "--seed", "4", "-o", str(path)]) == 0
    assert [p.name for p in tmp_path.iterdir()] == ["field.ndjson"]
    capfdbinary.readouterr()
    assert main(["synth", "--runners", "5", "--seed", "4"]) == 0
    assert capfdbinary.readouterr().out == path.read_bytes()


@pytest.mark.parametrize("words", [["--runners", "0"], ["--seed", "-1"], ["--course", "nowhere"]])
def test_what_cannot_be_made_up_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A number out of bounds or an unknown course ends with one line and code 2."""
    assert main(["synth", *words]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_pace_groups_run_evenly() -> None:
    """One every quarter of an hour, who finish just inside; the others are those of a field without."""
    said = [json.loads(line) for line in messages(RUNNERS, 3, shipped(), pacers=True)]
    pacers = {m["id"]: m["name"] for m in said if m["kind"] == "athlete" and m.get("role") == "pacer"}
    assert list(pacers.values()) == [f"Pace {m // 60}:{m % 60:02d}" for m in range(180, 301, 15)]
    best = {m["athlete"]: m["elapsed_s"] for m in said if m["kind"] == "split" and m["checkpoint"] == "finish"}
    goals = {id: 60 * (int(name[5]) * 60 + int(name[7:])) for id, name in pacers.items()}
    assert all(-60 < best[id] - goal < 15 for id, goal in goals.items() if id in best)
