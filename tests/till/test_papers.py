"""The shop's papers as they come out of the printer, in Korean: what the law and the customer ask.

Receipt: VAT Act, art. 36 and its decree, art. 73. Each test reads the decoded paper, not the code.
"""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import time_machine
import zxingcpp
from PIL import Image
from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.kernel.words import show_day, speaking
from factory.printing import offline
from factory.printing.offline import Made
from factory.security.domain import SYSTEM
from factory.till import service
from factory.till.domain.cash_receipt import CashReceipt, ReceiptPurpose
from factory.till.domain.discount import OffFor
from factory.till.domain.exchange import NewExchange
from factory.till.domain.receipt import NewReturn
from factory.till.domain.ticket import Task
from printers import paper
from printers.document import Barcode, Document
from tests.orders.build import make_order
from tests.till.build import (
    FLOAT,
    PRICE,
    SHOP,
    card,
    cash,
    give_back,
    make_coat,
    make_count,
    make_sale,
    make_till,
    opens_drawer,
    papers,
    sold,
)
from tests.till.test_made_to_order import LINES
from tests.till.tickets import make_payment, make_ready, make_ticket, pick_up

WIDTHS = ("virtual-58", "virtual-80")
SELLER = ("Sample Clothing", "124-81-00998", "Willow", "1 Sample Street", "000-000-0000")
NOTED = CashReceipt(ReceiptPurpose.INCOME_DEDUCTION, "010-2222-3333", "J12345678")


@pytest.fixture(autouse=True)
def shop(session: Session, clock: time_machine.Traveller) -> None:
    service.describe_shop(session, SHOP, by=SYSTEM, at=now())
    make_till(session)


def printed(document: Document, profile: str = "virtual-80") -> Made:
    made = offline.make(document, profile, "auto")
    assert paper.read(made.data).warnings == ()
    return made


def codes_on(made: Made) -> list[str]:
    picture = Image.open(io.BytesIO(made.png))
    return sorted({code.text for code in zxingcpp.read_barcodes(picture)})


def last(session: Session) -> Document:
    return papers(session)[-1]


@pytest.mark.parametrize("profile", WIDTHS)
def test_a_receipt_has_each_item_that_the_law_asks_for(session: Session, profile: str) -> None:
    slip = sold(
        session, make_coat(session), 2, tenders=(card(PRICE), cash(PRICE)), cash_receipt=NOTED
    )
    made = printed(last(session), profile)
    text = made.text
    for item in (
        *SELLER,
        today().isoformat(),
        slip.code,
        "378,000원",
        "343,636원",
        "34,364원",
        "카드",
        "현금",
        "010-****-3333",
        "J12345678",
        "7일",
        "매출전표",
    ):
        assert item in text, item
    assert "3333-" not in text
    assert "010-2222" not in text
    assert codes_on(made) == [slip.code]


def test_a_receipt_of_a_return_names_its_sale_and_what_is_paid_back(session: Session) -> None:
    sale = sold(session, make_coat(session))
    back = give_back(session, sale, {1: 1})
    text = printed(last(session)).text
    for item in (*SELLER[:3], "반품", sale.code, back.code, "189,000원", "17,182원"):
        assert item in text, item


def test_a_return_says_that_the_cash_receipt_falls_where_its_money_goes_back(
    session: Session,
) -> None:
    coat, mixed = make_coat(session, 9), (card(PRICE), cash(PRICE))
    sale = sold(session, coat, 2, tenders=mixed, cash_receipt=NOTED)
    give_back(session, sale, {1: 1})
    assert "현금영수증" not in printed(last(session)).text  # the card gets back first
    give_back(session, sale, {1: 1})
    text = printed(last(session)).text
    for item in ("현금영수증 취소", "010-****-3333", "J12345678"):
        assert item in text, item


@pytest.mark.parametrize("profile", WIDTHS)
def test_the_return_of_an_exchange_says_what_was_handed_back(
    session: Session, profile: str
) -> None:
    first = sold(session, make_coat(session))
    camel = make_coat(session, 1, colour="CA")
    sale = replace(make_sale(camel, tenders=()), off=Money(9_000), why=OffFor.SEASON)
    back = NewReturn(new_id(), first.number, {1: 1})
    service.exchange(session, NewExchange(back, sale), by=SYSTEM, at=now())
    text = printed(last(session), profile).text
    for item in ("그중 바꿔 간 옷값", "180,000원", "실제로 돌려드린 금액", "9,000원"):
        assert item in text, item


