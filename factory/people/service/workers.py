"""Hire, change terms, give and take badges, let go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.business.queries import business
from factory.kernel.ids import CodeKind, new_id, random_badge_code, read_code
from factory.kernel.time import day_of
from factory.lawbook import queries as lawbook
from factory.people import documents, domain, queries, records
from factory.people.domain import (
    AlreadyLeft,
    BadgeOver,
    BadgeUnknown,
    BadgeVoid,
    Hire,
    LeftBeforeHired,
    Terms,
    TermsKind,
    TermsOverlap,
    Worker,
)
from factory.people.domain.contract import (
    Contract,
    Identity,
    NotEmployed,
    NoTermsYet,
    Wish,
    contract,
)
from factory.people.domain.guards import refuse_young
from factory.people.queries import KIND
from factory.people.records import BadgeRow, BadgeVoidRow, SkillRow, WorkerRow
from factory.printing import service as printing
from factory.printing.domain import Purpose
from factory.security import queries as security_queries
from factory.security import service as security
from factory.security.domain import Actor, ReasonNeeded, WorkerId, holds_through


def hire(session: Session, entry: Hire, *, by: Actor, at: datetime) -> Worker:
    """Take somebody on: number, terms, own account, first badge."""
    terms = domain.checked(entry.terms)
    if entry.born is not None:
        refuse_young(entry.born, entry.hired, lawbook.book(session))
    row = WorkerRow(
        number=records.next_number(session),
        name=entry.name,
        language=entry.language,
        hired=entry.hired,
        woman=entry.woman,
        night_consent=entry.night_consent,
        vault_uid=new_id(),
    )
    session.add(row)
    session.flush()
    worker = row.value()
    records.append_terms(session, worker.id, terms, at)
    if entry.born is not None:
        seal(session, worker, {"birth_date": entry.born.isoformat()}, by=by, at=at)
    for operation in sorted(entry.skills):
        learn(session, worker.id, operation)
    security.create_worker_account(
        session,
        worker.id,
        number=worker.number,
        shown=worker.name,
        pin=entry.pin,
        language=worker.language,
        by=by,
        at=at,
    )
    issue_badge(session, worker, by=by, at=at)
    security.record(session, by, "hire", f"worker {worker.number}", at=at)
    return worker


def issue_badge(
    session: Session, worker: Worker, *, by: Actor, at: datetime, code: str | None = None
) -> str:
    """Give a badge with a random code; whatever badge she had holds no more."""
    if worker.left is not None and not worker.enters(at):
        raise AlreadyLeft(name=worker.name, left=worker.left)
    void_badge(session, worker, by=by, at=at)
    badge = code or random_badge_code()
    session.add(BadgeRow(code=badge, worker_id=worker.id, issued_at=at))
    session.flush()
    security.record(session, by, "issue_badge", f"worker {worker.number}", at=at)
    return badge


def print_badge(session: Session, worker: Worker, *, by: Actor, at: datetime) -> None:
    """Put the badge she holds into the outbox."""
    code = records.valid_badges(session)[worker.id]
    slip = documents.badge(worker.name, code)
    printing.enqueue(session, slip, purpose=Purpose.BADGE, by=by, at=at, event_id=new_id())


def void_badge(session: Session, worker: Worker, *, by: Actor, at: datetime) -> bool:
    """Let a lost badge hold no more; False where she holds none."""
    held = records.valid_badges(session).get(worker.id)
    if held is None:
        return False
    session.add(BadgeVoidRow(code=held, at=at))
    session.flush()
    security.record(session, by, "void_badge", f"worker {worker.number}", at=at)
    return True


def worker_with_badge(session: Session, code: str, *, at: datetime) -> Worker:
    """Whose badge this is at a moment, with the language she reads now.

    Raises:
        BadgeUnknown, BadgeVoid, BadgeOver: and what `read_code` refuses, a misread one.
    """
    found = records.find_badge(session, read_code(code, CodeKind.BADGE))
    if found is None:
        raise BadgeUnknown
    row, holds = found
    _refuse_badge(row.left, at, holds=holds)
    worker = row.value()
    chosen = security_queries.language_of(session, worker.id)
    return replace(worker, language=chosen or worker.language)


def badge_holder(session: Session, code: str, *, at: datetime) -> WorkerId:
    """Whose badge this is, by id alone; refuses what `worker_with_badge` refuses."""
    found = records.find_holder(session, read_code(code, CodeKind.BADGE))
    if found is None:
        raise BadgeUnknown
    holder, holds, left = found
    _refuse_badge(left, at, holds=holds)
    return holder


def _refuse_badge(left: date | None, at: datetime, *, holds: bool) -> None:
    if not holds:
        raise BadgeVoid
    if not holds_through(left, at):
        raise BadgeOver


def change_terms(
    session: Session, worker: Worker, terms: Terms, *, by: Actor, at: datetime
) -> None:
    """Agree on other terms from a day on."""
    if any(terms.since <= earlier.since for earlier in queries.terms_of(session, worker.id)):
        raise TermsOverlap(since=terms.since)
    records.append_terms(session, worker.id, domain.checked(terms), at)
    thing = f"worker {worker.number}"
    security.record(session, by, "change_terms", thing, at=at, after=terms.since.isoformat())


def leave(session: Session, worker: Worker, last_day: date, *, by: Actor, at: datetime) -> None:
    """Somebody leaves: through her last day her badge and her PIN hold, and no longer."""
    if worker.left is not None:
        raise AlreadyLeft(name=worker.name, left=worker.left)
    if last_day < worker.hired:
        raise LeftBeforeHired(hired=worker.hired)
    session.get_one(WorkerRow, worker.id).left = last_day
    session.flush()
    security.sign_in_through(session, worker.id, last_day, by=by, at=at)
    thing = f"worker {worker.number}"
    security.record(session, by, "leave", thing, at=at, after=last_day.isoformat())


def set_last_day(
    session: Session, worker: Worker, last_day: date | None, reason: str, *, by: Actor, at: datetime
) -> None:
    """The last day was another, or she stays; as long as she works, badge and PIN hold again."""
    if last_day is not None and last_day < worker.hired:
        raise LeftBeforeHired(hired=worker.hired)
    session.get_one(WorkerRow, worker.id).left = last_day
    session.flush()
    security.sign_in_through(session, worker.id, last_day, by=by, at=at)
    thing = f"worker {worker.number}"
    days = {
        "before": worker.left.isoformat() if worker.left else None,
        "after": last_day.isoformat() if last_day else None,
    }
    security.record(session, by, "leave", thing, at=at, reason=reason, **days)


def learn(session: Session, worker_id: WorkerId, operation: str) -> None:
    """Note that somebody knows an operation."""
    session.merge(SkillRow(worker_id=worker_id, operation=operation))
    session.flush()


def set_skills(
    session: Session,
    worker: Worker,
    ticked: Iterable[str],
    *,
    offered: Iterable[str],
    by: Actor,
    at: datetime,
) -> tuple[str, ...]:
    """Keep which of the operations on offer somebody knows; others she knows stay as they are."""
    before = queries.skills(session, worker.id)
    known = (set(before) - set(offered)) | (set(ticked) & set(offered))
    for operation in known - set(before):
        learn(session, worker.id, operation)
    for operation in set(before) - known:
        session.delete(session.get_one(SkillRow, (worker.id, operation)))
    session.flush()
    after = tuple(sorted(known))
    thing = f"worker {worker.number}"
    security.record(session, by, "set_skills", thing, at=at, before=list(before), after=list(after))
    return after


def seal(
    session: Session, worker: Worker, fields: Mapping[str, str], *, by: Actor, at: datetime
) -> None:
    """Seal legal name, birth date, address, phone or bank account."""
    if "birth_date" in fields:
        born = date.fromisoformat(fields["birth_date"])
        refuse_young(born, worker.hired, lawbook.book(session))
    uid = session.get_one(WorkerRow, worker.id).vault_uid
    security.seal(session, KIND, uid, fields, by=by, at=at)


def read_sealed(
    session: Session, worker: Worker, field: str, *, reason: str, by: Actor, at: datetime
) -> str:
    """Open one sealed text of a worker, with a reason that is kept."""
    uid = session.get_one(WorkerRow, worker.id).vault_uid
    return security.read_sealed(session, KIND, uid, field, reason=reason, by=by, at=at)


def draw_contract(
    session: Session,
    worker: Worker,
    since: date,
    wish: Wish,
    *,
    named: bool = False,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Contract:
    """Draw up the employment contract of the terms that hold from a day on.

    With the legal name it needs a reason, which she can see; without, the lines stay blank.
    """
    terms = domain.terms_on(queries.terms_of(session, worker.id), since)
    if terms is None:
        raise NoTermsYet(day=since)
    if terms.kind is TermsKind.FREELANCE:
        raise NotEmployed(name=worker.name)
    identity = _identity(session, worker, reason, by=by, at=at) if named else Identity()
    employees, book = queries.heads(session).on(max(since, worker.hired)), lawbook.book(session)
    paper = contract(
        worker,
        terms,
        wish,
        identity,
        employees=employees,
        on=day_of(at),
        book=book,
        business=business(session),
    )
    thing, after = f"worker {worker.number}", {"since": terms.since.isoformat(), "named": named}
    security.record(session, by, "draw_contract", thing, at=at, reason=reason.strip(), after=after)
    return paper


def note_notice(session: Session, worker: Worker, *, by: Actor, at: datetime) -> None:
    """Keep that the notice of what is kept of her was drawn up, to be signed."""
    security.record(session, by, "draw_notice", f"worker {worker.number}", at=at)


def _identity(
    session: Session, worker: Worker, reason: str, *, by: Actor, at: datetime
) -> Identity:
    if not reason.strip():
        raise ReasonNeeded
    uid = queries.vault_uid(session, worker.id)
    kept = security.sealed_fields(session, KIND, uid)
    opened = {
        field: security.read_sealed(session, KIND, uid, field, reason=reason, by=by, at=at)
        for field in ("legal_name", "address")
        if field in kept
    }
    return Identity(**opened)
