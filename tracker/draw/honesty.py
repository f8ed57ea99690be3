"""How honest the projection was today: how many of its bands held, mat by mat, and receipts of single runners."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from tracker.draw import words
from tracker.draw.cells import cut
from tracker.draw.graded import Bands, Honesty, Kept
from tracker.draw.ink import Canvas, Line
from tracker.draw.parts import Word, Words, first_fit, write
from tracker.race.shares import Shares, summed

if TYPE_CHECKING:
    from tracker.draw.look import Look, Units
    from tracker.race.snapshot import Receipt, Snapshot

Part = Literal["next", "finish", "receipts"]
PARTS: tuple[Part, ...] = ("next", "finish", "receipts")
WIDE, TALL = 100, 22
"""From so many cells and rows on all parts stand side by side."""
RECEIPTS = 54
"""Cells of the receipts there."""
ENOUGH = 30
"""Bands under which nothing is said of a share."""
TOLERANCE = 0.02
"""A share so near to what was promised is as said, however many there are."""
HEADS = ("at", "of", "n", "80 %", "90 %", "later", "50 %")
ENDS = (5, 12, 21, 28, 35, 43, 50)
"""The last cell of each column; what has no room is left out from the right."""
MOST_VERDICT = 13
"""Cells of the longest verdict."""
TITLES = {"next": "SAID OF THE NEXT MAT", "finish": "SAID OF THE FINISH", "receipts": "RECEIPTS"}


def verdict(held: float, count: int, said: float = 0.8) -> str:
    """What a share of bands that held tells of them: within chance, or how they are to be read."""
    if count < ENOUGH:
        return "too few"
    room = max(TOLERANCE, 2.0 * math.sqrt(said * (1.0 - said) / count))
    return "as said" if abs(held - said) <= room else "read wider" if held < said else "read narrower"


def summary(rows: tuple[Bands, ...]) -> str:
    """`80 % bands held 76 %, n = 12,400: read wider`; nothing while none are graded."""
    count, held = summed(row.shares for row in rows)
    return f"80 % bands held {held * 100:.0f} %, n = {count:,}: {verdict(held, count)}" if count else ""


def draw(shown: Snapshot, found: Honesty, part: Part, first: int, width: int, height: int, look: Look) -> list[Line]:
    """The body between header and timeline. `first`: the row of the receipts that stands at the top."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    top = _top(canvas, found)
    if width >= WIDE and height >= TALL:
        left = width - RECEIPTS - 2
        end = _bands(canvas, top, "next", found.soon, left, look)
        _bands(canvas, end + 1, "finish", found.finish, left, look)
        _receipts(canvas, (left + 2, top), shown, found, first, look)
    elif part == "receipts":
        _receipts(canvas, (0, top), shown, found, first, look)
    else:
        _bands(canvas, top, part, found.soon if part == "next" else found.finish, width, look)
    return canvas.lines()


def lines_of(shown: Snapshot, found: Honesty, units: Units) -> int:
    """How many rows the receipts take."""
    return sum(1 for _ in _rows(shown, found, units))


def _top(canvas: Canvas, found: Honesty) -> int:
    """What it comes to, in a row or two; the row below."""
    end = canvas.label(0, 0, "HOW HONEST WERE WE") + 3
    rule: tuple[Words, ...] = (
        (Word("a band is graded when its time is over, whoever was early or late in it", "faint"),),
        (Word("graded when a band's time is over", "faint"),),
        (),
    )
    write(canvas, end, 0, first_fit(canvas, canvas.width - end, *rule))
    said = [
        (name, text)
        for name, text in (("next mat", summary(found.soon)), ("finish", summary(found.finish)))
        if text
    ]  # fmt: skip
    for y, (name, text) in enumerate(said, 1):
        at = canvas.put(0, y, f"{name:<10}", "muted")
        canvas.put(at, y, cut(text, max(0, canvas.width - at)), "bright", bold=True)
    if not said:
        waiting = f"{found.runners:,} runners are being graded" if not found.ready else "no band's time is over yet"
        canvas.put(0, 1, cut(waiting, canvas.width), "text")
    return max(2, 1 + len(said)) + (1 if canvas.height >= TALL else 0)


