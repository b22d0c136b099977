"""Coats come back to the rail, money goes back the way it came."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from factory.kernel.errors import Refused
from factory.kernel.ids import CodeMisread, WrongKindOfCode, new_id
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.security.domain import SYSTEM
from factory.stock import queries as stock
from factory.till import queries, service
from factory.till.domain.discount import OffFor
from factory.till.domain.drawer import NotThatMuch, TillClosed
from factory.till.domain.receipt import NewReturn, Slip
from factory.till.domain.refund import (
    AllCameBack,
    MoreThanWasSold,
    NothingToReturn,
    ReceiptUnknown,
    ThatIsAReturn,
)
from factory.till.domain.sale import TenderKind, Wanted, receipt_code
from tests.till.build import (
    FLOAT,
    PRICE,
    card,
    cash,
    give_back,
    make_coat,
    make_count,
    make_till,
    opens_drawer,
    papers,
    reads,
    sold,
)


def test_a_whole_sale_comes_back_to_the_rail_and_to_the_won(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    sale = sold(session, code, 2, tenders=(cash(400_000),), discount=9_000)
    back = give_back(session, sale, {1: 2})
    assert (back.kind, back.number, back.sale) == (Slip.RETURN, 2, 1)
    assert (back.total, back.vat) == (-sale.total, -sale.vat)
    assert stock.on_hand(session, code) == 5
    day = queries.today(session)
    assert (day.expected, day.net, day.vat, day.coats) == (Money(FLOAT), Money(0), Money(0), 0)
    assert day.cash.refunded == Money(369_000)
    assert queries.recomputed(session) == ()


def test_coats_come_back_one_by_one_and_never_more_than_were_sold(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    sale = sold(session, code, 2)
    give_back(session, sale, {1: 1})
    assert queries.receipt(session, sale.number).lines[0].back == 1
    with pytest.raises(MoreThanWasSold) as refused:
        give_back(session, sale, {1: 2})
    assert refused.value.values == {"line": 1, "left": 1}
    give_back(session, sale, {1: 1})
    assert queries.receipt(session, sale.number).left == 0
    assert queries.receipt(session, sale.number).returns == (2, 3)
    with pytest.raises(AllCameBack):
        give_back(session, sale, {1: 1})
    assert stock.on_hand(session, code) == 5


def test_a_card_sale_goes_back_to_the_card_and_the_drawer_stays_shut(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    sale = sold(session, code, 2, tenders=(card(300_000), cash(78_000)))
    part = give_back(session, sale, {1: 1})
    assert [(each.kind, each.kept) for each in part.paid] == [(TenderKind.CARD, Money(-PRICE))]
    assert not opens_drawer(papers(session)[-1])
    rest = give_back(session, sale, {1: 1})
    assert [(each.kind, each.kept) for each in rest.paid] == [
        (TenderKind.CARD, Money(-111_000)),
        (TenderKind.CASH, Money(-78_000)),
    ]
    assert opens_drawer(papers(session)[-1])
    assert queries.today(session).expected == Money(FLOAT)


def test_the_same_return_again_changes_nothing(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    sale = sold(session, code, 2)
    new = NewReturn(new_id(), sale.number, {1: 1}, "too large")
    first = service.give_back(session, new, by=SYSTEM, at=now())
    again = service.give_back(session, new, by=SYSTEM, at=now())
    assert (first.again, again.again) == (False, True)
    assert again.receipt == first.receipt
    assert stock.on_hand(session, code) == 4


def test_one_coat_in_two_lines_comes_back_from_both(session: Session) -> None:
    code = make_coat(session, 3)
    make_till(session)
    lines = (Wanted(code, 2), Wanted(code, 1, Money(9_000)))
    tenders = (card(3 * PRICE - 9_000),)
    sale = sold(session, code, lines=lines, tenders=tenders, why=OffFor.FLAW)
    give_back(session, sale, {1: 1, 2: 1})
    assert stock.on_hand(session, code) == 2
    assert [line.back for line in queries.receipt(session, sale.number).lines] == [1, 1]
    assert queries.recomputed(session) == ()


def test_the_return_receipt_says_what_came_back_and_why(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    sale = sold(session, code, 2, discount=9_000)
    new = NewReturn(new_id(), sale.number, {1: 1}, "too large")
    back = service.give_back(session, new, by=SYSTEM, at=now()).receipt
    text = reads(papers(session)[-1])
    for part in ("반품", back.code, sale.code, "too large", "184,500원", "-189,000", "4,500"):
        assert part in text, part


def test_nothing_comes_back_of_what_was_never_sold(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    sale = sold(session, code)
    back = give_back(session, sale, {1: 1})
    for number, refusal in ((99, ReceiptUnknown), (back.number, ThatIsAReturn)):
        with pytest.raises(refusal):
            service.give_back(session, NewReturn(new_id(), number, {1: 1}), by=SYSTEM, at=now())
    other = sold(session, code)
    with pytest.raises(NothingToReturn):
        give_back(session, other, {1: 0})
    with pytest.raises(MoreThanWasSold):
        give_back(session, other, {2: 1})


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (receipt_code(7), ReceiptUnknown),
        ("30000079", CodeMisread),
        ("20000120", WrongKindOfCode),
    ],
)
def test_a_receipt_that_can_not_be_read_is_refused(
    session: Session, code: str, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        queries.number_of(session, code)


def test_cash_can_not_go_back_that_is_not_in_the_drawer(session: Session) -> None:
    code = make_coat(session)
    make_till(session, 100_000)
    sale = sold(session, code)
    service.move_cash(
        session, Money(200_000), "bank", out=True, event_id=new_id(), by=SYSTEM, at=now()
    )
    with pytest.raises(NotThatMuch):
        give_back(session, sale, {1: 1})


def test_a_coat_comes_back_on_another_day(session: Session) -> None:
    code = make_coat(session)
    make_till(session)
    sale = sold(session, code)
    end = service.close_day(session, make_count(FLOAT + PRICE), by=SYSTEM, at=now())
    with pytest.raises(TillClosed):
        give_back(session, sale, {1: 1})
    make_till(session)
    give_back(session, sale, {1: 1})
    assert queries.today(session).net == Money(-PRICE)
    assert queries.today(session).expected == Money(FLOAT - PRICE)
    assert queries.day_end(session, end.day.opening.number) == end
    assert queries.recomputed(session) == ()
