"""The papers of a month that the office keeps, and who stands on them by which name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from factory.kernel.words import mark
from factory.payroll.domain.run import Amounts, Entry, Run
from factory.people.domain import Terms, Worker


class Paper(StrEnum):
    """A paper of the office."""

    LEDGER = "ledger"
    LIST = "list"
    SUMMARY = "summary"
    REGISTER = "register"
    LABOUR = "labour"

    @property
    def label(self) -> str:
        """The paper as people call it."""
        return _LABELS[self]


_LABELS = {
    Paper.LEDGER: mark("Wage ledger"),
    Paper.LIST: mark("Pay list"),
    Paper.SUMMARY: mark("Insurance and tax by number"),
    Paper.REGISTER: mark("Workers' register"),
    Paper.LABOUR: mark("Labour cost by order and style"),
}


class Shape(StrEnum):
    """What a paper is given as."""

    PDF = "pdf"
    TABLE = "csv"

    @property
    def label(self) -> str:
        """The shape as people say it."""
        return _SHAPES[self]


_SHAPES = {Shape.PDF: mark("PDF to print"), Shape.TABLE: mark("spreadsheet")}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a paper names her: by number and chosen name, or as the vault knows her."""

    worker: Worker
    terms: Terms | None
    makes: bool | None = None
    """Whether she makes things herself, by the list of occupations; nothing where not entered."""
    legal_name: str = ""
    born: str = ""
    address: str = ""

    @property
    def name(self) -> str:
        """The legal name where it was opened, else the chosen one."""
        return self.legal_name or self.worker.name


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's payslip of a month with who she is."""

    person: Person
    entry: Entry

    def won(self, code: str) -> int:
        """What a line of this code, or of this kind of codes, comes to."""
        slip = self.entry.slip
        return _sum_of(code, (*slip.earnings, *slip.deductions))

    def house(self, code: str) -> int:
        """What the employer pays besides under this code."""
        return _sum_of(code, self.entry.slip.employer)


def _sum_of(code: str, lines: Iterable[Amounts]) -> int:
    return sum(each.amount for each in lines if each.code.split(".")[0] == code)


@dataclass(frozen=True, slots=True)
class MonthOfPay:
    """A closed month as the office's papers show it."""

    run: Run
    lines: tuple[Line, ...]
    house: str = ""
    """The business that pays; nothing where nobody entered it."""

    @property
    def month(self) -> date:
        """Its first day."""
        return self.run.month

    def earned(self) -> tuple[str, ...]:
        """Every code that anybody earned under, in the order of payslips."""
        return _codes(each.entry.slip.earnings for each in self.lines)

    def taken(self) -> tuple[str, ...]:
        """Every code that was taken off anybody's pay."""
        return _codes(each.entry.slip.deductions for each in self.lines)


def _codes(slips: Iterable[tuple[Amounts, ...]]) -> tuple[str, ...]:
    codes = (each.code for slip in slips for each in slip)
    return tuple(dict.fromkeys(codes))
