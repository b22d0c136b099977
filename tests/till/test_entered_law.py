"""The till takes its rates from the law book with what the manager entered in it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.kernel.time import now
from factory.law.book import Entered
from factory.lawbook import service as lawbook
from factory.till import queries
from tests.payroll.build import ASPEN, WILLOW
from tests.till.build import PRICE, give_back, sold

pytestmark = pytest.mark.usefixtures("clock")
TODAY = date(2026, 11, 24)


def hold(session: Session, name: str, value: Fraction) -> None:
    new = Entered(name, TODAY, value, "Value-Added Tax Act, art. 30", "Act of today", TODAY)
    lawbook.approve(session, lawbook.enter(session, new, by=WILLOW, at=now()), by=ASPEN, at=now())


def test_a_rate_that_was_entered_is_on_the_receipt_and_on_the_return(
    session: Session, coat: str
) -> None:
    hold(session, "sales_tax.standard", Fraction(1, 5))
    receipt = sold(session, coat)
    assert receipt.vat == Money(PRICE // 6)
    back = give_back(session, receipt, {1: 1})
    assert back.vat == -receipt.vat


def test_a_cash_receipt_is_owed_from_the_amount_that_was_entered(
    session: Session, coat: str
) -> None:
    sold(session, coat)
    assert len(queries.owed_cash_receipts(session)) == 1
    hold(session, "sales_tax.cash_receipt_from", Fraction(PRICE + 1))
    assert queries.owed_cash_receipts(session) == ()
