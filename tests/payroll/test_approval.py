"""Who may approve what: the draft that was shown, by a second person, month after month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.attendance import service as attendance
from factory.kernel.time import now
from factory.payroll import queries, records, service
from factory.payroll.domain.approval import (
    Approval,
    Calculated,
    DraftChanged,
    ElectedBeforeHired,
    ElectedLater,
    How,
    NotCalculated,
    NotElected,
    NotInOrder,
    Representative,
    SecondPersonNeeded,
    WhyAlone,
    WorksHereNoMore,
    is_same,
    refuse_alone,
    refuse_changed,
    refuse_out_of_order,
)
from factory.payroll.domain.facts import digest, fingerprint
from factory.payroll.domain.keeping import from_body, to_body
from factory.payroll.domain.run import RunLocked
from factory.people import service as hiring
from factory.people.domain import Worker
from factory.security import queries as security
from factory.security.domain import SYSTEM, AccountId, Actor, WorkerId
from factory.timeclock import queries as timeclock
from tests.conftest import Kept
from tests.payroll.build import (
    ASPEN,
    NOVEMBER,
    OCTOBER,
    WILLOW,
    approve,
    calculate,
    make_slip,
    miss,
    work,
    work_october,
)
from tests.people.build import make_worker

pytestmark = pytest.mark.usefixtures("clock")
WHY = "There is one manager, and nobody is elected yet."


def drawn(by: str = "Willow", account: int | None = None) -> Calculated:
    key = None if account is None else AccountId(account)
    return Calculated(OCTOBER, "shown", by, key, now())


# What stands for whom


@pytest.mark.parametrize(
    ("by", "account", "same"),
    [
        (Actor(name="Willow", account=AccountId(1)), 1, True),
        (Actor(name="Other", account=AccountId(1)), 1, True),
        (Actor(name="Willow", account=AccountId(2)), 1, False),
        (Actor(name="Willow"), None, True),
        (Actor(name="Aspen"), None, False),
        (Actor(name="Willow", account=AccountId(2)), None, True),
    ],
    ids=["herself", "renamed", "namesake", "no account", "another", "by name at least"],
)
def test_a_second_person_is_another_account(by: Actor, account: int | None, *, same: bool) -> None:
    assert is_same(by, drawn(account=account)) is same


PINE = Representative(WorkerId(7), "Pine", date(2026, 3, 2))


@pytest.mark.parametrize(
    ("how", "by", "elected", "refusal"),
    [
        ({}, ASPEN, None, None),
        ({}, WILLOW, None, SecondPersonNeeded),
        ({"how": How.SELF, "reason": WHY}, WILLOW, None, None),
        ({"how": How.SELF, "reason": "because"}, WILLOW, None, WhyAlone),
        ({"how": How.SELF, "reason": " " * 30}, WILLOW, None, WhyAlone),
        ({"how": How.REPRESENTATIVE, "representative": 7}, WILLOW, PINE, None),
        ({"how": How.REPRESENTATIVE, "representative": 8}, WILLOW, PINE, NotElected),
        ({"how": How.REPRESENTATIVE, "representative": 7}, WILLOW, None, NotElected),
        ({"how": How.REPRESENTATIVE}, WILLOW, PINE, NotElected),
        (
            {"how": How.REPRESENTATIVE, "representative": 7},
            Actor(name="Pine", worker=WorkerId(7)),
            PINE,
            SecondPersonNeeded,
        ),
    ],
)
def test_one_person_alone_never_closes_a_month_in_silence(
    how: dict[str, Any], by: Actor, elected: Representative | None, refusal: Any
) -> None:
    approval = Approval(shown="shown", **how)
    if refusal is None:
        refuse_alone(drawn(), approval, by, elected)
        return
    with pytest.raises(refusal):
        refuse_alone(drawn(), approval, by, elected)


def test_what_is_approved_is_what_was_shown() -> None:
    refuse_changed(drawn(), Approval(shown="shown"), "shown")
    for shown, known in (("older", "shown"), ("shown", "newer"), ("older", "newer")):
        with pytest.raises(DraftChanged):
            refuse_changed(drawn(), Approval(shown=shown), known)


def test_months_are_approved_one_after_the_other() -> None:
    refuse_out_of_order(OCTOBER, None)
    refuse_out_of_order(NOVEMBER, OCTOBER)
    with pytest.raises(RunLocked):
        refuse_out_of_order(OCTOBER, OCTOBER)
    with pytest.raises(RunLocked):
        refuse_out_of_order(date(2026, 9, 1), OCTOBER)
    with pytest.raises(NotInOrder) as refused:
        refuse_out_of_order(date(2026, 12, 1), OCTOBER)
    assert refused.value.values["month"] == "2026-11"


# Names of facts


DAYS = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=9)


@given(days=DAYS, other=DAYS)
def test_the_same_facts_have_the_same_name_and_others_another(
    days: frozenset[date], other: frozenset[date]
) -> None:
    again = frozenset(sorted(days, reverse=True))
    assert fingerprint(days, {1: days}) == fingerprint(again, {1: again})
    assert (fingerprint(days) == fingerprint(other)) is (days == other)


@settings(max_examples=20)
@given(people=st.lists(st.tuples(st.integers(1, 99), st.sampled_from("abcd")), max_size=9))
def test_the_order_of_people_does_not_matter(people: list[tuple[int, str]]) -> None:
    assert digest(people) == digest(reversed(people))


def test_a_payslip_comes_back_from_where_it_is_kept_as_it_was() -> None:
    slip = make_slip({"base": 2_000_000, "overtime": 9}, {"income_tax": 40_000})
    assert from_body(to_body(slip)) == slip


# Through the services


def _worked(session: Session) -> Worker:
    pine = make_worker(session)
    work_october(session, pine)
    return pine


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine, who worked all of October."""
    return kept(_worked)


