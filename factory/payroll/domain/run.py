"""A pay run: one month, its payslips as values, and when it may be approved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from factory.kernel.errors import Refused
from factory.kernel.time import DAY, months_later
from factory.law.book import LawBook
from factory.payroll.domain.payslip import DEDUCTIONS
from factory.people.domain.contract import PAY_DAY

BY_LAW = frozenset(DEDUCTIONS[: DEDUCTIONS.index("year_end_tax")])
"""Insurances and taxes of the month."""


class MonthNotOver(Refused):
    """This month is not over yet. Its pay can be approved from {first} on."""


class MattersOpen(Refused):
    """Days of {names} are still open. Please settle and close them first."""


class RunLocked(Refused):
    """The pay of this month is approved and locked."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """A line of a payslip as it is shown: won, and what it was calculated from."""

    code: str
    amount: int
    quantity: int | str | None = None
    unit: str | None = None
    rate: int | str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at; `day` (2026-11-02) is its week's Monday, its day or the month's end."""

    code: str
    day: str

    @property
    def on(self) -> date:
        """The day as a date."""
        return date.fromisoformat(self.day)


@dataclass(frozen=True, slots=True)
class Worked:
    """What a month's work came to: days, and minutes by kind (Decree, art. 27-2 no. 5)."""

    days: int = 0
    minutes: int = 0
    overtime: int = 0
    night: int = 0
    holiday: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """A payslip as it is shown and kept."""

    gross: int
    non_taxable: int
    taxable: int
    net: int
    earnings: tuple[Amounts, ...]
    deductions: tuple[Amounts, ...]
    employer: tuple[Amounts, ...]
    notices: tuple[Remark, ...]
    explain: tuple[dict[str, Any], ...]
    worked: Worked = Worked()
    exempt: int = 0
    """Won of overtime, night and holiday pay that was left free of tax."""

    @property
    def taken(self) -> int:
        """Won taken off."""
        return self.gross - self.net

    @property
    def after_law(self) -> int:
        """Won left after insurance and tax: what a court may attach a part of."""
        return self.gross - sum(each.amount for each in self.deductions if each.code in BY_LAW)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody's place in a run."""

    number: int
    name: str
    slip: Slip
    open_days: tuple[date, ...]
    """Days with something to settle, or not yet closed."""
    paid_on: date
    """The pay day of her month."""
    final: bool = False
    """Approved and frozen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """Who stands for a run: who calculated it, who approved it, and why if it was one alone."""

    by: str
    at: datetime
    calculated_by: str
    how: str
    reason: str = ""
    representative: str = ""
    """Her chosen name, where the workers' representative approved."""
    elected_on: date | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A month's pay."""

    month: date
    pay_date: date
    approved: Approved | None
    entries: tuple[Entry, ...]

    @property
    def approved_by(self) -> str | None:
        """Who approved it, if anybody has."""
        return self.approved.by if self.approved else None

    @property
    def gross(self) -> int:
        """Won earned by all."""
        return sum(entry.slip.gross for entry in self.entries)

    @property
    def net(self) -> int:
        """Won paid out to all."""
        return sum(entry.slip.net for entry in self.entries)


def last_day(month: date) -> date:
    """The last day of a month that is named by its first."""
    return date.fromordinal(months_later(month, 1).toordinal() - 1)


def pay_date(month: date, book: LawBook) -> date:
    """When a month's wages are paid: on the day agreed, or before it where banks rest on that."""
    day = months_later(month, 1).replace(day=PAY_DAY)
    while not book.is_business_day(day):
        day -= DAY
    return day


def refuse_locked(*, approved: bool) -> None:
    """What is approved is never calculated again."""
    if approved:
        raise RunLocked


def refuse_open(waiting: Iterable[str]) -> None:
    """Nothing is approved while somebody's days are open."""
    if names := tuple(waiting):
        raise MattersOpen(names=names)
