"""A whole season in memory: believable from the first hire to the half-done last day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import pytest

from factory.kernel.time import at, day_of, in_order
from factory.production.domain.outcomes import Outcome
from factory.till.domain.ticket import TicketState
from factory.timeclock.domain import PunchKind
from seed_data.acts import (
    Act,
    Bought,
    Ended,
    Entered,
    FittingHeld,
    Found,
    Hired,
    Laid,
    Left,
    Missing,
    Ordered,
    PickedUp,
    Promised,
    Punched,
    Scanned,
    Settled,
    Shipped,
    TicketMoved,
    TicketTaken,
    TillCounted,
    TillOpened,
    Undone,
)
from seed_data.book import Entry
from seed_data.orders import Fate
from tests.seed_data.build import Told, house, told

SIZES = [(6, 8, 2), (25, 60, 12), (12, 20, 5), (1, 3, 1), (2, 1, 3)]


@lru_cache
def season(workers: int, days: int, orders: int, seed: int = 1) -> Told:
    return told(seed=seed, at=house(workers=workers, days=days, orders=orders))


def whole() -> Told:
    """The season that `make run` shows."""
    return season(25, 60, 12)


def entry(found: Told, fate: Fate) -> Entry:
    return next(one for one in found.season.book.entries if one.order.fate is fate)


@pytest.mark.parametrize("size", SIZES)
def test_everything_lies_on_its_own_day_in_order(size: tuple[int, int, int]) -> None:
    found = season(*size)
    here = found.season.house
    assert len(found.acts) == len(here.days)
    for day, acts in zip(here.days, found.acts, strict=True):
        assert in_order(act.at for act in acts)
        assert {day_of(act.at) for act in acts} <= {day}
    assert found.acts[-1][-1].at <= here.until == at(date(2026, 11, 24), "13:40")


@pytest.mark.parametrize("size", SIZES)
def test_no_more_coats_come_out_than_were_cut(size: tuple[int, int, int]) -> None:
    found = season(*size)
    for one in found.season.book.entries:
        assert one.finished <= one.cut
        assert sum(one.shipped.values()) <= one.finished


@pytest.mark.parametrize("size", SIZES)
def test_no_event_has_the_id_of_another(size: tuple[int, int, int]) -> None:
    found = season(*size)
    made = [act for day in found.acts for act in day if not isinstance(act, Undone)]
    ids = [act.id for act in made if hasattr(act, "id")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("size", SIZES)
def test_every_till_day_is_closed_but_the_last(size: tuple[int, int, int]) -> None:
    found = season(*size)
    assert len(found.of(TillOpened)) == size[1]
    assert len(found.of(TillCounted)) == size[1] - 1
    assert [act for act in found.acts[-1] if isinstance(act, TillCounted)] == []


def test_the_same_seed_tells_the_same_and_another_seed_something_else() -> None:
    first, again = (told(seed=3).acts for _ in range(2))
    assert first == again
    assert told(seed=4).acts != first


def test_everybody_is_hired_before_she_comes_and_gone_after_she_left() -> None:
    found = whole()
    hired = {act.person.number: act.at for act in found.of(Hired)}
    left = {act.person.number: act.at for act in found.of(Left)}
    assert len(hired) == 25
    assert list(left) == [7]
    for act in found.of(Punched):
        assert hired[act.person.number] < act.at
        assert act.at < left.get(act.person.number, act.at + timedelta(1))


def test_a_forgotten_going_home_is_entered_the_next_morning_but_for_the_last_one() -> None:
    found = whole()
    days = found.season.house.days
    forgotten = [
        (turn, number)
        for turn, acts in enumerate(found.acts[:-1])
        for number in {act.person.number for act in acts if isinstance(act, Punched)}
        if not any(
            isinstance(act, Punched) and act.person.number == number and act.kind is PunchKind.OUT
            for act in acts
        )
    ]
    entered = {(days.index(day_of(act.moment)), act.person.number) for act in found.of(Entered)}
    assert entered
    assert {one for one in forgotten if one[0] < len(days) - 2} == entered
    assert [turn for turn, _ in forgotten if turn == len(days) - 2]


def test_orders_end_where_they_are_meant_to() -> None:
    found = whole()
    last = found.season.house.days[-1]
    assert len([act for act in found.of(Ordered) if act.order.firm or act.order.lays[1:]]) == 12
    assert len([act for act in found.of(Promised) if act.order < 12]) == 11
    cut = entry(found, Fate.CUT)
    assert cut.cut > 0
    assert cut.finished == 0
    for fate in (Fate.CONFIRMED, Fate.DRAFT):
        assert entry(found, fate).cut == 0
    sewn = [one for one in found.season.book.entries if one.order.fate is Fate.SEWN]
    assert sum(one.ended for one in sewn) >= 5
    assert [one for one in sewn if one.done_since is not None and not one.ended]
    assert sewn[-1].cut > 0
    assert sewn[-1].finished < sewn[-1].order.coats * 9 // 10
    assert sewn[-1].order.due < last  # one comes too late


def test_customers_get_what_was_finished_and_the_shop_keeps_its_own() -> None:
    found = whole()
    entries = found.season.book.entries
    shipped = {act.order: sum(n for _, _, n in act.cells) for act in found.of(Shipped)}
    assert len(shipped) >= 4
    for place, coats in shipped.items():
        assert entries[place].order.firm is not None
        assert entries[place].order.coats * 95 // 100 <= coats <= entries[place].order.coats
    closed = {act.order: act.reason for act in found.of(Ended)}
    for place, reason in closed.items():
        short = entries[place].finished < entries[place].order.coats
        assert bool(reason) or not short


def test_cloth_is_cut_before_it_is_sewn_and_never_twice() -> None:
    found = whole()
    cut = {act.order: act.at for act in reversed(found.of(Laid))}
    order = {code: int(bundle.order) for code, bundle in found.bundles.items()}
    for act in found.of(Scanned):
        assert cut[order[act.bundle]] < act.at
    for place in cut:
        lays = [act.lay for act in found.of(Laid) if act.order == place]
        assert len(lays) <= len(found.season.order(place).lays)


def test_a_little_more_is_cut_where_the_order_allows_it() -> None:
    found = whole()
    more = 0
    for one in found.season.book.entries:
        assert one.cut <= one.order.coats * 108 // 100
        more += one.cut > one.order.coats
    assert more > 0


def test_the_house_works_at_a_believable_pace() -> None:
    found = whole()
    sam = found.season.house.routes["W-2601"].sam
    earned = sum(act.good * sam[act.operation] for act in found.of(Scanned)) // 100
    minutes = _minutes_at_work(found)
    assert 50 <= earned * 100 // minutes <= 78
    last = [act for act in found.acts[-1] if isinstance(act, Scanned)]
    assert len(last) > 50


def _minutes_at_work(found: Told) -> int:
    sewing = {p.number for p in found.season.people if p.makes_coats}
    total = 0
    for acts in found.acts:
        since: dict[int, Act] = {}
        for act in acts:
            if isinstance(act, Punched) and act.person.number in sewing:
                if act.kind in {PunchKind.OUT, PunchKind.BREAK_START}:
                    total += int((act.at - since[act.person.number].at).total_seconds()) // 60
                since[act.person.number] = act
    return total


def test_a_few_pieces_are_not_good_and_most_of_them_are_repaired() -> None:
    found = whole()
    settled = [act.outcome for act in found.of(Settled)]
    coats = sum(one.cut for one in found.season.book.entries)
    assert coats * 4 // 100 < len(settled) < coats * 20 // 100
    assert settled.count(Outcome.REPAIRED) > len(settled) * 7 // 10
    assert settled.count(Outcome.SECOND) > 3
    assert settled.count(Outcome.SCRAPPED) > 3
    assert len(found.of(Missing)) >= len(found.of(Found)) > 0


def test_the_shop_sells_on_most_days_once_coats_hang_there() -> None:
    found = whole()
    days = [acts for acts in found.acts if any(isinstance(act, Bought) for act in acts)]
    assert len(days) > 40
    assert all(coats >= 0 for coats in found.season.shop.rail.values())


def test_at_half_the_last_day_one_is_on_her_break_and_one_is_missing() -> None:
    found = whole()
    day = len(found.season.house.days) - 1
    last = {act.person.number: act.kind for act in found.acts[-1] if isinstance(act, Punched)}
    assert list(last.values()).count(PunchKind.BREAK_START) == 1
    here = [one for one in found.season.people if one.is_here(day)]
    assert len(here) - 4 <= len(last) < len(here)


@pytest.mark.parametrize("seed", [1, 2])
def test_one_coat_made_to_order_is_fetched_one_ready_and_one_at_the_machines(seed: int) -> None:
    found = season(25, 60, 12, seed)
    until, taken = found.season.house.until, found.of(TicketTaken)
    first, second, third = (act for act in taken if act.order is not None)
    moved = {(act.ticket, act.to): act.at for act in found.of(TicketMoved)}
    fetched = {act.ticket: act.at for act in found.of(PickedUp)}
    tried = {act.ticket: act.at for act in found.of(FittingHeld)}
    for one in (first, second):
        ready = moved[one.ticket, TicketState.READY]
        assert one.at < moved[one.ticket, TicketState.AT_WORK] < tried[one.ticket] < ready
        assert day_of(ready) <= one.promised
    assert moved[first.ticket, TicketState.READY] < fetched[first.ticket]
    assert second.ticket not in fetched
    assert (third.ticket, TicketState.AT_WORK) in moved
    assert (third.ticket, TicketState.READY) not in moved
    assert third.fitting is not None
    assert third.fitting > until
    assert day_of(until) < third.promised <= day_of(until) + timedelta(10)
    sewn = [act for act in found.acts[-1] if isinstance(act, Scanned) and is_made(found, act)]
    assert 0 < len(sewn) < 40


def is_made(found: Told, act: Scanned) -> bool:
    return found.bundles[act.bundle].order == "1002"


def test_coats_are_altered_and_a_short_season_has_none_of_it() -> None:
    found = whole()
    altered = [act.ticket for act in found.of(TicketTaken) if act.order is None]
    assert len(altered) == 3
    assert len([act for act in found.of(PickedUp) if act.ticket in altered]) == 1
    assert season(6, 8, 2).of(TicketTaken) == []
