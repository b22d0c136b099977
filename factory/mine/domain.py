"""What is hers: which entries speak of her, what looking means, what her own file holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Any

from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.time import Period, months_later
from factory.kernel.words import mark

LOOKING = frozenset(
    {
        "read_vault",
        "see_leave",
        "see_payslip",
        "print_payslip",
        "see_severance",
        "print_severance",
        "draw_contract",
        "draw_notice",
        "draw_paper",
        "export_hours",
        "certify",
    }
)
"""Deeds that change nothing: somebody looked."""
OF_ALL = frozenset({"draw_paper", "export_hours"})
"""What went out about everybody of a month at once, her too."""
SEALED = {
    "legal_name": mark("Legal name"),
    "birth_date": mark("Birth date"),
    "address": mark("Address"),
    "phone": mark("Telephone"),
    "bank_account": mark("Bank account"),
    "irp_account": mark("IRP account for severance"),
}
"""What the vault keeps of somebody, by the name of the field."""


class OnYourOwnTelephone(Refused):
    """At a shared screen nothing can be saved. Please open this page on a telephone of your own."""


@dataclass(frozen=True, slots=True)
class Hers:
    """By what names the audit speaks of her."""

    number: int
    uid: str
    """Where the vault keeps what is sealed for her."""
    requests: tuple[int, ...] = ()
    """The numbers of her requests for leave."""
    months: tuple[str, ...] = ()
    """The months in which she worked here, as the audit writes them: 2026-11."""

    @property
    def shared(self) -> tuple[str, ...]:
        """What she is part of with others: the hours and the pay of her months, lists of all."""
        kinds = ("timesheet", "pay run")
        return ("papers", *(f"{kind} {month}" for kind in kinds for month in self.months))

    @property
    def things(self) -> tuple[str, ...]:
        """Her as a worker, what is sealed, her account, what she asked for."""
        whole = (f"worker {self.number}", f"worker {self.uid}", f"account {self.number}")
        return (*whole, *(f"request {number}" for number in self.requests))

    @property
    def ending(self) -> str:
        """How things are named that are one of many of hers: her payslips."""
        return f" of worker {self.number}"


def months(first: date, last: date) -> tuple[Period, ...]:
    """The calendar months from one day to another, the first and the last as far as they reach."""
    found, start = [], first
    while start <= last:
        following = months_later(start.replace(day=1), 1)
        found.append(Period(start, min(last, date.fromordinal(following.toordinal() - 1))))
        start = following
    return tuple(found)


def plain(value: object) -> object:
    """Any value of ours as JSON knows it; money as whole won, days and moments as ISO writes."""
    for kind, written in _WRITTEN.items():
        if isinstance(value, kind):
            return written(value)
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return str(value)


def _named(value: Any) -> dict[str, object]:
    return {str(plain(name)): plain(each) for name, each in value.items()}


_WRITTEN: dict[type | UnionType, Callable[[Any], object]] = {
    Money: lambda money: money.won,
    Enum: lambda word: word.value,
    str | int | bool | None: lambda value: value,
    date | datetime: lambda when: when.isoformat(),
    Mapping: _named,
    tuple | list | AbstractSet: lambda some: [plain(each) for each in some],
}
