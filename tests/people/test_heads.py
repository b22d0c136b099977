"""One head count for contract, leave, days and pay; without one, who is employed on the day."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.kernel.time import now
from factory.leave import queries as leave
from factory.people import queries, service
from factory.people.domain import TermsKind, Worker
from factory.people.domain.contract import Wish
from factory.people.domain.headcount import count
from factory.people.domain.heads import Heads
from factory.security.domain import SYSTEM, WorkerId
from tests.people.build import FIRST, make_terms, make_worker

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
WISH = Wish(place="Sample Street 1", work="Sewing coats")


def somebody(number: int, left: date | None = None) -> Worker:
    return Worker(WorkerId(number), number, f"Tree {number}", "ko", FIRST, left)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2026, 8, 31), 0),
        (FIRST, 3),
        (date(2026, 10, 31), 3),
        (NOVEMBER, 7),
        (date(2026, 11, 30), 7),
        (date(2026, 12, 1), 2),
    ],
)
def test_a_month_is_held_by_the_count_of_the_month_before_it(day: date, number: int) -> None:
    people = (somebody(1), somebody(2), somebody(3, left=date(2026, 11, 15)))
    assert Heads(people, counted={OCTOBER: 7}).on(day) == number


def test_a_freelancer_is_no_employee_until_she_has_other_terms() -> None:
    free = make_terms(kind=TermsKind.FREELANCE), make_terms(since=NOVEMBER)
    heads = Heads((somebody(1), somebody(2)), {WorkerId(2): free})
    assert (heads.on(date(2026, 10, 31)), heads.on(NOVEMBER)) == (1, 2)


def counted(session: Session, number: int) -> None:
    service.keep_count(session, count(OCTOBER, {OCTOBER: number}), by=SYSTEM, at=now())


def is_small(session: Session, worker: Worker) -> tuple[bool, bool, bool]:
    """What contract, leave and days take the house for in November."""
    paper = service.draw_contract(session, worker, NOVEMBER, WISH, by=SYSTEM, at=now())
    book = attendance.load(session, NOVEMBER, NOVEMBER)
    by_day = book.rules(worker)(NOVEMBER).is_small(NOVEMBER)
    return paper.small, leave.agreed(session, worker.id).is_small(NOVEMBER), by_day


def test_contract_leave_and_days_take_the_house_for_the_same(session: Session) -> None:
    pine, *_ = [make_worker(session, f"Pine {number}") for number in range(5)]
    assert is_small(session, pine) == (False, False, False)
    counted(session, 4)
    assert is_small(session, pine) == (True, True, True)
    counted(session, 5)
    assert is_small(session, pine) == (False, False, False)
    assert queries.heads(session).counted == {OCTOBER: 5}
