"""Quality and efficiency by day: what the last ten working days looked like, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.attendance.domain.approved import ApprovedShift
from factory.attendance.records import approved_days
from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Station
from factory.lawbook import queries as lawbook
from factory.production.domain.help import Span, off_standard, without
from factory.production.domain.metrics import HUNDREDTHS, Looked, efficiency
from factory.production.domain.scans import Defect
from factory.production.queries.help import waits_of_all
from factory.production.records import DayOutputRow, RejectRow, ScanRow
from factory.reports.domain import last_working_days
from factory.reports.queries import free_days

DAYS, CAUSES = 10, 3


@dataclass(frozen=True, slots=True)
class QualityDay:
    """A day at the final inspection, and what everybody earned in standard minutes."""

    day: date
    looked: Looked
    earned: Fraction
    clocked: int
    """Minutes of closed days; 0 while none is closed."""
    waited: int = 0
    """Minutes of them in which somebody waited for help."""

    @property
    def dhu(self) -> str:
        """Faults in a hundred coats; nothing where none was looked at."""
        return _tenths(self.looked.dhu) if self.looked.checked else ""

    @property
    def right(self) -> str:
        """Coats right the first time in a hundred."""
        return _tenths(self.looked.percent_right) if self.looked.checked else ""

    @property
    def efficiency(self) -> str:
        """Standard minutes in a hundred minutes on the clock; nothing capped."""
        return _tenths(100 * efficiency(self.earned, self.clocked)) if self.clocked else ""

    @property
    def on_standard(self) -> str:
        """The same without the minutes of waiting for help."""
        if self.clocked <= self.waited:
            return ""
        return _tenths(100 * efficiency(self.earned, self.clocked, self.waited))


@dataclass(frozen=True, slots=True)
class Quality:
    """The days, and what was wrong most often in them."""

    days: tuple[QualityDay, ...]
    causes: tuple[tuple[Defect, int], ...]


def quality(session: Session, today: date) -> Quality:
    """The last working days and today, the newest first."""
    before = last_working_days(today, DAYS, free_days(lawbook.book(session)))
    first = before[0]
    output, faults = _output(session, first, today), _faults(session, first, today)
    earned, (clocked, waited) = _earned(session, output), _clocked(session, first, today)
    looked = _looked(session, output, faults)
    nobody = Looked(0, 0, 0)
    days = tuple(
        QualityDay(day, looked.get(day, nobody), earned[day], clocked[day], waited[day])
        for day in reversed((*before, today))
    )
    causes: Counter[Defect] = Counter()
    for (_, _, defect), count in faults.items():
        causes[defect] += count
    most = tuple((defect, count) for defect, count in causes.most_common(CAUSES) if count > 0)
    return Quality(days, most)


Output = Mapping[tuple[date, str], tuple[int, int]]
Faults = Mapping[tuple[date, str, Defect], int]


def _output(session: Session, first: date, last: date) -> Output:
    row = DayOutputRow
    rows = session.scalars(select(row).where(row.day.between(first, last)))
    return {(each.day, each.operation): (each.good, each.rejected) for each in rows}


def _faults(session: Session, first: date, last: date) -> Faults:
    key = (ScanRow.day, ScanRow.operation, RejectRow.defect)
    statement = (
        select(*key, func.sum(RejectRow.count))
        .join(RejectRow, RejectRow.scan == ScanRow.id)
        .where(ScanRow.day.between(first, last))
        .group_by(*key)
    )
    return {(day, op, defect): int(n) for day, op, defect, n in session.execute(statement)}


def _steps(session: Session) -> dict[str, tuple[int, Station]]:
    """Standard time and station of each operation, by the newest ways of work."""
    found = {}
    for style in catalogue.styles(session):
        routing = catalogue.newest_routing(session, style.number)
        for step in routing.steps if routing else ():
            found[step.code] = (step.sam, step.operation.station)
    return found


def _looked(session: Session, output: Output, faults: Faults) -> dict[date, Looked]:
    """What the first operation of the final inspection saw on each day."""
    seers = sorted(c for c, (_, station) in _steps(session).items() if station is Station.QC)
    if not seers:
        return {}
    found = {}
    for (day, operation), (good, bad) in output.items():
        if operation == seers[0] and good + bad > 0:
            defects = sum(n for (on, op, _), n in faults.items() if (on, op) == (day, operation))
            found[day] = Looked(good + bad, max(0, bad), max(0, defects))
    return found


def _earned(session: Session, output: Output) -> dict[date, Fraction]:
    steps, found = _steps(session), defaultdict[date, Fraction](Fraction)
    for (day, operation), (good, _) in output.items():
        sam, _ = steps.get(operation, (0, Station.CUT))
        found[day] += Fraction(good * sam, HUNDREDTHS)
    return found


def _clocked(session: Session, first: date, last: date) -> tuple[Counter[date], Counter[date]]:
    """Minutes of closed days, and those of them in which somebody waited for help."""
    found, waited = Counter[date](), Counter[date]()
    waits = waits_of_all(session, first, last)
    for (who, day), kept in approved_days(session, first, last).items():
        if kept.holds:
            found[day] += kept.worked
            waited[day] += _waited(waits.get(who, ()), kept.shifts)
    return found, waited


def _waited(waits: tuple[Span, ...], shifts: Iterable[ApprovedShift]) -> int:
    if not waits:
        return 0
    return sum(
        off_standard(
            waits, without((each.start, each.end), ((p.start, p.end) for p in each.breaks))
        )
        for each in shifts
    )


def _tenths(value: Fraction) -> str:
    rounded = round(value * 10)
    return f"{rounded // 10}.{rounded % 10}"