def test_a_day_that_differs_says_that_nobody_pays_for_it(session: Session) -> None:
    said = "누구의 임금에서도 빼지 않아요."
    service.close_day(session, make_count(FLOAT), by=SYSTEM, at=now())
    assert said not in printed(last(session)).text
    make_till(session)
    service.close_day(session, make_count(FLOAT - 500), by=SYSTEM, at=now())
    assert said in printed(last(session)).text


def test_where_nobody_said_by_how_much_the_machines_part_leaves_room_and_names_no_price(
    session: Session,
) -> None:
    make_ticket(session, tasks=(Task("소매 줄이기", "", Money(15_000)),))
    hers, _, machine, _ = parts(printed(last(session)).text)
    assert "15,000원" in hers
    assert "원" not in machine
    assert "소매 줄이기" in machine
    assert machine.count("__________") == 3


@pytest.mark.parametrize("profile", WIDTHS)
def test_an_alterations_four_parts_say_what_each_needs(session: Session, profile: str) -> None:
    ticket = make_ticket(session, rush=True, note="검은 실로", deposit=make_payment(10_000))
    made = printed(last(session), profile)
    hers, coat, machine, box = parts(made.text)
    for part in (hers, coat, machine, box):
        assert "수선" in part
        assert "검정 울 코트 66" in part
        assert "급함" in part
    for item in ("Sample Clothing", "35,000원", "10,000원", "25,000원", "000-000-0000"):
        assert item in hers, item
    for item in ("-2.0 cm", "-3.5 cm", "검은 실로", "____"):
        assert item in machine, item
    assert "원" not in machine.replace("원단", "")
    assert "25,000원" in box
    assert codes_on(made) == [ticket.code]


def parts(text: str) -> list[str]:
    """The four strips, by the heads that name whose each is."""
    heads = ("손님용", "옷에 다는 표", "작업용", "계산대용")
    places = [0, *(text.index(head) for head in heads[1:])]
    ends = [*places[1:], len(text)]
    return [text[a:b] for a, b in zip(places, ends, strict=True)]


def test_the_receipt_of_a_deposit_says_that_it_counts_later(session: Session) -> None:
    ticket = make_ticket(session, deposit=make_payment(10_000, cash(50_000)))
    paper_of_deposit = papers(session)[-2]
    text = printed(paper_of_deposit).text
    for item in (*SELLER, "계약금", ticket.code, "10,000원", "909원", "40,000원", "값에서 빼"):
        assert item in text, item
    assert opens_drawer(paper_of_deposit)
    assert not opens_drawer(last(session))


def test_a_pick_up_ticket_says_what_is_paid_and_what_is_left_on_each_of_its_parts(
    session: Session,
) -> None:
    order = make_order(session, lines=LINES)
    ticket = make_ticket(session, order=order.number, tasks=(), deposit=make_payment(100_000))
    made = printed(last(session))
    for item in ("Sample Clothing", "289,000원", "100,000원", "189,000원", "66"):
        assert item in made.text, item
    assert codes_on(made) == [ticket.code]
    hers, _, rest = made.text.partition("옷에 다는 표")
    on_the_coat, _, at_the_till = rest.partition("계산대용")
    with speaking("ko"):
        promised = show_day(ticket.promised)
    assert all("66" in part and promised in part for part in (hers, on_the_coat, at_the_till))
    assert "289,000원" not in on_the_coat
    assert "189,000원" in at_the_till
    assert sum(isinstance(block, Barcode) for block in last(session).blocks) == 3


def test_the_receipt_of_a_pick_up_shows_the_work_and_the_deposit(session: Session) -> None:
    ticket = make_ticket(session, deposit=make_payment(10_000))
    make_ready(session, ticket)
    pick_up(session, ticket, make_payment(25_000))
    text = printed(last(session)).text
    for item in ("소매 줄이기", "밑단 줄이기", "-10,000", "25,000원", ticket.code):
        assert item in text, item
