"""Whatever happens, balances are the sums of their movements and never below zero (R8)."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.security.domain import SYSTEM
from factory.stock import queries, service
from factory.stock.records import BalanceRow, MovementRow
from tests.catalogue.build import BEGUN
from tests.stock.build import make_item, make_stock

LOTS = ("2026-0001/1/66", "2026-0002/1/66", "2026-0003/1/66")
REFS = ("31", "32")
ACTS = ("receive", "take_back", "ship", "sell", "give_back", "scrap", "count")
ENTRY = st.tuples(
    st.sampled_from(ACTS),
    st.integers(0, 1),
    st.integers(0, 6),
    st.sampled_from(LOTS),
    st.sampled_from(REFS),
)


def act(session: Session, code: str, name: str, quantity: int, lot: str, ref: str) -> None:
    event = new_id()
    match name:
        case "receive":
            make_stock(session, code, quantity, lot, for_customer=lot == LOTS[0], at=BEGUN)
        case "take_back":
            service.take_back(session, code, quantity, lot, event_id=event, by=SYSTEM, at=BEGUN)
        case "ship":
            service.ship(session, code, quantity, lot, ref, event_id=event, by=SYSTEM, at=BEGUN)
        case "sell":
            service.sell(session, code, quantity, ref, event_id=event, by=SYSTEM, at=BEGUN)
        case "give_back":
            service.give_back(session, code, quantity, ref, event_id=event, by=SYSTEM, at=BEGUN)
        case "scrap":
            service.scrap(session, code, quantity, "moths", event_id=event, by=SYSTEM, at=BEGUN)
        case _:
            service.count(session, code, quantity, "counted", by=SYSTEM, at=BEGUN)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(entries=st.lists(ENTRY, max_size=25), where=st.integers(0, 1), by=st.integers(1, 5))
def test_balances_are_the_sums_of_movements(
    session: Session,
    entries: list[tuple[str, int, int, str, str]],
    where: int,
    by: int,
) -> None:
    with session.begin_nested() as attempt:
        codes = (make_item(session).code, make_item(session, colour="CA").code)
        for name, which, quantity, lot, ref in entries:
            with suppress(Refused):
                act(session, codes[which], name, quantity, lot, ref)
            check(session, codes)
        tamper(session, codes[where], by)
        attempt.rollback()


def check(session: Session, codes: tuple[str, ...]) -> None:
    assert queries.recomputed(session) == ()
    balances = session.scalars(select(BalanceRow.on_hand)).all()
    assert all(there >= 0 for there in balances)
    for code in codes:
        moved = select(func.sum(MovementRow.quantity)).where(MovementRow.item == code)
        assert queries.on_hand(session, code) == (session.scalar(moved) or 0)
        assert sum(balance.on_hand for balance in queries.lots(session, code)) == queries.on_hand(
            session, code
        )
    cells = queries.cell_balances(session, LOTS).values()
    for cell in cells:
        assert min(cell.first, cell.second, cell.shipped, cell.sold, cell.scrapped, cell.lost) >= 0


def tamper(session: Session, code: str, by: int) -> None:
    """Somebody changes a balance past the services; the replay finds it."""
    statement = update(BalanceRow).where(BalanceRow.item == code)
    session.execute(statement.values(on_hand=BalanceRow.on_hand + by))
    rows = session.scalars(select(BalanceRow.lot).where(BalanceRow.item == code)).all()
    found = {difference.key for difference in queries.recomputed(session)}
    assert found == {f"{code} {lot}".strip() for lot in rows}
