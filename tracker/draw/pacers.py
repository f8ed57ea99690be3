"""Who paces: formations, teams and legs of an attempt; the pace groups of an ordinary race against their even lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tracker.draw import legs, teams, words
from tracker.draw.cells import cut
from tracker.draw.ink import Canvas, Line
from tracker.draw.onroad import Placed
from tracker.race.course import SAME_PLACE_M

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.course import Checkpoint
    from tracker.race.snapshot import PaceGroup, Snapshot

NAME, COLUMN, NOW, NEAR = 20, 9, 13, 8
TEAM_ROWS = 9
"""Rows of the formation and the teams; the legs stand below."""


def draw(
    shown: Snapshot, found: Sequence[PaceGroup], placed: Mapping[str, Placed], width: int, height: int, look: Look
) -> list[Line]:
    """The body between header and timeline. `placed`: where the pacers are, by id."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    y = 0
    turn = shown.rotation
    if turn is not None and turn.legs:
        canvas.blit(0, 0, teams.draw(turn, width, min(height, TEAM_ROWS), look))
        y = TEAM_ROWS + 1
        if height - y >= 3:
            table = legs.table(shown, width, min(height - y, len(turn.legs) + 1), look)
            canvas.blit(0, y, table)
            y += len(table) + 1
    if found:
        _groups(canvas, y, shown, found, placed, look)
    elif turn is None or not turn.legs:
        canvas.label(0, 0, "PACERS")
        canvas.put(0, min(1, height - 1), cut("the feed names no pacers of this race", width), "muted")
    return canvas.lines()


def _groups(
    canvas: Canvas, top: int, shown: Snapshot, found: Sequence[PaceGroup], placed: Mapping[str, Placed], look: Look
) -> None:
    """A row a pacer: the finish they run for, the seconds behind its even line at each mat, and where they are now."""
    end = canvas.label(0, top, "PACE GROUPS") + 3
    canvas.put(end, top, cut("against the even line to their finish: − before it", max(0, canvas.width - end)), "faint")
    mats = _mats(shown, found, (canvas.width - NAME - NOW - NEAR) // COLUMN)
    x = NAME
    for mat in mats:
        canvas.right(x + COLUMN - 1, top + 1, words.mat_with_unit(mat.distance_m, mat.name, look.units), "muted")
        x += COLUMN
    canvas.right(x + NOW - 1, top + 1, "now", "muted")
    canvas.right(x + NOW + NEAR - 1, top + 1, "with", "muted")
    for y, group in enumerate(found[: max(0, canvas.height - top - 2)], top + 2):
        goal = "no finish told" if group.goal_s is None else words.clock(group.goal_s)
        end = canvas.put(0, y, goal, "bright" if group.goal_s is not None else "faint", bold=group.goal_s is not None)
        canvas.put(end + 1, y, cut(group.runner.name or group.runner.id, max(0, NAME - end - 1)), "muted")
        x = NAME
        for mat in mats:
            _off(canvas, x + COLUMN - 1, y, group, mat)
            x += COLUMN
        _now(canvas, x, y, placed.get(group.runner.id), look)


def _mats(shown: Snapshot, found: Sequence[PaceGroup], most: int) -> list[Checkpoint]:
    """The last mats that any of them has passed, as many as there is room for."""
    passed = {round(mark.distance_m or 0.0) for group in found for mark in group.marks}
    known = [mat for mat in shown.course.checkpoints if mat.distance_m and round(mat.distance_m) in passed]
    return known[-most:] if most > 0 else []


def _off(canvas: Canvas, right: int, y: int, group: PaceGroup, mat: Checkpoint) -> None:
    for mark, off_s in zip(group.marks, group.offs, strict=True):
        if mat.distance_m is not None and abs((mark.distance_m or 0.0) - mat.distance_m) <= SAME_PLACE_M:
            if off_s is None:
                canvas.right(right, y, words.clock(mark.elapsed_s), "text")
                return
            canvas.right(right, y, words.gap(off_s, mark.resolution_s), words.side_ink(off_s, mark.resolution_s))


def _now(canvas: Canvas, x: int, y: int, at: Placed | None, look: Look) -> None:
    """Where they are, and how many run within a hundred metres."""
    if at is None:
        return
    if at.place_m is None:
        canvas.right(x + NOW - 1, y, at.state or "not seen", "behind" if at.state in ("overdue", "out") else "muted")
        return
    canvas.right(x + NOW - 1, y, f"{look.units} ≈ {words.distance(at.place_m, look.units)}", "estimated")
    canvas.right(x + NOW + NEAR - 1, y, f"{at.near:,}", "estimated")
