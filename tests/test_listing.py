"""tracker.listing: which rows of a field are looked at."""

from __future__ import annotations

import random
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.address import open_address
from tests.race.fields import described, made_up
from tests.race.made import event, fold, race, split, view
from tracker.draw.listed import AMONG, SORTS, Listing
from tracker.fieldnow import FieldNow
from tracker.listing import PINS_FROM, Asked, Lister, clock_of, folded, haystack
from tracker.priors import shipped
from tracker.race.book import Race, Wanted
from tracker.race.snapshot import Runner
from tracker.session import Session, Wish

ALL = 1 << 20
WANTED = Wanted(model=shipped())


def listed(known: Race, asked: Asked, elapsed_s: float | None = None) -> Listing:
    """A listing by someone who knows nothing yet; `elapsed_s` after the gun everybody's forecast is made."""
    now = FieldNow(known.field())
    if elapsed_s is not None:
        now.take(known, view(known, elapsed_s), WANTED)
    return Lister()(now, known.runners(), asked)


@cache
def chicago() -> Session:
    """Chicago 2023 when the first woman has just passed 35 km."""
    session = Session(open_address("chicago-2023"), Wish(at="1:50:20"))
    session.load()
    session.take()
    return session


def at_35(asked: Asked) -> Listing:
    """A listing of that moment."""
    return Lister()(chicago().field(), chicago().snapshot.runners, asked)


def test_chicago_at_35_km() -> None:
    """Kiptum leads; Kipruto is 2:32 behind; the last mat that enough have passed is the one; an estimate is hollow."""
    found = at_35(Asked(60, cells=100, watched="kiptum"))
    names = [row.name for row in found.rows]
    by_name = dict(zip(names, found.rows, strict=True))
    assert found.mat is not None and found.mat.id == "35km" and not found.chosen
    assert names[0] == "Kelvin Kiptum" and found.rows[0].rank == 1 and found.rows[0].time_s == 6022.0
    assert by_name["Benson Kipruto"].gap_s == 152.0 and by_name["Benson Kipruto"].gained == 2
    assert by_name["Stepan Kiselev"].hollow and by_name["Stepan Kiselev"].rank == 0
    assert by_name["Ruth Chepngetich"].time_s is None and by_name["Ruth Chepngetich"].seen is not None
    assert found.passed == sum(row.time_s is not None and not row.hollow for row in found.rows) == 21
    assert found.count == found.total == 39


def test_the_women_of_chicago() -> None:
    """Among the women ranks and gaps are theirs: Hassan, then Chepngetich."""
    at_end = chicago().timeline.final()
    field = chicago().timeline.fold.to(at_end.now_s).field()
    found = Lister()(FieldNow(field), at_end.runners, Asked(60, among="W", mat="40km"))
    assert [row.name for row in found.rows[:2]] == ["Sifan Hassan", "Ruth Chepngetich"]
    assert [row.rank for row in found.rows[:2]] == [1, 2] and found.rows[0].gap_s == 0.0
    assert found.count == 15 and {row.name for row in found.rows}.isdisjoint({"Kelvin Kiptum"})


def test_a_search_finds_every_word_at_the_beginning_of_one() -> None:
    """Name, bib, country, team, in any order and case, with or without marks on letters."""
    who = Runner("x", "Agnes Ngetich Núñez", "101", "KEN", team="Lake Runners")
    for query, hit in (
        ("nun agn", True),
        ("10", True),
        ("01", False),
        ("ken lake", True),
        ("ngetich ger", False),
        ("", True),
    ):
        assert all(f" {word}" in haystack(who) for word in folded(query).split()) == hit
    assert [row.name for row in at_35(Asked(20, search="hass NED")).rows] == ["Sifan Hassan"]
    assert at_35(Asked(20, search="nobody")).count == 0


SEEDS = st.integers(0, 1_000_000_000).map(random.Random)


def test_those_of_a_country() -> None:
    """Only the chosen runner's countrymen are listed, with the ranks that they have in the race, and it is said whose."""
    found = at_35(Asked(60, among="country", like="kiptum"))
    country = {r.id: r.country for r in chicago().snapshot.runners}
    assert found.those == country["kiptum"] == "KEN"
    assert sorted(row.id for row in found.rows) == sorted(id for id, of in country.items() if of == "KEN")
    everybody = {row.id: row.rank for row in at_35(Asked(60)).rows}
    assert all(row.rank == everybody[row.id] for row in found.rows)


