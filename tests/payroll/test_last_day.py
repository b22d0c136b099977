"""A last day that was entered wrongly: no work is forgotten for it, and it can be set right."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.errors import Refused
from factory.kernel.money import ZERO
from factory.kernel.time import now
from factory.kernel.words import tell
from factory.payroll import queries, service
from factory.payroll.domain.leaving import (
    NotLeaving,
    Paid,
    PaidAlready,
    WhyLastDay,
    WorkedAfterLeaving,
    WorkedLater,
    refuse_last_day,
    refuse_worked_after,
)
from factory.payroll.domain.matters import MatterKind
from factory.payroll.domain.severance import Severance
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security import queries as security
from factory.security.domain import Role, WorkerId
from tests.conftest import SignIn
from tests.payroll.build import ASPEN, NOVEMBER, WILLOW, work
from tests.payroll.leaver import leave
from tests.people.build import make_worker

pytestmark = pytest.mark.usefixtures("clock")
HIRED, EARLY, REAL = date(2026, 3, 2), date(2026, 11, 4), date(2026, 11, 20)
GONE = Worker(WorkerId(1), 1, "Pine", "ko", HIRED, EARLY, woman=True, night_consent=False)


@pytest.mark.parametrize(
    ("left", "worked", "why", "refusal"),
    [
        (None, (), "typed wrongly", NotLeaving),
        (EARLY, (date(2026, 11, 6), REAL), "typed wrongly", WorkedLater),
        (EARLY, (), "  ", WhyLastDay),
        (EARLY, (), "typed wrongly", None),
    ],
    ids=["nobody-leaves", "worked-later", "no-reason", "right"],
)
def test_a_last_day_is_set_right_with_a_reason_and_never_before_work(
    left: date | None, worked: tuple[date, ...], why: str, refusal: type[Refused] | None
) -> None:
    worker = Worker(WorkerId(1), 1, "Pine", "ko", HIRED, left, woman=True, night_consent=False)
    with pytest.raises(refusal) if refusal else nullcontext():
        refuse_last_day(worker, None, worked, why)


def test_who_was_at_work_later_hears_the_last_of_those_days() -> None:
    with pytest.raises(WorkedLater) as told:
        refuse_last_day(GONE, None, (date(2026, 11, 6), REAL), "typed wrongly")
    assert told.value.values["day"] == REAL


def test_a_last_day_that_was_paid_by_stays() -> None:
    paid = Paid(REAL, "Aspen", ZERO, Severance(ZERO))
    with pytest.raises(PaidAlready):
        refuse_last_day(GONE, paid, (), "typed wrongly")


def test_no_month_forgets_who_worked_in_it() -> None:
    refuse_worked_after(())
    with pytest.raises(WorkedAfterLeaving):
        refuse_worked_after(["Pine"])


def test_work_after_a_last_day_blocks_the_month_until_the_day_is_right(session: Session) -> None:
    pine = make_worker(session, hired=HIRED)
    work(session, pine, date(2026, 11, 2), date(2026, 11, 6))
    pine = leave(session, pine, EARLY)
    (matter,) = queries.worked_after(session, NOVEMBER)
    assert (matter.kind, matter.days) == (
        MatterKind.WORKED_AFTER,
        (date(2026, 11, 5), date(2026, 11, 6)),
    )
    assert matter.kind.blocks
    service.set_last_day(session, pine, REAL, "typed wrongly", by=WILLOW, at=now())
    assert not queries.worked_after(session, NOVEMBER)
    assert people.worker(session, pine.id).left == REAL


def test_who_stays_has_no_last_day_any_more(session: Session) -> None:
    pine = leave(session, make_worker(session, hired=HIRED), EARLY)
    service.set_last_day(session, pine, None, "she stays", by=WILLOW, at=now())
    assert people.worker(session, pine.id).left is None
    account = security.account(session, str(pine.number))
    assert account is not None
    assert account.active


def test_the_page_says_what_is_wrong_with_a_day_and_keeps_what_was_typed(
    app: Flask, sign_in: SignIn
) -> None:
    with app.app_context(), transaction() as session:
        pine = make_worker(session, hired=HIRED)
        work(session, pine, date(2026, 11, 2), date(2026, 11, 6))
        leave(session, pine, EARLY)
    manager = sign_in(Role.MANAGER)
    page = manager.post(
        f"/pay/leaving/{pine.number}/day", data={"left": "2026-11-05", "why": "typed wrongly"}
    )
    assert page.status_code == 422
    told = WorkedLater(name=pine.name, day=date(2026, 11, 6))
    assert str(escape(tell(told, "en"))) in page.text
    assert "typed wrongly" in page.text


def test_the_page_of_who_is_paid_says_why_nothing_is_changed_any_more(
    app: Flask, sign_in: SignIn
) -> None:
    with app.app_context(), transaction() as session:
        pine = make_worker(session, hired=HIRED)
        work(session, pine, date(2026, 11, 2), EARLY)
        pine = leave(session, pine, EARLY)
        service.pay_leaver(session, pine, EARLY, by=ASPEN, at=now())
    manager = sign_in(Role.MANAGER)
    page = manager.post(f"/pay/leaving/{pine.number}/day", data={"left": "", "why": "she stays"})
    told = PaidAlready(name=pine.name, day=EARLY)
    assert str(escape(tell(told, "en"))) in page.text
