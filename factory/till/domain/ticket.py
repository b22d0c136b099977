"""What customers left here or had made: alterations, repairs, coats made to order.

A ticket says what is to be done, for how much and until when. What is paid before it is picked up
is a deposit: money that is owed to the customer until she has her coat.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.kernel.words import mark
from factory.till.domain.cash_receipt import CashReceipt
from factory.till.domain.measures import Measured
from factory.till.domain.sale import Tender, ticket_code

MOST_TASKS = 12
LONGEST = timedelta(days=366)
"""From when something is taken in until it is promised."""
DAYS_USUAL = 3
"""Until when an alteration is promised where nobody says otherwise."""


class TicketKind(StrEnum):
    """What a ticket is for."""

    ALTERATION = "alteration"
    MADE_TO_ORDER = "made_to_order"

    @property
    def label(self) -> str:
        """The kind as people say it."""
        return _KINDS[self]


_KINDS = {
    TicketKind.ALTERATION: mark("alteration or repair"),
    TicketKind.MADE_TO_ORDER: mark("made to order"),
}


class TicketState(StrEnum):
    """How far it is."""

    TAKEN = "taken"
    AT_WORK = "at_work"
    READY = "ready"
    PICKED_UP = "picked_up"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The state as people say it."""
        return _STATES[self]

    @property
    def is_open(self) -> bool:
        """Whether the customer still waits for it."""
        return self not in {TicketState.PICKED_UP, TicketState.CANCELLED}


_STATES = {
    TicketState.TAKEN: mark("taken in"),
    TicketState.AT_WORK: mark("at work"),
    TicketState.READY: mark("ready to pick up"),
    TicketState.PICKED_UP: mark("picked up"),
    TicketState.CANCELLED: mark("cancelled"),
}
MOVES = {
    TicketState.TAKEN: {TicketState.AT_WORK, TicketState.READY},
    TicketState.AT_WORK: {TicketState.READY},
    TicketState.READY: {TicketState.AT_WORK},
}
"""What can be pressed; picking up and cancelling have steps of their own."""


class TicketUnknown(Refused):
    """There is no ticket with this number. Please look at it again."""

    field = "code"


class NoWork(Refused):
    """Please say what is to be done."""

    field = "task"


class WorkHasNoName(Refused):
    """Please write what is to be done in line {line}, or take the line away."""


class WorkBelowZero(Refused):
    """The price in line {line} can't be below zero."""


class TaskTwice(Refused):
    """The price list has {name} already."""

    field = "name"


class WhichCoat(Refused):
    """Please write which coat it is: its kind and its colour."""

    field = "coat"


class PromiseInThePast(Refused):
    """{day} is over. Please promise a later day."""

    field = "promised"


class PromiseTooFar(Refused):
    """{day} is more than a year away. Please look at the year again."""

    field = "promised"


class DepositTooLarge(Refused):
    """At most {most} are still to be paid."""

    field = "amount"


class DepositMissing(Refused):
    """Please type how much is paid now, above zero."""

    field = "amount"


class NotReadyYet(Refused):
    """Ticket {number} is not ready yet. Please mark it as ready first."""


class PickedUpAlready(Refused):
    """Ticket {number} was picked up already."""


class TicketCancelled(Refused):
    """Ticket {number} was cancelled."""


class NotThatWay(Refused):
    """Ticket {number} is {state} already. Somebody was quicker; please look at it again."""

    spoken = ("state",)


class WhyCancelled(Refused):
    """Please write why it is cancelled."""

    field = "reason"


class FittingInThePast(Refused):
    """This time is over. Please choose a later one."""

    field = "fitting"


class OrderHasTicket(Refused):
    """For this order there is ticket {number} already."""

    field = "order"


class NotAllOnTheRail(Refused):
    """The coat of order {order} does not hang on the rail yet, so it can't be picked up."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that is to be done, by how much, for how much."""

    name: str
    how: str = ""
    """By how much, as the fitter writes it: -2.0 cm."""
    price: Money = ZERO


