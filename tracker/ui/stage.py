"""What every screen follows and shares. Rule: only the app assigns the race's state."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.app import App
from textual.reactive import var

from tracker.draw.look import DEFAULT, Look
from tracker.race.snapshot import EMPTY, Snapshot
from tracker.session import ScreenOptions, Session, Wish
from tracker.ui.themes import FIRST, Inks


class Stage(App[int]):
    """An app with a race on it: the race as it stands now, how to see it, and in which colours."""

    snapshot: var[Snapshot] = var(EMPTY, init=False)
    look: var[Look] = var(DEFAULT, init=False)
    inks: var[Inks] = var(FIRST, init=False)


@dataclass(slots=True)
class Desk:
    """What was asked for, and the race on show: none while only the library is open.

    `revealed`: races whose result may be shown. `asides`: by race, what was wanted of it when it was swapped away.
    """

    options: ScreenOptions
    session: Session | None = None
    revealed: set[str] = field(default_factory=set)
    asides: dict[str, Wish] = field(default_factory=dict)
    _followed: dict[str, frozenset[str]] = field(default_factory=dict)

    def followed(self) -> frozenset[str]:
        """The ids of those who are followed in the race on show."""
        if self.session is None:
            return frozenset()
        race = self._race(self.session)
        if race not in self._followed:
            self._followed[race] = frozenset(self.options.follows(race))
        return self._followed[race]

    def follow(self, ids: frozenset[str]) -> None:
        """Follow these from now on; that is kept."""
        if self.session is not None:
            race = self._race(self.session)
            self._followed[race] = ids
            self.options.keep_follows(race, sorted(ids))

    @staticmethod
    def _race(session: Session) -> str:
        """The race on show, wherever it comes from; of one that names itself nowhere, whence it comes."""
        return session.snapshot.race.id or session.opened.name
