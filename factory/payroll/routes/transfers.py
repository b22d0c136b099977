"""The file for the bank: made with a reason, kept sealed, deleted after use."""

from __future__ import annotations

from datetime import date

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark, say
from factory.payroll import queries, service
from factory.payroll.forms import TransferForm
from factory.payroll.routes.blueprint import bp
from factory.payroll.routes.shown import month_in, seconded
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import download, page, see_other
from factory.web.tiles import Reminder, Waiting

COLLECTED = "Civil Execution Act, art. 229, 248"
"""A creditor collects by a court's order; otherwise the money is put into the court's care."""
XLS = "application/vnd.ms-excel"


@bp.route("/<month>/transfer", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def transfer(month: str) -> ResponseReturnValue:
    """Make the file with which the bank pays a closed month; show those not deleted yet."""
    form, on = TransferForm.sent(), month_in(month)
    if form.ok():
        with form.catching():
            _make(on, form)
            told = mark("The file is made. Take it to the bank, then delete it here.")
            return see_other("payroll.transfer", told, month=month)
    with reading() as session:
        queries.closed_run(session, on)
        kept, attached = queries.transfers(session, on), queries.attached(session, on)
        gone = queries.transfers(session, on, gone=True)
    shown = {"kept": kept, "gone": gone, "attached": attached, "article": COLLECTED}
    return page("payroll/transfer.html", form=form, month=month, **shown)


def _make(month: date, form: TransferForm) -> None:
    wish, second, again = form.to_wish(), seconded(form, by=actor(), at=now()), form.again.data
    with transaction() as session:
        service.make_transfer(
            session, month, *wish, second=second, again=again, by=actor(), at=now()
        )


@bp.post("/<month>/transfer/<int:number>.xls")
@allow(Permission.RUN_PAYROLL)
def transfer_file(month: str, number: int) -> ResponseReturnValue:
    """Give the file for the bank; its name is a number."""
    with transaction() as session:
        _, data = service.transfer_file(session, number, by=actor(), at=now())
    return download(data, f"transfer-{month_in(month):%Y-%m}-{number}.xls", XLS)


@bp.post("/<month>/transfer/<int:number>/delete")
@allow(Permission.RUN_PAYROLL)
def delete_transfer(month: str, number: int) -> ResponseReturnValue:
    """Delete the file after use."""
    with transaction() as session:
        service.delete_transfer(session, number, by=actor(), at=now())
    return see_other("payroll.transfer", mark("The file is deleted."), month=month)


def waiting(session: Session) -> Waiting | None:
    """What the start page reminds of while a file is not deleted, and where that is done."""
    kept = queries.transfers(session)
    if not kept:
        return None
    told = say("Files for the bank that are not deleted yet: {count}", count=len(kept))
    return told, {"month": f"{kept[0].month:%Y-%m}"}


REMINDERS = (Reminder("payroll.transfer", Permission.RUN_PAYROLL, waiting),)