@dataclass(frozen=True, slots=True)
class PricedTask:
    """A task of the price list."""

    number: int
    name: str
    price: Money
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Payment:
    """What is paid on a ticket now; its id was made where the payment began."""

    id: str
    amount: Money
    tenders: tuple[Tender, ...]
    cash_receipt: CashReceipt | None = None
    till: int = 1
    """At which of the house's tills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    """What is taken in; its id was made where it began."""

    id: str
    promised: date
    coat: str = ""
    tasks: tuple[Task, ...] = ()
    order: str = ""
    """Of a coat made to order: the order that the floor works from."""
    rush: bool = False
    customer: int | None = None
    """The number on the customer's own card; nobody's name is kept."""
    note: str = ""
    deposit: Payment | None = None


@dataclass(frozen=True, slots=True)
class Fitting:
    """When the customer comes to try it on."""

    id: int
    at: datetime
    held_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """A step of a ticket: what, when, by whom."""

    state: TicketState
    at: datetime
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a customer left here or had made."""

    number: int
    kind: TicketKind
    coat: str
    price: Money
    paid: Money
    """Deposits that are held for it."""
    promised: date
    state: TicketState
    tasks: tuple[Task, ...] = ()
    order: str = ""
    rush: bool = False
    customer: int | None = None
    note: str = ""
    at: datetime
    by: str
    fittings: tuple[Fitting, ...] = ()
    measures: tuple[Measured, ...] = ()
    steps: tuple[Happened, ...] = ()

    @property
    def code(self) -> str:
        """The code on its paper."""
        return ticket_code(self.number)

    @property
    def open(self) -> Money:
        """What is still to be paid."""
        return self.price - self.paid if self.state.is_open else ZERO

    @property
    def is_waiting(self) -> bool:
        """Whether it is neither ready nor at an end."""
        return self.state in {TicketState.TAKEN, TicketState.AT_WORK}

    def is_late(self, day: date) -> bool:
        """Whether it should have been ready before this day."""
        return self.is_waiting and self.promised < day

    @property
    def next_fitting(self) -> Fitting | None:
        """The first fitting that was not held yet."""
        return next((each for each in self.fittings if each.held_at is None), None)


def checked_tasks(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """The tasks without empty lines; refuses none, one without a name, a price below zero."""
    kept = tuple(task for task in tasks if task.name.strip() or task.how.strip() or task.price)
    if not kept:
        raise NoWork
    for line, task in enumerate(kept, 1):
        if not task.name.strip():
            raise WorkHasNoName(line=line)
        if task.price < ZERO:
            raise WorkBelowZero(line=line)
    return kept


def checked_coat(coat: str) -> str:
    """What somebody will know the coat by, or `WhichCoat`."""
    if not coat.strip():
        raise WhichCoat
    return coat.strip()


def checked_promise(promised: date, today: date) -> date:
    """A day that can be promised, or `PromiseInThePast`; no year that was mistyped."""
    if promised < today:
        raise PromiseInThePast(day=promised)
    if promised - today > LONGEST:
        raise PromiseTooFar(day=promised)
    return promised


def checked_deposit(amount: Money, still: Money) -> Money:
    """A deposit above zero and not above what is still to be paid."""
    if amount <= ZERO:
        raise DepositMissing
    if amount > still:
        raise DepositTooLarge(most=still)
    return amount


def refuse_ended(number: int, state: TicketState) -> None:
    """Refuse what needs a ticket that is still open."""
    if state is TicketState.PICKED_UP:
        raise PickedUpAlready(number=number)
    if state is TicketState.CANCELLED:
        raise TicketCancelled(number=number)


def moved(number: int, state: TicketState, to: TicketState) -> TicketState:
    """The state after a button; a button pressed twice is refused with where it stands."""
    refuse_ended(number, state)
    if to not in MOVES[state]:
        raise NotThatWay(number=number, state=state.label)
    return to


def refuse_unready(number: int, state: TicketState) -> None:
    """Refuse to hand over what is not ready."""
    refuse_ended(number, state)
    if state is not TicketState.READY:
        raise NotReadyYet(number=number)
