"""Everything of hers, for her page and for her own file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.attendance.domain.day import Flag, SheetDay
from factory.attendance.domain.settle import Evidence
from factory.attendance.domain.week import SheetWeek
from factory.attendance.queries import WeekLine
from factory.kernel.errors import NotFound
from factory.kernel.time import DAY, Length, day_of, monday_of, now
from factory.kernel.time import at as on_the_wall
from factory.leave import queries as leave
from factory.leave.domain import Request
from factory.leave.domain.ledger import Ledger
from factory.mine.domain import OF_ALL, Hers, months
from factory.payroll import queries as payroll
from factory.payroll.domain.case import Piece
from factory.payroll.domain.known import Attachment, PayFacts, Reported, YearFacts
from factory.payroll.domain.run import Entry
from factory.payroll.queries import MyPieces
from factory.people import queries as people
from factory.people.domain import Terms, Worker
from factory.people.domain.guards import Guards
from factory.production.queries import causes
from factory.production.queries.causes import FaultLine
from factory.security import queries as security
from factory.security.queries import AuditLine
from factory.security.service import sealed_fields
from factory.timeclock import domain as clock
from factory.timeclock import queries as timeclock
from factory.timeclock.domain.asking import Asked

FEW = 3
VAULT = "worker"
"""What the vault calls a worker."""


@dataclass(frozen=True, slots=True)
class HerPage:
    """What is hers at a glance."""

    worker: Worker
    week: tuple[SheetDay, ...]
    """The days of the running week with a whole shift."""
    watched: WeekLine
    """What is left of the running week, and what its shifts to come would break."""
    weeks: tuple[SheetWeek, ...]
    """The month's weeks, the newest first."""
    missing: tuple[tuple[date, clock.Flag], ...]
    there_since: datetime | None
    """When the shift began that is still going on."""
    unsettled: tuple[SheetDay, ...]
    """Days of this month with minutes that nobody has called work yet."""
    asked: tuple[Asked, ...]
    pieces: MyPieces
    entry: Entry | None
    """Her pay of this month so far."""
    ledger: Ledger
    looks: tuple[AuditLine, ...]
    faults: int = 0
    """Faults said to be hers on which nobody has decided."""

    @property
    def worked(self) -> int:
        """Minutes of the running week's whole shifts."""
        return sum(day.worked for day in self.week)

    @property
    def limit(self) -> Length:
        """What a week of hers may have at most, to be said."""
        return Length(self.watched.week.limit or 0)

    @property
    def to_limit(self) -> int:
        """Minutes until then; those of a shift that is going on are taken off."""
        return max(0, self.limit.minutes - self.watched.week.worked)

    @property
    def lacks_hours(self) -> bool:
        """Whether the running week has hours that nobody knows, or has called work, yet."""
        monday = self.watched.week.monday
        return self.watched.unsettled > 0 or any(day >= monday for day, _ in self.missing)

    @property
    def done_today(self) -> int:
        """Pieces of today."""
        return sum(made.count for made in self.pieces.today)


def her_page(session: Session, worker: Worker, *, at: datetime) -> HerPage:
    """Her own page."""
    today = day_of(at)
    first, monday = today.replace(day=1), monday_of(today)
    sheet = attendance.sheet(session, worker.id, min(first, monday), today)
    return HerPage(
        worker=worker,
        week=tuple(day for day in sheet.days if day.date >= monday and day.shifts),
        watched=attendance.own_week(session, worker, at=at),
        weeks=tuple(reversed(sheet.weeks)),
        missing=timeclock.missing(session, worker.id, first, today, at=at),
        there_since=_there_since(session, worker, at),
        unsettled=tuple(day for day in sheet.days if Flag.PRESENT_NOT_SETTLED in day.flags),
        asked=timeclock.asked_by(session, worker.id)[:FEW],
        pieces=payroll.my_pieces(session, worker, today),
        entry=_entry(session, worker, first),
        ledger=leave.ledger(session, worker.id, today),
        looks=looks(session, worker, limit=FEW),
        faults=causes.open_about(session, worker.id),
    )


def _there_since(session: Session, worker: Worker, moment: datetime) -> datetime | None:
    today = day_of(moment)
    began = timeclock.paired(session, worker.id, today - DAY, today).open_since
    return began if clock.is_still_there(began, moment) else None


