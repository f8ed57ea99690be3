"""What is kept between two runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.saved import FOLLOWS, MEETS, Saved, follows, keep_follows, keep_places, places


def test_what_was_put_is_there_next_time(tmp_path: Path) -> None:
    """A value is found again by whoever opens the same file, for the user alone to read."""
    path = tmp_path / "deep" / "feeds.json"
    Saved(path).put("club", {"address": "https://example.org/feed.sse"})
    Saved(path).put("münchen", 30.0)
    assert Saved(path).all() == {"club": {"address": "https://example.org/feed.sse"}, "münchen": 30.0}
    assert path.stat().st_mode & 0o077 == 0


def test_none_forgets(tmp_path: Path) -> None:
    """What is put away is gone, whether or not it was there."""
    saved = Saved(tmp_path / "feeds.json")
    saved.put("club", 1)
    saved.put("club", None)
    saved.put("other", None)
    assert saved.all() == {}


@pytest.mark.parametrize("text", ["", "{", "[1]", "\x00"])
def test_a_damaged_file_is_as_good_as_empty(tmp_path: Path, text: str) -> None:
    """A file that somebody broke neither ends the program nor stops it from keeping something new."""
    path = tmp_path / "delays.json"
    path.write_text(text, encoding="utf-8")
    assert Saved(path).all() == {}
    Saved(path).put("a", 1.0)
    assert Saved(path).all() == {"a": 1.0}


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file stays whole, and nothing half written lies about."""
    saved = Saved(tmp_path / "feeds.json")
    saved.put("a", 1)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        saved.put("b", 2)
    assert saved.all() == {"a": 1}
    assert [p.name for p in tmp_path.iterdir()] == ["feeds.json"]


def test_places_to_meet_are_kept_by_race(tmp_path: Path) -> None:
    """As typed; nothing typed forgets them, what is broken is none, and a folder that cannot be written is no trouble."""
    assert places(tmp_path, "r") == ""
    keep_places(tmp_path, "r", "12km 28km:25min")
    assert (places(tmp_path, "r"), places(tmp_path, "other")) == ("12km 28km:25min", "")
    keep_places(tmp_path, "r", "")
    assert places(tmp_path, "r") == ""
    (tmp_path / MEETS).write_text('{"r": 5}', encoding="utf-8")
    assert places(tmp_path, "r") == ""
    (tmp_path / "file").touch()
    keep_places(tmp_path / "file", "r", "12km")


def test_followed_runners_are_kept_by_race(tmp_path: Path) -> None:
    """In order; nobody forgets the race, what is broken is nobody, and a folder that cannot be written is no trouble."""
    keep_follows(tmp_path, "r", {"b", "a"})
    assert (follows(tmp_path, "r"), follows(tmp_path, "other")) == (["a", "b"], [])
    keep_follows(tmp_path, "r", ())
    assert Saved(tmp_path / FOLLOWS).all() == {}
    (tmp_path / FOLLOWS).write_text('{"r": 5, "s": ["a", 3]}', encoding="utf-8")
    assert (follows(tmp_path, "r"), follows(tmp_path, "s")) == ([], ["a"])
    (tmp_path / "file").touch()
    keep_follows(tmp_path / "file", "r", ["a"])
