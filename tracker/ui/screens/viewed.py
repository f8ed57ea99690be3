"""What the views of one race share: header, timeline, and what is set against the runner."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from textual.geometry import Offset

from tracker.draw import course, scrubber, whatif, words
from tracker.draw.panels import PANELS
from tracker.lines import moment_line
from tracker.race.course import Checkpoint
from tracker.race.snapshot import Mark, Snapshot
from tracker.ui.panels.panel import Panel
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.comparing import ComparingScreen
from tracker.ui.screens.timed import STILL_READ


class RaceView(ComparingScreen):
    """Race, ghost and map."""

    def sheets(self) -> Iterable[Sheet]:
        """Header and timeline, and what stands between them."""
        return chain([Panel("header", PANELS["header"])], self.body(), [Panel("scrubber", PANELS["scrubber"])])

    def body(self) -> Iterable[Sheet]:
        """The sheets between header and timeline."""
        raise NotImplementedError

    def note(self) -> str:
        """How many messages were rejected, once they are read."""
        return f"{self.snapshot.counts.rejected} rejected" if self.session.loaded else "reading"

    def pressed(self, sheet: Sheet, at: Offset) -> None:
        """A click on the timeline or the course goes there; on a mark, to the moment it became known."""
        width = sheet.size.width
        if sheet.name == "scrubber":
            mark = scrubber.mark_at(self.snapshot, at.x, width)
            if mark is None or self.go(mark.checkpoint.id):
                self._to_time(scrubber.time_at(self.snapshot, at.x, width))
        elif sheet.name == "course":
            found = course.mark_at(self.snapshot, at.x, width)
            if found is not None:
                self._to_mat(found.checkpoint if isinstance(found, Mark) else found, known=isinstance(found, Mark))

    def _to_time(self, elapsed_s: float) -> None:
        """To an elapsed time; where it is over by then and the viewer has not seen that, it is asked for twice."""
        if not self.session.loaded:
            return
        bounds = self.session.timeline.bounds()
        there = self.session.view(min(bounds.gun_s + elapsed_s, bounds.end_s))
        if _over(there) and not _over(self.snapshot):
            self.action_end()
        else:
            self.playback.seek(elapsed_s)

    def _to_mat(self, mat: Checkpoint, *, known: bool) -> None:
        """To the moment the mat was passed; a finish to come is an end to be asked for twice."""
        if mat.type == "finish" and not known:
            self.action_end()
        elif wrong := self.go(mat.id):
            self.notice(wrong)

    def action_back(self) -> None:
        """To the race."""
        self.dismiss()

    def action_goto(self) -> None:
        """Ask for a moment."""
        self.ask("GO TO", "a time, a place: 1:10:59 · 25km · half", self.go)

    def action_target(self) -> None:
        """Ask for a target: one of the race's own, or any time or pace."""
        choices = [(plan.name, f"{words.clock(plan.finish_s)} at the finish") for plan in self.snapshot.plans]
        self.ask("TARGET", "a time or a pace: 1:59:30 · 2:50/km", self._set_target, choices)

    def _set_target(self, text: str) -> str:
        return self.tried(self.session.set_target, text)

    def action_what_if(self) -> None:
        """Ask what a pace from here gives, or what a finish needs."""
        self.ask(
            "WHAT IF", "a pace or a finish: 2:50/km · 1:59:30", self._what_if, whatif.offered(self.snapshot, self.look)
        )

    def _what_if(self, text: str) -> str:
        try:
            self.notice(whatif.said(self.snapshot, text, self.look))
        except ValueError as error:
            return str(error)
        return ""

    def action_copy(self) -> None:
        """Copy the command that shows this moment again, and its line of text."""
        if not self.session.loaded:
            self.notice(STILL_READ)
            return
        command = self.session.command(self.look.units)
        self.app.copy_to_clipboard(f"{command}\n{moment_line(self.snapshot, self.look)}\n")
        self.notice(f"copied: {command}")


def _over(snapshot: Snapshot) -> bool:
    return snapshot.phase == "finished" or snapshot.mode.word == "ended"
