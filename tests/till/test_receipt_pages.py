"""The page of a receipt: the change, its paper, its cash receipt, a copy."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.printing import queries as printed
from factory.printing import spool
from factory.printing.domain import Problem
from factory.stock import queries as stock
from factory.till import queries
from tests.till.build import basket, papers, pay, reads, sold


def test_a_sale_leads_to_its_receipt_with_the_change_in_big_figures(
    app: Flask, birch: FlaskClient, coat: str
) -> None:
    typed = basket(coat, "2", cash="400,000", why="flaw") | {"lines-0-discount": "9,000"}
    answer = pay(birch, **typed)
    assert answer.status_code == 303
    page = birch.get(answer.location)
    assert re.search(r'class="till-big">₩31,000<', page.text)
    assert "The receipt is on its way." in page.text
    assert "data-tone" in page.text
    with app.app_context(), reading() as session:
        assert stock.on_hand(session, coat) == 3
        assert queries.receipt(session, 1).by == "Birch"


def test_a_receipt_is_printed_again_as_a_copy(app: Flask, birch: FlaskClient, coat: str) -> None:
    with app.app_context(), transaction() as session:
        receipt = sold(session, coat)
    at = f"/till/receipt/{receipt.code}"
    assert birch.post(f"{at}/again").status_code == 422  # it is still on its way
    with app.app_context(), transaction() as session:
        job = printed.job_of_event(session, receipt.event_id)
        assert job is not None
        spool.claim(session, job.id, b"x", at=now())
        spool.settle(session, job.id, None, 1, at=now())
    assert "The receipt is printed." in birch.get(at).text
    assert birch.post(f"{at}/again").location == at
    assert "A marked copy is on its way." in birch.get(at).text
    with app.app_context(), transaction() as session:
        assert "재출력 1" in reads(papers(session)[-1])  # as the customer reads


def test_a_printer_without_paper_does_not_look_like_a_failed_sale(
    app: Flask, birch: FlaskClient, coat: str
) -> None:
    with app.app_context(), transaction() as session:
        receipt = sold(session, coat)
        job = printed.job_of_event(session, receipt.event_id)
        assert job is not None
        spool.claim(session, job.id, b"x", at=now())
        spool.settle(session, job.id, Problem.PAPER_OUT, 0, at=now())
    text = birch.get(f"/till/receipt/{receipt.code}").text
    assert "The sale stands; the receipt waits." in text
    assert "The paper has run out." in text


def test_a_cash_receipt_that_is_owed_is_asked_for_and_noted_once(
    app: Flask, birch: FlaskClient, coat: str
) -> None:
    with app.app_context(), transaction() as session:
        receipt = sold(session, coat)
    at = f"/till/receipt/{receipt.code}"
    assert "A cash receipt over ₩189,000 is due until 29 Nov 2026 (Sun)." in birch.get(at).text
    noted = {"purpose": "income_deduction", "identifier": "010-2222-3333", "approval": "J9"}
    assert birch.post(f"{at}/cash-receipt", data=noted | {"purpose": ""}).status_code == 200
    wrong = birch.post(f"{at}/cash-receipt", data=noted | {"approval": "J" * 41})
    assert wrong.status_code == 422
    unissued = birch.post(f"{at}/cash-receipt", data=noted | {"approval": " "})
    assert unissued.status_code == 422
    assert "type its approval number." in unissued.text
    assert "is due until" in birch.get(at).text
    assert birch.post(f"{at}/cash-receipt", data=noted).status_code == 303
    page = birch.get(at).text
    assert "010-****-3333 J9" in page
    assert "is due" not in page
    again = birch.post(f"{at}/cash-receipt", data=noted)
    assert again.status_code == 422
    assert "The cash receipt of this sale is noted already." in again.text


def test_a_sale_by_card_owes_no_cash_receipt(birch: FlaskClient, coat: str) -> None:
    answer = pay(birch, **basket(coat, quick="card:189000"))
    page = birch.get(answer.location).text
    assert "is due" not in page
    assert "Paid to the won, no change" in page


@pytest.mark.parametrize("code", ["30000018", "30000019", "20000120"])
def test_a_receipt_that_is_not_there_is_not_shown(birch: FlaskClient, coat: str, code: str) -> None:
    assert birch.get(f"/till/receipt/{code}").status_code == 422