def _bands(canvas: Canvas, top: int, part: Part, rows: Sequence[Bands], width: int, look: Look) -> int:
    """The table of mats; the row after it."""
    canvas.label(0, top, TITLES[part])
    count = len(ENDS)
    while count > 4 and ENDS[count - 1] + 2 + MOST_VERDICT > width:
        count -= 1
    for end, head in zip(ENDS[:count], HEADS, strict=False):
        canvas.right(end, top + 1, head, "muted")
    if not rows:
        canvas.put(0, top + 2, cut("nothing graded yet", width), "faint")
        return top + 3
    shown = rows[: max(0, canvas.height - top - 2)]
    for y, row in enumerate(shown, top + 2):
        shares = row.shares
        cells = (
            words.mat(row.at.distance_m, row.at.name, look.units),
            words.mat(row.of.distance_m, row.of.name, look.units),
            f"{shares.count:,}",
            *(
                f"{share * 100:.0f} %" if shares.count else ""
                for share in (shares.held80, shares.held90, shares.later, shares.held50)
            ),
        )
        for end, head, text in zip(ENDS[:count], HEADS, cells, strict=False):
            canvas.right(end, y, text, "bright" if head == "80 %" else "text", bold=head == "80 %")
        _verdict(canvas, y, shares, ENDS[count - 1] + 2, width)
    return top + 2 + len(shown)


def _verdict(canvas: Canvas, y: int, shares: Shares, x: int, width: int) -> None:
    text = verdict(shares.held80, shares.count)
    said = [Word(text, "text" if text in ("as said", "too few") else "estimated")]
    if shares.unseen:
        said.append(Word(f" · {shares.unseen:,} never read", "faint"))
    write(canvas, x, y, first_fit(canvas, max(0, width - x), said, said[:1]))


class Written(NamedTuple):
    """A row of the receipts: a runner's name, or what was said at a mat and what came."""

    words: Words
    last: Word | None = None


def _receipts(canvas: Canvas, place: tuple[int, int], shown: Snapshot, found: Honesty, first: int, look: Look) -> None:
    x, top = place
    canvas.label(x, top, TITLES["receipts"])
    if canvas.width - x >= 40:
        canvas.put(x + 11, top, "what was said with 80 %, what came", "faint")
    rows = list(_rows(shown, found, look.units))
    room = max(0, canvas.height - top - 1)
    first = max(0, min(first, len(rows) - room))
    for y, row in enumerate(rows[first : first + room], top + 1):
        write(canvas, x, y, first_fit(canvas, canvas.width - x, row.words))
        if row.last is not None:
            canvas.right(canvas.width - 1, y, row.last.text, row.last.fg, bold=row.last.bold)
    if not rows:
        canvas.put(x, top + 1, cut("no forecast was shown yet", canvas.width - x), "faint")


def _rows(shown: Snapshot, found: Honesty, units: Units) -> Iterator[Written]:
    """Runner by runner: every forecast of the finish, then of the mat that came next."""
    for kept in found.receipts:
        closed = [receipt for receipt in (*kept.finish, *kept.soon) if receipt.held is not None]
        right = sum(receipt.held is True for receipt in closed)
        ink = "now_ink" if kept.runner.id == shown.runner.id else "text"
        yield Written(
            (Word(kept.runner.surname, ink, bold=True), Word(f"   {right} of {len(closed)} held", "muted")),
        )
        yield from _of(kept, shown, units)


def _of(kept: Kept, shown: Snapshot, units: Units) -> Iterator[Written]:
    names = {round(mat.distance_m): mat.name for mat in shown.course.checkpoints if mat.distance_m}
    for receipt in (*kept.finish, *kept.soon):
        at = words.mat(receipt.at_m, names.get(round(receipt.at_m), ""), units)
        of = words.mat(receipt.of_m, names.get(round(receipt.of_m), ""), units)
        band = f"{words.clock(receipt.low_s)} – {words.clock(receipt.high_s)}"
        yield Written((Word(f"{at:>5} of {of:<7}", "muted"), Word(band, "estimated")), _came(receipt))


def _came(receipt: Receipt) -> Word:
    """`held`, or by how much it was missed; `open` while nothing came."""
    if receipt.came_s is None:
        return Word("open", "faint")
    if receipt.held:
        return Word(f"{words.clock(receipt.came_s)}  held", "text")
    early = receipt.came_s < receipt.low_s
    off_s = receipt.low_s - receipt.came_s if early else receipt.came_s - receipt.high_s
    finer = 0.1 if off_s < 1.0 else 1.0  # less than a second is told as such
    off = f"{words.clock(max(0.1, off_s), finer)} {'early' if early else 'late'}"
    return Word(f"{words.clock(receipt.came_s, finer)}  {off}", "behind")
