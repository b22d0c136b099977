"""`didim calc`: pay from JSON to JSON, without a database."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from factory.kernel.errors import BadInput
from factory.kernel.fields import Fields
from factory.kernel.words import mark
from factory.law.book import law_book
from factory.leave.domain.arising import Why, arisen, leave_figure
from factory.payroll.calculate import calculate
from factory.payroll.domain.average import Earned, average_wage, period
from factory.payroll.domain.given import PERCENTS, family_of, read_case
from factory.payroll.domain.lines import Input, PayLine, line, up_to_hundredth
from factory.payroll.domain.payslip import Amount
from factory.payroll.explain import explain, plain
from factory.payroll.rules import insurance as premiums
from factory.payroll.rules import tax
from factory.payroll.rules.severance import service_days
from factory.payroll.rules.severance import severance as severance_of

DECIMAL = re.compile(r"\d{1,13}(?:\.\d{1,9})?", re.ASCII)


def payslip(given: Fields) -> dict[str, Any]:
    """A whole payslip."""
    slip = calculate(read_case(given), law_book())
    return {
        "gross": slip.gross,
        "non_taxable": slip.non_taxable,
        "taxable": slip.taxable,
        "net": slip.net,
        "earnings": [_earning(each) for each in slip.earnings],
        "deductions": [{"code": a.code, "amount": a.amount} for a in slip.deductions],
        "employer": [{"code": a.code, "amount": a.amount} for a in slip.employer],
        "warnings": [{"code": w.code, "date": w.date.isoformat()} for w in slip.warnings],
        "explain": explain(
            [each for each in (*slip.earned, *slip.taken) if each.amount.won]
            + [replace(e, code=f"employer_{e.code}") for e in slip.employer_lines if e.amount.won]
        ),
    }


def _earning(each: Amount) -> dict[str, Any]:
    return {
        "code": each.code,
        "amount": each.amount,
        "quantity": plain(each.quantity),
        "unit": each.unit or None,
        "rate": plain(each.rate),
    }


def withholding(given: Fields) -> dict[str, Any]:
    """Income tax by the simplified table."""
    pay = given.whole("monthly_pay")
    family, children = family_of(given)
    percent = given.whole("percent", 100)
    if percent not in PERCENTS:
        raise BadInput(given.at("percent"), mark("must be 80, 100 or 120"))
    law = law_book().on(given.day("pay_date"))
    given.done()
    lines = list(tax.by_table(pay, family, children, percent, law))
    amounts = {each.code: each.amount.won for each in lines}
    found: dict[str, Any] = {
        "income_tax": amounts.get("income_tax", 0),
        "local_income_tax": amounts.get("local_income_tax", 0),
    }
    if law.is_stale("income_tax.withholding"):
        found["warnings"] = [{"code": "rates_not_published"}]
    return found | {"explain": explain(lines)}


def insurance(given: Fields) -> dict[str, Any]:
    """The four insurances of one month, both sides."""
    pay = given.whole("monthly_pay")
    month = given.text("month")
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise BadInput(given.at("month"), mark("must be a month such as 2026-08")) from None
    given.done()
    pairs = list(premiums.of_one_month(pay, law_book().on(first)))
    if not pay:
        pairs = [(_nothing(a), _nothing(b)) for a, b in pairs]
    found: dict[str, Any] = {mine.code: mine.amount.won for mine, _ in pairs}
    found |= {f"employer_{theirs.code}": theirs.amount.won for _, theirs in pairs}
    employer = [replace(theirs, code=f"employer_{theirs.code}") for _, theirs in pairs]
    return found | {"explain": explain([*(mine for mine, _ in pairs), *employer])}


def _nothing(of: PayLine) -> PayLine:
    pay = Input("pay", Fraction(0), "KRW", "pay of the month")
    return line(of.code, "pay", (pay,), of.article)


def severance(given: Fields) -> dict[str, Any]:
    """Severance by the average daily wage."""
    hired, leaving = given.day("hired"), given.day("leaving_date")
    wages = given.whole("wages_3_months")
    bonus, leave = given.whole("annual_bonus", 0), given.whole("annual_leave_pay", 0)
    ordinary = _decimal(given, "ordinary_daily_wage")
    given.done()
    if leaving <= hired:
        raise BadInput(given.at("leaving_date"), mark("must be after the day of hiring"))
    book, service = law_book(), service_days(hired, leaving)
    law = book.at(leaving)
    earned = Earned(*period(leaving, int(law.number("wages.average_months"))), wages)
    average = average_wage(leaving, (earned,), law, bonus=bonus, leave=leave)
    owed = severance_of(average, service, ordinary, book)
    hundredths = int(up_to_hundredth(average.daily or Fraction(0)) * 100)
    return {
        "service_days": service,
        "average_daily_wage": f"{hundredths // 100}.{hundredths % 100:02d}",
        "severance": owed.amount.won,
        "explain": explain([owed]),
    }


def _decimal(given: Fields, name: str) -> Fraction:
    value = given.take(name, 0)
    plain = isinstance(value, (int, str)) and not isinstance(value, bool)
    if not plain or not DECIMAL.fullmatch(str(value)):
        raise BadInput(given.at(name), mark("must be a number"))
    return Fraction(value)


def annual_leave(given: Fields) -> dict[str, Any]:
    """Days of annual leave that have arisen since hiring (Labor Standards Act, art. 60)."""
    hired, today = given.day("hired"), given.day("as_of")
    attendance = given.take("attendance", "full")
    if attendance != "full" and not isinstance(attendance, list):
        raise BadInput(given.at("attendance"), mark("must be full, or the list of missed days"))
    missed = (
        ()
        if attendance == "full"
        else Fields({"attendance": attendance}, given.path).days("attendance")
    )
    given.done()
    if today < hired:
        raise BadInput(given.at("as_of"), mark("must not be before the day of hiring"))
    found = tuple(arisen(hired, today, frozenset(missed)))
    monthly = sum(each.days for each in found if each.why is Why.FULL_MONTH)
    yearly = sum(each.days for each in found if each.why is not Why.FULL_MONTH)
    inputs = (
        Input("monthly_days", Fraction(monthly), "day", "full months of the first year"),
        Input("yearly_days", Fraction(yearly), "day", "completed years"),
    )
    days = line("annual_leave", "monthly_days + yearly_days", inputs, leave_figure().article)
    return {"days": monthly + yearly, "explain": explain([days])}
