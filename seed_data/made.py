"""What single customers bring to the shop: coats made to order for them, and coats to alter.

Their chances stand in no dice: what becomes of them follows from the season's days, so that all
else of a season stays as chance has it. A coat for one person goes first at every station.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from factory.kernel.ids import drawn_id
from factory.kernel.money import Money
from factory.kernel.time import at
from factory.orders.domain import OrderKind
from factory.till.domain.sale import TenderKind
from factory.till.domain.ticket import Task, TicketState
from seed_data.acts import (
    Act,
    FittingHeld,
    Laid,
    Ordered,
    PickedUp,
    Promised,
    TicketMoved,
    TicketTaken,
)
from seed_data.orders import SHELL, Fate, Make, PlannedLay, PlannedOrder
from seed_data.people import Part, Person
from seed_data.working_days import working_days_later

LONG_ENOUGH = 40
"""Days that a season has to have for customers to come with such wishes."""
FIRST_PLACE = 1_000
"""Places of these orders, beyond those of the order book."""
CUT_AFTER, TRIED_AFTER, FETCHED_AFTER = 2, 3, 2
MEASURED = (
    (1_620, 920, 760, 980, 390, 580, 400, 1_020),
    (1_555, 1_010, 880, 1_045, 400, 560, 385, 980),
    (1_680, 865, 700, 930, 385, 605, 410, 1_080),
)
"""Millimetres in the order of the tape."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A coat that somebody wants made: how many days before the end, and how it is paid."""

    days_before: int
    colour: int
    size: int
    paid: TenderKind
    fetched: bool


