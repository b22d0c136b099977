"""Today in figures, from what is kept beside the facts: it does not grow with what was done before.

The one room that reads others' tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import floor

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.records import RoutingRow
from factory.kernel.figures import decimal
from factory.kernel.time import day_of, local
from factory.kernel.words import named, show
from factory.law.book import LawBook
from factory.lawbook import queries as lawbook
from factory.orders import queries as orders
from factory.orders.domain import Order, cell
from factory.people import queries as people
from factory.people.domain import WEEK
from factory.people.records import TermsRow
from factory.production import queries as production
from factory.production.domain.holds import HoldKind
from factory.production.domain.metrics import takt
from factory.production.domain.outcomes import Outcome
from factory.production.queries import help as calls
from factory.production.records import (
    IN_WORK,
    BundleBalanceRow,
    BundleRow,
    DayOutputRow,
    OutcomeRow,
    ScanRow,
)
from factory.reports import domain
from factory.reports.domain import PACE_DAYS, Bar, Outlook, Risk, Wanted
from factory.reports.forecast import HISTORY_DAYS, Forecast, forecasts
from factory.stock.records import BalanceRow
from factory.timeclock import queries as timeclock
from factory.timeclock.queries import Present


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Today, as everybody in the house may see it."""

    at: datetime
    finished_today: int
    usual: int
    """Coats finished on a usual working day."""
    in_work: int
    on_rail: int
    repairs: int
    waiting: tuple[Bar, ...]
    output: tuple[Bar, ...]
    outlooks: tuple[Outlook, ...]
    forecasts: Mapping[str, Forecast]
    """When each order that is not finished will be, by its number."""
    present: tuple[Present, ...]
    expected: int
    calls: int = 0
    """Calls for help that are not settled."""
    held: int = 0
    """Bundles that are held up."""
    needles: int = 0
    """Broken needles of which pieces are missing."""

    @property
    def plan(self) -> int:
        """Coats to finish today so that no order is late."""
        return domain.plan_of_day(self.outlooks, self.usual)

    @property
    def takt(self) -> str:
        """Minutes from one coat to the next, so that the plan is met; nothing without a plan."""
        if not self.plan:
            return ""
        return decimal(takt(domain.NET_MINUTES, self.plan))

    @property
    def day(self) -> date:
        """The day it is of."""
        return day_of(self.at)

    @property
    def risky(self) -> int:
        """Orders that are late or will be."""
        return sum(each.risk in {Risk.LATE, Risk.AT_RISK} for each in self.outlooks)


def board(session: Session, *, at: datetime) -> Board:
    """Everything the board shows at a moment."""
    ahead = look_ahead(session, at=at)
    day, before, finished, usual = ahead.day, ahead.before, ahead.finished, ahead.usual
    return Board(
        at=local(at),
        finished_today=finished[day],
        usual=floor(usual + domain.HALF),
        in_work=_in_work(session),
        on_rail=session.scalar(select(func.sum(BalanceRow.on_hand))) or 0,
        repairs=production.pieces_in_rework(session),
        waiting=_waiting(session, day),
        output=domain.bars((_short(each), finished[each]) for each in (*before, day)),
        outlooks=ahead.outlooks,
        forecasts=ahead.forecasts,
        calls=len(calls.open_calls(session, at=at)),
        held=len(production.open_holds(session)),
        needles=len(production.open_holds(session, HoldKind.NEEDLE)),
        present=timeclock.present(session, at=at),
        expected=_expected(session, day),
    )


def _waiting(session: Session, day: date) -> tuple[Bar, ...]:
    """What can be done at each station, and for how long the oldest of it has been under way."""
    stations, oldest = production.wip_by_station(session), production.oldest_by_station(session)
    found = domain.bars((show(each), count) for each, count in stations.items())
    return domain.with_ages(found, ((day - oldest[each]).days for each in stations))


@dataclass(frozen=True, slots=True)
class Ahead:
    """The open orders with what the last days say of them."""

    day: date
    before: tuple[date, ...]
    """The working days from which the usual pace is taken."""
    finished: Counter[date]
    usual: Fraction
    outlooks: tuple[Outlook, ...]
    forecasts: Mapping[str, Forecast]


def look_ahead(session: Session, *, at: datetime) -> Ahead:
    """How every open order stands, and when it will be finished."""
    day, is_free = day_of(at), free_days(lawbook.book(session))
    past = domain.last_working_days(day, HISTORY_DAYS, is_free)
    finished = _finished(session, past[0], day)
    before = past[-PACE_DAYS:]
    usual = domain.pace(finished, before)
    outlooks = domain.outlooks(_wanted(session), usual, day, is_free)
    history = (finished[each] for each in past)
    found = forecasts(outlooks, history, day, is_free)
    return Ahead(day, before, finished, usual, outlooks, found)