def _entry(session: Session, worker: Worker, month: date) -> Entry | None:
    try:
        return payroll.entry(session, worker, month)
    except NotFound:
        return None


def looks(session: Session, worker: Worker, *, limit: int | None = None) -> tuple[AuditLine, ...]:
    """Who looked at what is hers or changed it, the newest first."""
    requests = tuple(request.id for request in leave.requests_of(session, worker.id))
    spans = months(worker.hired, worker.left or day_of(now()))
    there = tuple(f"{month.start:%Y-%m}" for month in spans)
    hers = Hers(worker.number, people.vault_uid(session, worker.id), requests, there)
    among = security.Among(hers.shared, OF_ALL)
    return security.about(session, hers.things, hers.ending, among, but=worker.id, limit=limit)


@dataclass(frozen=True, slots=True)
class OwnData:
    """All that is kept of her, except what is sealed."""

    worker: Worker
    terms: tuple[Terms, ...]
    skills: tuple[str, ...]
    guards: Guards
    days: tuple[SheetDay, ...]
    weeks: tuple[SheetWeek, ...]
    corrections: tuple[Asked, ...]
    requests: tuple[Request, ...]
    ledger: Ledger
    pieces: tuple[tuple[date, tuple[Piece, ...]], ...]
    """Of each month, by its first day."""
    faults: tuple[FaultLine, ...]
    payslips: tuple[tuple[date, Entry], ...]
    said: tuple[Evidence, ...]
    """What she said was work, and what was decided about it."""
    known: tuple[PayFacts, ...]
    """What tax and insurance know of her, by the day from which it holds."""
    years: tuple[YearFacts, ...]
    reported: tuple[Reported, ...]
    attached: tuple[Attachment, ...]
    taken: dict[str, int]
    """What was taken for each order of a court."""
    sealed: tuple[str, ...]
    """Which texts are sealed; what stands in them opens in the office only."""
    looks: tuple[AuditLine, ...]


def own_data(session: Session, worker: Worker, *, at: datetime) -> OwnData:
    """Everything that is kept of somebody, for herself."""
    today, uid = day_of(at), people.vault_uid(session, worker.id)
    sheet = attendance.sheet(session, worker.id, worker.hired, today)
    return OwnData(
        worker=worker,
        terms=people.terms_of(session, worker.id),
        skills=people.skills(session, worker.id),
        guards=people.guards(session).get(worker.id, Guards()),
        days=sheet.days,
        weeks=sheet.weeks,
        corrections=timeclock.asked_by(session, worker.id),
        requests=leave.requests_of(session, worker.id),
        ledger=leave.ledger(session, worker.id, today),
        pieces=_pieces(session, worker, today),
        faults=causes.faults_of(session, worker.id, on_the_wall(worker.hired, "00:00")),
        payslips=_payslips(session, worker, today),
        said=_said(session, worker, today),
        known=payroll.facts_of(session, worker.id),
        years=payroll.years_of(session, worker.id),
        reported=payroll.reported_of(session, worker.id),
        attached=payroll.attachments(session, worker.id).get(worker.id, ()),
        taken=payroll.taken_so_far(session, worker.id),
        sealed=tuple(sorted(sealed_fields(session, VAULT, uid))),
        looks=looks(session, worker),
    )


def _said(session: Session, worker: Worker, today: date) -> tuple[Evidence, ...]:
    book = attendance.load(session, worker.hired, today, worker.id)
    return tuple(book.spoken.get(worker.id, ()))


def _pieces(
    session: Session, worker: Worker, today: date
) -> tuple[tuple[date, tuple[Piece, ...]], ...]:
    found = (
        (month.start, payroll.pieces_of(session, worker.id, month.start, month.end))
        for month in months(worker.hired, today)
    )
    return tuple((month, pieces) for month, pieces in found if pieces)


def _payslips(session: Session, worker: Worker, today: date) -> tuple[tuple[date, Entry], ...]:
    """The approved ones, and what this month has come to so far."""
    running = today.replace(day=1)
    wanted = {running, *payroll.payslips_of(session, worker)}
    found = ((month, _entry(session, worker, month)) for month in sorted(wanted))
    return tuple((month, entry) for month, entry in found if entry is not None)
