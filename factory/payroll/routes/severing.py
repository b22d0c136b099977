"""The paper of severance and the file with which the bank pays one who leaves."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import transaction
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.payroll import service
from factory.payroll.forms import PrintForm, TransferForm
from factory.payroll.routes.blueprint import bp
from factory.payroll.routes.leaving import shown
from factory.payroll.routes.transfers import XLS
from factory.people import queries as people
from factory.printing import queries as printing
from factory.printing.service import pdf_of
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import download, inline, see_other


@bp.get("/leaving/<int:number>/severance.pdf")
@allow(Permission.RUN_PAYROLL)
def severance_paper(number: int) -> ResponseReturnValue:
    """Give the paper of her severance; she sees who looked."""
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        sheet = service.severance_sheet(session, worker, by=actor(), at=now())
    return inline(pdf_of(sheet), f"severance-{number}.pdf", "application/pdf")


@bp.post("/leaving/<int:number>/severance/print")
@allow(Permission.RUN_PAYROLL)
def print_severance(number: int) -> ResponseReturnValue:
    """Print her severance on the slip printer."""
    event = PrintForm.sent().to_event_id()
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        job = service.print_severance(session, worker, event_id=event, by=actor(), at=now())
        place = printing.job(session, job).place
    told = mark("The slip is on its way to the printer: {place}.")
    return see_other("payroll.leaver", told, values={"place": place}, number=number)


@bp.post("/leaving/<int:number>/transfer")
@allow(Permission.RUN_PAYROLL)
def leavers_transfer(number: int) -> ResponseReturnValue:
    """Make the file with which the bank pays her last pay and her severance."""
    form = TransferForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            worker, wish = people.worker_numbered(session, number), form.to_wish()
            again = form.again.data
            service.make_leavers_transfer(session, worker, *wish, again=again, by=actor(), at=now())
            told = mark("The file is made. Take it to the bank, then delete it here.")
            return see_other("payroll.leaver", told, number=number)
    return shown(number, transfer_form=form)


@bp.post("/leaving/<int:number>/transfer/<int:file>.xls")
@allow(Permission.RUN_PAYROLL)
def leavers_file(number: int, file: int) -> ResponseReturnValue:
    """Give the file for the bank; its name is a number."""
    with transaction() as session:
        people.worker_numbered(session, number)
        _, data = service.transfer_file(session, file, by=actor(), at=now())
    return download(data, f"transfer-{file}.xls", XLS)


@bp.post("/leaving/<int:number>/transfer/<int:file>/delete")
@allow(Permission.RUN_PAYROLL)
def delete_leavers_file(number: int, file: int) -> ResponseReturnValue:
    """Delete the file after use."""
    with transaction() as session:
        service.delete_transfer(session, file, by=actor(), at=now())
    return see_other("payroll.leaver", mark("The file is deleted."), number=number)
