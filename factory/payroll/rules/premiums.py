"""Overtime, night and holiday work."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from factory.payroll.domain import reckoning
from factory.payroll.domain.case import PayKind
from factory.payroll.domain.hours import NONE
from factory.payroll.domain.lines import Input, PayLine, line, sum_of_products
from factory.payroll.domain.reckoning import Parts, Reckoning


def overtime(r: Reckoning) -> Iterator[PayLine]:
    """Hours beyond the limits earn the ordinary wage and half of it more."""
    code = "overtime_premium" if r.kind is PayKind.PIECE else "overtime"
    parts = reckoning.overtime_parts(r, r.days)
    yield from _line(r, code, parts, "wages.overtime_premium")


def night_premium(r: Reckoning) -> Iterator[PayLine]:
    """Hours between 22:00 and 06:00 earn half of the ordinary wage more."""
    parts = reckoning.night_parts(r, r.days)
    yield from _line(r, "night_premium", parts, "wages.night_premium")


def holiday_work(r: Reckoning) -> Iterator[PayLine]:
    """Holiday work earns half of the ordinary wage more, beyond eight hours as much again."""
    parts = reckoning.holiday_parts(r, r.days)
    yield from _line(r, "holiday_work", parts, "wages.holiday_premium")


def _line(r: Reckoning, code: str, parts: Parts, figure: str) -> Iterator[PayLine]:
    if not parts:
        return
    formula, inputs = sum_of_products(parts)
    hours = sum((h for h, _ in parts), NONE)
    wage = Input("wage", r.ordinary, "KRW/hour", "ordinary hourly wage")
    rate: Fraction | None = r.ordinary * parts[0][1] if len(parts) == 1 else None
    article = r.law.figure(figure).article
    measure = (hours, "hour", rate)
    yield line(code, f"({formula}) * wage", (*inputs, wage), article, measure=measure)
