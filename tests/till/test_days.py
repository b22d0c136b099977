"""The day of the till: float, money in and out, blind counts, and an end that holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, insert
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from factory.business.domain import RegistrationNumberWrong
from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.security.domain import SYSTEM
from factory.till import queries, service
from factory.till.domain.drawer import (
    AmountMissing,
    DayNotCounted,
    FloatBelowZero,
    NotThatMuch,
    TillClosed,
    TillOpenAlready,
    WhyMissing,
    count,
)
from factory.till.records import CloseRow, CountRow, OpeningRow, ReceiptRow
from tests.till.build import (
    FLOAT,
    PRICE,
    SHOP,
    SHORT,
    card,
    cash,
    give_back,
    make_coat,
    make_count,
    make_sale,
    make_till,
    opens_drawer,
    papers,
    reads,
    sell,
    sold,
)


def move(session: Session, won: int, reason: str = "change", *, out: bool = False) -> Money:
    return service.move_cash(
        session, Money(won), reason, out=out, event_id=new_id(), by=SYSTEM, at=now()
    )


def test_a_till_is_opened_once_with_a_counted_float(session: Session) -> None:
    assert queries.opening(session) is None
    with pytest.raises(FloatBelowZero):
        make_till(session, -1)
    opening = make_till(session)
    assert queries.opening(session) == opening
    assert opens_drawer(papers(session)[0])
    with pytest.raises(TillOpenAlready):
        make_till(session)


def test_a_closed_till_has_no_day(session: Session) -> None:
    for ask in (
        lambda: queries.today(session),
        lambda: service.count(session, make_count(0), by=SYSTEM, at=now()),
        lambda: service.close_day(session, make_count(0), note=SHORT, by=SYSTEM, at=now()),
        lambda: service.interim(session, by=SYSTEM, at=now()),
        lambda: move(session, 1),
    ):
        with pytest.raises(TillClosed):
            ask()
    assert queries.last_count(session) is None


def test_money_in_and_out_stands_on_the_day(session: Session) -> None:
    make_till(session)
    event = new_id()
    for _ in range(2):
        service.move_cash(
            session, Money(50_000), "coins", out=False, event_id=event, by=SYSTEM, at=now()
        )
    move(session, 20_000, "thread", out=True)
    day = queries.today(session)
    assert (day.paid_in, day.paid_out) == (Money(50_000), Money(20_000))
    assert day.expected == Money(FLOAT + 30_000)
    assert len(papers(session)) == 3
    assert all(opens_drawer(paper) for paper in papers(session))
    for won, reason, refusal in (
        (0, "coins", AmountMissing),
        (5, " ", WhyMissing),
        (230_001, "bank", NotThatMuch),
    ):
        with pytest.raises(refusal):
            move(session, won, reason, out=True)


def test_a_day_ends_with_its_count_and_is_over_or_short(session: Session) -> None:
    service.describe_shop(session, SHOP, by=SYSTEM, at=now())
    code = make_coat(session)
    make_till(session)
    sold(session, code, tenders=(cash(250_000),))
    sold(session, code, 2, tenders=(card(2 * PRICE),))
    pieces = count({50_000: 7, 10_000: 3, 1_000: 8, 500: 1})
    service.count(session, make_count(1_000), by=SYSTEM, at=now())
    end = service.close_day(session, pieces, note="a coin too few", by=SYSTEM, at=now())
    assert end.over == Money(388_500 - FLOAT - PRICE)
    assert (end.counts, end.note, end.day.net) == (2, "a coin too few", Money(3 * PRICE))
    assert queries.opening(session) is None
    text = reads(papers(session)[-1])
    for part in ("Sample Clothing", "Z", "388,500원", "500원", "a coin too few", "50,000", "× 7"):
        assert part in text, part
    assert not opens_drawer(papers(session)[-1])
    listed = queries.day_ends(session)
    assert [(each.number, each.over) for each in listed] == [(1, Money(-500))]


def test_a_count_is_void_once_something_was_sold(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    with pytest.raises(DayNotCounted):
        service.close_day(session, by=SYSTEM, at=now())
    service.count(session, make_count(FLOAT), by=SYSTEM, at=now())
    assert queries.last_count(session) == make_count(FLOAT)
    sold(session, code)
    assert queries.last_count(session) is None
    with pytest.raises(DayNotCounted):
        service.close_day(session, by=SYSTEM, at=now())
    service.count(session, make_count(FLOAT), by=SYSTEM, at=now())
    move(session, 10)
    with pytest.raises(DayNotCounted):
        service.close_day(session, by=SYSTEM, at=now())
    service.count(session, make_count(FLOAT + PRICE + 10), by=SYSTEM, at=now())
    assert service.close_day(session, by=SYSTEM, at=now()).over == Money(0)


def test_days_are_numbered_in_order_and_a_closed_one_does_not_change(session: Session) -> None:
    code = make_coat(session)
    first = make_till(session)
    sold(session, code)
    end = service.close_day(session, make_count(0), note=SHORT, by=SYSTEM, at=now())
    second = make_till(session, 0)
    assert (first.number, second.number) == (1, 2)
    sold(session, code)
    assert queries.day_end(session, 1) == end
    assert queries.today(session).sales == 1
    assert [each.first for each in (end.day, queries.today(session))] == [1, 2]
    for number in (2, 3):
        with pytest.raises(NotFound):
            queries.day_end(session, number)
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(delete(CloseRow))


def test_an_interim_report_shows_the_day_and_changes_nothing(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    sale = sold(session, code, tenders=(cash(200_000),))
    give_back(session, sale, {1: 1})
    before = queries.today(session)
    assert service.interim(session, by=SYSTEM, at=now()) == before
    assert queries.today(session) == before
    text = reads(papers(session)[-1])
    assert "X" in text
    assert "189,000원" in text
    assert not opens_drawer(papers(session)[-1])


def test_the_days_sales_are_listed_and_added_up(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    sale = sold(session, code, 2, tenders=(card(100_000), cash(300_000)))
    give_back(session, sale, {1: 1})
    listed = queries.receipts_on(session, today())
    assert [(each.coats, each.total) for each in listed] == [
        (-1, Money(-PRICE)),
        (2, Money(2 * PRICE)),
    ]
    (day,) = queries.sales_by_day(session, today(), today())
    assert (day.sales, day.returns, day.coats, day.total) == (1, 1, 1, Money(PRICE))
    assert day.vat == queries.today(session).vat
    assert queries.receipts_on(session, today().replace(day=1)) == ()


def test_what_does_not_agree_is_found(session: Session) -> None:
    code = make_coat(session)
    opening = make_till(session)
    sell(session, make_sale(code))
    service.close_day(session, make_count(0), note=SHORT, by=SYSTEM, at=now())
    assert queries.recomputed(session) == ()
    forged = {
        "number": 3,
        "event_id": new_id(),
        "opening_id": session.query(ReceiptRow.opening_id).scalar(),
        "kind": "sale",
        "total": Money(5),
        "vat": Money(0),
        "change": Money(0),
        "reason": "",
        "at": opening.at,
        "received_at": opening.at,
        "by": "nobody",
    }
    session.execute(insert(ReceiptRow).values(**forged))
    found = queries.recomputed(session)
    assert {each.kind for each in found} == {
        "receipt numbers",
        "receipt lines",
        "receipt tenders",
        "till figures",
    }


def test_a_day_end_that_differs_from_its_day_is_found(session: Session) -> None:
    make_till(session)
    service.count(session, make_count(0), by=SYSTEM, at=now())
    row = {
        "opening_id": session.query(OpeningRow.id).scalar(),
        "count_id": session.query(CountRow.id).scalar(),
        "net": Money(7),
        "vat": Money(0),
        "expected": Money(FLOAT),
        "counted": Money(0),
        "counts": 1,
        "note": "",
        "at": now(),
        "by": "nobody",
    }
    session.execute(insert(CloseRow).values(**row))
    (found,) = queries.recomputed(session)
    assert (found.kind, found.key) == ("day end", "1")
    assert (found.kept, found.replayed) == (f"[7, 0, {FLOAT}, 0]", f"[0, 0, {FLOAT}, 0]")


@pytest.mark.parametrize(
    ("counted", "words"), [(FLOAT, "딱 맞아요"), (FLOAT + 10, "남음"), (FLOAT - 10, "모자람")]
)
def test_the_report_says_whether_it_comes_out(session: Session, counted: int, words: str) -> None:
    make_till(session)
    service.close_day(session, make_count(counted), by=SYSTEM, at=now())
    assert words in reads(papers(session)[-1])


def test_the_seller_is_described_with_a_number_that_is_right(session: Session) -> None:
    assert queries.shop(session) is None
    service.describe_shop(session, SHOP, by=SYSTEM, at=now())
    other = replace(SHOP, registration="2208162517")
    service.describe_shop(session, other, by=SYSTEM, at=now())
    kept = queries.shop(session)
    assert kept is not None
    assert kept.registration == "220-81-62517"
    with pytest.raises(RegistrationNumberWrong):
        service.describe_shop(session, replace(SHOP, registration="1"), by=SYSTEM, at=now())
