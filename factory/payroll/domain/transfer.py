"""Files with which a bank pays everybody's wages at once.

Each bank has a form of its own. The columns are those of Hana Bank's and Woori Bank's bulk
transfers and of common groupware, as public payroll specifications give them (2026).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.words import mark
from factory.security.domain import WorkerId

Row = tuple[str | int, ...]
LETTERS = 7
"""Letters that fit into a passbook's line."""


class BankForm(StrEnum):
    """Whose form a file has."""

    HANA = "hana"
    WOORI = "woori"
    GENERAL = "general"

    @property
    def label(self) -> str:
        """The form as people say it."""
        return _LABELS[self]


_LABELS = {
    BankForm.HANA: mark("Hana Bank"),
    BankForm.WOORI: mark("Woori Bank"),
    BankForm.GENERAL: mark("another bank, eight columns"),
}
HEADS: dict[BankForm, Row] = {
    BankForm.HANA: (
        "입금은행",
        "입금계좌번호",
        "입금액",
        "예상예금주",
        "입금통장표시",
        "출금통장표시",
        "메모",
        "CMS코드",
        "받는분 휴대폰번호",
    ),
    BankForm.WOORI: (),
    BankForm.GENERAL: (
        "입금은행",
        "입금계좌번호",
        "이체금액",
        "수취인",
        "사업자번호",
        "CMS코드",
        "받는분 통장표시내용",
        "내부메모",
    ),
}


class Purse(StrEnum):
    """What a transfer pays."""

    WAGES = "wages"
    SEVERANCE = "severance"


class NobodyToPay(Refused):
    """Nobody of this month can be paid by transfer: no accounts are kept, or nothing arrives."""


class FileWaits(Refused):
    """A file with this pay waits already. Please use and delete it; paid twice is hard to undo."""


class BankHasOne(Refused):
    """The bank was given a file with this pay. Please say that it paid nothing by that one."""

    field = "again"


class AlreadyDeleted(Refused):
    """This file was deleted. Please make it again if it is needed."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What somebody gets, and where it goes."""

    number: int
    bank: str
    account: str
    won: int
    purse: Purse = Purse.WAGES


@dataclass(frozen=True, slots=True)
class Attached:
    """What a month took for a court's order: it is paid to the creditor, never by her file."""

    number: int
    """Whose pay it was taken from."""
    court: str
    order: str
    """The case's number, which the payment names."""
    creditor: str
    """The house's code; who it is and which account stands on the court's paper."""
    won: int
    shared: bool
    """Whether another order takes a part of the same pay too."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made and lies sealed until it is deleted; it names nobody."""

    id: int
    month: date
    form: BankForm
    count: int
    won: int
    reason: str
    by: str
    at: datetime
    left_out: tuple[int, ...]
    """Numbers of those it does not pay: no account, or nothing arrives."""
    worker: WorkerId | None = None
    """Whose last pay and severance it is; nobody's where it pays a whole month."""
    second: str = ""
    """Who said as the second person that she knows of it."""


def sheet(form: BankForm, transfers: Iterable[Transfer], month: date) -> list[Row]:
    """The file's rows; account numbers are texts, the holder's column stays empty.

    Her passbook says month and pay, ours her number: nothing there tells who she is.
    """
    rows = [_row(form, each, month) for each in transfers]
    return [HEADS[form], *rows] if HEADS[form] else rows


def _row(form: BankForm, each: Transfer, month: date) -> Row:
    hers, ours = f"{month.month}월 급여"[:LETTERS], f"급여{each.number}"[:LETTERS]
    if each.purse is Purse.SEVERANCE:
        hers, ours = "퇴직금", f"퇴직{each.number}"[:LETTERS]
    where: Row = (each.bank, each.account, each.won)
    match form:
        case BankForm.HANA:
            return (*where, "", hers, ours, "", "", "")
        case BankForm.WOORI:
            return (*where, hers, ours, "")
        case BankForm.GENERAL:
            return (*where, "", "", "", hers, ours)


def refuse_second_file(waiting: Iterable[Made], gone: Iterable[Made], *, again: bool) -> None:
    """While a file waits, or after one is gone, none is made that would pay the same once more.

    Raises:
        FileWaits: one is still kept.
        BankHasOne: one was deleted, so the bank has it, unless it is said that it paid nothing.
    """
    if tuple(waiting):
        raise FileWaits
    if tuple(gone) and not again:
        raise BankHasOne
