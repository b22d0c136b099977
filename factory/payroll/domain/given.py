"""A case read from JSON, strictly: `contracts.md` section 2, kind `payslip`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from factory.kernel.errors import BadInput
from factory.kernel.fields import Fields
from factory.kernel.words import mark
from factory.payroll.domain.case import (
    Allowance,
    Extra,
    Insurance,
    PayCase,
    PayKind,
    Person,
    Piece,
    Shift,
    Terms,
)
from factory.payroll.domain.payslip import DEDUCTIONS, EARNINGS, NAMED, stem

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PERCENTS = (80, 100, 120)
FULL_TIME, DAY = 40, 8
NEVER_BACK = frozenset({"garnishment", "advance", "agreed"})
"""Deductions that no settlement gives back."""
CLOCK = re.compile(r"\d\d:\d\d", re.ASCII)
WALL = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d(?::00)?", re.ASCII)


def read_case(given: Fields) -> PayCase:
    """The case; whatever is wrong or unknown is refused with its path."""
    pay_date = given.day("pay_date")
    start, end = _period(given.within("period"))
    employees, full_time = read_workplace(given.within("workplace"))
    terms = read_terms(given.within("terms"))
    case = PayCase(
        pay_date=pay_date,
        start=start,
        end=end,
        employees=employees,
        full_time=full_time,
        person=_person(given.within("worker"), terms.kind),
        terms=terms,
        shifts=_shifts(given),
        leave=frozenset(given.days("paid_leave")),
        absences=frozenset(given.days("absences")),
        pieces=tuple(_piece(piece) for piece in given.objects("pieces", ())),
        extras=tuple(_extra(extra) for extra in given.objects("extras", ())),
    )
    given.done()
    return case


def _period(given: Fields) -> tuple[date, date]:
    start, end = given.day("start"), given.day("end")
    if end < start:
        raise BadInput(given.at("end"), mark("must not be before the start"))
    given.done()
    return start, end


def read_workplace(given: Fields) -> tuple[int, Fraction]:
    """How many regular employees, and the weekly hours of full-time workers."""
    found = given.whole("regular_employees"), given.number("full_time_hours", FULL_TIME)
    given.done()
    return found


def read_terms(given: Fields) -> Terms:
    """The terms of a contract."""
    kind = given.one_of("kind", PayKind)
    by_piece = kind in {PayKind.PIECE, PayKind.FREELANCE}
    rate = given.whole("rate", 0) if by_piece else given.whole("rate")
    work_days = frozenset(_weekdays(given))
    rest_day = _weekday(given.take("rest_day", "sun"), given.at("rest_day"))
    if rest_day in work_days:
        raise BadInput(given.at("rest_day"), mark("must not be one of the working days"))
    terms = Terms(
        kind=kind,
        rate=rate,
        weekly_hours=given.number("weekly_hours", FULL_TIME, most=7 * 24),
        work_days=work_days,
        rest_day=rest_day,
        daily_hours=given.number("daily_hours", DAY, most=24),
        allowances=tuple(_allowance(each) for each in given.objects("allowances", ())),
    )
    if kind is PayKind.MONTHLY and not terms.weekly_hours:
        raise BadInput(given.at("weekly_hours"), mark("must be given for monthly pay"))
    if not terms.daily_hours:
        raise BadInput(given.at("daily_hours"), mark("must be more than 0"))
    given.done()
    return terms


def _weekdays(given: Fields) -> list[int]:
    days = given.each("work_days", WEEK[:5])
    if not days:
        raise BadInput(given.at("work_days"), mark("must name at least one day"))
    found: list[int] = []
    for i, day in days:
        path = f"{given.at('work_days')}[{i}]"
        number = _weekday(day, path)
        if number in found:
            raise BadInput(path, mark("is given more than once"))
        found.append(number)
    return found


def _weekday(value: Any, path: str) -> int:
    if value not in WEEK:
        raise BadInput(path, mark("must be one of {known}"), known=", ".join(WEEK))
    return WEEK.index(value)


def _allowance(given: Fields) -> Allowance:
    found = Allowance(
        given.text("code", longest=40),
        given.whole("amount"),
        given.yes("non_taxable"),
        given.yes("ordinary_wage"),
    )
    if not found.code.strip():
        raise BadInput(given.at("code"), mark("must not be empty"))
    given.done()
    return found


def family_of(given: Fields, *, counts: bool = True) -> tuple[int, int]:
    """The family members, and of these the children from 8 to 20, where they count at all."""
    family = given.whole("family_members", 1, least=1, most=50)
    children = given.whole("children_8_to_20", 0, most=50)
    if counts and children > family:
        raise BadInput(given.at("children_8_to_20"), mark("can't be more than the family members"))
    return family, children


def _person(given: Fields, kind: PayKind) -> Person:
    family, children = family_of(given, counts=kind is not PayKind.FREELANCE)
    percent = given.whole("withholding_percent", 100)
    if percent not in PERCENTS:
        raise BadInput(given.at("withholding_percent"), mark("must be 80, 100 or 120"))
    person = Person(
        family_members=family,
        children=children,
        percent=percent,
        insured=_insured(given, kind),
        reported_pay=_reported(given),
        production_worker=given.yes("production_worker"),
        previous_year_pay=given.whole("previous_year_pay", 0),
        exempt_used=given.whole("exempt_used_this_year", 0),
        hired=given.day("hired", None),
        left=given.day("left", None),
    )
    if person.hired and person.left and person.left < person.hired:
        raise BadInput(given.at("left"), mark("must not be before the day of hiring"))
    given.done()
    return person


def _insured(given: Fields, kind: PayKind) -> frozenset[Insurance]:
    usual = (Insurance.EMPLOYMENT,) if kind is PayKind.DAILY else tuple(Insurance)
    found = set()
    for i, name in given.each("insured", usual):
        if name not in tuple(Insurance):
            known = ", ".join(Insurance)
            path = f"{given.at('insured')}[{i}]"
            raise BadInput(path, mark("must be one of {known}"), known=known)
        found.add(Insurance(name))
    return frozenset(found)


def _reported(given: Fields) -> dict[Insurance, int]:
    if not given.has("reported_pay"):
        return {}
    pay = given.within("reported_pay")
    found = {each: pay.whole(each) for each in Insurance if pay.has(each)}
    pay.done()
    return found


def _shifts(given: Fields) -> tuple[Shift, ...]:
    found = [(_shift(each), each.path) for each in given.objects("shifts", ())]
    found.sort(key=lambda pair: pair[0].start)
    for (earlier, _), (later, path) in pairwise(found):
        if later.start < earlier.end:
            raise BadInput(path, mark("must not overlap another shift"))
    return tuple(shift for shift, _ in found)


def _shift(given: Fields) -> Shift:
    start, end = _local(given, "start"), _local(given, "end")
    if not start < end <= start + timedelta(days=1):
        raise BadInput(given.at("end"), mark("must be after the start, within a day"))
    breaks = tuple(
        sorted(
            _break(pair, start, end, f"{given.at('breaks')}[{i}]")
            for i, pair in given.each("breaks", ())
        )
    )
    if any(later[0] < earlier[1] for earlier, later in pairwise(breaks)):
        raise BadInput(given.at("breaks"), mark("must not overlap"))
    given.done()
    return Shift(start, end, breaks)


def _local(given: Fields, name: str) -> datetime:
    return read_wall(given.text(name), given.at(name))


def read_wall(text: Any, path: str) -> datetime:
    """A time on the wall clock of Seoul, to the minute, without an offset."""
    try:
        found = datetime.fromisoformat(text) if WALL.fullmatch(text) else None
    except (TypeError, ValueError):
        found = None
    if found is None:
        raise BadInput(path, mark("must be a time such as 2026-11-02T09:00"))
    return found


def read_pair(pair: Any, path: str) -> tuple[Any, Any]:
    """From and to."""
    if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004 - from, to
        raise BadInput(path, mark("must be a pair of times"))
    return pair[0], pair[1]


def _break(pair: Any, start: datetime, end: datetime, path: str) -> tuple[datetime, datetime]:
    begins, ends = (_clock(text, start, path) for text in read_pair(pair, path))
    if not start <= begins < ends <= end:
        raise BadInput(path, mark("must lie within the shift"))
    return begins, ends


def _clock(text: Any, start: datetime, path: str) -> datetime:
    """A wall-clock time; one earlier than the shift's start is on the next day."""
    on = datetime.combine(start.date(), read_clock(text, path))
    return on if on >= start else on + timedelta(days=1)


def read_clock(text: Any, path: str) -> time:
    """A time of the day such as 12:00."""
    try:
        return time.fromisoformat(text if CLOCK.fullmatch(text) else "")
    except (TypeError, ValueError):
        raise BadInput(path, mark("must be times such as 12:00")) from None


def _piece(given: Fields) -> Piece:
    found = Piece(given.text("operation"), given.whole("count"), given.whole("rate"))
    given.done()
    return found


def _extra(given: Fields) -> Extra:
    code = given.text("code")
    kind, _, name = code.partition(".")
    if kind not in EARNINGS + DEDUCTIONS or (kind in NAMED) != bool(name):
        raise BadInput(given.at("code"), mark("is no line of a payslip"))
    amount = given.whole("amount", least=-(10**12))
    if amount < 0 and stem(code) in EARNINGS and kind != "correction":
        raise BadInput(given.at("amount"), mark("must not be below 0 for something earned"))
    if amount > 0 and stem(code) in NEVER_BACK:
        raise BadInput(given.at("amount"), mark("must not be above 0 for something taken off"))
    given.done()
    return Extra(code, amount)
