"""Signing in at a browser, in two steps where a telephone is asked besides the password.

Between the steps nobody is signed in: the browser keeps a signed word of who typed the right
password, which holds five minutes and not longer than that password.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask import session as cookie
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.security import kiosk, records, service, telephone
from factory.security.domain import AccountId, Actor, CodeWanted, CodeWrong, Permission, WorkerId
from factory.security.telephone import Step

T = TypeVar("T")
WORD = "entering"
LASTS = timedelta(minutes=5)


class TooLate(Refused):
    """That took too long. Please sign in once more."""


def sign_in(name: str, secret: str, *, at: datetime) -> tuple[Step, str]:
    """What is still wanted of whoever knows this secret; the cookie's token if it is nothing.

    Raises:
        TooManyAttempts: before anything is compared.
        WrongSignIn: after the attempt was noted.
    """
    account = kiosk.check(name, secret, at=at)
    with transaction() as session:
        step = telephone.step(session, account)
        if step is Step.NOTHING:
            return step, kiosk.open_here(session, account, at=at)
        if step is Step.TAKE_IN:
            telephone.begin(session, account)
        cookie[WORD] = [account, _mark(session, account), (at + LASTS).isoformat()]
    return step, ""


def waiting(*, at: datetime) -> AccountId | None:
    """Whoever has typed the right password here a moment ago."""
    word: Any = cookie.get(WORD)
    if not isinstance(word, list) or at > datetime.fromisoformat(word[2]):
        return None
    account = AccountId(word[0])
    with reading() as session:
        return account if _mark(session, account) == word[1] else None


def enter_code(typed: str, *, at: datetime) -> str:
    """Sign in with the second step; gives the cookie's token.

    Raises:
        TooLate, TooManyAttempts, CodeWrong: not so.
    """
    account = _whoever(at)
    confirm(account, typed, at=at)
    return _entered(account, at)


def take_in_first(code: str, *, at: datetime) -> tuple[str, tuple[str, ...]]:
    """Take in a telephone that the house demands, and sign in; the token, and codes for paper."""
    account = _whoever(at)
    with reading() as session:
        by = Actor(name=records.account(session, account).shown, account=account)
    codes = take_in(account, code, by=by, at=at)
    return _entered(account, at), codes


def confirm(account: AccountId, typed: str, *, at: datetime) -> None:
    """Make sure that somebody holds her telephone, or a code on paper.

    Raises:
        TooManyAttempts, CodeWrong: not so.
    """
    _counted(account, at, lambda session: telephone.take(session, account, typed, at=at) or None)


def witness(
    name: str,
    secret: str,
    code: str,
    *,
    by: Actor,
    also: WorkerId | None = None,
    at: datetime,
) -> str:
    """The second person, with her telephone where she signs in with one; gives her name.

    Raises:
        SecondWanted, SecondIsYou, MayNotWitness, TooManyAttempts, WrongPin: as in `kiosk.witness`.
        CodeWanted, CodeWrong: her secret alone is half of what she signs in with.
    """
    account, shown = kiosk.witness(name, secret, by=by, also=also, at=at)
    _show(account, code, at=at)
    return shown


def vouch(name: str, secret: str, code: str, permission: Permission, *, at: datetime) -> str:
    """Who answers for something at another's screen, with her telephone where she has one.

    Raises:
        TooManyAttempts, WrongPin, MayNotVouch: as in `kiosk.vouch`.
        CodeWanted, CodeWrong: her secret alone is half of what she signs in with.
    """
    account, shown = kiosk.vouch(name, secret, permission, at=at)
    _show(account, code, at=at)
    return shown


def visitors_go(number: str, secret: str, code: str, *, at: datetime) -> None:
    """Show everything again where visitors looked, with her telephone where she has one.

    Raises:
        TooManyAttempts, WrongPin: as in `kiosk.who_ends_visit`.
        CodeWanted, CodeWrong: behind the visitors' view lies all that she signed in for.
    """
    account, alone = kiosk.who_ends_visit(number, secret, at=at)
    if alone:
        _show(account, code, at=at)
    kiosk.visitors_went(at=at)


def _show(account: AccountId, code: str, *, at: datetime) -> None:
    """Ask for the telephone of whoever signs in with one, or has to."""
    with reading() as session:
        step = telephone.step(session, account)
    if step is Step.NOTHING:
        return
    if not code.strip():
        raise CodeWanted
    confirm(account, code, at=at)


def take_in(account: AccountId, code: str, *, by: Actor, at: datetime) -> tuple[str, ...]:
    """Take a telephone in by its first code; gives codes for paper.

    Raises:
        TooManyAttempts, CodeWrong: not so.
    """
    return _counted(
        account, at, lambda session: telephone.take_in(session, account, code, by=by, at=at)
    )


def _counted(account: AccountId, at: datetime, compared: Callable[[Session], T | None]) -> T:
    with reading() as session:
        name = service.account_name(session, account)

    def written() -> T | None:
        with transaction() as session:
            return compared(session)

    found = kiosk.counted(f"code of {name}", at, written)
    if found is None:
        raise CodeWrong
    return found


def _entered(account: AccountId, at: datetime) -> str:
    cookie.pop(WORD, None)
    with transaction() as session:
        return kiosk.open_here(session, account, at=at)


def _whoever(at: datetime) -> AccountId:
    found = waiting(at=at)
    if found is None:
        raise TooLate
    return found


def _mark(session: Session, account: AccountId) -> str:
    """Of the secret that was typed, so that a new one ends what the old one began."""
    row = records.account(session, account)
    kept = f"{row.password_hash} {row.pin_hash} {row.active}"
    return hashlib.sha256(kept.encode()).hexdigest()[:16]
