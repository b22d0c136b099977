"""All that is known of days in a time, read in a few statements for one worker or for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache

from sqlalchemy.orm import Session

from factory.attendance import records
from factory.attendance.domain.day import Known, RulesOf
from factory.attendance.domain.plan import PlanKind, Planned, usual
from factory.attendance.domain.rules import SUNDAY, Rules
from factory.attendance.domain.settle import Evidence, Said, settled
from factory.attendance.domain.sheet import Sheet, reckon
from factory.attendance.records import ApprovedDayRow, AssignmentRow, DayPlanRow, ScheduleRow
from factory.kernel.time import DAY, days, monday_of, months_later
from factory.leave import queries as leave
from factory.leave.domain import NOT_ATTENDED, Part
from factory.leave.domain.swaps import Swap
from factory.leave.queries import Leave
from factory.people import queries as people
from factory.people.domain import WEEK, Terms, TermsKind, Worker, terms_on
from factory.people.domain.guards import ConsentKind, Guards
from factory.production import queries as production
from factory.security.domain import WorkerId
from factory.timeclock import queries as timeclock
from factory.timeclock.domain import Punch

Days = Mapping[tuple[WorkerId, date], DayPlanRow]


@dataclass(frozen=True, slots=True)
class Book:
    """Everything from one day to another, mostly of whole weeks."""

    first: date
    last: date
    everybody: tuple[Worker, ...]
    terms: Mapping[WorkerId, tuple[Terms, ...]]
    punches: Mapping[WorkerId, tuple[Punch, ...]]
    scans: Mapping[WorkerId, tuple[datetime, ...]]
    spoken: Mapping[WorkerId, list[Evidence]]
    plans: Days
    schedules: Mapping[str, list[ScheduleRow]]
    assignments: Mapping[WorkerId, list[AssignmentRow]]
    approved: Mapping[tuple[WorkerId, date], ApprovedDayRow]
    leave: Mapping[WorkerId, tuple[Leave, ...]]
    swaps: tuple[Swap, ...]
    guards: Mapping[WorkerId, Guards]
    counted: Mapping[date, int]
    """By the first day of a month: what its head count takes the house for."""
    decreed: frozenset[date]
    heads: dict[date, int] = field(default_factory=dict)
    """Looked up once a day, as `held` is once a worker and day."""
    held: dict[tuple[WorkerId, date], Rules] = field(default_factory=dict)

    def employees(self, on: date) -> int:
        """How many regular employees the law sees: by the count of the month before, else all."""
        if on not in self.heads:
            before = self.counted.get(months_later(on.replace(day=1), -1))
            here = sum(1 for worker in self.everybody if worker.is_here(on))
            self.heads[on] = here if before is None else before
        return self.heads[on]

    def rules(self, worker: Worker) -> RulesOf:
        """What each of her days is held against."""

        def on(day: date) -> Rules:
            found = self.held.get((worker.id, day))
            if found is None:
                found = self.held[worker.id, day] = self._rules(worker, day)
            return found

        return on

    def _rules(self, worker: Worker, day: date) -> Rules:
        guards = self.guards.get(worker.id, Guards(at_hiring=worker.night_consent))
        terms = terms_on(self.terms.get(worker.id, ()), day)
        rules = _rules(terms, self.employees(day), self.swaps, woman=worker.woman)
        return _guarded(rules, guards, day, self.decreed, employed=worker.is_here(day))

    def planned(self, worker: Worker, on: date) -> Planned | None:
        """Her plan for a day: its own, her schedule's, her terms'; none without terms."""
        own = self.plans.get((worker.id, on))
        if own is not None and (kept := own.value()) is not None:
            return kept
        terms = terms_on(self.terms.get(worker.id, ()), on)
        if terms is None or not worker.is_here(on):
            return None
        shift = (terms.shift_start, terms.shift_end)
        return usual(on, self.rules(worker)(on), self.pattern(worker, on), shift)

    def pattern(self, worker: Worker, on: date) -> Planned | None:
        """Her schedule's hours on a day, as they were by then."""
        assigned = [row for row in self.assignments.get(worker.id, ()) if row.since <= on]
        if not assigned or assigned[-1].schedule is None:
            return None
        history = self.schedules.get(assigned[-1].schedule, [])
        held = [row for row in history if row.since <= on] or history[:1]
        return held[-1].value() if held else None

    def said(self, worker: Worker) -> Said:
        """All that is known of her presence."""
        plan = {day: self.planned(worker, day) for day in days(self.first - DAY, self.last)}
        held = {day: planned for day, planned in plan.items() if planned is not None}
        rests = {day for day, each in held.items() if each.kind is PlanKind.SHUTDOWN}
        away = {each.day for each in self.leave.get(worker.id, ()) if each.kind not in NOT_ATTENDED}
        return Said(
            held,
            self.scans.get(worker.id, ()),
            tuple(self.spoken.get(worker.id, ())),
            frozenset(rests | away),
            frozenset(day for day in away if self.is_away(worker, day)),
        )

    def is_away(self, worker: Worker, on: date) -> bool:
        """Whether she is on leave for the whole day."""
        parts = [each for each in self.leave.get(worker.id, ()) if each.day == on]
        return len(parts) > 1 or any(each.part is Part.WHOLE for each in parts)

    def known(self, worker: Worker) -> Known:
        """What counts as work and what as presence only."""
        return settled(self.punches.get(worker.id, ()), self.said(worker))

    def sheet(self, worker: Worker) -> Sheet:
        """Her days and weeks of the whole book."""
        found = reckon(self.punches.get(worker.id, ()), self.rules(worker), self.known(worker))
        inside = tuple(day for day in found.days if self.first <= day.date <= self.last)
        return Sheet(inside, tuple(week for week in found.weeks if week.monday >= self.first))


