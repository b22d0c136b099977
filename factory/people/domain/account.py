"""Her own bank account: the only place her wages may go (Labor Standards Act, art. 43(1))."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from factory.kernel.errors import Refused

LEAST_DIGITS, MOST_DIGITS = 8, 16


class Bank(StrEnum):
    """Banks and brokers by their name in Korea; `number` is the one transfers are made with."""

    KDB = "산업은행"
    IBK = "기업은행"
    KB = "국민은행"
    SUHYUP = "수협은행"
    NH = "농협은행"
    NH_LOCAL = "지역농축협"
    WOORI = "우리은행"
    SC = "SC제일은행"
    CITI = "씨티은행"
    IM = "iM뱅크"
    BUSAN = "부산은행"
    GWANGJU = "광주은행"
    JEJU = "제주은행"
    JEONBUK = "전북은행"
    GYEONGNAM = "경남은행"
    MG = "새마을금고"
    SHINHYUP = "신협"
    POST = "우체국"
    HANA = "하나은행"
    SHINHAN = "신한은행"
    K = "케이뱅크"
    KAKAO = "카카오뱅크"
    TOSS = "토스뱅크"
    KB_SEC = "KB증권"
    MIRAE = "미래에셋증권"
    SAMSUNG = "삼성증권"
    KOREA_INV = "한국투자증권"
    NH_SEC = "NH투자증권"
    SHINHAN_INV = "신한투자증권"

    @property
    def number(self) -> str:
        """Three digits, as the clearing house numbers the banks."""
        return _NUMBERS[self]


_NUMBERS = {
    Bank.KDB: "002",
    Bank.IBK: "003",
    Bank.KB: "004",
    Bank.SUHYUP: "007",
    Bank.NH: "011",
    Bank.NH_LOCAL: "012",
    Bank.WOORI: "020",
    Bank.SC: "023",
    Bank.CITI: "027",
    Bank.IM: "031",
    Bank.BUSAN: "032",
    Bank.GWANGJU: "034",
    Bank.JEJU: "035",
    Bank.JEONBUK: "037",
    Bank.GYEONGNAM: "039",
    Bank.MG: "045",
    Bank.SHINHYUP: "048",
    Bank.POST: "071",
    Bank.HANA: "081",
    Bank.SHINHAN: "088",
    Bank.K: "089",
    Bank.KAKAO: "090",
    Bank.TOSS: "092",
    Bank.KB_SEC: "218",
    Bank.MIRAE: "238",
    Bank.SAMSUNG: "240",
    Bank.KOREA_INV: "243",
    Bank.NH_SEC: "247",
    Bank.SHINHAN_INV: "278",
}


class AccountKind(StrEnum):
    """What an account of hers is for, by the vault's name for it."""

    WAGES = "bank_account"
    SEVERANCE = "irp_account"
    """Her individual retirement pension: where severance goes since 2022-04-14."""


class AccountOfAnother(Refused):
    """Wages go to her own account alone, even if she agrees to another's. Please ask for hers."""

    field = "holder"


class LegalNameFirst(Refused):
    """The holder is compared with her legal name. Please seal her legal name first."""

    field = "holder"


class AccountNumberWrong(Refused):
    """This is no account number. Please type its 8 to 16 digits."""

    field = "number"


class AccountUnclear(Refused):
    """The account of {name} was kept in another form. Please enter it again."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where her wages go: bank and number; the holder is she herself."""

    bank: Bank
    number: str
    """Digits only; it may begin with zeros."""

    def as_text(self) -> str:
        """As the vault keeps it."""
        return f"{self.bank.value} {self.number}"


def account_from(text: str) -> Account | None:
    """The account that the vault kept; nothing where it was typed in another form."""
    name, _, number = text.rpartition(" ")
    known = {bank.value: bank for bank in Bank}
    return Account(known[name], number) if name in known and number.isdigit() else None


def checked_account(bank: Bank, number: str, holder: str, legal_name: str) -> Account:
    """Her account, if the number is one and the holder is she herself."""
    digits = re.sub(r"[\s-]", "", number)
    if not re.fullmatch(rf"[0-9]{{{LEAST_DIGITS},{MOST_DIGITS}}}", digits, re.ASCII):
        raise AccountNumberWrong
    if not legal_name.strip():
        raise LegalNameFirst
    if _same(holder) != _same(legal_name):
        raise AccountOfAnother
    return Account(bank, digits)


def _same(name: str) -> str:
    """A name without spaces, marks and case, as banks print it one way or another."""
    return re.sub(r"[\s.,·-]", "", unicodedata.normalize("NFKC", name)).casefold()
