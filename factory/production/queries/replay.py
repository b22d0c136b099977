"""Hold what is kept against the facts, from the start, and the rules R1 to R6 against both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.db.replay import Difference
from factory.orders.domain import cell
from factory.production import records
from factory.production.domain import balance
from factory.production.domain.balance import Broken
from factory.production.domain.bundles import Bundle, pieces_by_cell
from factory.production.domain.outcomes import Decided, Outcome
from factory.production.domain.progress import Progress
from factory.production.domain.regroup import Load, Moved
from factory.production.domain.replay import Counted, Travelled, replay, went_out
from factory.production.domain.way import Way
from factory.production.queries.orders import cut_of, found_of, of_cells, state
from factory.production.queries.ways import way_of
from factory.production.records import (
    BundleBalanceRow,
    DayOutputRow,
    OutcomeRow,
    ScanRow,
    StepBalanceRow,
)
from factory.stock import queries as stock


@dataclass(frozen=True, slots=True)
class Held:
    """A bundle as it is kept, and as its facts give it."""

    bundle: Bundle
    way: Way
    kept: Progress
    replayed: Progress
    decided: tuple[Decided, ...]
    travelled: Travelled


def recomputed(session: Session) -> tuple[Difference, ...]:
    """Where a kept balance is not what the facts give, or a rule does not hold."""
    held = tuple(_held(session))
    broken = (*_bundles(held), *_paid(session, held), *_lays(session, held), *_cells(session, held))
    return (
        *(difference for one in held for difference in _differences(one)),
        *_marks(session, held),
        *_cloth(session),
        *_days(session),
        *(Difference(found.rule, found.key, found.stands, found.should) for found in broken),
    )


def _held(session: Session) -> Iterator[Held]:
    counted, decided, travelled = _counted(session), _decided(session), _travelled(session)
    for bundle, kept in records.whole_bundles(session):
        way = way_of(session, bundle.routing_uid)
        hers = tuple(decided.get(bundle.code, ()))
        went = travelled.get(bundle.code, Travelled())
        given = replay(way, bundle.quantity, counted.get(bundle.code, ()), hers, went)
        yield Held(bundle, way, kept, given, hers, went)


def _counted(session: Session) -> dict[str, list[Counted]]:
    key = (ScanRow.bundle, ScanRow.operation)
    sums = select(*key, func.sum(ScanRow.good), func.sum(ScanRow.rejected)).group_by(*key)
    found: dict[str, list[Counted]] = {}
    for code, operation, good, rejected in session.execute(sums):
        found.setdefault(code, []).append((operation, int(good), int(rejected)))
    return found


def _decided(session: Session) -> dict[str, list[Decided]]:
    found: dict[str, list[Decided]] = {}
    for one in records.outcomes_where(session):
        found.setdefault(one.bundle, []).append(one)
    return found


def _travelled(session: Session) -> dict[str, Travelled]:
    came: dict[str, list[Load]] = {}
    went: dict[str, list[Load]] = {}
    moves = records.moves_where(session)
    for move in moves:
        came.setdefault(move.target, []).append(move.load)
        went.setdefault(move.source, []).append(move.load)
    held: Counter[str] = Counter()
    for one in records.holds_where(session):
        if one.kind.stops:
            held[one.bundle] += 1 if one.closes is None else -1
    found, loose = _found(session, moves)
    return {
        code: Travelled(
            tuple(came.get(code, ())),
            tuple(went.get(code, ())),
            held[code],
            found[code],
            loose[code],
        )
        for code in came.keys() | went.keys() | held.keys() | found.keys()
    }


def _found(session: Session, moves: Iterable[Moved]) -> tuple[Counter[str], Counter[str]]:
    """Pieces found in each bundle, and with those that came to it from others."""
    found: Counter[str] = Counter()
    for one in records.found_where(session):
        found[one.bundle] += one.count
    loose = found.copy()
    for move in moves:
        loose[move.target] += loose[move.source]
    return found, loose


def _differences(one: Held) -> Iterator[Difference]:
    for name in records.WHOLE:
        kept, given = getattr(one.kept, name), getattr(one.replayed, name)
        if kept != given:
            yield Difference(f"bundle {name}", one.bundle.code, str(kept), str(given))
    for code in one.way:
        mine, other = one.kept.steps.get(code), one.replayed.steps[code]
        if mine != other:
            yield Difference("step", f"{one.bundle.code} {code}", str(mine), str(other))


def _marks(session: Session, held: tuple[Held, ...]) -> Iterator[Difference]:
    """What is kept only to find open work quickly."""
    step = StepBalanceRow
    rows = session.execute(
        select(step.bundle, step.operation, step.waiting, step.left + step.rework).where(
            step.waiting != step.left + step.rework
        )
    )
    for code, operation, kept, given in rows:
        yield Difference("step waiting", f"{code} {operation}", str(kept), str(given))
    stages = dict(session.execute(select(BundleBalanceRow.bundle, BundleBalanceRow.stage)).all())
    for one in held:
        noted, stage = stages[one.bundle.code], one.replayed.stage
        if noted is not stage:
            yield Difference("bundle stage", one.bundle.code, str(noted), str(stage))


def _cloth(session: Session) -> Iterator[Difference]:
    """R7: what a lay took of its rolls is the cloth it is said to have used."""
    rolls = records.lay_rolls(session)
    for lay in records.lays(session):
        if lay.id in rolls:
            used = sum(each.centimetres for each in rolls[lay.id])
            if used != lay.centimetres:
                key = f"{lay.order} lay {lay.number}"
                yield Difference("R7", key, str(lay.centimetres), str(used))


def _bundles(held: tuple[Held, ...]) -> Iterator[Broken]:
    for one in held:
        out = went_out(one.decided)
        yield from balance.r3(one.way, one.bundle.code, one.replayed)
        yield from balance.r4(one.way, one.bundle.code, one.replayed, out)


def _paid(session: Session, held: tuple[Held, ...]) -> Iterator[Broken]:
    """R6: what all workers together are paid for, against what was done well."""
    paid: dict[str, Counter[str]] = {}
    key = (ScanRow.bundle, ScanRow.operation)
    scans = select(*key, func.sum(ScanRow.good)).where(ScanRow.worker_id.is_not(None))
    for code, operation, count in session.execute(scans.group_by(*key)):
        paid.setdefault(code, Counter())[operation] += int(count)
    repairs = records.outcomes_where(
        session, OutcomeRow.worker_id.is_not(None), OutcomeRow.outcome == Outcome.REPAIRED
    )
    for one in repairs:
        paid.setdefault(one.bundle, Counter())[str(one.operation)] += one.count
    for each in held:
        good = {code: step.good for code, step in each.kept.steps.items()}
        for load in each.travelled.came:
            good = {step: count - load.passed.get(step, 0) for step, count in good.items()}
        code = each.bundle.code
        yield from balance.r6(code, paid=paid.get(code, Counter()), good=good)


def _lays(session: Session, held: tuple[Held, ...]) -> Iterator[Broken]:
    """R1 and R5: bundles against the lays that they were cut from."""
    bundles: dict[tuple[str, int], list[Held]] = {}
    for one in held:
        bundles.setdefault((one.bundle.order, one.bundle.lay), []).append(one)
    for lay in records.lays(session):
        here = bundles.get((lay.order, lay.number), [])
        as_cut = [one.bundle for one in here if not one.travelled.came]
        given, bundled = cut_of([lay]), pieces_by_cell(as_cut)
        for key in sorted(given.keys() | bundled.keys()):
            name = f"{cell(lay.order, *key)} lay {lay.number}"
            yield from balance.r1(name, planned=given[key], bundled=bundled.get(key, 0))
        now = [one.bundle for one in here if not one.travelled.went]
        yield from balance.r5(f"{lay.order} lay {lay.number}", now)
        yield from (wrong for one in here for wrong in balance.r5_sums(one.bundle, one.travelled))


def _cells(session: Session, held: tuple[Held, ...]) -> Iterator[Broken]:
    """R2: every coat that was cut, against work in progress and the rail."""
    work = of_cells((one.bundle, one.kept) for one in held)
    cut: Counter[str] = Counter()
    for lay in records.lays(session):
        for key, count in cut_of([lay]).items():
            cut[cell(lay.order, *key)] += count
    names = tuple(dict.fromkeys((*cut, *work)))
    rail = stock.cell_balances(session, names)
    found = {cell(*at): count for at, count in found_of(session).items()}
    for name in names:
        counted = state(0, cut[name], work.get(name, ()), rail[name], found.get(name, 0))
        yield from balance.r2(name, counted)


def _days(session: Session) -> Iterator[Difference]:
    good: Counter[tuple[date, str]] = Counter()
    rejected: Counter[tuple[date, str]] = Counter()
    key = (ScanRow.day, ScanRow.operation)
    sums = select(*key, func.sum(ScanRow.good), func.sum(ScanRow.rejected)).group_by(*key)
    for day, operation, done, bad in session.execute(sums):
        good[day, operation] += int(done)
        rejected[day, operation] += int(bad)
    for one in records.outcomes_where(session, OutcomeRow.outcome == Outcome.REPAIRED):
        good[one.day, str(one.operation)] += one.count
    rows = {(row.day, row.operation): row for row in session.scalars(select(DayOutputRow))}
    for at in sorted(good.keys() | rows.keys()):
        row = rows.get(at)
        kept = (row.good, row.rejected) if row is not None else (0, 0)
        if kept != (good[at], rejected[at]):
            given = f"{good[at]}, {rejected[at]}"
            yield Difference("day output", f"{at[0]} {at[1]}", f"{kept[0]}, {kept[1]}", given)
