"""All that is known of days in a time, and what follows from it for each worker."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from operator import attrgetter

from factory.attendance.domain.approved import ApprovedDay, State, day_of_kept, state
from factory.attendance.domain.away import less_leave
from factory.attendance.domain.day import Known, RulesOf, SheetDay, days_of
from factory.attendance.domain.plan import PlanKind, Planned, usual
from factory.attendance.domain.rules import Rules
from factory.attendance.domain.settle import Evidence, Said, settled
from factory.attendance.domain.sheet import Sheet
from factory.attendance.domain.watch import with_agreed_break
from factory.attendance.domain.week import weeks_of
from factory.attendance.records import AssignmentRow, DayPlanRow, ScheduleRow
from factory.kernel.time import DAY, days
from factory.law.book import LawBook
from factory.leave.domain import Part
from factory.leave.domain.swaps import Swap
from factory.leave.queries import Leave
from factory.people.domain import WEEK, Terms, TermsKind, Worker, terms_on
from factory.people.domain.contract import daily_minutes
from factory.people.domain.guards import ConsentKind, Guards
from factory.people.domain.heads import Heads
from factory.security.domain import WorkerId
from factory.timeclock.domain import Paired, Punch, pair

Days = Mapping[tuple[WorkerId, date], DayPlanRow]


@dataclass(frozen=True, slots=True)
class Found:
    """What a book has worked out so far; each thing once, whoever asks how often."""

    turns: list[date] = field(default_factory=list)
    """Days from which on another number may be employed."""
    heads: dict[tuple[int, int, int], int] = field(default_factory=dict)
    """By month, and how many of these days are over."""
    rules: dict[tuple[object, ...], Rules] = field(default_factory=dict)
    """By what they say: those who work by the same terms share them."""
    held: dict[object, dict[date, Rules]] = field(default_factory=dict)
    """By worker, or by what whole terms of several have alike."""
    plans: dict[object, dict[date, Planned]] = field(default_factory=dict)
    """The same of plans."""
    own_plans: set[WorkerId] = field(default_factory=set)
    pairs: dict[WorkerId, Paired] = field(default_factory=dict)
    days: dict[WorkerId, tuple[SheetDay, ...]] = field(default_factory=dict)
    kept: dict[WorkerId, dict[date, ApprovedDay]] = field(default_factory=dict)


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
    approved: Mapping[tuple[WorkerId, date], ApprovedDay]
    """The newest version of each day, also of those opened again."""
    leave: Mapping[WorkerId, tuple[Leave, ...]]
    swaps: tuple[Swap, ...]
    guards: Mapping[WorkerId, Guards]
    heads: Heads
    law: LawBook
    standing: Mapping[WorkerId, frozenset[date]] = field(default_factory=dict)
    """Closed days of which nothing was heard since: they are worth what was approved."""
    asked: frozenset[tuple[WorkerId, date]] = frozenset()
    """Days for which leave was asked that nobody has answered yet."""
    found: Found = field(default_factory=Found)

    def employees(self, on: date) -> int:
        """How many regular employees the law sees, looked up once until somebody comes or goes."""
        heads, turns = self.found.heads, self.found.turns
        if not turns:
            turns += [date.min, *self.heads.turns()]
        key = on.year, on.month, bisect_right(turns, on)
        if key not in heads:
            heads[key] = self.heads.on(on)
        return heads[key]

    def rules(self, worker: Worker) -> RulesOf:
        """What each of her days is held against."""
        held = self.found.held.get(worker.id)
        if held is None:
            shared = self.found.held.setdefault(self._alike(worker) or worker.id, {})
            held = self.found.held[worker.id] = shared

        def on(day: date) -> Rules:
            rules = held.get(day)
            if rules is None:
                rules = held[day] = self._rules(worker, day)
            return rules

        return on

    def _alike(self, worker: Worker) -> tuple[object, ...] | None:
        """What her rules follow from where none of it changes in this book; many have it alike."""
        history, before = self.terms.get(worker.id, ()), self.first - DAY
        guards = self.guards.get(worker.id, Guards(at_hiring=worker.night_consent))
        there = worker.hired <= before and worker.left is None
        if not there or len(history) != 1 or history[0].since > before or guards.may_change:
            return None
        return *_agreed(history[0]), worker.woman, guards.at_hiring

    def _rules(self, worker: Worker, day: date) -> Rules:
        terms = terms_on(self.terms.get(worker.id, ()), day)
        guards = self.guards.get(worker.id) or Guards(at_hiring=worker.night_consent)
        key = (
            _agreed(terms),
            self.employees(day),
            worker.woman,
            worker.is_here(day),
            *guards.on(day),
        )
        rules = self.found.rules.get(key)
        if rules is None:
            rules = self.found.rules[key] = self._made(worker, terms, guards, day)
        return rules

    def _made(self, worker: Worker, terms: Terms | None, guards: Guards, day: date) -> Rules:
        return replace(
            _by_terms(terms),
            employees=self.employees(day),
            woman=worker.woman and terms is not None,
            swaps=self.swaps if terms is not None else (),
            night_consent=guards.consents_to(ConsentKind.NIGHT, day),
            holiday_consent=guards.consents_to(ConsentKind.HOLIDAY, day),
            spared=guards.is_spared(day),
            break_waived=guards.waives_break(day),
            law=self.law,
            employed=worker.is_here(day),
        )

    def planned(self, worker: Worker, on: date) -> Planned | None:
        """Her plan for a day: its own, her schedule's, her terms'; else none.

        Whoever keeps her own hours has none either: nobody misses her, and she misses nothing.
        """
        if self.first <= on <= self.last:
            return self.plan(worker).get(on)
        return self._planned(worker, on)

    def plan(self, worker: Worker) -> Mapping[date, Planned]:
        """Her plans of the whole book, and of the day before it."""
        plans = self.found.plans
        plan = plans.get(worker.id)
        if plan is None:
            who = self._planned_alike(worker) or worker.id
            plan = plans[worker.id] = plans[who] = plans.get(who) or self._all_planned(worker)
        return plan

    def _all_planned(self, worker: Worker) -> dict[date, Planned]:
        found = ((on, self._planned(worker, on)) for on in days(self.first - DAY, self.last))
        return {on: planned for on, planned in found if planned is not None}

    def _planned_alike(self, worker: Worker) -> tuple[object, ...] | None:
        """What her plans follow from where there is none of her own in this book."""
        alike = self._alike(worker)
        apart = self.assignments, self.leave, self._with_own_plans()
        if alike is None or any(worker.id in each for each in apart):
            return None
        (terms,) = self.terms[worker.id]
        return *alike, terms.shift_start, terms.shift_end

    def _with_own_plans(self) -> set[WorkerId]:
        if not self.found.own_plans and self.plans:
            self.found.own_plans.update(who for who, _ in self.plans)
        return self.found.own_plans

    def _planned(self, worker: Worker, on: date) -> Planned | None:
        """Her plan without the half of the day that she has leave for.

        A day that was planned by itself stands as it was planned.
        """
        whole, own = self.whole_plan(worker, on), self.plans.get((worker.id, on))
        halves = self.away_on(worker, on) if worker.id in self.leave else ()
        alone = len(halves) == 1 and halves[0].part is not Part.WHOLE
        if whole is None or not alone or (own is not None and own.value()):
            return whole
        (half,) = halves
        agreed, first = self.agreed_plan(worker, on) or whole, half.part is Part.FIRST_HALF
        left = less_leave(agreed, on, half.minutes, first=first)
        return left if whole.breaks else replace(left, breaks=())

    def agreed_plan(self, worker: Worker, on: date) -> Planned | None:
        """Her plan, whatever leave she has, with the break of her contract where it names none."""
        planned, terms = self.whole_plan(worker, on), terms_on(self.terms.get(worker.id, ()), on)
        if planned is None or terms is None:
            return planned
        by_terms = (planned.start, planned.end) == (terms.shift_start, terms.shift_end)
        return with_agreed_break(planned, daily_minutes(terms)) if by_terms else planned

    def whole_plan(self, worker: Worker, on: date) -> Planned | None:
        """Her plan for a day, whatever leave she has."""
        own = self.plans.get((worker.id, on))
        if own is not None and (kept := own.value()) is not None:
            return kept
        terms = terms_on(self.terms.get(worker.id, ()), on)
        if terms is None or not worker.is_here(on) or self._keeps_own_hours(worker, on):
            return None
        shift = (terms.shift_start, terms.shift_end)
        return usual(on, self.rules(worker)(on), self.pattern(worker, on), shift)

    def _keeps_own_hours(self, worker: Worker, on: date) -> bool:
        guards = self.guards.get(worker.id)
        return guards is not None and guards.consents_to(ConsentKind.OWN_HOURS, on)

    def pattern(self, worker: Worker, on: date) -> Planned | None:
        """Her schedule's hours on a day, as they were by then."""
        if worker.id not in self.assignments:
            return None
        assigned = [row for row in self.assignments[worker.id] if row.since <= on]
        if not assigned or assigned[-1].schedule is None:
            return None
        history = self.schedules.get(assigned[-1].schedule, [])
        held = [row for row in history if row.since <= on] or history[:1]
        return held[-1].value() if held else None

    def said(self, worker: Worker) -> Said:
        """All that is known of her presence."""
        plan, leave = self.plan(worker), self.leave.get(worker.id, ())
        rests = {day for day, each in plan.items() if each.kind is PlanKind.SHUTDOWN}
        attended = {each.day for each in leave if each.attended}
        whole = {each.day for each in leave if self.is_away(worker, each.day)}
        return Said(
            plan,
            self.scans.get(worker.id, ()),
            tuple(self.spoken.get(worker.id, ())),
            frozenset(rests | attended),
            frozenset(whole),
        )

    def away_on(self, worker: Worker, on: date) -> tuple[Leave, ...]:
        """Her leave of a day: none, a half, two halves or the whole."""
        return tuple(each for each in self.leave.get(worker.id, ()) if each.day == on)

    def is_away(self, worker: Worker, on: date) -> bool:
        """Whether she is on leave for the whole day."""
        parts = self.away_on(worker, on)
        return len(parts) > 1 or any(each.part is Part.WHOLE for each in parts)

    def paired(self, worker: Worker) -> Paired:
        """Her punches as shifts."""
        pairs = self.found.pairs
        if worker.id not in pairs:
            pairs[worker.id] = pair(self.punches.get(worker.id, ()))
        return pairs[worker.id]

    def known(self, worker: Worker) -> Known:
        """What counts as work and what as presence only."""
        return settled(self.paired(worker).shifts, self.said(worker))

    def sheet(self, worker: Worker) -> Sheet:
        """Her days and weeks of the whole book."""
        found = self._days(worker)
        weeks = weeks_of(found, self.rules(worker), self.said(worker).attended)
        return Sheet(self.days(worker), tuple(w for w in weeks if w.monday >= self.first))

    def days(self, worker: Worker) -> tuple[SheetDay, ...]:
        """Her days of the whole book alone."""
        return tuple(day for day in self._days(worker) if self.first <= day.date <= self.last)

    def all_days(self, worker: Worker) -> tuple[SheetDay, ...]:
        """The same, and those closed on which nothing is left: all punches were taken back."""
        happened = {day.date: day for day in self.days(worker)}
        gone = {on: SheetDay(on, came=False) for on in self.kept(worker) if on not in happened}
        return tuple(day for _, day in sorted((happened | gone).items()))

    def _days(self, worker: Worker) -> tuple[SheetDay, ...]:
        found = self.found.days.get(worker.id)
        if found is None:
            rules, reckoned = self.rules(worker), self.reckoned(worker)
            stand = tuple(day_of_kept(kept, rules(kept.day)) for kept in self.stands(worker))
            both = sorted((*stand, *reckoned), key=_date) if stand and reckoned else ()
            found = self.found.days[worker.id] = tuple(both) or stand or reckoned
        return found

    def stands(self, worker: Worker) -> tuple[ApprovedDay, ...]:
        """Her closed days that stand and on which she came, in order."""
        kept = self.kept(worker)
        return tuple(kept[on] for on in sorted(self.standing.get(worker.id, ())) if kept[on].came)

    def reckoned(self, worker: Worker) -> tuple[SheetDay, ...]:
        """Her days that follow from punches, with their shifts: all but closed ones that stand."""
        if worker.id not in self.punches:
            return ()
        stand = self.standing.get(worker.id, frozenset())
        return days_of(self.paired(worker), self.rules(worker), self.known(worker), stand)

    def kept(self, worker: Worker) -> Mapping[date, ApprovedDay]:
        """Her approved days, without those opened again."""
        kept = self.found.kept
        if not kept:
            for (who, on), each in self.approved.items():
                if each.holds:
                    kept.setdefault(who, {})[on] = each
        return kept.get(worker.id, {})

    def state(self, worker: Worker, found: SheetDay, *, running: bool = False) -> State:
        """How far one of her days is."""
        kept = self.kept(worker).get(found.date)
        if kept and found.date in self.standing.get(worker.id, ()):
            return State.APPROVED
        return state(found, kept, running=running)


_date = attrgetter("date")


def _agreed(terms: Terms | None) -> tuple[object, ...]:
    """What of her terms the law's limits depend on."""
    if terms is None:
        return ()
    by_day = terms.kind is TermsKind.DAILY
    return terms.weekly_hours, terms.work_days, terms.rest_day, by_day


def _by_terms(terms: Terms | None) -> Rules:
    if terms is None:
        return Rules(employees=0, weekly_hours=Fraction(0))
    return Rules(
        employees=0,
        weekly_hours=Fraction(terms.weekly_hours),
        work_days=frozenset(WEEK.index(day) for day in terms.work_days),
        rest_day=WEEK.index(terms.rest_day),
        paid_by_day=terms.kind is TermsKind.DAILY,
    )
