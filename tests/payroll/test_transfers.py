"""Files for the bank: what stands in them, that they lie sealed, and that they are deleted."""

from __future__ import annotations

from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound, Refused
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.kernel.words import tell
from factory.payroll import queries, records, service
from factory.payroll.domain.handed import NotApprovedYet
from factory.payroll.domain.transfer import (
    AlreadyDeleted,
    BankForm,
    BankHasOne,
    FileWaits,
    Made,
    NobodyToPay,
    Transfer,
    sheet,
)
from factory.payroll.service import entering
from factory.people import queries as people_queries
from factory.people import service as people
from factory.people.domain.account import Bank
from factory.security import queries as security
from factory.security import service as accounts
from factory.security.domain import (
    SYSTEM,
    MayNotWitness,
    ReasonNeeded,
    Role,
    SecondIsYou,
    SecondWanted,
    WrongPin,
)
from factory.security.records import SealedRow
from tests.cast import PASSWORD, PIN
from tests.conftest import Kept, SignIn
from tests.payroll.build import NOVEMBER, OCTOBER, WILLOW, make_attachment
from tests.payroll.closed import MAPLE_LEGAL, PINE_LEGAL, two_people
from tests.payroll.second import SECOND, cedar
from tests.web.test_xls import read

pytestmark = pytest.mark.usefixtures("clock")
NUMBER = "00123456789012"
WHY = "Wages of October"
ADDRESS = "/pay/2026-10/transfer"
ASKED = {"form": "hana", "reason": WHY, **SECOND}


def with_account(session: Session) -> None:
    """Pine's and Maple's closed October; of Pine an account is kept."""
    pine, _ = two_people(session)
    people.set_account(session, pine, Bank.HANA, NUMBER, PINE_LEGAL, by=SYSTEM, at=now())


def make(
    session: Session, form: BankForm = BankForm.HANA, reason: str = WHY, *, again: bool = False
) -> Made:
    return service.make_transfer(
        session, OCTOBER, form, reason, second="Cedar", again=again, by=WILLOW, at=now()
    )


def cells(session: Session, made: Made) -> dict[tuple[int, int], str | int]:
    _, data = service.transfer_file(session, made.id, by=WILLOW, at=now())
    return read(data)[1]


def row(form: BankForm) -> tuple[str | int, ...]:
    found = sheet(form, [Transfer(7, "하나은행", NUMBER, 1_890_480)], OCTOBER)
    return found[-1]


def test_hana_has_nine_columns_below_their_heads_and_an_empty_holder() -> None:
    heads, found = sheet(BankForm.HANA, [Transfer(7, "하나은행", NUMBER, 5)], OCTOBER)
    named = dict(zip(heads, found, strict=True))
    assert len(heads) == 9
    assert (named["입금은행"], named["입금계좌번호"], named["입금액"]) == ("하나은행", NUMBER, 5)
    assert named["예상예금주"] == ""
    assert (named["입금통장표시"], named["출금통장표시"]) == ("10월 급여", "급여7")


def test_woori_has_six_columns_and_no_heads() -> None:
    assert sheet(BankForm.WOORI, [], OCTOBER) == []
    assert row(BankForm.WOORI) == ("하나은행", NUMBER, 1_890_480, "10월 급여", "급여7", "")


def test_others_have_eight_columns_and_an_empty_holder() -> None:
    assert row(BankForm.GENERAL) == (
        *("하나은행", NUMBER, 1_890_480, "", "", ""),
        *("10월 급여", "급여7"),
    )


@pytest.mark.parametrize("form", list(BankForm))
def test_passbooks_show_no_more_than_seven_letters(form: BankForm) -> None:
    (*_, found) = sheet(form, [Transfer(99_999_999, "은행", "1", 1)], OCTOBER)
    shown = [text for text in found if isinstance(text, str) and "급여" in text]
    assert shown
    assert all(len(text) <= 7 for text in shown)


def test_the_file_pays_what_arrives_to_her_account_and_names_nobody(session: Session) -> None:
    with_account(session)
    found = cells(session, make(session))
    assert (found[1, 0], found[1, 1], found[1, 2]) == ("하나은행", NUMBER, 1_890_480)
    for name in (PINE_LEGAL, MAPLE_LEGAL, "Pine", "Maple"):
        assert name not in str(found)


