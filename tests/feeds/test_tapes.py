"""The folder of tapes."""

from __future__ import annotations

import gzip
from pathlib import Path

from feeds.record import Recorder, begun
from feeds.tapes import OLD_S, automatic_path, compress_old, find_open_tape, list_tapes, slug
from tests.feeds.test_record import HEAD, messages, taped


def test_an_automatic_tape_is_compressed_once_the_race_is_over(tmp_path: Path) -> None:
    """Until then it can be gone on with, for a day; after a day it is compressed as well."""
    path = automatic_path(tmp_path, HEAD.address, 0.0)
    open_ = taped(path, [b"{}"], automatic=True)
    now_s = path.stat().st_mtime
    assert open_.path == path and find_open_tape(tmp_path, HEAD.address, "", now_s) == path
    assert find_open_tape(tmp_path, HEAD.address, "", now_s + OLD_S) is None
    assert find_open_tape(tmp_path, "https://example.org/other", "", now_s) is None
    done = taped(path, [b"[]"], automatic=True, over=True)
    assert done.path.name.endswith(".ndjson.gz") and not path.exists()
    assert done.path.stat().st_mode & 0o077 == 0
    assert messages(done.path) == [b"{}", b"[]"] and gzip.decompress(done.path.read_bytes()).startswith(HEAD.line)
    other = taped(automatic_path(tmp_path, "x", 1.0), [b"{}"], automatic=True)
    compress_old(tmp_path, now_s + 2 * OLD_S)
    assert not other.path.exists() and len(list_tapes(tmp_path)) == 2


def test_names_from_a_feed_stay_in_the_folder(tmp_path: Path) -> None:
    """Slugs of a safe alphabet, for their user alone, never one that is there already."""
    assert slug("../../ETC/Pässwd\x00") == "etc-p-sswd" and slug("///") == "feed" and len(slug("x" * 500)) == 80
    first, second = (automatic_path(tmp_path / "tapes", "https://a/../b?c", 0.0) for _ in range(2))
    assert first != second and first.parent == second.parent == tmp_path / "tapes"
    assert first.stat().st_mode & 0o077 == 0 and (tmp_path / "tapes").stat().st_mode & 0o077 == 0


def test_a_folder_of_tapes_is_listed_the_newest_first(tmp_path: Path) -> None:
    """What is no tape is passed over, whatever it is."""
    for n, when in enumerate((100.0, 300.0, 200.0)):
        Recorder(tmp_path / f"{n}.ndjson", begun(when, f"feed {n}"), utc_s=when).close(when)
    (tmp_path / "x.ndjson").write_bytes(b"\x00\x01")
    (tmp_path / "y.ndjson").mkdir()
    assert [tape.address for tape in list_tapes(tmp_path)] == ["feed 1", "feed 2", "feed 0"]
    assert list_tapes(tmp_path / "none") == []


def test_a_tape_that_cannot_be_gone_on_with_is_passed_over(tmp_path: Path) -> None:
    """One that another paceline writes, and one that is a link to elsewhere: a new one is begun beside them."""
    busy = Recorder(automatic_path(tmp_path, HEAD.address, 0.0), HEAD, utc_s=0.0, automatic=True)
    now_s = busy.path.stat().st_mtime
    (tmp_path / "link.ndjson").symlink_to(taped(tmp_path.parent / "elsewhere", [b"{}"]).path)
    assert len(list_tapes(tmp_path)) == 2 and find_open_tape(tmp_path, HEAD.address, "", now_s) is None
    busy.close(1.0)
    assert find_open_tape(tmp_path, HEAD.address, "", now_s) == busy.path
