"""What was sold, by whatever the office asks; closed days as they were kept, today as it stands."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.kernel.words import speaking
from factory.reports.selling import MOST_BARS, selling, selling_sheet
from factory.security.domain import SYSTEM, Role
from factory.till import queries, service
from factory.till.domain.figures import (
    Cut,
    Figure,
    Moved,
    by_quarter,
    figures,
    sell_through,
)
from factory.till.domain.receipt import Slip
from factory.till.domain.sale import LineKind
from tests.conftest import Kept, SignIn
from tests.till.build import (
    FLOAT,
    PRICE,
    SHORT,
    card,
    give_back,
    make_coat,
    make_count,
    make_till,
    sold,
)

MORNING = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
A, B = "40000011", "40000022"


def moved(won: int, at: datetime = MORNING, *, kind: Slip = Slip.SALE, code: str = A) -> Moved:
    sign = 1 if kind is Slip.SALE else -1
    amount, vat = Money(sign * won), Money(sign * won // 11)
    return Moved(
        kind, at, "Birch", amount, vat, ((LineKind.COAT, code, sign, amount),), (("cash", amount),)
    )


def test_sums_are_net_of_what_came_back() -> None:
    found = figures([moved(110), moved(220, code=B), moved(110, kind=Slip.RETURN)])
    day = next(each for each in found if each.cut is Cut.DAY)
    assert (day.sales, day.returns, day.coats) == (2, 1, 1)
    assert (day.total, day.vat, day.supply) == (Money(220), Money(20), Money(200))
    coats = {each.key: (each.coats, each.total.won) for each in found if each.cut is Cut.COAT}
    assert coats == {A: (0, 0), B: (1, 220)}


def test_every_cut_comes_to_the_same() -> None:
    found = figures(moved(won, MORNING + timedelta(hours=won % 5)) for won in range(100, 150))
    totals = {cut: sum(each.total.won for each in found if each.cut is cut) for cut in Cut}
    totals[Cut.COAT] += totals.pop(Cut.OTHER)  # what is no coat: work, deposits
    assert set(totals.values()) == {sum(range(100, 150))}


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ("2026-01-01", "2026 Q1"),
        ("2026-03-31", "2026 Q1"),
        ("2026-04-01", "2026 Q2"),
        ("2026-09-30", "2026 Q3"),
        ("2026-12-31", "2026 Q4"),
    ],
)
def test_a_quarter_has_three_months(day: str, quarter: str) -> None:
    one = Figure(date.fromisoformat(day), Cut.DAY, "", total=Money(110), vat=Money(10))
    assert [name for name, _ in by_quarter([one])] == [quarter]


def test_what_ran_out_first_stands_first() -> None:
    days = [date(2026, 11, day) for day in (1, 2, 3)]
    found = [
        Figure(days[2], Cut.COAT, "late", coats=2),
        Figure(days[0], Cut.COAT, "early", coats=1),
        Figure(days[1], Cut.COAT, "half", coats=3),
        Figure(days[1], Cut.COAT, "none", coats=0),
    ]
    lines = sell_through(found, {"half": 3})
    assert [(each.code, each.percent) for each in lines] == [
        ("early", 100),
        ("late", 100),
        ("half", 50),
    ]


def test_a_day_that_ended_keeps_its_sums_and_they_replay(
    session: Session, clock: time_machine.Traveller
) -> None:
    make_till(session)
    coat = make_coat(session, 9)
    sale = sold(session, coat, 2)
    sold(session, coat, tenders=(card(PRICE),))
    open_day = set(queries.figures(session, today(), today()))
    count = make_count(FLOAT + 2 * PRICE)
    service.close_day(session, count, by=SYSTEM, at=now())
    assert set(queries.figures(session, today(), today())) == open_day
    clock.shift(timedelta(days=1))
    make_till(session)
    give_back(session, sale, {1: 1})
    whole = selling(session, today() - timedelta(days=1), today())
    assert whole.whole is not None
    assert (whole.whole.total, whole.whole.coats) == (Money(2 * PRICE), 2)
    assert [row.figure.total.won for row in whole.days] == [3 * PRICE, -PRICE]
    assert [bar.value for bar in whole.picture[-3:]] == [0, 3 * PRICE // 1000, -PRICE // 1000]
    assert len(whole.picture) == MOST_BARS
    assert [(each.sold.sold, each.sold.there) for each in whole.through] == [(2, 7)]
    service.close_day(session, make_count(0), note=SHORT, by=SYSTEM, at=now())
    assert queries.recomputed(session) == ()


def test_the_sheet_has_every_table(session: Session) -> None:
    make_till(session)
    sold(session, make_coat(session))
    with speaking("en"):
        sheet = selling_sheet(selling(session, today(), today())).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet)))
    assert {row[0] for row in rows[1:]} == {
        "By day",
        "By hour",
        "By cashier",
        "By style",
        "By size",
        "By how it was paid",
        "VAT by quarter",
    }
    day = next(row for row in rows if row[0] == "By day")
    assert day[2:] == ["1", "0", "1", "189000", "171818", "17182"]


# Pages


def _maple(session: Session) -> None:
    make_till(session)
    sold(session, make_coat(session), 2)


@pytest.fixture
def maple(sign_in: SignIn, kept: Kept) -> FlaskClient:
    kept(_maple)
    return sign_in(Role.ORDER_MANAGER)


def test_the_office_sees_what_was_sold_in_the_days_it_asks_for(maple: FlaskClient) -> None:
    page = maple.get("/board/sold").text
    for told in ("₩378,000", "By hour", "VAT by quarter", "2026 Q4", "black 66"):
        assert told in page
    none = maple.get("/board/sold?first=2025-01-01&last=2025-01-31").text
    assert "Nothing was sold in these days." in none
    turned = maple.get("/board/sold?first=2026-11-30&last=2026-11-01")
    assert "₩378,000" in turned.text
    assert maple.get("/board/sold?first=odd").status_code == 200
    sheet = maple.get("/board/sold.csv")
    assert sheet.mimetype == "text/csv"
    assert b"378000" in sheet.data


def test_the_cashier_does_not_see_what_the_office_sees(sign_in: SignIn, maple: FlaskClient) -> None:
    birch = sign_in(Role.CASHIER)
    assert birch.get("/board/sold").status_code == 403
    assert birch.get("/board/sold.csv").status_code == 403
