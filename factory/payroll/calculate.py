"""First what was earned, then what is free of tax, then what is taken off, each in its order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import chain

from factory.kernel.time import months_later
from factory.law.book import LawAt, LawBook
from factory.payroll.domain import reckoning
from factory.payroll.domain.case import Corrected, Insurance, PayCase, PayKind, minutes_of
from factory.payroll.domain.hours import NONE, DayHours, monday_of
from factory.payroll.domain.lines import Input, PayLine, line
from factory.payroll.domain.payslip import (
    EARNINGS,
    EXEMPT_WORK,
    Notice,
    Payslip,
    in_order,
    stem,
)
from factory.payroll.domain.reckoning import Reckoning, reckon
from factory.payroll.rules import earnings, insurance, leave, premiums, shutdown, tax, waiting
from factory.payroll.rules.billed import as_billed
from factory.payroll.rules.garnishment import garnishments

BY_HAND = "by_hand"
RULES = (
    earnings.base,
    earnings.piece,
    premiums.overtime,
    premiums.night_premium,
    premiums.holiday_work,
    leave.weekly_holiday,
    leave.paid_holiday,
    leave.paid_leave,
    shutdown.shutdown_pay,
    earnings.minimum_wage_top_up,
    leave.unused_leave,
    earnings.allowances,
    waiting.waiting,
)


def calculate(case: PayCase, book: LawBook, parts: tuple[PayCase, ...] = ()) -> Payslip:
    """Give the payslip of a case; refuses days before the book and rates not yet published.

    Where terms changed within the period, `parts` are its parts: each earns by its own terms, and
    insurance and tax are taken off the whole.
    """
    book.on(case.start)
    r = reckon(case, book)
    each = tuple(reckon(part, book) for part in parts) or (r,)
    by_hand = (*_by_hand(case), *(_corrected(each) for each in case.corrections))
    earned = (
        *chain.from_iterable(rule(part) for rule in RULES for part in each),
        *(line for line in by_hand if stem(line.code) in EARNINGS),
    )
    shown = in_order(earned, EARNINGS)
    exempt = _exempt_work(r, {line.code: line.amount for line in shown})
    free = _free_allowances(r, each) + exempt
    gross = sum(line.amount for line in shown)
    taxable = gross - free
    employee, employer = _insurances(r, taxable)
    employee = as_billed(employee, {code: hers for code, (hers, _) in case.billed.items()})
    employer = as_billed(employer, {code: ours for code, (_, ours) in case.billed.items()})
    by_law = (*employee, *_tax(r, earned, taxable))
    left = gross - sum(line.amount.won for line in by_law)
    taken = (
        *by_law,
        *garnishments(left, case.garnishments, book),
        *(line for line in by_hand if stem(line.code) not in EARNINGS),
    )
    notices = chain.from_iterable(_warnings(part, case.end) for part in each)
    days = tuple(chain.from_iterable(part.days for part in each))
    return Payslip(earned, taken, employer, free, tuple(dict.fromkeys(notices)), days, exempt)


def _by_hand(case: PayCase) -> Iterator[PayLine]:
    for extra in case.extras:
        won = extra.amount if stem(extra.code) in EARNINGS else -extra.amount
        inputs = (Input("amount", Fraction(won), "KRW", "entered by hand"),)
        yield line(extra.code, "amount", inputs, "", rule=BY_HAND)


def _corrected(each: Corrected) -> PayLine:
    """What a closed month still owes her, or was paid too much: all of it, at once (art. 43)."""
    inputs = (
        Input("earned_right", Fraction(each.right), "KRW", "payslips"),
        Input("earned_paid", Fraction(each.paid), "KRW", "payslips"),
    )
    article = "Labor Standards Act, art. 43(1)"
    return line(each.code, "earned_right - earned_paid", inputs, article, rule="correction")


# What is free of tax


def _free_allowances(r: Reckoning, parts: tuple[Reckoning, ...]) -> int:
    """The allowances that are marked so, some to a limit for all of a code together."""
    limits = r.law.figure("income_tax.free_allowances").table
    found: Counter[str] = Counter()
    for part in parts:
        found.update(earnings.marked_free(part))
    return sum(min(won, int(limits.get(code, won))) for code, won in found.items())


def _exempt_work(r: Reckoning, amounts: dict[str, int]) -> int:
    """Production workers' overtime, night and holiday pay (Income Tax Decree, art. 17)."""
    person = r.case.person
    worked = sum(amount for code, amount in amounts.items() if code in EXEMPT_WORK)
    if not person.production_worker or r.kind is PayKind.FREELANCE:
        return 0
    if r.kind is PayKind.DAILY:
        return worked
    figure = r.law.figure("income_tax.production_workers").table
    regular = sum(amounts.values()) - worked - amounts.get("allowance.car", 0)
    if (
        regular > figure["regular_pay_most"]
        or person.previous_year_pay > figure["previous_year_most"]
    ):
        return 0
    return max(0, min(worked, int(figure["year_most"]) - person.exempt_used))


# What is taken off


def _insurances(r: Reckoning, taxable: int) -> tuple[tuple[PayLine, ...], tuple[PayLine, ...]]:
    if r.kind is PayKind.FREELANCE:
        return (), ()
    pairs = tuple(_insured(r, taxable))
    accident = insurance.industrial_accident(max(0, taxable), _month(r))
    return tuple(p[0] for p in pairs), (*(p[1] for p in pairs), accident)


