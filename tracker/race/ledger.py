"""What a feed said, key by key: of every key the message that wins.

Rule: the winner is the highest (rev, sent, canonical JSON), a total order, so that neither order nor repetition of
messages can change what is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from tracker.race.entry import GROUP_AND_KEY, Entry, Key, Row, entry_of

if TYPE_CHECKING:
    from feeds.events import Event


class Ledger:
    """The winners of every kind but splits, by what they are about.

    Messages of several races may lie in one ledger: which race is meant is said when it is read.
    """

    def __init__(self) -> None:
        self._kinds: dict[str, dict[str, Entry | dict[Key, Entry]]] = {kind: {} for kind in GROUP_AND_KEY}
        """What there is about one thing: nearly always a single winner, else the winners by their keys."""
        self._mine: dict[str, set[str] | None] = dict.fromkeys(GROUP_AND_KEY)
        """Of every kind where winners may be changed here: none is everywhere; a kind that is missing is shared as a whole."""
        self._races: dict[str, int] = {}

    def put(self, event: Event) -> bool:
        """Whether the message won its key."""
        return self.take(entry_of(event))

    def take(self, entry: Entry) -> bool:
        """Whether a message that is ready to be kept won its key."""
        kind, group, key = entry.form.kind, entry.group, entry.key
        there = self._kinds[kind].get(group)
        old = there.get(key) if isinstance(there, dict) else there if there is None or there.key == key else None
        if old is not None and not entry.beats(old):
            return False
        if there is old:
            self._groups(kind)[group] = entry
        else:
            self._winners(kind, group)[key] = entry
        race = key[0]
        if race is not None and old is None:
            self._races[race] = self._races.get(race, 0) + 1
        return True

    def _groups(self, kind: str) -> dict[str, Entry | dict[Key, Entry]]:
        """What a kind is about, ours alone: copied where a copy of this ledger looks at it too."""
        if kind not in self._mine:
            self._kinds[kind], self._mine[kind] = dict(self._kinds[kind]), set()
        return self._kinds[kind]

    def _winners(self, kind: str, group: str) -> dict[Key, Entry]:
        """The winners about one thing, of which there are more than one, ours alone."""
        groups = self._groups(kind)
        there, mine = groups[group], self._mine[kind]
        if not isinstance(there, dict):
            there = groups[group] = {there.key: there}
        elif mine is not None and group not in mine:
            there = groups[group] = dict(there)
        if mine is not None:
            mine.add(group)
        return there

    @property
    def races(self) -> dict[str, int]:
        """How many winners name which race."""
        return self._races

    def groups(self, kind: str) -> Collection[str]:
        """What the messages of a kind are about."""
        return self._kinds[kind].keys()

    def about(self, kind: str) -> Mapping[str, object]:
        """What is kept of a kind in every race, by what it is about; the same objects until others win."""
        return self._kinds[kind]

    def winners(self, kind: str, group: str, race: str | None) -> dict[Key, Entry]:
        """The winners about one thing in one race; a message that names no race belongs to the only one."""
        there = self._kinds[kind].get(group)
        if there is None:
            return {}
        found: dict[Key, Entry] = {}
        for key, entry in there.items() if isinstance(there, dict) else ((there.key, there),):
            if key[0] is None or key[0] == race:
                name = key[1:]
                if name not in found or entry.beats(found[name]):
                    found[name] = entry
        return found

    def rows(self, kind: str, group: str, race: str | None) -> list[Row]:
        """The values of the winners, in the order of their keys' text, so never in that of arrival."""
        found = self.winners(kind, group, race)
        return [found[key].row for key in (sorted(found, key=repr) if len(found) > 1 else found)]

    def entry(self, kind: str, group: str, race: str | None) -> Entry | None:
        """The one winner of a kind that has a single key."""
        there = self._kinds[kind].get(group)
        if isinstance(there, Entry):  # nearly always so
            return there if there.key[0] is None or there.key[0] == race else None
        found = self.winners(kind, group, race)
        return found[min(found, key=repr)] if found else None

    def row(self, kind: str, group: str, race: str | None) -> Row | None:
        """Its values."""
        entry = self.entry(kind, group, race)
        return None if entry is None else entry.row

    def copy(self) -> Ledger:
        """A ledger of its own with the same winners, for the cost of a pointer a kind."""
        twin = Ledger()
        twin._kinds = dict(self._kinds)
        self._mine, twin._mine = {}, {}
        twin._races = dict(self._races)
        return twin
