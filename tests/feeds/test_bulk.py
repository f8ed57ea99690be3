"""What is read by the thousand is what is read one by one, or it is left to that."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.bulk import Texts, decimals, instants, read, splits, wholes
from feeds.decode import Decoder
from feeds.events import Split
from feeds.seen import Seen, full
from feeds.stencil import Stencil, fits, stencil
from tests.feeds.test_stencil import ANY, INSTANTS, SPLIT, VALUES

NAMES = sorted(SPLIT.keys() - {"kind", "athlete", "checkpoint", "elapsed_s"})
MARKS = st.sampled_from(((",", ":"), (", ", ": ")))


def cut(said: dict[str, Any], marks: tuple[str, str]) -> Stencil:
    """The stencil of a message."""
    text = json.dumps(said, separators=marks)
    events = Decoder()(text.encode())
    assert isinstance(events, tuple) and isinstance(events[0], Split)
    known = stencil(text, events[0])
    assert known is not None
    return known


def singly(raw: bytes) -> Split | None:
    """What the validator makes of a message, without its id, as a run has it."""
    said = Decoder()(raw)
    if not isinstance(said, tuple) or not said:
        return None
    assert isinstance(said[0], Split)
    return said[0].model_copy(update={"message_id": None})


@given(
    st.lists(st.sets(st.sampled_from(NAMES)), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), st.fixed_dictionaries({}, optional=VALUES)), max_size=12),
    st.dictionaries(st.sampled_from(sorted(SPLIT)), ANY, max_size=2),
    MARKS,
)
@example([set()], [(0, {"at": "2026-02-30T09:14:12Z"}), (0, {})], {}, (",", ":"))
@example([{"sent"}], [(0, {"athlete": '"'}), (0, {"athlete": "a\\"}), (0, {"athlete": "a" * 65})], {}, (", ", ": "))
def test_whatever_is_read_at_once_the_validator_reads(
    makes: list[set[str]], told: list[tuple[int, dict[str, Any]]], other: dict[str, Any], marks: tuple[str, str]
) -> None:
    """Equal splits in the order of their messages; a message that the validator refuses is none of them."""
    alike = [{name: value for name, value in SPLIT.items() if name not in without} for without in makes]
    known = [cut(like, marks) for like in alike]
    said = [alike[n % len(alike)] | changed for n, changed in told]
    raws = [json.dumps(one, separators=marks).encode() for one in [*said, *(one | other for one in said)]]
    found = read(known, raws)
    for run, first, end in found.runs():
        assert [full(seen) for seen in run.each()] == [singly(raw) for raw in raws[first:end]]
    assert sorted(found.rows.tolist()) == found.rows.tolist()


def test_what_is_plain_is_read_at_once() -> None:
    """Of a flood of two makes nothing is left over but what is not plain; what was read one by one is put between."""
    makes = [cut(SPLIT, (",", ":")), cut({k: v for k, v in SPLIT.items() if k != "place"}, (",", ":"))]
    raws = [
        json.dumps({k: v for k, v in (SPLIT | {"athlete": f"r{n}", "elapsed_s": n / 10}).items() if n % 3 or k != "place"},
                   separators=(",", ":")).encode()
        for n in range(60)
    ]  # fmt: skip
    raws[7] = raws[7].replace(b'"r7"', b'"\\u20ac"')
    found = read(makes, raws)
    assert found.rows.tolist() == [n for n in range(60) if n != 7]
    (first, *_), (second, begin, end) = found.runs()
    assert len(first) == 7 and (begin, end) == (8, 60) and len(second.forms) == 1
    seven = singly(raws[7])
    assert seven is not None
    ((whole, begin, end),) = merged_runs(found, {7: seven})
    assert (begin, end) == (0, 60) and whole.seen(7).athlete == "€"
    assert [seen.elapsed_s for seen in whole.each()] == [n / 10 for n in range(60)]
    assert [seen.place for seen in whole.each()][:4] == [None, 3, 3, None]


def merged_runs(*found: Any) -> list[Any]:
    """The runs of what was read at once and of splits that were read one by one."""
    from feeds.bulk import merged

    return list(merged((found[0], splits(found[1]))).runs())


def test_nothing_is_no_run() -> None:
    """No message, no make, or none that fits."""
    raw = json.dumps(SPLIT).encode()
    for makes, raws in (([], [raw]), ([cut(SPLIT, (",", ":"))], []), ([cut(SPLIT, (",", ":"))], [raw, b"", b"{}"])):
        assert list(read(makes, raws).runs()) == []


def texts(*told: str) -> tuple[Texts, Any]:
    """Texts as they are cut out of messages."""
    return np.array([text.encode() for text in told]), np.array([len(text) for text in told])


@given(st.lists(st.from_regex(r"\A[0-9.eE+-]{1,18}\Z"), min_size=1), st.lists(st.floats(0, 1e7), min_size=1))
def test_decimals_are_those_that_are_written(odd: list[str], plain: list[float]) -> None:
    """To the last bit, where it is sure; and sure only where the stencil is."""
    told = [*odd, *(repr(value) for value in plain), *(f"{value:.3f}" for value in plain)]
    for read_all, name, read_one in ((decimals, "elapsed_s", float), (wholes, "place", int)):
        found, sure = read_all(*texts(*told))
        for text, value, is_sure in zip(told, found.tolist(), sure.tolist(), strict=True):
            assert not is_sure or (fits(name, text) and value == read_one(text)), text
    assert decimals(*texts("0", "12.5", "7200.125"))[1].all()


@given(
    st.lists(
        st.one_of(INSTANTS, st.datetimes().map(lambda at: f"{at.isoformat(timespec='milliseconds')}Z")), min_size=1
    )
)
def test_instants_are_those_that_are_written(told: list[str]) -> None:
    """As POSIX seconds to the last bit; a day that no month has is told by an error."""
    try:
        found, sure = instants(*texts(*told))
    except ValueError:
        return
    for text, value, is_sure in zip(told, found.tolist(), sure.tolist(), strict=True):
        if is_sure:
            seen = cut(SPLIT, (",", ":")).read(json.dumps(SPLIT | {"at": text}, separators=(",", ":")))
            assert isinstance(seen, Seen) and seen.at_s == value


@pytest.mark.parametrize(
    "text", ["2026-04-19T09:14:12Z", "2026-04-19T09:14:12.5+02:00", "2026-04-19T09:14:12.123456-11:30"]
)
def test_every_usual_instant_is_sure(text: str) -> None:
    """With and without a fraction, in any zone; half a second is not usual."""
    _, sure = instants(*texts(text))
    assert sure.all() == (".5" not in text)