def test_what_a_court_takes_is_owed_to_the_creditor_and_stands_in_no_file(
    app: Flask, sign_in: SignIn
) -> None:
    with app.app_context(), transaction() as session:
        pine, maple = two_people(session)
        orders = ((pine, "2026-100"), (maple, "2026-7"), (maple, "2026-9"))
        for who, number in orders:
            paper = make_attachment(number=number)
            entering.attach(session, who, paper, by=SYSTEM, at=now())
        taken = ({"worker_id": who.id, "number": number} for who, number in orders)
        each = {"run": OCTOBER, "amount": Money(50_000)}
        records.append_taken(session, [one | each for one in taken])
        found = queries.attached(session, OCTOBER)
        assert [(a.number, a.order, a.won, a.shared) for a in found] == [
            (pine.number, "2026-100", 50_000, False),
            (maple.number, "2026-7", 50_000, True),
            (maple.number, "2026-9", 50_000, True),
        ]
        assert queries.attached(session, NOVEMBER) == ()
    page = sign_in(Role.MANAGER).get(ADDRESS).text
    assert "C-01" in page
    assert "₩150,000" in page
    assert "as soon as one creditor asks for it" in page


def test_whoever_has_no_account_is_left_out_by_number(session: Session) -> None:
    with_account(session)
    made = make(session)
    assert (made.count, made.won, made.left_out) == (1, 1_890_480, (2,))


def test_it_lies_sealed_and_each_opening_has_its_reason(session: Session) -> None:
    with_account(session)
    made = make(session)
    (kept,) = session.scalars(select(SealedRow).where(SealedRow.kind == "bankfile"))
    assert NUMBER.encode() not in kept.envelope
    cells(session, made)
    opened = [each for each in security.audit(session) if each.what == "read_vault"]
    assert [each.reason for each in opened[:2]] == [WHY, WHY]
    assert queries.transfers(session, OCTOBER) == (made,)


def test_deleted_after_use_nothing_of_it_is_left(session: Session) -> None:
    with_account(session)
    made = make(session)
    service.delete_transfer(session, made.id, by=WILLOW, at=now())
    assert queries.transfers(session) == ()
    assert not session.scalars(select(SealedRow).where(SealedRow.kind == "bankfile")).all()
    for again in (service.transfer_file, service.delete_transfer):
        with pytest.raises(AlreadyDeleted):
            again(session, made.id, by=WILLOW, at=now())
    assert "delete_transfer" in {each.what for each in security.audit(session)}


def test_a_file_that_never_was_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        service.transfer_file(session, 99, by=WILLOW, at=now())


def test_it_needs_a_closed_month_a_reason_and_somebody_to_pay(session: Session) -> None:
    two_people(session)
    with pytest.raises(NobodyToPay):
        make(session)
    with pytest.raises(ReasonNeeded):
        make(session, reason=" ")
    with pytest.raises(NotApprovedYet):
        service.make_transfer(
            session, NOVEMBER, BankForm.HANA, WHY, second="Cedar", by=WILLOW, at=now()
        )


# On the screen


@pytest.fixture
def ready(kept: Kept) -> None:
    """A closed October with an account."""
    kept(with_account)
    kept(cedar)


@pytest.mark.usefixtures("ready")
def test_the_start_page_reminds_until_it_is_deleted(app: Flask, sign_in: SignIn) -> None:
    client, told = sign_in(Role.MANAGER), "Files for the bank that are not deleted yet"
    assert told not in client.get("/").get_data(as_text=True)
    made = client.post(ADDRESS, data=ASKED)
    assert made.status_code == 303
    start = client.get("/").get_data(as_text=True)
    assert f"{told}: 1" in start
    assert ADDRESS in start
    with app.app_context(), reading() as session:
        (kept,) = queries.transfers(session)
    answer = client.post(f"{ADDRESS}/{kept.id}.xls")
    assert answer.mimetype == "application/vnd.ms-excel"
    assert f"transfer-2026-10-{kept.id}.xls" in answer.headers["Content-Disposition"]
    assert read(answer.data)[1][1, 1] == NUMBER
    assert "2" in client.get(ADDRESS).get_data(as_text=True)
    assert client.post(f"{ADDRESS}/{kept.id}/delete").status_code == 303
    assert "&lt;" not in client.get(ADDRESS).text
    assert told not in client.get("/").get_data(as_text=True)


