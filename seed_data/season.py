"""A whole season of an invented house, told day by day; all chance comes from one generator.

`Season` decides what happens from what has happened so far; `seed_data.entering` tells the
services, and what they answer (bundles that were cut) comes back through `heard`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from factory.catalogue.domain import Grade
from factory.kernel.ids import drawn_id
from factory.kernel.time import at, day_of
from factory.production.domain.bundles import Bundle
from factory.production.domain.outcomes import Outcome
from seed_data import away
from seed_data.acts import Act, DayClosed, Entered, Hired, Left, Punched, Scanned, Settled
from seed_data.attendance import Attendance, attendance, forgetful, half_day, leaves
from seed_data.book import Book
from seed_data.floor import Floor, Route, Sack, rank, sack
from seed_data.made import Made
from seed_data.orders import Fate, Make, PlannedOrder
from seed_data.people import Person, crew
from seed_data.sewing import Sewing
from seed_data.shop import Shop
from seed_data.wages import wages

RUSH_FROM = 60
"""In the hundred of the season; from then on evenings are long."""
Coat = tuple[str, str, str, Grade]
"""Style, colour, size and grade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What a season begins with: days, styles, ways of work, coats by code, prices."""

    workers: int
    orders: int
    days: tuple[date, ...]
    until: datetime
    """The moment at which the last day breaks off."""
    makes: tuple[Make, ...]
    routes: Mapping[str, Route]
    """By style."""
    codes: Mapping[Coat, str]
    prices: Mapping[str, int]
    """Won by code."""
    rail: Mapping[str, int] = field(default_factory=dict)
    """Coats that hang in the shop from the start, by code."""


@dataclass(slots=True)
class Season:
    """The season so far."""

    house: House
    chance: Random
    people: tuple[Person, ...] = field(init=False)
    book: Book = field(init=False)
    sewing: Sewing = field(init=False)
    shop: Shop = field(init=False)
    made: Made = field(init=False)
    _leave: Mapping[int, frozenset[int]] = field(init=False)
    _ill: list[Person] = field(init=False, default_factory=list)
    _forgotten: list[Attendance] = field(init=False, default_factory=list)
    _fresh: list[Sack] = field(init=False, default_factory=list)
    _sacks: dict[str, Sack] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        house = self.house
        self.people = crew(house.workers, len(house.days), self.chance)
        self._leave = leaves(self.people, len(house.days), self.chance)
        self.sewing = Sewing(Floor(), self.chance)
        self.shop = Shop(house.prices, self.chance, dict(house.rail))
        self.made = Made(house.days, house.makes, self.people)
        self.book = Book(
            house.orders, house.days, house.makes, house.routes, self.people, self.chance
        )

    def day(self, turn: int) -> list[Act]:
        """Everything that happens on a day of the season, in order."""
        self.sewing.floor.put(self._fresh)
        self._fresh.clear()
        day, last = self.house.days[turn], turn == len(self.house.days) - 1
        until = self.house.until if last else at(day, "23:59")
        present = self._present(turn, until if last else None)
        acts = [*self._staff(turn), *self._punches(day, present), *self._away(turn, last=last)]
        if turn:
            acts.append(DayClosed(at=at(day, "09:50"), day=self.house.days[turn - 1]))
        acts += wages(self.people, self.house.days, turn)
        acts += self.book.day(turn, self.sewing.floor, until)
        acts += self.made.day(turn)
        acts += self.sewing.day(present, whole=not last)
        acts += self.shop.day(day, until, busy=self._busy(turn))
        acts = sorted((act for act in acts if act.at <= until), key=lambda act: act.at)
        for act in acts:
            self._note(act)
        return acts

    def heard(self, order: int, bundles: Sequence[Bundle]) -> None:
        """Bundles were cut; if they are to be sewn, they are at the machines from tomorrow on."""
        for each in bundles:
            item, route = (each.style, each.colour, each.size), self.house.routes[each.style]
            made = self.made.has(order)
            turn = rank(len(self._sacks), made=made)
            one = sack(each.code, turn, order, item, route, each.quantity)
            one.made = made
            self._sacks[each.code] = one
            if self.order(order).fate is Fate.SEWN:
                self._fresh.append(one)

    def order(self, place: int) -> PlannedOrder:
        """An order by its turn, of the book or of one person."""
        return self.made.orders.get(place) or self.book.entries[place].order

    def _busy(self, turn: int) -> int:
        return 60 + 80 * turn // len(self.house.days)

    # People

    def _present(self, turn: int, until: datetime | None) -> Sequence[Attendance]:
        day = self.house.days[turn]
        rush = turn * 100 >= RUSH_FROM * len(self.house.days)
        expected = [
            person
            for person in self.people
            if person.is_here(turn) and turn not in self._leave[person.number]
        ]
        came = [(one, attendance(one, day, self.chance, rush=rush)) for one in expected]
        self._ill = [person for person, one in came if one is None]
        found = [one for _, one in came if one is not None]
        if until is not None:
            return half_day(found, until)
        if turn == len(self.house.days) - 2 and len(found) > 1:
            found[-1] = forgetful(found[-1])
        return found

    def _away(self, turn: int, *, last: bool) -> Iterator[Act]:
        """Who asks for leave, what is answered, and who is ill."""
        yield from away.asked(self.people, self._leave, self.house.days, turn)
        yield from away.ill(self._ill, self.house.days[turn])
        if last:
            yield from away.waiting(self.people, self.house.days[turn], turn)

    def _staff(self, turn: int) -> Iterator[Act]:
        day = self.house.days[turn]
        for person in self.people:
            if person.first_day == turn:
                moment = at(day, "08:05") + timedelta(seconds=37 * person.number)
                yield Hired(at=moment, person=person, day=day)
            if person.last_day == turn:
                yield Left(at=at(day, "20:30"), person=person, day=day)

    def _punches(self, day: date, present: Sequence[Attendance]) -> Iterator[Act]:
        """Everybody's punches; what was forgotten is entered on the next morning.

        What was forgotten the day before the last stays open: somebody has to settle something.
        """
        if day != self.house.days[-1]:
            for turn, one in enumerate(self._forgotten):
                moment = at(day, "09:20") + timedelta(minutes=turn)
                if one.forgotten is not None:
                    yield Entered(at=moment, person=one.person, moment=one.forgotten)
        self._forgotten = [one for one in present if one.forgotten is not None]
        for one in present:
            for kind, moment in one.punches:
                yield Punched(at=moment, person=one.person, kind=kind, id=drawn_id(self.chance))

    # What is on the rail

    def _note(self, act: Act) -> None:
        match act:
            case Scanned() if act.operation == self._sacks[act.bundle].route.way.last:
                self._finished(self._sacks[act.bundle], act.good, day_of(act.at))
            case Settled(outcome=Outcome.REPAIRED) if self._is_last(act):
                self._finished(self._sacks[act.bundle], 1, day_of(act.at))
            case Settled(outcome=Outcome.SECOND):
                style, colour, size = self._sacks[act.bundle].item
                self.shop.hang(self.house.codes[style, colour, size, Grade.SECOND], 1)
            case _:
                pass

    def _is_last(self, act: Settled) -> bool:
        return act.operation == self._sacks[act.bundle].route.way.last

    def _finished(self, one: Sack, coats: int, day: date) -> None:
        style, colour, size = one.item
        if one.made:
            self.made.finished(one.order, day)
            return
        self.book.finished(one.order, colour, size, coats)
        if self.book.is_for_shop(one.order):
            self.shop.hang(self.house.codes[style, colour, size, Grade.FIRST], coats)
