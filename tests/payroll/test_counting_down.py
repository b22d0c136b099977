"""A court's claim counts down month by month until it is met; severance has a limit of its own."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.kernel.words import tell
from factory.law.book import law_book
from factory.payroll import queries, records, service
from factory.payroll.domain.case import Garnishment
from factory.payroll.domain.known import NothingClaimed, checked_attachment
from factory.payroll.rules.garnishment import taken_by
from factory.people.domain import Worker
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.payroll.build import (
    ASPEN,
    NOVEMBER,
    OCTOBER,
    WILLOW,
    approve,
    make_attachment,
    make_slip,
    miss,
    work,
    work_october,
)
from tests.payroll.leaver import LEFT, make_leaver
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")
RATE = Money(30_000)
"""Won an hour: so much that a court may attach some of it."""


# What an order still claims


@pytest.mark.parametrize(
    ("total", "monthly", "taken", "most"),
    [
        (None, None, 9, None),
        (None, 300, 9, 300),
        (1_000, None, 400, 600),
        (1_000, 300, 400, 300),
        (1_000, 300, 900, 100),
        (1_000, 700, 0, 700),
    ],
)
def test_a_month_serves_what_is_left_of_the_claim(
    total: int | None, monthly: int | None, taken: int, most: int | None
) -> None:
    paper = make_attachment(
        total=None if total is None else Money(total),
        monthly=None if monthly is None else Money(monthly),
    )
    assert paper.order(taken) == Garnishment("2026-100", OCTOBER, most)


@given(total=st.integers(1, 9_000), taken=st.integers(0, 20_000))
def test_once_the_claim_is_met_nothing_more_is_taken(total: int, taken: int) -> None:
    paper = make_attachment(total=Money(total))
    assert paper.left(taken) == max(0, total - taken)
    assert (paper.order(taken) is None) is (taken >= total)


def test_a_claim_of_nothing_is_no_claim() -> None:
    with pytest.raises(NothingClaimed) as refused:
        checked_attachment(make_attachment(total=Money(0)))
    assert refused.value.field == "total"
    assert tell(refused.value, "ko")


def test_what_is_left_after_insurance_and_tax_is_what_a_court_may_look_at() -> None:
    taken = {"national_pension": 100, "income_tax": 50, "garnishment": 300, "advance": 200}
    assert make_slip({"base": 5_000}, taken).after_law == 4_850


def test_what_each_order_took_is_known_by_its_number() -> None:
    orders = (Garnishment("A", OCTOBER, 100_000), Garnishment("B", OCTOBER))
    assert taken_by(3_000_000, orders, law_book()) == {"A": 100_000, "B": 400_000}


# Through the months


def attached(session: Session, **changes: Money) -> Worker:
    ash = make_worker(session, "Ash", terms=make_terms(rate=RATE))
    service.attach(session, ash, make_attachment(**changes), by=WILLOW, at=now())
    return ash


def taken_in(session: Session, worker: Worker, month: date) -> int:
    slip = queries.entry(session, worker, month).slip
    return sum(each.amount for each in slip.deductions if each.code == "garnishment")


def test_what_a_run_took_is_not_claimed_again(
    session: Session, clock: time_machine.Traveller
) -> None:
    ash = attached(session, total=Money(2_000_000), monthly=Money(1_200_000))
    work_october(session, ash)
    approve(session)
    assert taken_in(session, ash, OCTOBER) == 1_200_000
    assert queries.taken_so_far(session, ash.id) == {"2026-100": 1_200_000}
    work(session, ash, date(2026, 11, 2), date(2026, 11, 20))
    assert taken_in(session, ash, NOVEMBER) == 800_000
    clock.move_to(datetime.fromisoformat("2026-12-04T10:00:00+09:00"))
    miss(session, ash, date(2026, 11, 23), date(2026, 11, 30))
    approve(session, NOVEMBER)
    december = date(2026, 12, 1)
    assert queries.for_month(session, december, ash.id).orders(ash.id) == ()
    assert queries.for_month(session, OCTOBER, ash.id).orders(ash.id)[0].most == 1_200_000


def test_without_a_total_it_is_taken_until_the_order_ends(session: Session) -> None:
    ash = attached(session, monthly=Money(700_000))
    work_october(session, ash)
    approve(session)
    (order,) = queries.for_month(session, NOVEMBER, ash.id).orders(ash.id)
    assert order.most == 700_000


def test_of_severance_half_may_go_and_no_more_than_is_still_claimed(session: Session) -> None:
    three = (date(2026, 8, 1), date(2026, 9, 1), OCTOBER)
    pine = make_leaver(session, *three)
    paper = make_attachment(total=Money(1_000_000), first=date(2026, 11, 1))
    service.attach(session, pine, paper, by=WILLOW, at=now())
    found = service.pay_leaver(session, pine, LEFT, by=ASPEN, at=now())
    assert found.severance.attached == Money(1_000_000)
    assert found.severance.net == found.severance.owed - found.severance.tax - Money(1_000_000)
    assert queries.taken_so_far(session, pine.id) == {"2026-100": 1_000_000}
    assert records.taken_before(session, NOVEMBER, pine.id) == {}


def test_severance_after_tax_is_halved_where_no_total_is_said(session: Session) -> None:
    pine = make_leaver(session, date(2026, 8, 1), date(2026, 9, 1), OCTOBER)
    order = make_attachment(monthly=Money(100_000))
    service.attach(session, pine, order, by=WILLOW, at=now())
    found = service.pay_leaver(session, pine, LEFT, by=ASPEN, at=now()).severance
    assert found.attached.won == (found.owed - found.tax).won // 2


# On the screen


def test_the_office_sees_how_far_a_claim_is_met(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        ash = attached(session, total=Money(2_000_000), monthly=Money(1_200_000))
        work_october(session, ash)
        approve(session)
    browser, at = sign_in(Role.MANAGER), f"/pay/people/{ash.number}"
    page = browser.get(f"{at}?language=en").text
    assert "claimed in all ₩2,000,000" in page
    assert "still open ₩800,000" in page
    sent = {
        "court": "Court",
        "number": "2026-100",
        "creditor": "C-01",
        "filed": "2026-10-01",
        "first": "2026-10-01",
        "total": "0",
    }
    refused = browser.post(f"{at}/attachment", data=sent)
    assert refused.status_code == 422
    assert tell(NothingClaimed(), "en") in refused.text.replace("&#39;", "'")
    assert browser.post(f"{at}/attachment", data=sent | {"total": "1200000"}).status_code == 303
    assert "met: nothing more is taken" in browser.get(at).text
