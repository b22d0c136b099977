"""Selling by pages: what works, each refusal with its sentence, nothing typed is lost."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from factory.catalogue.domain import CoatUnknown
from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.ids import CodeKind, CodeMisread, running_code
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.kernel.words import say, speaking, tell
from factory.security.domain import SYSTEM, Role
from factory.till import queries, service
from factory.till.domain.discount import NotOnRail
from factory.till.domain.drawer import TillClosed
from factory.till.domain.sale import NotEnoughPaid, PaidBelowZero, TooMuchByCard, receipt_code
from tests.conftest import SignIn
from tests.till.build import FLOAT, LANGUAGES, PRICE, basket, make_count, pay, value_of

UNKNOWN = running_code(CodeKind.COAT, 999_999)


# The basket


def test_a_closed_till_leads_to_its_opening(birch: FlaskClient) -> None:
    assert birch.get("/till/").location == "/till/open"
    assert birch.get("/till/day").location == "/till/open"
    assert birch.get("/till/open").status_code == 200
    assert birch.post("/till/open", data={"float": "200,000"}).location == "/till/"
    assert "The till is open." in birch.get("/till/").text
    again = birch.post("/till/open", data={"float": "200,000"})
    assert again.status_code == 422
    assert "The till is open already, since" in again.text
    assert value_of(again.text, "float") == "200,000"


@pytest.mark.parametrize("typed", ["", "some", "-1"])
def test_a_float_that_is_none_is_refused(birch: FlaskClient, typed: str) -> None:
    answer = birch.post("/till/open", data={"float": typed})
    assert answer.status_code == 422
    assert value_of(answer.text, "float") == typed


def test_a_tag_is_scanned_into_the_basket(birch: FlaskClient, coat: str) -> None:
    empty = birch.get("/till/").text
    first = birch.post("/till/", data={"sale_id": value_of(empty, "sale_id"), "code": coat})
    assert first.status_code == 200
    assert "Women&#39;s wool coat black 66" in first.text
    assert value_of(first.text, "sale_id") == value_of(empty, "sale_id")
    again = birch.post("/till/", data=basket(coat, code=coat))
    assert value_of(again.text, "lines-0-quantity") == "2"
    assert "₩378,000" in again.text
    assert "₩189,000 each" in again.text


def test_the_buttons_beside_a_line_count_up_and_down(birch: FlaskClient, coat: str) -> None:
    more = birch.post("/till/", data=basket(coat, do="more:0")).text
    assert value_of(more, "lines-0-quantity") == "2"
    less = birch.post("/till/", data=basket(coat, do="less:0"))
    assert less.status_code == 200
    assert "No coat yet." in less.text
    for odd in ("more:7", "less:x"):
        kept = birch.post("/till/", data=basket(coat, do=odd)).text
        assert value_of(kept, "lines-0-quantity") == "1"


def test_more_than_hang_there_is_said_before_paying(birch: FlaskClient, coat: str) -> None:
    assert "On the rail: 5" in birch.post("/till/", data=basket(coat, "6", do="recount")).text
    assert "On the rail" not in birch.post("/till/", data=basket(coat, "5", do="recount")).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_misread_tag_stays_typed_and_so_does_the_basket(
    birch: FlaskClient, coat: str, language: str
) -> None:
    birch.post("/language", data={"language": language})
    typed = basket(coat, "3", code="40001239") | {"lines-0-discount": "9,000", "cash": "5,0"}
    answer = birch.post("/till/", data=typed)
    assert answer.status_code == 422
    assert tell(CodeMisread(), language) in answer.text
    for name in ("code", "lines-0-quantity", "lines-0-discount", "cash", "sale_id"):
        assert value_of(answer.text, name) == typed[name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_coat_is_refused_beside_its_field(
    birch: FlaskClient, coat: str, language: str
) -> None:
    birch.post("/language", data={"language": language})
    answer = birch.post("/till/", data=basket(coat, code=UNKNOWN))
    assert answer.status_code == 422
    assert tell(CoatUnknown(), language) in answer.text
    assert value_of(answer.text, "code") == UNKNOWN
    assert value_of(answer.text, "lines-0-code") == coat


@pytest.mark.parametrize("code", ["20000120", "104839572616", "30000018"])
def test_another_paper_is_refused_in_a_basket(birch: FlaskClient, coat: str, code: str) -> None:
    answer = birch.post("/till/", data=basket(coat, code=code))
    assert answer.status_code == 422
    assert "This is not the paper that is asked for here." in answer.text


def test_a_receipt_scanned_at_an_empty_till_leads_to_its_return(
    birch: FlaskClient, coat: str
) -> None:
    code = receipt_code(1)
    assert birch.post("/till/", data={"code": code}).location == f"/till/returns/{code}"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("lines-0-quantity", "two", "Not a valid integer value."),
        ("lines-0-quantity", "-1", "Please give at least one coat"),
        ("lines-0-discount", "189,001", "The discount in line 1 may be ₩189,000 at most"),
        ("lines-0-discount", "some", "Please type whole won"),
    ],
)
def test_a_line_that_can_not_be_is_marked_and_stays_typed(
    birch: FlaskClient, coat: str, field: str, typed: str, sentence: str
) -> None:
    answer = birch.post("/till/", data=basket(coat) | {field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert value_of(answer.text, field) == typed
    assert "₩189,000" in answer.text


def test_a_line_of_none_goes(birch: FlaskClient, coat: str) -> None:
    assert "No coat yet." in birch.post("/till/", data=basket(coat, "0", do="recount")).text


def test_without_a_coat_there_is_nothing_to_pay(birch: FlaskClient, coat: str) -> None:
    for answer in (birch.post("/till/", data={}), pay(birch)):
        assert answer.status_code == 422
        assert "There is no coat in this sale yet." in answer.text
    assert birch.post("/till/", data={"do": "next"}).status_code == 200


# Money


def test_enter_without_a_tag_goes_on_to_the_money(birch: FlaskClient, coat: str) -> None:
    answer = birch.post("/till/", data=basket(coat, "2"))
    assert answer.status_code == 200
    for amount in ("cash:378000", "cash:380000", "cash:400000", "card:378000", "transfer:378000"):
        assert f'value="{amount}"' in answer.text
    assert "From ₩100,000 in cash" in answer.text
    back = birch.post("/till/", data=basket(coat, "2", do="back", cash="5,000"))
    assert value_of(back.text, "lines-0-quantity") == "2"
    assert value_of(back.text, "cash") == "5,000"


def test_pressing_twice_sells_once(app: Flask, birch: FlaskClient, coat: str) -> None:
    typed = basket(coat, quick=f"cash:{PRICE}")
    first, second = pay(birch, **typed), pay(birch, **typed)
    assert first.location == second.location
    assert "Nothing was sold or paid twice." in birch.get(second.location).text
    with app.app_context(), reading() as session:
        assert queries.today(session).sales == 1


@pytest.mark.parametrize(
    ("quick", "change"), [("card:189000", 0), ("transfer:189000", 0), ("cash:200000", 11_000)]
)
def test_a_quick_button_stands_for_whatever_was_typed(
    app: Flask, birch: FlaskClient, coat: str, quick: str, change: int
) -> None:
    assert pay(birch, **basket(coat, cash="3", quick=quick)).status_code == 303
    with app.app_context(), reading() as session:
        receipt = queries.receipt(session, 1)
    assert receipt.paid[0].kind == quick.split(":", maxsplit=1)[0]
    assert receipt.change == Money(change)


def test_a_sale_without_a_readable_id_gets_one(birch: FlaskClient, coat: str) -> None:
    first = pay(birch, **basket(coat, quick="card:189000", sale_id="odd"))
    second = pay(birch, **basket(coat, quick="card:189000", sale_id="odd"))
    assert first.location != second.location


def test_an_odd_quick_button_counts_for_nothing(birch: FlaskClient, coat: str) -> None:
    for odd in ("gold:5", "cash:", "cash:-5"):
        assert pay(birch, **basket(coat, quick=odd)).status_code == 422


def test_a_mix_of_tenders_is_taken(app: Flask, birch: FlaskClient, coat: str) -> None:
    typed = basket(coat, "2", card="300,000", transfer="50000", cash="30,000원")
    assert pay(birch, **typed).status_code == 303
    with app.app_context(), reading() as session:
        assert [each.kept for each in queries.receipt(session, 1).paid] == [
            Money(28_000),
            Money(300_000),
            Money(50_000),
        ]


NO_WON = "Please type whole won, for example 189,000."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"cash": "180,000"}, NotEnoughPaid(missing=Money(9_000))),
        ({"card": "189,001"}, TooMuchByCard(most=Money(189_000))),
        ({"cash": "-5", "card": "189,000"}, PaidBelowZero()),
        ({"cash": "much"}, None),
    ],
)
def test_money_that_does_not_do_is_refused_and_stays_typed(
    birch: FlaskClient, coat: str, language: str, typed: dict[str, str], refusal: Refused | None
) -> None:
    birch.post("/language", data={"language": language})
    sent = basket(coat, approval="J1", identifier="0102222", **typed)
    answer = pay(birch, **sent)
    assert answer.status_code == 422
    sentence = tell(refusal, language) if refusal else say(NO_WON, language)
    assert escape(sentence) in answer.text
    for name in ("sale_id", "lines-0-code", "approval", "identifier", *typed):
        assert value_of(answer.text, name) == sent[name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_coats_that_are_not_there_ask_for_a_manager_and_keep_what_was_typed(
    app: Flask, birch: FlaskClient, coat: str, language: str
) -> None:
    birch.post("/language", data={"language": language})
    answer = pay(birch, **basket(coat, "6", cash="2,000,000"))
    assert answer.status_code == 422
    with speaking(language), app.app_context(), reading() as session:
        name = queries.coat_names(session, (coat,))[coat]
    refusal = NotOnRail(coat=name, there=5, asked=6)
    assert escape(tell(refusal, language)) in answer.text
    assert 'aria-describedby="badge-wrong"' in answer.text
    assert value_of(answer.text, "cash") == "2,000,000"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_till_that_closed_meanwhile_refuses_and_keeps_the_basket(
    app: Flask, birch: FlaskClient, coat: str, language: str
) -> None:
    with app.app_context(), transaction() as session:
        service.close_day(session, make_count(FLOAT), by=SYSTEM, at=now())
    birch.post("/language", data={"language": language})
    answer = pay(birch, **basket(coat, cash="189,000"))
    assert answer.status_code == 422
    assert tell(TillClosed(), language) in answer.text
    assert value_of(answer.text, "cash") == "189,000"


def test_a_line_wrong_at_the_money_is_shown_with_the_coats(birch: FlaskClient, coat: str) -> None:
    wrong = pay(birch, **basket(coat, "two", cash="5"))
    assert wrong.status_code == 422
    assert value_of(wrong.text, "lines-0-quantity") == "two"
    dear = pay(birch, **(basket(coat, cash="x") | {"lines-0-discount": "999,999"}))
    assert "The discount in line 1" in dear.text


def test_a_tag_scanned_while_paying_goes_into_the_basket(birch: FlaskClient, coat: str) -> None:
    answer = pay(birch, **basket(coat, code=coat, cash="much"))
    assert answer.status_code == 200
    assert value_of(answer.text, "lines-0-quantity") == "2"
    assert value_of(answer.text, "cash") == "much"


def test_a_page_is_shown_anew_without_selling_or_counting(
    app: Flask, birch: FlaskClient, coat: str
) -> None:
    paying = pay(birch, **basket(coat, cash="400,000", do="show"))
    assert paying.status_code == 200
    assert value_of(paying.text, "cash") == "400,000"
    filling = birch.post("/till/", data=basket(coat, code="4000", do="show"))
    assert filling.status_code == 200
    assert value_of(filling.text, "code") == "4000"
    with app.app_context(), reading() as session:
        assert queries.today(session).sales == 0


# Who may


@pytest.mark.parametrize(
    "address", ["/till/", "/till/open", "/till/returns", "/till/money/in", "/till/day"]
)
@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.CUTTER, Role.KEEPER, Role.FLOOR_TERMINAL])
def test_only_who_sells_may_touch_the_till(sign_in: SignIn, role: Role, address: str) -> None:
    assert sign_in(role).get(address).status_code == 403


@pytest.mark.parametrize(
    "address", ["/till/sales", "/till/sales/2026-11-24", "/till/days", "/till/shop"]
)
def test_the_cashier_who_counts_blindly_does_not_see_the_sums(
    birch: FlaskClient, address: str
) -> None:
    assert birch.get(address).status_code == 403
    assert birch.post("/till/interim").status_code == 403
