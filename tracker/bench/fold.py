"""From bytes to the state of a race: decode, validate, fold, seek; and what is refused."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from feeds.seen import Run
from tracker.bench.made import garbage_lines, race_lines
from tracker.bench.table import Row, at_least, at_most, middle, times_floor

if TYPE_CHECKING:
    from feeds.decode import Decoder
    from feeds.feed import Delivery
    from tracker.race.book import Race

RUNNERS = 6_000
GARBAGE = 60_000
SEEKS = 200


def per_second(things: int, work: Callable[[], object]) -> float:
    """How many of so many things a second."""
    begun = time.perf_counter()
    work()
    return things / (time.perf_counter() - begun)


def decode_and_fold(lines: Sequence[bytes]) -> None:
    """Every line through the decoder into a race, as a file or a flood is read."""
    from feeds.decode import Decoder
    from feeds.feed import numbered, together
    from tracker.race.book import Race

    decode, race = Decoder(), Race()
    for row in together(numbered(lines, 1)):
        assert isinstance(row, list)
        take(decode, race, row)
    assert decode.unknown_kinds == {}


def take(decode: Decoder, race: Race, row: Sequence[Delivery]) -> None:
    """Deliveries decoded and folded, of which none is refused."""
    for part in decode.read_all(row):
        if isinstance(part, Run):
            race.receive_run(part)
            continue
        for event in part[1]:  # type: ignore[union-attr]  # no Rejection: they are our own lines
            race.receive(event)  # type: ignore[arg-type]  # as above


def validate(lines: Sequence[bytes]) -> None:
    """Every line through the bare validator."""
    from pydantic import TypeAdapter

    from feeds.events import Event

    check = TypeAdapter[object](Event).validate_json
    for raw in lines:
        check(raw)


def folding(rounds: int) -> tuple[Row, float]:
    """60,000 splits decoded and folded; the row, and splits a second."""
    lines = race_lines(RUNNERS)
    decode_and_fold(lines[:1000])
    validate(lines[:1000])
    pairs = [
        (per_second(len(lines), lambda: decode_and_fold(lines)), per_second(len(lines), lambda: validate(lines)))
        for _ in range(rounds)
    ]
    ours, bare = middle([a for a, _ in pairs]), middle([b for _, b in pairs])
    goals = (times_floor("≥", 0.6), at_least(150_000))
    return Row("decode, validate, fold 60,000 splits", "/s", ours, goals, bare,
               "TypeAdapter(Event).validate_json over the same lines"), ours  # fmt: skip


def refusing(rounds: int) -> Row:
    """A feed of nothing but garbage."""
    from feeds.decode import Decoder

    lines = garbage_lines(GARBAGE)

    def refuse() -> None:
        decode = Decoder()
        refused = sum(not isinstance(decode(raw, n), tuple) for n, raw in enumerate(lines, 1))
        assert refused == len(lines)

    figure = middle([per_second(len(lines), refuse) for _ in range(rounds)])
    return Row("rejections of a feed of garbage", "/s", figure, (at_least(100_000),))


def seeking() -> Row:
    """Anywhere in the 2019 race, forwards and back, against a fold from the start."""
    from feeds.address import open_address
    from tracker.fold import Fold
    from tracker.opening import read
    from tracker.race.book import Wanted

    log = read(open_address("vienna-2019"))
    fold = Fold(log)
    first, last = log.start_s or 0.0, log.end_s or 0.0
    dice = random.Random(7)  # noqa: S311 - the same moments each time
    places = [dice.uniform(first, last) for _ in range(SEEKS)]
    race, wanted = Fold(log).to(last), Wanted()
    assert race.snapshot(last, wanted).marks

    def ms(now_s: float, of: Callable[[], Fold]) -> float:
        begun = time.perf_counter()
        of().to(now_s).snapshot(now_s, wanted)
        return (time.perf_counter() - begun) * 1000

    pairs = [(ms(place, lambda: fold), ms(place, lambda: Fold(log))) for place in places]
    ours, anew = sorted(a for a, _ in pairs), [b for _, b in pairs]
    return Row("seek anywhere in the 2019 race, with its snapshot, p95", "ms", ours[int(0.95 * SEEKS)], (at_most(5),),
               middle(anew), "fold of the 2019 race from the start")  # fmt: skip
