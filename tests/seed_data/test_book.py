"""The order book: what is taken, cut, shipped and closed on which day."""

from __future__ import annotations

from datetime import date

import pytest

from factory.catalogue.domain import Station
from factory.kernel.time import DAY, at
from factory.orders.domain import OrderKind
from seed_data.acts import Act, Ended, Laid, Ordered, Promised, Shipped
from seed_data.book import SHORT, SMALLEST, Book, Entry
from seed_data.floor import Floor, sack
from seed_data.orders import FIRMS, SHELL, Fate
from seed_data.people import Part, Person
from seed_data.working_days import is_working_day, working_days
from tests.seed_data.build import COATS, chance, person, route_of_a_coat

ROUTE = route_of_a_coat()
LAST = date(2026, 11, 24)
EVERYWHERE = tuple(station for station in Station if station is not Station.CUT)


def sewers(count: int) -> list[Person]:
    return [person(number=n, pace=80, stations=EVERYWHERE) for n in range(1, count + 1)]


def cutter(*, number: int = 9) -> Person:
    return person(number=number, part=Part.CUTTER, pace=0, stations=())


def book(
    *, orders: int = 2, days: int = 20, people: list[Person] | None = None, seed: int = 1
) -> Book:
    here = [*sewers(4), cutter()] if people is None else people
    calendar = working_days(LAST, days)
    return Book(orders, calendar, (COATS,), {COATS.style: ROUTE}, here, chance(seed))


def day(one: Book, turn: int, floor: Floor | None = None, *, until: str = "23:59") -> list[Act]:
    return list(one.day(turn, floor or Floor(), at(one.days[turn], until)))


