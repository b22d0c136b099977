"""Make the file with which the bank pays everybody; sealed until it is deleted after use."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.payroll import queries, records
from factory.payroll.domain.run import Run
from factory.payroll.domain.transfer import (
    AlreadyDeleted,
    BankForm,
    Made,
    NobodyToPay,
    Transfer,
    sheet,
)
from factory.payroll.records import TransferGoneRow, TransferRow
from factory.people import queries as people_queries
from factory.people import service as people
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor, ReasonNeeded
from factory.web.xls import workbook

KIND, FIELD = "bankfile", "file"
"""What the vault calls a transfer file, and what it keeps of it."""
WORKER, ACCOUNT = "worker", "bank_account"
"""What it calls a person, and where her wages go."""


def make_transfer(
    session: Session, month: date, form: BankForm, reason: str, *, by: Actor, at: datetime
) -> Made:
    """Make the file of a closed month; every account is opened under the reason that is given."""
    run = queries.closed_run(session, month)
    if not reason.strip():
        raise ReasonNeeded
    paid = _transfers(session, run, reason, by=by, at=at)
    if not paid:
        raise NobodyToPay
    row = TransferRow(
        month=month,
        form=form,
        uid=new_id(),
        count=len(paid),
        won=Money(sum(each.won for each in paid)),
        reason=reason.strip(),
        left_out=sorted({e.number for e in run.entries} - {each.number for each in paid}),
        by=by.name,
        at=at,
    )
    session.add(row)
    session.flush()
    file = workbook(sheet(form, paid, month))
    security.seal(session, KIND, row.uid, {FIELD: b64encode(file).decode()}, by=by, at=at)
    thing = f"pay run {month:%Y-%m}"
    security.record(session, by, "make_transfer", thing, at=at, reason=row.reason, after=form.value)
    return row.value()


def _transfers(
    session: Session, run: Run, reason: str, *, by: Actor, at: datetime
) -> list[Transfer]:
    """Who gets how much where; whoever has no account or gets nothing is left out.

    What somebody was paid when she left, before the month's run, is not paid again.
    """
    found, early = [], queries.paid_at_leaving(session, run.month)
    for entry in run.entries:
        worker = people_queries.worker_numbered(session, entry.number)
        won = entry.slip.net - early.get(worker.id, 0)
        if won <= 0 or not _has_account(session, worker):
            continue
        account = people.account(session, worker, reason=reason, by=by, at=at)
        found.append(Transfer(worker.number, account.bank.value, account.number, won))
    return found


def _has_account(session: Session, worker: Worker) -> bool:
    uid = people_queries.vault_uid(session, worker.id)
    return ACCOUNT in security.sealed_fields(session, WORKER, uid)


def transfer_file(
    session: Session, transfer_id: int, *, by: Actor, at: datetime
) -> tuple[Made, bytes]:
    """Open a file for the bank, under the reason for which it was made."""
    row = _kept(session, transfer_id)
    text = security.read_sealed(session, KIND, row.uid, FIELD, reason=row.reason, by=by, at=at)
    return row.value(), b64decode(text)


def delete_transfer(session: Session, transfer_id: int, *, by: Actor, at: datetime) -> None:
    """Delete a file after use; that it was made stays known."""
    row = _kept(session, transfer_id)
    security.erase_sealed(session, KIND, row.uid, by=by, at=at)
    session.add(TransferGoneRow(transfer_id=row.id, by=by.name, at=at))
    session.flush()
    security.record(session, by, "delete_transfer", f"pay run {row.month:%Y-%m}", at=at)


def _kept(session: Session, transfer_id: int) -> TransferRow:
    row = records.transfer_kept(session, transfer_id)
    if row is not None:
        return row
    if session.get(TransferRow, transfer_id) is None:
        raise NotFound("file", transfer_id)
    raise AlreadyDeleted