@pytest.mark.usefixtures("ready")
def test_others_are_not_reminded_and_make_none(sign_in: SignIn) -> None:
    sign_in(Role.MANAGER).post(ADDRESS, data=ASKED)
    client = sign_in(Role.SUPERVISOR)
    assert "Files for the bank" not in client.get("/").get_data(as_text=True)
    assert client.post(ADDRESS, data=ASKED).status_code == 403
    assert client.get(ADDRESS).status_code == 403


@pytest.mark.usefixtures("ready")
def test_without_a_reason_the_sentence_stands_beside_the_field(sign_in: SignIn) -> None:
    answer = sign_in(Role.MANAGER).post(ADDRESS, data={"form": "woori", "reason": ""})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert tell(ReasonNeeded(), "en") in text
    assert 'id="reason-wrong"' in text


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    ("typed", "refusal", "language"),
    [
        ({"second": "", "pin": ""}, SecondWanted(), "ko"),
        ({"second": "Willow", "pin": PASSWORD}, SecondIsYou(), "ko_easy"),
        ({"second": "birch", "pin": PASSWORD}, MayNotWitness(name="Birch"), "en"),
        ({"second": "cedar", "pin": "wrong"}, WrongPin(), "ko"),
        ({"second": "nobody", "pin": PASSWORD}, WrongPin(), "ko_easy"),
    ],
)
def test_no_account_opens_without_a_second_person(
    app: Flask, sign_in: SignIn, typed: dict[str, str], refusal: Refused, language: str
) -> None:
    with app.app_context(), transaction() as session:
        accounts.create_account(
            session, "birch", PASSWORD, roles=[Role.CASHIER], shown="Birch", by=SYSTEM, at=now()
        )
    answer = sign_in(Role.MANAGER).post(f"{ADDRESS}?language={language}", data={**ASKED, **typed})
    assert answer.status_code == 422
    assert tell(refusal, language) in unescape(answer.text)
    with app.app_context(), reading() as session:
        assert queries.transfers(session) == ()
        assert not [e for e in security.audit(session) if e.reason == WHY]


@pytest.mark.usefixtures("ready")
def test_whom_the_workers_elected_may_be_the_second_person(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), reading() as session:
        pine = next(each for each in people_queries.workers(session) if each.name == "Pine")
    client, hers = sign_in(Role.MANAGER), {"second": str(pine.number), "pin": PIN}
    assert client.post(ADDRESS, data={**ASKED, **hers}).status_code == 422
    with app.app_context(), transaction() as session:
        service.enter_representative(session, pine, pine.hired, by=SYSTEM, at=now())
    assert client.post(ADDRESS, data={**ASKED, **hers}).status_code == 303
    with app.app_context(), reading() as session:
        (made,) = queries.transfers(session)
    assert made.second == "Pine"


def test_the_service_asks_for_her_as_well(session: Session) -> None:
    with_account(session)
    with pytest.raises(SecondWanted):
        service.make_transfer(session, OCTOBER, BankForm.HANA, WHY, second="", by=WILLOW, at=now())


def test_no_second_file_is_made_that_would_pay_a_month_twice(session: Session) -> None:
    with_account(session)
    made = make(session)
    with pytest.raises(FileWaits):
        make(session, BankForm.WOORI)
    service.delete_transfer(session, made.id, by=WILLOW, at=now())
    with pytest.raises(BankHasOne):
        make(session)
    assert make(session, again=True).id != made.id


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
def test_after_a_file_that_the_bank_has_another_needs_a_word(
    app: Flask, sign_in: SignIn, language: str
) -> None:
    with app.app_context(), transaction() as session:
        first = make(session)
        service.delete_transfer(session, first.id, by=WILLOW, at=now())
    client, address = sign_in(Role.MANAGER), f"{ADDRESS}?language={language}"
    assert 'name="again"' in client.get(address).text
    answer = client.post(address, data=ASKED)
    assert answer.status_code == 422
    assert tell(BankHasOne(), language) in unescape(answer.text)
    assert WHY in answer.text
    assert client.post(address, data={**ASKED, "again": "y"}).status_code == 303