def full_floor(*, coats: int = 400) -> Floor:
    floor = Floor()
    item = (COATS.style, "BK", "66")
    floor.put(sack(f"2{n:07d}", n, 99, item, ROUTE, 10) for n in range(coats // 10))
    return floor


def finish(entry: Entry, *, missing: int = 0) -> None:
    """Let everything ordered have come out, but for some coats of one cell."""
    entry.to_cut.clear()
    entry.cut = entry.order.coats
    for colour, sizes in entry.order.cells().items():
        for size, coats in sizes.items():
            entry.ready[colour, size] = coats
    first = next(iter(entry.ready))
    entry.ready[first] -= missing


def of(acts: list[Act], kind: type[Act]) -> list[Act]:
    return [act for act in acts if isinstance(act, kind)]


# Taking


def test_the_first_order_is_a_firms_and_the_second_is_for_the_own_shop() -> None:
    one = book()
    taken = [act.order for act in day(one, 0) if isinstance(act, Ordered)]
    assert [order.kind for order in taken] == [OrderKind.CUSTOMER, OrderKind.STOCK]
    assert [order.firm for order in taken] == [FIRMS[0], None]
    assert one.is_for_shop(1)
    assert not one.is_for_shop(0)


def test_what_is_taken_to_be_sewn_is_confirmed_at_once() -> None:
    one = book()
    assert len(of(day(one, 0), Promised)) == 2
    assert of(day(one, 1), Promised) == []


def test_a_draft_stays_a_draft() -> None:
    one = book(orders=5)
    promised = [act for turn in range(20) for act in of(day(one, turn), Promised)]
    assert [entry.order.fate for entry in one.entries][-1] is Fate.DRAFT
    assert {act.order for act in promised if isinstance(act, Promised)} == {0, 1, 2, 3}


def test_every_order_is_taken_once() -> None:
    one = book(orders=6)
    taken = [act.order for turn in range(20) for act in day(one, turn) if isinstance(act, Ordered)]
    assert [order.place for order in taken] == [0, 1, 2, 3, 4, 5]


def test_a_house_of_more_people_takes_larger_orders() -> None:
    def coats(people: int) -> int:
        one = book(people=[*sewers(people), cutter(number=99)])
        day(one, 0)
        return sum(entry.order.coats for entry in one.entries)

    assert coats(12) > 2 * coats(4) > 0


def test_no_order_is_smaller_than_a_small_one() -> None:
    one = book(orders=2, days=2, people=[person(pace=1, stations=EVERYWHERE)])
    day(one, 0)
    assert all(entry.order.coats >= SMALLEST - 6 for entry in one.entries)


def test_a_full_floor_leaves_less_room_for_a_new_order() -> None:
    def coats(floor: Floor) -> int:
        one = book(orders=1)
        day(one, 0, floor)
        return one.entries[0].order.coats

    assert coats(full_floor(coats=200)) < coats(Floor())


def test_orders_are_due_on_working_days_and_the_last_sewn_one_too_early() -> None:
    one = book(orders=5)
    for turn in range(20):
        day(one, turn)
    for entry in one.entries:
        assert is_working_day(entry.order.due)
    sewn = [entry.order for entry in one.entries if entry.order.fate is Fate.SEWN]
    assert sewn[-1].due == one.days[-3]
    assert all(entry.order.due >= one.days[0] for entry in one.entries)


# Cutting


def test_cloth_is_cut_on_the_first_day_by_a_cutter() -> None:
    one = book()
    cut = [act for act in day(one, 0) if isinstance(act, Laid)]
    assert cut
    assert {act.person.part for act in cut} == {Part.CUTTER}
    assert {act.order for act in cut} == {0}


def test_where_there_is_no_cutter_somebody_else_cuts() -> None:
    one = book(people=sewers(2))
    cut = [act for act in day(one, 0) if isinstance(act, Laid)]
    assert {act.person.number for act in cut} == {1}


def test_nothing_is_cut_while_the_floor_is_full() -> None:
    one = book()
    assert of(day(one, 0, full_floor()), Laid) == []


def test_every_lay_is_cut_once_and_the_next_order_follows() -> None:
    one = book()
    orders = [act.order for turn in range(20) for act in day(one, turn) if isinstance(act, Laid)]
    assert orders == sorted(orders)
    assert set(orders) == {0, 1}
    assert all(entry.to_cut == [] for entry in one.entries)
    assert all(entry.cut >= entry.order.coats for entry in one.entries)


def test_more_than_ordered_is_cut_only_within_the_tolerance() -> None:
    one = book()
    for turn in range(20):
        for act in day(one, turn):
            if isinstance(act, Laid):
                planned = dict(act.lay.plies)
                assert all(0 <= plies - planned[colour] <= 1 for colour, plies in act.plies)


def test_cloth_used_fits_the_coats() -> None:
    one = book()
    for act in day(one, 0):
        if isinstance(act, Laid):
            coats = sum(n for _, n in act.plies) * sum(n for _, n in act.lay.marker)
            assert 0.95 <= coats * SHELL / act.centimetres <= 1.01  # about as the plan foresaw


def test_what_is_only_cut_waits_for_the_end_of_the_season() -> None:
    one = book(orders=5)
    cut: dict[int, set[int]] = {}
    for turn in range(20):
        for act in day(one, turn):
            if isinstance(act, Laid):
                cut.setdefault(act.order, set()).add(turn)
    assert one.entries[2].order.fate is Fate.CUT
    assert cut[2] <= {18, 19}
    assert 3 not in cut  # only confirmed
    assert 4 not in cut  # a draft


def test_on_the_last_day_nothing_is_cut_after_the_season_breaks_off() -> None:
    one = book(orders=5)
    for turn in range(18):
        day(one, turn)
    one.days = (*one.days[:18], one.days[19])  # the day before the last is skipped
    late = [act for act in day(one, 18, until="09:00") if isinstance(act, Laid)]
    assert [act for act in late if act.order == 2] == []


# Finishing


def test_a_finished_order_goes_out_after_two_days_and_is_whole() -> None:
    one = book(orders=7)
    day(one, 0)
    entry = one.entries[0]
    finish(entry)
    assert of(day(one, 3), Shipped) == []
    assert of(day(one, 4), Shipped) == []
    gone = [act for act in day(one, 5) if isinstance(act, Shipped)]
    assert [act.order for act in gone] == [0]
    assert sum(coats for _, _, coats in gone[0].cells) == entry.order.coats
    assert of(day(one, 6), Shipped) == []


def test_a_whole_order_ends_with_its_shipment_and_a_short_one_with_a_reason() -> None:
    for missing in (0, 2):
        one = book(orders=7)
        day(one, 0)
        finish(one.entries[0], missing=missing)
        acts = [act for turn in (3, 4, 5) for act in day(one, turn)]
        reasons = [act.reason for act in acts if isinstance(act, Ended)]
        assert reasons == ([SHORT] if missing else [])
        assert len(of(acts, Shipped)) == 1


def test_season_stock_is_closed_and_not_shipped() -> None:
    one = book(orders=8)
    day(one, 0)
    finish(one.entries[1])
    acts = [act for turn in (3, 4, 5) for act in day(one, turn)]
    assert of(acts, Shipped) == []
    ended = [act for act in acts if isinstance(act, Ended)]
    assert [(act.order, act.reason) for act in ended] == [(1, "")]


def test_one_finished_order_waits_for_its_customer() -> None:
    one = book(orders=6)
    for turn in range(12):
        day(one, turn, full_floor())
    waiting = one.entries[0]
    finish(waiting)
    acts = [act for turn in range(12, 20) for act in day(one, turn, full_floor())]
    assert of(acts, Shipped) == []
    assert waiting.order.due > LAST - DAY


def test_an_order_with_a_bundle_on_the_floor_is_not_finished() -> None:
    one = book(orders=7)
    day(one, 0)
    finish(one.entries[0])
    floor = Floor()
    floor.put([sack("20000015", 0, 0, (COATS.style, "BK", "66"), ROUTE, 10)])
    assert [of(day(one, turn, floor), Shipped) for turn in (3, 4, 5, 6)] == [[]] * 4


def test_finished_coats_are_counted_by_cell() -> None:
    one = book()
    day(one, 0)
    one.finished(0, "BK", "66", 9)
    one.finished(0, "BK", "66", 1)
    one.finished(0, "CA", "55", 10)
    assert one.entries[0].ready == {("BK", "66"): 10, ("CA", "55"): 10}
    assert one.entries[0].finished == 20


@pytest.mark.parametrize("seed", range(5))
def test_the_same_seed_fills_the_same_book(seed: int) -> None:
    def filled() -> list[Act]:
        one = book(orders=5, seed=seed)
        return [act for turn in range(20) for act in of(day(one, turn), Ordered)]

    assert filled() == filled()
