"""Calculate a month: a draft for each person, and who calculated it from what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.money import Money
from factory.law.book import LawBook
from factory.payroll import queries, records
from factory.payroll.domain.insuring import OF_AGE, asked_of
from factory.payroll.domain.keeping import to_body
from factory.payroll.domain.run import refuse_locked
from factory.payroll.queries import Facts, Gathered
from factory.payroll.records import CalculationRow
from factory.people import service as people
from factory.security import service as security
from factory.security.domain import Actor


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a calculation is: of so many people so many are done."""

    done: int
    of: int

    @property
    def is_whole(self) -> bool:
        """Whether everybody is calculated."""
        return self.done == self.of


def calculate(
    session: Session, month: date, *, by: Actor, at: datetime, most: int | None = None
) -> Progress:
    """Calculate whoever is not calculated from what is known now; at most so many people.

    Each person is a step: what is done is not done again, and a repetition changes nothing.
    """
    hold(session, "pay_run", month)
    refuse_locked(approved=records.find_run(session, month) is not None)
    found = queries.gathered(session, month)
    kept = records.fingerprints(session, month)
    waiting = [e for e in found.people if kept.get(e.worker.id, (0, ""))[1] != e.fingerprint]
    step = waiting[:most]
    records.append_drafts(session, (_draft(month, each, found.law) for each in step))
    progress = Progress(len(found.people) - len(waiting) + len(step), len(found.people))
    if progress.is_whole:
        _note(session, found, by=by, at=at)
    return progress


def _draft(month: date, each: Facts, law: LawBook) -> dict[str, Any]:
    slip = queries.calculated(each.month, law)
    return {
        "month": month,
        "worker_id": each.worker.id,
        "fingerprint": each.fingerprint,
        "gross": Money(slip.gross),
        "net": Money(slip.net),
        "body": to_body(slip),
    }


def _note(session: Session, found: Gathered, *, by: Actor, at: datetime) -> None:
    """Keep that the whole month was calculated, unless that is known already."""
    last = records.find_calculation(session, found.month)
    if last is not None and last.digest == found.digest:
        return
    kept = records.fingerprints(session, found.month)
    session.add(
        CalculationRow(
            month=found.month,
            digest=found.digest,
            book=found.law.fingerprint,
            employees=found.employees,
            counted_month=found.counted_month,
            turning=_turning(session, found, last, by=by, at=at),
            aged=_aged(session, found, last, by=by, at=at),
            drafts=[kept[each.worker.id][0] for each in found.people],
            by=by.name,
            account_id=by.account,
            at=at,
        )
    )
    session.flush()
    security.record(session, by, "calculate_pay", f"pay run {found.month:%Y-%m}", at=at)


def _turning(
    session: Session, found: Gathered, last: CalculationRow | None, *, by: Actor, at: datetime
) -> list[list[int]]:
    """Who turns 60 or 65; asked once for the same people, for she sees it on her page."""
    if last is not None and len(last.drafts) == len(found.people):
        return last.turning
    ages = _ages(found)
    turning = {age: people.who_turns(session, age, found.month, by=by, at=at) for age in ages}
    here = [each.worker for each in found.people]
    return [[each.number, age] for age in ages for each in here if each.id in turning[age]]


def _ages(found: Gathered) -> tuple[int, ...]:
    """When the pension insurance ends, and when unemployment insurance is another."""
    law = found.law.at(found.month)
    names = ("pension_ends", "employment_ends")
    return tuple(int(law.number(f"social_insurance.{name}")) for name in names)


def _aged(
    session: Session, found: Gathered, last: CalculationRow | None, *, by: Actor, at: datetime
) -> list[list[Any]]:
    """Whose age speaks against an insurance; who was found before is not asked again."""
    known = {(number, doubt) for number, doubt in (last.aged if last else ())}
    for doubt in OF_AGE:
        asked = {
            each.worker: question
            for each in found.people
            if (each.worker.number, doubt) not in known
            and (question := asked_of(doubt, each.month.case, found.law.at(found.month)))
        }
        for age in {question.age for question in asked.values()}:
            days = {worker.id: each.day for worker, each in asked.items() if each.age == age}
            yes = people.who_was(session, age, days, by=by, at=at)
            known |= {(worker.number, doubt.value) for worker in asked if worker.id in yes}
    return [list(each) for each in sorted(known)]
