"""What happens in a season, as values: each at its own moment, told to the services later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from factory.payroll.domain.entered import Item
from factory.production.domain.outcomes import Outcome
from factory.production.domain.scans import Defect
from factory.till.domain.sale import TenderKind
from factory.till.domain.ticket import Task, TicketState
from factory.timeclock.domain import PunchKind
from seed_data.orders import PlannedLay, PlannedOrder
from seed_data.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that happens at a moment."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hired(Act):
    """Somebody begins."""

    person: Person
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Act):
    """Somebody leaves."""

    person: Person
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Punched(Act):
    """Somebody comes, goes, or takes a break."""

    person: Person
    kind: PunchKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Act):
    """The supervisor enters a going home that was forgotten."""

    person: Person
    moment: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed(Act):
    """The supervisor settles what is left of a day and closes it."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Elected(Act):
    """The workers elect somebody to speak for them."""

    person: Person
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(Act):
    """Somebody who begins says what tax has to know, and the agencies are told what she earns."""

    person: Person
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Act):
    """The manager enters an amount for somebody's month: a bonus, an advance."""

    person: Person
    month: date
    item: Item
    won: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid(Act):
    """The manager calculates a month's pay, and the representative approves it with her."""

    month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveAsked(Act):
    """Somebody asks for a day of leave."""

    person: Person
    day: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveAnswered(Act):
    """The supervisor grants what somebody asked for a day."""

    person: Person
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FellIll(Act):
    """Somebody stays at home ill, and the office enters it."""

    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned(Act):
    """Pieces of a bundle are done at a step."""

    id: str
    person: Person
    bundle: str
    operation: str
    good: int
    rejects: tuple[tuple[Defect, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Act):
    """Somebody takes back what she has just entered."""

    id: str
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled(Act):
    """It is decided what becomes of a piece that was rejected."""

    id: str
    person: Person
    bundle: str
    operation: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing(Act):
    """A piece of a bundle is lost."""

    id: str
    bundle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Act):
    """The lost piece is there again."""

    id: str
    bundle: str


# Orders and the cutting table


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered(Act):
    """An order is taken; for now a draft."""

    order: PlannedOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised(Act):
    """An order is confirmed."""

    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid(Act):
    """Cloth is laid, cut and bundled."""

    order: int
    lay: PlannedLay
    plies: tuple[tuple[str, int], ...]
    """Colours with the plies that were really cut."""
    centimetres: int
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped(Act):
    """Coats of an order go to the customer."""

    id: str
    order: int
    cells: tuple[tuple[str, str, int], ...]
    """Colour, size and coats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Act):
    """Nothing more is made of an order."""

    order: int
    reason: str


# The shop


@dataclass(frozen=True, slots=True, kw_only=True)
class TillOpened(Act):
    """The till is opened with a counted float."""

    float: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought(Act):
    """A customer buys coats."""

    id: str
    lines: tuple[tuple[str, int, int], ...]
    """Code, quantity and discount in won."""
    tenders: tuple[tuple[TenderKind, int], ...]
    identifier: str | None = None
    """What she says for a cash receipt; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtBack(Act):
    """A customer brings back what she bought."""

    id: str
    sale: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CashMoved(Act):
    """Money is put into the drawer or taken out."""

    id: str
    amount: int
    reason: str
    out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TillCounted(Act):
    """The drawer is counted and the day closed; so much more lies in it than should."""

    over: int


# What single customers have made or altered


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTaken(Act):
    """Somebody orders a coat for herself or leaves one to be altered, and pays a deposit."""

    id: str
    ticket: int
    """What the season calls it."""
    promised: date
    coat: str = ""
    tasks: tuple[Task, ...] = ()
    order: int | None = None
    rush: bool = False
    deposit: int = 0
    deposit_id: str
    paid: TenderKind
    measures: tuple[int, ...] = ()
    """Millimetres in the order of the tape."""
    fitting: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMoved(Act):
    """It is being worked on, or it is ready."""

    ticket: int
    to: TicketState


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingHeld(Act):
    """She came and tried it on."""

    ticket: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedUp(Act):
    """She pays the rest and takes it along."""

    id: str
    ticket: int
    paid: TenderKind
