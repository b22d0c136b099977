"""Her own payslip as PDF, and by which name it is made."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from factory.business.queries import business
from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.payroll import documents, queries, service
from factory.payroll.domain.handed import Way
from factory.payroll.routes.blueprint import bp
from factory.payroll.routes.hers import is_open
from factory.payroll.routes.shown import month_in, note_own
from factory.people import queries as people
from factory.printing.service import pdf_of
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import ask_pin, download, see_other


@bp.get("/mine/<month>/payslip.pdf")
@allow(Permission.LOOK_AROUND)
def my_paper(month: str) -> ResponseReturnValue:
    """Give her own payslip as PDF, by the name she chose; that she took it is kept."""
    if not is_open():
        return ask_pin("payroll.my_payslip", month=month)
    with reading() as session:
        worker = people.worker(session, actor().worker)
        found = queries.entry(session, worker, month_in(month))
        house = business(session).name
    note_own(month, Way.PDF)
    sheet = documents.payslip(found, month_in(month), house=house)
    return download(pdf_of(sheet), f"payslip-{month}.pdf", "application/pdf")


@bp.post("/mine/<month>/name")
@allow(Permission.LOOK_AROUND)
def wish_name(month: str) -> ResponseReturnValue:
    """Keep by which name she wants her payslips made."""
    if not is_open():
        return ask_pin("payroll.my_payslip", month=month)
    legal = request.form.get("legal") == "1"
    with transaction() as session:
        worker = people.worker(session, actor().worker)
        service.wish_name(session, worker, legal=legal, by=actor(), at=now())
    return see_other("payroll.my_payslip", mark("Your wish is kept."), month=month)
