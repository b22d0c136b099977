"""A month's heads are counted from contracts and punches, and kept with their working."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.kernel.time import now
from factory.people.domain import WEEK, TermsKind, Worker
from factory.people.domain.headcount import MonthNotOver, NobodyWorked
from factory.security import queries as security
from tests.attendance.days import CEDAR, PLAIN, come
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
MONDAY, TUESDAY, SATURDAY = date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 17)
HOLIDAY = date(2026, 10, 9)


def house(session: Session, number: int = 6) -> tuple[Worker, ...]:
    return tuple(make_worker(session, f"Pine {n}") for n in range(number))


def count(session: Session, month: date = OCTOBER) -> dict[date, int]:
    return dict(service.count_month(session, month, by=CEDAR, at=now()).heads)


def test_a_day_counts_when_somebody_worked_and_all_who_were_to_work_count(
    session: Session,
) -> None:
    pine, *_ = house(session)
    for day in (MONDAY, TUESDAY):
        come(session, pine, *PLAIN, day=day)
    assert count(session) == {MONDAY: 6, TUESDAY: 6}
    kept = queries.headcount(session, OCTOBER)
    assert kept is not None
    assert (kept.count.person_days, kept.count.operating_days, kept.count.counted) == (12, 2, 6)
    assert kept.by == "Cedar"


def test_on_a_day_off_only_who_came_is_counted(session: Session) -> None:
    pine, oak, *_ = house(session)
    for worker in (pine, oak):
        come(session, worker, *PLAIN, day=SATURDAY)
    come(session, pine, *PLAIN, day=HOLIDAY)
    assert count(session) == {HOLIDAY: 1, SATURDAY: 2}


def test_part_timers_count_on_their_days_and_whoever_is_gone_no_more(session: Session) -> None:
    pine, *_ = house(session, 4)
    make_worker(session, "Rose", terms=make_terms(weekly_hours=16, work_days=WEEK[:2]))
    make_worker(session, "Ash", hired=TUESDAY, terms=make_terms(since=TUESDAY))
    wednesday = date(2026, 10, 14)
    for day in (MONDAY, TUESDAY, wednesday):
        come(session, pine, *PLAIN, day=day)
    assert count(session) == {MONDAY: 5, TUESDAY: 6, wednesday: 5}


def test_a_freelancer_counts_on_the_days_she_came_alone(session: Session) -> None:
    pine, *_ = house(session, 4)
    rose = make_worker(session, "Rose", terms=make_terms(kind=TermsKind.FREELANCE))
    for day in (MONDAY, TUESDAY):
        come(session, pine, *PLAIN, day=day)
    come(session, rose, *PLAIN, day=TUESDAY)
    assert count(session) == {MONDAY: 4, TUESDAY: 5}


def test_days_below_five_decide_whether_all_rules_bind(session: Session) -> None:
    pine, *_ = house(session, 6)
    come(session, pine, *PLAIN, day=MONDAY)
    come(session, pine, *PLAIN, day=SATURDAY)
    found = service.count_month(session, OCTOBER, by=CEDAR, at=now())
    assert (found.days_below, found.counted, found.all_rules_bind) == (1, 3, False)


def test_a_month_is_held_by_the_count_of_the_month_before(session: Session) -> None:
    pine, *_ = house(session)
    assert queries.regular_employees(session, NOVEMBER) is None
    come(session, pine, *PLAIN, day=SATURDAY)
    count(session)
    assert queries.regular_employees(session, NOVEMBER) == 1
    assert queries.regular_employees(session, date(2026, 11, 30)) == 1
    assert queries.regular_employees(session, OCTOBER) is None
    book = queries.load(session, OCTOBER, date(2026, 11, 30))
    assert book.employees(date(2026, 10, 31)) == 6
    assert book.employees(NOVEMBER) == 1
    assert book.rules(pine)(NOVEMBER).is_small(NOVEMBER)


def test_counted_again_the_newest_count_holds_and_the_first_is_kept(session: Session) -> None:
    pine, *_ = house(session)
    come(session, pine, *PLAIN, day=SATURDAY)
    count(session)
    come(session, pine, *PLAIN, day=MONDAY)
    count(session)
    assert len(queries.headcounts(session)) == 1
    assert queries.headcounts(session)[0].count.operating_days == 2
    assert session.scalar(text("SELECT count(*) FROM headcounts")) == 2
    assert [each.what for each in security.audit(session)][:2] == ["count_heads", "count_heads"]
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text("UPDATE headcounts SET counted = 3"))


def test_a_running_month_and_one_without_work_are_refused(session: Session) -> None:
    house(session)
    with pytest.raises(MonthNotOver):
        count(session, NOVEMBER)
    with pytest.raises(NobodyWorked):
        count(session)
    assert queries.headcounts(session) == ()
