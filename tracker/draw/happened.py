"""What happened, newest first: time, sign, words. What is inferred is violet, without seconds, and never bold."""

from __future__ import annotations

from tracker.draw import words
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.look import Look
from tracker.draw.parts import shorten
from tracker.draw.waiting import by_the_day, lost_at, mat, of_day, start_place
from tracker.race.course import SAME_PLACE_M
from tracker.race.snapshot import Happening, Mark, Snapshot

ROOMY = 8
"""Rows from which there is air under the name, and marks that carry nothing are told."""

NEW_FOR_S = 180.0
"""How long a note stands among the few lines of a small panel."""

END_S = 1.0
"""A feed's last word comes with the last passing, or a moment after it."""


def draw(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """The panel's name and as many lines as fit."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    canvas.label(0, 0, "WHAT HAPPENED", focused=look.focus == "happened")
    y = 2 if height >= ROOMY else 1
    told = [h for h in newest_first(snapshot) if height >= ROOMY or _matters(h, snapshot)]
    if not told and snapshot.phase != "empty":
        canvas.put(0, y, "nothing yet", "muted")
    times = [_of_day(h, snapshot) if by_the_day(snapshot) else moment(h) for h in told]
    indent = 9 if width >= 50 or any(len(time) > 8 for time in times) else 8
    if lost := lost_at(snapshot):
        _lost(canvas, y, indent, lost, snapshot)
        y += 1
    for i, (happening, time) in enumerate(zip(told[: max(0, height - y)], times, strict=False)):
        _line(canvas, y + i, indent, happening, time, snapshot, look, newest=i == 0 and not lost)
    return canvas.lines()


def _lost(canvas: Canvas, y: int, indent: int, lost: str, snapshot: Snapshot) -> None:
    """`11:52 × link lost: connection refused`, by the clock on the wall, over all that was told before."""
    sign, why = glyphs(canvas.ascii_only), snapshot.mode.why
    canvas.right(indent - 1, y, lost, "behind", bold=True)
    canvas.put(indent + 1, y, sign.rejected, "behind")
    x = indent + (4 if canvas.ascii_only else 3)
    said = "link lost" if snapshot.mode.word == "offline" else "no byte since"
    canvas.put(x, y, shorten(canvas, f"{said}{why and f': {why}'}", canvas.width - x), "behind")


def newest_first(snapshot: Snapshot) -> list[Happening]:
    """By time, later ones first; of one moment, the later in the list first. The end never hides what ended it."""
    return sorted(snapshot.happened, key=lambda h: h.elapsed_s - (END_S if h.kind == "end" else 0.0))[::-1]


def _matters(happening: Happening, snapshot: Snapshot) -> bool:
    """What a few lines tell: marks that carry, changes, what became of the runner, and notes while they are new."""
    if happening.kind == "end":
        return False
    if happening.kind in ("note", "conditions"):
        return (snapshot.elapsed_s or 0.0) - happening.elapsed_s < NEW_FOR_S
    return happening.mark is None or happening.mark.carries


def _of_day(happening: Happening, snapshot: Snapshot) -> str:
    """The same by the clock on the wall: `09:25`, `≈ 09:20`."""
    soft = happening.inferred or (happening.mark is not None and not happening.mark.carries)
    return f"{'≈ ' if soft else ''}{of_day(snapshot, happening.elapsed_s)}"


def moment(happening: Happening) -> str:
    """`1:10:59`, `≈ 1:05` where it is inferred, `≈ 59:52` for a mark that was not measured."""
    mark = happening.mark
    if mark is not None:
        time = words.clock(mark.elapsed_s, mark.resolution_s)
        return time if mark.carries else f"≈ {time}"
    if happening.inferred:
        return f"≈ {words.rough_clock(happening.elapsed_s)}"
    return words.clock(happening.elapsed_s)


def tell(happening: Happening, snapshot: Snapshot, look: Look) -> str:
    """A happening in words."""
    if happening.kind == "mark" and happening.mark is not None:
        return _mark(happening, happening.mark, snapshot, look)
    if happening.kind == "change":
        teams = f"team {happening.before} to {happening.team}" if happening.before else f"team {happening.team}"
        return f"change, {teams}{' (inferred)' if happening.inferred else ''}"
    if happening.kind == "alone":
        if happening.place_m is None:
            return "alone on the road"
        place = words.distance(happening.place_m, look.units)
        return f"alone on the road, ≈ {look.units} {place}"
    if happening.kind == "start":
        return _start(happening, snapshot)
    if happening.kind == "end":
        return f"the race is over · {happening.text} result" if happening.text else "the race is over"
    return happening.text or happening.kind


def _start(happening: Happening, snapshot: Snapshot) -> str:
    gun = snapshot.race.gun_s
    parts = ["start", happening.text.removeprefix("start").strip(", ") or start_place(snapshot)]
    if gun is not None:
        parts.append(words.time_of_day(gun + happening.elapsed_s, snapshot.race.time_zone, zone=False))
    return ", ".join(filter(None, parts))


def _mark(happening: Happening, mark: Mark, snapshot: Snapshot, look: Look) -> str:
    if not mark.carries:
        name = mark.checkpoint.name.lower()
        said = "half way" if name == "half" else mat(mark, look)
        return f"{said} ({mark.rejected or mark.quality})"
    text = mat(mark, look)
    if mark.section_s is not None and mark.checkpoint.type != "finish":
        text += f"{_stretch(mark, snapshot, look)} in {words.clock(mark.section_s, mark.resolution_s)}"
    elif mark.checkpoint.type == "finish" and happening.gap_s is None:
        text += f" in {words.clock(mark.elapsed_s, mark.resolution_s, hours=True)}"
    return text + _gaps(happening, mark)


def _stretch(mark: Mark, snapshot: Snapshot, look: Look) -> str:
    """` · last 10 km` where the section is not the regular one; nothing where it is, or goes back to the start."""
    metres, stride = mark.section_m, snapshot.course.stride_m
    if not metres or abs(metres - (mark.distance_m or 0.0)) <= SAME_PLACE_M:
        return ""
    if stride is not None and abs(metres - stride) <= 2 * SAME_PLACE_M:
        return ""
    return f" · last {words.mat_with_unit(metres, '', look.units)}"


def _gaps(happening: Happening, mark: Mark) -> str:
    """` · −8 to −7 s`; one figure where it did not change."""
    if happening.gap_s is None:
        return ""
    now = words.gap_with_unit(happening.gap_s, mark.resolution_s)
    if happening.before_s is None:
        return f" · {now}"
    before = words.gap(happening.before_s, happening.before_resolution_s)
    return f" · {now}" if before == words.gap(happening.gap_s, mark.resolution_s) else f" · {before} to {now}"


def _line(
    canvas: Canvas,
    y: int,
    indent: int,
    happening: Happening,
    time: str,
    snapshot: Snapshot,
    look: Look,
    *,
    newest: bool,
) -> None:
    sign = glyphs(look.ascii)
    rejected = happening.mark is not None and happening.mark.rejected is not None
    soft = happening.inferred or (happening.mark is not None and not happening.mark.carries)
    ink = "rejected" if rejected else "estimated" if soft else "bright" if newest else "text"
    flash = newest and not soft and "happened" in look.flash
    clock_ink = ink if soft else "bright" if newest else "muted"
    canvas.right(indent - 1, y, time, clock_ink, bold=newest and not soft)
    glyph = {"mark": sign.event, "start": sign.event, "change": sign.change, "alone": sign.change, "end": sign.event}
    mark = (
        sign.rejected
        if rejected
        else sign.hollow
        if happening.mark is not None and soft
        else glyph.get(happening.kind, sign.dot)
    )
    canvas.put(indent + 1, y, mark, ink)
    x = indent + (4 if look.ascii else 3)
    text = shorten(canvas, tell(happening, snapshot, look), canvas.width - x)
    fg, bg = ("bg", ink) if flash and look.motion else (ink, "bg")
    canvas.put(x, y, text, fg, bg, bold=flash and not look.motion)
