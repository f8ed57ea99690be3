"""What is read in runs is what is read one by one: by the decoder, the store, the log and the check of a file."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import decode
from feeds.decode import Decoder
from feeds.events import Split
from feeds.feed import MOST_TOGETHER, Delivery, Link, together
from feeds.reading import Rejection
from feeds.seen import AnyEvent, Run, full
from tests.race.made import EVENTS, at
from tests.watching import GUN_S, RACE
from tracker.doctor import Found, examine, folded
from tracker.fold import Fold
from tracker.log import Log
from tracker.race.reads import Reads


def line(**said: Any) -> bytes:
    """A split of the one make that is common here."""
    common = {"kind": "split", "athlete": "a", "checkpoint": "5km", "clock": "gun", "elapsed_s": 870.0, "rev": 1}
    return json.dumps(common | said).encode()


ALIKE = st.builds(
    line,
    athlete=st.sampled_from(("a", "b", "c")),
    checkpoint=st.sampled_from(("5km", "10km", "finish", "nowhere")),
    clock=st.sampled_from(("gun", "net")),
    elapsed_s=st.sampled_from((0.0, 870, 871.5, 1745.0, 3590.0)),
    rev=st.integers(1, 2),
)
OTHER = st.one_of(
    EVENTS.map(lambda event: event.model_dump_json(exclude_none=True).encode()),
    ALIKE.map(lambda raw: raw.replace(b'"rev"', b'"place"')),
    st.sampled_from(
        (b"nonsense", b'{"kind":"split"}', line(athlete="\u20ac"), line(elapsed_s=-1), b'[{"kind":"end"}]')
    ),
    st.sampled_from((b'{"kind":\n"note","text":"in two lines"}', json.dumps(RACE).encode())),
)
FLOODS = st.lists(st.one_of(ALIKE, ALIKE, ALIKE, ALIKE, OTHER), max_size=60)


@pytest.fixture(autouse=True)
def _eager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "CUT_EVERY", 1)
    monkeypatch.setattr(decode, "LEAST_RUN", 2)
    monkeypatch.setattr(decode, "MANY", 0)
    monkeypatch.setattr(decode, "LEAST_FLOOD", 2)
    monkeypatch.setattr(decode, "FIRST_FLOOD", 2)


def deliveries(raws: list[bytes], received_s: float | None = None) -> list[Delivery]:
    """Messages as they come from a source."""
    return [Delivery(raw, n, received_s) for n, raw in enumerate(raws, 1)]


def primed() -> Decoder:
    """A decoder that has a stencil."""
    known = Decoder()
    known(line())
    return known


def bare(event: AnyEvent | Rejection) -> object:
    """An event without its message id, which a run has not."""
    if isinstance(event, Rejection):
        return event
    whole = full(event)
    return whole.model_copy(update={"message_id": None}) if isinstance(whole, Split) else whole


@given(FLOODS)
def test_a_decoder_gives_the_same_in_runs(raws: list[bytes]) -> None:
    """The same events and rejections in the same order; every delivery belongs to one part."""
    found: list[object] = []
    for part in primed().read_all(deliveries(raws)):
        if isinstance(part, Run):
            found += map(bare, part.each())
        else:
            _, said = part
            found += map(bare, said if isinstance(said, tuple) else (said,))
    reader = Decoder()
    singly = [said if isinstance(said, tuple) else (said,) for said in map(reader.read, deliveries(raws))]
    assert found == [bare(event) for said in singly for event in said]


def test_a_flood_comes_in_runs() -> None:
    """Splits are read together, of whatever make, and those that had to be validated with them; what is none stands between."""
    many = [line(athlete=f"r{n}", elapsed_s=n) for n in range(20)]
    known = primed()
    known(line(place=1))  # another make
    raws = [*many[:10], line(place=2), line(athlete="\u20ac"), *many[10:], b"nonsense", *many[:3]]
    first, refused, last = known.read_all(deliveries(raws))
    assert isinstance(first, Run) and len(first) == 22
    assert not isinstance(refused, Run) and isinstance(refused[1], Rejection) and refused[1].line == 23
    assert isinstance(last, Run) and len(last) == 3


def test_a_few_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no flood yet loads nothing for one."""
    known, many = primed(), deliveries([line(athlete=f"r{n}") for n in range(20)])
    for names in (("MANY",), ("LEAST_RUN",), ("LEAST_FLOOD", "FIRST_FLOOD")):
        with monkeypatch.context() as only:
            for name in names:
                only.setattr(decode, name, 1000)
            assert not any(isinstance(part, Run) for part in known.read_all(many))
    assert any(isinstance(part, Run) for part in known.read_all(many))


