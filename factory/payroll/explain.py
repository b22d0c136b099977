"""Each line as a reader gets it: formula, numbers with their origin, rule in words, article."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from factory.kernel.words import mark, say
from factory.payroll.domain.lines import PayLine

RULES = {
    "base": mark("The time that was agreed is paid at the agreed rate."),
    "piece": mark("Every good piece is paid at the rate of its operation."),
    "overtime": mark("Hours beyond 8 a day or 40 a week are paid at one and a half."),
    "overtime_premium": mark("The pieces paid these hours once; half of the hour is added."),
    "night_premium": mark("Between 22:00 and 06:00 half of the hourly wage is added."),
    "holiday_work": mark("Work on a holiday is paid at one and a half, beyond 8 hours double."),
    "weekly_holiday": mark("Who came on every agreed day of the week has a paid day of rest."),
    "paid_holiday": mark("A public holiday on a working day is paid."),
    "paid_leave": mark("A day of leave is paid like the work agreed for it."),
    "minimum_wage_top_up": mark("What is missing to the minimum wage is added."),
    "allowance": mark("An allowance by contract."),
    "by_hand": mark("Entered by the office."),
    "national_pension": mark("A share of the standard monthly income, cut to 10 won."),
    "health_insurance": mark("A share of pay between the lowest and highest premium."),
    "long_term_care": mark("A share of the health premium, cut to 10 won."),
    "employment_insurance": mark("A share of pay, cut to 10 won."),
    "industrial_accident": mark("Paid by the employer alone."),
    "income_tax": mark("The simplified table's amount, less the children's, at the share chosen."),
    "day_labour_tax": mark("Of each day's pay beyond the free part; cut to 10 won once."),
    "freelance_tax": mark("Three per cent of the pay, cut to 10 won."),
    "local_income_tax": mark("A tenth of the income tax, cut to 10 won."),
    "annual_leave": mark(
        "A day for each full month of the first year, then a number for each year."
    ),
    "severance": mark("Thirty days of average wage for each year of service."),
}

NAMES = {
    "base": mark("Basic pay"),
    "piece": mark("Piece pay"),
    "overtime": mark("Overtime"),
    "overtime_premium": mark("Overtime premium"),
    "night_premium": mark("Night premium"),
    "holiday_work": mark("Holiday work"),
    "weekly_holiday": mark("Weekly holiday pay"),
    "paid_holiday": mark("Public holiday pay"),
    "paid_leave": mark("Paid leave"),
    "shutdown_pay": mark("Shutdown pay"),
    "minimum_wage_top_up": mark("Lift to the minimum wage"),
    "unused_leave": mark("Unused leave"),
    "bonus": mark("Bonus"),
    "correction": mark("Correction"),
    "allowance": mark("Allowance"),
    "national_pension": mark("National pension"),
    "health_insurance": mark("Health insurance"),
    "long_term_care": mark("Long-term care"),
    "employment_insurance": mark("Employment insurance"),
    "industrial_accident": mark("Industrial accident insurance"),
    "income_tax": mark("Income tax"),
    "local_income_tax": mark("Local income tax"),
    "year_end_tax": mark("Year-end tax"),
    "year_end_local_tax": mark("Year-end local tax"),
    "health_settlement": mark("Health settlement"),
    "garnishment": mark("Garnishment"),
    "advance": mark("Advance"),
    "agreed": mark("Agreed deduction"),
}
UNITS = {
    "hour": mark("hours"),
    "piece": mark("pieces"),
    "day": mark("days"),
    "month": mark("months"),
}
NOTICES = {
    "below_minimum_wage": mark("The contract is below the minimum wage."),
    "over_52_hours": mark("More than 52 hours in a week."),
    "part_time_over_12": mark("More than 12 hours beyond a part-time contract."),
    "week_before_period_assumed_attended": mark("The week before is taken as attended."),
    "rates_not_published": mark("A newer tax table may hold by now."),
    "freelance_with_fixed_hours": mark("A freelancer with fixed hours may be an employee."),
    "day_labour_over_three_months": mark("Day labour of three months is ordinary employment."),
    "terms_changed": mark("The terms changed within the month; the last ones were used."),
}


def name_of(code: str) -> str:
    """A line's name; what stands behind the dot comes in brackets."""
    kind, _, own = code.partition(".")
    return say(NAMES[kind]) + (f" ({own})" if own else "")


def show_quantity(quantity: int | str | None, unit: str | None) -> str:
    """A line's quantity with its unit; hours as 3:04."""
    if quantity is None or unit is None:
        return ""
    if unit == "hour":
        minutes = round(Fraction(quantity) * 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return f"{show_decimal(quantity)} {say(UNITS[unit])}"


def show_decimal(value: int | str) -> str:
    """A number for the eye, to two places at most."""
    hundredths = round(Fraction(value) * 100)
    whole, rest = divmod(hundredths, 100)
    return f"{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "")


def explain(lines: Iterable[PayLine]) -> list[dict[str, Any]]:
    """Every line's reason, in the language spoken now."""
    return [explained(line) for line in lines]


def explained(line: PayLine) -> dict[str, Any]:
    """One line's reason."""
    return {
        "code": line.code,
        "amount": line.amount.won,
        "formula": line.formula,
        "inputs": [
            {"name": i.name, "value": plain(i.value), "unit": i.unit, "origin": i.origin}
            for i in line.inputs
        ],
        "rule": say(RULES[line.rule]),
        "article": line.article,
    }


def plain(value: Fraction | None) -> int | str | None:
    """A number exactly: whole, as decimals where they end, else as a fraction."""
    if value is None or value.denominator == 1:
        return None if value is None else int(value)
    for places in range(1, 9):
        if (scaled := value * 10**places).denominator == 1:
            sign = "-" if scaled < 0 else ""
            digits = f"{abs(int(scaled)):0{places + 1}d}"
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return f"{value.numerator}/{value.denominator}"
