"""Differences after somebody left: paid to her, or settled with her, never taken from pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.kernel.money import ZERO, Money
from factory.kernel.time import now, today
from factory.kernel.words import tell
from factory.payroll import queries, records, service
from factory.payroll.domain.afterwards import (
    About,
    Difference,
    HowSettled,
    NothingLeft,
    PaidByTheRun,
    Settled,
    difference,
    refuse_settling,
)
from factory.payroll.domain.keeping import to_body
from factory.payroll.domain.leaving import PaidLater
from factory.payroll.domain.matters import MatterKind
from factory.payroll.domain.severance import Goes
from factory.people import service as people_service
from factory.people.domain import Worker
from factory.security import queries as security
from factory.security.domain import SYSTEM, Role
from tests.conftest import Kept, SignIn
from tests.payroll.build import ASPEN, NOVEMBER, OCTOBER, WILLOW
from tests.payroll.closed import close_month, slip_of
from tests.payroll.leaver import make_leaver

pytestmark = pytest.mark.usefixtures("clock")
THREE = (date(2026, 8, 1), date(2026, 9, 1), OCTOBER)
PAID_ON, AGREED = date(2026, 11, 23), "She gives it back in two parts"


def settled(about: About, won: int, month: date | None = None, tax: int = 0) -> Settled:
    return Settled(about, month, Money(won), Money(tax), PAID_ON, AGREED)


# What is left


@given(
    right=st.integers(0, 9_000_000), paid=st.integers(0, 9_000_000), about=st.sampled_from(About)
)
def test_what_is_left_is_settled_once_and_then_nothing_is(
    right: int, paid: int, about: About
) -> None:
    first = difference(about, Money(right), Money(paid), ())
    assert first.left.won == right - paid
    again = difference(about, Money(right), Money(paid), [settled(about, first.left.won)])
    assert again.left == ZERO


def test_what_was_settled_of_another_month_counts_for_that_alone() -> None:
    other = [settled(About.MONTH, 5, NOVEMBER), settled(About.SEVERANCE, 7)]
    assert difference(About.MONTH, Money(9), ZERO, other, month=OCTOBER).left == Money(9)
    assert difference(About.MONTH, Money(9), ZERO, other, month=NOVEMBER).left == Money(4)


def test_tax_that_was_withheld_is_not_withheld_again() -> None:
    first = settled(About.SEVERANCE, 100, tax=6)
    found = difference(About.SEVERANCE, Money(150), ZERO, [first], tax=Money(9))
    assert (found.left, found.tax, found.net) == (Money(50), Money(3), Money(47))


@pytest.mark.parametrize(
    ("about", "won", "by_run", "to_pay"),
    [
        (About.LAST_PAY, 1, True, False),
        (About.MONTH, 1, True, False),
        (About.SEVERANCE, 1, False, True),
        (About.LAST_PAY, -1, False, False),
        (About.SEVERANCE, -1, False, False),
    ],
)
def test_pay_runs_pay_wages_and_severance_is_paid_apart(
    about: About, won: int, *, by_run: bool, to_pay: bool
) -> None:
    found = difference(about, Money(10 + won), Money(10), ())
    assert (found.by_run, found.to_pay, found.is_hers) == (by_run, to_pay, won > 0)


def test_each_refusal_to_settle_has_its_own_name() -> None:
    over = Difference(About.SEVERANCE, Money(1), Money(9))
    for refusal, found, reason in (
        (NothingLeft, None, AGREED),
        (NothingLeft, replace(over, paid=Money(1)), AGREED),
        (PaidByTheRun, Difference(About.MONTH, Money(9), Money(1), OCTOBER), AGREED),
        (HowSettled, over, " no "),
    ):
        with pytest.raises(refusal) as refused:
            refuse_settling(found, reason)
        assert "{" not in tell(refused.value, "ko")
    assert refuse_settling(over, AGREED) is over
    hers = Difference(About.SEVERANCE, Money(9), Money(1))
    assert refuse_settling(hers, "") is hers


# Through the services


def paid_leaver(session: Session, goes: Goes = Goes.AGE) -> Worker:
    """Pine, who left on Friday and was paid everything on Monday."""
    pine = make_leaver(session, *THREE, goes=goes)
    service.pay_leaver(session, pine, PAID_ON, by=ASPEN, at=now())
    return pine


def correct_october(session: Session, pine: Worker, gross: int) -> None:
    """October is known to be another month than was paid."""
    slip = slip_of(gross)
    session.add(
        records.CorrectionRow(
            month=OCTOBER,
            worker_id=pine.id,
            reason="Hours that were missing",
            gross=Money(gross),
            body=to_body(slip),
            by=WILLOW.name,
            at=now(),
        )
    )
    session.flush()


def listed(session: Session, pine: Worker) -> dict[About, Difference]:
    found = queries.differences(session, queries.leaving(session, pine, today()))
    return {each.about: each for each in found}


def test_without_a_correction_nothing_differs(session: Session) -> None:
    pine = paid_leaver(session)
    assert listed(session, pine) == {}
    assert queries.after_leaving(session, today()) == ()


def test_more_wages_are_more_severance_and_both_are_owed_to_her(session: Session) -> None:
    pine = paid_leaver(session)
    correct_october(session, pine, 4_900_000)
    found = listed(session, pine)
    assert found[About.MONTH].left == Money(2_500_000)
    more = found[About.SEVERANCE]
    assert more.to_pay
    assert ZERO < more.tax < more.left
    (matter,) = queries.after_leaving(session, today())
    assert (matter.kind, matter.name) == (MatterKind.LEFT_OWED, "Pine")
    slip = queries.entry(session, pine, NOVEMBER).slip
    assert ("correction.2026-10", 2_500_000) in [(e.code, e.amount) for e in slip.earnings]


def test_the_difference_of_severance_is_paid_once(session: Session) -> None:
    pine = paid_leaver(session)
    correct_october(session, pine, 4_900_000)
    settle(session, pine, About.SEVERANCE)
    assert About.SEVERANCE not in listed(session, pine)
    with pytest.raises(NothingLeft):
        settle(session, pine, About.SEVERANCE)
    with pytest.raises(PaidByTheRun):
        settle(session, pine, About.MONTH, OCTOBER)
    entry = next(e for e in security.audit(session) if e.what == "settle_afterwards")
    assert entry.thing == f"severance of worker {pine.number}"


def settle(
    session: Session, pine: Worker, about: About, month: date | None = None, **changes: Any
) -> None:
    given: dict[str, Any] = {"day": PAID_ON, "reason": AGREED} | changes
    service.settle_afterwards(session, pine, about, month, **given, by=WILLOW, at=now())


def test_what_she_was_paid_too_much_is_never_taken_from_pay(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_leaver(session, *THREE)
    close_month(session, {pine: slip_of(1_600_000)}, NOVEMBER)
    clock.move_to(datetime.fromisoformat("2026-12-04T10:00:00+09:00"))
    correct_october(session, pine, 2_000_000)
    found = listed(session, pine)[About.MONTH]
    assert (found.left, found.is_hers) == (Money(-400_000), False)
    (matter,) = queries.after_leaving(session, today())
    assert matter.kind is MatterKind.LEFT_OWES
    assert not matter.kind.blocks
    december = date(2026, 12, 1)
    assert pine.number not in {e.number for e in queries.run(session, december).entries}
    settle(session, pine, About.MONTH, OCTOBER)
    assert queries.after_leaving(session, today()) == ()


def test_it_is_settled_with_words_and_not_tomorrow(session: Session) -> None:
    pine = paid_leaver(session)
    correct_october(session, pine, 1_000)
    with pytest.raises(HowSettled):
        settle(session, pine, About.MONTH, OCTOBER, reason="")
    with pytest.raises(PaidLater):
        settle(session, pine, About.MONTH, OCTOBER, day=date(2026, 11, 25))


def test_a_last_pay_that_was_approved_first_is_paid_with_its_run(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_leaver(session, *THREE)
    close_month(session, {pine: slip_of(1_600_000)}, NOVEMBER)
    clock.move_to(datetime.fromisoformat("2026-12-02T10:00:00+09:00"))
    before = queries.leaving(session, pine, today())
    assert before.with_run
    assert before.owed == before.severance.net
    found = service.pay_leaver(session, pine, date(2026, 12, 1), by=ASPEN, at=now())
    assert found.leaver.paid is not None
    assert (found.leaver.paid.net, found.leaver.paid.with_run) == (ZERO, True)
    assert queries.paid_at_leaving(session, NOVEMBER) == {}
    assert found.last_pay == Money(1_600_000)
    assert listed(session, pine) == {}


def test_a_last_pay_approved_as_less_than_was_paid_is_owed_by_her(session: Session) -> None:
    pine = paid_leaver(session)
    paid = queries.leaving(session, pine, today()).last_pay.won
    close_month(session, {pine: slip_of(paid - 50_000)}, NOVEMBER)
    assert listed(session, pine)[About.LAST_PAY].left == Money(-50_000)
    assert [each.kind for each in queries.after_leaving(session, today())] == [MatterKind.LEFT_OWES]


# On the screen


def _pine(session: Session) -> Worker:
    found = paid_leaver(session)
    people_service.seal(session, found, {"bank_account": "우체국 12345678"}, by=SYSTEM, at=now())
    correct_october(session, found, 4_900_000)
    return found


@pytest.fixture
def pine(kept: Kept) -> Worker:
    return kept(_pine)


def test_the_page_shows_what_differs_and_keeps_what_became_of_it(
    sign_in: SignIn, pine: Worker
) -> None:
    browser, at = sign_in(Role.MANAGER), f"/pay/leaving/{pine.number}"
    assert "Who left is owed more severance than was paid" in browser.get("/pay/leaving").text
    assert at in browser.get("/pay/2026-11").text
    page = browser.get(at).text
    assert "Differences since then" in page
    assert "The next pay run pays it." in page
    sent = {"form": "hana", "reason": "Difference of severance"}
    assert browser.post(f"{at}/transfer", data=sent).status_code == 303
    assert "Files for the bank that are not deleted yet" in browser.get("/").text
    day = {"which": "severance", "day": PAID_ON.isoformat()}
    assert browser.post(f"{at}/settle", data=day | {"which": "month"}).status_code == 422
    assert browser.post(f"{at}/settle", data=day).status_code == 303
    assert "Please pay it" not in browser.get(at).text


def test_others_settle_nothing(sign_in: SignIn, pine: Worker) -> None:
    at = f"/pay/leaving/{pine.number}"
    browser = sign_in(Role.SUPERVISOR)
    for where in ("settle", "goes", "transfer", "severance/print"):
        assert browser.post(f"{at}/{where}", data={}).status_code == 403
    assert browser.get(f"{at}/severance.pdf").status_code == 403


def test_each_difference_is_listed_once_and_the_run_takes_nothing_back(session: Session) -> None:
    pine = paid_leaver(session)
    correct_october(session, pine, 4_900_000)
    assert set(listed(session, pine)) == {About.MONTH, About.SEVERANCE}
    correct_october(session, pine, 2_000_000)
    found = listed(session, pine)
    assert found[About.MONTH].left == Money(-400_000)
    assert About.LAST_PAY not in found
    slip = queries.entry(session, pine, NOVEMBER).slip
    assert not [each for each in slip.earnings if each.code.startswith("correction")]


def test_what_was_approved_as_more_is_paid_by_the_months_file_and_listed_no_more(
    session: Session,
) -> None:
    pine = paid_leaver(session)
    paid = queries.leaving(session, pine, today()).last_pay.won
    close_month(session, {pine: slip_of(paid + 70_000)}, NOVEMBER)
    assert About.LAST_PAY not in listed(session, pine)
    assert queries.paid_at_leaving(session, NOVEMBER) == {pine.id: paid}