@pytest.mark.usefixtures("pine")
def test_a_month_is_calculated_once_and_a_repetition_changes_nothing(session: Session) -> None:
    first = calculate(session)
    calculation = records.find_calculation(session, OCTOBER)
    assert calculate(session, by=ASPEN) == first
    again = records.find_calculation(session, OCTOBER)
    assert again is not None
    assert calculation is not None
    assert (again.id, again.by) == (calculation.id, "Willow")


def test_each_person_is_a_step_so_that_an_interruption_loses_nothing(session: Session) -> None:
    for name in ("Pine", "Cedar", "Hazel"):
        make_worker(session, name)
    steps = [
        service.calculate(session, OCTOBER, by=WILLOW, at=now(), most=1).done for _ in range(2)
    ]
    assert steps == [1, 2]
    assert queries.draft(session, OCTOBER) is None
    kept = records.fingerprints(session, OCTOBER)
    assert service.calculate(session, OCTOBER, by=WILLOW, at=now(), most=1).is_whole
    assert kept.items() <= records.fingerprints(session, OCTOBER).items()
    shown = queries.draft(session, OCTOBER)
    assert shown is not None
    assert shown.calculated.digest == queries.gathered(session, OCTOBER).digest


@pytest.mark.usefixtures("pine")
def test_a_draft_is_what_a_fresh_calculation_gives(session: Session) -> None:
    calculate(session)
    found = queries.draft(session, OCTOBER)
    assert found is not None
    assert [e.slip for e in found.entries] == [
        e.slip for e in queries.run(session, OCTOBER).entries
    ]
    assert (found.employees, found.counted_month) == (1, None)


def test_a_month_that_nobody_calculated_is_not_approved(session: Session) -> None:
    make_worker(session)
    with pytest.raises(NotCalculated):
        service.approve(session, OCTOBER, Approval(shown=""), by=ASPEN, at=now())


