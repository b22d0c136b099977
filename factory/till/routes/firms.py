"""What firms owe, their statements and tax invoices."""

from __future__ import annotations

from datetime import date

from flask import request
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.money import ZERO, Money
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.printing import service as printing
from factory.security.domain import Permission
from factory.till import exports, queries, service
from factory.till.documents.firms import statement
from factory.till.domain.sale import TenderKind
from factory.till.forms.firms import PaymentForm
from factory.till.routes.door import bp
from factory.web.forms import as_day
from factory.web.guard import actor, allow
from factory.web.responses import download, inline, page, see_other

CSV, PDF = "text/csv", "application/pdf"


@bp.get("/firms")
@allow(Permission.SEE_SALES)
def firms() -> ResponseReturnValue:
    """List what each firm owes, by its age."""
    with reading() as session:
        found = queries.accounts(session)
    owed = Money.total(each.owed for each in found)
    return page("till/firms.html", accounts=found, owed=owed, day=today())


@bp.get("/firms.csv")
@allow(Permission.SEE_SALES)
def firms_sheet() -> ResponseReturnValue:
    """The same list as a file for a spreadsheet."""
    with reading() as session:
        found = queries.accounts(session)
    data = exports.accounts_csv(found, today())
    return download(data, f"owed-{today().isoformat()}.csv", CSV)


@bp.get("/firms/invoices.csv")
@allow(Permission.SEE_SALES)
def invoices_sheet() -> ResponseReturnValue:
    """The tax invoices of some days; without days, of this month so far."""
    first, last = _days()
    with reading() as session:
        found, shop = queries.tax_invoices(session, first, last), queries.shop(session)
    name = f"tax-invoices-{first.isoformat()}-{last.isoformat()}.csv"
    return download(exports.invoices_csv(found, shop), name, CSV)


def _days() -> tuple[date, date]:
    first = as_day(request.args.get("first", "")) or today().replace(day=1)
    last = as_day(request.args.get("last", "")) or today()
    return min(first, last), max(first, last)


@bp.route("/firms/<int:number>", methods=["GET", "POST"])
@allow(Permission.SEE_SALES)
def firm(number: int) -> ResponseReturnValue:
    """Show what went out to a firm and what it paid; note a payment."""
    form = PaymentForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            kind, day = TenderKind(form.kind.data), form.day.data or today()
            amount, note, event = form.amount.data or ZERO, form.note.data or "", form.to_event_id()
            service.note_payment(
                session, number, amount, kind, day, note, event_id=event, by=actor(), at=now()
            )
            return see_other("till.firm", mark("The payment is noted."), number=number)
    with reading() as session:
        found = queries.account(session, number)
    return page("till/firm.html", form=form, account=found, day=today())


@bp.get("/firms/<int:number>/statements/<delivery>.pdf")
@allow(Permission.SEE_SALES)
def firm_statement(number: int, delivery: str) -> ResponseReturnValue:
    """The statement of a delivery with prices, tax and what is owed in all."""
    with reading() as session:
        found = queries.statement(session, number, delivery)
        paper = statement(found, queries.shop(session))
    return inline(printing.pdf_of(paper), f"statement-{delivery}.pdf", PDF)
