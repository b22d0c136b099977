"""What one who leaves is paid goes to the bank: wages to her account, severance where it goes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from factory.attendance import service as attendance
from factory.attendance.domain.slack import Slack
from factory.db.session import transaction
from factory.kernel.time import now, today
from factory.kernel.words import tell
from factory.payroll import queries, service
from factory.payroll.domain.leaving import DaysOpen, PaidAlready, SeveranceUnknown
from factory.payroll.domain.severance import (
    Goes,
    MoreThanSmall,
    NoIrpAccount,
    NothingOwed,
    SayWhere,
)
from factory.payroll.domain.transfer import (
    BankForm,
    BankHasOne,
    NobodyToPay,
    Purse,
    Transfer,
    sheet,
)
from factory.people import queries as people_queries
from factory.people import service as people
from factory.people.domain import Worker
from factory.people.domain.account import AccountKind, Bank
from factory.security import queries as security
from factory.security.domain import SYSTEM, ReasonNeeded, Role
from tests.conftest import Kept, SignIn
from tests.payroll.build import ASPEN, NOVEMBER, OCTOBER, WILLOW, punch
from tests.payroll.closed import close_month, slip_of
from tests.payroll.leaver import LEFT, leave, make_leaver
from tests.people.build import make_worker
from tests.web.test_xls import read

pytestmark = pytest.mark.usefixtures("clock")
THREE = (date(2026, 8, 1), date(2026, 9, 1), OCTOBER)
WAGES, IRP, LEGAL = "00123456789012", "98765432109", "Wide Field"
WHY = "Everything she is owed"


def accounts(session: Session, pine: Worker, *kinds: AccountKind) -> None:
    people.seal(session, pine, {"legal_name": LEGAL}, by=SYSTEM, at=now())
    numbers = {AccountKind.WAGES: (Bank.HANA, WAGES), AccountKind.SEVERANCE: (Bank.MIRAE, IRP)}
    for kind in kinds:
        people.set_account(session, pine, *numbers[kind], LEGAL, kind=kind, by=SYSTEM, at=now())


def make(session: Session, pine: Worker, reason: str = WHY) -> Any:
    given: dict[str, Any] = {"by": WILLOW, "at": now()}
    return service.make_leavers_transfer(session, pine, BankForm.HANA, reason, **given)


def rows(session: Session, number: int) -> list[tuple[str | int, ...]]:
    _, data = service.transfer_file(session, number, by=WILLOW, at=now())
    cells = read(data)[1]
    lines = sorted({line for line, _ in cells} - {0})
    return [tuple(cells.get((line, column), "") for column in (0, 1, 2, 4, 5)) for line in lines]


def test_passbooks_say_severance_and_nothing_else_of_her() -> None:
    paid = [Transfer(7, "미래에셋증권", IRP, 5, Purse.SEVERANCE)]
    for form in BankForm:
        *_, found = sheet(form, paid, NOVEMBER)
        assert {"퇴직금", "퇴직7"} <= set(found)


def test_both_stand_in_one_file_each_with_its_account(session: Session) -> None:
    pine = make_leaver(session, *THREE, goes=Goes.IRP)
    accounts(session, pine, *AccountKind)
    found = queries.leaving(session, pine, today())
    made = make(session, pine)
    net, owed = found.last_pay.won, found.severance.owed.won
    assert rows(session, made.id) == [
        ("하나은행", WAGES, net, "11월 급여", f"급여{pine.number}"),
        ("미래에셋증권", IRP, owed, "퇴직금", f"퇴직{pine.number}"),
    ]
    assert (made.won, made.worker, made.count) == (net + owed, pine.id, 2)
    assert queries.leavers_transfers(session, pine.id) == (made,)
    assert queries.transfers(session) == ()


def test_severance_to_her_bank_account_is_less_by_its_tax(session: Session) -> None:
    pine = make_leaver(session, *THREE)
    accounts(session, pine, AccountKind.WAGES)
    severance = queries.leaving(session, pine, today()).severance
    (_, found) = rows(session, make(session, pine).id)
    assert found[:3] == ("하나은행", WAGES, (severance.owed - severance.tax).won)


def test_a_last_pay_that_its_run_pays_is_not_in_her_file(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_leaver(session, *THREE)
    accounts(session, pine, AccountKind.WAGES)
    close_month(session, {pine: slip_of(1_600_000)}, NOVEMBER)
    clock.move_to(datetime.fromisoformat("2026-12-02T10:00:00+09:00"))
    (found,) = rows(session, make(session, pine).id)
    assert found[3] == "퇴직금"
    run = service.make_transfer(
        session, NOVEMBER, BankForm.HANA, WHY, second="Cedar", by=WILLOW, at=now()
    )
    assert run.won == 1_600_000


def test_after_it_is_kept_as_paid_no_file_pays_it_again(session: Session) -> None:
    pine = make_leaver(session, *THREE)
    accounts(session, pine, AccountKind.WAGES)
    service.pay_leaver(session, pine, LEFT, by=ASPEN, at=now())
    with pytest.raises(NobodyToPay):
        make(session, pine)


def test_a_second_file_needs_a_word_until_it_is_kept_as_paid(session: Session) -> None:
    pine = make_leaver(session, *THREE)
    accounts(session, pine, AccountKind.WAGES)
    service.delete_transfer(session, make(session, pine).id, by=WILLOW, at=now())
    (given,) = queries.given_unpaid(session, queries.leaving(session, pine, today()))
    with pytest.raises(BankHasOne):
        make(session, pine)
    again = service.make_leavers_transfer(
        session, pine, BankForm.HANA, WHY, again=True, by=WILLOW, at=now()
    )
    assert (again.won, again.id > given.id) == (given.won, True)
    service.pay_leaver(session, pine, today(), by=ASPEN, at=now())
    assert queries.given_unpaid(session, queries.leaving(session, pine, today())) == ()


def test_each_thing_that_is_missing_is_said(session: Session) -> None:
    pine = make_leaver(session, *THREE, goes=None)
    with pytest.raises(ReasonNeeded):
        make(session, pine, " ")
    with pytest.raises(SayWhere):
        make(session, pine)
    with pytest.raises(SayWhere):
        service.pay_leaver(session, pine, LEFT, by=ASPEN, at=now())
    service.say_where(session, pine, Goes.IRP, by=WILLOW, at=now())
    with pytest.raises(NobodyToPay):
        make(session, pine)
    accounts(session, pine, AccountKind.WAGES)
    with pytest.raises(NoIrpAccount):
        make(session, pine)


def test_days_that_are_open_and_severance_that_is_not_known_keep_it(session: Session) -> None:
    pine = make_leaver(session)
    with pytest.raises(SeveranceUnknown):
        make(session, pine)
    ash = make_worker(session, "Ash")
    punch(session, people_queries.badges(session)[ash.id], date(2026, 11, 3), "in", "09:00")
    with pytest.raises(DaysOpen):
        make(session, leave(session, ash))


def test_where_it_goes_is_said_until_it_is_paid(session: Session) -> None:
    pine = make_leaver(session, *THREE)
    with pytest.raises(MoreThanSmall):
        service.say_where(session, pine, Goes.SMALL, by=WILLOW, at=now())
    service.pay_leaver(session, pine, LEFT, by=ASPEN, at=now())
    with pytest.raises(PaidAlready):
        service.say_where(session, pine, Goes.IRP, by=WILLOW, at=now())
    said = [each for each in security.audit(session) if each.what == "say_where"]
    assert [each.thing for each in said] == [f"severance of worker {pine.number}"]


def test_a_file_is_deleted_after_use(session: Session) -> None:
    pine = make_leaver(session, *THREE)
    accounts(session, pine, AccountKind.WAGES)
    made = make(session, pine)
    service.delete_transfer(session, made.id, by=WILLOW, at=now())
    assert queries.leavers_transfers(session) == ()
    gone = next(each for each in security.audit(session) if each.what == "delete_transfer")
    assert gone.thing == f"severance of worker {pine.number}"


def test_no_paper_is_made_of_severance_that_is_not_owed(session: Session) -> None:
    pine = make_leaver(session)
    with pytest.raises(NothingOwed):
        service.severance_sheet(session, pine, by=WILLOW, at=now())


def test_the_paper_as_it_was_paid_stays_so(session: Session) -> None:
    pine = make_leaver(session, *THREE, goes=Goes.IRP)
    before = queries.leaving(session, pine, today()).statement
    service.pay_leaver(session, pine, LEFT, by=ASPEN, at=now())
    after = queries.leaving(session, pine, today()).statement
    assert after.severance == before.severance
    assert (before.paid_on, after.paid_on) == (None, LEFT)
    assert after.service == (LEFT - pine.hired).days + 1


# On the screen


def _pine(session: Session) -> Worker:
    found = make_leaver(session, *THREE, goes=None)
    accounts(session, found, *AccountKind)
    return found


@pytest.fixture
def pine(kept: Kept) -> Worker:
    return kept(_pine)


def test_the_page_leads_from_where_it_goes_to_the_bank(sign_in: SignIn, pine: Worker) -> None:
    browser, at = sign_in(Role.MANAGER), f"/pay/leaving/{pine.number}"
    assert "Say where severance goes" in browser.get(at).text
    for language in ("en", "ko", "ko_easy"):
        small = browser.post(f"{at}/goes?language={language}", data={"goes": "small"})
        assert small.status_code == 422
        assert "3,000,000" in small.text
    browser.get("/?language=en")
    refused = browser.post(f"{at}/transfer", data={"form": "hana", "reason": WHY})
    assert refused.status_code == 422
    assert tell(SayWhere(), "en") in refused.text
    assert browser.post(f"{at}/goes", data={"goes": "irp"}).status_code == 303
    made = browser.post(f"{at}/transfer", data={"form": "hana", "reason": WHY})
    assert made.status_code == 303
    assert at in browser.get("/").text
    page = browser.get(at).text
    number = page.split(f"{at}/transfer/")[1].split(".xls")[0]
    answer = browser.post(f"{at}/transfer/{number}.xls")
    assert answer.mimetype == "application/vnd.ms-excel"
    assert read(answer.data)[1][2, 1] == IRP
    assert browser.post(f"{at}/transfer/{number}/delete").status_code == 303


def test_the_paper_comes_as_pdf_and_as_a_slip_and_she_sees_who_looked(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    browser, at = sign_in(Role.MANAGER), f"/pay/leaving/{pine.number}"
    paper = browser.get(f"{at}/severance.pdf")
    assert (paper.mimetype, paper.data[:4]) == ("application/pdf", b"%PDF")
    assert browser.post(f"{at}/severance/print").status_code == 303
    with app.app_context(), transaction() as session:
        told = {
            each.what
            for each in security.audit(
                session, security.Sought(thing=f"severance of worker {pine.number}")
            )
        }
    assert {"see_severance", "print_severance"} <= told


def test_an_irp_account_is_sealed_like_her_other_one(sign_in: SignIn, pine: Worker) -> None:
    browser, at = sign_in(Role.MANAGER), f"/people/{pine.number}/irp"
    assert "IRP account for severance" in browser.get(at).text
    sent = {"bank": "MIRAE", "number": IRP, "holder": "Somebody Else"}
    assert browser.post(at, data=sent).status_code == 422
    assert browser.post(at, data=sent | {"holder": LEGAL}).status_code == 303


def test_days_on_which_the_factory_rested_months_ago_leave_the_average(session: Session) -> None:
    pine = make_leaver(session, *THREE)
    before = queries.leaving(session, pine, today()).severance
    shut = [date(2026, 10, 20), date(2026, 10, 21)]
    attendance.close_for_us(session, shut, Slack.NO_CLOTH, [pine], by=WILLOW, at=now())
    after = queries.leaving(session, pine, today()).severance
    assert [each.left_out for each in before.stretches] == [0, 0, 0, 0]
    assert [each.left_out for each in after.stretches] == [0, 0, 2, 0]
    assert after.stretches[2].days == before.stretches[2].days - 2
