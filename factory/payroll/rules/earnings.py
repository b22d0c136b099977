"""Time pay, piece pay, allowances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import ceil

from factory.payroll.domain.case import Allowance, Minutes, PayKind
from factory.payroll.domain.hours import NONE, DayHours, together
from factory.payroll.domain.lines import Input, PayLine, line
from factory.payroll.domain.reckoning import Reckoning
from factory.payroll.domain.rests import absent_days, weekly_holiday_hours, weekly_holidays_lost

CONTRACT = "contract"
CLOCK = "time clock, approved days"
CALENDAR = "calendar"
ARTICLE = "Labor Standards Act, art. 17, 43"


def base(r: Reckoning) -> Iterator[PayLine]:
    """Pay for the time agreed: by the hour, the day or the month."""
    match r.kind:
        case PayKind.HOURLY:
            yield _hourly(r)
        case PayKind.DAILY:
            yield _daily(r)
        case PayKind.MONTHLY:
            yield _monthly(r)
        case PayKind.FREELANCE:
            rate = Fraction(r.case.terms.rate)
            yield line("base", "rate", (Input("rate", rate, "KRW", CONTRACT),), ARTICLE)
        case PayKind.PIECE:
            return


def _hourly(r: Reckoning) -> PayLine:
    hours = r.worked if r.small else together(day.normal for day in r.days)
    rate = Fraction(r.case.terms.rate)
    inputs = (
        _clocked(hours),
        Input("rate", rate, "KRW/hour", CONTRACT),
    )
    return line("base", "hours * rate", inputs, ARTICLE, measure=(hours, "hour", rate))


def _daily(r: Reckoning) -> PayLine:
    days = Fraction(sum(1 for day in r.days if not day.holiday))
    rate = Fraction(r.case.terms.rate)
    inputs = (Input("days", days, "day", CLOCK), Input("rate", rate, "KRW/day", CONTRACT))
    return line("base", "days * rate", inputs, ARTICLE, measure=(days, "day", rate))


def _monthly(r: Reckoning) -> PayLine:
    rate, share = Fraction(r.case.terms.rate), employed_share(r)
    (absent, lost), lift = _missed(r), _lift(r, share)
    formula = "rate * share"
    inputs: tuple[Input, ...] = (
        Input("rate", rate, "KRW/month", CONTRACT),
        Input("share", share, "ratio", CALENDAR),
    )
    if absent or lost or lift:
        formula = f"max({formula} + lift - (absent_hours + lost_holiday_hours) * rate / divisor, 0)"
        inputs = (
            *inputs,
            Input("lift", lift, "KRW", "Minimum Wage Act, art. 6"),
            Input("absent_hours", absent, "hour", "absences"),
            Input("lost_holiday_hours", lost, "hour", "absences"),
            Input("divisor", r.divisor, "hour", "law"),
        )
    return line("base", formula, inputs, ARTICLE, measure=(share, "month", rate))


def _missed(r: Reckoning) -> tuple[Fraction, Fraction]:
    """Hours absent, and hours of weekly holidays lost by it."""
    absent = len(absent_days(r.case, r.law)) * r.day_hours
    return absent, weekly_holidays_lost(r.case, r.law) * weekly_holiday_hours(r.case, r.law)


def employed_share(r: Reckoning) -> Fraction:
    """The part of the period's calendar days on which she was employed."""
    employed = sum(1 for day in r.case.days if r.case.person.employed(day))
    first, last = r.case.whole
    return Fraction(employed, (last - first).days + 1)


def _lift(r: Reckoning, share: Fraction) -> Fraction:
    """What a month lacks to the minimum wage for its hours, where she began or left in it."""
    if all(r.case.person.employed(day) for day in r.case.days):
        return NONE
    terms = r.case.terms
    paid = (terms.rate + sum(a.amount for a in terms.allowances)) * share
    hours = together(_within_contract(r, day) for day in r.days) + r.rest_hours
    return max(NONE, r.minimum * hours - paid)


def _within_contract(r: Reckoning, day: DayHours) -> Minutes:
    """A day's minutes that are neither overtime nor holiday work.

    Under five employees whatever lies beyond the contract is overtime, and paid as such.
    """
    return day.normal - day.extra if r.small and not day.holiday else day.normal


