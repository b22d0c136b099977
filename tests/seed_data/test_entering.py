"""Each act, told to the services: what stands in the house afterwards."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade
from factory.kernel.time import at
from factory.orders import queries as orders
from factory.orders.domain import OrderKind, OrderState
from factory.payroll import queries as pay
from factory.payroll.domain.entered import Item
from factory.people import queries as people
from factory.people.domain import AlreadyLeft, TermsKind
from factory.production import queries as production
from factory.production.domain.outcomes import Outcome
from factory.production.domain.scans import Defect
from factory.security import service as security
from factory.stock import queries as stock
from factory.till import queries as till
from factory.till.domain.drawer import TillClosed
from factory.till.domain.sale import TenderKind
from factory.timeclock import queries as timeclock
from factory.timeclock.domain import PunchKind
from seed_data import opening
from seed_data.acts import (
    Act,
    Bought,
    BroughtBack,
    CashMoved,
    Declared,
    Ended,
    Entered,
    Found,
    Granted,
    Hired,
    Laid,
    Left,
    Missing,
    Ordered,
    Promised,
    Punched,
    Scanned,
    Settled,
    Shipped,
    TillCounted,
    TillOpened,
    Undone,
)
from seed_data.entering import enter
from seed_data.entering.shop import counted
from seed_data.ledger import CASHIER, Ledger
from seed_data.orders import Fate, Make, PlannedLay, PlannedOrder
from seed_data.people import Part, Person
from tests.conftest import Kept
from tests.seed_data.build import chance, person

DAY = date(2026, 11, 24)
MORNING, MOMENT = at(DAY, "07:30"), at(DAY, "09:00")
WOOL = Make("W-2601", ("44", "55", "66", "77", "88"), ("BK", "CA", "GY"), 189_000)
PINE = person(number=1, name="소나무", stations=())
CUTTER = person(number=2, name="가위", part=Part.CUTTER, kind=TermsKind.MONTHLY, rate=3_000_000)


@dataclass
class House:
    """A house that opened this morning."""

    session: Session
    ledger: Ledger

    def tell(self, *acts: Act) -> None:
        for act in acts:
            enter(act, self.session, self.ledger)


def _opened(session: Session) -> Ledger:
    ledger = Ledger()
    opening.fill(session, ledger, chance(), MORNING)
    ledger.operations = catalogue.routing(session, WOOL.style).steps
    for each in (PINE, CUTTER):
        enter(Hired(at=MORNING, person=each, day=DAY), session, ledger)
    return ledger


@pytest.fixture
def house(kept: Kept, session: Session) -> House:
    return House(session, deepcopy(kept(_opened)))


def event(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def order(*, firm: str | None = "목련상사", plies: int = 3) -> PlannedOrder:
    return PlannedOrder(
        place=0,
        kind=OrderKind.CUSTOMER if firm else OrderKind.STOCK,
        firm=firm,
        make=WOOL,
        lays=(PlannedLay((("66", 1),), (("BK", plies),)),),
        due=date(2026, 12, 4),
        fate=Fate.SEWN,
        note="단추는 뿔 단추로",
    )


def scanned(number: int, bundle: str, operation: str, good: int, bad: int = 0) -> Scanned:
    rejects = ((Defect.STAIN, bad),) if bad else ()
    return Scanned(
        at=at(DAY, "10:00"),
        id=event(number),
        person=PINE,
        bundle=bundle,
        operation=operation,
        good=good,
        rejects=rejects,
    )


def cut(house: House, taken: PlannedOrder) -> str:
    """Take, confirm and cut an order of one bundle; its code."""
    lay = taken.lays[0]
    moment = at(DAY, "09:30")
    house.tell(
        Ordered(at=moment, order=taken),
        Promised(at=moment, order=0),
        Laid(at=moment, order=0, lay=lay, plies=lay.plies, centimetres=640, person=CUTTER),
    )
    [(place, bundles)] = house.ledger.cut
    assert place == 0
    return bundles[0].code


def sew(house: House, bundle: str, coats: int) -> None:
    """Enter every step after the cutting table."""
    state = production.bundle(house.session, bundle)
    table = state.way.at_the_table
    steps = [code for code in state.way if code not in table]
    house.tell(*(scanned(n, bundle, code, coats) for n, code in enumerate(steps, 100)))


def code(house: House, grade: Grade = Grade.FIRST) -> str:
    return catalogue.item_of(house.session, WOOL.style, "BK", "66", grade).code


# What is there before the first day


def test_a_house_opens_with_styles_customers_and_last_winters_coats(house: House) -> None:
    assert {s.code for s in catalogue.seasons(house.session)} == {"26FW", "25FW"}
    assert len(house.ledger.customers) == 10
    assert len(orders.customers(house.session)) == 10
    there = stock.all_on_hand(house.session)
    assert there == house.ledger.carried_over
    assert sum(there.values()) >= 30
    named = till.shop(house.session)
    assert named is not None
    assert named.name == "디딤 옷가게"


# People


def test_whoever_is_hired_has_terms_a_badge_and_sealed_papers(house: House) -> None:
    pine = house.ledger.worker(house.session, PINE)
    assert (pine.number, pine.name, pine.hired) == (1, "소나무", DAY)
    [terms] = people.terms_of(house.session, pine.id)
    assert (terms.kind, terms.rate.won, terms.shift_end) == (TermsKind.HOURLY, 12_000, "18:00")
    assert people.badges(house.session)[pine.id] == house.ledger.badges[1]
    uid = people.vault_uid(house.session, pine.id)
    sealed = security.sealed_fields(house.session, "worker", uid)
    assert sealed == {"legal_name", "birth_date", "phone", "bank_account"}


def test_short_weeks_end_earlier(house: House) -> None:
    short = person(number=3, name="달래", weekly_hours=25)
    house.tell(Hired(at=MORNING, person=short, day=DAY))
    [terms] = people.terms_of(house.session, house.ledger.workers[3])
    assert (terms.weekly_hours, terms.shift_end) == (25, "14:30")


def test_what_somebody_declares_and_is_promised_stands_on_her_payslip(house: House) -> None:
    house.tell(
        Declared(at=MOMENT, person=PINE, day=DAY), Declared(at=MOMENT, person=CUTTER, day=DAY)
    )
    month = DAY.replace(day=1)
    house.tell(Granted(at=MOMENT, person=PINE, month=month, item=Item.CHUSEOK, won=200_000))
    pine = house.ledger.worker(house.session, PINE)
    [facts] = pay.facts_of(house.session, pine.id)
    assert (facts.since, facts.family_members, facts.production_worker) == (DAY, 2, True)
    cutter = house.ledger.workers[CUTTER.number]
    assert {each.pay.won for each in pay.reported_of(house.session, cutter)} == {3_000_000}
    slip = pay.entry(house.session, pine, month).slip
    lines = {line.code: line.amount for line in slip.earnings}
    assert lines["bonus.chuseok"] == 200_000
    assert lines["allowance.meal"] == 100_000
    assert slip.non_taxable == 100_000


def test_a_cutter_knows_the_table_and_a_sewer_her_stations(house: House) -> None:
    def known(one: Person) -> set[str]:
        return set(people.skills(house.session, house.ledger.workers[one.number]))

    assert known(CUTTER) >= {"C01", "C05"}
    assert known(PINE) == set()


def test_punches_are_kept_and_a_forgotten_one_is_entered_by_the_supervisor(house: House) -> None:
    came, went = at(DAY, "08:55"), at(DAY, "18:02")
    house.tell(
        Punched(at=came, person=PINE, kind=PunchKind.IN, id=event(1)),
        Entered(at=at(DAY, "20:00"), person=PINE, moment=went),
    )
    [shift] = timeclock.shifts(house.session, house.ledger.workers[1], DAY, DAY)
    assert (shift.start, shift.end) == (came, went)


def test_whoever_left_has_left(house: House) -> None:
    house.tell(Left(at=at(DAY, "20:30"), person=PINE, day=DAY))
    assert house.ledger.worker(house.session, PINE).left == DAY
    with pytest.raises(AlreadyLeft):
        house.tell(Left(at=at(DAY, "20:31"), person=PINE, day=DAY))


# From order to rail


def test_an_order_is_taken_with_its_table_and_confirmed(house: House) -> None:
    house.tell(Ordered(at=MOMENT, order=order()))
    taken = orders.order(house.session, house.ledger.orders[0])
    assert taken.state is OrderState.DRAFT
    assert taken.customer is not None
    assert taken.customer.name == "목련상사"
    assert [(line.colour, line.cells) for line in taken.lines] == [("BK", (("66", 3),))]
    assert (taken.lines[0].price.won, taken.note) == (113_000, "단추는 뿔 단추로")
    house.tell(Promised(at=MOMENT, order=0))
    assert orders.order(house.session, taken.number).state is OrderState.CONFIRMED


def test_a_lay_becomes_bundles_and_counts_for_who_cut(house: House) -> None:
    bundle = cut(house, order())
    state = production.bundle(house.session, bundle)
    assert state.bundle.quantity == 3
    worker = house.ledger.workers[2]
    pieces = production.pieces(house.session, worker, DAY, DAY)
    assert {piece.operation: piece.count for piece in pieces} == dict.fromkeys(
        ("C01", "C02", "C03", "C04", "C05"), 3
    )


def test_scans_bring_coats_to_the_rail_and_the_customer(house: House) -> None:
    bundle = cut(house, order())
    sew(house, bundle, 3)
    assert stock.on_hand(house.session, code(house)) == 3
    number = house.ledger.orders[0]
    assert orders.order(house.session, number).state is OrderState.COMPLETE
    moment = at(DAY, "15:00")
    house.tell(Shipped(at=moment, id=event(9), order=0, cells=(("BK", "66", 3),)))
    assert stock.on_hand(house.session, code(house)) == 0
    assert orders.order(house.session, number).state is OrderState.CLOSED


def test_season_stock_is_closed_when_it_is_complete(house: House) -> None:
    sew(house, cut(house, order(firm=None)), 3)
    house.tell(Ended(at=at(DAY, "15:00"), order=0, reason=""))
    assert orders.order(house.session, house.ledger.orders[0]).state is OrderState.CLOSED
    assert stock.on_hand(house.session, code(house)) == 3


def test_an_entry_is_taken_back_by_who_made_it(house: House) -> None:
    bundle = cut(house, order())
    house.tell(scanned(1, bundle, "C06", 2))
    house.tell(Undone(at=at(DAY, "10:01"), id=event(1), person=PINE))
    assert dict(production.bundle(house.session, bundle).ready)["C06"] == 3


@pytest.mark.parametrize(
    ("outcome", "alive", "rework"),
    [(Outcome.REPAIRED, 3, 0), (Outcome.SCRAPPED, 2, 0)],
)
def test_a_rejected_piece_is_decided(
    house: House, outcome: Outcome, alive: int, rework: int
) -> None:
    bundle = cut(house, order())
    house.tell(scanned(1, bundle, "C06", 2, bad=1))
    decided = Settled(
        at=at(DAY, "11:00"),
        id=event(2),
        person=PINE,
        bundle=bundle,
        operation="C06",
        outcome=outcome,
        reason="고칠 수 없음",
    )
    house.tell(decided)
    state = production.bundle(house.session, bundle)
    assert state.progress.alive == alive
    assert sum(step.rework for step in state.progress.steps.values()) == rework


def test_a_lost_piece_is_missing_until_it_is_found(house: House) -> None:
    bundle = cut(house, order())
    house.tell(Missing(at=at(DAY, "11:00"), id=event(1), bundle=bundle))
    assert production.bundle(house.session, bundle).progress.lost == 1
    house.tell(Found(at=at(DAY, "12:00"), id=event(2), bundle=bundle))
    assert production.bundle(house.session, bundle).progress.lost == 0


# The shop


def opened(house: House) -> str:
    """Open the till; a coat of last winter that can be sold."""
    house.tell(TillOpened(at=at(DAY, "09:30"), float=300_000))
    return next(c for c, n in sorted(house.ledger.carried_over.items()) if n > 2)


def bought(house: House, coat: str, *tenders: tuple[TenderKind, int], discount: int = 0) -> None:
    house.tell(
        Bought(
            at=at(DAY, "10:00"),
            id=event(1),
            lines=((coat, 1, discount),),
            tenders=tenders,
            identifier=None if tenders[0][0] is TenderKind.CARD else "010-0000-1234",
        )
    )


def test_a_sale_leaves_the_rail_and_its_receipt_is_known(house: House) -> None:
    coat = opened(house)
    before = stock.on_hand(house.session, coat)
    bought(house, coat, (TenderKind.CARD, 139_000), discount=10_000)
    assert stock.on_hand(house.session, coat) == before - 1
    receipt = till.receipt(house.session, house.ledger.receipts[event(1)])
    assert (receipt.total.won, receipt.by) == (139_000, CASHIER.name)
    assert receipt.cash_receipt is None


def test_cash_gives_change_and_a_cash_receipt(house: House) -> None:
    bought(house, opened(house), (TenderKind.CASH, 150_000))
    receipt = till.receipt(house.session, house.ledger.receipts[event(1)])
    assert receipt.change.won == 1_000
    assert receipt.cash_receipt is not None
    assert "1234" in receipt.cash_receipt.identifier


def test_what_was_bought_can_come_back(house: House) -> None:
    coat = opened(house)
    bought(house, coat, (TenderKind.CASH, 149_000))
    house.tell(BroughtBack(at=at(DAY, "12:00"), id=event(2), sale=event(1), reason="치수"))
    assert stock.on_hand(house.session, coat) == house.ledger.carried_over[coat]
    assert till.today(house.session).net.won == 0


@pytest.mark.parametrize("over", [0, -1_000, 500])
def test_the_drawer_is_counted_over_or_short(house: House, over: int) -> None:
    bought(house, opened(house), (TenderKind.CASH, 150_000))
    house.tell(
        CashMoved(at=at(DAY, "17:00"), id=event(3), amount=100_000, reason="은행", out=True),
        TillCounted(at=at(DAY, "17:50"), over=over),
    )
    [end] = till.day_ends(house.session)
    closed = till.day_end(house.session, end.number)
    assert closed.over.won == over
    assert closed.counted.total.won == 300_000 + 149_000 - 100_000 + over
    more = CashMoved(at=at(DAY, "18:00"), id=event(4), amount=1_000, reason="은행", out=False)
    with pytest.raises(TillClosed):
        house.tell(more)


@pytest.mark.parametrize(("won", "notes"), [(0, {}), (161_560, {50_000: 3, 10_000: 1, 1_000: 1})])
def test_money_is_counted_in_few_notes(won: int, notes: dict[int, int]) -> None:
    found = counted(won)
    assert found.total.won == won
    pieces = dict(found.pieces)
    assert all(pieces[worth] == number for worth, number in notes.items())


def test_an_act_that_nobody_knows_is_a_mistake(house: House) -> None:
    with pytest.raises(TypeError, match="nobody enters Act"):
        house.tell(Act(at=MORNING))
