"""Cash receipts that are still to be issued, and those that have to be cancelled."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import mark, say
from factory.security.domain import Permission
from factory.till import queries, service
from factory.till.forms import CancelReceiptForm
from factory.till.routes.door import bp
from factory.web.guard import actor, kiosk
from factory.web.responses import page, see_other
from factory.web.tiles import Reminder, Waiting


@bp.get("/cash-receipts")
@kiosk(Permission.SELL)
def cash_receipts() -> ResponseReturnValue:
    """List what is still to be issued or cancelled at the card terminal."""
    return _listed(CancelReceiptForm(), "")


@bp.post("/cash-receipts/<code>/cancel")
@kiosk(Permission.SELL)
def cancel_cash_receipt(code: str) -> ResponseReturnValue:
    """Note that the card terminal has cancelled a cash receipt."""
    form = CancelReceiptForm.sent()
    if form.validate():
        with form.catching(), transaction() as session:
            number, approval = queries.number_of(session, code), form.approval.data or ""
            service.cancel_cash_receipt(session, number, approval, by=actor(), at=now())
            return see_other("till.cash_receipts", mark("The cancellation is noted."))
    return _listed(form, code)


def _listed(form: CancelReceiptForm, at: str) -> ResponseReturnValue:
    with reading() as session:
        owed = queries.owed_cash_receipts(session)
        wrong = queries.cash_receipts_to_cancel(session)
    values = {"owed": owed, "to_cancel": wrong, "at": at, "day": today()}
    return page("till/cash_receipts.html", form=form, **values)


def _waiting(session: Session) -> Waiting | None:
    owed, wrong = queries.owed_cash_receipts(session), queries.cash_receipts_to_cancel(session)
    count = len(owed) + len(wrong)
    return (say("Cash receipts to issue or to cancel: {count}", count=count), {}) if count else None


REMINDERS = (Reminder("till.cash_receipts", Permission.SELL, _waiting),)
