"""Offers for making up: standard time at its cost, trims, margin; exact to the won."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from factory.db.session import transaction
from factory.kernel.money import Money
from factory.orders.domain.quoting import MinuteCostsNothing, quote
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.orders.build import make_style


def test_a_coat_of_79_minutes_at_400_won() -> None:
    offer = quote(7_890, Money(400), Money(3_500), 10, 117)
    assert offer.work == Money(31_560)
    assert offer.earned == Money(3_506)
    assert offer.price == Money(38_566)
    assert offer.together == Money(38_566 * 117)


def test_a_minute_that_costs_nothing_is_no_offer() -> None:
    with pytest.raises(MinuteCostsNothing):
        quote(7_890, Money(0), Money(3_500), 10, 1)


@given(
    minutes=st.integers(1, 20_000),
    rate=st.integers(1, 2_000),
    trims=st.integers(0, 50_000),
    margin=st.integers(0, 200),
)
def test_an_offer_never_loses_a_won(minutes: int, rate: int, trims: int, margin: int) -> None:
    offer = quote(minutes, Money(rate), Money(trims), margin, 1)
    exact = (minutes * rate + trims * 100) * (100 + margin)
    most = 100 * (100 + margin) + 10_000  # work and margin are rounded up, each once
    assert 0 <= offer.price.won * 10_000 - exact < most


def test_the_page_reckons_and_gives_a_paper(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        make_style(session)
    browser, at = sign_in(Role.ORDER_MANAGER), "/orders/quote/W-2601"
    assert browser.get(at).status_code == 200
    asked = "rate=400&trims=3500&margin=10&coats=117"
    assert "One coat, without tax" in browser.get(f"{at}?{asked}&language=en").text
    paper = browser.get(f"{at}?{asked}&paper=1")
    assert "W-2601" in PdfReader(io.BytesIO(paper.data)).pages[0].extract_text()
    assert browser.get(f"{at}?rate=many").status_code == 422
    assert browser.get(f"{at}?rate=0").status_code == 422
    assert sign_in(Role.SUPERVISOR).get(f"{at}?{asked}").status_code == 403
