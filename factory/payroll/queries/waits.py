"""Hours in which a piece worker waited for help, within the work that is paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from factory.kernel.time import local
from factory.payroll.domain.case import PayCase, PayKind, Shift
from factory.payroll.domain.parts import Span as Part
from factory.production.domain.help import Span, off_standard, without

HOUR_MINUTES = 60


def with_waits(case: PayCase, parts: Iterable[Part], waits: tuple[Span, ...]) -> PayCase:
    """The case with her hours of waiting on days on which she is paid by the piece."""
    if not waits:
        return case
    by_piece = tuple(each for each in parts if each.terms.kind is PayKind.PIECE)
    on_the_wall = tuple((_wall(start), _wall(end)) for start, end in waits)
    found: dict[date, Fraction] = {}
    for shift in case.shifts:
        if any(each.has(shift.day) for each in by_piece) and (hours := _hours(shift, on_the_wall)):
            found[shift.day] = found.get(shift.day, Fraction(0)) + hours
    return replace(case, waits=found) if found else case


def _hours(shift: Shift, waits: tuple[Span, ...]) -> Fraction:
    worked = without((shift.start, shift.end), shift.breaks)
    return Fraction(off_standard(waits, worked), HOUR_MINUTES)


def _wall(moment: datetime) -> datetime:
    return local(moment).replace(tzinfo=None)