def test_what_was_entered_since_is_looked_at_before_it_is_approved(
    session: Session, pine: Worker
) -> None:
    shown = calculate(session)
    friday = date(2026, 10, 16)
    attendance.reopen(session, pine, friday, "look again", by=SYSTEM, at=now())
    attendance.close_day(session, friday, by=SYSTEM, at=now())
    service.approve(session, OCTOBER, Approval(shown=shown), by=ASPEN, at=now())
    monday, tuesday = date(2026, 11, 2), date(2026, 11, 3)
    work(session, pine, monday, monday)
    hiring.leave(session, pine, tuesday, by=SYSTEM, at=now())
    shown = calculate(session, NOVEMBER)
    miss(session, pine, tuesday, tuesday)
    with pytest.raises(DraftChanged):
        _over(session, Approval(shown=shown))


def _over(session: Session, approval: Approval) -> None:
    """Approve November as soon as it is over."""
    later = now() + timedelta(days=10)
    service.approve(session, NOVEMBER, approval, by=ASPEN, at=later)


@pytest.mark.usefixtures("pine")
def test_who_calculated_does_not_approve(session: Session) -> None:
    with pytest.raises(SecondPersonNeeded):
        approve(session, by=WILLOW)
    run = approve(session, by=WILLOW, how=How.SELF, reason=WHY)
    assert run.approved is not None
    assert (run.approved.how, run.approved.reason) == (How.SELF, WHY)


def test_the_elected_representative_is_the_second_person(session: Session) -> None:
    pine, cedar = make_worker(session), make_worker(session, "Cedar")
    work_october(session, pine)
    work_october(session, cedar)
    how: dict[str, Any] = {"how": How.REPRESENTATIVE, "representative": pine.id}
    with pytest.raises(NotElected):
        approve(session, by=WILLOW, **how)
    day = date(2026, 9, 2)
    service.enter_representative(session, pine, day, by=WILLOW, at=now())
    with pytest.raises(NotElected):
        approve(session, by=WILLOW, **(how | {"representative": cedar.id}))
    run = approve(session, by=WILLOW, **how)
    assert run.approved is not None
    assert (run.approved.representative, run.approved.elected_on) == ("Pine", day)
    assert (run.approved.by, run.approved.calculated_by) == ("Willow", "Willow")


def test_a_representative_is_elected_once_works_here_and_can_step_down(session: Session) -> None:
    pine, cedar = make_worker(session), make_worker(session, "Cedar")
    with pytest.raises(ElectedLater):
        service.enter_representative(session, pine, date(2027, 1, 1), by=WILLOW, at=now())
    with pytest.raises(ElectedBeforeHired):
        service.enter_representative(session, pine, date(1, 1, 1), by=WILLOW, at=now())
    service.enter_representative(session, pine, OCTOBER, by=WILLOW, at=now())
    service.enter_representative(session, cedar, NOVEMBER, by=WILLOW, at=now())
    found = queries.representative(session)
    assert found == Representative(cedar.id, "Cedar", NOVEMBER)
    service.end_representative(session, by=WILLOW, at=now())
    service.end_representative(session, by=WILLOW, at=now())
    assert queries.representative(session) is None
    service.enter_representative(session, pine, OCTOBER, by=WILLOW, at=now())
    hiring.leave(session, pine, date(2026, 11, 20), by=SYSTEM, at=now())
    assert queries.representative(session) is None
    with pytest.raises(WorksHereNoMore):
        service.enter_representative(
            session, replace(pine, left=date(2026, 11, 20)), OCTOBER, by=WILLOW, at=now()
        )


@pytest.mark.usefixtures("pine")
def test_approval_is_logged_and_locks_the_days(session: Session) -> None:
    approve(session, by=WILLOW, how=How.SELF, reason=WHY)
    assert timeclock.locked_until(session) == date(2026, 10, 31)
    entry = next(e for e in security.audit(session) if e.what == "approve_pay")
    assert (entry.actor, entry.thing, entry.reason) == ("Willow", "pay run 2026-10", WHY)
