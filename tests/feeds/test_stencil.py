"""A stencil gives what the validator gives, or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.decode import CUT_EVERY, MOST_STENCILS, Decoder
from feeds.events import Split
from feeds.seen import Seen, full
from feeds.stencil import MOST_FORMS, Stencil, stencil

SPLIT = {
    "kind": "split", "race": "r", "message_id": "m1", "athlete": "a", "checkpoint": "5km", "clock": "net", "elapsed_s": 852.5,
    "at": "2026-04-19T09:14:12Z", "sent": "2026-04-19T09:14:13.250+02:00", "rev": 1, "place": 3, "distance_m": 5000,
    "occurrence": 1, "quality": "official", "device": "chip", "synthetic": True,
}  # fmt: skip
INSTANTS = st.sampled_from(
    ("2026-04-19T09:14:12Z", "2026-04-19T09:14:12.5Z", "2026-04-19T09:14:12.123456-11:30", "2026-02-30T09:14:12Z",
     "2026-04-19T24:00:00Z", "2026-04-19T09:14:60Z", "2026-04-19t09:14:12z", "1700000000", "1899-12-31T00:00:00Z",
     "2026-04-19T09:14:12+24:00", "2026-04-19T09:14:12", "2199-12-31T23:59:59.999+00:00"),
)  # fmt: skip
NUMBERS = st.one_of(
    st.integers(-2, 20_000_000), st.floats(-1.0, 2e7), st.decimals(0, 10_000_001, places=3).map(float), st.booleans()
)
ANY = st.one_of(
    st.none(), st.text(max_size=70), INSTANTS, NUMBERS, st.sampled_from(("gun", "net", "chip", "€", "a" * 65))
)
VALUES = {
    "athlete": st.text(st.characters(max_codepoint=300), max_size=66),
    "message_id": st.text(st.characters(max_codepoint=300), max_size=66),
    "checkpoint": st.sampled_from(("5km", "", "a" * 64, "a" * 65, 'q"', "b\\")),
    "elapsed_s": NUMBERS,
    "distance_m": NUMBERS,
    "at": INSTANTS,
    "sent": INSTANTS,
    "clock": st.sampled_from(("gun", "net", "sun")),
    "place": st.integers(-1, 10_000_001),
    "rev": st.integers(-1, 2**63),
    "occurrence": st.integers(0, 1001),
}


def cut(text: str) -> Stencil | None:
    """The stencil of a message."""
    (split,) = read(text)
    assert isinstance(split, Split)
    return stencil(text, split)


def read(text: str) -> tuple[object, ...]:
    """What the validator makes of a message, nothing where it refuses it."""
    said = Decoder()(text.encode("utf-8", "surrogatepass"))
    return said if isinstance(said, tuple) else ()


@given(
    st.sets(st.sampled_from(sorted(SPLIT.keys() - {"kind", "athlete", "checkpoint", "elapsed_s"}))),
    st.fixed_dictionaries({}, optional=VALUES),
    st.dictionaries(st.sampled_from(sorted(SPLIT)), ANY, max_size=2),
    st.sampled_from(((",", ":"), (", ", ": "))),
)
@example(set(), {"athlete": "€"}, {}, (",", ":"))
@example(set(), {"elapsed_s": 1e-7}, {}, (",", ":"))
@example(set(), {"at": "2026-02-30T09:14:12Z"}, {}, (",", ":"))
def test_whatever_a_stencil_gives_the_validator_gives(
    without: set[str], alike: dict[str, Any], other: dict[str, Any], marks: tuple[str, str]
) -> None:
    """Equal events, to the fields that are set and their JSON; where the validator refuses, a stencil gives nothing."""
    like = {name: value for name, value in SPLIT.items() if name not in without}
    known = cut(json.dumps(like, separators=marks))
    assert known is not None
    for text in (json.dumps(like | changed, separators=marks) for changed in (alike, other, alike | other)):
        seen = known.read(text.encode().decode("ascii", "replace"))
        if seen is not None:
            (split,) = read(text)
            assert isinstance(split, Split)
            assert full(seen) == split
            assert seen.full().model_dump(exclude_defaults=True) == split.model_dump(exclude_defaults=True)


def test_what_is_alike_needs_no_second_look() -> None:
    """Another athlete, another mat, another time: the same stencil."""
    known = cut(json.dumps(SPLIT))
    assert known is not None
    other = {
        "athlete": "b",
        "checkpoint": "10km",
        "clock": "gun",
        "elapsed_s": 0,
        "sent": "2026-04-19T10:00:00Z",
        "rev": 2,
    }
    seen = known.read(json.dumps(SPLIT | other))
    assert seen is not None
    assert (seen.athlete, seen.checkpoint, seen.clock, seen.elapsed_s, seen.rev) == ("b", "10km", "gun", 0.0, 2)
    assert seen.sent_s == 1776592800.0


@pytest.mark.parametrize(
    "text",
    [
        '{"kind":"split","athlete":"€","checkpoint":"5km","elapsed_s":1}',  # whose own texts are of no sure shape
        ' {"kind":"split","athlete":"a","checkpoint":"5km","elapsed_s":1}',
        '{"kind":"split","athlete":"a","checkpoint":"5km","elapsed_s":1,"more":{"deep":1}}',
    ],
)
def test_what_is_not_flat_and_plain_has_no_stencil(text: str) -> None:
    """No harm: the validator reads on."""
    assert cut(text) is None


def test_a_decoder_makes_stencils_of_what_comes_often() -> None:
    """The first are validated, later ones are seen to be alike; only so many stencils are made."""
    decode = Decoder()
    lines = [json.dumps(SPLIT | {"athlete": f"a{n}", "elapsed_s": n}).encode() for n in range(CUT_EVERY + 1)]
    *_, last, next_one = (decode(raw) for raw in lines)
    assert isinstance(last, tuple) and isinstance(last[0], Split)
    assert isinstance(next_one, tuple) and isinstance(next_one[0], Seen)
    for n in range(2 * MOST_STENCILS * CUT_EVERY):  # each of another make
        decode(json.dumps({f"x{n}": 1} | SPLIT | {"source": f"s{n % 40}"}).encode())
        decode(json.dumps(SPLIT | {"source": f"s{n % 40}"}).encode())
    assert len(decode._stencils) == MOST_STENCILS


def test_forms_are_kept_in_bounds() -> None:
    """A feed that names a new mat with every split does not fill the memory."""
    known = cut(json.dumps(SPLIT))
    assert known is not None
    for n in range(MOST_FORMS + 10):
        seen = known.read(json.dumps(SPLIT | {"checkpoint": f"mat {n}"}))
        assert seen is not None and seen.checkpoint == f"mat {n}"
    assert len(known._forms) <= MOST_FORMS