def _insured(r: Reckoning, taxable: int) -> Iterator[tuple[PayLine, PayLine]]:
    law, person = _month(r), r.case.person
    late = person.hired is not None and person.hired > law.day
    pay = {each: person.reported_pay.get(each, taxable) for each in person.insured}
    for each in Insurance:
        if pay.get(each, 0) <= 0 or (late and each is not Insurance.EMPLOYMENT):
            continue
        if each is Insurance.PENSION:
            found = insurance.pension(pay[each], law)
            yield found, found
        elif each is Insurance.HEALTH:
            found = insurance.health(pay[each], law)
            care = insurance.long_term_care(found.amount.won, law)
            yield from ((found, found), (care, care))
        else:
            won = pay[each]
            yield insurance.employment(won, law), insurance.employment(won, law, employer=True)


def _month(r: Reckoning) -> LawAt:
    return r.book.on(insurance.month_law(r.case.end))


def _tax(r: Reckoning, earned: tuple[PayLine, ...], taxable: int) -> Iterator[PayLine]:
    person, law = r.case.person, r.book.on(r.case.pay_date)
    if r.kind is PayKind.FREELANCE:
        return tax.of_freelancer(max(0, taxable), law)
    if r.kind is PayKind.DAILY:
        return tax.of_day_labour(_taxed_days(r, earned), law)
    return tax.by_table(
        max(0, taxable), person.family_members, person.children, person.percent, law
    )


def _taxed_days(r: Reckoning, earned: tuple[PayLine, ...]) -> Fraction:
    """What each day earned beyond its free part, added up."""
    free = r.law.figure("income_tax.day_labour").table["free"]
    days = _earned_by_day(r)
    other = sum((each.exact for each in earned), NONE) - _attributed(
        earned, exempt=r.case.person.production_worker
    )
    worked = (day.day for day in r.days)
    last = max(worked, default=max(days, default=r.case.end))
    days[last] = days.get(last, NONE) + other - _free_allowances(r, (r,))
    return sum((max(NONE, won - free) for won in days.values()), NONE)


def _earned_by_day(r: Reckoning) -> dict[date, Fraction]:
    days: dict[date, Fraction] = {}
    exempt = r.case.person.production_worker
    for day in r.days:
        won = NONE if day.holiday else Fraction(r.case.terms.rate)
        if not exempt:
            won += reckoning.paid_at(_worked_parts(r, day), r.ordinary)
        days[day.day] = won
    rest = [(week.day, week.hours) for week in r.weekly]
    for on, hours in (*rest, *r.holidays, *r.leave):
        days[on] = days.get(on, NONE) + hours * r.hourly
    return days


def _worked_parts(r: Reckoning, day: DayHours) -> reckoning.Parts:
    one = (day,)
    return [
        *reckoning.overtime_parts(r, one),
        *reckoning.night_parts(r, one),
        *reckoning.holiday_parts(r, one),
    ]


def _attributed(earned: Iterable[PayLine], *, exempt: bool) -> Fraction:
    """Lines that belong to days of their own, or are exempt; all others go to the last worked."""
    own = EXEMPT_WORK | {"base", "weekly_holiday", "paid_holiday", "paid_leave"}
    lines = [each for each in earned if each.rule != BY_HAND]
    if exempt:
        lines += [each for each in earned if each.rule == BY_HAND and each.code in EXEMPT_WORK]
    return sum((each.exact for each in lines if each.code in own), NONE)


# What to look at


def _warnings(r: Reckoning, end: date) -> Iterator[Notice]:
    case, terms = r.case, r.case.terms
    if earnings.shortfall(r) > 0:
        yield Notice("below_minimum_wage", end)
    yield from _long_weeks(r)
    if r.kind not in {PayKind.MONTHLY, PayKind.FREELANCE}:
        for week in r.weekly:
            if week.assumed:
                yield Notice("week_before_period_assumed_attended", monday_of(week.day))
    by_table = r.kind not in {PayKind.DAILY, PayKind.FREELANCE}
    if by_table and r.book.on(case.pay_date).is_stale("income_tax.withholding"):
        yield Notice("rates_not_published", end)
    if r.kind is PayKind.FREELANCE and case.shifts:
        yield Notice("freelance_with_fixed_hours", end)
    hired, months = case.person.hired, int(r.law.number("working_time.day_labour_months"))
    if terms.kind is PayKind.DAILY and hired is not None and months_later(hired, months) <= end:
        yield Notice("day_labour_over_three_months", end)


def _long_weeks(r: Reckoning) -> Iterator[Notice]:
    weeks: dict[date, int] = {}
    for day in r.all_days:
        monday = monday_of(day.day)
        weeks[monday] = weeks.get(monday, 0) + day.worked
    all_together = r.law.number("working_time.weekly_hours") + r.law.number(
        "working_time.weekly_overtime"
    )
    agreed = r.case.terms.weekly_hours + r.law.number("working_time.part_time_overtime")
    for code, limit, watched in (
        ("over_52_hours", all_together, not r.small),
        ("part_time_over_12", agreed, r.case.is_part_time()),
    ):
        if watched and max(weeks.values(), default=0) > (most := minutes_of(limit)):
            inside = {monday_of(day) for day in r.case.days}
            for monday in sorted(weeks.keys() & inside):
                if weeks[monday] > most:
                    yield Notice(code, monday)
