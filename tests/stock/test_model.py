"""The rail against a model of it: a dictionary of lots, moved by the rules in plain words."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.security.domain import SYSTEM
from factory.stock import queries, service
from tests.catalogue.build import BEGUN
from tests.stock.build import make_item, make_stock

CUSTOMERS, SEASON, LATER = "2026-0001/1/66", "2026-0002/1/66", "2026-0003/1/66"
LOTS = (CUSTOMERS, SEASON, LATER)
Lots = tuple[tuple[str, int], ...]


class Impossible(Exception):
    """The model can't do this."""


@dataclass
class Model:
    """Lots as they hang: the oldest first, customers' own behind the season's."""

    there: dict[str, int] = field(default_factory=dict)
    sold: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def receive(self, lot: str, number: int) -> Lots:
        if number < 1:
            raise Impossible
        self.there[lot] = self.there.get(lot, 0) + number
        return ((lot, number),)

    def take(self, number: int, lots: list[str]) -> Lots:
        if number < 1 or number > sum(self.there.get(lot, 0) for lot in lots):
            raise Impossible
        taken = []
        for lot in lots:
            part = min(self.there.get(lot, 0), number)
            number -= part
            if part:
                self.there[lot] -= part
                taken.append((lot, part))
        return tuple(taken)

    def in_turn(self) -> list[str]:
        return sorted(self.there, key=lambda lot: lot == CUSTOMERS)

    def sell(self, ref: str, number: int) -> Lots:
        taken = self.take(number, self.in_turn())
        self.sold.setdefault(ref, []).extend(taken)
        return taken

    def give_back(self, ref: str, number: int) -> None:
        sold = sum(n for _, n in self.sold.get(ref, []))
        if number < 1 or number > sold:
            raise Impossible


ENTRY = st.tuples(
    st.sampled_from(["receive", "take_back", "ship", "sell", "give_back"]),
    st.sampled_from(LOTS),
    st.sampled_from(["31", "32"]),
    st.integers(0, 5),
)
Entry = tuple[str, str, str, int]


def in_the_model(model: Model, entry: Entry) -> Lots | None:
    name, lot, ref, number = entry
    match name:
        case "receive":
            return model.receive(lot, number)
        case "sell":
            return model.sell(ref, number)
        case "give_back":
            model.give_back(ref, number)
            return None
        case _:
            return model.take(number, [lot])


def in_the_house(session: Session, code: str, entry: Entry) -> Lots:
    name, lot, ref, number = entry
    event = new_id()
    match name:
        case "receive":
            make_stock(session, code, number, lot, for_customer=lot == CUSTOMERS, at=BEGUN)
            return ((lot, number),)
        case "take_back":
            return service.take_back(
                session, code, number, lot, event_id=event, by=SYSTEM, at=BEGUN
            )
        case "ship":
            return service.ship(
                session, code, number, lot, ref, event_id=event, by=SYSTEM, at=BEGUN
            )
        case "sell":
            return service.sell(session, code, number, ref, event_id=event, by=SYSTEM, at=BEGUN)
        case _:
            return service.give_back(
                session, code, number, ref, event_id=event, by=SYSTEM, at=BEGUN
            )


def both(session: Session, code: str, model: Model, entry: Entry) -> None:
    """Do it in both; they agree on whether it can be done and from which lots."""
    try:
        expected = in_the_model(model, entry)
    except Impossible:
        try:
            in_the_house(session, code, entry)
        except Refused:
            return
        raise AssertionError(entry) from None
    found = in_the_house(session, code, entry)
    if expected is not None:
        assert found == expected
    else:
        hung_again(model, entry[2], found)


def hung_again(model: Model, ref: str, lots: Lots) -> None:
    """Coats that were given back hang in lots they were sold from under that receipt."""
    for lot, number in lots:
        sold = sum(n for from_lot, n in model.sold[ref] if from_lot == lot)
        assert number <= sold
        model.there[lot] += number
        model.sold[ref].append((lot, -number))


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(entries=st.lists(ENTRY, max_size=30))
def test_the_rail_does_what_its_model_does(session: Session, entries: list[Entry]) -> None:
    model = Model()
    with session.begin_nested() as attempt:
        code = make_item(session).code
        for entry in entries:
            both(session, code, model, entry)
            there = {lot: number for lot, number in model.there.items() if number}
            assert {b.lot: b.on_hand for b in queries.lots(session, code)} == there
        sold = dict.fromkeys(LOTS, 0)
        for lots in model.sold.values():
            for lot, number in lots:
                sold[lot] += number
        cells = queries.cell_balances(session, LOTS)
        assert {lot: cell.sold for lot, cell in cells.items()} == sold
        attempt.rollback()
