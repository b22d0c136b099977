"""Papers of the till: receipt, return receipt, slip of money moved, interim and day-end report.

A receipt says what the VAT Act, art. 36 and its decree, art. 73 ask for: seller with registration
number and representative, day, what was sold, total, and the tax by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factory.kernel.money import Money
from factory.kernel.time import local
from factory.kernel.words import mark, say, show
from factory.till.domain.drawer import WHY_NO_CASH, Day, DayEnd, Opening, Takings
from factory.till.domain.receipt import Receipt, ReceiptLine, Slip
from factory.till.domain.sale import TenderKind
from factory.till.domain.shop import Shop
from printers.document import (
    Align,
    Barcode,
    Block,
    Column,
    Cut,
    Document,
    Heading,
    OpenDrawer,
    Row,
    Rule,
    RuleKind,
    Space,
    Table,
    Text,
)

LINE, HEAVY, DASHED = Rule(), Rule(RuleKind.HEAVY), Rule(RuleKind.DASHED)
TITLES = {
    Slip.SALE: mark("receipt"),
    Slip.RETURN: mark("receipt of a return"),
    Slip.DEPOSIT: mark("receipt of a deposit"),
}
SUMS = {
    Slip.SALE: mark("Total"),
    Slip.RETURN: mark("Paid back"),
    Slip.DEPOSIT: mark("Deposit"),
}


def receipt(slip: Receipt, shop: Shop | None, *, drawer: bool) -> Document:
    """A sale or a return for the customer; the drawer opens only where cash changes hands."""
    blocks: list[Block] = [OpenDrawer()] if drawer else []
    blocks += _seller(slip, shop)
    if slip.kind is Slip.RETURN:
        blocks += [Text(say("RETURN"), align=Align.CENTER, size=2, bold=True, inverse=True)]
    if slip.kind is Slip.DEPOSIT:
        blocks += [Text(say("DEPOSIT"), align=Align.CENTER, size=2, bold=True, inverse=True)]
    blocks += [LINE, *_number(slip), LINE, _lines(slip), HEAVY, *_sums(slip), LINE, *_paid(slip)]
    blocks += [*_cash_receipt(slip), LINE, *_terms(slip, shop), Barcode(slip.code), Cut()]
    return Document(say(TITLES[slip.kind]), tuple(blocks))


def _seller(slip: Receipt, shop: Shop | None) -> Iterator[Block]:
    if shop is None:
        yield Heading(say(TITLES[slip.kind]))
        return
    number = say("Registration no. {number}", number=shop.registration)
    yield Heading(shop.name)
    yield Row(number, say("Representative {name}", name=shop.representative))
    yield Row(shop.address, shop.phone)


def _number(slip: Receipt) -> Iterator[Block]:
    yield Row(f"{local(slip.at):%Y-%m-%d %H:%M}", say("No. {number}", number=slip.code))
    if slip.sale is not None:
        yield Row(say("Of the receipt"), slip.sale_code)
    if slip.ticket is not None:
        yield Row(say("Ticket no. {number}", number=slip.ticket), slip.ticket_code)
    if slip.instead is not None:
        yield Row(say("Taken instead: receipt"), slip.instead_code)
    if slip.reason:
        yield Text(say("Reason: {reason}", reason=slip.reason))


def _lines(slip: Receipt) -> Table:
    figures = Align.RIGHT
    columns = (Column(say("Item")), Column(say("Qty"), figures), Column(say("Amount"), figures))
    return Table(columns, tuple(row for line in slip.lines for row in _line(line)))


def _line(line: ReceiptLine) -> Iterator[tuple[str, str, str]]:
    if not line.discount:
        yield line.name, str(line.quantity), _plain(line.amount)
        return
    yield line.name, str(line.quantity), _plain(line.amount + line.discount)
    yield say("Discount"), "", _plain(-line.discount)


def _sums(slip: Receipt) -> Iterator[Block]:
    yield Row(say(SUMS[slip.kind]), show(_face(slip, slip.total)), size=2, bold=True)
    yield HEAVY
    yield Row(say("Value of supply"), show(_face(slip, slip.supply)))
    yield Row(say("VAT (inside the price)"), show(_face(slip, slip.vat)))


def _face(slip: Receipt, amount: Money) -> Money:
    """Amounts of a return read above zero under their own title."""
    return -amount if slip.kind is Slip.RETURN else amount


def _paid(slip: Receipt) -> Iterator[Block]:
    for each in slip.paid:
        yield Row(show(each.kind), show(_face(slip, each.handed)))
        if each.note:
            yield Row(say("Approval no."), each.note)
    if slip.instead:
        yield Row(say("Of it for the coats taken instead"), show(slip.paid_by_coats))
        yield Row(say("Handed back"), show(-slip.total - slip.paid_by_coats), bold=True)
    if slip.change:
        yield Row(say("Change"), show(slip.change), bold=True)
    if any(each.kind is TenderKind.CARD for each in slip.paid):
        yield Text(say("Please keep the card slip that came out of the card terminal."))


def _cash_receipt(slip: Receipt) -> Iterator[Block]:
    if slip.cash_receipt is None or (slip.is_back and not slip.cash_receipt_falls):
        return
    yield DASHED
    if slip.is_back:
        yield Text(say("The cash receipt of the sale is cancelled:"), bold=True)
    yield Row(show(slip.cash_receipt.purpose), slip.cash_receipt.shown)
    if slip.cash_receipt.approval:
        yield Row(say("Approval no."), slip.cash_receipt.approval)


def _terms(slip: Receipt, shop: Shop | None) -> Iterator[Block]:
    if slip.kind is Slip.DEPOSIT:
        yield Text(say("It counts towards the price when you pick it up."))
    if slip.kind is Slip.SALE:
        usual = say("Exchange and refund within 7 days with this receipt.")
        yield Text(shop.terms if shop and shop.terms else usual)


def moved(amount: Money, reason: str, opening: Opening) -> Document:
    """A slip for money put into the drawer or taken out of it; it lies in the drawer."""
    title = say("Money out") if amount.won < 0 else say("Money in")
    face = -amount if amount.won < 0 else amount
    row = Row(_day_number(opening), show(face), bold=True)
    return Document(title, (OpenDrawer(), Heading(title), row, Text(reason), Cut()))


def opened(opening: Opening) -> Document:
    """A slip for the float; the drawer opens so that it can be put in."""
    return Document(
        say("Till opened"),
        (
            OpenDrawer(),
            Heading(say("Till opened")),
            Row(_day_number(opening), show(opening.at)),
            Row(say("Float"), show(opening.float), bold=True),
            Text(opening.by),
            Cut(),
        ),
    )


def _day_number(opening: Opening) -> str:
    """The day's number; of another till than the first, with which till it is."""
    number = say("Day no. {number}", number=opening.number)
    return number if opening.till == 1 else f"{say('Till {till}', till=opening.till)} · {number}"


