"""When a draft may be approved, and by whom: another person than who calculated it.

Where there is one manager, the elected representative of the workers looks at the run with her and
types her PIN; alone she approves only with a written reason, which stays on the run for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.time import months_later
from factory.kernel.words import mark
from factory.payroll.domain.run import MonthNotOver, RunLocked, last_day
from factory.security.domain import AccountId, Actor, WorkerId

SHORTEST_REASON = 10
"""Letters: a reason that somebody can understand in three years."""


class NotCalculated(Refused):
    """This month is not calculated yet. Please calculate it first."""


class DraftChanged(Refused):
    """Something was entered since this was calculated. Please calculate again and look at it."""


class SecondPersonNeeded(Refused):
    """You calculated this pay. Another person has to approve it, or write down why you do."""

    field = "how"


class WhyAlone(Refused):
    """Please write in a sentence why nobody else can approve. It stays on this run for ever."""

    field = "reason"


class NotElected(Refused):
    """This is not the elected representative of the workers. Please type her number."""

    field = "number"


class NotInOrder(Refused):
    """Months are approved one after the other. The next one is {month}."""

    spoken = ("month",)


class ElectedLater(Refused):
    """The day of the election can't be after today."""

    field = "elected_on"


class ElectedBeforeHired(Refused):
    """{name} works here since {hired}. Nobody elected her before."""

    field = "elected_on"


class WorksHereNoMore(Refused):
    """{name} does not work here any more."""

    field = "worker"


class How(StrEnum):
    """Who approves a run."""

    SECOND = "second"
    REPRESENTATIVE = "representative"
    SELF = "self"

    @property
    def label(self) -> str:
        """As people say it."""
        return _LABELS[self]


_LABELS = {
    How.SECOND: mark("a second person"),
    How.REPRESENTATIVE: mark("the elected representative of the workers"),
    How.SELF: mark("alone, with a reason"),
}


@dataclass(frozen=True, slots=True)
class Representative:
    """Whom the workers elected to speak for them."""

    worker: WorkerId
    name: str
    elected_on: date


@dataclass(frozen=True, slots=True)
class Calculated:
    """Who calculated a month when, and the name of what was shown."""

    month: date
    digest: str
    by: str
    account: AccountId | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What somebody says who approves: what she has looked at, and as whom."""

    shown: str
    """The name of the draft that was on her screen."""
    how: How = How.SECOND
    reason: str = ""
    representative: WorkerId | None = None
    """Whose PIN was typed."""


def refuse_early(month: date, today: date) -> None:
    """A month is approved when it is over."""
    if today <= last_day(month):
        raise MonthNotOver(first=months_later(month, 1))


def refuse_out_of_order(month: date, approved: date | None) -> None:
    """Months are closed one after the other; with which the house begins is free."""
    if approved is None:
        return
    if month <= approved:
        raise RunLocked
    if month != (following := months_later(approved, 1)):
        raise NotInOrder(month=f"{following:%Y-%m}")


def refuse_changed(calculated: Calculated, approval: Approval, now: str) -> None:
    """What is approved is exactly what was shown, and nothing was entered since."""
    if approval.shown != calculated.digest or calculated.digest != now:
        raise DraftChanged


def refuse_alone(
    calculated: Calculated, approval: Approval, by: Actor, elected: Representative | None
) -> None:
    """Two people stand for a run, or one says in writing why not."""
    match approval.how:
        case How.SECOND if is_same(by, calculated):
            raise SecondPersonNeeded
        case How.REPRESENTATIVE:
            _refuse_not_elected(approval, by, elected)
        case How.SELF if len(approval.reason.strip()) < SHORTEST_REASON:
            raise WhyAlone
        case _:
            pass


def is_same(by: Actor, calculated: Calculated) -> bool:
    """Whether it is who calculated: by the account, or by the name where there is none."""
    if by.account is not None and calculated.account is not None:
        return by.account == calculated.account
    return by.name == calculated.by


def _refuse_not_elected(approval: Approval, by: Actor, elected: Representative | None) -> None:
    if elected is None or elected.worker != approval.representative:
        raise NotElected
    if elected.worker == by.worker:
        raise SecondPersonNeeded
