"""The law's minimum wage: the manager is warned beside the field, and no contract goes below it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from factory.db.session import reading, transaction
from factory.kernel.money import Money
from factory.kernel.words import tell
from factory.people import queries
from factory.people.domain import WEEK, Terms, TermsKind
from factory.people.domain.contract import Identity, Wish, contract
from factory.people.domain.minimum import (
    BelowMinimum,
    NoContractBelowMinimum,
    refuse_below_minimum,
)
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.people.build import make_terms, make_worker
from tests.people.test_contract import PINE, WISH
from tests.people.test_routes import HIRE

DAY = date(2026, 11, 2)
LEAST, NEXT = 10_320, 10_700
"""Won an hour in 2026 and in 2027, by the Minister's notices."""

CASES = [
    (TermsKind.HOURLY, LEAST, 40, 5),
    (TermsKind.MONTHLY, 209 * LEAST, 40, 5),
    (TermsKind.MONTHLY, 1_076_229, 20, 5),  # 24 hours × 365/84 × 10,320, up to the won
    (TermsKind.MONTHLY, 627_800, 14, 4),  # under 15 hours no paid rest day: 14 × 365/84
    (TermsKind.DAILY, 8 * LEAST, 40, 5),
    (TermsKind.DAILY, 4 * LEAST, 20, 5),
    (TermsKind.DAILY, 8 * LEAST, 0, 5),
    (TermsKind.DAILY, 8 * LEAST, 50, 5),  # beyond eight it is overtime, paid on top
]


def agreed(kind: TermsKind, won: int, weekly: int = 40, days: int = 5) -> Terms:
    given = {"weekly_hours": weekly, "work_days": WEEK[:days]}
    return make_terms(since=DAY, kind=kind, rate=Money(won), **given)


@pytest.mark.parametrize(("kind", "won", "weekly", "days"), CASES)
def test_the_last_won_decides(kind: TermsKind, won: int, weekly: int, days: int) -> None:
    refuse_below_minimum(agreed(kind, won, weekly, days), DAY)
    with pytest.raises(BelowMinimum):
        refuse_below_minimum(agreed(kind, won - 1, weekly, days), DAY)


@given(won=st.integers(0, 10**7))
def test_piece_pay_has_no_hour_to_hold_against_the_minimum(won: int) -> None:
    refuse_below_minimum(agreed(TermsKind.PIECE, won), DAY)


def test_the_minimum_is_that_of_the_day_on_which_terms_begin() -> None:
    refuse_below_minimum(agreed(TermsKind.HOURLY, LEAST), date(2026, 12, 31))
    with pytest.raises(BelowMinimum) as refused:
        refuse_below_minimum(agreed(TermsKind.HOURLY, LEAST), date(2027, 1, 1))
    assert refused.value.values["least"] == Money(NEXT)


@pytest.mark.parametrize("on", [DAY, date(2026, 12, 31), date(2027, 1, 1)])
def test_no_contract_names_a_wage_below_the_minimum_of_the_day_it_is_made(on: date) -> None:
    def draw(won: int) -> None:
        terms, wish = agreed(TermsKind.HOURLY, won), Wish(place=WISH.place, work=WISH.work)
        contract(PINE, terms, wish, Identity(), employees=12, on=on)

    least = NEXT if on.year == 2027 else LEAST
    draw(least)
    with pytest.raises(NoContractBelowMinimum):
        draw(least - 1)


@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
def test_a_wage_below_the_minimum_is_told_beside_its_field(sign_in: SignIn, language: str) -> None:
    manager = sign_in(Role.MANAGER)
    answer = manager.post(f"/people/hire?language={language}", data=HIRE | {"rate": "10,000"})
    assert answer.status_code == 422
    told = tell(BelowMinimum(day=DAY, least=Money(LEAST), hour=Money(10_000)), language)
    assert 'id="rate-wrong"' in answer.text
    assert escape(told) in answer.text
    assert 'name="lifted"' in answer.text
    assert 'value="10,000"' in answer.text
    assert "Pine" not in manager.get("/people/").text


def test_whoever_means_it_may_agree_and_pay_is_lifted(app: Flask, sign_in: SignIn) -> None:
    manager = sign_in(Role.MANAGER)
    low = HIRE | {"rate": "10,000", "lifted": "y"}
    assert manager.post("/people/hire", data=low).status_code == 303
    with app.app_context(), reading() as session:
        (pine,) = queries.workers(session)
        (terms,) = queries.terms_of(session, pine.id)
    assert terms.rate == Money(10_000)


def test_nobody_is_asked_about_the_minimum_where_pay_is_above_it(sign_in: SignIn) -> None:
    manager = sign_in(Role.MANAGER)
    assert 'name="lifted"' not in manager.get("/people/hire").text
    wrong = manager.post("/people/hire", data=HIRE | {"shift_end": "late"})
    assert 'name="lifted"' not in wrong.text


def test_other_terms_and_the_contract_hold_to_it_as_well(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        pine = make_worker(session, terms=make_terms(rate=Money(10_000)))
    manager = sign_in(Role.MANAGER)
    later = HIRE | {"since": "2027-01-04", "rate": str(NEXT - 1)}
    refused = manager.post(f"/people/{pine.number}/terms", data=later)
    assert refused.status_code == 422
    assert "10,700" in refused.text
    wish = {"since": "2026-09-01", "place": "Sample Street 1", "work": "Sewing coats"}
    paper = manager.post(f"/people/{pine.number}/contract", data=wish)
    assert paper.status_code == 422
    assert "10,320" in paper.text
