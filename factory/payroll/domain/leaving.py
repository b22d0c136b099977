"""Somebody leaves: what she is owed, until when it has to be paid, and what is still to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.words import mark
from factory.law.book import LawAt
from factory.payroll.domain.severance import Severance
from factory.people.domain import Worker

ONE_DAY = timedelta(days=1)


class NotLeaving(Refused):
    """{name} has no last day. Please enter it first."""


class StillHere(Refused):
    """The last day of {name} is {left}. Her pay can be closed from the day after on."""


class PaidAlready(Refused):
    """What {name} is owed was paid on {day}, and is not changed any more."""


class PaidLater(Refused):
    """The day of payment, {day}, is still to come."""

    field = "paid_on"


class PaidEarlier(Refused):
    """Her last day is {left}. What she is owed is paid on that day or later."""

    field = "paid_on"


class DaysOpen(Refused):
    """Days of {name} are still open. Please settle and close them first."""


class WorkedLater(Refused):
    """{name} was at work on {day}. The last day can't be before that."""

    field = "left"


class WorkedAfterLeaving(Refused):
    """{names} worked after the last day that was entered. Please set the last day right."""


class WhyLastDay(Refused):
    """Please say in a few words why the last day is another."""

    field = "why"


class OwnHand(Refused):
    """You entered her last day yourself. Please ask a second person, or say why nobody else can."""

    field = "reason"


class SeveranceUnknown(Refused):
    """The payslips here do not tell her severance. Please reckon it and type it here, or 0."""

    field = "severance"


class Step(StrEnum):
    """What is to be done when somebody leaves, in this order."""

    DAYS = "days"
    SETTLEMENTS = "settlements"
    SEVERANCE = "severance"
    ACCOUNT = "account"
    PAY = "pay"

    @property
    def label(self) -> str:
        """The step as people say it."""
        return _STEPS[self]


_STEPS = {
    Step.DAYS: mark("Settle and close her days"),
    Step.SETTLEMENTS: mark("Enter the settlements of tax and health insurance"),
    Step.SEVERANCE: mark("Say where severance goes"),
    Step.ACCOUNT: mark("Know her own account"),
    Step.PAY: mark("Pay everything, and hand the payslip over"),
}


@dataclass(frozen=True, slots=True)
class Paid:
    """It was paid: when, by whom, and how much."""

    on: date
    by: str
    net: Money
    severance: Severance
    with_run: bool = False
    """The last pay was approved with its month before; it is paid with that, and `net` is 0."""


def leaving_day(left: date) -> date:
    """The day after the last one worked: from it on she is no longer employed."""
    return left + ONE_DAY


def pay_until(left: date, law: LawAt) -> date:
    """The last day on which everything may be paid: within 14 days (Standards Act, art. 36)."""
    return left + timedelta(days=int(law.number("payment.settled_within")))


def days_left(left: date, today: date, law: LawAt) -> int:
    """Days until then, today not counted; below zero it is late, and interest runs (art. 37)."""
    return (pay_until(left, law) - today).days


def refuse_payment(
    name: str, left: date | None, paid: Paid | None, paid_on: date, today: date
) -> date:
    """The last day of whoever can be paid now, or the refusal that says why not."""
    if left is None:
        raise NotLeaving(name=name)
    if paid is not None:
        raise PaidAlready(name=name, day=paid.on)
    if today <= left:
        raise StillHere(name=name, left=left)
    if paid_on > today:
        raise PaidLater(day=paid_on)
    if paid_on < left:
        raise PaidEarlier(left=left)
    return left


def refuse_last_day(worker: Worker, paid: Paid | None, worked: Sequence[date], reason: str) -> None:
    """It is set right until everything was paid, and never to before a day she worked."""
    if worker.left is None:
        raise NotLeaving(name=worker.name)
    if paid is not None:
        raise PaidAlready(name=worker.name, day=paid.on)
    if worked:
        raise WorkedLater(name=worker.name, day=max(worked))
    if not reason.strip():
        raise WhyLastDay


def refuse_worked_after(names: Iterable[str]) -> None:
    """No month is approved that leaves out somebody who worked in it."""
    if found := tuple(names):
        raise WorkedAfterLeaving(names=found)
