"""The papers of a closed month for the office: ledger, lists, register; as PDF or spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Response
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.business.queries import business
from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.payroll import documents, exports, queries, service
from factory.payroll.domain.papers import MonthOfPay, Paper, Shape
from factory.payroll.forms import PaperForm
from factory.payroll.routes.blueprint import bp
from factory.payroll.routes.shown import month_in, seconded
from factory.payroll.service.papers import Names
from factory.printing.service import pdf_of, stamped
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import download, inline, page
from factory.web.spreadsheet import below
from printers.sheet import Sheet

Drawn = tuple[Callable[[], Sheet], Callable[[], bytes]]
"""A paper in both shapes; only the one asked for is made."""
OF_THE_MONTH: dict[Paper, tuple[Callable[[MonthOfPay], Sheet], Callable[[MonthOfPay], bytes]]] = {
    Paper.LEDGER: (documents.wage_ledger, exports.ledger_csv),
    Paper.LIST: (documents.pay_list, exports.list_csv),
    Paper.SUMMARY: (documents.summary, exports.summary_csv),
}


@bp.route("/<month>/papers", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def papers(month: str) -> ResponseReturnValue:
    """Draw up a paper of a closed month; with legal names it asks for a reason."""
    form, on = PaperForm.sent(), month_in(month)
    if form.ok():
        with form.catching():
            second = _second(form)
            with transaction() as session:
                drawn = _drawn(session, on, form, second)
            return _given(drawn, form, month, named=bool(second))
    with reading() as session:
        queries.closed_run(session, on)
    return page("payroll/papers.html", form=form, month=month)


def _second(form: PaperForm) -> str:
    """Who comes as the second person; nobody has to where no legal name opens."""
    register = Paper(form.paper.data) is Paper.REGISTER
    return seconded(form, by=actor(), at=now()) if form.legal.data or register else ""


def _names(form: PaperForm, second: str) -> Names:
    return Names(form.legal.data, form.reason.data or "", second)


def _drawn(session: Session, month: date, form: PaperForm, second: str) -> Drawn:
    paper, names = Paper(form.paper.data), _names(form, second)
    if paper is Paper.REGISTER:
        people = service.register(session, names, by=actor(), at=now())
        house = business(session).name
        return (
            lambda: documents.workers_register(people, today(), house),
            lambda: exports.register_csv(people),
        )
    found = service.month_of_pay(session, month, paper, names, by=actor(), at=now())
    if paper is Paper.LABOUR:
        lines = queries.labour_cost(session, found.run)
        return lambda: documents.labour_paper(found, lines), lambda: exports.labour_csv(lines)
    sheet, table = OF_THE_MONTH[paper]
    return lambda: sheet(found), lambda: table(found)


def _given(drawn: Drawn, form: PaperForm, month: str, *, named: bool) -> Response:
    """The file; its name tells nothing of a person, and where one is named in it, who took it."""
    sheet, table = drawn
    name, marked = f"{form.paper.data}-{month}", stamped(sheet(), by=actor(), at=now())
    if Shape(form.shape.data) is Shape.TABLE:
        data = below(table(), marked.watermark) if named else table()
        return download(data, f"{name}.csv", "text/csv")
    return inline(pdf_of(marked if named else sheet()), f"{name}.pdf", "application/pdf")