@given(FLOODS, FLOODS, st.integers(0, 20), st.booleans())
def test_a_store_takes_a_run_as_it_takes_its_reads(
    first: list[bytes], second: list[bytes], cut: int, behind: bool
) -> None:
    """The same reads under the same numbers: known ones, new ones, and those of a copy that has gone another way."""
    runs = [
        part for raws in (first, second, first) for part in primed().read_all(deliveries(raws)) if isinstance(part, Run)
    ]
    together, singly = Reads(), Reads()
    for n, run in enumerate(runs):
        if behind and n == 1:
            together.count = singly.count = min(cut, together.count)
        assert together.add_run(run).tolist() == [singly.number(split) for split in run.each()]
        assert together.count == singly.count
        assert together.athletes() == singly.athletes()
        assert all(set(together.of(athlete)) == set(singly.of(athlete)) for athlete in singly.athletes())


@given(FLOODS, st.booleans(), st.integers(1, 9), st.booleans())
def test_a_log_takes_many_as_it_takes_each(raws: list[bytes], live: bool, step: int, at_once: bool) -> None:
    """The same order, times, counts and state, of a file and of a feed that is live; read at once or one by one."""
    received_s = GUN_S + 4000.0 if live else None
    many, each = Log(primed(), origin=None), Log(primed(), origin=None)
    for log in (many, each):
        log.receive(Delivery(json.dumps(RACE).encode(), 0, received_s))
        if live:
            log.catch_up()
    all_of_it = deliveries(raws, received_s)
    with pytest.MonkeyPatch.context() as only:
        only.setattr(decode, "LEAST_RUN", 2 if at_once else 1000)
        for begin in range(0, len(raws), step):
            many.receive_all(all_of_it[begin : begin + step])
    for one in all_of_it:
        each.receive(one)
    if not live:
        many.settle()
        each.settle()
    assert many.times == each.times
    assert astuple(many.counts()) == astuple(each.counts())
    assert many.rejections() == each.rejections()
    assert [heard.delivery for heard in many.heard] == [heard.delivery for heard in each.heard]
    whole = len(many)
    assert list(map(bare, many.between(0, whole))) == list(map(bare, each.between(0, whole)))
    assert Fold(many).up_to(whole).state_lines() == Fold(each).up_to(whole).state_lines()


def test_how_late_a_flood_is_is_asked_of_some() -> None:
    """A run tells how late its splits came, by a few of them; net times too, whose start was in a run before."""
    log = Log(primed(), origin=None)
    log.receive(Delivery(json.dumps(RACE).encode(), 0, GUN_S))
    log.catch_up()
    starts = [line(athlete=f"r{n}", checkpoint="start", elapsed_s=10.0 + n) for n in range(100)]
    splits = [line(athlete=f"r{n}", clock="net", elapsed_s=870.0) for n in range(100)]
    mats = [{"id": "start", "distance_m": 0, "type": "start"}, *RACE["checkpoints"]]  # type: ignore[misc]  # a list, above
    log.receive(Delivery(json.dumps(RACE | {"rev": 2, "checkpoints": mats}).encode(), 0, GUN_S))
    log.receive_all(deliveries(starts, GUN_S + 120))
    before = log.latency.count
    assert 10 <= before < 100
    log.receive_all(deliveries(splits, GUN_S + 1000))
    assert 10 <= log.latency.count - before < 100
    assert min(list(log.latency.latest)[before:]) == pytest.approx(1000 - 880 - 99, abs=3)


@given(FLOODS)
def test_a_file_is_verified_as_it_is_checked(raws: list[bytes]) -> None:
    """One state, the same refusals, the same count of what was accepted."""
    whole = [json.dumps(RACE).encode(), *raws]
    quick, slow = Found(reader=primed()), Found(reader=primed())
    torn = [Link("torn", "cut off")]
    lines = list(folded([*deliveries(whole), *torn], quick, lambda _: None))
    assert lines == list(examine([*deliveries(whole), *torn], slow, lambda _: None))
    assert quick.race.state_hash() == slow.race.state_hash()
    assert (quick.accepted, quick.rejected, quick.messages, quick.torn) == (
        slow.accepted, slow.rejected, slow.messages, slow.torn,
    )  # fmt: skip


