"""Keep and open somebody's own bank account."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.kernel.words import say, speaking
from factory.people import queries
from factory.people.domain import Worker
from factory.people.domain.account import (
    Account,
    AccountKind,
    AccountUnclear,
    Bank,
    account_from,
    checked_account,
)
from factory.people.queries import KIND
from factory.people.service.workers import read_sealed, seal
from factory.security import service as security
from factory.security.domain import Actor


def set_account(
    session: Session,
    worker: Worker,
    bank: Bank,
    number: str,
    holder: str,
    *,
    kind: AccountKind = AccountKind.WAGES,
    by: Actor,
    at: datetime,
) -> None:
    """Seal where her wages or her severance go; the holder has to be she herself (art. 43).

    Her legal name is opened for the comparison, with a reason that she can see.
    """
    account = checked_account(bank, number, holder, _legal_name(session, worker, by=by, at=at))
    seal(session, worker, {kind.value: account.as_text()}, by=by, at=at)


def account(
    session: Session,
    worker: Worker,
    *,
    kind: AccountKind = AccountKind.WAGES,
    reason: str,
    by: Actor,
    at: datetime,
) -> Account:
    """Open where her wages or severance go, with a reason; `NotFound` without an account."""
    text = read_sealed(session, worker, kind.value, reason=reason, by=by, at=at)
    found = account_from(text)
    if found is None:
        raise AccountUnclear(name=worker.name)
    return found


def _legal_name(session: Session, worker: Worker, *, by: Actor, at: datetime) -> str:
    kept = security.sealed_fields(session, KIND, queries.vault_uid(session, worker.id))
    if "legal_name" not in kept:
        return ""
    with speaking(worker.language):
        reason = say("To see that the bank account is in her own name")
    return read_sealed(session, worker, "legal_name", reason=reason, by=by, at=at)
