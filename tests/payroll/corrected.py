"""A month paid, corrected and paid again, beside the same month paid right at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.attendance import service as attendance
from factory.kernel.money import Money
from factory.kernel.time import at, now
from factory.payroll import queries, service
from factory.payroll.domain.correction import Correction, Late, LatePunch
from factory.people import queries as people
from factory.people.domain import TermsKind, Worker
from factory.security.domain import SYSTEM
from factory.timeclock.domain import PunchKind
from tests.payroll.build import NOVEMBER, OCTOBER, WILLOW, approve, miss, punch
from tests.people.build import make_terms, make_worker

WHY = "She worked and the door was dark."
HOURS = st.integers(1, 9)
DAYS = st.dictionaries(
    st.sampled_from([date(2026, 10, n) for n in (5, 6, 7, 13, 14, 15, 20, 21, 27, 29)]),
    HOURS,
    min_size=1,
    max_size=5,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """Hours by day: known when the month was paid, and heard of later, at once or in two parts."""

    known: dict[date, int]
    later: dict[date, int]
    twice: bool


HEARD = st.builds(Heard, known=DAYS, later=DAYS, twice=st.booleans())
RATES = {TermsKind.HOURLY: 12_000, TermsKind.MONTHLY: 2_600_000, TermsKind.DAILY: 110_000}


def correct(
    session: Session, worker: Worker, late: Sequence[Late], reason: str = WHY
) -> tuple[Correction, ...]:
    return service.correct(session, worker, OCTOBER, late, reason, by=WILLOW, at=now())


def paid_in_november(session: Session, worker: Worker) -> dict[str, int]:
    slip = queries.entry(session, worker, NOVEMBER).slip
    return {each.code: each.amount for each in slip.earnings if each.code.startswith("corr")}


def came(session: Session, worker: Worker, days: dict[date, int]) -> None:
    badge = people.badges(session)[worker.id]
    for day, hours in days.items():
        punch(session, badge, day, "in", "09:00")
        punch(session, badge, day, "out", f"{9 + hours:02d}:00")
        attendance.close_day(session, day, by=SYSTEM, at=now())


def late_hours(days: dict[date, int]) -> list[Late]:
    found: list[Late] = []
    for day, hours in days.items():
        found.append(LatePunch(PunchKind.IN, at(day, "09:00")))
        found.append(LatePunch(PunchKind.OUT, at(day, f"{9 + hours:02d}:00")))
    return found


def paid_and_right(session: Session, kind: TermsKind, heard: Heard) -> tuple[int, int]:
    """A month's gross as it was paid, corrected and paid again, and paid right at once.

    More months are tried by `tests/endure/test_corrected.py`.
    """
    known = heard.known
    later = {day: hours for day, hours in heard.later.items() if day not in known}
    terms = make_terms(kind=kind, rate=Money(RATES[kind]))
    with session.begin_nested() as right:
        worker = make_worker(session, terms=terms)
        came(session, worker, known | later)
        miss(session, worker, OCTOBER, date(2026, 10, 31))
        gross = queries.entry(session, worker, OCTOBER).slip.gross
        right.rollback()
    with session.begin_nested() as wrong:
        worker = make_worker(session, terms=terms)
        came(session, worker, known)
        miss(session, worker, OCTOBER, date(2026, 10, 31))
        approve(session)
        paid = queries.entry(session, worker, OCTOBER).slip.gross
        rest = dict(list(later.items())[:1]) if heard.twice else later
        correct(session, worker, late_hours(rest))
        correct(session, worker, late_hours({d: h for d, h in later.items() if d not in rest}))
        more = sum(paid_in_november(session, worker).values())
        wrong.rollback()
    session.expire_all()
    return paid + more, gross
