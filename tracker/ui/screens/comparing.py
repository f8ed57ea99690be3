"""Who is set beside the runner: others of the race, and a ghost. Rule: a dialog asks, the session decides."""

from __future__ import annotations

from tracker.race.snapshot import Runner
from tracker.ui.keys import has_others
from tracker.ui.messages import GhostChosen
from tracker.ui.screens.timed import TimedScreen
from tracker.ui.shelf import ghosts

MOST_OFFERED = 200
"""Runners of a race who are all offered for a comparison."""


class ComparingScreen(TimedScreen):
    """A screen with a race on it whose runner can be compared."""

    def action_ghost(self) -> None:
        """Ask for a ghost."""
        choices = ghosts(self.session.opened.name)
        self.ask("GHOST", "a shipped race or a file, at the same elapsed time", self._set_ghost, choices, narrow=True)

    def _set_ghost(self, name: str) -> str:
        self.post_message(GhostChosen(name))
        return ""

    async def action_compare(self) -> None:
        """Beside others or the ghost; without either, ask whom first."""
        if self.snapshot.ghost is not None or self.snapshot.together is not None:
            await self.run_action("app.show('compare')")
        elif has_others(self.snapshot):
            self.action_beside()
        else:
            self.action_ghost()

    def action_beside(self) -> None:
        """Ask for a runner to be compared, or to be so no longer."""
        choices = [(each.name or each.id, what) for each, what in self._offered()]
        self.ask(
            "COMPARE WITH", "a runner: name, bib or id; once more takes them away", self._toggle, choices, narrow=True
        )

    def _offered(self) -> list[tuple[Runner, str]]:
        """Who is compared, then who is near on the road, who leads, and in a small race everybody."""
        shown = self.snapshot
        beside = shown.together.contenders[1:] if shown.together is not None else ()
        found = {each.runner.id: (each.runner, "beside now") for each in beside if not each.ghost}
        if shown.leader is not None:
            found.setdefault(shown.leader[0].id, (shown.leader[0], "leader"))
        for rival in shown.rivals:
            found.setdefault(rival.runner.id, (rival.runner, rival.runner.country or ""))
        if len(shown.runners) <= MOST_OFFERED:
            for each in shown.runners:
                if each.role == "runner":
                    found.setdefault(each.id, (each, each.country or ""))
        found.pop(shown.runner.id, None)
        return list(found.values())

    def _toggle(self, text: str) -> str:
        wrong = self.tried(self.session.toggle_beside, text)
        if not wrong:
            self.call_after_refresh(self.run_action, "app.show('compare')")
        return wrong
