"""Who the business is: entered once, read by every paper that has to name it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from factory.business import queries, service
from factory.business.domain import UNNAMED, Business, RegistrationNumberWrong, checked_registration
from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, tell
from factory.payroll import documents
from factory.payroll.domain.papers import MonthOfPay, Person
from factory.people.documents.contract import LINE
from factory.people.documents.contract import contract as contract_paper
from factory.people.documents.notice import notice
from factory.people.domain import Worker
from factory.people.domain.contract import Identity, Wish, contract
from factory.security import queries as security
from factory.security.domain import SYSTEM, Role, WorkerId
from factory.till import queries as till
from factory.till import service as selling
from printers.sheet import Facts, Sheet
from tests.business.build import SAMPLE
from tests.conftest import SignIn
from tests.payroll.build import OCTOBER, make_entry, make_run
from tests.people.build import FIRST, make_terms, make_worker
from tests.till.build import SHOP

DAY = date(2026, 11, 24)
PINE = Worker(WorkerId(1), 7, "Pine", "ko", FIRST, None)
TERMS = make_terms()
NAMED = Person(PINE, TERMS, legal_name="Invented Name", born="1 Jan 1990", address="Street 9")


def papers(house: Business) -> Iterator[Sheet]:
    """Those on which the employer signs or certifies."""
    wish = Wish(place="Street 1", work="Sewing")
    who = Identity("Invented Name", "Street 9")
    drawn = contract(PINE, TERMS, wish, who, employees=12, on=DAY, business=house)
    yield contract_paper(drawn)
    yield documents.employment(NAMED, "Sewing", "A bank", DAY, house)
    yield documents.change_of_terms(NAMED, TERMS, replace(TERMS, since=DAY), DAY, house)
    yield notice(PINE, DAY, house)


def facts(sheet: Sheet) -> list[str]:
    found = [block.pairs for block in sheet.blocks if isinstance(block, Facts)]
    return [text for pairs in found for _, text in pairs]


def lines_in(sheet: Sheet) -> int:
    return sum(set(text) == {"_"} for text in facts(sheet) if text)


def test_every_paper_to_be_signed_names_the_business_where_it_was_entered() -> None:
    lines = [lines_in(sheet) for sheet in papers(UNNAMED)]
    for sheet, blank in zip(papers(SAMPLE), lines, strict=True):
        assert SAMPLE.name in (*facts(sheet), sheet.issuer), sheet.title
        assert {SAMPLE.phone, SAMPLE.officer_contact} & set(facts(sheet)), sheet.title
        assert lines_in(sheet) < blank


def test_only_what_was_left_empty_stays_a_line_to_write_on() -> None:
    known = replace(SAMPLE, phone="")
    contract_there, certificate, *_ = papers(known)
    assert facts(contract_there).count(LINE) == 2  # its telephone and hers
    assert facts(certificate).count(LINE) == 1


def test_payslips_and_papers_of_a_month_say_who_pays() -> None:
    entry = make_entry()
    month = MonthOfPay(make_run(entry), (), SAMPLE.name)
    of_a_month = (documents.wage_ledger(month), documents.pay_list(month))
    sheets = (*of_a_month, documents.payslip(entry, OCTOBER, house=SAMPLE.name))
    for sheet in (*sheets, documents.workers_register((), DAY, SAMPLE.name)):
        assert sheet.issuer == SAMPLE.name
    slip = documents.payslip_slip(entry, OCTOBER, house=SAMPLE.name)
    assert SAMPLE.name in [getattr(block, "text", "") for block in slip.blocks]
    silent = documents.payslip_slip(entry, OCTOBER)
    assert len(silent.blocks) == len(slip.blocks) - 1


@pytest.mark.parametrize("number", ["1248100998", "124-81-00998", " 124 81 00998"])
def test_a_registration_number_is_kept_as_the_certificate_writes_it(number: str) -> None:
    assert checked_registration(number) == "124-81-00998"
    assert checked_registration("") == ""


@pytest.mark.parametrize("number", ["1248100997", "12481", "١٢٤٨١٠٠٩٩٨", "124-81-0099x"])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(RegistrationNumberWrong):
        checked_registration(number)


def test_it_is_kept_once_for_papers_and_receipts_and_nobodys_name_stands_in_the_log(
    session: Session,
) -> None:
    assert queries.business(session) == UNNAMED
    assert till.shop(session) is None
    service.describe(session, SAMPLE, by=SYSTEM, at=now())
    shop = till.shop(session)
    assert shop is not None
    assert (shop.name, shop.phone, shop.tills) == (SAMPLE.name, SAMPLE.phone, 1)
    other = replace(SHOP, name="Other Clothing", tills=2)
    selling.describe_shop(session, other, by=SYSTEM, at=now())
    assert queries.business(session).name == "Other Clothing"
    service.describe(session, SAMPLE, by=SYSTEM, at=now())
    again = till.shop(session)
    assert again is not None
    assert (again.name, again.tills) == (SAMPLE.name, 2)
    deeds = [each for each in security.audit(session) if each.what == "describe_business"]
    assert len(deeds) == 3
    assert "Willow" not in str(deeds)


def test_whoever_is_in_charge_of_personal_data_is_named_to_everybody(
    app: Flask, sign_in: SignIn
) -> None:
    unnamed = app.test_client().get("/privacy?language=en").text
    assert "is named on your paper" in unnamed
    assert sign_in(Role.KEEPER).post("/business/", data=asdict(SAMPLE)).status_code == 303
    named = app.test_client().get("/privacy?language=en").text
    assert f"{SAMPLE.officer} · {SAMPLE.officer_contact}" in named
    assert "is named on your paper" not in named
    assert {SAMPLE.officer, SAMPLE.officer_contact} <= set(facts(notice(PINE, DAY, SAMPLE)))


def test_the_tills_page_leaves_whoever_is_in_charge_as_she_is(session: Session) -> None:
    service.describe(session, SAMPLE, by=SYSTEM, at=now())
    selling.describe_shop(session, SHOP, by=SYSTEM, at=now())
    assert queries.business(session).officer == SAMPLE.officer


def test_entering_the_same_again_is_no_deed(session: Session) -> None:
    for _ in range(2):
        service.describe(session, SAMPLE, by=SYSTEM, at=now())
    deeds = [each for each in security.audit(session) if each.what == "describe_business"]
    assert len(deeds) == 1


def test_the_keeper_enters_it_and_a_wrong_number_is_said_beside_its_field(
    app: Flask, sign_in: SignIn
) -> None:
    keeper, typed = sign_in(Role.KEEPER), asdict(SAMPLE)
    for language in LANGUAGES:
        wrong: Any = keeper.post(
            f"/business/?language={language}", data=typed | {"registration": "1248100997"}
        )
        assert wrong.status_code == 422
        assert tell(RegistrationNumberWrong(), language) in wrong.text
        assert SAMPLE.address in wrong.text
    assert keeper.post("/business/", data=typed).status_code == 303
    with app.app_context(), reading() as session:
        assert queries.business(session) == SAMPLE


def test_the_contract_offers_the_business_address_as_the_place_of_work(
    app: Flask, sign_in: SignIn
) -> None:
    with app.app_context(), transaction() as session:
        service.describe(session, SAMPLE, by=SYSTEM, at=now())
        number = make_worker(session).number
    assert (
        f'value="{SAMPLE.address}"' in sign_in(Role.MANAGER).get(f"/people/{number}/contract").text
    )
