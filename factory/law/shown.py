"""Figures as people write them: won, per cent, hours, and named parts with their words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from factory.kernel.money import Money
from factory.kernel.words import language, mark, say, show, translate
from factory.law.book import Figure

PERCENT = 100
PLACES = 6
ROUNDED = 4
UNITS: Mapping[str, str] = {
    "KRW": "{amount}",
    "KRW/hour": mark("{amount} an hour"),
    "ratio": "{amount}",
    "hour": mark("{amount} hours"),
    "minute": mark("{amount} minutes"),
    "day": mark("{amount} days"),
    "month": mark("{amount} months"),
    "year": mark("{amount} years"),
    "person": mark("{amount} people"),
    "table": "{amount}",
    "holidays": mark("{amount} days"),
}
"""Every unit a figure may have, and how an amount of it is said."""
PARTS: Mapping[str, tuple[str, str]] = {
    "least": (mark("lowest"), "KRW"),
    "most": (mark("highest"), "KRW"),
    "step": (mark("cut down to whole"), "KRW"),
    "free": (mark("free of tax"), "KRW"),
    "rate": (mark("rate of the tax"), "ratio"),
    "meal": (mark("meals"), "KRW"),
    "car": (mark("own car"), "KRW"),
    "childcare": (mark("care of small children"), "KRW"),
    "regular_pay_most": (mark("regular pay of the month at most"), "KRW"),
    "previous_year_most": (mark("pay of the year before at most"), "KRW"),
    "year_most": (mark("in a year at most"), "KRW"),
    "child_first": (mark("one child"), "KRW"),
    "child_second": (mark("two children"), "KRW"),
    "child_further": (mark("each further child"), "KRW"),
    "annual_leave.first_year_most": (mark("in the first year at most"), "day"),
    "annual_leave.days": (mark("after one year"), "day"),
    "annual_leave.most": (mark("highest"), "day"),
    "annual_leave.years_per_day": (mark("a day more for every"), "year"),
    "annual_leave.attendance": (mark("days attended at least"), "ratio"),
    "leave_promotion.year_months": (
        mark("a year's leave: asked so long before"),
        "month",
    ),
    "leave_promotion.year_days": (mark("asked within"), "day"),
    "leave_promotion.year_name_months": (mark("days named so long before it lapses"), "month"),
    "leave_promotion.first_months": (mark("the first year's: asked so long before"), "month"),
    "leave_promotion.first_days": (mark("the first year's: asked within"), "day"),
    "leave_promotion.first_name_months": (mark("the first year's: days named before"), "month"),
    "leave_promotion.late_months": (mark("what arose after that: asked so long before"), "month"),
    "leave_promotion.late_days": (mark("what arose after that: asked within"), "day"),
    "leave_promotion.late_name_days": (mark("what arose after that: days named before"), "day"),
    "from_4_hours": (mark("from four hours"), "minute"),
    "from_8_hours": (mark("from eight hours"), "minute"),
    "waived_up_to": (mark("none if she asks, up to"), "hour"),
}
"""What parts of a figure are called, and their units; by figure and part where a word is double."""


FIELDS: Mapping[str, str] = {
    "wages": mark("Wages and severance"),
    "working_time": mark("Working time, rest and leave"),
    "social_insurance": mark("Social insurance"),
    "income_tax": mark("Income tax"),
    "sales_tax": mark("Taxes of the shop"),
    "public_holidays": mark("Public holidays"),
    "attachment": mark("Attachment by a court"),
    "payment": mark("When wages are paid"),
    "records": mark("How long papers are kept"),
}
"""What each file of the book is about."""


def field_of(name: str) -> str:
    """The field of law of a figure, in the source language."""
    field = name.partition(".")[0]
    return FIELDS.get(field, field)


def parts_of(figure: Figure) -> tuple[str, ...]:
    """The parts that make up a figure: one nameless, or named ones; none of a whole table."""
    if figure.unit == "holidays":
        return ()
    if not isinstance(figure.value, Mapping):
        return ("",) if isinstance(figure.value, Fraction) else ()
    flat = all(isinstance(part, Fraction) for part in figure.value.values())
    return tuple(figure.value) if flat else ()


def english_of(figure: Figure, part: str) -> str:
    """What a part is called in the source language."""
    return _part(figure, part)[0]


def label_of(figure: Figure, part: str) -> str:
    """What a part is called."""
    return translate(english_of(figure, part))


def unit_of(figure: Figure, part: str) -> str:
    """The unit of a part."""
    return _part(figure, part)[1] if part else figure.unit


def _part(figure: Figure, part: str) -> tuple[str, str]:
    short = figure.name.partition(".")[2]
    return PARTS.get(f"{short}.{part}") or PARTS.get(part) or (part, "table")


def shown(figure: Figure) -> tuple[tuple[str, str], ...]:
    """Each part of a figure with its amount; one nameless part where it is one number."""
    if figure.unit == "holidays":
        return (("", say(UNITS["holidays"], amount=len(figure.value))),)
    if not (parts := parts_of(figure)):
        return (("", say("a whole table")),)
    if parts == ("",):
        return (("", amount(figure.number, figure.unit)),)
    return tuple(
        (label_of(figure, part), amount(figure.table[part], unit_of(figure, part)))
        for part in parts
    )


def amount(number: Fraction, unit: str) -> str:
    """An amount with its unit: 10,320원 for an hour, 4.75 %, 12시간."""
    if unit.startswith("KRW") and number.denominator == 1:
        said = show(Money(int(number)))
    else:
        said = _percent(number) if unit == "ratio" else decimal(number)
    return say(UNITS[unit], amount=said)


def _percent(ratio: Fraction) -> str:
    """Per cent, rounded and marked so where it has no end; beyond the whole the bare number."""
    if ratio > 1:
        return decimal(ratio)
    exact = decimal(ratio * PERCENT)
    said = f"≈ {decimal(round(ratio * PERCENT, ROUNDED))}" if "/" in exact else exact
    return f"{said} %" if language() == "en" else f"{said}%"


def decimal(number: Fraction) -> str:
    """A number exactly: as a decimal where it has an end, else as a quotient."""
    scaled = number * 10**PLACES
    if scaled.denominator != 1:
        return str(number)
    whole, rest = divmod(int(scaled), 10**PLACES)
    return f"{whole:,}.{rest:06d}".rstrip("0").rstrip(".") if rest else f"{whole:,}"


def show_days(figure: Figure) -> tuple[tuple[str, str], ...]:
    """The days of a year's holidays with their names."""
    return tuple((show(day), translate(name)) for day, name in sorted(figure.value.items()))
