"""The header: race, runner, time of day, elapsed time, and how the view runs, always in words."""

from __future__ import annotations

from tracker.draw import words
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.look import Look
from tracker.draw.parts import Word, Words, chip, chip_width, first_fit, measure, shorten, write
from tracker.race.snapshot import Mark, Mode, Snapshot

WIDE, FULL = 50, 90
"""Cells of text from which all stands in one row, and from which place, date and time of day are shown."""
AT_THE_EDGE = frozenset({"live", "stale", "offline"})


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
    """(words, ink) of the chip: `REPLAY 60×`, `PAUSED`, `FINISHED`, `LIVE · link 3 s`, `OFFLINE, retry in 4 s`."""
    m = snapshot.mode
    if m.word == "replay" and snapshot.phase == "finished":
        return "FINISHED", "muted"
    if m.word == "replay":
        return f"REPLAY {m.rate:g}×", "muted"
    if m.word == "paused":
        return "PAUSED", "bright"
    if m.word == "ended":
        return ("FINISHED" if snapshot.phase == "finished" else "ENDED"), "muted"
    return _link(m)


def _link(m: Mode) -> tuple[str, str]:
    age = m.link_age_s
    if m.word == "live":
        return ("LIVE" if age is None else f"LIVE · link {age:.0f} s"), "laser"
    if m.word == "stale":
        return ("STALE" if age is None else f"STALE {words.clock(int(age))}"), "behind"
    return ("OFFLINE" if m.retry_in_s is None else f"OFFLINE, retry in {m.retry_in_s:.0f} s"), "behind"


def elapsed(snapshot: Snapshot) -> str:
    """The race clock, cut to the second; once the runner is home, the finish time."""
    last = snapshot.last
    if snapshot.phase == "finished" and last is not None:
        return words.clock(last.elapsed_s, last.resolution_s, hours=True)
    return "" if snapshot.elapsed_s is None else words.running_clock(snapshot.elapsed_s)


def _time_of_day(snapshot: Snapshot, *, zone: bool = True) -> str:
    gun = snapshot.race.gun_s
    return "" if gun is None else words.time_of_day(snapshot.now_s, snapshot.race.time_zone, zone=zone)


def _seen(snapshot: Snapshot, look: Look) -> str:
    last: Mark | None = snapshot.last
    if last is None:
        return ""
    mat = words.mat_with_unit(last.distance_m, last.checkpoint.name, look.units)
    gun = snapshot.race.gun_s
    if gun is None or snapshot.mode.word not in AT_THE_EDGE:
        return f"seen {mat} {words.clock(last.elapsed_s, last.resolution_s)}"
    return f"seen {mat} {words.time_of_day(gun + last.elapsed_s, snapshot.race.time_zone, seconds=False, zone=False)}"


def _name(canvas: Canvas, snapshot: Snapshot, most: int) -> Words:
    """The runner in at most so many cells: with the bib if it fits, and what became of them if they are out."""
    runner = snapshot.runner
    if not (runner.name or runner.bib or runner.id):
        return []
    name = runner.surname.upper()
    status = [Word(f"  {runner.status}", "behind", True)] if snapshot.phase == "out" and runner.status else []
    bib = [Word(f" {runner.bib}", "muted")] if runner.bib and runner.name else []
    short = shorten(canvas, name, max(1, most - measure(canvas, status)))
    return first_fit(
        canvas, most, [Word(name, "now_ink", True), *bib, *status], [Word(short, "now_ink", True), *status]
    )


def _wide(canvas: Canvas, snapshot: Snapshot, look: Look) -> None:
    word, fg = mode(snapshot)
    right = canvas.width - chip_width(canvas, word)
    chip(canvas, right, 0, word, fg)
    times = _times(snapshot, look)
    titles = _titles(snapshot) if canvas.width >= FULL else _titles(snapshot)[-1:]
    if canvas.width < FULL and snapshot.mode.word not in AT_THE_EDGE:
        times = times[:1]
    name = _name(canvas, snapshot, right - 3 - _taken(times[:1]))
    title, times = _chosen(canvas, titles, times, right - 3 - measure(canvas, name))
    x = canvas.put(0, 0, title, "bright", bold=True)
    write(canvas, x + 3 if title else 0, 0, name)
    right -= 3
    for text, ink, bold in times:
        right = canvas.right(right, 0, text, ink, bold=bold) - (4 if bold else 3)


def _taken(times: list[Word]) -> int:
    return sum(len(word.text) + 3 for word in times)


def _chosen(canvas: Canvas, titles: list[str], times: list[Word], room: int) -> tuple[str, list[Word]]:
    """The fullest title that leaves room for the clocks; the second clock goes before the race's name is cut."""
    for title, clocks in [*((title, times) for title in titles), (titles[-1], times[:1])]:
        if measure(canvas, [Word(title)]) + _taken(clocks) <= room:
            return title, clocks
    return shorten(canvas, titles[-1], max(0, room - _taken(times[:1]))), times[:1]


def _titles(snapshot: Snapshot) -> list[str]:
    """What is said of the race, the fullest first."""
    race, date = snapshot.race, words.day(snapshot.race.date)
    place = race.place if race.place and race.place not in race.name else None
    parts = ((race.name, place, date), (race.name, date), (race.name,))
    return [" · ".join(filter(None, part)) or "paceline" for part in parts]


def _times(snapshot: Snapshot, look: Look) -> list[Word]:
    """The clocks from the right: the one that leads is bright; time of day leads at the edge of a live race."""
    day = _time_of_day(snapshot)
    if snapshot.mode.word in AT_THE_EDGE:
        times = [Word(_seen(snapshot, look), "muted"), Word(day, "bright", True)]
    else:
        times = [Word(elapsed(snapshot), "bright", True), Word(day, "muted")]
    return [word for word in times if word.text]


def _narrow(canvas: Canvas, snapshot: Snapshot, look: Look) -> None:
    """Name and clock, then mode and where the runner was last seen."""
    leading = snapshot.mode.word in AT_THE_EDGE
    clock = _time_of_day(snapshot, zone=False) if leading else elapsed(snapshot)
    write(canvas, 0, 0, _name(canvas, snapshot, canvas.width - len(clock) - 2))
    canvas.right(canvas.width - 1, 0, clock, "bright", bold=True)
    end = chip(canvas, 0, 1, *mode(snapshot))
    seen = _seen(snapshot, look)
    if end + 2 + measure(canvas, [Word(seen)]) <= canvas.width:
        canvas.right(canvas.width - 1, 1, seen, "muted")


def _small(canvas: Canvas, snapshot: Snapshot, height: int) -> None:
    """One or two rows: the name, the clock, the mode."""
    clock = elapsed(snapshot)
    write(canvas, 0, 0, _name(canvas, snapshot, canvas.width - len(clock) - 1))
    canvas.right(canvas.width - 1, 0, clock, "bright", bold=True)
    if height >= 2:
        chip(canvas, 0, 1, *mode(snapshot))