def free_days(law: LawBook) -> Callable[[date], bool]:
    """Whether the house rests on a day: weekends, public holidays, substitutes, decreed days."""
    return lambda day: not law.is_business_day(day)


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"


def _finished(session: Session, first: date, last: date) -> Counter[date]:
    """Coats through their last operation, by day.

    An operation that ends one way of work and stands within another is looked up in the facts.
    """
    ends, within = _ends(session)
    row = DayOutputRow
    sums = (
        select(row.day, func.sum(row.good))
        .where(row.day.between(first, last), row.operation.in_(set(ends) - within))
        .group_by(row.day)
    )
    found = Counter({day: int(count) for day, count in session.execute(sums)})
    for code in sorted(set(ends) & within):
        found.update(_finished_by(session, code, ends[code], first, last))
    return found


def _ends(session: Session) -> tuple[dict[str, list[str]], set[str]]:
    """The last operations with the ways of work that they end, and those that end none."""
    ends, within = dict[str, list[str]](), set[str]()
    for uid in session.scalars(select(RoutingRow.uid)):
        last, others = _known_ends.get(uid) or _read_ends(session, uid)
        ends.setdefault(last, []).append(uid)
        within |= others
    return ends, within


_known_ends: dict[str, tuple[str, frozenset[str]]] = {}


def _read_ends(session: Session, uid: str) -> tuple[str, frozenset[str]]:
    """A way's last operation and the others; remembered, since a way never changes."""
    way = catalogue.routing_by_uid(session, uid)
    last = way.last.code
    found = last, frozenset(step.code for step in way.steps if step.code != last)
    _known_ends[uid] = found
    return found


def _finished_by(
    session: Session, code: str, ways: Iterable[str], first: date, last: date
) -> Counter[date]:
    """Coats that this operation finished, by day: entered as good, or repaired there."""
    found = Counter[date]()
    repaired = OutcomeRow.outcome == Outcome.REPAIRED
    for row, count, *which in ((ScanRow, ScanRow.good), (OutcomeRow, OutcomeRow.count, repaired)):
        sums = (
            select(row.day, func.sum(count))
            .join(BundleRow, BundleRow.code == row.bundle)
            .where(row.day.between(first, last), row.operation == code, *which)
            .where(BundleRow.routing_uid.in_(tuple(ways)))
            .group_by(row.day)
        )
        found.update({day: int(n) for day, n in session.execute(sums)})
    return found


def _in_work(session: Session) -> int:
    """Coats cut and not yet on the rail, of bundles that are open."""
    gone = (
        BundleBalanceRow.scrapped
        + BundleBalanceRow.second
        + BundleBalanceRow.lost
        + BundleBalanceRow.packed
        + BundleBalanceRow.moved
    )
    statement = (
        select(func.sum(BundleRow.quantity - gone))
        .join(BundleBalanceRow, BundleBalanceRow.bundle == BundleRow.code)
        .where(IN_WORK)
    )
    return session.scalar(statement) or 0


def _wanted(session: Session) -> list[Wanted]:
    found = orders.open_orders(session)
    made = _made(session, (order.number for order in found))
    return [_order(order, made) for order in found]


def _order(order: Order, made: Mapping[str, int]) -> Wanted:
    """An order; coats beyond what a cell wants don't stand in for others."""
    customer = named(order.customer.name) if order.customer else show(order.kind)
    wanted = order.cells()
    return Wanted(
        order=order.number,
        customer=customer,
        due=order.due,
        ordered=sum(wanted.values()),
        finished=sum(min(count, made.get(name, 0)) for name, count in wanted.items()),
    )


def _made(session: Session, numbers: Iterable[str]) -> Counter[str]:
    """Coats of first quality that have reached the rail, by the name of their cell."""
    key = BundleRow.order, BundleRow.line, BundleRow.size
    sums = (
        select(*key, func.sum(BundleBalanceRow.packed))
        .join(BundleBalanceRow, BundleBalanceRow.bundle == BundleRow.code)
        .where(BundleRow.order.in_(tuple(numbers)))
        .group_by(*key)
    )
    return Counter({cell(order, no, size): int(n) for order, no, size, n in session.execute(sums)})


def _expected(session: Session, day: date) -> int:
    """People whose terms make this a working day."""
    if lawbook.book(session).is_public_holiday(day):
        return 0
    here = {worker.id for worker in people.workers(session, day)}
    terms = session.scalars(select(TermsRow).where(TermsRow.since <= day).order_by(TermsRow.since))
    newest = {row.worker_id: row for row in terms}
    weekday = WEEK[day.weekday()]
    return sum(weekday in row.work_days for worker, row in newest.items() if worker in here)
