"""Tapes are written, merged, and served again; a field is made up."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from feeds.text import without_secrets
from tracker.cli.common import asked_of, opened, settings, write
from tracker.ending import FAILED, WELL, UsageError, complain

if TYPE_CHECKING:
    from feeds.address import Opened
    from feeds.record import Recorder
    from feeds.sources.tape import TapeHeader
    from tracker.config import Settings
    from tracker.progress import Progress
    from tracker.relay import Sink


def automatic_tape(source: Opened, found: Settings) -> Callable[[float], Recorder]:
    """What opens the tape that every `watch` writes: the one that an interrupted `watch` left, else a new one."""
    from feeds.record import Recorder
    from feeds.tapes import automatic_path, compress_old, find_open_tape

    folder = found.paths.data / "tapes"

    def tape(utc_s: float) -> Recorder:
        begun = _header(source, utc_s)
        compress_old(folder, utc_s)
        path = find_open_tape(folder, begun.address, begun.profile, utc_s) or automatic_path(
            folder, begun.address, utc_s
        )
        return Recorder(path, begun, utc_s=utc_s, automatic=True)

    return tape


def _header(source: Opened, utc_s: float) -> TapeHeader:
    from feeds.record import begun

    profile = source.profile
    return begun(utc_s, source.name, profile.name if profile else "", profile.sha256 if profile else "")


def record(asked: argparse.Namespace) -> int:
    """A feed onto a tape until it ends, or until somebody ends it."""
    import asyncio  # a third of a start, and not for every command

    from tracker.progress import Progress
    from tracker.recording import keep

    found = settings(asked)
    source = opened(asked.race, asked_of(asked, found))

    tape = automatic_tape(source, found)
    if asked.output:
        tape = partial(_named_tape, Path(asked.output), source)
    with Progress(source.name) as progress:
        messages, kept = asyncio.run(keep(source.feed(), source.reader(), tape, told=lambda n, _: progress(n)))
    if kept is None:
        return complain(f"{source.name}: ended before anything was heard; nothing was recorded", WELL)
    if kept.why_stopped:
        return complain(f"{kept.path}: {kept.why_stopped}", FAILED)
    return write(f"{kept.path}: {messages} messages")


def _named_tape(path: Path, source: Opened, utc_s: float) -> Recorder:
    from feeds.record import Recorder

    return Recorder(path, _header(source, utc_s), utc_s=utc_s)


def relay(asked: argparse.Namespace) -> int:
    """A feed carried on to a stream or a folder, until it ends or somebody ends it."""
    import asyncio  # as above

    from tracker.progress import Progress
    from tracker.relay import Recorded, carry

    found = settings(asked)
    source = opened(asked.race, asked_of(asked, found))
    sink = _sink(asked.to, found.value("ca_file"))
    feed = source.feed() if source.is_live else Recorded(source)
    with Progress(source.name, "relaying") as progress:
        counts = asyncio.run(carry(feed, source.reader(), sink, told=_telling(source.name, progress)))
    if counts.refused:
        complain(f"{source.name}: {counts.refused} messages refused; `paceline check` lists them", WELL)
    if sink.too_long:
        complain(
            f"{sink.name}: {sink.too_long} messages left out: longer than the server takes; raise its max_payload", WELL
        )
    if not counts.events:
        return complain(f"{source.name}: ended before anything was heard; nothing was relayed", FAILED)
    return write(f"{sink.name}: {counts.events} messages, {counts.known} of them there already")


def _telling(name: str, progress: Progress) -> Callable[[int, str], None]:
    """Tells of the count while it is young, and of trouble whenever it is another one."""
    said = ""

    def told(count: int, trouble: str) -> None:
        nonlocal said
        progress(count)
        if trouble != said:
            said = trouble
            complain(f"{name}: {trouble or 'goes on'}", WELL)

    return told


def _sink(to: str, ca_file: str) -> Sink:
    """What `--to` names. UsageError for another scheme."""
    scheme, mark, _ = to.partition("://")
    if mark and scheme.lower() in ("nats", "tls"):
        from feeds.sources.guard import HttpOptions
        from tracker.jetstream import Stream

        stream = Stream(to, HttpOptions(ca_file=ca_file))
        if stream.place.notice:
            complain(stream.place.notice, WELL)
        return stream
    if not mark and to.strip():
        from tracker.shelf import Folder

        return Folder(Path(to))
    named = without_secrets(to) or "''"
    raise UsageError(f"--to {named}: give nats://HOST/STREAM, or a folder")


def merge(asked: argparse.Namespace) -> int:
    """One tape of several."""
    from feeds.merge import merge as merged

    written = merged([Path(tape) for tape in asked.tapes], Path(asked.output))
    return write(f"{asked.output}: {written} messages of {len(asked.tapes)} tapes")


def serve(asked: argparse.Namespace) -> int:
    """A race or a tape, served again as if it were live."""
    from tracker import serve as serving
    from tracker.rerun import Rerun, parse_speed

    source = opened(asked.race, asked_of(asked))
    if source.is_live:
        raise UsageError(f"serve {source.name}: only a recording can be served; give a shipped race or a file")
    if not serving.is_loopback(asked.host):
        complain(f"serving on {asked.host}: anybody who can reach this machine can read it", WELL)
    return serving.run(
        Rerun(source), host=asked.host, port=asked.port, speed=parse_speed(asked.speed), at=asked.at, announce=write
    )


MOST_RUNNERS = 1_000_000
TOLD_EVERY = 10_000


def synth(asked: argparse.Namespace) -> int:
    """A synthetic field, into a file or onto stdout."""
    from tracker.priors import shipped
    from tracker.progress import Progress
    from tracker.synth import messages

    if not 1 <= asked.runners <= MOST_RUNNERS:
        raise UsageError(f"--runners {asked.runners}: give 1 to {MOST_RUNNERS:,}")
    if not 0 <= asked.seed < 2**63:
        raise UsageError(f"--seed {asked.seed}: give a whole number from 0 on")
    model = shipped()
    names = [ground.name for ground in model.grounds]
    if asked.course and asked.course not in names:
        raise UsageError(f"--course {asked.course}: not a course that is known: {', '.join(names)}")
    count, lines = 0, messages(asked.runners, asked.seed, model, asked.course, pacers=asked.pacers)
    silent = not asked.output  # the terminal may belong to whoever reads the pipe
    with Progress(asked.output or "", "writing", silent=silent) as progress, _output(asked.output) as out:
        for count, line in enumerate(lines, 1):
            out.write(line + b"\n")
            if count % TOLD_EVERY == 0:
                progress(count)
    return write(f"{asked.output}: {count} messages of {asked.runners} runners") if asked.output else WELL


@contextmanager
def _output(name: str | None) -> Iterator[IO[bytes]]:
    """Stdout, or a file that is there only once it is whole."""
    if not name:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
