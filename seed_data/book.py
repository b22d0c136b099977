"""The order book of a season: what is taken, cut, shipped and closed on which day.

An order is sized when it is taken: by the work that the house can still do until the end, so that
on the last day some orders are shipped, some finished, and the last ones half way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from factory.catalogue.domain import Station
from factory.kernel.ids import drawn_id
from factory.kernel.time import at
from factory.orders.domain import OVERCUT_PERCENT, OrderKind, with_tolerance
from seed_data.acts import Act, Ended, Laid, Ordered, Promised, Shipped
from seed_data.floor import Floor, Route
from seed_data.orders import (
    FIRMS,
    NOTES,
    SHELL,
    Fate,
    Make,
    PlannedLay,
    PlannedOrder,
    days_taken,
    fates,
    for_shop,
    lays,
    make_of,
)
from seed_data.people import Part, Person
from seed_data.working_days import working_days_later

MINUTES_A_WEEKLY_HOUR = 12
PRESENT_AND_BUSY = 83
"""In the hundred: time that is left after leave, illness, waiting and rejects."""
DAYS_ON_THE_FLOOR = 3
"""So much work lies at the machines before more is cut."""
KNOWN_AFTER = 10
"""Days after which the house knows its own pace."""
CUTS = ("10:20", "13:05", "15:40", "17:10")
CUTS_AHEAD = ("09:40", "11:20", "17:30")
SHORT = "모자란 벌은 손님과 이야기해서 줄임"
SMALLEST = 24


@dataclass(slots=True)
class Entry:
    """An order in the book, and how far it is."""

    order: PlannedOrder
    confirm_on: int
    to_cut: list[PlannedLay]
    cut: int = 0
    ready: dict[tuple[str, str], int] = field(default_factory=dict)
    """Finished coats by colour and size."""
    shipped: dict[tuple[str, str], int] = field(default_factory=dict)
    done_since: int | None = None
    ended: bool = False

    @property
    def finished(self) -> int:
        """Coats that have come out."""
        return sum(self.ready.values())


@dataclass(slots=True)
class Book:
    """The order book."""

    orders: int
    days: tuple[date, ...]
    makes: Sequence[Make]
    routes: Mapping[str, Route]
    people: Sequence[Person]
    chance: Random
    entries: list[Entry] = field(default_factory=list)

    def day(self, turn: int, floor: Floor, until: datetime) -> Iterator[Act]:
        """What happens to orders on a day."""
        yield from self._take(turn, floor)
        for entry in self.entries:
            if entry.confirm_on == turn and entry.order.fate is not Fate.DRAFT:
                yield Promised(at=at(self.days[turn], "09:55"), order=entry.order.place)
        yield from self._cut(turn, floor, until)
        for entry in self.entries:
            yield from self._finish(turn, entry, floor)

    def is_for_shop(self, place: int) -> bool:
        """Whether an order's coats are season stock."""
        return self.entries[place].order.firm is None

    def finished(self, place: int, colour: str, size: str, coats: int) -> None:
        """Coats of an order came to the rail."""
        ready = self.entries[place].ready
        ready[colour, size] = ready.get((colour, size), 0) + coats

    # Taking

    def _take(self, turn: int, floor: Floor) -> Iterator[Act]:
        taken = days_taken(self.orders, len(self.days))
        while len(self.entries) < self.orders and taken[len(self.entries)] <= turn:
            order = self._planned(turn, len(self.entries), floor)
            later = 0 if order.fate in {Fate.SEWN, Fate.CUT} else 1
            confirm_on = min(turn + later, len(self.days) - 1)
            self.entries.append(Entry(order, confirm_on, list(order.lays)))
            moment = at(self.days[turn], "09:10") + timedelta(minutes=7 * len(self.entries) % 40)
            yield Ordered(at=moment, order=order)

    def _planned(self, turn: int, place: int, floor: Floor) -> PlannedOrder:
        fate, make = fates(self.orders)[place], make_of(place, self.makes)
        shop = for_shop(place) and fate is Fate.SEWN
        coats = self._coats(turn, place, floor, make)
        return PlannedOrder(
            place=place,
            kind=OrderKind.STOCK if shop else OrderKind.CUSTOMER,
            firm=None if shop else FIRMS[place % len(FIRMS)],
            make=make,
            lays=lays(make, coats, self.chance),
            due=self._due(turn, place, coats, floor),
            fate=fate,
            note=self.chance.choice(NOTES),
        )

    def _coats(self, turn: int, place: int, floor: Floor, make: Make) -> int:
        """This order's share of the work that can still be done."""
        ends = fates(self.orders)
        if ends[place] is not Fate.SEWN:
            return self.chance.randrange(60, 150)
        last = len(self.days) - 1
        minutes = sum(self._minutes(day) for day in range(max(1, turn), last))
        over = self._minutes(last) * min(6, 2 + len(self.days) // 15)
        room = (minutes + over) * self._pace(turn, floor) // 100 - self._backlog(floor)
        left = [place, *(n for n in range(place + 1, self.orders) if ends[n] is Fate.SEWN)]
        share = room * _weight(place) // sum(_weight(n) for n in left)
        spread = self.chance.randrange(75, 126) if len(left) > 1 else 100
        return max(SMALLEST, share * spread // (self._sam(make) or 1))

    def _minutes(self, turn: int) -> int:
        """Standard minutes that are worked on a day."""
        here = (person for person in self.people if person.is_here(turn))
        paced = sum(one.pace * one.weekly_hours * MINUTES_A_WEEKLY_HOUR for one in here)
        return paced * PRESENT_AND_BUSY // 10_000

    def _pace(self, turn: int, floor: Floor) -> int:
        """In the hundred: what was worked so far of what was to be expected."""
        if turn < KNOWN_AFTER:
            return 100
        taken = sum(
            (entry.cut + sum(lay.coats for lay in entry.to_cut)) * self._sam(entry.order.make)
            for entry in self.entries
            if entry.order.fate is Fate.SEWN
        )
        done = taken // 100 - self._backlog(floor)
        return done * 100 // sum(self._minutes(day) for day in range(1, turn))

    def _backlog(self, floor: Floor) -> int:
        """Standard minutes of what was taken and is not done."""
        uncut = (
            lay.coats * self._sam(entry.order.make)
            for entry in self.entries
            if entry.order.fate is Fate.SEWN
            for lay in entry.to_cut
        )
        return floor.minutes + sum(uncut) // 100

    def _sam(self, make: Make) -> int:
        """Hundredths of a minute that a coat needs after the cutting table."""
        route = self.routes[make.style]
        return sum(m for step, m in route.sam.items() if route.station[step] is not Station.CUT)

    def _due(self, turn: int, place: int, coats: int, floor: Floor) -> date:
        """When it will be ready, and some days; the last one at the machines comes too late."""
        sewn = fates(self.orders).count(Fate.SEWN)
        if place + 1 == sewn:
            return self.days[max(turn, len(self.days) - 3)]
        if place == self._waiting():
            return working_days_later(self.days[-1], 2 + self.chance.randrange(3))
        work = self._backlog(floor) + coats * self._sam(self.makes[0]) // 100
        later = work // max(1, self._minutes(turn)) + 6 + self.chance.randrange(5)
        return working_days_later(self.days[turn], later)

    # Cutting

    def _cut(self, turn: int, floor: Floor, until: datetime) -> Iterator[Act]:
        """As much as the machines have room for; near the end what is not sewn any more."""
        work, enough = floor.minutes, DAYS_ON_THE_FLOOR * self._minutes(turn)
        for wall in CUTS:
            entry = self._next_to_cut(turn, Fate.SEWN)
            if work < enough and entry is not None:
                act = self._laid(turn, entry, wall)
                work += act.lay.coats * self._sam(entry.order.make) // 100
                yield act
        for wall in CUTS_AHEAD if turn >= len(self.days) - 2 else ():
            entry = self._next_to_cut(turn, Fate.CUT)
            if entry is not None and at(self.days[turn], wall) <= until:
                yield self._laid(turn, entry, wall)

    def _next_to_cut(self, turn: int, fate: Fate) -> Entry | None:
        """The oldest confirmed order of that fate with lays left."""
        waiting = (one for one in self.entries if one.to_cut and one.confirm_on <= turn)
        return next((one for one in waiting if one.order.fate is fate), None)

    def _laid(self, turn: int, entry: Entry, wall: str) -> Laid:
        lay = entry.to_cut.pop(0)
        plies = tuple((colour, self._plies(entry, lay, colour, n)) for colour, n in lay.plies)
        coats = sum(n for _, n in plies) * sum(n for _, n in lay.marker)
        entry.cut += coats
        return Laid(
            at=at(self.days[turn], wall) + timedelta(seconds=self.chance.randrange(900)),
            order=entry.order.place,
            lay=lay,
            plies=plies,
            centimetres=coats * self.chance.randrange(SHELL - 2, SHELL + 10),
            person=self._cutter(turn),
        )

    def _cutter(self, turn: int) -> Person:
        here = [person for person in self.people if person.is_here(turn)]
        return self.chance.choice([p for p in here if p.part is Part.CUTTER] or here[:1])

    def _plies(self, entry: Entry, lay: PlannedLay, colour: str, plies: int) -> int:
        """One ply more in a colour's last lay, where the order's tolerance has room for it."""
        ordered = entry.order.cells()[colour]
        same = (other for other in entry.to_cut if other.marker == lay.marker)
        rest = any(colour in dict(other.plies) for other in same)
        room = all(_tolerance(ordered[size]) >= garments for size, garments in lay.marker)
        return plies + (room and not rest)

    # Finishing

    def _finish(self, turn: int, entry: Entry, floor: Floor) -> Iterator[Act]:
        order = entry.order
        if order.fate is not Fate.SEWN or entry.to_cut or entry.ended or not entry.cut:
            return
        if not entry.ready or any(one.order == order.place for one in floor.sacks.values()):
            entry.done_since = None
            return
        entry.done_since = turn if entry.done_since is None else entry.done_since
        if turn - entry.done_since >= self._days_on_the_rail(entry):
            entry.ended = True
            yield from self._ended(turn, entry)

    def _days_on_the_rail(self, entry: Entry) -> int:
        """A customer fetches what is ready after two days, but one of them after the season."""
        return len(self.days) if entry.order.place == self._waiting() else 2

    def _waiting(self) -> int:
        """Whose order is finished and not fetched yet: the last but two, or the first of two."""
        place = max(0, fates(self.orders).count(Fate.SEWN) - 3)
        return place + for_shop(place)

    def _ended(self, turn: int, entry: Entry) -> Iterator[Act]:
        moment = at(self.days[turn], "14:50") + timedelta(minutes=entry.order.place)
        wanted = {
            (colour, size): n
            for colour, sizes in entry.order.cells().items()
            for size, n in sizes.items()
        }
        if entry.order.firm is not None:
            going = {key: min(n, entry.ready.get(key, 0)) for key, n in wanted.items()}
            cells = tuple((colour, size, n) for (colour, size), n in going.items() if n)
            place = entry.order.place
            yield Shipped(at=moment, id=drawn_id(self.chance), order=place, cells=cells)
            if sum(going.values()) == sum(wanted.values()):
                return
        whole = all(entry.ready.get(key, 0) >= n for key, n in wanted.items())
        reason = "" if whole else SHORT
        yield Ended(at=moment + timedelta(minutes=20), order=entry.order.place, reason=reason)


def _tolerance(coats: int) -> int:
    """Coats that may be cut beyond those ordered."""
    return with_tolerance(coats, OVERCUT_PERCENT) - coats


def _weight(place: int) -> int:
    """How large an order is among the others; season stock is made in small runs."""
    return 2 if for_shop(place) else (4, 5, 4, 3)[place % 4]
