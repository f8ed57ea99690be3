"""Splits by the thousand: what stencils read in one message, read in many at once. Loads numpy.

Rule: what is given here a stencil would give as well; whatever is not sure here is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from os import urandom
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from feeds.seen import Run
from feeds.stencil import fits

if TYPE_CHECKING:
    from feeds.events import Split
    from feeds.seen import Form, Seen
    from feeds.stencil import Stencil

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Texts = NDArray[np.bytes_]

LONGEST = 64
"""Bytes of a text that may be a split's own."""
_FIRST, _LAST, _QUOTE, _ESCAPE, _NIL, _DOT, _MINUS = np.frombuffer(b' ~"\\0.-', np.uint8)
_TENS = 10.0 ** np.arange(16)
_FRACTIONS = {20: 0, 24: 3, 27: 6, 25: 0, 29: 3, 32: 6}
"""By the length of an instant the digits behind its seconds; those longer than a `Z` makes them tell an offset."""
_FACTORS = np.frombuffer(urandom(8 * LONGEST), np.uint64) | np.uint64(1)
"""What makes a mark of a text, another in every process."""
_MINUTE = 60_000_000
"""In microseconds."""


class Splits(NamedTuple):
    """Of the messages `rows` what they say, in columns as a Run has it."""

    rows: Longs
    forms: Sequence[Form]
    form: Ints
    athletes: Sequence[str]
    elapsed_s: Floats
    at_s: Floats
    sent_s: Floats
    place: Ints

    def runs(self) -> Iterator[tuple[Run, int, int]]:
        """Those that came one after the other, and where each run of them begins and ends."""
        gaps = np.flatnonzero(np.diff(self.rows) != 1) + 1
        for first, end in pairwise((0, *gaps.tolist(), len(self.rows))):
            if end > first:
                yield self._run(first, end), int(self.rows[first]), int(self.rows[end - 1]) + 1

    def _run(self, first: int, end: int) -> Run:
        """Those first … end − 1, with the forms that they have."""
        form = self.form[first:end]
        used = np.flatnonzero(np.bincount(form, minlength=len(self.forms)))
        number: Ints = np.zeros(len(self.forms), np.int32)
        number[used] = np.arange(len(used))
        own = (of[first:end] for of in (self.elapsed_s, self.at_s, self.sent_s, self.place))
        forms = [self.forms[n] for n in used.tolist()]
        return Run(forms, number[form], self.athletes[first:end], *own)  # type: ignore[arg-type]  # in their order


def read(makes: Sequence[Stencil], raws: Sequence[bytes]) -> Splits:
    """What those messages say that are of known makes."""
    block, left, found = _Block(raws), np.ones(len(raws), np.bool_), [splits({})]
    for known in makes:
        some = _read(known, block, np.flatnonzero(left))
        if some is not None and len(some.rows):
            found.append(some)
            left[some.rows] = False
            if not left.any():
                break
    return merged(found)


def splits(singly: Mapping[int, Split | Seen]) -> Splits:
    """The same of splits that were read one by one, by their places among the messages."""
    forms = {form: n for n, form in enumerate(dict.fromkeys(split.form for split in singly.values()))}
    own = list(zip(*(split.values for split in singly.values()), strict=True)) or [()] * 5
    elapsed_s, at_s, sent_s = (np.array(of, np.float64) for of in own[1:4])  # none becomes NaN
    return Splits(
        np.array(list(singly), np.int64),
        list(forms),
        np.array([forms[split.form] for split in singly.values()], np.int32),
        own[0],
        elapsed_s,
        at_s,
        sent_s,
        np.array([place or 0 for place in own[4]], np.int32),
    )


def merged(found: Sequence[Splits]) -> Splits:
    """All of them in the order of the messages."""
    found = [each for each in found if len(each.rows)] or found[:1]
    if len(found) == 1:
        return found[0]
    order = np.argsort(np.concatenate([each.rows for each in found]), kind="stable")
    codes = {form: n for n, form in enumerate(dict.fromkeys(form for each in found for form in each.forms))}
    form = np.concatenate([np.array([codes[of] for of in each.forms], np.int32)[each.form] for each in found])
    athletes = [athlete for each in found for athlete in each.athletes]
    rows, elapsed_s, at_s, sent_s, place = (
        np.concatenate([getattr(each, name) for each in found])[order]
        for name in ("rows", "elapsed_s", "at_s", "sent_s", "place")
    )
    return Splits(rows, list(codes), form[order], [athletes[n] for n in order.tolist()], elapsed_s, at_s, sent_s, place)


