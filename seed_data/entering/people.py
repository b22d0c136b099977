"""Tell who is hired, comes, goes and leaves."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.people import queries, service
from factory.people.domain import WEEK, Hire, Terms
from factory.people.domain.account import Bank
from factory.timeclock import service as timeclock
from factory.timeclock.domain import PunchKind
from seed_data import household
from seed_data.acts import Entered, Hired, Left, Punched
from seed_data.entering.dispatch import enter
from seed_data.ledger import MANAGER, SUPERVISOR, Ledger
from seed_data.people import PIN

FORGOTTEN = "퇴근을 안 찍음"


@enter.register
def _hired(act: Hired, session: Session, ledger: Ledger) -> None:
    person = act.person
    short = person.weekly_hours < 40  # noqa: PLR2004 - the full week
    terms = Terms(
        since=act.day,
        kind=person.kind,
        rate=Money(person.rate),
        weekly_hours=person.weekly_hours,
        work_days=WEEK[:5],
        shift_end="14:30" if short else "18:00",
        allowances=household.allowances(person),
    )
    entry = Hire(
        name=person.name,
        hired=act.day,
        terms=terms,
        language=person.language,
        pin=PIN,
        skills=ledger.skills(person),
    )
    worker = service.hire(session, entry, by=MANAGER, at=act.at)
    sealed = _sealed(person.number)
    service.seal(session, worker, sealed, by=MANAGER, at=act.at)
    account, holder = f"000{person.number:09d}", sealed["legal_name"]
    service.set_account(session, worker, Bank.POST, account, holder, by=MANAGER, at=act.at)
    ledger.workers[person.number] = worker.id
    ledger.badges[person.number] = queries.badges(session)[worker.id]


def _sealed(number: int) -> dict[str, str]:
    """Invented personal texts, so that the vault and the payslips have something to show."""
    return {
        "legal_name": f"가나다 {number:02d}",
        "birth_date": f"{1962 + number % 40}-05-{1 + number % 28:02d}",
        "phone": f"010-0000-{number:04d}",
    }


@enter.register
def _left(act: Left, session: Session, ledger: Ledger) -> None:
    service.leave(session, ledger.worker(session, act.person), act.day, by=MANAGER, at=act.at)


@enter.register
def _punched(act: Punched, session: Session, ledger: Ledger) -> None:
    badge = ledger.badges[act.person.number]
    timeclock.punch(session, badge, act.kind, at=act.at, event_id=act.id, received=act.at)


@enter.register
def _entered(act: Entered, session: Session, ledger: Ledger) -> None:
    worker = ledger.worker(session, act.person)
    timeclock.correct(
        session, worker, PunchKind.OUT, act.moment, FORGOTTEN, by=SUPERVISOR, at=act.at
    )
