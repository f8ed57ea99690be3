"""The header: race, runner, time of day, elapsed time, and how the view runs, always in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

from tracker.draw import words
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.look import Look
from tracker.draw.parts import Word, Words, chip, chip_width, first_fit, measure, shorten, write
from tracker.draw.waiting import is_live, lost_at
from tracker.race.snapshot import Mark, Mode, Snapshot

WIDE, FULL = 50, 90
"""Cells of text from which all stands in one row, and from which place, date and time of day are shown."""
LEAST_TITLE = 12
"""Cells to which the race's name is cut before where the runner was seen would go."""


def draw(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """Two rows, the second a thin rule; three in a narrow window, one where there is no more."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    if height >= 3:
        _narrow(canvas, snapshot, look)
    elif width < WIDE:
        _small(canvas, snapshot, height)
    else:
        _wide(canvas, snapshot, look)
    if height >= 3 or (height == 2 and width >= WIDE):
        canvas.put(0, height - 1, glyphs(look.ascii).rule * width, "rule")
    return canvas.lines()


def mode(snapshot: Snapshot) -> tuple[str, str]:
    """(words, ink) of the chip: `REPLAY 60×`, `PAUSED · 0:43 behind`, `FINISHED`, `LIVE · link 3 s`, `OFFLINE, retry in 4 s`."""
    m = snapshot.mode
    if m.word == "replay" and snapshot.phase == "finished":
        return "FINISHED", "muted"
    if m.word == "replay":
        return f"REPLAY {m.rate:g}×", "muted"
    if m.word == "paused":
        behind = f" · {words.clock(int(m.delay_s))} behind" if m.is_live and m.delay_s >= 1 else ""
        lost = m.link in ("stale", "offline")
        return f"PAUSED{behind}{f', {m.link.upper()}' if lost else ''}", "behind" if lost else "bright"
    if m.word == "ended":
        return ("FINISHED" if snapshot.phase == "finished" else "ENDED"), "muted"
    return _link(m)


def _link(m: Mode) -> tuple[str, str]:
    age = m.link_age_s
    if m.word == "live":
        live = "LIVE" if m.delay_s < 1 else f"LIVE {words.MINUS}{_delay(m.delay_s)}"
        link = "" if age is None else f" · link {age:.0f} s"
        return f"{live}{link}{m.silent and f', {m.silent}'}", "behind" if m.silent else "laser"
    if m.word == "stale":
        return ("STALE" if age is None else f"STALE {words.clock(int(age))}"), "behind"
    if m.retry_in_s is None:
        return "OFFLINE", "behind"
    return (f"OFFLINE, retry in {math.ceil(m.retry_in_s)} s" if m.retry_in_s > 0 else "OFFLINE, trying"), "behind"


def _delay(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 60 else words.clock(int(seconds))


def elapsed(snapshot: Snapshot) -> str:
    """The race clock, cut to the second; once the runner is home, the finish time."""
    last = snapshot.last
    if snapshot.phase == "finished" and last is not None:
        return words.clock(last.elapsed_s, last.resolution_s, hours=True)
    return "" if snapshot.elapsed_s is None else words.running_clock(snapshot.elapsed_s)


def _time_of_day(snapshot: Snapshot, *, zone: bool = True) -> str:
    gun = snapshot.race.gun_s
    return "" if gun is None else words.time_of_day(snapshot.now_s, snapshot.race.time_zone, zone=zone)


def _here(snapshot: Snapshot, look: Look) -> str:
    """The viewer's own time of day where it is another than the race's: `00:27 PDT`."""
    if snapshot.race.gun_s is None or words.zone_of(look.zone) is None:
        return ""
    own, race = (words.time_of_day(snapshot.now_s, zone, seconds=False, zone=False)
                 for zone in (look.zone, snapshot.race.time_zone))  # fmt: skip
    return "" if own == race else words.time_of_day(snapshot.now_s, look.zone, seconds=False)


def _leads(snapshot: Snapshot) -> bool:
    """Whether the time of day leads: in a live race until it has ended, be the view paused or not."""
    return is_live(snapshot) and snapshot.mode.word != "ended"


def _minute(snapshot: Snapshot, posix_s: float) -> str:
    return words.time_of_day(posix_s, snapshot.race.time_zone, seconds=False, zone=False)


def _seen(snapshot: Snapshot, look: Look) -> str:
    last: Mark | None = snapshot.last
    if last is None:
        return ""
    mat = words.mat_with_unit(last.distance_m, last.checkpoint.name, look.units)
    gun = snapshot.race.gun_s
    if gun is None or not _leads(snapshot):
        return f"seen {mat} {words.clock(last.elapsed_s, last.resolution_s)}"
    seen = "finished" if last.checkpoint.type == "finish" else f"seen {mat}"
    return f"{seen} {_minute(snapshot, gun + last.elapsed_s)}"


def _known(snapshot: Snapshot, look: Look) -> list[Word]:
    """What is known of the runner at the edge of a live race, the longest first: `seen 25 km 10:12 · next 10:38–10:47`.

    Where the feed is lost, since when nothing is known: `as of 11:52`.
    """
    seen, lost, gun = _seen(snapshot, look), lost_at(snapshot), snapshot.race.gun_s
    if lost:
        lost = f"as of {lost}"
        return [Word(f"{seen} · {lost}", "behind"), Word(lost, "behind")] if seen else [Word(lost, "behind")]
    due = snapshot.due
    if not seen:
        return []
    if gun is None or due is None or due.state in ("overdue", "silent"):
        return [Word(seen, "muted")]
    window_s = (
        (due.q10_s, due.q90_s) if due.q10_s is not None and due.q90_s is not None else (due.eta_s, due.overdue_from_s)
    )
    first, last = (_minute(snapshot, gun + each) for each in window_s)
    window = first if first == last else f"{first}–{last}"
    return [Word(f"{seen} · next {window}", "muted"), Word(seen, "muted")]


def _name(canvas: Canvas, snapshot: Snapshot, most: int, *, bib: bool = True) -> Words:
    """The runner in at most so many cells: with the bib if it fits, and what became of them if they are out."""
    runner = snapshot.runner
    if not (runner.name or runner.bib or runner.id):
        return []
    name = runner.surname.upper()
    status = [Word(f"  {runner.status}", "behind", True)] if snapshot.phase == "out" and runner.status else []
    number = [Word(f" {runner.bib}", "muted")] if bib and runner.bib and runner.name else []
    short = shorten(canvas, name, max(1, most - measure(canvas, status)))
    return first_fit(
        canvas, most, [Word(name, "now_ink", True), *number, *status], [Word(short, "now_ink", True), *status]
    )


def _wide(canvas: Canvas, snapshot: Snapshot, look: Look) -> None:
    """Everything in one row; the bib goes first, then what `_choices` says, and last the race's name is cut."""
    for (title, clocks, word), bib in product(_choices(canvas, snapshot, look), (True, False)):
        right = canvas.width - chip_width(canvas, word)
        left = right - 3 - _taken(canvas, clocks)
        name = _name(canvas, snapshot, left, bib=bib)
        room = left - 2 - measure(canvas, name)
        if measure(canvas, [Word(title)]) <= room:
            break
    chip(canvas, right, 0, word, mode(snapshot)[1])
    x = canvas.put(0, 0, shorten(canvas, title, max(0, room)), "bright", bold=True)
    write(canvas, x + 3 if x else 0, 0, name)
    right -= 3
    for text, ink, bold in clocks:
        right = canvas.right(right, 0, text, ink, bold=bold) - (4 if bold else 3)


def _choices(canvas: Canvas, snapshot: Snapshot, look: Look) -> Iterator[tuple[str, list[Word], str]]:
    """(title, clocks, the chip's words), the fullest first: place and date go, then clocks, then the reason."""
    titles, clocks = _titles(snapshot), _clocks(snapshot, look)
    word = mode(snapshot)[0]
    if canvas.width < FULL:
        titles, clocks = titles[-1:], clocks if _leads(snapshot) else clocks[-1:]
    why = snapshot.mode.why if snapshot.mode.word == "offline" else ""
    if why and why != "connecting":
        full = f"{word} ({why})"
        yield from ((title, clocks[0], full) for title in titles)
        yield from ((titles[-1], fewer, full) for fewer in clocks[1:-1])
        clocks = clocks[-2:]
    yield from ((title, clocks[0], word) for title in titles)
    yield from ((titles[-1], fewer, word) for fewer in clocks[1:-1])
    if len(clocks) > 1 and len(clocks[-2]) > 1:
        yield shorten(canvas, titles[-1], LEAST_TITLE), clocks[-2], word
    yield titles[-1], clocks[-1], word


def _taken(canvas: Canvas, clocks: list[Word]) -> int:
    """Cells that clocks take with the air between them."""
    return sum(measure(canvas, [word]) + 3 for word in clocks)


def _titles(snapshot: Snapshot) -> list[str]:
    """What is said of the race, the fullest first."""
    race, date = snapshot.race, words.day(snapshot.race.date)
    place = race.place if race.place and race.place not in race.name else None
    parts = ((race.name, place, date), (race.name, date), (race.name,))
    return [" · ".join(filter(None, part)) or "paceline" for part in parts]


def _clocks(snapshot: Snapshot, look: Look) -> list[list[Word]]:
    """The clocks from the right, in ever fewer; the one that leads is bright: time of day at the edge of a live race."""
    day = Word(_time_of_day(snapshot), "muted")
    run = Word(elapsed(snapshot), "bright", True)
    if not _leads(snapshot):
        rows = [[run, day], [run]]
    else:
        day = Word(day.text, "bright", True) if day.text else run
        own = Word(_here(snapshot, look), "muted")
        ran = Word(run.text if snapshot.plan is not None and day != run else "", "text")
        known = _known(snapshot, look) or [Word("")]
        rows = [[known[0], own, ran, day], *([each, ran, day] for each in known), [*known[-1:], day], [day]]
    if snapshot.race.time_zone and words.zone_of(snapshot.race.time_zone) is None:
        told = Word(f"{day.text}, zone unknown", day.fg, day.bold)
        rows = [[told if word == day else word for word in row] for row in rows if day in row] + rows
    return [[word for word in row if word.text] for row in rows]


def _narrow(canvas: Canvas, snapshot: Snapshot, look: Look) -> None:
    """Name and clock, then mode and where the runner was last seen."""
    leading = _leads(snapshot)
    clock = _time_of_day(snapshot, zone=False) if leading else elapsed(snapshot)
    write(canvas, 0, 0, _name(canvas, snapshot, canvas.width - len(clock) - 2))
    canvas.right(canvas.width - 1, 0, clock, "bright", bold=True)
    end = chip(canvas, 0, 1, *mode(snapshot))
    known = _known(snapshot, look) if leading else [Word(_seen(snapshot, look), "muted")]
    for text, ink, _ in known:
        if end + 2 + measure(canvas, [Word(text)]) <= canvas.width:
            canvas.right(canvas.width - 1, 1, text, ink)
            break


def _small(canvas: Canvas, snapshot: Snapshot, height: int) -> None:
    """One or two rows: the name, the clock, the mode."""
    clock = elapsed(snapshot)
    write(canvas, 0, 0, _name(canvas, snapshot, canvas.width - len(clock) - 1))
    canvas.right(canvas.width - 1, 0, clock, "bright", bold=True)
    if height >= 2:
        chip(canvas, 0, 1, *mode(snapshot))