class _Block:
    """Messages one behind the other, and where their quotes stand."""

    def __init__(self, raws: Sequence[bytes]) -> None:
        whole = b"".join((*raws, bytes(LONGEST)))
        self._bytes: Bytes = np.frombuffer(whole, np.uint8)
        told = self._bytes[:-LONGEST]
        self.end: Longs = np.cumsum(np.fromiter(map(len, raws), np.int64, len(raws)))
        self.at: Longs = np.append(0, self.end[:-1])
        quotes = np.flatnonzero(told == _QUOTE)
        self.passed = np.searchsorted(quotes, self.at)
        """Of every message the quotes before it."""
        self.marks = np.diff(self.passed, append=len(quotes))
        """Those in it."""
        self.quotes = np.append(quotes, len(told))
        strange = told - _FIRST > _LAST - _FIRST
        if b"\\" in whole or strange.any():  # nothing but plain text is sure
            strange |= told == _ESCAPE
            self.marks[np.searchsorted(self.end, np.flatnonzero(strange), "right")] = -1

    def texts(self, at: Longs, length: int) -> Texts:
        """The bytes of one length from some places on; at places outside anything."""
        length = min(length, len(self._bytes))
        shape = (len(self._bytes) - length + 1,)
        every: Texts = np.ndarray(shape, f"S{length}", self._bytes.data, strides=(1,))
        return every[np.clip(at, 0, shape[0] - 1)]


class _Own:
    """Where the own texts stand of those messages, `rows`, whose other texts are a stencil's."""

    def __init__(self, known: Stencil, block: _Block, rows: Longs) -> None:
        fixed = [text.encode("ascii") for text in known.fixed]
        rows = rows[block.marks[rows] == sum(text.count(b'"') for text in fixed)]
        at, end, passed = block.at[rows], block.end[rows], block.passed[rows]
        spans = []
        sure: Bools = np.ones(len(rows), np.bool_)
        for n, text in enumerate(fixed):
            sure &= block.texts(at, len(text)) == text
            at = at + len(text)
            passed = passed + text.count(b'"')
            if n + 1 < len(fixed):
                mark = fixed[n + 1].find(b'"')  # its own text ends so many bytes before the next quote
                behind = end - len(fixed[n + 1]) if mark < 0 else block.quotes[passed] - mark
                sure &= (behind > at) & (behind - at <= LONGEST)
                spans.append((at, behind - at))
                at = behind
        sure &= at == end
        self.rows = rows[sure]
        self._block = block
        self._spans = {name: (a[sure], b[sure]) for name, (a, b) in zip(known.names, spans, strict=True)}

    def read(self, name: str) -> tuple[Texts, Longs]:
        """The texts of a field, and how long they are."""
        at, width = self._spans[name]
        widest = int(width.max(initial=1))
        found = self._block.texts(at, widest)
        if width.min(initial=widest) < widest:
            characters(found)[np.arange(widest) >= width[:, None]] = 0
        return found, width


def characters(texts: Texts) -> Bytes:
    """Texts as a row of bytes each; the same memory."""
    return texts.view(np.uint8).reshape(len(texts), texts.itemsize)


def _read(known: Stencil, block: _Block, rows: Longs) -> Splits | None:
    """What those messages say that are of a stencil's make; none where one of them is of a day that no month has."""
    own = _Own(known, block, rows)
    count = len(own.rows)
    sure: Bools = np.ones(count, np.bool_)

    def column(name: str, common: float | None, read: Callable[[Texts, Longs], tuple[Floats, Bools]]) -> Floats:
        if name not in known.names:
            return np.full(count, np.nan if common is None else common)
        found, fine = read(*own.read(name))
        sure[:] &= fine
        return found

    _, elapsed_s, at_s, sent_s, place = known.rest
    try:
        elapsed, at, sent = (
            column("elapsed_s", elapsed_s, decimals),
            column("at", at_s, instants),
            column("sent", sent_s, instants),
        )
    except ValueError:
        return None
    places = column("place", place or 0, wholes)
    alike, form, first = _alike([own.read(name)[0] for name in known.shared], count)
    forms = [_form(known, texts) for texts in first]
    sure &= alike & np.array([each is not None for each in forms], np.bool_)[form]
    athletes = own.read("athlete")[0][sure]
    return Splits(
        own.rows[sure],
        forms,  # type: ignore[arg-type]  # what is none is of no split that is sure
        form[sure],
        b"\n".join(athletes.tolist()).decode("ascii").split("\n") if len(athletes) else [],
        elapsed[sure],
        at[sure],
        sent[sure],
        places[sure].astype(np.int32),
    )


