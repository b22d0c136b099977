"""Receipts with their coats by name, and what of them can still come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date

from sqlalchemy.orm import Session

from factory.business.queries import business
from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade, Named
from factory.kernel.ids import CodeKind, read_code
from factory.kernel.money import ZERO, Money
from factory.kernel.words import language, say
from factory.lawbook import queries as lawbook
from factory.till import records
from factory.till.domain.discount import CASHIERS_PERCENT, OffFor
from factory.till.domain.receipt import Receipt, ReceiptLine, Slip
from factory.till.domain.refund import (
    NoCoatOnIt,
    ReceiptUnknown,
    Refund,
    Returnable,
    SoldLine,
    ThatIsADeposit,
    ThatIsAReturn,
    decide_refund,
)
from factory.till.domain.sale import LineKind, TenderKind, receipt_code
from factory.till.domain.shop import RETURN_DAYS, TOLERANCE, Shop
from factory.till.records import ReceiptLineRow, ReceiptRow


def shop(session: Session) -> Shop | None:
    """The seller as receipts name it, once somebody has entered it."""
    seller, rules = business(session), records.find_rules(session)
    if rules is None:
        return Shop(**asdict(seller)) if seller.name else None
    return Shop(
        **asdict(seller),
        terms=rules.terms,
        tolerance=rules.tolerance,
        cashiers_percent=rules.cashiers_percent,
        return_days=rules.return_days,
        tills=rules.tills,
    )


def tolerance(session: Session) -> Money:
    """How much a drawer may differ at the day's end without a note."""
    found = records.find_rules(session)
    return TOLERANCE if found is None else found.tolerance


def cashiers_percent(session: Session) -> int:
    """What a cashier may take off, in percent of the full price."""
    found = records.find_rules(session)
    return CASHIERS_PERCENT if found is None else found.cashiers_percent


def return_days(session: Session) -> int:
    """How many days after a sale coats are taken back without a manager."""
    found = records.find_rules(session)
    return RETURN_DAYS if found is None else found.return_days


def tills(session: Session) -> int:
    """How many tills with a drawer of their own there are."""
    found = records.find_rules(session)
    return 1 if found is None else found.tills


def coat_names(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """What coats are called in the language spoken now: style, colour, size."""
    found = catalogue.named(session, codes)
    return {code: tagged_name(tag) for code, tag in found.items()}


def tagged_name(tag: Named) -> str:
    """What the coat of a hang tag is called in the language spoken now."""
    name = tag.called(language())
    grade = tag.item.grade
    return name if grade is Grade.FIRST else f"{name} ({say(grade.label)})"


# Receipts


def number_of(session: Session, code: str) -> int:
    """The number of the receipt with this code; refuses a misread or unknown one."""
    known = read_code(code, CodeKind.RECEIPT)
    number = int(known[1:-1])
    if records.find_receipt(session, number) is None:
        raise ReceiptUnknown
    return number


def code_of_event(session: Session, event_id: str) -> str:
    """The code of the receipt that an event has become; nothing where there is none."""
    row = records.find_event(session, event_id)
    return "" if row is None else receipt_code(row.number)


def exchanged_for(session: Session, slip: Receipt) -> Receipt | None:
    """What came back for a sale, where coats were exchanged: both are written in one go."""
    row = records.find_receipt(session, slip.number + 1)
    if row is None or row.instead != slip.number:
        return None
    return receipt(session, row.number)


def receipt(session: Session, number: int) -> Receipt:
    """A receipt with its coats named in the language spoken now, or `ReceiptUnknown`."""
    row = records.find_receipt(session, number)
    if row is None:
        raise ReceiptUnknown
    back = records.returns_of(session, number)
    noted = records.cash_receipt_of(session, row.sale or number)
    return Receipt(
        number=number,
        event_id=row.event_id,
        kind=row.kind,
        at=row.at,
        by=row.by,
        lines=_lines(session, number, back),
        total=row.total,
        vat=row.vat,
        paid=tuple(each.value() for each in records.tenders(session, number)),
        change=row.change,
        cash_receipt=noted.value() if noted else None,
        sale=row.sale,
        returns=tuple(each.number for each in back),
        reason=_reason(row),
        instead=row.instead,
        instead_total=_total_of(session, row.instead),
        cash_receipt_goes_on=_goes_on(session, row),
        ticket=row.ticket,
        customer=row.customer,
    )


def _total_of(session: Session, number: int | None) -> Money:
    row = records.find_receipt(session, number) if number else None
    return ZERO if row is None else row.total


def _goes_on(session: Session, row: ReceiptRow) -> bool:
    if row.instead is None or row.sale is None:
        return False
    return records.passed_on(session, row.sale, row.instead)


def _reason(row: ReceiptRow) -> str:
    """Why coats came back, or why something was taken off, in the language spoken now."""
    if row.kind is Slip.RETURN or row.reason not in set(OffFor):
        return row.reason
    return say(OffFor(row.reason).label)


def _lines(session: Session, number: int, back: Iterable[ReceiptRow]) -> tuple[ReceiptLine, ...]:
    rows = records.lines(session, number)
    names = coat_names(session, (row.item for row in rows if row.kind is LineKind.COAT))
    came = _came_back(session, back)
    return tuple(
        ReceiptLine(
            row.no,
            row.item,
            names[row.item] if row.kind is LineKind.COAT else _called(row),
            row.price,
            row.quantity,
            row.discount,
            row.amount,
            came.get(row.no, (0, ZERO))[0],
            row.kind,
        )
        for row in rows
    )


def _called(row: ReceiptLineRow) -> str:
    """What a line is called that is no coat."""
    if row.kind is LineKind.WORK:
        return row.what
    return say("Deposit, paid before") if row.amount < ZERO else say("Deposit")


def _came_back(session: Session, back: Iterable[ReceiptRow]) -> dict[int, tuple[int, Money]]:
    found: dict[int, tuple[int, Money]] = {}
    for row in back:
        for line in records.lines(session, row.number):
            count, amount = found.get(line.no, (0, ZERO))
            found[line.no] = count - line.quantity, amount - line.amount
    return found


def returnable(session: Session, number: int) -> Returnable:
    """What can still come back of a sale, and how it was paid."""
    row = records.find_receipt(session, number)
    if row is None:
        raise ReceiptUnknown
    if row.kind is Slip.RETURN:
        raise ThatIsAReturn
    if row.kind is Slip.DEPOSIT:
        raise ThatIsADeposit
    back = records.returns_of(session, number)
    family = (row, *back, *records.deposits_of(session, row))
    came = _came_back(session, back)
    lines = tuple(
        SoldLine(each.no, each.item, each.quantity, each.amount, *came.get(each.no, (0, ZERO)))
        for each in records.lines(session, number)
        if each.kind is LineKind.COAT
    )
    if not lines:
        raise NoCoatOnIt
    left: dict[TenderKind, Money] = {}
    for each in records.tenders(session, *(one.number for one in family)):
        left[each.kind] = left.get(each.kind, ZERO) + each.kept
    return Returnable(lines, tuple(left.items()), Money.total(one.total for one in family))


def refund_of(session: Session, number: int, wanted: Mapping[int, int], day: date) -> Refund:
    """What is paid back where these coats of a sale come back on a day."""
    rate = lawbook.book(session).on(day).number("sales_tax.standard")
    return decide_refund(returnable(session, number), wanted, rate)


def ticket_of_receipt(session: Session, number: int) -> int | None:
    """The number of the ticket that a receipt belongs to, if there is one."""
    row = records.find_receipt(session, number)
    return None if row is None else row.ticket
