"""From what was opened to what can be watched: the log that was read, the recorded race beside it, and a first frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from feeds.feed import FeedError, Link, together
from feeds.text import without_secrets
from tracker.config import paths
from tracker.fold import Fold
from tracker.log import Log
from tracker.moment import elapsed
from tracker.race.columns import MANY
from tracker.race.course import Checkpoint, Course
from tracker.race.ghost import Recorded
from tracker.race.ghost import recorded as as_ghost
from tracker.race.plan import even
from tracker.race.schedule import paced_to_m
from tracker.race.snapshot import Leg, RaceInfo, Rotation, Runner, Snapshot
from tracker.saved import saved_feeds

if TYPE_CHECKING:
    from feeds.address import Asked, Opened
    from feeds.shipped import Shipped


class WishError(ValueError):
    """A wish that this race cannot fulfil. `code` is the exit code of screens.md; the text is one clear line."""

    def __init__(self, message: str, code: int = 2) -> None:
        super().__init__(message)
        self.code = code


def read(opened: Opened, progress: Callable[[int], None] | None = None) -> Log:
    """The whole log of a source that ends. FeedError when there is nothing in it that speaks of a race."""
    log, count = Log(opened.reader()), 0
    for item in together(opened.read()):
        if isinstance(item, Link):
            log.hear(item, item.received_s)
            continue
        log.receive_all(item)
        count += len(item)
        if progress is not None:
            progress(count)
    log.settle()
    if len(log) >= MANY:
        from tracker.race.bulk import give_back  # noqa: PLC0415 - loads numpy, as so many have already

        give_back()
    if not len(log):
        raise no_feed(opened.name, *map(str, log.rejections()), *filter(None, [log.torn]))
    return log


def open_any(address: str, asked: Asked) -> Opened:
    """What an address stands for: also a saved name, and a recording that is played as if it were live. FeedError."""
    kept = saved_feeds(paths().data).get(address)
    if kept is None:
        return _as_live(address, asked)
    delay_s = kept.get("delay")
    opened = _as_live(kept["address"], _together(kept, asked))
    return replace(opened, delay_s=delay_s if isinstance(delay_s, float) else 0.0)


def _as_live(address: str, asked: Asked) -> Opened:
    from feeds.address import open_address  # noqa: PLC0415 - a first frame needs no validation library

    runner = next(iter(asked.athletes), asked.name)
    if not address.startswith("replay:"):
        opened = open_address(address, asked)
        return replace(opened, runner=runner or opened.runner)
    from tracker.rerun import Rerun, RerunFeed, parse_replay  # noqa: PLC0415 - only for a recording as if live

    name, speed, at = parse_replay(address)
    opened = open_address(name, asked)
    return replace(
        opened,
        name=without_secrets(address) if "://" in address else address,
        kind="live",
        make=lambda: RerunFeed(Rerun(opened), speed, at),
        transport="recording",
        runner=runner,
    )


def _together(kept: dict[str, Any], asked: Asked) -> Asked:
    """What was saved with a feed, and what was said now, which goes before."""
    return replace(
        asked,
        profile=asked.profile or kept.get("profile", ""),
        answers={**kept.get("answers", {}), **asked.answers},
        athletes=asked.athletes or tuple(kept.get("athletes", ())),
        name=asked.name or kept.get("name", ""),
        follow=asked.follow or bool(kept.get("follow")),
    )


def no_feed(name: str, *amiss: str) -> FeedError:
    """What to raise where nothing speaks of a race; says the first thing that is amiss."""
    why = amiss[0] if amiss else "there is nothing in it"
    return FeedError(f"{name}: no message of a split feed ({why}); `paceline check` lists what is wrong")


def recorded(name: str) -> Recorded:
    """A shipped race or a file as a ghost. FeedError as when it is opened; WishError when nobody is timed in it."""
    from feeds.address import open_address  # noqa: PLC0415 - as above

    opened = open_address(name)
    fold = Fold(read(opened))
    end_s = fold.log.end_s
    final = fold.up_to(len(fold.log)).snapshot(end_s if end_s is not None else 0.0)
    eligible = final.race.record_eligible
    paced_m = paced_to_m(final.rotation, final.plans, final.runners, record_eligible=eligible)
    try:
        return as_ghost(final.race, final.runner, final.marks, paced_to_m=paced_m)
    except ValueError as error:
        raise WishError(f"--ghost {opened.name}: {error}") from None


def find_runner(runners: Sequence[Runner], text: str) -> Runner:
    """The runner of that id, bib, name or surname. WishError that names the nearest, code 3."""
    word = " ".join(text.split()).casefold()
    if not word:
        raise WishError("athlete: give an id, a bib or a name", 3)
    names = [(runner, (runner.id, runner.bib or "", runner.name, runner.surname)) for runner in runners]
    for i in range(4):
        found = [runner for runner, own in names if own[i].casefold() == word]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(runner.id for runner in found[:5])
            raise WishError(f"athlete {text!r}: more than one of that name; say which by id: {ids}", 3)
    known = {name.casefold(): runner.id for runner, own in names for name in own if name}
    near = dict.fromkeys(known[name] for name in get_close_matches(word, known, 3, 0.5))
    hint = f"; did you mean {' or '.join(near)}?" if near else "; give an id, a bib or a name"
    raise WishError(f"athlete {text!r} is not in this race{hint}", 3)


def first_frame(shipped: Shipped, at: str = "") -> Snapshot:
    """What can be shown of a shipped race before anything of it is read: race, runner, target, mats and legs."""
    elapsed_s = (elapsed(at) if at else None) or 0.0
    gun_s = datetime.fromisoformat(shipped.gun).timestamp() if shipped.gun else None
    plan = even(shipped.target_name or "target", shipped.distance_m, shipped.target_s) if shipped.target_s else None
    legs = tuple(Leg(n, team, from_m, to_m, "derived") for n, team, from_m, to_m in shipped.legs)
    return Snapshot(
        race=RaceInfo(
            shipped.name, shipped.race, shipped.place, shipped.date, shipped.time_zone, gun_s, shipped.record_eligible
        ),
        course=Course(
            shipped.distance_m,
            tuple(Checkpoint(*checkpoint) for checkpoint in shipped.checkpoints),
        ),
        runner=Runner(shipped.runner_id, shipped.runner),
        phase="before" if elapsed_s < 0 else "running",
        now_s=(gun_s or 0.0) + elapsed_s,
        elapsed_s=elapsed_s,
        plan=plan,
        plans=(plan,) if plan else (),
        rotation=Rotation(legs=legs) if legs else None,
    )