def _alike(texts: Sequence[Texts], count: int) -> tuple[Bools, Ints, list[tuple[bytes, ...]]]:
    """Which messages have all these texts in common: of each which one, and of that one the texts. It is sure of nearly all."""
    marks: NDArray[np.uint64] = np.zeros(count, np.uint64)
    for n, told in enumerate(texts, 1):
        marks = marks * _FACTORS[-n] + characters(told) @ _FACTORS[: told.itemsize]
    _, first, which = np.unique(marks, return_index=True, return_inverse=True)
    sure: Bools = np.ones(count, np.bool_)
    for told in texts:
        sure &= told == told[first][which]
    return (
        sure,
        which.astype(np.int32),
        list(zip(*[told[first].tolist() for told in texts], strict=True)) or [()] * len(first),
    )


def _form(known: Stencil, key: tuple[bytes, ...]) -> Form | None:
    """That of the texts that a message shares; none where one of them is not sure."""
    texts = tuple(text.decode("ascii") for text in key)
    return known.form(texts) if all(map(fits, known.shared, texts)) else None


def decimals(texts: Texts, width: Longs) -> tuple[Floats, Bools]:
    """Decimal numbers, and of which it is sure: up to 15 digits they and the power of ten are exact, so that is their ratio."""
    told = characters(texts)
    value, places, pointed = np.zeros(len(told)), np.zeros(len(told), np.int64), np.zeros(len(told), np.bool_)
    sure: Bools = width <= 16
    for n in range(told.shape[1]):
        there, figure = n < width, told[:, n] - _NIL
        digit, point = there & (figure < 10), there & (told[:, n] == _DOT)
        sure &= digit | (point & ~pointed) | ~there
        value = np.where(digit, value * 10 + figure, value)
        places += digit & pointed
        pointed |= point
    before = width - pointed - places
    sure &= (before >= 1) & (before <= 7) & (before + places <= 15) & (places <= 9) & (pointed == (places > 0))
    sure &= (before == 1) | (told[:, 0] != _NIL)
    return value / _TENS[np.minimum(places, 15)], sure


def wholes(texts: Texts, width: Longs) -> tuple[Floats, Bools]:
    """Whole numbers from one on, of up to seven digits."""
    found, sure = decimals(texts, width)
    told = characters(texts)
    return found, sure & (told[:, 0] != _NIL) & ~(told == _DOT).any(1)


def instants(texts: Texts, width: Longs) -> tuple[Floats, Bools]:
    """Instants as POSIX seconds, sure those as long as the first. ValueError for a day that no month has."""
    length = int(width[0]) if len(width) else 0
    if length not in _FRACTIONS:
        return np.zeros(len(width)), np.zeros(len(width), np.bool_)
    fraction = _FRACTIONS[length]
    clock = 19 + (fraction and 1 + fraction)
    zone = b"Z" if length == clock + 1 else b"+00:00"
    like = np.frombuffer(b"2000-10-10T00:00:00.000000"[:clock] + zone, np.uint8)
    told = characters(texts)[:, :length]
    figures = told - _NIL
    fine = np.where(like - _NIL < 10, figures < 10, told == like)
    minus = told[:, clock] == _MINUS
    if zone != b"Z":
        fine[:, clock] |= minus
    pairs = figures[:, :-1].astype(np.int64) * 10 + figures[:, 1:]
    sure: Bools = fine.all(1) & (width == length) & (pairs[:, 0] >= 19) & (pairs[:, 0] <= 21)
    sound = np.ascontiguousarray(np.where(sure[:, None], told, like)[:, :clock])
    micros = sound.view(f"S{clock}").ravel().astype("M8[us]").astype(np.int64)
    if zone != b"Z":
        hours, minutes = pairs[:, clock + 1], pairs[:, clock + 4]
        sure &= (hours <= 23) & (minutes <= 59)
        micros = micros - np.where(minus, -_MINUTE, _MINUTE) * (hours * 60 + minutes)
    return micros / 1e6, sure
