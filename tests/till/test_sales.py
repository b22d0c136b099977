"""Selling: once, into an open till, from the rail, with a number without gaps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from factory.catalogue.domain import CoatUnknown, Grade
from factory.kernel.errors import Refused
from factory.kernel.ids import CodeKind, CodeMisread, WrongKindOfCode, running_code
from factory.kernel.money import ZERO, Money
from factory.kernel.time import now
from factory.kernel.words import speaking
from factory.printing import queries as printed
from factory.printing import spool
from factory.security.domain import SYSTEM
from factory.stock import queries as stock
from factory.stock.domain import NotInStock
from factory.till import queries, service
from factory.till.domain.cash_receipt import (
    CashReceipt,
    CashReceiptNotedAlready,
    NoCashForReceipt,
    ReceiptPurpose,
)
from factory.till.domain.discount import OffFor
from factory.till.domain.drawer import TillClosed
from factory.till.domain.receipt import NewSale, NotPrintedYet, Slip
from factory.till.domain.refund import ReceiptUnknown
from factory.till.domain.sale import (
    DiscountTooLarge,
    FromTheFuture,
    NotEnoughPaid,
    NothingToSell,
    TooMuchByCard,
    Wanted,
)
from factory.till.records import ReceiptRow
from tests.till.build import (
    PRICE,
    SHOP,
    SHORT,
    card,
    cash,
    make_coat,
    make_count,
    make_sale,
    make_till,
    opens_drawer,
    papers,
    reads,
    sell,
    sold,
    transfer,
)

UNKNOWN = running_code(CodeKind.COAT, 999_999)


def test_a_sale_takes_coats_from_the_rail_and_gives_change(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    done = sell(session, make_sale(code, 2, tenders=(cash(400_000),)))
    assert (done.change, done.again) == (Money(22_000), False)
    assert stock.on_hand(session, code) == 3
    receipt = done.sale
    assert (receipt.kind, receipt.number, receipt.coats) == (Slip.SALE, 1, 2)
    assert (receipt.total, receipt.vat) == (Money(378_000), Money(34_364))
    assert receipt.lines[0].name == "여성 울 코트 검정 66"
    assert queries.number_of(session, receipt.code) == 1
    assert queries.receipt(session, 1) == receipt


def test_the_drawer_expects_what_was_kept_not_what_was_handed_over(session: Session) -> None:
    code = make_coat(session)
    make_till(session, 200_000)
    sell(session, make_sale(code, tenders=(cash(250_000),)))
    sell(session, make_sale(code, tenders=(card(100_000), transfer(50_000), cash(40_000))))
    day = queries.today(session)
    assert day.expected == Money(200_000 + PRICE + 39_000)
    assert [each.net for each in day.takings] == [
        Money(PRICE + 39_000),
        Money(100_000),
        Money(50_000),
    ]
    assert (day.sales, day.coats, day.net) == (2, 2, Money(2 * PRICE))
    assert (day.first, day.last) == (1, 2)


def test_the_same_id_again_is_the_first_sale(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    new = make_sale(code, tenders=(cash(200_000),))
    first = sell(session, new)
    other = NewSale(new.id, (Wanted(code, 3),), (cash(600_000),))
    for again in (sell(session, new), sell(session, other)):
        assert again.again
        assert again.sale == first.sale
    assert stock.on_hand(session, code) == 4
    assert len(papers(session)) == 2  # the float's slip and one receipt


def test_one_coat_in_two_lines_leaves_the_rail_twice(session: Session) -> None:
    code = make_coat(session, 2)
    make_till(session)
    lines = (Wanted(code), Wanted(code, 1, Money(9_000)))
    done = sell(session, make_sale(code, lines=lines, tenders=(card(369_000),), why=OffFor.FLAW))
    assert stock.on_hand(session, code) == 0
    assert [line.amount for line in done.sale.lines] == [Money(189_000), Money(180_000)]


def test_second_grade_has_its_own_price_and_name(session: Session) -> None:
    make_coat(session)
    second = make_coat(session, 1, grade=Grade.SECOND)
    make_till(session)
    done = sell(session, make_sale(second, tenders=(card(120_000),)))
    assert done.sale.total == Money(120_000)
    assert done.sale.lines[0].name.startswith("여성 울 코트 검정 66 (")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"lines": ()}, NothingToSell),
        ({"lines": (Wanted(UNKNOWN),)}, CoatUnknown),
        ({"lines": (Wanted("40001239"),)}, CodeMisread),
        ({"lines": (Wanted(running_code(CodeKind.BUNDLE, 12)),)}, WrongKindOfCode),
        ({"tenders": (cash(188_999),)}, NotEnoughPaid),
        ({"tenders": (card(189_001),)}, TooMuchByCard),
        ({"tenders": (transfer(200_000),)}, TooMuchByCard),
        ({"discount": 189_001, "tenders": ()}, DiscountTooLarge),
    ],
)
def test_a_sale_that_can_not_be_leaves_nothing_behind(
    session: Session, changes: dict[str, Any], refusal: type[Refused]
) -> None:
    code = make_coat(session)
    make_till(session)
    with pytest.raises(refusal):
        sell(session, make_sale(code, **changes))
    assert queries.today(session).sales == 0
    assert stock.on_hand(session, code) == 5


def test_a_coat_that_is_not_on_the_rail_is_not_sold(session: Session) -> None:
    code = make_coat(session, 1)
    make_till(session)
    with pytest.raises(NotInStock) as refused:
        sell(session, make_sale(code, 2))
    assert (refused.value.values["there"], refused.value.values["asked"]) == (1, 2)
    assert "66" in str(refused.value.values["coat"])


def test_the_receipt_that_is_told_is_the_one_that_was_kept(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    noted = CashReceipt(ReceiptPurpose.INCOME_DEDUCTION, "010-1234-5678", "J1")
    told = sold(
        session, code, 2, discount=8_000, tenders=(cash(400_000),), cash_receipt=noted, customer=9
    )
    with speaking("ko"):
        assert told == queries.receipt(session, told.number)


def test_a_closed_till_sells_nothing_but_still_knows_what_it_sold(session: Session) -> None:
    code = make_coat(session)
    with pytest.raises(TillClosed):
        sold(session, code)
    make_till(session)
    new = make_sale(code)
    first = sell(session, new)
    service.close_day(session, make_count(0), note=SHORT, by=SYSTEM, at=now())
    assert sell(session, new).sale == first.sale
    with pytest.raises(TillClosed):
        sold(session, code)


def test_a_late_sale_keeps_its_time_and_its_days_price(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    earlier = now() - timedelta(days=2)
    new = make_sale(code)
    done = service.sell(session, new, by=SYSTEM, at=earlier, received=now())
    assert done.sale.at == earlier
    with pytest.raises(FromTheFuture):
        service.sell(
            session, make_sale(code), by=SYSTEM, at=now() + timedelta(minutes=6), received=now()
        )


def test_numbers_run_without_gaps_whatever_is_refused_between(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    numbers = [sold(session, code).number]
    with pytest.raises(NotEnoughPaid):
        sell(session, make_sale(code, tenders=()))
    numbers += [sold(session, code).number, sold(session, code).number]
    assert numbers == [1, 2, 3]
    assert queries.recomputed(session) == ()


def test_what_was_sold_can_not_be_changed(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    sold(session, code)
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(update(ReceiptRow).values(total=ZERO))


# Receipts on paper


def test_the_drawer_opens_only_with_cash_and_never_on_a_copy(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    by_cash, by_card = make_sale(code), make_sale(code, tenders=(card(PRICE),))
    sell(session, by_cash)
    sell(session, by_card)
    _, first, second = papers(session)
    assert opens_drawer(first)
    assert not opens_drawer(second)
    with pytest.raises(NotPrintedYet):
        service.print_again(session, "unknown", by=SYSTEM, at=now())
    job = printed.job_of_event(session, by_cash.id)
    assert job is not None
    assert spool.claim(session, job.id, b"", at=now())
    spool.settle(session, job.id, None, 1, at=now())
    again = service.print_again(session, by_cash.id, by=SYSTEM, at=now())
    document, _, _ = printed.contents(session, again)
    assert document is not None
    assert not opens_drawer(document)


def test_a_receipt_says_what_the_law_asks_for(session: Session) -> None:
    service.describe_shop(session, SHOP, by=SYSTEM, at=now())
    code = make_coat(session)
    make_till(session)
    noted = CashReceipt(ReceiptPurpose.INCOME_DEDUCTION, "010-2222-3333", "J12345678")
    lines = (Wanted(code, 2, Money(9_000)),)
    why = OffFor.SEASON
    tenders = (cash(400_000),)
    new = make_sale(code, lines=lines, tenders=tenders, cash_receipt=noted, why=why)
    receipt = sell(session, new).sale
    text = reads(papers(session)[-1])
    for part in (
        "Sample Clothing",
        "124-81-00998",
        "Willow",
        receipt.code,
        "여성 울 코트 검정 66",
        "-9,000",
        "369,000원",
        "335,455원",
        "33,545원",
        "31,000원",
        "010-****-3333",
        "J12345678",
    ):
        assert part in text, part
    assert "2222" not in text


# Cash receipts


def test_a_cash_receipt_can_be_noted_later_once_and_only_for_cash(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    by_cash, by_card = sold(session, code), sold(session, code, tenders=(card(PRICE),))
    noted = CashReceipt(ReceiptPurpose.BUSINESS_EXPENSE, "010-2222-3333", " J12345678 ")
    service.note_cash_receipt(session, by_cash.number, noted, by=SYSTEM, at=now())
    kept = queries.receipt(session, by_cash.number).cash_receipt
    assert kept == CashReceipt(ReceiptPurpose.BUSINESS_EXPENSE, "010-****-3333", "J12345678")
    with pytest.raises(CashReceiptNotedAlready):
        service.note_cash_receipt(session, by_cash.number, noted, by=SYSTEM, at=now())
    with pytest.raises(NoCashForReceipt):
        service.note_cash_receipt(session, by_card.number, noted, by=SYSTEM, at=now())
    with pytest.raises(ReceiptUnknown):
        service.note_cash_receipt(session, 99, noted, by=SYSTEM, at=now())
