"""The four insurances, both sides, and industrial accident."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from factory.kernel.money import Rounding
from factory.law.book import Figure, LawAt
from factory.payroll.domain.lines import Input, PayLine, line

EXACT = Rounding.CUT_TO_TEN
PAY = "pay of the month"


def pension(pay: int, law: LawAt) -> PayLine:
    """National pension on the standard monthly income, each side alike."""
    bounds = law.figure("social_insurance.pension_base").table
    standard = Fraction(pay // bounds["step"] * bounds["step"])
    standard = min(max(standard, bounds["least"]), bounds["most"])
    inputs = (
        Input("standard_income", standard, "KRW", PAY),
        Input.of_law("rate", law.figure("social_insurance.pension")),
    )
    return _line("national_pension", "standard_income * rate", inputs, law, "pension")


def health(pay: int, law: LawAt) -> PayLine:
    """Health insurance within the month's lowest and highest premium, each side alike."""
    bounds = law.figure("social_insurance.health_premium")
    inputs = (
        Input("pay", Fraction(pay), "KRW", PAY),
        Input.of_law("rate", law.figure("social_insurance.health")),
        Input("least", bounds.table["least"], "KRW", bounds.article),
        Input("most", bounds.table["most"], "KRW", bounds.article),
    )
    formula = "min(max(cut(pay * rate), least), most)"
    return _line("health_insurance", formula, inputs, law, "health")


def long_term_care(health_premium: int, law: LawAt) -> PayLine:
    """Long-term care, as a share of the health premium."""
    inputs = (
        Input("health_premium", Fraction(health_premium), "KRW", "health_insurance"),
        Input.of_law("share", law.figure("social_insurance.long_term_care")),
    )
    return _line("long_term_care", "health_premium * share", inputs, law, "long_term_care")


def employment(pay: int, law: LawAt, *, employer: bool = False) -> PayLine:
    """Employment insurance; the employer pays a second part, cut by itself."""
    inputs = [
        Input("pay", Fraction(pay), "KRW", PAY),
        Input.of_law("rate", law.figure("social_insurance.employment")),
    ]
    formula = "pay * rate"
    if employer:
        training = law.figure("social_insurance.employment_training")
        inputs.append(Input.of_law("training", training))
        formula = "cut(pay * rate) + cut(pay * training)"
    return _line("employment_insurance", formula, tuple(inputs), law, "employment")


def industrial_accident(pay: int, law: LawAt) -> PayLine:
    """Industrial accident, paid by the employer alone."""
    inputs = (
        Input("pay", Fraction(pay), "KRW", PAY),
        Input.of_law("rate", law.figure("social_insurance.industrial_accident")),
    )
    return _line("industrial_accident", "pay * rate", inputs, law, "industrial_accident")


def month_law(law_day: date) -> date:
    """Premiums go by the month: its first day opens the book."""
    return law_day.replace(day=1)


def of_one_month(pay: int, law: LawAt) -> Iterator[tuple[PayLine, PayLine]]:
    """All four for one month's pay: the employee's line and the employer's."""
    for found in (pension(pay, law), healthy := health(pay, law)):
        yield found, found
    care = long_term_care(healthy.amount.won, law)
    yield care, care
    yield employment(pay, law), employment(pay, law, employer=True)


def _line(code: str, formula: str, inputs: tuple[Input, ...], law: LawAt, figure: str) -> PayLine:
    held: Figure = law.figure(f"social_insurance.{figure}")
    return line(code, formula, inputs, held.article, rounding=EXACT)
