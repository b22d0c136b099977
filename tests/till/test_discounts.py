"""Money off: a reason, a limit by role, a manager's badge and PIN, and shared to the won."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.money import ZERO, Money
from factory.kernel.time import now
from factory.kernel.words import say, tell
from factory.people import service as people
from factory.security import service as security
from factory.security.domain import SYSTEM, Actor, MayNotVouch, Role, WrongPin
from factory.security.queries import audit
from factory.till import queries, service
from factory.till.domain.discount import (
    MoreThanCashiersTakeOff,
    OffFor,
    SaleDiscountTooLarge,
    WhyTakenOff,
    most_off,
    share,
)
from tests.cast import PIN
from tests.people.build import make_worker
from tests.till.build import (
    LANGUAGES,
    SHOP,
    basket,
    card,
    give_back,
    make_coat,
    make_sale,
    make_till,
    papers,
    pay,
    reads,
    sell,
    value_of,
)

BIRCH = Actor(name="Birch", roles=frozenset({Role.CASHIER}))


@settings(max_examples=30)
@given(st.lists(st.integers(0, 500_000), min_size=1, max_size=5), st.data())
def test_what_is_taken_off_the_sale_is_shared_to_the_won(
    worths: list[int], data: st.DataObject
) -> None:
    off = data.draw(st.integers(0, sum(worths)))
    lines = [Money(worth) for worth in worths]
    parts = share(Money(off), lines)
    assert Money.total(parts) == Money(off)
    assert all(ZERO <= part <= line for part, line in zip(parts, lines, strict=True))


@pytest.mark.parametrize("off", [-1, 189_001])
def test_nobody_takes_off_more_than_there_is(off: int) -> None:
    with pytest.raises(SaleDiscountTooLarge):
        share(Money(off), [Money(189_000)])


def test_a_cashiers_limit_is_cut_to_the_won() -> None:
    assert most_off(Money(189_005), 10) == Money(18_900)


def test_what_was_taken_off_the_whole_sale_comes_back_in_its_share(session: Session) -> None:
    make_till(session)
    coat = make_coat(session)
    new = make_sale(coat, 2, off=Money(8_001), why=OffFor.FLAW, tenders=(card(369_999),))
    sale = sell(session, new).sale
    assert sale.total == Money(369_999)
    assert give_back(session, sale, {1: 1}).total == Money(-185_000)
    assert give_back(session, sale, {1: 1}).total == Money(-184_999)


def test_the_receipt_says_why_and_keeps_the_approval_number_of_the_card(session: Session) -> None:
    make_till(session)
    tenders = (replace(card(180_000), note="A1234567"),)
    new = make_sale(make_coat(session), discount=9_000, why=OffFor.FLAW, tenders=tenders)
    assert sell(session, new).sale.reason == say(OffFor.FLAW.label)
    paper = reads(papers(session)[-1])
    assert "작은 흠" in paper
    assert "A1234567" in paper
    assert "신용카드 매출전표는 단말기에서 나온 것을 보관하세요." in paper


def test_a_cashier_says_why_and_stays_within_her_limit(session: Session) -> None:
    make_till(session)
    coat = make_coat(session)

    def by_birch(off: int, why: OffFor | None, approved: str = "") -> service.Sold:
        new = make_sale(coat, discount=off, why=why, approved=approved)
        return service.sell(session, new, by=BIRCH, at=now(), received=now())

    with pytest.raises(WhyTakenOff):
        by_birch(1_000, None)
    with pytest.raises(MoreThanCashiersTakeOff):
        by_birch(18_901, OffFor.SEASON)
    assert by_birch(18_900, OffFor.SEASON).sale.total == Money(170_100)
    assert by_birch(100_000, OffFor.SEASON, "Willow").sale.total == Money(89_000)
    assert [line.what for line in audit(session)].count("override_price") == 1


def test_the_shop_says_how_much_a_cashier_may_take_off(session: Session) -> None:
    make_till(session)
    none = replace(SHOP, cashiers_percent=0)
    service.describe_shop(session, none, by=SYSTEM, at=now())
    new = make_sale(make_coat(session), discount=1)
    with pytest.raises(MoreThanCashiersTakeOff):
        service.sell(session, new, by=BIRCH, at=now(), received=now())


# At the till


@pytest.fixture
def managers_badge(app: Flask) -> str:
    """The badge of a worker who is a manager too."""
    return _badge(app, Role.WORKER, Role.MANAGER)


def _badge(app: Flask, *roles: Role) -> str:
    with app.app_context(), transaction() as session:
        worker = make_worker(session)
        account = security.find_account_id(session, str(worker.number))
        assert account is not None
        security.set_roles(session, account, roles, by=SYSTEM, at=now())
        return people.issue_badge(session, worker, by=SYSTEM, at=now())


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_than_her_limit_is_refused_with_a_field_for_the_manager(
    birch: FlaskClient, coat: str, language: str
) -> None:
    birch.post("/language", data={"language": language})
    sent = basket(coat, off="50,000", card="139,000")
    answer = pay(birch, **sent)
    assert answer.status_code == 422
    assert tell(WhyTakenOff(), language) in answer.text
    answer = pay(birch, **sent, why="flaw")
    assert answer.status_code == 422
    assert tell(MoreThanCashiersTakeOff(most=Money(18_900)), language) in answer.text
    assert 'name="pin"' in answer.text
    assert value_of(answer.text, "off") == "50,000"
    assert value_of(answer.text, "card") == "139,000"


def test_a_manager_scans_her_badge_and_types_her_pin(
    app: Flask, birch: FlaskClient, coat: str, managers_badge: str
) -> None:
    sent = basket(coat, off="50,000", card="139,000", why="flaw")
    scanned = pay(birch, **sent, code=managers_badge)
    assert value_of(scanned.text, "badge") == managers_badge
    assert value_of(scanned.text, "code") == ""
    wrong = pay(birch, **sent, badge=managers_badge, pin="0000")
    assert wrong.status_code == 422
    assert tell(WrongPin(), "en") in wrong.text
    assert value_of(wrong.text, "pin") == ""
    assert pay(birch, **sent, badge=managers_badge, pin=PIN).status_code == 303
    with app.app_context(), reading() as session:
        assert queries.receipt(session, 1).total == Money(139_000)


def test_another_ones_badge_does_not_do(app: Flask, birch: FlaskClient, coat: str) -> None:
    badge = _badge(app, Role.WORKER)
    sent = basket(coat, off="50,000", card="139,000", why="flaw")
    answer = pay(birch, **sent, badge=badge, pin=PIN)
    assert answer.status_code == 422
    assert tell(MayNotVouch(), "en").split(".", maxsplit=1)[0] in answer.text


def test_the_basket_shows_what_is_left_and_refuses_more_than_all(
    birch: FlaskClient, coat: str
) -> None:
    assert "₩180,000" in birch.post("/till/", data=basket(coat, off="9,000", do="recount")).text
    answer = birch.post("/till/", data=basket(coat, off="189,001", do="recount"))
    assert answer.status_code == 422
    assert tell(SaleDiscountTooLarge(most=Money(189_000)), "en") in answer.text
    assert value_of(answer.text, "off") == "189,001"
