"""Minutes in which a piece worker waited for help and could make no pieces.

Her pieces have to pay only the hours in which she could work; the others are paid at the minimum
wage. What the lift to the minimum wage pays for them already is not paid twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from factory.payroll.domain.case import PayKind
from factory.payroll.domain.lines import Input, PayLine, line
from factory.payroll.domain.reckoning import Reckoning

CALLS = "calls for help"
ARTICLE = "Labor Standards Act, art. 47, 50(3)"
"""An amount is owed by the hours; waiting under direction is work."""
FORMULA = "max(0, min(minimum * waited, pieces - minimum * (hours - waited)))"


def waiting(r: Reckoning) -> Iterator[PayLine]:
    """The minutes of waiting at the minimum wage, as far as nothing else pays them."""
    days = (hours for day, hours in r.case.waits.items() if r.case.covers(day))
    waited = min(sum(days, Fraction(0)), r.worked)
    if r.kind is not PayKind.PIECE or not waited:
        return
    figure = r.law.figure("wages.minimum_hourly")
    inputs = (
        Input.of_law("minimum", figure),
        Input("waited", waited, "hour", CALLS),
        Input("pieces", Fraction(r.piece_pay), "KRW", "piece pay"),
        Input("hours", r.worked, "hour", "time clock, approved days"),
    )
    whole = r.piece_pay >= r.minimum * r.worked
    measure = (waited, "hour", figure.number if whole else None)
    yield line("allowance.waiting", FORMULA, inputs, ARTICLE, measure=measure, rule="waiting")
