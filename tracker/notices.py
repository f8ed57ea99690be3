"""What is worth a line while a race runs: each thing once. Rule: nothing is told of a view that was wound back.

A split is known by its mat and its time, so that neither a reconnection nor a second message tells it again; a
correction is another time, and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from tracker.draw import words
from tracker.draw.look import Units
from tracker.race.snapshot import Mark, Runner, Snapshot

MOST_STEP_S = 120.0
"""Race seconds between two views, in one jump, beyond which nobody was watching what happened between."""


class Notices:
    """Compares one view with the next. Call it with both, in the order of the race."""

    def __init__(self, units: Units = "km") -> None:
        self.units = units
        self._told: set[tuple[object, ...]] = set()
        self._leader = ""

    def __call__(self, before: Snapshot, after: Snapshot) -> list[str]:
        """The lines that are new."""
        if before.runner.id != after.runner.id or after.now_s < before.now_s or before.phase == "empty":
            self._told.update(key for key, _ in self._all(after, after))
            return []
        found = [(key, line) for key, line in self._all(before, after) if key not in self._told]
        self._told.update(key for key, _ in found)
        return [line for _, line in found] if is_news(before, after) else []

    def _all(self, before: Snapshot, after: Snapshot) -> Iterator[tuple[tuple[object, ...], str]]:
        who = after.runner.surname
        yield from self._splits(who, after)
        yield from self._target(who, after)
        yield from self._missed(who, after)
        turn = after.rotation
        if turn is not None and turn.current is not None and turn.current.team and turn.current is not turn.legs[0]:
            yield (
                ("leg", turn.current.number),
                f"pacers change: {turn.current.team} from {self._km(turn.current.from_m)}",
            )
        if after.due is not None and after.due.state == "overdue":
            yield (
                ("overdue", after.due.checkpoint.id),
                f"{who} is overdue at {self._at(after.due.checkpoint.distance_m, after.due.checkpoint.name)}",
            )
        for mat in after.due.silent if after.due is not None else ():
            yield ("mat", mat.id), f"mat silent: {self._at(mat.distance_m, mat.name)} reads nobody"
        if after.runner.status and after.phase == "out":
            yield ("out", after.runner.status), f"{who}: {after.runner.status}"
        mat_tells = after.due is not None and bool(after.due.silent)
        if after.mode.silent and not before.mode.silent and not mat_tells:
            yield (
                ("silent", after.last.checkpoint.id if after.last else ""),
                "race silent: bytes come, but nobody is read",
            )
        yield from self._lead(after)

    def _splits(self, who: str, after: Snapshot) -> Iterator[tuple[tuple[object, ...], str]]:
        for mark in after.marks:
            if mark.carries and mark.rejected is None:
                yield ("split", mark.checkpoint.id, mark.elapsed_s), f"{who} {self._mark(mark)}{_gap(mark)}"

    def _target(self, who: str, after: Snapshot) -> Iterator[tuple[tuple[object, ...], str]]:
        """Ahead and behind, where that changed from one mat to the next."""
        carried = [m for m in after.marks if m.gap_s is not None]
        for last, mark in pairwise(carried):
            was, now = (last.gap_s or 0.0) > 0, (mark.gap_s or 0.0) > 0
            if was != now and after.plan is not None:
                what = "loses" if now else "regains"
                yield (
                    ("target", after.plan.name, mark.checkpoint.id, now),
                    f"{who} {what} {after.plan.name} at {self._place(mark)}",
                )

    def _missed(self, who: str, after: Snapshot) -> Iterator[tuple[tuple[object, ...], str]]:
        """Mats that were passed without a read: an earlier one than the last mark's, which carries one."""
        last_m = after.last.distance_m if after.last is not None else None
        if last_m is None:
            return
        read = {mark.checkpoint.id for mark in after.marks}
        for mat in after.course.checkpoints:
            if mat.carries and mat.distance_m is not None and 1 < mat.distance_m < last_m - 1 and mat.id not in read:
                yield ("missed", mat.id), f"{who} was not read at {self._at(mat.distance_m, mat.name)}"

    def _lead(self, after: Snapshot) -> Iterator[tuple[tuple[object, ...], str]]:
        """Another leader than at the mat before, in a field small enough to be looked at one by one."""
        if after.leader is None:
            return
        runner, mat = after.leader
        before, self._leader = self._leader, runner.id
        if before not in ("", runner.id):
            yield ("lead", mat.id, runner.id), f"{runner.surname} leads at {self._at(mat.distance_m, mat.name)}"

    def _mark(self, mark: Mark) -> str:
        return f"{self._place(mark)} {words.clock(mark.elapsed_s, mark.resolution_s)}"

    def _place(self, mark: Mark) -> str:
        return self._at(mark.distance_m, mark.checkpoint.name)

    def _at(self, metres: float | None, name: str) -> str:
        return words.mat_with_unit(metres, name, self.units)

    def _km(self, metres: float) -> str:
        return f"{words.distance(metres, self.units)} {self.units}"


class FollowedNotices:
    """The same of those who are followed beside the runner: each split and each end, once."""

    def __init__(self, units: Units = "km") -> None:
        self.units = units
        self._told: set[tuple[object, ...]] = set()
        self._known: set[str] = set()

    def __call__(self, seen: Iterable[tuple[Runner, Mark | None]], *, news: bool) -> list[str]:
        """The lines that are new; no `news`: what there is is not told, now or later."""
        lines = []
        for runner, mark in seen:
            fresh = news and runner.id in self._known
            self._known.add(runner.id)
            lines += [line for key, line in self._of(runner, mark) if self._is_new(runner.id, *key) and fresh]
        return lines

    def _is_new(self, *key: object) -> bool:
        before = len(self._told)
        self._told.add(key)
        return len(self._told) > before

    def _of(self, runner: Runner, mark: Mark | None) -> Iterator[tuple[tuple[object, ...], str]]:
        if mark is not None:
            at = words.mat_with_unit(mark.distance_m, mark.checkpoint.name, self.units)
            time = words.clock(mark.elapsed_s, mark.resolution_s)
            yield (mark.checkpoint.id, mark.elapsed_s), f"* {runner.surname} {at} {time}"
        if runner.status in ("DNF", "DSQ", "DNS"):
            yield (runner.status,), f"* {runner.surname}: {runner.status}"


def is_news(before: Snapshot, after: Snapshot) -> bool:
    """Whether the viewer watched what happened between two views: neither a jump nor a view that was wound back."""
    return 0 <= after.now_s - before.now_s <= MOST_STEP_S * max(1.0, after.mode.rate)


def _gap(mark: Mark) -> str:
    """` · 7 s ahead`."""
    if mark.gap_s is None:
        return ""
    if words.level(mark.gap_s, mark.resolution_s):
        return " · level"
    figure = words.gap_with_unit(abs(mark.gap_s), mark.resolution_s).lstrip("+")
    return f" · {figure} {'behind' if mark.gap_s > 0 else 'ahead'}"