@settings(max_examples=40)
@given(SEEDS, st.sampled_from(SORTS), st.sampled_from(AMONG))
def test_every_order_has_everybody_once(dice: random.Random, sort: str, among: str) -> None:
    """However it is sorted nobody is lost or doubled, and each filter keeps whom it names."""
    known = fold([*described(), *made_up(dice)])
    asked = Asked(ALL, sort=sort, among=among, followed=frozenset("cdx"), like="a")  # type: ignore[arg-type]  # of their values
    found = listed(known, asked)
    of = {e.id: e.category for e in described() if e.kind == "athlete"}
    kept = {
        r.id
        for r in known.runners()
        if among in ("all", "country", r.sex)  # nobody here has a country
        or (among == "followed" and r.id in "cd")
        or (among == "category" and of.get("a") in (None, of.get(r.id)))
    }
    assert sorted(row.id for row in found.rows) == sorted(kept)
    if sort == "rank" and clock_of(known.field()) == "net":
        times = [row.time_s for row in found.rows if row.time_s is not None]
        assert [row.time_s for row in found.rows][: len(times)] == times
    if sort == "name":
        assert [row.id for row in found.rows] == sorted(kept)


@settings(max_examples=40)
@given(st.integers(0, 30), st.lists(st.integers(-50, 50), max_size=6), st.sampled_from(["kiptum", "hassan", ""]))
def test_the_cursor_is_always_in_view(rows: int, moves: list[int], watched: str) -> None:
    """However far it goes; the rows shown with the pinned ones are as many as fit, and each is shown once."""
    asked = Asked(rows, watched=watched)
    for move in moves:
        found = at_35(Asked(rows, watched=watched, cursor=asked.cursor, index=asked.index, line=asked.line, move=move))
        at = found.cursor - found.offset
        shown = [row.id for row in (found.leader, *found.rows, found.mine) if row is not None]
        assert len(shown) == len(set(shown)) == min(rows, 39)
        assert rows == 0 or 0 <= at < len(found.rows)
        if rows >= PINS_FROM:
            assert "kiptum" in shown and (not watched or watched in shown)
        asked = Asked(rows, cursor=found.rows[at].id if rows else "", index=found.cursor, line=at)


def test_the_cursor_stays_on_its_runner() -> None:
    """Whoever passes meanwhile: the runner under the cursor is the same, in the same line of the screen."""
    told = [race(), *(split("5km", 900.0 + n, f"r{n:02}") for n in range(20))]
    before = listed(fold(told), Asked(8, cursor="r15", line=3))
    after = listed(fold([*told, *(split("5km", 800.0 + n, f"s{n}") for n in range(9))]), Asked(8, cursor="r15", line=3))
    assert before.rows[before.cursor - before.offset].id == after.rows[after.cursor - after.offset].id == "r15"
    assert before.cursor == 15 and after.cursor == 24


def test_a_page_turns_the_table_under_the_cursor() -> None:
    """The cursor keeps its line of the screen, and the rows move by as many as were asked for."""
    told = [race(), *(split("5km", 900.0 + n, f"r{n:02}") for n in range(40))]
    for watched in ("", "r20"):
        before = listed(fold(told), Asked(12, watched=watched, cursor="r09", line=3))
        after = listed(fold(told), Asked(12, watched=watched, cursor="r09", line=3, turn=11))
        assert (before.cursor, after.cursor) == (9, 20)
        assert before.cursor - before.offset == after.cursor - after.offset == 3


def test_at_the_head_the_table_stays_there() -> None:
    """Without a cursor the first row is the first, whoever takes the lead."""
    told = [race(), split("5km", 900.0, "a"), split("5km", 901.0, "b"), split("5km", 899.0, "c")]
    assert [row.id for row in listed(fold(told), Asked(9)).rows] == ["c", "a", "b"]
    assert listed(fold(told), Asked(9)).cursor == 0


def test_who_is_renamed_is_found_by_the_new_name() -> None:
    """What everybody is called is read again when that changes."""
    known, lister = fold([race(), split("5km", 900.0, "a")]), Lister()
    assert lister(FieldNow(known.field()), known.runners(), Asked(9, search="zoe")).count == 0
    known.receive(event(kind="athlete", id="a", name="Zoë Late"))
    assert lister(FieldNow(known.field()), known.runners(), Asked(9, search="zoe")).count == 1


def test_by_projected_finish_the_order_is_virtual() -> None:
    """Who is projected to be faster stands before who was read further on; such a rank says that it is one."""
    told = [
        race(),
        split("5km", 900.0, "a"),
        split("10km", 1850.0, "a"),
        split("5km", 840.0, "b"),
        split("5km", 1000.0, "c"),
    ]
    found = listed(fold(told), Asked(9, sort="projected"), 2400.0)
    rows = {row.id: row for row in found.rows}
    assert found.rows[0].id == "a" and rows["b"].state == "overdue" and rows["b"].projected_s is None
    early = listed(fold([*told[:2], *told[3:]]), Asked(9, sort="projected"), 1200.0)
    assert [(row.id, row.rank, row.virtual) for row in early.rows] == [("b", 1, True), ("a", 2, True), ("c", 3, True)]
    finishes = [row.projected_s or 0.0 for row in early.rows]
    assert finishes == sorted(finishes) and finishes[0] > 3000


def test_nobody_yet() -> None:
    """A race that nobody is known of has no rows."""
    assert listed(fold([race()]), Asked(9)).rows == ()
