"""Sales from terminals: once each, in order, with number, total and change."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, validate

from factory.db.session import reading, transaction
from factory.kernel.ids import CodeKind, new_id, running_code
from factory.kernel.time import now
from factory.security import devices
from factory.security.domain import SYSTEM, DeviceRole
from factory.stock import queries as stock
from factory.till import queries
from factory.till.domain.sale import receipt_code
from factory.web.health import description
from tests.conftest import Kept
from tests.till.build import PRICE, make_coat

URL = "/api/v1/sales"
UNKNOWN = running_code(CodeKind.COAT, 999_999)
NOTED = {"purpose": "income_deduction", "identifier": "010-2222-3333", "approval": "J1"}
CARD = [{"kind": "card", "amount": PRICE}]
AT = "2026-11-24T09:58:00+09:00"


@pytest.fixture
def terminal(kept: Kept) -> dict[str, str]:
    """The headers of a till terminal."""
    token = kept(devices.add, "shop", DeviceRole.TILL, by=SYSTEM, at=now())
    return {"Authorization": f"Bearer {token}"}


def sale(code: str, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "sale_id": new_id(),
        "lines": [{"code": code, "quantity": 1, "discount": 0}],
        "tenders": [{"kind": "cash", "amount": PRICE}],
        "cash_receipt": None,
        "at": AT,
    }
    return given | changes


def post(client: FlaskClient, terminal: dict[str, str], *sales: Any) -> list[dict[str, Any]]:
    answer = client.post(URL, json={"sales": list(sales)}, headers=terminal)
    assert answer.status_code == 200
    validate(answer.json, {"$ref": "#/$defs/SaleResults", "$defs": schemas()})
    assert answer.json is not None
    found: list[dict[str, Any]] = answer.json["results"]
    return found


def schemas() -> dict[str, Any]:
    described: dict[str, Any] = description()["components"]["schemas"]
    return described


def test_a_batch_is_sold_once_and_in_order(
    app: Flask, client: FlaskClient, terminal: dict[str, str], coat: str
) -> None:
    first = sale(coat, tenders=[{"kind": "cash", "amount": 200_000}])
    short = sale(coat, tenders=[{"kind": "cash", "amount": 100_000}])
    second = sale(coat, tenders=[{"kind": "card", "amount": PRICE}])
    validate({"sales": [first, short, second]}, schemas()["Sales"])
    results = post(client, terminal, first, short, first, second)
    assert [each["status"] for each in results] == ["recorded", "refused", "duplicate", "recorded"]
    assert [each["id"] for each in results] == [
        each["sale_id"] for each in (first, short, first, second)
    ]
    told = {"number": 1, "receipt": receipt_code(1), "total": PRICE, "change": 11_000}
    assert results[0] | told == results[0]
    assert results[2] | told == results[2]
    assert results[3]["number"] == 2
    assert results[1]["reason"]["code"] == "not_enough_paid"
    assert "₩89,000" in results[1]["reason"]["message"]
    with app.app_context(), reading() as session:
        assert stock.on_hand(session, coat) == 3
        assert queries.receipt(session, 1).by == "shop"
        assert devices.listed(session)[0].last_seen == now()


def test_a_refused_id_is_not_remembered(
    client: FlaskClient, terminal: dict[str, str], coat: str
) -> None:
    wrong = sale(coat, tenders=[])
    assert post(client, terminal, wrong)[0]["status"] == "refused"
    right = wrong | {"tenders": [{"kind": "transfer", "amount": PRICE}]}
    assert post(client, terminal, right)[0]["status"] == "recorded"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lines": []}, "nothing_to_sell"),
        ({"lines": [{"code": UNKNOWN}]}, "coat_unknown"),
        ({"lines": [{"code": "40000001"}]}, "code_misread"),
        ({"lines": [{"code": "20000120"}]}, "wrong_kind_of_code"),
        ({"tenders": [{"kind": "card", "amount": PRICE + 1}]}, "too_much_by_card"),
        ({"tenders": CARD, "cash_receipt": NOTED}, "no_cash_for_receipt"),
        ({"cash_receipt": NOTED | {"identifier": "abcde"}}, "identifier_misread"),
        ({"cash_receipt": NOTED | {"identifier": "010-222"}}, "identifier_misread"),
        ({"at": "2026-11-24T10:06:00+09:00"}, "from_the_future"),
        ({"at": "2025-11-24T10:06:00+09:00"}, "no_price_yet"),
    ],
)
def test_each_refusal_has_its_code_and_its_sentence(
    client: FlaskClient, terminal: dict[str, str], coat: str, changes: dict[str, Any], code: str
) -> None:
    (result,) = post(client, terminal, sale(coat, **changes))
    assert result["status"] == "refused"
    assert result["reason"]["code"] == code
    assert result["reason"]["message"]


def test_more_coats_than_hang_on_the_rail_are_refused(
    client: FlaskClient, terminal: dict[str, str], coat: str
) -> None:
    many = sale(coat, lines=[{"code": coat, "quantity": 6}])
    many["tenders"] = [{"kind": "cash", "amount": 6 * PRICE}]
    assert post(client, terminal, many)[0]["reason"]["code"] == "not_in_stock"
    dear = sale(coat, lines=[{"code": coat, "discount": PRICE + 1}])
    assert post(client, terminal, dear)[0]["reason"]["code"] == "discount_too_large"


def test_a_closed_till_sells_nothing(
    app: Flask, client: FlaskClient, terminal: dict[str, str]
) -> None:
    with app.app_context(), transaction() as session:
        code = make_coat(session)
    (result,) = post(client, terminal, sale(code))
    assert result["reason"]["code"] == "till_closed"
    answer = client.post(
        URL, json={"sales": [sale(code)]}, headers=terminal | {"Accept-Language": "ko"}
    )
    assert "계산대가 닫혀 있어요" in str(answer.json)


def test_a_cash_receipt_comes_with_the_sale_and_its_number_is_hidden(
    app: Flask, client: FlaskClient, terminal: dict[str, str], coat: str
) -> None:
    whole = sale(coat, cash_receipt=NOTED)
    validate({"sales": [whole]}, schemas()["Sales"])
    assert post(client, terminal, whole)[0]["status"] == "recorded"
    legal = sale(coat, cash_receipt=NOTED | {"purpose": "지출증빙"})
    assert post(client, terminal, legal)[0]["status"] == "recorded"
    with app.app_context(), reading() as session:
        kept = queries.receipt(session, 1).cash_receipt
    assert kept is not None
    assert (kept.identifier, kept.approval) == ("010-****-3333", "J1")


def test_a_sale_that_was_partly_paid_in_cash_may_have_its_cash_receipt(
    client: FlaskClient, terminal: dict[str, str], coat: str
) -> None:
    mixed = [{"kind": "card", "amount": PRICE - 1000}, {"kind": "cash", "amount": 1000}]
    told = post(client, terminal, sale(coat, tenders=mixed, cash_receipt=NOTED))
    assert told[0]["status"] == "recorded"


def test_a_sale_refused_for_its_cash_receipt_leaves_the_rail_alone(
    app: Flask, client: FlaskClient, terminal: dict[str, str], coat: str
) -> None:
    post(client, terminal, sale(coat, tenders=CARD, cash_receipt=NOTED))
    (sold,) = post(client, terminal, sale(coat, tenders=CARD))
    assert sold["number"] == 1
    with app.app_context(), reading() as session:
        assert stock.on_hand(session, coat) == 4


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("tenders.amount", 10**12),
        ("lines.quantity", 10_000),
        ("lines.discount", 10**12),
        ("lines.code", "4" * 40),
        ("cash_receipt.identifier", "1" * 40),
        ("cash_receipt.approval", "J" * 40),
    ],
)
def test_the_description_names_the_bound_that_holds(
    client: FlaskClient, terminal: dict[str, str], coat: str, place: str, value: Any
) -> None:
    above = value + 1 if isinstance(value, int) else value + value[0]
    for sent, holds in ((value, True), (above, False)):
        body = {"sales": [_with(sale(coat, cash_receipt=NOTED), place, sent)]}
        described = Draft202012Validator(schemas()["Sales"]).is_valid(body)
        answer = client.post(URL, json=body, headers=terminal)
        assert (described, answer.status_code == 200) == (holds, holds)


def _with(sent: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    part, name = place.split(".")
    held = sent[part]
    changed = [each | {name: value} for each in held] if isinstance(held, list) else held
    return sent | {part: changed if isinstance(held, list) else held | {name: value}}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sale_id": "1"}, "sales[0].sale_id"),
        ({"lines": {}}, "sales[0].lines"),
        ({"lines": [{"code": 4}]}, "sales[0].lines[0].code"),
        ({"lines": [{"code": "4", "quantity": 0}]}, "sales[0].lines[0].quantity"),
        ({"lines": [{"code": "4", "discount": -1}]}, "sales[0].lines[0].discount"),
        ({"lines": [{"code": "4", "price": 1}]}, "sales[0].lines[0].price"),
        ({"tenders": [{"kind": "shells", "amount": 1}]}, "sales[0].tenders[0].kind"),
        ({"tenders": [{"kind": "cash", "amount": 1.5}]}, "sales[0].tenders[0].amount"),
        ({"tenders": [{"kind": "cash", "amount": 1, "x": 1}]}, "sales[0].tenders[0].x"),
        ({"cash_receipt": {"purpose": "gift"}}, "sales[0].cash_receipt.purpose"),
        ({"tenders": [{"kind": "cash", "amount": 10**12 + 1}]}, "sales[0].tenders[0].amount"),
        ({"at": "today"}, "sales[0].at"),
        ({"more": 1}, "sales[0].more"),
    ],
)
def test_a_malformed_sale_is_refused_with_the_field(
    client: FlaskClient, terminal: dict[str, str], changes: dict[str, Any], field: str
) -> None:
    answer = client.post(URL, json={"sales": [sale("40001238", **changes)]}, headers=terminal)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["error"]["field"] == field


def test_only_a_till_terminal_may_sell(
    app: Flask, client: FlaskClient, terminal: dict[str, str]
) -> None:
    assert client.post(URL, json={"sales": []}).status_code == 401
    with app.app_context(), transaction() as session:
        token = devices.add(session, "door", DeviceRole.CLOCK, by=SYSTEM, at=now())
    other = {"Authorization": f"Bearer {token}"}
    assert client.post(URL, json={"sales": []}, headers=other).status_code == 403
    assert client.post(URL, json={"sales": []}, headers=terminal).status_code == 200
