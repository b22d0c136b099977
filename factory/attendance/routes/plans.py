"""Schedules, who works by them, and one day planned otherwise."""

from __future__ import annotations

from datetime import date

from flask.typing import ResponseReturnValue

from factory.attendance import queries, service
from factory.attendance.domain.plan import write_breaks
from factory.attendance.forms import AssignForm, DayPlanForm, HouseBreaksForm, PatternForm
from factory.attendance.routes.blueprint import bp
from factory.attendance.routes.days import as_day_or_404
from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import Permission
from factory.timeclock import queries as clock
from factory.timeclock import service as timeclock
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other


@bp.route("/schedules", methods=["GET", "POST"])
@allow(Permission.CORRECT_WORK)
def plans() -> ResponseReturnValue:
    """Show schedules and who works by them; keep a new or changed one."""
    form = PatternForm.sent()
    if form.ok():
        with form.catching():
            with transaction() as session:
                name, since = form.name.data or "", form.since.data or today()
                service.set_pattern(session, name, form.planned(), since, by=actor(), at=now())
            return see_other("attendance.plans", mark("The schedule is kept."))
    return _plans(form, AssignForm())


@bp.post("/schedules/house")
@allow(Permission.CORRECT_WORK)
def house_breaks() -> ResponseReturnValue:
    """Keep when everybody goes to eat."""
    form = HouseBreaksForm.sent()
    if form.ok():
        with form.catching():
            with transaction() as session:
                timeclock.set_house_breaks(session, form.to_breaks(), by=actor(), at=now())
            return see_other("attendance.plans", mark("The door knows it from now on."))
    return _plans(PatternForm(), AssignForm(), form)


def _plans(
    form: PatternForm, assigning: AssignForm, house: HouseBreaksForm | None = None
) -> ResponseReturnValue:
    with reading() as session:
        kept = write_breaks(clock.house_breaks(session))
        patterns = queries.patterns(session, today())
        names, assigned = people.names(session), queries.assigned(session, today())
        workers = people.workers(session, today())
    assigning.offer(workers, patterns)
    return page(
        "attendance/plans.html",
        form=next((each for each in (form, assigning, house) if each and each.errors), form),
        house=house or HouseBreaksForm(data={"breaks": kept}),
        making=form,
        assigning=assigning,
        patterns=patterns,
        assigned=[each for each in assigned if each.worker in {worker.id for worker in workers}],
        names=names,
        today=today(),
    )


@bp.post("/schedules/assign")
@allow(Permission.CORRECT_WORK)
def assign() -> ResponseReturnValue:
    """Let somebody work by a schedule from a day on."""
    form = AssignForm.sent()
    with reading() as session:
        form.offer(people.workers(session, today()), queries.patterns(session, today()))
    if form.ok():
        with form.catching():
            with transaction() as session:
                worker = people.worker_numbered(session, form.worker.data)
                schedule, since = form.schedule.data or None, form.since.data or today()
                service.assign(session, worker, schedule, since, by=actor(), at=now())
            return see_other("attendance.plans", mark("It holds from that day on."))
    return _plans(PatternForm(), form)


@bp.route("/<day>/<int:number>/plan", methods=["GET", "POST"])
@allow(Permission.CORRECT_WORK)
def plan(day: str, number: int) -> ResponseReturnValue:
    """Plan one worker's day otherwise, or as usual again."""
    on = as_day_or_404(day)
    with reading() as session:
        worker = people.worker_numbered(session, number)
        line = queries.line(session, worker, on, at=now())
        week = queries.week_of(session, worker, on, at=now())
    form = DayPlanForm.starting_from(line.planned)
    if form.ok() and _heeds(form, worker, on):
        with form.catching():
            with transaction() as session:
                why = form.reason.data or ""
                service.plan_day(session, worker, on, form.to_plan(), why, by=actor(), at=now())
            return see_other("attendance.settle", mark("It is kept."), day=day, number=number)
    return page("attendance/plan.html", form=form, day=on, line=line, week=week)


def _heeds(form: DayPlanForm, worker: Worker, on: date) -> bool:
    """Whether the law's watch has nothing against the plan, or what it says is known."""
    planned = form.to_plan()
    if planned is None:
        return True
    with reading() as session:
        found = queries.would_break(session, worker, on, planned, at=now())
    return form.heeds(found, worker.name)