def test_together_is_what_was_received_at_one_instant() -> None:
    """At most so many; a state of the link stands between."""
    one, other, link = Delivery(b"1", 1, 5.0), Delivery(b"2", 2, 6.0), Link("live")
    assert list(together([one, one, other, link, other])) == [[one, one], [other], link, [other]]
    rows = list(together([one] * (MOST_TOGETHER + 1)))
    assert [len(row) for row in rows if isinstance(row, list)] == [MOST_TOGETHER, 1]
    assert list(together([])) == []


def test_a_beat_between_is_no_part_of_a_run() -> None:
    """A heartbeat in the middle of a flood dates what comes behind it."""
    log = Log(primed(), origin=None)
    beat = json.dumps({"kind": "heartbeat", "at": at(2000)}).encode()
    log.receive_all(deliveries([json.dumps(RACE).encode(), *[line(athlete=f"r{n}") for n in range(5)]], GUN_S + 9000))
    log.catch_up()
    log.receive_all(deliveries([beat, *[line(athlete=f"s{n}") for n in range(5)]], GUN_S + 9000))
    assert list(log.times)[-5:] == [GUN_S + 2000] * 5


SENT = st.builds(
    lambda seconds, **said: line(sent=at(seconds), **said),
    st.sampled_from((900, 905, 905, 1000, 1800, 3600, 9000)),
    athlete=st.sampled_from(("a", "b")),
    checkpoint=st.sampled_from(("5km", "10km")),
    elapsed_s=st.sampled_from((870, 871.5, 1745.0)),
)
TOLD = st.lists(
    st.one_of(
        SENT,
        SENT,
        SENT,
        ALIKE,
        st.builds(lambda s: json.dumps({"kind": "status", "athlete": "a", "status": "DNF", "sent": at(s)}).encode(),
                  st.sampled_from((905, 1000, 4000))),
        st.sampled_from((b'{"kind":"athlete","id":"z"}', b'{"kind":"end"}', json.dumps(RACE | {"rev": 2}).encode())),
    ),
    max_size=25,
)  # fmt: skip


@given(st.one_of(TOLD, TOLD.map(lambda raws: sorted(raws, key=lambda raw: str(json.loads(raw).get("sent", ""))))),
       st.integers(1, 5), st.booleans())  # fmt: skip
def test_the_past_has_its_place_however_often_it_is_placed(raws: list[bytes], step: int, anew: bool) -> None:
    """Placed as it comes, by going on or anew, or all at once at the end: the same log, and the same fold on the way."""
    often, once = Log(primed(), origin=None), Log(primed(), origin=None)
    fold = Fold(often)
    told = deliveries([json.dumps(RACE).encode(), *raws], GUN_S + 5000)
    once.receive_all(told)
    for begin in range(0, len(told), step):
        often.receive_all(told[begin : begin + step])
        often.place(anew=anew or begin == 0)
        seen = fold.up_to(len(often)).state_lines()
        assert seen == Fold(often).up_to(len(often)).state_lines()
    often.catch_up()
    once.catch_up()
    assert often.times == once.times
    whole = len(once)
    assert list(map(bare, often.between(0, whole))) == list(map(bare, once.between(0, whole)))
    assert fold.up_to(whole).state_lines() == Fold(once).up_to(whole).state_lines()


def test_what_comes_in_order_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Splits that were sent one after the other change no order: nothing is sorted, or folded, again."""
    log = Log(primed(), origin=None)
    log.receive_all(deliveries([json.dumps(RACE).encode(), line(sent=at(900))], GUN_S + 5000))
    assert log.place() == 2
    was = log.generation
    log.receive_all(deliveries([line(athlete="b", sent=at(901 + n), elapsed_s=n) for n in range(9)], GUN_S + 5000))
    assert log.place() == 0 and log.generation == was and len(log) == 11
    log.receive_all(deliveries([line(athlete="c", sent=at(10))], GUN_S + 5000))
    assert log.place(anew=False) == 0 and len(log) == 11
    assert log.place() == 12 and log.generation == was + 1