COATS = (
    Wish(30, 0, 2, TenderKind.TRANSFER, fetched=True),
    Wish(17, 1, 3, TenderKind.TRANSFER, fetched=False),
    Wish(3, 0, 1, TenderKind.CARD, fetched=False),
)
"""One is picked up, one is ready, one is at the machines when the season breaks off."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """A coat that is altered: days before the end when it comes, is ready, and is fetched."""

    coat: str
    tasks: tuple[Task, ...]
    comes: int
    ready: int | None
    fetched: int | None
    rush: bool = False


ALTERATIONS = (
    Alteration("여성 울 코트 검정 66", (Task("소매 줄이기", "-2.0 cm", Money(15_000)),), 9, 7, 6),
    Alteration("남색 모직 코트", (Task("안감 갈기", "", Money(60_000)),), 5, 1, None),
    Alteration(
        "카멜 하프 코트 77",
        (Task("밑단 줄이기", "-3.5 cm", Money(20_000)), Task("단추 달기", "2개", Money(3_000))),
        1,
        None,
        None,
        rush=True,
    ),
)


@dataclass(slots=True)
class Made:
    """The wishes of single customers through a season."""

    days: tuple[date, ...]
    makes: Sequence[Make]
    people: Sequence[Person]
    orders: dict[int, PlannedOrder] = field(default_factory=dict)
    ready: dict[int, int] = field(default_factory=dict)
    """On which day of the season each coat hung on the rail, by the order's place."""
    ids: Random = field(init=False)

    def __post_init__(self) -> None:
        self.ids = Random(f"made {self.days[0]}")  # noqa: S311 - invented data

    def has(self, place: int) -> bool:
        """Whether an order is one of these."""
        return place in self.orders

    def finished(self, place: int, day: date) -> None:
        """The coat of an order came to the rail."""
        self.ready[place] = self.days.index(day)

    def day(self, turn: int) -> Iterator[Act]:
        """What happens to them on a day."""
        if len(self.days) < LONG_ENOUGH:
            return
        for number, wish in enumerate(COATS):
            yield from self._coat(turn, FIRST_PLACE + number, wish)
        for number, one in enumerate(ALTERATIONS):
            yield from self._altered(turn, number, one)

    # A coat for one person

    def _coat(self, turn: int, place: int, wish: Wish) -> Iterator[Act]:
        taken = len(self.days) - 1 - wish.days_before
        if turn == taken:
            yield from self._ordered(turn, place, wish)
        if turn == taken + CUT_AFTER:
            yield self._laid(turn, self.orders[place])
            yield self._moved(turn, "11:40", place, TicketState.AT_WORK)
        if turn == taken + TRIED_AFTER:
            yield FittingHeld(at=self._at(turn, "16:10", place), ticket=place)
        since = self.ready.get(place)
        if since is not None and turn == since + 1:
            yield self._moved(turn, "10:05", place, TicketState.READY)
        if since is not None and wish.fetched and turn == since + 1 + FETCHED_AFTER:
            yield self._fetched(turn, "15:20", place, TenderKind.CASH)

    def _ordered(self, turn: int, place: int, wish: Wish) -> Iterator[Act]:
        order = self._planned(turn, place, wish)
        self.orders[place] = order
        yield Ordered(at=self._at(turn, "11:00", place), order=order)
        yield Promised(at=self._at(turn, "11:02", place), order=place)
        yield TicketTaken(
            at=self._at(turn, "11:05", place),
            id=drawn_id(self.ids),
            ticket=place,
            promised=order.due,
            order=place,
            deposit=order.price * 3 // 10 // 10_000 * 10_000,
            deposit_id=drawn_id(self.ids),
            paid=wish.paid,
            measures=MEASURED[place % len(MEASURED)],
            fitting=at(working_days_later(self.days[turn], TRIED_AFTER), "16:00"),
        )

    def _planned(self, turn: int, place: int, wish: Wish) -> PlannedOrder:
        make = self.makes[place % len(self.makes)]
        colour = make.colours[wish.colour % len(make.colours)]
        size = make.sizes[wish.size % len(make.sizes)]
        return PlannedOrder(
            place=place,
            kind=OrderKind.MADE,
            firm=None,
            make=make,
            lays=(PlannedLay(((size, 1),), ((colour, 1),)),),
            due=working_days_later(self.days[turn], 8),
            fate=Fate.SEWN,
        )

    def _laid(self, turn: int, order: PlannedOrder) -> Laid:
        (lay,) = order.lays
        here = [person for person in self.people if person.is_here(turn)]
        cutters = [person for person in here if person.part is Part.CUTTER]
        return Laid(
            at=self._at(turn, "11:30", order.place),
            order=order.place,
            lay=lay,
            plies=lay.plies,
            centimetres=SHELL + 26,
            person=(cutters or here)[0],
        )

    # A coat that is altered

    def _altered(self, turn: int, number: int, one: Alteration) -> Iterator[Act]:
        before = len(self.days) - 1 - turn
        if before == one.comes:
            yield TicketTaken(
                at=self._at(turn, "13:10", number),
                id=drawn_id(self.ids),
                ticket=number,
                promised=working_days_later(self.days[turn], 4 if one.ready else 2),
                coat=one.coat,
                tasks=one.tasks,
                rush=one.rush,
                deposit=10_000 if one.rush else 0,
                deposit_id=drawn_id(self.ids),
                paid=TenderKind.CARD,
            )
            yield self._moved(turn, "14:30", number, TicketState.AT_WORK)
        if before == one.ready:
            yield self._moved(turn, "11:50", number, TicketState.READY)
        if before == one.fetched:
            yield self._fetched(turn, "12:40", number, TenderKind.CARD)

    def _moved(self, turn: int, wall: str, ticket: int, to: TicketState) -> TicketMoved:
        return TicketMoved(at=self._at(turn, wall, ticket), ticket=ticket, to=to)

    def _fetched(self, turn: int, wall: str, ticket: int, paid: TenderKind) -> PickedUp:
        moment = self._at(turn, wall, ticket)
        return PickedUp(at=moment, id=drawn_id(self.ids), ticket=ticket, paid=paid)

    def _at(self, turn: int, wall: str, place: int) -> datetime:
        """No two at the same moment."""
        return at(self.days[turn], wall) + timedelta(seconds=23 + 7 * (place % FIRST_PLACE))
