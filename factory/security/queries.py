"""Accounts, terminals and audit entries as pages show them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from factory.kernel.words import mark, say, translate
from factory.security import records
from factory.security.domain import AccountId, Role, WorkerId
from factory.security.records import AccountRow, AuditRow

PAGE = 100
_SHAPES = {
    r"payslip (?P<month>\S+) of worker (?P<number>\d+)": mark("payslip {month} of worker {number}"),
    r"severance of worker (?P<number>\d+)": mark("severance of worker {number}"),
    r"pay (?P<month>\S+) of worker (?P<number>\d+)": mark("pay {month} of worker {number}"),
    r"worker (?P<number>\d+) on (?P<day>\S+)": mark("worker {number} on {day}"),
    r"order (?P<order>\S+) lay (?P<lay>\d+)": mark("order {order}, lay {lay}"),
}
"""Things that are named by more than a word and a number."""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in the list."""

    id: AccountId
    name: str
    shown: str
    roles: tuple[Role, ...]
    active: bool
    is_worker: bool


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An audit entry in the list."""

    at: datetime
    actor: str
    what: str
    thing: str
    reason: str
    field: str = ""
    """Which sealed text was opened."""

    @property
    def deed(self) -> str:
        """What was done, as a sentence that the catalogues know."""
        return self.what.replace("_", " ")

    @property
    def kind(self) -> str:
        """What kind of thing it was done to."""
        return self._parts[0]

    @property
    def name(self) -> str:
        """Its number or name."""
        return self._parts[1]

    @property
    def shown(self) -> str:
        """What it was done to, in the reader's language."""
        for shape, sentence in _SHAPES.items():
            if found := re.fullmatch(shape, self.thing):
                return say(sentence, **found.groupdict())
        return f"{translate(self.kind)} {self.name}".strip()

    @property
    def _parts(self) -> tuple[str, str]:
        words = self.thing.split(" ")
        kind = " ".join(words[: 2 if words[0] == "pay" else 1])
        return kind, self.thing.removeprefix(kind).strip()


def accounts(session: Session) -> tuple[AccountLine, ...]:
    """Every account: people by their number, then the others by name."""
    lines = (_line(row) for row in records.accounts(session))
    return tuple(sorted(lines, key=_in_order))


def _in_order(line: AccountLine) -> tuple[bool, int, str]:
    number = int(line.name) if line.name.isdecimal() else 0
    return not line.name.isdecimal(), number, line.name


def account(session: Session, name: str) -> AccountLine | None:
    """One account."""
    row = records.find_account(session, name)
    return None if row is None else _line(row)


def _line(row: records.AccountRow) -> AccountLine:
    roles = tuple(role for role in Role if role in row.role_set)
    worker = row.worker_id is not None
    return AccountLine(AccountId(row.id), row.name, row.shown, roles, row.active, worker)


def audit(session: Session, thing: str = "", before: int | None = None) -> tuple[AuditLine, ...]:
    """The newest entries, of one thing where asked."""
    statement = select(AuditRow).order_by(AuditRow.id.desc()).limit(PAGE)
    if thing:
        statement = statement.where(AuditRow.thing == thing)
    if before is not None:
        statement = statement.where(AuditRow.id < before)
    rows = session.scalars(statement)
    return tuple(AuditLine(r.at, r.actor, r.what, r.thing, r.reason) for r in rows)


def language_of(session: Session, worker_id: WorkerId) -> str | None:
    """The language a worker has chosen last, if she can sign in."""
    return session.scalar(_LANGUAGE_OF, {"worker": worker_id})


_LANGUAGE_OF = select(AccountRow.language).where(AccountRow.worker_id == bindparam("worker"))
"""Made once, because every punch and every scan asks."""


def readings(session: Session, uid: str) -> tuple[AuditLine, ...]:
    """Who opened what is sealed for somebody, when and why; for her own eyes."""
    statement = (
        select(AuditRow)
        .where(AuditRow.what == "read_vault", AuditRow.thing.endswith(uid))
        .order_by(AuditRow.id.desc())
        .limit(PAGE)
    )
    return tuple(
        AuditLine(r.at, r.actor, r.what, r.thing, r.reason) for r in session.scalars(statement)
    )


def about(
    session: Session, things: Iterable[str], ending: str, *, but: WorkerId, limit: int | None = PAGE
) -> tuple[AuditLine, ...]:
    """What others did with these things and those whose name ends so; for her own eyes."""
    hers = or_(AuditRow.thing.in_(tuple(things)), AuditRow.thing.endswith(ending))
    own = select(AccountRow.id).where(AccountRow.worker_id == but).scalar_subquery()
    by_others = (
        or_(AuditRow.worker_id.is_(None), AuditRow.worker_id != but),
        or_(AuditRow.account_id.is_(None), AuditRow.account_id.is_distinct_from(own)),
    )
    statement = select(AuditRow).where(hers, *by_others).order_by(AuditRow.id.desc()).limit(limit)
    return tuple(_entry(row) for row in session.scalars(statement))


def _entry(row: AuditRow) -> AuditLine:
    opened = row.after.get("field", "") if isinstance(row.after, dict) else ""
    return AuditLine(row.at, row.actor, row.what, row.thing, row.reason, str(opened))
