"""A month as it lies on the manager's desk, and the list of all months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.kernel.money import ZERO, Money
from factory.lawbook import queries as lawbook
from factory.payroll import records
from factory.payroll.domain.approval import Representative
from factory.payroll.domain.compare import Comparison, compare
from factory.payroll.domain.matters import Kept, together
from factory.payroll.domain.run import Run, last_day, pay_date
from factory.payroll.domain.stages import Stage, stage_of
from factory.payroll.queries.afterwards import after_leaving
from factory.payroll.queries.corrections import loose
from factory.payroll.queries.drafts import Draft, Gathered, draft, gathered, representative
from factory.payroll.queries.entered import EnteredLine, entries
from factory.payroll.queries.matters import matters
from factory.payroll.queries.paydays import pay_day
from factory.payroll.queries.runs import earlier_run, run
from factory.payroll.queries.worked_after import worked_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A month: what is to be decided, what was calculated, what differs, and what comes next."""

    month: date
    stage: Stage
    over: bool
    """Whether the month is over."""
    run: Run
    """As approved, or as calculated last; without anybody before that."""
    draft: Draft | None
    matters: tuple[Kept, ...]
    comparison: Comparison
    elected: Representative | None
    people: int
    """Who is employed in it."""
    employees: int
    """Regular employees as the law sees them."""
    counted_month: date | None
    by_hand: tuple[tuple[str, EnteredLine], ...] = ()
    """Amounts that were entered, with the name of whose they are; for whoever approves."""

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Every step, in order."""
        return tuple(Stage)

    @property
    def blocking(self) -> tuple[Kept, ...]:
        """What keeps the month from being approved."""
        return tuple(each for each in self.matters if each.kind.blocks)

    @property
    def to_know(self) -> tuple[Kept, ...]:
        """What is good to know and keeps nobody."""
        return tuple(each for each in self.matters if not each.kind.blocks)


def desk(session: Session, month: date, *, today: date, looked: bool = False) -> Desk:
    """A month with all that is to be done about it."""
    if records.find_run(session, month) is not None:
        return _closed(session, month)
    found, drawn = gathered(session, month), draft(session, month)
    slips = dict(zip(drawn.names, (e.slip for e in drawn.entries), strict=True)) if drawn else {}
    known = (drawn.turning, drawn.aged) if drawn else ((), ())
    held = matters(session, found, slips, *known, before=today)
    late = (*loose(session, month), *after_leaving(session, today))
    held = (*together(worked_after(session, month)), *held, *together(late))
    fresh = drawn is not None and drawn.calculated.digest == found.digest
    over = today > last_day(month)
    blocked = any(each.kind.blocks for each in held)
    whole = Run(month, pay_day(session, month), None, drawn.entries if drawn else ())
    return Desk(
        month=month,
        stage=stage_of(approved=False, blocked=blocked, fresh=fresh, looked=looked and over),
        over=over,
        run=whole,
        draft=drawn,
        matters=held,
        comparison=compare(whole, earlier_run(session, month) if drawn else None),
        elected=representative(session),
        people=len(found.people),
        employees=found.employees,
        counted_month=found.counted_month,
        by_hand=_by_hand(session, found),
    )


def _by_hand(session: Session, found: Gathered) -> tuple[tuple[str, EnteredLine], ...]:
    lines = entries(session, found.month)
    return tuple(
        (facts.worker.name, line)
        for facts in found.people
        for line in lines.get(facts.worker.id, ())
    )


def _closed(session: Session, month: date) -> Desk:
    whole, drawn = run(session, month), draft(session, month)
    return Desk(
        month=month,
        stage=Stage.HAND_OUT,
        over=True,
        run=whole,
        draft=drawn,
        matters=(),
        comparison=compare(whole, earlier_run(session, month)),
        elected=None,
        people=len(whole.entries),
        employees=drawn.employees if drawn else 0,
        counted_month=drawn.counted_month if drawn else None,
    )


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month in the list of runs."""

    month: date
    pay_date: date
    approved_by: str | None = None
    calculated_by: str | None = None
    people: int = 0
    net: Money = ZERO


def month_lines(session: Session, months: Iterable[date]) -> tuple[MonthLine, ...]:
    """How far each month is, without calculating any."""
    approved, drawn = records.approved_months(session), records.calculations(session)
    sums, book = records.sums_of(session), lawbook.book(session)
    found = []
    for month in months:
        row, calculation = approved.get(month), drawn.get(month)
        people, net = sums.get(month, (0, ZERO))
        by = (row.approved_by if row else None, calculation.by if calculation else None)
        paid_on = row.pay_date if row else pay_date(month, book)
        found.append(MonthLine(month, paid_on, *by, people, net))
    return tuple(found)
