"""Random days at the till: the drawer, the receipts, the close, the rail and the tax agree."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.security.domain import SYSTEM
from factory.stock import queries as stock
from factory.till import queries, service
from factory.till.domain.discount import OffFor
from factory.till.domain.exchange import NewExchange
from factory.till.domain.figures import Cut
from factory.till.domain.receipt import Fate, NewReturn, NewSale, Receipt
from factory.till.domain.sale import Tender, TenderKind, Wanted
from factory.till.domain.ticket import Ticket
from factory.till.records import ReceiptRow
from tests.till.build import PRICE, make_coat, make_count, make_till
from tests.till.tickets import cancel, make_payment, make_ready, pick_up, take_in

THERE = 12
TICKET = "00000000-0000-4000-8000-{:012d}"
ACT = st.tuples(
    st.sampled_from(
        ["sell", "sell", "back", "exchange", "in", "out", "close", "deposit", "pick_up", "cancel"]
    ),
    st.integers(0, 3),
    st.integers(0, 40),
    st.sampled_from(list(TenderKind)),
    st.sampled_from(list(Fate)),
)
Act = tuple[str, int, int, TenderKind, Fate]


@dataclass
class Model:
    """The drawer and the rail by the rules in plain words."""

    drawer: int
    rail: int = 2 * THERE
    sold: list[Receipt] = field(default_factory=list)
    net: int = 0
    """What all receipts come to."""
    tickets: list[Ticket] = field(default_factory=list)
    held: int = 0
    """Deposits that are owed to customers."""


def tenders(total: int, cash: int, other: TenderKind) -> tuple[Tender, ...]:
    """A part in cash, handed over in notes, and the rest by another tender."""
    part = min(total, cash * 10_000)
    rest = total - part
    if other is TenderKind.CASH:
        return (Tender(other, Money(-(-total // 10_000) * 10_000)),)
    return (Tender(TenderKind.CASH, Money(part)), Tender(other, Money(rest)))


def cash_of(receipt: Receipt) -> int:
    return sum(each.kept.won for each in receipt.paid if each.kind is TenderKind.CASH)


def sell(session: Session, model: Model, coats: tuple[str, ...], act: Act) -> None:
    _, number, amount, kind, _ = act
    off = amount * 1_000
    line = Wanted(coats[number % 2], 1 + number // 2)
    total = PRICE * line.quantity - off
    paid = tenders(total, amount, kind)
    new = NewSale(new_id(), (line,), paid, off=Money(off), why=OffFor.REGULAR)
    done = [service.sell(session, new, by=SYSTEM, at=now(), received=now()) for _ in "12"]
    assert [each.again for each in done] == [False, True]
    receipt = done[0].sale
    model.rail -= line.quantity
    model.drawer += cash_of(receipt)
    model.net += total
    model.sold.append(receipt)


def give_back(session: Session, model: Model, act: Act) -> None:
    _, number, _, _, fate = act
    sale = model.sold[number % len(model.sold)]
    new = NewReturn(new_id(), sale.number, {1: 1}, fate=fate)
    back = [service.give_back(session, new, by=SYSTEM, at=now()) for _ in "12"][1].receipt
    model.rail += fate is not Fate.SCRAP
    model.drawer += cash_of(back)
    model.net += back.total.won


def exchange(session: Session, model: Model, coats: tuple[str, ...], act: Act) -> None:
    _, number, _, _, fate = act
    sale = model.sold[number % len(model.sold)]
    back = NewReturn(new_id(), sale.number, {1: 1}, fate=fate)
    paid = (Tender(TenderKind.CASH, Money(PRICE)),) if number % 2 else ()
    lines = (Wanted(coats[number % 2]),)
    new = NewExchange(back, NewSale(new_id(), lines, paid))
    done = service.exchange(session, new, by=SYSTEM, at=now())
    model.rail += (fate is not Fate.SCRAP) - 1
    model.drawer += cash_of(done.back) + cash_of(done.sale)
    model.net += done.back.total.won + done.sale.total.won
    model.sold.append(done.sale)


def deposit(session: Session, model: Model, act: Act) -> None:
    """An alteration is taken in, and a part of its price is paid before."""
    _, number, amount, kind, _ = act
    won = 10 * (1 + amount * 80 + number)  # the smallest coin is ten won
    payment = make_payment(won, Tender(kind, Money(won)))
    done = [take_in(session, id=TICKET.format(len(model.tickets)), deposit=payment) for _ in "12"]
    assert [each.again for each in done] == [False, True]
    model.tickets.append(done[0].ticket)
    model.held += won
    model.net += won
    model.drawer += won if kind is TenderKind.CASH else 0


def settle(session: Session, model: Model, act: Act) -> None:
    """The rest is paid and the coat handed over, or nothing comes of it and it goes back."""
    name, number, _, kind, _ = act
    ticket = queries.ticket(session, model.tickets[number % len(model.tickets)].number)
    if name == "cancel":
        back = cancel(session, ticket)
        model.drawer += sum(cash_of(each) for each in back)
        model.net += sum(each.total.won for each in back)
    else:
        make_ready(session, ticket)
        rest = ticket.open
        slip = pick_up(session, ticket, make_payment(rest.won, Tender(kind, rest)))
        model.drawer += cash_of(slip)
        model.net += rest.won
    model.held -= ticket.paid.won


def do(session: Session, model: Model, coats: tuple[str, ...], act: Act) -> None:
    """One act, in the house and in the model; what the house refuses changes neither."""
    name, _, amount, _, _ = act
    if name == "sell":
        sell(session, model, coats, act)
    elif name == "back" and model.sold:
        give_back(session, model, act)
    elif name == "exchange" and model.sold:
        exchange(session, model, coats, act)
    elif name == "deposit":
        deposit(session, model, act)
    elif name in {"pick_up", "cancel"} and model.tickets:
        settle(session, model, act)
    elif name in {"in", "out"}:
        out = name == "out"
        moved = service.move_cash(
            session, Money(amount * 1_000), "why", out=out, event_id=new_id(), by=SYSTEM, at=now()
        )
        model.drawer += moved.won
    elif name == "close":
        end = service.close_day(session, make_count(model.drawer), by=SYSTEM, at=now())
        assert end.over.won == 0
        make_till(session, model.drawer)


def agree(session: Session, model: Model, coats: tuple[str, ...]) -> None:
    assert queries.today(session).expected == Money(model.drawer)
    assert queries.today(session).deposits.held == Money(model.held)
    numbers = session.scalars(select(ReceiptRow.number).order_by(ReceiptRow.number)).all()
    assert list(numbers) == list(range(1, len(numbers) + 1))
    receipts = session.scalars(select(ReceiptRow)).all()
    assert sum(row.total.won for row in receipts) == model.net


def all_of_it(session: Session, model: Model) -> None:
    """Receipts, kept sums of the days, the rail and the tax, at the end."""
    figures = queries.figures(session, today().replace(month=1, day=1), today())
    kept = {cut: sum(each.total.won for each in figures if each.cut is cut) for cut in Cut}
    kept[Cut.COAT] += kept.pop(Cut.OTHER)
    assert set(kept.values()) == {model.net}
    vat = session.scalars(select(ReceiptRow)).all()
    days = [each for each in figures if each.cut is Cut.DAY]
    assert sum(row.vat.won for row in vat) == sum(each.vat.won for each in days)
    assert sum(stock.all_on_hand(session).values()) == model.rail
    assert queries.recomputed(session) == ()
    assert stock.recomputed(session) == ()


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(ACT, min_size=6, max_size=14))
def test_drawer_receipts_close_rail_and_tax_agree_at_every_moment(
    session: Session, acts: list[Act]
) -> None:
    with session.begin_nested() as attempt:
        coats = make_coat(session, THERE), make_coat(session, THERE, colour="CA")
        model = Model(make_till(session).float.won)
        for act in acts:
            try:
                with session.begin_nested():
                    do(session, model, coats, act)
            except Refused:
                pass
            agree(session, model, coats)
        if session.scalar(select(func.count()).select_from(ReceiptRow)):
            all_of_it(session, model)
        attempt.rollback()
