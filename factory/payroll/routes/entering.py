"""What pay is told: facts of a person, amounts of a month, what agencies billed."""

from __future__ import annotations

from datetime import date

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.money import ZERO
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.payroll import queries, service
from factory.payroll.domain.entered import Entered, Item
from factory.payroll.domain.known import BILLABLE
from factory.payroll.domain.run import last_day
from factory.payroll.forms.entering import (
    AttachmentForm,
    BilledForm,
    EntryForm,
    FactsForm,
    ReportedForm,
    YearForm,
)
from factory.payroll.routes.blueprint import bp
from factory.payroll.routes.shown import WORDS, month_in
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import Permission
from factory.web.forms import BaseForm
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other

KEPT = mark("It is kept.")


@bp.get("/people/<int:number>")
@allow(Permission.RUN_PAYROLL)
def facts(number: int) -> ResponseReturnValue:
    """Show what tax and insurance know of her, by the day from which it holds."""
    return _facts(number)


@bp.post("/people/<int:number>/facts")
@allow(Permission.RUN_PAYROLL)
def keep_facts(number: int) -> ResponseReturnValue:
    """Keep her family, her insurances and her kind of work."""
    form = FactsForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            worker = people.worker_numbered(session, number)
            service.set_facts(session, worker, form.to_facts(), by=actor(), at=now())
            return see_other("payroll.facts", KEPT, number=number)
    return _facts(number, facts_form=form)


@bp.post("/people/<int:number>/year")
@allow(Permission.RUN_PAYROLL)
def keep_year(number: int) -> ResponseReturnValue:
    """Keep what is known of a year from elsewhere."""
    form = YearForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            worker = people.worker_numbered(session, number)
            service.set_year(session, worker, form.to_year(), by=actor(), at=now())
            return see_other("payroll.facts", KEPT, number=number)
    return _facts(number, year_form=form)


@bp.post("/people/<int:number>/reported")
@allow(Permission.RUN_PAYROLL)
def keep_reported(number: int) -> ResponseReturnValue:
    """Keep the pay that an agency reckons from."""
    form = ReportedForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            worker = people.worker_numbered(session, number)
            service.report_pay(session, worker, form.to_reported(), by=actor(), at=now())
            return see_other("payroll.facts", KEPT, number=number)
    return _facts(number, reported_form=form)


@bp.post("/people/<int:number>/attachment")
@allow(Permission.RUN_PAYROLL)
def keep_attachment(number: int) -> ResponseReturnValue:
    """Keep a court's attachment, or how it stands now."""
    form = AttachmentForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            worker = people.worker_numbered(session, number)
            service.attach(session, worker, form.to_attachment(), by=actor(), at=now())
            return see_other("payroll.facts", KEPT, number=number)
    return _facts(number, attachment_form=form)


def _facts(number: int, **sent: BaseForm) -> ResponseReturnValue:
    with reading() as session:
        worker = people.worker_numbered(session, number)
        known = queries.facts_of(session, worker.id)
        values = {
            "years": queries.years_of(session, worker.id),
            "reported": queries.reported_of(session, worker.id),
            "attached": queries.attachments(session, worker.id).get(worker.id, ()),
            "taken": queries.taken_so_far(session, worker.id),
        }
    forms: dict[str, BaseForm] = {
        "facts_form": FactsForm.after(known[-1] if known else None),
        "year_form": YearForm(),
        "reported_form": ReportedForm(),
        "attachment_form": AttachmentForm(),
    }
    shown = forms | sent | {"form": next(iter(sent.values()), None)}
    return page("payroll/facts.html", worker=worker, known=known, **values, **shown, **WORDS)


@bp.route("/<month>/entries", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def entries(month: str) -> ResponseReturnValue:
    """Enter an amount for somebody's month, and show what is entered."""
    on = month_in(month)
    with reading() as session:
        everybody = _employed(session, on)
        lines, closed = queries.entries(session, on), queries.is_closed(session, on)
    form = EntryForm.offering(everybody)
    if form.ok():
        with form.catching(), transaction() as session:
            worker = people.worker_numbered(session, form.worker.data)
            service.enter(session, worker, on, form.to_entered(), by=actor(), at=now())
            return see_other("payroll.entries", KEPT, month=month)
    listed = [(each, lines[each.id]) for each in everybody if each.id in lines]
    return page("payroll/entries.html", form=form, listed=listed, month=month, closed=closed)


@bp.post("/<month>/entries/<int:number>/<item>/take-back")
@allow(Permission.RUN_PAYROLL)
def take_back(month: str, number: int, item: str) -> ResponseReturnValue:
    """Take an entry back."""
    if item not in tuple(Item):
        raise NotFound("entry", item)
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        nothing = Entered(Item(item), ZERO)
        service.enter(session, worker, month_in(month), nothing, by=actor(), at=now())
    return see_other("payroll.entries", mark("It is taken back."), month=month)


@bp.route("/<month>/<int:number>/billed", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def billed(month: str, number: int) -> ResponseReturnValue:
    """Put what agencies billed in place of what was calculated."""
    on = month_in(month)
    with reading() as session:
        worker = people.worker_numbered(session, number)
        form = BilledForm.after(queries.billed(session, on, worker.id).get(worker.id, ()))
        entry = queries.entry(session, worker, on)
    if form.ok():
        with form.catching(), transaction() as session:
            service.bill(session, worker, on, form.to_billed(), by=actor(), at=now())
            return see_other("payroll.billed", KEPT, month=month, number=number)
    shown = {"closed": entry.final, "codes": BILLABLE}
    return page("payroll/billed.html", form=form, worker=worker, month=month, **shown, **WORDS)


def _employed(session: Session, month: date) -> tuple[Worker, ...]:
    everybody = people.workers(session)
    end = last_day(month)
    return tuple(w for w in everybody if w.hired <= end and (w.left is None or w.left >= month))
