"""Make the file with which the bank pays everybody, or one who leaves; sealed until deleted."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of
from factory.payroll import queries, records
from factory.payroll.domain.run import Run
from factory.payroll.domain.severance import NoIrpAccount
from factory.payroll.domain.transfer import (
    AlreadyDeleted,
    BankForm,
    Made,
    NobodyToPay,
    Purse,
    Transfer,
    refuse_second_file,
    sheet,
)
from factory.payroll.queries.leaver import Leaving
from factory.payroll.records import TransferGoneRow, TransferRow
from factory.payroll.service.leaving import refuse_open, with_severance
from factory.people import queries as people_queries
from factory.people import service as people
from factory.people.domain import Worker
from factory.people.domain.account import AccountKind
from factory.security import service as security
from factory.security.domain import Actor, ReasonNeeded, SecondWanted, WorkerId
from factory.web.xls import workbook

KIND, FIELD = "bankfile", "file"
"""What the vault calls a transfer file, and what it keeps of it."""
WORKER = "worker"
"""What it calls a person."""


def make_transfer(
    session: Session,
    month: date,
    form: BankForm,
    reason: str,
    *,
    second: str,
    again: bool = False,
    by: Actor,
    at: datetime,
) -> Made:
    """Make the file of a closed month; every account is opened under the reason that is given.

    `again` says that the bank paid nothing by an earlier one.

    Raises:
        ReasonNeeded, SecondWanted: without a reason, or a second person who knows of it.
        FileWaits, BankHasOne: one is there already, or was.
    """
    hold(session, "transfer", month)
    run = queries.closed_run(session, month)
    _refuse_without(reason)
    if not second:
        raise SecondWanted
    made = partial(queries.transfers, session, month)
    refuse_second_file(made(), made(gone=True), again=again)
    paid = _transfers(session, run, reason, by=by, at=at)
    left_out = sorted({e.number for e in run.entries} - {each.number for each in paid})
    row = TransferRow(month=month, form=form, left_out=left_out, second=second)
    return _made(session, row, paid, f"pay run {month:%Y-%m}", reason, by=by, at=at)


def make_leavers_transfer(
    session: Session,
    worker: Worker,
    form: BankForm,
    reason: str,
    *,
    again: bool = False,
    by: Actor,
    at: datetime,
) -> Made:
    """Make the file of what one who leaves is owed: last pay and severance, or a difference.

    The last pay stands in it unless its month is approved, for then the month's file pays it.

    Raises:
        ReasonNeeded, FileWaits, BankHasOne, DaysOpen, SeveranceUnknown, SayWhere: not so.
        NoIrpAccount, NobodyToPay: nowhere to pay it, or nothing.
    """
    hold(session, "leaver", worker.id)
    _refuse_without(reason)
    found = queries.leaving(session, worker, day_of(at))
    kept = queries.leavers_transfers(session, worker.id)
    refuse_second_file(kept, queries.given_unpaid(session, found), again=again)
    paid = _leavers(session, found, reason, by=by, at=at)
    row = TransferRow(month=found.month, worker_id=worker.id, form=form, left_out=[], second="")
    thing = f"severance of worker {worker.number}"
    return _made(session, row, paid, thing, reason, by=by, at=at)


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise ReasonNeeded


def _made(
    session: Session,
    row: TransferRow,
    paid: list[Transfer],
    thing: str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> Made:
    if not paid:
        raise NobodyToPay
    row.uid, row.count, row.won = new_id(), len(paid), Money(sum(each.won for each in paid))
    row.reason, row.by, row.at = reason.strip(), by.name, at
    session.add(row)
    session.flush()
    file = workbook(sheet(row.form, paid, row.month))
    security.seal(session, KIND, row.uid, {FIELD: b64encode(file).decode()}, by=by, at=at)
    made, why = row.value(), row.reason
    after = {"form": row.form.value, "second": row.second}
    security.record(session, by, "make_transfer", thing, at=at, reason=why, after=after)
    return made


def _leavers(
    session: Session, found: Leaving, reason: str, *, by: Actor, at: datetime
) -> list[Transfer]:
    """What is still to be transferred to one who leaves, and where each part goes."""
    worker, severance = found.leaver.worker, ZERO
    wages = ZERO if found.with_run else found.last_pay
    if found.leaver.paid is not None:
        listed = queries.differences(session, found)
        wages, severance = ZERO, Money.total(each.net for each in listed if each.to_pay)
    else:
        refuse_open(found)
        severance = with_severance(session, found, None).severance.net
    goes = AccountKind.SEVERANCE if found.severance.deferred else AccountKind.WAGES
    wanted = ((Purse.WAGES, wages, AccountKind.WAGES), (Purse.SEVERANCE, severance, goes))
    parts = [each for each in wanted if each[1] > ZERO]
    return [_part(session, worker, *each, reason, by=by, at=at) for each in parts]


def _part(
    session: Session,
    worker: Worker,
    purse: Purse,
    won: Money,
    kind: AccountKind,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> Transfer:
    if not _has_account(session, worker, kind):
        raise NoIrpAccount if kind is AccountKind.SEVERANCE else NobodyToPay
    account = people.account(session, worker, kind=kind, reason=reason, by=by, at=at)
    return Transfer(worker.number, account.bank.value, account.number, won.won, purse)


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
        if won <= 0 or not _has_account(session, worker, AccountKind.WAGES):
            continue
        account = people.account(session, worker, reason=reason, by=by, at=at)
        found.append(Transfer(worker.number, account.bank.value, account.number, won))
    return found


def _has_account(session: Session, worker: Worker, kind: AccountKind) -> bool:
    uid = people_queries.vault_uid(session, worker.id)
    return kind in security.sealed_fields(session, WORKER, uid)


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
    thing = f"pay run {row.month:%Y-%m}"
    if row.worker_id is not None:
        number = people_queries.worker(session, WorkerId(row.worker_id)).number
        thing = f"severance of worker {number}"
    security.record(session, by, "delete_transfer", thing, at=at)


def _kept(session: Session, transfer_id: int) -> TransferRow:
    row = records.transfer_kept(session, transfer_id)
    if row is not None:
        return row
    if session.get(TransferRow, transfer_id) is None:
        raise NotFound("file", transfer_id)
    raise AlreadyDeleted