def interim(day: Day, at_: str, *, whole: bool = True) -> Document:
    """The report of a day that goes on (X): it changes nothing.

    For whoever counts the drawer blindly it leaves out all that cash could be reckoned from.
    """
    title = say("Interim report (X)")
    told = _day(day) if whole else _without_cash(day)
    return Document(title, (Heading(title), Text(at_, align=Align.CENTER), *told, Cut()))


def day_end(end: DayEnd, shop: Shop | None) -> Document:
    """The report of a day that ended (Z): with its count, over or short."""
    title = say("Day end (Z)")
    blocks: list[Block] = [Text(shop.name, align=Align.CENTER)] if shop else []
    blocks += [Heading(title), Text(show(end.at), align=Align.CENTER), *_day(end.day)]
    blocks += [LINE, _counted(end), Row(say("Money counted"), show(end.counted.total), bold=True)]
    blocks += [HEAVY, Row(*_over(end), size=2, bold=True), HEAVY]
    blocks += [Row(say("Counts of the drawer"), str(end.counts)), Row(say("Closed by"), end.by)]
    blocks += [Text(end.note)] if end.note else []
    blocks += [Text(say("A difference is never taken from anybody's pay."))] if end.over else []
    blocks += [Space(2), Text(say("Signature: {line}", line="____________")), Cut()]
    return Document(title, tuple(blocks))


def _day(day: Day) -> Iterator[Block]:
    yield from _head(day)
    yield LINE
    yield from _takings(day.takings)
    yield HEAVY
    yield Row(say("Total"), show(day.net), size=2, bold=True)
    yield HEAVY
    yield Row(say("Value of supply"), show(day.net - day.vat))
    yield Row(say("VAT (inside the price)"), show(day.vat))
    yield from _deposits(day)
    yield LINE
    yield Row(say("Float"), show(day.opening.float))
    yield Row(say("Cash that was kept"), show(day.cash.net))
    yield Row(say("Money in"), show(day.paid_in))
    yield Row(say("Money out"), show(-day.paid_out))
    for reason, amount in day.moved:
        yield Row(f"- {reason}", show(amount))
    yield Row(say("Should lie in the drawer"), show(day.expected), bold=True)


def _without_cash(day: Day) -> Iterator[Block]:
    yield from _head(day)
    yield LINE
    yield from _takings(day.beside_the_drawer)
    yield LINE
    yield Text(say(WHY_NO_CASH))


def _head(day: Day) -> Iterator[Block]:
    yield Row(_day_number(day.opening), bold=True)
    yield Row(say("Opened"), show(day.opening.at))
    yield Row(say("By whom"), day.opening.by)
    if day.receipts:
        yield Row(say("Receipts"), day.receipts)
    yield Row(say("Sales"), f"{day.sales:,}")
    yield Row(say("Returns"), f"{day.returns:,}")
    yield Row(say("Coats sold"), f"{day.coats:,}")


def _takings(takings: Iterable[Takings]) -> Iterator[Block]:
    for each in takings:
        yield Row(show(each.kind), show(each.sold))
        if each.deposits:
            yield Row(say("{kind}, deposits", kind=each.kind), show(each.deposits))
        if each.refunded:
            yield Row(say("{kind}, paid back", kind=each.kind), show(-each.refunded))


def _deposits(day: Day) -> Iterator[Block]:
    """Money that is owed to customers until they have their coats."""
    if not day.deposits.any:
        return
    yield LINE
    yield Row(say("Deposits taken"), show(day.deposits.taken))
    yield Row(say("Deposits used at a pick-up"), show(day.deposits.used))
    yield Row(say("Deposits paid back"), show(day.deposits.back))
    yield Row(say("Deposits owed to customers"), show(day.deposits.held), bold=True)


def _counted(end: DayEnd) -> Table:
    figures = Align.RIGHT
    columns = (Column(say("Note or coin")), Column(say("Amount"), figures))
    rows = tuple(
        (f"{worth:,} × {number:,}", f"{worth * number:,}")
        for worth, number in end.counted.pieces
        if number
    )
    return Table(columns, rows)


def _over(end: DayEnd) -> tuple[str, str]:
    if not end.over:
        return say("It comes out exactly"), show(end.over)
    if end.over.won > 0:
        return say("Over"), show(end.over)
    return say("Short"), show(-end.over)


def _plain(amount: Money) -> str:
    return f"{amount.won:,}"
