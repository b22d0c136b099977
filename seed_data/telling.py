"""Tell a whole season to the services, one transaction a day, each act at its own moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade, Item, Style
from factory.db.session import transaction
from factory.kernel.ids import drawing_from
from factory.kernel.time import at, clock_at, day_of
from factory.printing import service as printing
from seed_data import opening
from seed_data.entering import enter
from seed_data.floor import route
from seed_data.ledger import Ledger
from seed_data.orders import Make
from seed_data.season import House, Season
from seed_data.working_days import working_days

PAPERS_LEFT = timedelta(minutes=40)
"""Papers of so long before the season breaks off are still to be printed."""
BEFORE_WORK = "07:30"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What season is wanted; the same wish gives the same season."""

    workers: int = 25
    days: int = 60
    orders: int = 12
    seed: int = 1
    until: datetime
    """The moment at which the last day breaks off."""

    @property
    def calendar(self) -> tuple[date, ...]:
        """The season's days."""
        return working_days(day_of(self.until), self.days)


def tell(wish: Wish) -> Iterator[date]:
    """Tell a season into an empty database; gives each day when it is over."""
    chance, ids = Random(wish.seed), Random(f"ids {wish.seed}")  # noqa: S311 - invented data
    ledger = Ledger()
    days = wish.calendar
    with drawing_from(ids):
        season = Season(_opened(wish, days, ledger, chance), chance)
    for turn, day in enumerate(days):
        acts = season.day(turn)
        with drawing_from(ids), transaction() as session:
            for act in acts:
                with clock_at(act.at):
                    enter(act, session, ledger)
            over = wish.until - PAPERS_LEFT if day == days[-1] else at(day, "23:59")
            printing.count_as_printed(session, over)
        for order, bundles in ledger.cut:
            season.heard(order, bundles)
        ledger.cut.clear()
        yield day


def _opened(wish: Wish, days: tuple[date, ...], ledger: Ledger, chance: Random) -> House:
    moment = at(days[0], BEFORE_WORK)
    with clock_at(moment), transaction() as session:
        opening.fill(session, ledger, chance, moment)
        return _house(session, wish, days, ledger)


def _house(session: Session, wish: Wish, days: tuple[date, ...], ledger: Ledger) -> House:
    styles = catalogue.styles(session, opening.SEASON)
    items = catalogue.items(session)
    prices = catalogue.prices_on(session, (item.code for item in items), days[0])
    routings = {style.number: catalogue.routing(session, style.number) for style in styles}
    ledger.operations = tuple(routings[styles[0].number].steps)
    return House(
        workers=wish.workers,
        orders=wish.orders,
        days=days,
        until=wish.until,
        makes=tuple(_make(style, items, {c: p.won for c, p in prices.items()}) for style in styles),
        routes={number: route(routing) for number, routing in routings.items()},
        codes={(i.style, i.colour, i.size, i.grade): i.code for i in items},
        prices={code: price.won for code, price in prices.items()},
        rail=ledger.carried_over,
    )


def _make(style: Style, items: tuple[Item, ...], prices: dict[str, int]) -> Make:
    first = next(i for i in items if i.style == style.number and i.grade is Grade.FIRST)
    return Make(
        style.number,
        tuple(size.label for size in style.sizes),
        tuple(colour.code for colour in style.colours),
        prices[first.code],
    )