def load(session: Session, first: date, last: date, worker_id: WorkerId | None = None) -> Book:
    """Read everything of the weeks that these days lie in."""
    return read(session, monday_of(first), monday_of(last) + SUNDAY * DAY, worker_id)


def read(session: Session, first: date, last: date, worker_id: WorkerId | None = None) -> Book:
    """Read everything of these days alone; good for days, not for weeks."""
    before = first - DAY
    return Book(
        first,
        last,
        people.workers(session),
        people.terms_history(session),
        timeclock.events(session, first, last, worker_id),
        production.scan_moments(session, before, last + DAY, worker_id),
        records.spoken(session, before, last, worker_id),
        records.day_plans(session, before, last, worker_id),
        records.schedules(session),
        records.assignments(session),
        records.approved_days(session, first, last, worker_id),
        _leave(session, first, last, worker_id),
        leave.swaps(session),
        people.guards(session),
        {month: row.counted for month, row in records.counts(session).items()},
        frozenset(day for day, row in records.decreed(session).items() if row.holds),
    )


def _leave(
    session: Session, first: date, last: date, worker_id: WorkerId | None
) -> dict[WorkerId, tuple[Leave, ...]]:
    found: dict[WorkerId, tuple[Leave, ...]] = {}
    for each in leave.on_leave(session, first, last, worker_id):
        found[each.worker] = (*found.get(each.worker, ()), each)
    return found


@lru_cache(maxsize=4096)
def _rules(terms: Terms | None, employees: int, swaps: tuple[Swap, ...], *, woman: bool) -> Rules:
    if terms is None:
        return Rules(employees=employees, weekly_hours=Fraction(0))
    return Rules(
        employees=employees,
        weekly_hours=Fraction(terms.weekly_hours),
        work_days=frozenset(WEEK.index(day) for day in terms.work_days),
        rest_day=WEEK.index(terms.rest_day),
        paid_by_day=terms.kind is TermsKind.DAILY,
        woman=woman,
        swaps=swaps,
    )


def _guarded(
    rules: Rules, guards: Guards, day: date, decreed: frozenset[date], *, employed: bool
) -> Rules:
    return replace(
        rules,
        night_consent=guards.consents_to(ConsentKind.NIGHT, day),
        holiday_consent=guards.consents_to(ConsentKind.HOLIDAY, day),
        spared=guards.is_spared(day),
        break_waived=guards.waives_break(day),
        decreed=decreed,
        employed=employed,
    )