def piece(r: Reckoning) -> Iterator[PayLine]:
    """Pay for pieces: each operation's count at its rate."""
    if r.kind not in {PayKind.PIECE, PayKind.FREELANCE} or not r.case.pieces:
        return
    inputs: list[Input] = []
    for number, each in enumerate(r.case.pieces, 1):
        inputs += (
            Input(f"count_{number}", Fraction(each.count), "piece", f"scans of {each.operation}"),
            Input(f"rate_{number}", Fraction(each.rate), "KRW/piece", f"rate of {each.operation}"),
        )
    numbers = range(1, len(r.case.pieces) + 1)
    formula = " + ".join(f"count_{number} * rate_{number}" for number in numbers)
    count = Fraction(sum(each.count for each in r.case.pieces))
    rates = {each.rate for each in r.case.pieces}
    rate = Fraction(rates.pop()) if len(rates) == 1 else None
    yield line("piece", formula, tuple(inputs), ARTICLE, measure=(count, "piece", rate))


def minimum_wage_top_up(r: Reckoning) -> Iterator[PayLine]:
    """What is missing to the minimum wage is added."""
    if r.kind is PayKind.PIECE:
        yield from _piece_top_up(r)
    elif counted_hour(r) is not None and (short := shortfall(r)) > 0:
        hours = _clocked(r.worked + r.rest_hours)
        if r.kind is PayKind.MONTHLY:
            hours = Input("hours", r.divisor * _share_paid(r), "hour", CONTRACT)
        counted = Input("counted", r.minimum - short, "KRW/hour", CONTRACT)
        yield _top_up(r, "(minimum - counted) * hours", hours, counted)


def _clocked(hours: Fraction) -> Input:
    return Input("hours", hours, "hour", CLOCK)


def _share_paid(r: Reckoning) -> Fraction:
    """The part of a full month's rate that is paid, before rounding."""
    rate = r.case.terms.rate
    if rate:
        return _monthly(r).exact / rate
    return max(NONE, employed_share(r) - sum(_missed(r), NONE) / r.divisor)


def _piece_top_up(r: Reckoning) -> Iterator[PayLine]:
    if r.minimum * r.worked > r.piece_pay:
        paid = Fraction(r.piece_pay)
        pieces = Input("pieces", paid, "KRW", "piece pay")
        yield _top_up(r, "minimum * hours - pieces", _clocked(r.worked), pieces)


def _top_up(r: Reckoning, formula: str, hours: Input, paid: Input) -> PayLine:
    figure = r.law.figure("wages.minimum_hourly")
    inputs = (Input.of_law("minimum", figure), hours, paid)
    measure = (hours.value, "hour", None)
    return line("minimum_wage_top_up", formula, inputs, figure.article, measure=measure)


def counted_hour(r: Reckoning) -> Fraction | None:
    """The hour of pay that is held against the minimum wage; none for pieces and freelancers."""
    terms = r.case.terms
    if r.kind is PayKind.HOURLY:
        return terms.rate + r.per_hour()
    if r.kind is PayKind.MONTHLY:
        return terms.rate / r.divisor + r.per_hour()
    return r.hourly + r.per_hour() if r.kind is PayKind.DAILY else None


def shortfall(r: Reckoning) -> Fraction:
    """Won an hour that are missing to the minimum wage."""
    counted = counted_hour(r)
    return NONE if counted is None else max(NONE, r.minimum - counted)


def allowances(r: Reckoning) -> Iterator[PayLine]:
    """Monthly allowances, equal codes added; of monthly pay, by the part of the month employed."""
    share = _allowance_share(r)
    for code, won in _by_code(r.case.terms.allowances).items():
        amount = Fraction(won)
        inputs = (
            Input("amount", amount, "KRW/month", CONTRACT),
            Input("share", share, "ratio", CALENDAR),
        )
        measure = (share, "month", amount)
        name = f"allowance.{code}"
        yield line(name, "amount * share", inputs, ARTICLE, measure=measure, rule="allowance")


def marked_free(r: Reckoning) -> dict[str, int]:
    """The won of each allowance that is marked free of tax, before any limit."""
    share, marked = _allowance_share(r), (a for a in r.case.terms.allowances if a.non_taxable)
    return {code: ceil(won * share) for code, won in _by_code(marked).items()}


def _allowance_share(r: Reckoning) -> Fraction:
    by_days = r.kind is PayKind.MONTHLY or r.case.month is not None
    return employed_share(r) if by_days else Fraction(1)


def _by_code(allowances: Iterable[Allowance]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in allowances:
        found[each.code] = found.get(each.code, 0) + each.amount
    return found
