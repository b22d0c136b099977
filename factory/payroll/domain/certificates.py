"""What somebody may ask the house to certify: her employment, her wages, a change of her terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from factory.kernel.errors import Refused
from factory.kernel.words import mark
from factory.payroll.domain.papers import Person
from factory.payroll.domain.run import Slip
from factory.people.domain import Terms


class Certificate(StrEnum):
    """A paper that she takes with her."""

    EMPLOYMENT = "employment"
    WAGES = "wages"
    CHANGE = "change"

    @property
    def label(self) -> str:
        """The paper as people call it."""
        return _LABELS[self]


_LABELS = {
    Certificate.EMPLOYMENT: mark("Certificate of employment"),
    Certificate.WAGES: mark("Certificate of wages"),
    Certificate.CHANGE: mark("Change of terms"),
}


class NoPayslipsYet(Refused):
    """No payslip of hers is approved in these months. There is nothing to certify yet."""

    field = "months"


class NoChangeYet(Refused):
    """Her terms have not changed yet. Her contract says what holds."""

    field = "since"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted, and what the office adds to it."""

    certificate: Certificate
    reason: str
    """Why her legal name is opened; what it is for, on the paper."""
    work: str = ""
    months: int = 3
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Wages:
    """Her approved payslips of some months, oldest first."""

    person: Person
    slips: tuple[tuple[date, Slip], ...]

    @property
    def earned(self) -> int:
        """Won earned in all of them."""
        return sum(slip.gross for _, slip in self.slips)

    @property
    def taken(self) -> int:
        """Won taken off in all of them."""
        return sum(slip.taken for _, slip in self.slips)

    @property
    def paid(self) -> int:
        """Won paid out in all of them."""
        return sum(slip.net for _, slip in self.slips)


def change(history: tuple[Terms, ...], since: date | None) -> tuple[Terms, Terms]:
    """The terms before and after a change; the newest one where no day is named."""
    pairs = list(pairwise(history))
    found = [pair for pair in pairs if since is None or pair[1].since == since]
    if not found:
        raise NoChangeYet
    return found[-1]
