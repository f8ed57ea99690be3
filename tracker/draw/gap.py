"""The gap in the large figure, its word and its age; before there is one, what is waited for.

Rule: only a gap wears `ahead` or `behind`, so that no other figure is ever read as one.
"""

from __future__ import annotations

from dataclasses import replace

from tracker.draw import figures, waiting, words
from tracker.draw.figures import LARGE, MIDDLE, Size, can_draw
from tracker.draw.ink import Canvas, Line
from tracker.draw.look import Look
from tracker.draw.parts import Word, Words, chip, chip_width, first_fit, write
from tracker.draw.waiting import Sight, row
from tracker.race.snapshot import Due, Gap, Snapshot

WIDE = 50
"""Cells from which a row also says what the gap was before, and for how long it is held."""


def draw(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """Label, figure and up to three rows of words."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    seen = sight(snapshot, look, wide=width >= WIDE)
    if height < 5:
        _as_text(canvas, seen, look)
    else:
        _as_figure(canvas, seen, look)
    return canvas.lines()


def sight(snapshot: Snapshot, look: Look, *, wide: bool = False) -> Sight:
    """What the panel says at this moment, whatever its size."""
    gap = snapshot.gap
    if gap is None or snapshot.phase not in ("running", "finished"):
        return waiting.sight(snapshot, look)
    word, ink = words.side(gap.seconds, gap.resolution_s)
    figure = words.gap(gap.seconds, gap.resolution_s)
    if snapshot.due is not None and snapshot.due.state == "overdue":
        # The last gap stands, but nobody may take it for the gap of this moment.
        word, chip_ink, ink = "OVERDUE", "behind", "text"
    else:
        chip_ink = ink
    name = gap.plan.name
    label = "THE GHOST" if gap.plan.kind == "ghost" else name if name[:1].isdigit() else name.upper()
    return Sight(
        f"GAP TO {label}",
        f" {figure}" if figure == "0" else figure,
        _final(snapshot, gap, look) if snapshot.phase == "finished" else _held(snapshot, gap, look, wide=wide),
        ink,
        "" if ":" in figure else "s",
        note=gap.plan.name if gap.plan.kind == "ghost" else "",
        chip=(word, chip_ink),
    )


def _held(snapshot: Snapshot, gap: Gap, look: Look, *, wide: bool) -> tuple[tuple[Words, ...], ...]:
    """Between two mats: measured where and how long ago, what it is now, until when it is held."""
    age = words.ago(gap.age_s)
    at = f"at {waiting.mat(gap.mark, look)} · {age}"
    measured = f"{gap.mark.quality} {at}"
    lengths = [measured, at, at.removeprefix("at "), age]
    if wide and gap.before is not None and gap.before_s is not None:
        before = words.gap(gap.before_s, gap.before.resolution_s)
        lengths.insert(0, f"{measured} · {before} at {waiting.mat(gap.before, look)}")
    if snapshot.over:
        return row(*lengths), row(f"{waiting.OVER} · no time at the finish", waiting.OVER)
    lost = waiting.lost_at(snapshot)
    moment = f"as of {lost}" if lost else "now"
    due = snapshot.due
    if due is None:
        return row(*lengths), _now(gap, look, moment)
    mat = waiting.due_mat(due, look)
    if due.silent and due.state != "overdue":
        return row(*lengths), _past_silence(due, mat, look), _now(gap, look, moment)
    if due.state is not None:
        return row(*lengths), _bound(gap, due, mat), _late(due, mat)
    held = f"held until {mat}, due ≈ {words.clock(due.eta_s)}"
    lengths_held = [held, f"until {mat}, ≈ {words.clock(due.eta_s)}"]
    if wide:
        lengths_held.insert(0, f"{held}, in {words.clock(int(due.in_s))}")
    return row(*lengths), _now(gap, look, moment), row(*lengths_held, ink="muted")


def _past_silence(due: Due, mat: str, look: Look) -> tuple[Words, ...]:
    """A mat reads nobody: that is said of the mat, and what is waited for instead."""
    silent = f"{waiting.silent_mats(due, look)} silent"
    if due.state == "silent":
        return row(f"{silent}: nobody is read there", silent, ink="muted")
    return row(
        f"{silent}, held until {mat}, due ≈ {words.clock(due.eta_s)}", f"{silent}, until {mat}", silent, ink="muted"
    )


def _now(gap: Gap, look: Look, moment: str) -> tuple[Words, ...]:
    """The estimate of this moment: `now ≈ −7 s · ≈ 41 m in front of the line`."""
    about = "" if gap.quality == "measured" else "≈ "
    now = f"{moment} {about}{words.gap_with_unit(gap.now_s, gap.resolution_s)}"
    if gap.metres is None:
        return row(now, ink="estimated")
    if abs(gap.metres) < 0.5:
        return row(f"{now} · level with the line", now, ink="estimated")
    metres = f"≈ {words.metres(gap.metres, gap.resolution_s, look.units)}"
    side = "in front" if gap.metres < 0 else "behind"
    tail = "in front of the line" if gap.metres < 0 else "behind the line"
    return row(f"{now} · {metres} {tail}", f"{now} · {metres} {side}", f"{now} · {metres}", now, ink="estimated")


def _bound(gap: Gap, due: Due, mat: str) -> tuple[Words, ...]:
    """The mat is due and nobody came: the gap can only be worse."""
    size = words.gap_with_unit(abs(gap.now_s), gap.resolution_s).removeprefix("+")
    overdue = due.state == "overdue"
    if words.level(gap.now_s, gap.resolution_s):
        text = "no better than level"
    else:
        text = f"no better than {size} ahead" if gap.now_s < 0 else f"at least {size} behind"
    return row(f"{text}, {mat} {due.state}", text, ink="behind" if overdue else "text")


def _late(due: Due, mat: str) -> tuple[Words, ...]:
    at = words.clock(due.eta_s)
    if due.state == "overdue":
        since = f"since {words.clock(due.overdue_from_s)}"
        return row(f"{since}, due ≈ {at}", since, ink="behind")
    return row(f"late, {mat} due ≈ {at}" if due.state == "late" else f"{mat} was due ≈ {at}", ink="muted")


def _final(snapshot: Snapshot, gap: Gap, look: Look) -> tuple[tuple[Words, ...], ...]:
    """At the finish the gap is exact, and it stays."""
    first = row("at the finish · final", "final")
    if gap.seconds < 0 and gap.metres is not None:
        short = f"line ≈ {words.metres(gap.metres, gap.resolution_s, look.units)} short of the finish"
        second = row(short, short.removesuffix(" of the finish"), ink="estimated")
    else:
        before = words.gap_with_unit(gap.seconds, gap.resolution_s).removeprefix("+")
        level = words.level(gap.seconds, gap.resolution_s)
        second = row("with the line" if level else f"the line was home {before} before", ink="estimated")
    source = gap.mark.quality
    fine = gap.mark.resolution_s < 0.5
    coarse = any(m.carries and m.resolution_s >= 0.5 for m in snapshot.marks)
    if fine and coarse:
        stride = snapshot.course.stride_m
        others = words.mat_with_unit(stride, "other", look.units)
        return first, second, row(f"{source} in tenths; {others} marks in seconds", f"{source} in tenths", ink="muted")
    return first, second, row(f"{source} in {'tenths' if fine else 'whole seconds'}", ink="muted")


def _label(canvas: Canvas, seen: Sight, look: Look) -> None:
    x = canvas.label(0, 0, seen.label, focused=look.focus == "gap")
    if seen.note:
        canvas.put(x + 2, 0, seen.note, "text" if seen.chip else "bright", bold=not seen.chip)


def _as_figure(canvas: Canvas, seen: Sight, look: Look) -> None:
    height = canvas.height
    _label(canvas, seen, look)
    most = max(1, (height - 6) // 5) if height >= 7 else 0
    end, base = _figure(canvas, seen, most, 2 if height >= 9 else 1, look)
    if seen.unit:
        air = 2 if end + 2 + len(seen.unit) <= canvas.width else 1
        end = canvas.put(end + air, base, seen.unit, seen.ink, bold=seen.ink != "estimated")
    beside = seen.chip is not None and end + 3 + chip_width(canvas, seen.chip[0]) <= canvas.width
    if height in (7, 8, 9) and beside and seen.chip is not None:
        chip(canvas, end + 3, base, *seen.chip)
        seen = replace(seen, chip=None)
    below = base + (2 if height >= 10 else 1)
    _words(canvas, below, seen, 3 if height >= 11 else 2 if height >= 8 else 1, look)


def _figure(canvas: Canvas, seen: Sight, most: int, top: int, look: Look) -> tuple[int, int]:
    """Draw the figure as large as fits, at most `most` times large; returns the cell after it and its last row."""
    # Where the grid gives double size, the words stay in their rows even if a figure is too wide for it.
    field = LARGE.rows * most if most <= 2 and canvas.width >= WIDE else (LARGE if most else MIDDLE).rows
    x, size, scale = _fitting(canvas, seen, most)
    if size is None:
        base = top + max(field, MIDDLE.rows) - 1
        end = canvas.put(x, base, seen.figure.strip(), seen.ink, bold=not seen.about)
    else:
        base = top + max(field, size.rows * scale) - 1
        flash = "gap" in look.flash and look.motion
        y = base + 1 - size.rows * scale
        end = figures.draw(canvas, x, y, seen.figure, seen.ink, size, scale=scale, flash=flash)
    if seen.about:
        canvas.put(0, base, "≈", "estimated")
    return end, base


def _fitting(canvas: Canvas, seen: Sight, most: int) -> tuple[int, Size | None, int]:
    """(first cell, size, scale) of the largest figure that the width holds; no size: as text. An ≈ stands before it."""
    room = canvas.width - (1 + len(seen.unit) if seen.unit else 0)
    for size, scale in (*((LARGE, n) for n in range(most, 0, -1)), (MIDDLE, 1)):
        if can_draw(seen.figure, size):
            for x in (3, 2) if seen.about else (0,):
                if x + figures.measure(seen.figure, size, scale) <= room:
                    return x, size, scale
    return 2 if seen.about else 0, None, 1


def _words(canvas: Canvas, y: int, seen: Sight, rows: int, look: Look) -> None:
    for i, lengths in enumerate(seen.rows[:rows]):
        x = 0
        if i == 0 and seen.chip is not None:
            x = chip(canvas, 0, y, *seen.chip) + 2
        if not lengths:
            continue
        chosen = first_fit(canvas, canvas.width - x, *lengths)
        if i == 0 and "gap" in look.flash and not look.motion:
            chosen = [Word(text, fg, True) for text, fg, _ in chosen]
        write(canvas, x, y + i, chosen)


def _as_text(canvas: Canvas, seen: Sight, look: Look) -> None:
    """Where there is no room for a figure: the same in one to four rows."""
    y = 0
    if canvas.height >= 3:
        _label(canvas, seen, look)
        y = 1
    x = canvas.put(0, y, "≈ " if seen.about else "", "estimated")
    x = canvas.put(x, y, " ".join(filter(None, (seen.figure.strip(), seen.unit))), seen.ink, bold=not seen.about)
    if seen.chip is not None:
        chip(canvas, x + 2, y, *seen.chip)
    _words(canvas, y + 1, replace(seen, chip=None), canvas.height - y - 1, look)
