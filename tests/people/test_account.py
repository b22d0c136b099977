"""Her bank account, the allowances of her terms, and freelancers."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.errors import NotFound
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.kernel.words import tell
from factory.people import queries, service
from factory.people.domain import RateBelowZero, RateMissing, RestDayWorked, TermsKind, checked
from factory.people.domain.account import (
    Account,
    AccountNumberWrong,
    AccountOfAnother,
    AccountUnclear,
    Bank,
    LegalNameFirst,
    account_from,
    checked_account,
)
from factory.people.domain.allowances import (
    Allowance,
    AllowanceBelowZero,
    AllowanceKind,
    NeverFreeOfTax,
    checked_allowances,
)
from factory.people.domain.contract import NotEmployed, Wish
from factory.people.domain.minimum import BelowMinimum, refuse_below_minimum
from factory.security import queries as security
from factory.security.domain import SYSTEM, Role
from tests.conftest import SignIn
from tests.people.build import FIRST, make_terms, make_worker
from tests.people.test_routes import HIRE

NAME = "Wide Field"
NUMBER = "012-3456-7890"
WRONG = ["", "123", "12345678901234567", "1234-abcd-5678", "\uff18" * 8]


@pytest.mark.parametrize("holder", ["Wide Field", "wide  field", "WIDEFIELD", "Wide-Field."])
def test_the_holder_is_herself_however_the_bank_prints_it(holder: str) -> None:
    assert checked_account(Bank.HANA, NUMBER, holder, NAME) == Account(Bank.HANA, "01234567890")


@pytest.mark.parametrize("holder", ["Quiet Stream", "Wide Fields", "Wide", "?"])
def test_an_account_of_somebody_else_is_refused(holder: str) -> None:
    with pytest.raises(AccountOfAnother) as refused:
        checked_account(Bank.HANA, NUMBER, holder, NAME)
    assert "even if she agrees" in tell(refused.value, "en")


@pytest.mark.parametrize(
    "number", ["", "123", "12345678901234567", "1234-abcd-5678", "１２３４５６７８"]
)
def test_an_account_number_is_digits(number: str) -> None:
    with pytest.raises(AccountNumberWrong):
        checked_account(Bank.HANA, number, NAME, NAME)


@given(bank=st.sampled_from(Bank), number=st.from_regex(r"[0-9]{8,16}", fullmatch=True))
def test_an_account_comes_out_of_the_vault_as_it_went_in(bank: Bank, number: str) -> None:
    kept = checked_account(bank, number, NAME, NAME)
    assert account_from(kept.as_text()) == kept == Account(bank, number)


def test_every_bank_has_a_number_of_its_own() -> None:
    numbers = [bank.number for bank in Bank]
    assert len(set(numbers)) == len(numbers)
    assert all(len(number) == 3 and number.isdigit() for number in numbers)


def test_what_was_typed_long_ago_is_no_account() -> None:
    assert account_from("some bank, ask her") is None
    assert account_from("하나은행 12-34") is None


def test_an_account_is_sealed_and_opened_with_a_reason(session: Session) -> None:
    pine = make_worker(session)
    with pytest.raises(LegalNameFirst):
        keep(session, pine.number)
    service.seal(session, pine, {"legal_name": NAME}, by=SYSTEM, at=now())
    keep(session, pine.number)
    found = service.account(session, pine, reason="to pay her", by=SYSTEM, at=now())
    assert found == Account(Bank.HANA, "01234567890")
    reasons = {
        line.reason for line in security.readings(session, queries.vault_uid(session, pine.id))
    }
    assert "to pay her" in reasons
    assert len(reasons) == 2


def keep(session: Session, number: int, holder: str = NAME) -> None:
    worker = queries.worker_numbered(session, number)
    service.set_account(session, worker, Bank.HANA, NUMBER, holder, by=SYSTEM, at=now())


def test_an_account_in_another_form_is_told_by_chosen_name(session: Session) -> None:
    pine = make_worker(session)
    with pytest.raises(NotFound):
        service.account(session, pine, reason="to pay", by=SYSTEM, at=now())
    service.seal(session, pine, {"bank_account": "ask her"}, by=SYSTEM, at=now())
    with pytest.raises(AccountUnclear) as refused:
        service.account(session, pine, reason="to pay", by=SYSTEM, at=now())
    assert "Pine" in tell(refused.value, "en")


@pytest.mark.parametrize("language", ["en", "ko", "ko_easy"])
def test_the_page_keeps_her_account_and_no_other(
    app: Flask, sign_in: SignIn, language: str
) -> None:
    browser = sign_in(Role.MANAGER)
    with app.app_context(), transaction() as session:
        pine = make_worker(session)
        service.seal(session, pine, {"legal_name": NAME}, by=SYSTEM, at=now())
    at = f"/people/{pine.number}/account?language={language}"
    asked = {"bank": "HANA", "number": NUMBER, "holder": "Quiet Stream"}
    refused = browser.post(at, data=asked)
    assert refused.status_code == 422
    assert tell(AccountOfAnother(), language) in refused.text.replace("&#39;", "'")
    assert f'value="{NUMBER}"' in refused.text
    assert browser.post(at, data=asked | {"holder": NAME}).status_code == 303
    assert browser.get(at).status_code == 200
    assert sign_in(Role.SUPERVISOR).get(at).status_code == 403


def allowance(kind: AllowanceKind = AllowanceKind.MEAL, won: int = 1000, **how: bool) -> Allowance:
    return Allowance(kind, Money(won), **how)


def test_allowances_without_an_amount_are_none_and_none_is_below_zero() -> None:
    assert checked_allowances([allowance(won=0), allowance()]) == (allowance(),)
    with pytest.raises(AllowanceBelowZero):
        checked_allowances([allowance(won=-1)])


@pytest.mark.parametrize("kind", list(AllowanceKind))
def test_only_what_the_law_names_is_free_of_tax(kind: AllowanceKind) -> None:
    free = allowance(kind, non_taxable=True)
    if kind in {AllowanceKind.MEAL, AllowanceKind.CAR, AllowanceKind.CHILDCARE}:
        assert checked_allowances([free]) == (free,)
    else:
        with pytest.raises(NeverFreeOfTax):
            checked_allowances([free])


def test_monthly_allowances_count_for_the_minimum_wage() -> None:
    short = {"kind": TermsKind.MONTHLY, "rate": Money(2_000_000)}
    with pytest.raises(BelowMinimum):
        refuse_below_minimum(make_terms(**short), date(2026, 11, 2))
    meals = (allowance(won=200_000),)
    refuse_below_minimum(make_terms(**short, allowances=meals), date(2026, 11, 2))


def test_only_pieces_and_freelancers_go_without_a_rate() -> None:
    for kind in TermsKind:
        terms = make_terms(kind=kind, rate=Money(0))
        if kind in {TermsKind.PIECE, TermsKind.FREELANCE}:
            assert checked(terms).kind is kind
        else:
            with pytest.raises(RateMissing):
                checked(terms)


def test_no_rate_is_below_zero_and_no_working_day_is_the_rest_day() -> None:
    with pytest.raises(RateBelowZero):
        checked(make_terms(kind=TermsKind.PIECE, rate=Money(-5)))
    with pytest.raises(RestDayWorked):
        checked(make_terms(rest_day="mon"))


def test_a_freelancer_has_no_employment_contract(session: Session) -> None:
    ash = make_worker(session, "Ash", terms=make_terms(kind=TermsKind.FREELANCE, rate=Money(0)))
    with pytest.raises(NotEmployed):
        service.draw_contract(session, ash, FIRST, Wish("here", "sewing"), by=SYSTEM, at=now())


def test_allowances_are_entered_with_the_terms_and_stand_there_at_the_next_change(
    app: Flask, sign_in: SignIn
) -> None:
    browser = sign_in(Role.MANAGER)
    meals = {"meal": "200,000", "free": ["meal"], "ordinary": ["meal", "position"]}
    answer = browser.post("/people/hire", data=HIRE | meals | {"position": "50000"})
    assert answer.status_code == 303
    person = browser.get(answer.location).text
    assert "₩200,000" in person
    with app.app_context(), transaction() as session:
        (pine,) = queries.workers(session)
        (terms,) = queries.terms_of(session, pine.id)
    assert terms.allowances == (
        allowance(won=200_000, non_taxable=True, ordinary_wage=True),
        allowance(AllowanceKind.POSITION, 50_000, ordinary_wage=True),
    )
    page = browser.get(f"{answer.location}/terms").text
    assert 'value="200,000"' in page
    assert 'value="12,000"' in page


def test_a_wrong_allowance_is_told_at_the_form(sign_in: SignIn) -> None:
    browser = sign_in(Role.MANAGER)
    answer = browser.post("/people/hire", data=HIRE | {"meal": "-5"})
    assert answer.status_code == 422
    assert tell(AllowanceBelowZero(), "en").replace("'", "&#39;") in answer.text
