"""Alterations from the day they are taken in until they are picked up: deposit, rest, tax."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.kernel.money import ZERO, Money
from factory.kernel.time import now, today
from factory.kernel.words import say, show
from factory.security.domain import SYSTEM
from factory.till import queries, service
from factory.till.domain.drawer import Deposits, NotThatMuch, TillClosed
from factory.till.domain.receipt import NewReturn, Slip
from factory.till.domain.refund import NoCoatOnIt, ThatIsADeposit
from factory.till.domain.sale import LineKind, NotEnoughPaid, TenderKind, TooMuchByCard, vat_inside
from factory.till.domain.ticket import (
    DepositMissing,
    DepositTooLarge,
    FittingInThePast,
    NotReadyYet,
    NotThatWay,
    NoWork,
    PickedUpAlready,
    PromiseInThePast,
    Task,
    TicketCancelled,
    TicketState,
    TicketUnknown,
    WhichCoat,
    WhyCancelled,
    WorkBelowZero,
    WorkHasNoName,
)
from factory.till.records import ReceiptRow, TicketRow
from printers.document import Row
from tests.till.build import FLOAT, card, cash, make_count, make_till, papers, transfer
from tests.till.tickets import (
    PRICE_OF_BOTH,
    cancel,
    make_new_ticket,
    make_payment,
    make_ready,
    make_ticket,
    pay_deposit,
    pick_up,
    take_in,
)

DEPOSIT, REST = 10_000, PRICE_OF_BOTH - 10_000
RATE = Fraction(1, 10)


@pytest.fixture(autouse=True)
def opened(session: Session, clock: time_machine.Traveller) -> None:
    make_till(session)


def rows(session: Session) -> tuple[int | None, int | None]:
    """How many tickets and receipts there are."""
    tickets = session.scalar(select(func.count()).select_from(TicketRow))
    return tickets, session.scalar(select(func.count()).select_from(ReceiptRow))


def test_a_ticket_says_what_is_done_until_when_and_for_how_much(session: Session) -> None:
    ticket = make_ticket(session, rush=True, customer=17, note="검은 실로")
    assert (ticket.number, ticket.price, ticket.open) == (1, Money(PRICE_OF_BOTH), ticket.price)
    assert [task.how for task in ticket.tasks] == ["-2.0 cm", "-3.5 cm"]
    assert (ticket.state, ticket.rush, ticket.customer) == (TicketState.TAKEN, True, 17)
    assert queries.ticket_number(session, ticket.code) == queries.ticket_number(session, "1") == 1


def test_a_deposit_is_money_owed_until_the_coat_is_picked_up(session: Session) -> None:
    done = take_in(session, deposit=make_payment(DEPOSIT, cash(50_000)))
    assert done.receipt is not None
    assert (done.receipt.kind, done.receipt.change) == (Slip.DEPOSIT, Money(40_000))
    day = queries.today(session)
    assert day.deposits == Deposits(taken=Money(DEPOSIT), held=Money(DEPOSIT))
    assert (day.sales, day.coats, day.expected) == (0, 0, Money(FLOAT + DEPOSIT))
    make_ready(session, done.ticket)
    slip = pick_up(session, done.ticket, make_payment(REST, card(REST)))
    assert [line.kind for line in slip.lines] == [LineKind.WORK, LineKind.WORK, LineKind.DEPOSIT]
    assert (slip.total, slip.lines[-1].amount) == (Money(REST), Money(-DEPOSIT))
    day = queries.today(session)
    assert day.deposits == Deposits(taken=Money(DEPOSIT), used=Money(DEPOSIT))
    assert (day.sales, day.net, day.expected) == (1, Money(PRICE_OF_BOTH), Money(FLOAT + DEPOSIT))
    assert queries.ticket(session, 1).state is TicketState.PICKED_UP
    assert queries.recomputed(session) == ()


def test_the_tax_of_deposits_and_rest_is_that_of_the_whole_price(session: Session) -> None:
    ticket = take_in(session, deposit=make_payment(3_333)).ticket
    pay_deposit(session, ticket, make_payment(7))
    make_ready(session, ticket)
    pick_up(session, ticket, make_payment(PRICE_OF_BOTH - 3_340))
    vat = Money.total(session.scalars(select(ReceiptRow.vat)))
    assert vat == vat_inside(Money(PRICE_OF_BOTH), RATE) == queries.today(session).vat


def test_what_was_paid_in_full_before_is_handed_over_without_money(session: Session) -> None:
    ticket = take_in(session, deposit=make_payment(PRICE_OF_BOTH, transfer(PRICE_OF_BOTH))).ticket
    make_ready(session, ticket)
    slip = service.pick_up(session, 1, service_payment_of_nothing(), by=SYSTEM, at=now()).receipt
    assert (slip.total, slip.vat, slip.paid) == (ZERO, ZERO, ())


def service_payment_of_nothing() -> Any:
    payment = make_payment(0)
    return type(payment)(payment.id, ZERO, ())


def test_a_cancelled_ticket_gives_each_deposit_back_the_way_it_was_paid(session: Session) -> None:
    ticket = take_in(session, deposit=make_payment(DEPOSIT, card(DEPOSIT))).ticket
    pay_deposit(session, ticket, make_payment(5_000))
    back = cancel(session, ticket)
    assert [(slip.sale, slip.total) for slip in back] == [(1, Money(-DEPOSIT)), (2, Money(-5_000))]
    assert [each.kind.value for slip in back for each in slip.paid] == ["card", "cash"]
    day = queries.today(session)
    assert (day.net, day.vat, day.deposits.held) == (ZERO, ZERO, ZERO)
    assert day.deposits.back == Money(DEPOSIT + 5_000)
    assert queries.recomputed(session) == ()


def test_the_same_id_again_takes_in_and_pays_nothing_twice(session: Session) -> None:
    new = make_new_ticket(deposit=make_payment(DEPOSIT))
    first, again = (service.take_in(session, new, by=SYSTEM, at=now()) for _ in "12")
    assert (first.again, again.again, again.ticket.number) == (False, True, 1)
    more = make_payment(2_000)
    assert [pay_deposit(session, first.ticket, more).again for _ in "12"] == [False, True]
    make_ready(session, first.ticket)
    rest = make_payment(REST - 2_000)
    assert pick_up(session, first.ticket, rest) == pick_up(session, first.ticket, rest)
    assert rows(session) == (1, 3)


def test_a_ticket_comes_along_step_by_step_with_who_and_when(session: Session) -> None:
    ticket = make_ticket(session)
    for state in (TicketState.AT_WORK, TicketState.READY, TicketState.AT_WORK, TicketState.READY):
        found = service.move_ticket(session, ticket.number, state, by=SYSTEM, at=now())
        assert found.state is state
    steps = queries.ticket(session, 1).steps
    assert [step.state.value for step in steps] == [
        "taken", "at_work", "ready", "at_work", "ready",
    ]  # fmt: skip
    assert {step.by for step in steps} == {"didim"}


def test_a_fitting_is_noted_and_held_once(session: Session, clock: time_machine.Traveller) -> None:
    ticket = make_ticket(session)
    when = now() + timedelta(days=1)
    service.plan_fitting(session, ticket.number, when, by=SYSTEM, at=now())
    found = service.plan_fitting(session, ticket.number, when, by=SYSTEM, at=now())
    assert len(found.fittings) == 1
    assert found.next_fitting is not None
    one = found.next_fitting.id
    first = service.hold_fitting(session, 1, one, at=when)
    again = service.hold_fitting(session, 1, one, at=when + timedelta(hours=1))
    assert first.fittings == again.fittings
    assert again.next_fitting is None


def test_another_day_is_promised_and_lateness_is_told(
    session: Session, clock: time_machine.Traveller
) -> None:
    ticket = make_ticket(session, promised=today())
    clock.shift(timedelta(days=1))
    assert queries.ticket(session, 1).is_late(today())
    later = today() + timedelta(days=2)
    found = service.promise_anew(session, ticket.number, later, "실이 없음", by=SYSTEM, at=now())
    assert not found.is_late(today())
    assert found.promised == later


def test_what_is_ready_and_promised_first_stands_first(session: Session) -> None:
    late = make_ticket(session, promised=today() + timedelta(days=5))
    soon = make_ticket(session, promised=today() + timedelta(days=1))
    rush = make_ticket(session, promised=today() + timedelta(days=1), rush=True)
    assert [each.number for each in queries.tickets(session)] == [
        rush.number, soon.number, late.number,
    ]  # fmt: skip
    assert queries.tickets(session, [TicketState.READY]) == ()


def test_the_day_s_report_says_what_is_owed_to_customers(session: Session) -> None:
    take_in(session, deposit=make_payment(DEPOSIT))
    end = service.close_day(session, make_count(FLOAT + DEPOSIT), by=SYSTEM, at=now())
    assert (end.over, end.day.deposits.held) == (ZERO, Money(DEPOSIT))
    make_till(session)
    cancel(session, queries.ticket(session, 1))
    past = queries.day_end(session, end.day.opening.number).day
    assert past.deposits == Deposits(taken=Money(DEPOSIT), held=Money(DEPOSIT))
    report = next(each for each in papers(session) if each.title == say("Day end (Z)"))
    sums = {each.left: each.right for each in report.blocks if isinstance(each, Row)}
    assert sums[say("Deposits owed to customers")] == show(Money(DEPOSIT))
    assert sums[say("{kind}, deposits", kind=TenderKind.CASH)] == show(Money(DEPOSIT))


def test_a_deposit_s_receipt_does_not_bring_coats_back(session: Session) -> None:
    ticket = take_in(session, deposit=make_payment(DEPOSIT)).ticket
    make_ready(session, ticket)
    done = pick_up(session, ticket, make_payment(REST))
    for number, refusal in ((1, ThatIsADeposit), (done.number, NoCoatOnIt)):
        with pytest.raises(refusal):
            service.give_back(session, NewReturn(new_id(), number, {1: 1}), by=SYSTEM, at=now())


LONG = Task("x", "", Money(-1))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"tasks": ()}, NoWork),
        ({"tasks": (Task(""),)}, NoWork),
        ({"tasks": (Task("", "-2 cm", Money(1)),)}, WorkHasNoName),
        ({"tasks": (LONG,)}, WorkBelowZero),
        ({"coat": " "}, WhichCoat),
        ({"days": -1}, PromiseInThePast),
        ({"paid": PRICE_OF_BOTH + 1}, DepositTooLarge),
        ({"paid": 0}, DepositMissing),
        ({"paid": -1}, DepositMissing),
    ],
    ids=lambda value: getattr(value, "__name__", None) or str(next(iter(value))),
)
def test_what_can_t_be_taken_in_is_refused_and_nothing_is_written(
    session: Session, changes: dict[str, Any], refusal: type[Refused]
) -> None:
    changes = dict(changes)  # the next engine is given the same
    days, paid = changes.pop("days", 3), changes.pop("paid", None)
    given = changes | {"promised": today() + timedelta(days=days)}
    if paid is not None:
        given["deposit"] = make_payment(paid)
    with pytest.raises(refusal), session.begin_nested():
        take_in(session, **given)
    assert rows(session) == (0, 0)


def test_too_little_and_too_much_by_card_are_refused_at_a_pick_up(session: Session) -> None:
    ticket = make_ready(session, take_in(session, deposit=make_payment(DEPOSIT)).ticket)
    for tenders, refusal in (
        ((cash(REST - 1),), NotEnoughPaid),
        ((card(REST + 1),), TooMuchByCard),
        ((), NotEnoughPaid),
    ):
        payment = type(make_payment(0))(new_id(), Money(REST), tenders)
        with pytest.raises(refusal), session.begin_nested():
            pick_up(session, ticket, payment)
    assert queries.ticket(session, 1).state is TicketState.READY
    assert rows(session) == (1, 1)


def test_what_is_not_ready_is_not_handed_over_and_what_ended_moves_no_more(
    session: Session,
) -> None:
    ticket = make_ticket(session)
    with pytest.raises(NotReadyYet):
        pick_up(session, ticket, make_payment(PRICE_OF_BOTH))
    make_ready(session, ticket)
    with pytest.raises(NotThatWay):
        make_ready(session, ticket)
    pick_up(session, ticket, make_payment(PRICE_OF_BOTH))
    for act in (
        lambda: cancel(session, ticket),
        lambda: pick_up(session, ticket, make_payment(1)),
        lambda: pay_deposit(session, ticket, make_payment(1)),
        lambda: make_ready(session, ticket),
    ):
        with pytest.raises(PickedUpAlready):
            act()
    other = make_ticket(session)
    with pytest.raises(WhyCancelled):
        cancel(session, other, " ")
    cancel(session, other)
    with pytest.raises(TicketCancelled):
        cancel(session, other)


def test_a_closed_till_takes_no_deposit_but_a_ticket_without_one(session: Session) -> None:
    service.close_day(session, make_count(FLOAT), by=SYSTEM, at=now())
    assert make_ticket(session).number == 1
    with pytest.raises(TillClosed), session.begin_nested():
        take_in(session, deposit=make_payment(DEPOSIT))
    assert rows(session) == (1, 0)


def test_a_deposit_in_cash_goes_back_only_where_so_much_lies_in_the_drawer(
    session: Session,
) -> None:
    ticket = take_in(session, deposit=make_payment(DEPOSIT)).ticket
    service.move_cash(
        session, Money(FLOAT + 1), "bank", out=True, event_id=new_id(), by=SYSTEM, at=now()
    )
    with pytest.raises(NotThatMuch), session.begin_nested():
        cancel(session, ticket)
    assert queries.ticket(session, 1).state is TicketState.TAKEN


def test_fittings_in_the_past_and_unknown_tickets_are_refused(session: Session) -> None:
    make_ticket(session)
    with pytest.raises(FittingInThePast):
        service.plan_fitting(session, 1, now() - timedelta(minutes=1), by=SYSTEM, at=now())
    with pytest.raises(TicketUnknown):
        make_ready(session, type(queries.ticket(session, 1))(**_other(session)))
    with pytest.raises(TicketUnknown):
        queries.ticket_number(session, "99")


def _other(session: Session) -> dict[str, Any]:
    known = queries.ticket(session, 1)
    return {name: getattr(known, name) for name in known.__slots__} | {"number": 9}
