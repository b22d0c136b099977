"""Two tills with a drawer each, and two cashiers one after the other at one."""

from __future__ import annotations

from dataclasses import replace

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.people import service as people
from factory.printing import fleet
from factory.printing import queries as printed
from factory.printing.domain import VIRTUAL, Purpose
from factory.printing.fleet import NewPrinter
from factory.security import service as security
from factory.security.domain import SYSTEM, Role
from factory.till import queries, service
from factory.till.domain.drawer import TillClosed, TillOpenAlready, TillUnknown
from tests.cast import PASSWORD, PIN
from tests.people.build import make_worker
from tests.till.build import (
    FLOAT,
    PRICE,
    SHOP,
    basket,
    make_coat,
    make_count,
    make_sale,
    make_till,
    pay,
    sell,
)


@pytest.fixture
def second(session: Session, clock: time_machine.Traveller) -> str:
    """Two tills are open, and a coat hangs on the rail."""
    service.describe_shop(session, replace(SHOP, tills=2), by=SYSTEM, at=now())
    make_till(session)
    service.open_till(session, Money(50_000), by=SYSTEM, at=now(), till=2)
    return make_coat(session)


def test_each_till_has_its_own_drawer_and_day_and_numbers_run_through_both(
    session: Session, second: str
) -> None:
    slips = [sell(session, replace(make_sale(second), till=till)).sale for till in (1, 2, 2)]
    assert [slip.number for slip in slips] == [1, 2, 3]
    days = [queries.today(session, till) for till in (1, 2)]
    assert [day.sales for day in days] == [1, 2]
    assert [day.expected for day in days] == [Money(FLOAT + PRICE), Money(50_000 + 2 * PRICE)]
    money = Money(10_000)
    service.move_cash(
        session, money, "coins", out=True, event_id=new_id(), by=SYSTEM, at=now(), till=2
    )
    end = service.close_day(session, make_count(40_000 + 2 * PRICE), by=SYSTEM, at=now(), till=2)
    assert (end.over.won, end.day.opening.till) == (0, 2)
    assert queries.today(session).sales == 1
    with pytest.raises(TillClosed):
        sell(session, replace(make_sale(second), till=2))
    assert [each.till for each in queries.openings(session)] == [1]
    assert queries.recomputed(session) == ()


def test_a_till_that_is_open_or_not_there_is_refused(session: Session, second: str) -> None:
    with pytest.raises(TillOpenAlready):
        service.open_till(session, Money(0), by=SYSTEM, at=now(), till=2)
    with pytest.raises(TillUnknown):
        service.open_till(session, Money(0), by=SYSTEM, at=now(), till=3)


def test_the_second_till_s_receipts_come_out_of_the_second_printer(
    session: Session, second: str
) -> None:
    purposes = (Purpose.RECEIPT, Purpose.DAY_END)
    new = NewPrinter(
        name="Second", place="till 2", profile="virtual-80", target=VIRTUAL, purposes=purposes
    )
    number = fleet.add_printer(session, new, by=SYSTEM, at=now())
    slips = [sell(session, replace(make_sale(second), till=till)).sale for till in (1, 2)]
    jobs = [printed.job_of_event(session, slip.event_id) for slip in slips]
    assert [job is not None and job.printer == "Second" for job in jobs] == [False, True]
    assert number


def test_a_screen_is_told_once_which_till_it_is(app: Flask, birch: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        service.describe_shop(session, replace(SHOP, tills=2), by=SYSTEM, at=now())
        coat = make_coat(session)
    asked = birch.get("/till/open")
    assert asked.headers["Location"].endswith("/till/which")
    assert "Till 2" in birch.get("/till/which").text
    assert birch.post("/till/which", data={"till": "3"}).status_code == 200
    assert birch.post("/till/which", data={"till": "2"}).status_code == 303
    birch.post("/till/open", data={"float": "30000"})
    pay(birch, **basket(coat), cash=str(PRICE))
    with app.app_context(), reading() as session:
        assert queries.opening(session) is None
        assert queries.today(session, 2).expected == Money(30_000 + PRICE)


def test_another_cashier_takes_over_with_her_own_sign_in(
    app: Flask, birch: FlaskClient, coat: str
) -> None:
    with app.app_context(), transaction() as session:
        for name, role in (("maple", Role.CASHIER), ("hazel", Role.CUTTER)):
            security.create_account(
                session, name, PASSWORD, roles=[role], shown=name.title(), by=SYSTEM, at=now()
            )
    pay(birch, **basket(coat), cash=str(PRICE))
    for name, secret in (("maple", "wrong"), ("hazel", PASSWORD), ("", "")):
        refused = birch.post("/till/who", data={"name": name, "secret": secret})
        assert refused.status_code == 422
        assert ("may not sell" in refused.text) is (name == "hazel")
    done = birch.post("/till/who", data={"name": "maple", "secret": PASSWORD})
    assert done.status_code == 303
    pay(birch, **basket(coat), cash=str(PRICE))
    with app.app_context(), reading() as session:
        names = [queries.receipt(session, number).by for number in (1, 2)]
        assert names[1] == "Maple"
        assert names[0] != names[1]
        assert queries.today(session).sales == 2


def test_a_cashier_takes_over_with_her_badge(app: Flask, birch: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        worker = make_worker(session)
        account = security.find_account_id(session, str(worker.number))
        assert account is not None
        security.set_roles(session, account, [Role.WORKER, Role.CASHIER], by=SYSTEM, at=now())
        badge = people.issue_badge(session, worker, by=SYSTEM, at=now())
    done = birch.post("/till/who", data={"name": badge, "secret": PIN})
    assert done.status_code == 303
    assert f"{worker.name} sells now." in birch.get("/till/open").text
