"""The feed itself: how the link stands and stood, how late it is, what it costs, what came as it came, what was refused.

Rule: every block keeps its rows whatever it holds, so that nothing moves when a message comes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from tracker.draw import late, words
from tracker.draw.cells import width as cells
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.lateness import drift, figures
from tracker.draw.layout import columns
from tracker.draw.look import Look
from tracker.draw.parts import Word, Words, first_fit, measure, shorten, write
from tracker.draw.wire import Change, Message, Refusal, Wire

TWO, THREE, BESIDE = 56, 94, 150
"""Cells of text from which there are two columns, three, and the rejections beside the messages."""
ELAPSED_UP_TO_S = 1e6
"""Nearer to nought than this, an instant counts from a gun whose time of day nobody knows: no race began in 1970."""
_INKS = {"live": "laser", "stale": "behind", "offline": "behind"}
_TIME, _LINE = 10, 8


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows: where the columns' labels stand and how many rows they have, then messages and rejections likewise."""

    band: int
    band_rows: int
    messages: int
    message_rows: int
    refused: int
    refused_rows: int


def plan(width: int, height: int) -> Plan:
    """The same for every wire. As rows run out: the rejections, then the columns; a message stays."""
    band = 2 if height >= 20 and width >= TWO else 1
    band_rows = 13 if height >= 44 else 7 if height >= 24 else 4
    if height < 13:
        band_rows = max(0, min(1, height - 5))
    messages = band + band_rows + (2 if width >= TWO and band_rows > 1 else 1 if height >= 7 else 0)
    if width >= BESIDE and height >= 24:
        room = height - messages - 2
        return Plan(band, band_rows, messages, room, messages, room)
    refused_rows = 5 if height >= 26 else 2 if height >= 14 else 0
    refused = height - refused_rows - 1 if refused_rows else height + 1
    return Plan(band, band_rows, messages, max(1, refused - 1 - messages - 1), refused, refused_rows)


def rows(width: int, height: int) -> int:
    """How many messages a screen of this size shows."""
    return plan(width, height).message_rows


