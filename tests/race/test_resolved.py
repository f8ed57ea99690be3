"""The laws of times that are resolved with arrays."""

from __future__ import annotations

from tests.race.made import at, event, fold, race, split, void
from tracker.race.field import Field
from tracker.race.ranks import NO_TIME
from tracker.race.won import GUN, NET


def there(field: Field, mat: str, clock: int) -> list[int | None]:
    """Everybody's milliseconds at a mat, by id."""
    n = [mat.id for mat in field.mats].index(mat)
    times = [int(field.time[clock, field.roster.row[id], n]) for id in sorted(field.roster.ids)]
    return [None if time == NO_TIME else time for time in times]


def test_a_time_on_one_clock_is_one_on_both_once_the_own_start_is_known() -> None:
    """By the read at the start, by mats on both clocks, or by the wave; else the other clock has none."""
    told = [event(kind="athlete", id="d", wave="w"), event(kind="start", scope="wave", id="w", at=at(60))]
    both = [split("5km", 910, "b"), split("5km", 900, "b", clock="net")]
    net = [split("10km", 1800, id, clock="net") for id in "abcd"]
    field = fold(race(), told, split(0.0, 5.0, "a"), both, net).field()
    assert there(field, "10km", NET) == [1_800_000] * 4
    assert there(field, "10km", GUN) == [1_805_000, 1_810_000, None, 1_860_000]
    assert field.net.all()


def test_the_own_clock_is_the_one_with_more_reads() -> None:
    """Who was read as often on both has the gun's; a time before the own start is none."""
    field = fold(
        race(), split(0.0, 5.0), split("5km", 900), split("10km", 1800, clock="net"), split("15km", 3, "b"), split(0.0, 9.0, "b")
    ).field()  # fmt: skip
    assert field.net.tolist() == [False, False]
    assert there(field, "5km", NET) == [895_000, None] and there(field, "10km", GUN) == [1_805_000, None]


def test_places_are_held_once_the_provider_gives_one() -> None:
    """Until then nobody has one; what was given stays with who it was given to, whoever comes to be known after."""
    told = fold(race(), (split("5km", 900 + n, f"a{n}") for n in range(5)))
    assert not told.field().place.any() and told.field().place.shape == told.field().time.shape
    told.receive(split("5km", 890, "b", place=7))
    field = told.field()
    assert field.place[GUN, field.roster.row["b"], 0] == 7 and field.place.sum() == 7
    for n in range(50):
        told.receive(split("10km", 1900 + n, f"c{n}", place=n + 1 if n == 40 else None))
    told.receive(void("5km", "a1"))
    field = told.field()
    assert field.place[GUN, field.roster.row["b"], 0] == 7 and field.place[GUN, field.roster.row["c40"], 1] == 41
    assert field.place.sum() == 48
    told.receive(void("5km", "b"))
    assert told.field().place.sum() == 41


def test_what_is_only_estimated_is_hollow_whichever_clock_it_was_read_on() -> None:
    """The read on the own clock says so, the other's where there is none."""
    told = [
        split("5km", 900, "a", quality="estimated"),
        *(split("5km", 900, "b", clock=clock, quality=q) for clock, q in (("gun", None), ("net", "estimated"))),
        *(split(mat, n * 900, "c", clock="net") for n, mat in ((1, "5km"), (2, "10km"))),
        split("15km", 2700, "c", quality="estimated"),
    ]
    field = fold(race(), told).field()
    row = field.roster.row
    assert [field.hollow[row[id], 0] for id in "abc"] == [True, False, False] and not field.hollow[row["c"], 2]
    field = fold(race(), told, split(0.0, 0.0, "c")).field()
    assert field.hollow[field.roster.row["c"], 2]


def test_who_cannot_have_been_so_fast_goes_by_the_sheet() -> None:
    """By the limits of their division: what a runner cannot, a wheelchair can; two mats at one place only in order."""
    people = [event(kind="athlete", id=id, division=division) for id, division in (("a", "run"), ("b", "wheelchair"))]
    told = fold(race(), people, (split(mat, t, id) for id in "ab" for mat, t in (("5km", 500), ("10km", 1000))))
    field = told.field()
    assert field.whole[[field.roster.row[id] for id in "ab"]].tolist() == [False, True]
    assert there(field, "5km", GUN)[1] == 500_000
    marks = {m.checkpoint.id for m in told.sheet("a").marks if m.rejected is None}
    assert [there(field, mat, GUN)[0] is not None for mat in ("5km", "10km")] == [m in marks for m in ("5km", "10km")]


def test_a_time_may_be_as_long_as_may_be_told() -> None:
    """A hundred days and more stand beside short ones, on both clocks, whatever was held before and comes after."""
    told = fold(race(), split("5km", 900, "a"), split(0.0, 5.0, "b"), split("5km", 2_147_483.647, "b"))
    assert there(told.field(), "5km", GUN) == [900_000, 2_147_483_647]
    told.receive(split("10km", 10_000_000, "b"))
    assert there(told.field(), "10km", GUN) == [None, 10_000_000_000]
    assert there(told.field(), "10km", NET) == [None, 9_999_995_000] and there(told.field(), "5km", GUN)[0] == 900_000
    for e in (*(split("5km", 950 + n, f"c{n}") for n in range(9)), split("10km", 9_999_999, "c1"), void("5km", "c1")):
        told.receive(e)
    assert there(told.field(), "10km", GUN)[:4] == [None, 10_000_000_000, None, 9_999_999_000]
    assert told.field().table("10km", "gun").time.tolist() == [9_999_999_000, 10_000_000_000]


def test_who_is_known_late_has_no_time_at_first() -> None:
    """There is room for more than there are; nobody in there has a time."""
    told = fold(race(), (split("5km", 900 + n, f"a{n}") for n in range(4)))
    told.field()
    told.receive(event(kind="athlete", id="b"))
    assert (told.field().time[:, :, 1:] == NO_TIME).all() and there(told.field(), "5km", GUN)[-1] is None
