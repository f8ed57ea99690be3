"""What is opened, before and after it is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feeds import feed
from feeds.address import open_address
from feeds.feed import FeedError
from feeds.shipped import find, shipped
from tests.watching import RACE, RUN, session, split, write
from tracker.draw.frame import frame
from tracker.draw.ink import plain
from tracker.opening import WishError, find_runner, first_frame, read, recorded
from tracker.race.snapshot import Runner

RUNNERS = (
    Runner("kipchoge", "Eliud Kipchoge", bib="1"),
    Runner("assefa", "Tigist Assefa", bib="F1"),
    Runner("i1", "Filip Ingebrigtsen"),
    Runner("i2", "Jakob Ingebrigtsen"),
)


@pytest.mark.parametrize("text", ["kipchoge", "KIPCHOGE", "1", "Eliud Kipchoge", " eliud  kipchoge "])
def test_a_runner_is_found_by_id_bib_name_and_surname(text: str) -> None:
    """However it is capitalised."""
    assert find_runner(RUNNERS, text).id == "kipchoge"


def test_an_unknown_runner_is_refused_with_the_nearest() -> None:
    """Not found is exit code 3."""
    with pytest.raises(WishError, match="did you mean kipchoge") as refused:
        find_runner(RUNNERS, "kipchog")
    assert refused.value.code == 3
    with pytest.raises(WishError, match="i1, i2"):
        find_runner(RUNNERS, "Ingebrigtsen")


@given(st.text(max_size=30))
def test_whatever_else_is_typed_is_refused(text: str) -> None:
    """Nobody is guessed, and nothing else is raised."""
    assume(text.strip().casefold() not in ("1", "f1", "i1", "i2"))
    with pytest.raises(WishError):
        find_runner(RUNNERS, text)


@pytest.mark.parametrize("name", [race.name for race in shipped()])
def test_the_first_frame_is_what_the_file_says_at_the_gun(name: str) -> None:
    """Race, runner, target, mats and legs stay where they are when the race has been read."""
    first, then = first_frame(find(name)), session(name).view(session(name).timeline.bounds().gun_s)
    assert (first.race.id, first.race.name, first.race.date) == (then.race.id, then.race.name, then.race.date)
    assert first.runner.name == then.runner.name
    assert (first.now_s, first.elapsed_s, first.phase) == (then.now_s, then.elapsed_s, then.phase)
    assert [(c.id, c.distance_m) for c in first.course.checkpoints] == [
        (c.id, c.distance_m) for c in then.course.checkpoints
    ]
    assert (first.plan and first.plan.name) == (then.plan and then.plan.name)
    legs = [[(leg.number, leg.from_m) for leg in s.rotation.legs] if s.rotation else [] for s in (first, then)]
    assert legs[0] == legs[1] or not legs[0]


@pytest.mark.parametrize("size", [(20, 5), (40, 24), (80, 24), (120, 36), (200, 60)])
@pytest.mark.parametrize("at", ["", "1:12:03", "-4:10", "25km"])
def test_the_first_frame_can_be_drawn_at_every_size(size: tuple[int, int], at: str) -> None:
    """Nothing in it needs what is not read yet."""
    drawn = plain(frame(first_frame(find("vienna-2019"), at), *size))
    assert "KIPCHOGE" in drawn and len(drawn.splitlines()) == size[1]


def test_a_file_without_a_message_is_refused_with_the_reason(tmp_path: Path) -> None:
    """One line that says what the first line is."""
    with pytest.raises(FeedError, match="line 1") as refused:
        read(open_address(write(tmp_path / "x.ndjson", [b"hello"])))
    assert refused.value.code == 1 and "\n" not in str(refused.value)


def test_a_file_that_is_all_torn_tail_says_so(tmp_path: Path) -> None:
    """Nothing could be read because it breaks off."""
    path = tmp_path / "x.ndjson"
    path.write_bytes(json.dumps(RACE).encode()[:50])
    with pytest.raises(FeedError, match="cut off"):
        read(open_address(str(path)))


def test_reading_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Now and then, with the messages so far."""
    monkeypatch.setattr(feed, "MOST_TOGETHER", 500)
    name = write(tmp_path / "x.ndjson", [*RUN, *(split("5km", 850, f"r{n}") for n in range(1200))])
    heard: list[int] = []
    assert len(read(open_address(name), heard.append)) == 1206
    assert heard == sorted(heard) and len(heard) == 3


def test_a_ghost_is_a_whole_recorded_race() -> None:
    """Its runner, its marks to the finish, its schedule."""
    ghost = recorded("berlin-2018")
    assert ghost.runner.surname == "Kipchoge"
    assert ghost.plan.finish_s == pytest.approx(2 * 3600 + 99)


def test_a_race_without_times_is_no_ghost(tmp_path: Path) -> None:
    """Wrong usage, said in one line."""
    with pytest.raises(WishError, match="--ghost"):
        recorded(write(tmp_path / "x.ndjson", [RACE]))
