"""Files written whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker import whole


def test_a_file_is_the_user_s_alone_and_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    """Nobody else reads it, and nothing is left beside it."""
    path = tmp_path / "kept.json"
    whole.write(path, b"one")
    whole.write(path, b"another")
    assert path.read_bytes() == b"another" and path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["kept.json"]


def test_what_cannot_be_written_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is an OSError; the old file stands, and no part of the new one does."""
    path = tmp_path / "kept.json"
    whole.write(path, b"one")

    def full(_fd: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space left"):
        whole.write(path, b"another")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("kept.json", b"one")]