def draw(wire: Wire, first: int, width: int, height: int, look: Look) -> list[Line]:
    """The body of the feed screen; `first` is the first message shown."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    if width < 1 or height < 1:
        return canvas.lines()
    where = plan(width, height)
    _address(canvas, wire)
    if width < TWO or where.band_rows < 4:
        _one_column(canvas, wire, where)
    else:
        _columns(canvas, wire, where, look)
    right = columns(width)[1] if where.refused == where.messages else width + 3
    _messages(canvas, wire, first, where, right - 3)
    if where.refused == where.messages:
        for y in range(where.messages, height):
            canvas.put(right - 2, y, "|" if look.ascii else "│", "rule")
        _refusals(canvas, wire, right, where, width, tall=True)
    elif where.refused_rows:
        _refusals(canvas, wire, 0, where, width, tall=False)
        if TWO <= width < THREE and wire.tape:
            tape = f"tape {_tail(canvas, wire.tape, width // 2)}"
            canvas.right(width - 1, where.refused, tape, "muted")
    return canvas.lines()


def _address(canvas: Canvas, wire: Wire) -> None:
    """`FEED  http://127.0.0.1:8123/feed.sse   SSE · profile rtrt`; without a third column the tape at the right end."""
    x = canvas.label(0, 0, "FEED") + 2
    how = " · ".join(filter(None, (wire.transport, wire.profile and f"profile {wire.profile}")))
    tape = _tape(wire) if canvas.width < THREE and wire.word else []
    room = canvas.width - x
    for right in (tape, []):
        for tail in (f"   {how}" if how else "", ""):
            line = [Word(wire.address or "no address", "bright", True), Word(tail, "muted")]
            if measure(canvas, line) + (measure(canvas, right) + 3 if right else 0) <= room:
                write(canvas, x, 0, line)
                write(canvas, canvas.width - measure(canvas, right), 0, right)
                return
    canvas.put(x, 0, shorten(canvas, wire.address, room), "bright", bold=True)


def _one_column(canvas: Canvas, wire: Wire, where: Plan) -> None:
    """The link, why, how late, and what it costs or the tape."""
    facts = [*([row] for row in _link(wire)), figures(wire), _cost(wire)]
    for y, lengths in enumerate(facts[: where.band_rows], where.band):
        write(canvas, 0, y, first_fit(canvas, canvas.width, *lengths))


def _columns(canvas: Canvas, wire: Wire, where: Plan, look: Look) -> None:
    """Link, latency, traffic side by side."""
    second, third = columns(canvas.width)
    three = canvas.width >= THREE
    end = third if three else canvas.width
    bottom = where.band + 1 + where.band_rows
    x = canvas.label(0, where.band, "LINK")
    if not three and wire.word:
        canvas.put(x + 2, where.band, _connects(wire), "muted")
    history = [_change(change, wire) for change in wire.changes]
    for y, row in zip(range(where.band + 1, bottom), [*_link(wire), *history], strict=False):
        write(canvas, 0, y, first_fit(canvas, second - 3, row))
    x = canvas.label(second, where.band, "LATENCY")
    tail = "received after it happened, split by split"
    if x + 2 + len(tail) < end - 2:
        canvas.put(x + 2, where.band, tail, "faint")
    write(canvas, second, where.band + 1, first_fit(canvas, end - second - 2, *figures(wire, drift_apart=three)))
    chart_rows = where.band_rows - 2
    chart = late.draw(wire.latencies, end - second - (4 if three else 0), chart_rows, look)
    canvas.blit(second, where.band + 2, chart)
    if three:
        write(canvas, second, bottom - 1, first_fit(canvas, end - second - 2, *drift(wire)))
        _third(canvas, wire, third, where)
    else:
        write(canvas, second, bottom - 1, first_fit(canvas, end - second, *_cost(wire)))


def _third(canvas: Canvas, wire: Wire, x: int, where: Plan) -> None:
    """What it costs, and the tape."""
    room, y = canvas.width - x, where.band
    canvas.label(x, y, "TRAFFIC")
    for dy, row in enumerate(_traffic(wire), 1):
        write(canvas, x, y + dy, first_fit(canvas, room, row))
    y += 5
    end = canvas.label(x, y, "TAPE")
    if wire.tape:
        canvas.put(end + 2, y, size(wire.tape_bytes), "text")
        canvas.put(x, y + 1, _tail(canvas, wire.tape, room), "muted")
        canvas.put(x, y + 2, shorten(canvas, wire.tape_why, room), "behind")
    else:
        none = "not recorded" if wire.word else "read from one" if wire.transport == "recording" else "none is written"
        canvas.put(x, y + 1, shorten(canvas, wire.tape_why or none, room), "behind" if wire.tape_why else "muted")


def _link(wire: Wire) -> list[Words]:
    """How it stands and since when; then why, or the age of the last byte. Two rows."""
    if not wire.word:
        return [[Word("a recording", "text", True)], [Word("nothing is asked of anybody", "muted")]]
    ink = _INKS.get(wire.word, "text")
    newest = wire.changes[0] if wire.changes else None
    since = _time(newest.when_s, wire) if newest is not None and newest.word == wire.word else ""
    tail = f" since {since}" if since else ""
    if wire.word == "offline" and wire.retry_in_s is not None:
        tail = f", retry in {math.ceil(wire.retry_in_s)} s"
    second = Word("no byte yet" if wire.age_s is None else f"last byte {_age(wire.age_s)} ago", "text")
    if wire.word in ("offline", "connecting"):
        second = Word(
            wire.why if wire.why != wire.word else "no answer yet", "behind" if wire.word == "offline" else "text"
        )
    return [[Word(wire.word.upper(), ink, True), Word(tail, "text")], [second]]


def _change(change: Change, wire: Wire) -> Words:
    why = f" · {change.why}" if change.why else ""
    ink = _INKS.get(change.word, "text")
    return [Word(_time(change.when_s, wire).ljust(_TIME), "muted"), Word(change.word, ink), Word(why, "muted")]


def _traffic(wire: Wire) -> list[Words]:
    """Bytes, requests and connects, a row each."""
    if not wire.word:
        return [[Word("none: a recording", "muted")]]
    hourly = "" if wire.kb_per_h is None else f" · {wire.kb_per_h:,.0f} kB/h"
    return [
        [Word("received  ", "muted"), Word(size(wire.bytes_in) + hourly)],
        [Word("requests  ", "muted"), Word(f"{wire.requests_per_min:.1f} a minute")],
        [Word("connects  ", "muted"), Word(str(wire.connects))],
    ]


def _cost(wire: Wire) -> list[Words]:
    """The same in one row, in several lengths."""
    if not wire.word:
        return [[Word("no traffic: a recording", "muted")]]
    hourly = "" if wire.kb_per_h is None else f"{wire.kb_per_h:,.0f} kB/h"
    parts = [size(wire.bytes_in), hourly, f"{wire.requests_per_min:.1f} requests/min", _connects(wire)]
    known = [part for part in parts if part]
    return [[Word(" · ".join(known[:count]))] for count in range(len(known), 0, -1)]


def _connects(wire: Wire) -> str:
    return f"{wire.connects} connect{'s' * (wire.connects != 1)}"


def _tape(wire: Wire) -> Words:
    """`tape 1,203 kB`, or why there is none."""
    if wire.tape_why:
        return [Word(wire.tape_why, "behind")]
    return [Word("tape ", "muted"), Word(size(wire.tape_bytes))] if wire.tape else [Word("no tape", "muted")]


def _messages(canvas: Canvas, wire: Wire, first: int, where: Plan, width: int) -> None:
    """Label and counts, then time, line and text, the newest first."""
    y, counts, many = where.messages, wire.counts, len(wire.messages)
    x = canvas.label(0, y, "MESSAGES") + 2
    parts = ((counts.events, "events"), (counts.duplicates, "again"), (counts.unknown_kinds, "of unknown kinds"))
    said = [f"{n:,} {name}" for n, name in parts if n or name == "events"]
    order = f"from the {_nth(first + 1)} of the latest {many}" if first else "newest first"
    choices = [[Word(" · ".join(said[:n]), "text"), Word(f"   {order}", "faint")] for n in range(len(said), 0, -1)]
    write(canvas, x, y, first_fit(canvas, width - x, *choices, [Word(order, "faint")]))
    if not many:
        canvas.put(0, y + 1, "nothing yet", "muted")
    for i, message in enumerate(wire.messages[first : first + where.message_rows]):
        _message(canvas, message, wire, y + 1 + i, width, newest=i == 0 and not first)


def _message(canvas: Canvas, message: Message, wire: Wire, y: int, width: int, *, newest: bool) -> None:
    canvas.put(0, y, _time(message.when_s, wire), "muted")
    x = _TIME
    if width >= TWO:
        canvas.right(x + _LINE - 4, y, str(message.line), "faint")
        x += _LINE
    ink = "rejected" if message.refused else "bright" if newest else "text"
    if message.refused:
        canvas.put(x - 2, y, glyphs(canvas.ascii_only).rejected, ink)
    canvas.put(x, y, shorten(canvas, message.text, width - x), ink)


def _refusals(canvas: Canvas, wire: Wire, x: int, where: Plan, width: int, *, tall: bool) -> None:
    """Line, field and why; how the message began beside it, or on a row of its own."""
    end = canvas.label(x, where.refused, "REJECTED") + 2
    count = wire.counts.rejected
    canvas.put(end, where.refused, f"{count:,}" if count else "none", "rejected" if count else "muted")
    y = where.refused + 1
    for refusal in wire.refusals[: where.refused_rows // (2 if tall else 1)]:
        after = write(canvas, x, y, first_fit(canvas, width - x, _refusal(refusal)))
        begun, room = (x + _TIME, width - x - _TIME) if tall else (after + 3, width - after - 3)
        if tall or room >= _TIME:
            canvas.put(begun, y + int(tall), shorten(canvas, refusal.text, room), "faint")
        y += 2 if tall else 1


def _refusal(refusal: Refusal) -> Words:
    name = f"{refusal.field}: " if refusal.field else ""
    return [Word(f"line {refusal.line}".ljust(_TIME - 1) + " ", "muted"), Word(name, "bright"), Word(refusal.why)]


def size(count: int) -> str:
    """`412 B`, `1,240 kB`, `12.4 MB`."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1e3:,.0f} kB" if count < 10_000_000 else f"{count / 1e6:,.1f} MB"


def _tail(canvas: Canvas, text: str, most: int) -> str:
    """The end of a path, which tells more than its beginning."""
    said, dots = canvas.said(text), glyphs(canvas.ascii_only).ellipsis
    if cells(said) <= most:
        return said
    while said and cells(said) > most - len(dots):
        said = said[1:]
    return (dots + said)[: max(0, most)]


def _nth(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _age(seconds: float) -> str:
    return f"{int(seconds)} s" if seconds < 60 else words.clock(int(seconds))


def _time(when_s: float | None, wire: Wire) -> str:
    if when_s is None or not math.isfinite(when_s):
        return ""
    if abs(when_s) < ELAPSED_UP_TO_S:
        return words.running_clock(when_s)
    return words.time_of_day(when_s, wire.time_zone, zone=False)
