"""The races of an event, each with its own mats, gun and athletes. Rule: which of them is shown does not depend on the order
of the rows: the user says it, or the runner who is followed, else all are described and the question is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from feeds.profiles.cells import UNIT_M, BadRow
from feeds.profiles.fields import Field, filled, is_set, text_of
from feeds.profiles.layout import PointsSection
from feeds.profiles.model import Profile
from feeds.profiles.naming import Mats, total_m
from feeds.profiles.passing import Read
from feeds.profiles.places import Kind, Place, Places
from feeds.text import clean

if TYPE_CHECKING:
    from feeds.events import Event
    from feeds.profiles.rows import Row

MOST_NAMED = 6
MOST_RACES = 200


class Races:
    """Which race a row is of. `followed`: ids, bibs or names of runners, whose race it is."""

    def __init__(self, profile: Profile, answers: Mapping[str, str], followed: Iterable[str] = ()) -> None:
        self._profile, self._answers = profile, answers
        section, place = profile.race, profile.place
        self._by, self._called = Field(section.by), Field(section.called)
        self._answer = answers.get(section.answer, "").casefold() if section.answer else ""
        self._followed = frozenset(text.casefold() for text in followed if text)
        self.event = filled(section.id, answers) or profile.name
        self.places = Places(place.aliases, place.metres, place.ignore, place.lap, total_m(profile, answers))
        self._points: list[tuple[str, Place]] = []
        self._races: dict[str, Mats] = {}
        if not section.by:
            self._races[""] = Mats(profile, answers, self.event)

    @property
    def order(self) -> list[str] | None:
        """The ids of the places in the order in which legs are summed: the profile's, else that of the points document.

        None until that document has come; empty where there is to be none.
        """
        if self._profile.points is not None and not self._profile.place.order and not self._points:
            return None
        declared = self._profile.place.order
        found = [self.places.find(name) for name in declared] if declared else [place for _, place in self._points]
        return [place.id for place in found if place is not None and place.kind != "start"]

    def of(self, row: Row) -> Mats | None:
        """The race of a row; none for one that is not asked for. BadRow where there are too many."""
        if not self._profile.race.by:
            return self._races[""]
        found = self.named(text_of(self._by(row)) or "", text_of(self._called(row)) or "")
        if found is None and len(self._races) >= MOST_RACES:
            raise BadRow(self._profile.race.by, f"is one race more than the {MOST_RACES} that an event has at most")
        return found

    def named(self, value: str, called: str = "") -> Mats | None:
        """The race of that value, and of that name for people; none for one that is not asked for."""
        if not self._profile.race.by:
            return self._races[""]
        if self._answer and self._answer not in (value.casefold(), called.casefold()):
            return None
        name = value.casefold()
        if name not in self._races and len(self._races) >= MOST_RACES:
            return None
        if name not in self._races:
            id = clean(f"{self.event}:{name}", 48) if name else self.event
            race = self._races[name] = Mats(self._profile, self._answers, id, called or value)
            race.shown = not self._followed or bool(self._answer)
            list(race.learn(self._of_race(name)))
        return self._races[name]

    def told(self, race: Mats, read: Read) -> Iterator[Event]:
        """What a row says of its race and its athlete."""
        if not race.shown and not self._followed.isdisjoint(_names(read)):
            yield from race.show()
        yield from race.athletes.told(race.id, read)
        yield from race.told(read)

    def learn(self, section: PointsSection, document: Any) -> Iterator[Event]:
        """What a document of points says: known before anybody passes."""
        found = Field(section.path)(document)
        get = {name: Field(getattr(section, name)) for name in ("name", "metres", "is_start", "is_finish")}
        self._points.clear()
        for point in found if isinstance(found, list) else ():
            name = text_of(get["name"](point))
            if name is None:
                continue
            try:
                metres = float(get["metres"](point)) * UNIT_M[section.unit]
            except (TypeError, ValueError):
                metres = None
            kind: Kind | None = (
                "start" if is_set(get["is_start"](point)) else "finish" if is_set(get["is_finish"](point)) else None
            )
            self.places.learn(name, metres, kind)
            if (place := self.places.find(name)) is not None:
                self._points.append(((text_of(self._by(point)) or "").casefold(), place))
        if self._answer and not self._profile.race.called:
            self.named(self._answer)
        for name, race in self._races.items():
            yield from race.learn(self._of_race(name))

    def _of_race(self, name: str) -> Iterator[Place]:
        """The points of a race: its own, and those that name none."""
        return (place for of, place in self._points if of in ("", name))

    def all(self) -> Iterable[Mats]:
        """Those that were named so far."""
        return self._races.values()

    @property
    def question(self) -> str:
        """What has to be asked, where several races are described and nobody has said which one is meant."""
        shown = sorted((race.id, race.name) for race in self._races.values() if race.shown)
        if len(shown) < 2 or self._followed:
            return ""
        answer = self._profile.race.answer
        names = ", ".join(name for _, name in shown[:MOST_NAMED]) + (", …" if len(shown) > MOST_NAMED else "")
        how = f"--set {answer}=… or --athlete" if answer else "--athlete"
        return clean(f"{len(shown)} races are in it: {names}; say which with {how}; {shown[0][1]} is shown", 400)


def _names(read: Read) -> set[str]:
    """What an athlete may be called who is asked for: id, bib, name, surname."""
    texts = [text for name, text in read.about if name in ("bib", "name")]
    return {text.casefold() for text in (read.id, *texts, *(text.rpartition(" ")[2] for text in texts))}
