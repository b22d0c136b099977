"""Pay for agreed work that the factory did not give (Labor Standards Act, art. 46)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from factory.payroll.domain.case import PayKind
from factory.payroll.domain.lines import Input, PayLine, line
from factory.payroll.domain.reckoning import Reckoning
from factory.payroll.domain.rests import shut_days

INSIDE = frozenset({PayKind.MONTHLY, PayKind.FREELANCE})
"""A month's pay goes on in full while the factory rests; freelancers have no agreed hours."""
CLOSED = "days the factory rested"


def shutdown_pay(r: Reckoning) -> Iterator[PayLine]:
    """70 per cent of the average wage, or the ordinary wage where that is lower.

    Of a day worked in part, what its work earned is taken off first (Decree, art. 26). The ordinary
    wage is paid where no average is known; the average is never below it (art. 2(2)).
    """
    found = shut_days(r.case, r.law)
    if r.small or r.kind in INSIDE or not found:
        return
    article = r.law.figure("wages.shutdown_share").article
    hours = sum((hours * days for hours, days in found.items()), Fraction(0))
    measure = (hours, "hour", None)
    if r.case.average_daily is None:
        formula, rule = "hours * wage", "shutdown_at_ordinary"
        inputs: tuple[Input, ...] = (Input("hours", hours, "hour", CLOSED), _wage(r))
    else:
        formula, inputs = _by_average(r, found, r.case.average_daily)
        rule = "shutdown_pay"
    yield line("shutdown_pay", formula, inputs, article, measure=measure, rule=rule)


def _wage(r: Reckoning) -> Input:
    return Input("wage", r.ordinary, "KRW/hour", "ordinary hourly wage")


def _by_average(
    r: Reckoning, found: dict[Fraction, int], average: Fraction
) -> tuple[str, tuple[Input, ...]]:
    terms: list[str] = []
    inputs: list[Input] = []
    for number, (hours, days) in enumerate(found.items(), 1):
        inputs.append(Input(f"days_{number}", Fraction(days), "day", CLOSED))
        inputs.append(Input(f"hours_{number}", hours, "hour", CLOSED))
        whole = "average"
        if given := r.day_hours - hours:
            inputs.append(Input(f"given_{number}", given, "hour", "contract"))
            whole = f"(average - given_{number} * wage)"
        terms.append(f"days_{number} * min(share * {whole}, hours_{number} * wage)")
    least = max(average, r.day_hours * r.ordinary)
    share = Input.of_law("share", r.law.figure("wages.shutdown_share"))
    known = Input("average", least, "KRW/day", "average wage of three months")
    return " + ".join(terms), (*inputs, share, known, _wage(r))
