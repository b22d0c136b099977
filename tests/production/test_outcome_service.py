"""Rejected and missing pieces through the service: decided once, paid once, taken back whole."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade, OperationUnknown
from factory.kernel.errors import NotFound
from factory.kernel.ids import CodeKind, new_id, running_code
from factory.kernel.time import now, today
from factory.orders import queries as orders
from factory.orders.domain import OrderState
from factory.people.domain import Worker
from factory.printing.domain import Purpose
from factory.printing.records import JobRow
from factory.production import queries, service
from factory.production.domain.bundles import Bundle
from factory.production.domain.outcomes import (
    Decided,
    NoneLost,
    NothingToRepair,
    NotSoManyInWork,
    Outcome,
    SecondOnlyWhenSewn,
    WhyNeeded,
)
from factory.production.domain.progress import Stage
from factory.production.domain.scans import (
    AlreadyFurther,
    AlreadyUndone,
    BundleUnknown,
    Defect,
    NothingCounted,
)
from factory.security.domain import SYSTEM
from factory.security.queries import audit
from factory.stock import queries as stock
from factory.stock import service as rail
from factory.stock.domain import NotInStock
from tests.orders.build import make_lines
from tests.people.build import make_worker
from tests.production.build import make_bundle, make_coat_order, scan, sew


def decide(
    session: Session,
    bundle: Bundle,
    operation: str,
    outcome: Outcome,
    count: int = 1,
    *,
    reason: str = "torn",
    worker: Worker | None = None,
    event_id: str = "",
) -> tuple[Decided, ...]:
    return service.decide(
        session,
        bundle.code,
        operation,
        outcome,
        count,
        reason,
        worker.id if worker else None,
        by=SYSTEM,
        at=now(),
        event_id=event_id or new_id(),
    )


def lose(session: Session, bundle: Bundle, count: int, event_id: str = "") -> None:
    event = event_id or new_id()
    service.mark_lost(
        session, bundle.code, count, "not on the rail", by=SYSTEM, at=now(), event_id=event
    )


def find(session: Session, bundle: Bundle, count: int, event_id: str = "") -> None:
    event = event_id or new_id()
    service.mark_found(session, bundle.code, count, by=SYSTEM, at=now(), event_id=event)


def back(session: Session, decided: Decided) -> Decided:
    return service.take_back(
        session, decided.id, "the wrong one", by=SYSTEM, at=now(), event_id=new_id()
    )


def ready(session: Session, bundle: Bundle) -> dict[str, int]:
    return dict(queries.bundle(session, bundle.code).ready)


def second(session: Session) -> str:
    return catalogue.item_of(session, "W-2601", "BK", "66", Grade.SECOND).code


def test_a_repaired_piece_is_paid_to_whoever_repaired_it(session: Session) -> None:
    bundle, pine, birch = make_bundle(session), make_worker(session), make_worker(session, "Birch")
    scan(session, bundle, "C06", 8, bad=2, worker=pine.id)
    decide(session, bundle, "C06", Outcome.REPAIRED, worker=birch, reason="")
    assert [p.count for p in queries.pieces(session, pine.id, today(), today())] == [8]
    (mended,) = queries.pieces(session, birch.id, today(), today())
    assert (mended.operation, mended.count) == ("C06", 1)
    assert mended.rate == catalogue.routing(session, "W-2601").step("C06").rate
    assert ready(session, bundle) == {"S01": 9, "S17": 9, "S20": 10}
    assert queries.bundle(session, bundle.code).rework == (("C06", 1),)
    assert [o.good for o in queries.output(session, today()) if o.operation == "C06"] == [9]
    assert queries.recomputed(session) == ()


def test_a_repair_in_one_place_is_paid_together_with_her_scans(session: Session) -> None:
    bundle, pine = make_bundle(session), make_worker(session)
    scan(session, bundle, "C06", 8, bad=2, worker=pine.id)
    decide(session, bundle, "C06", Outcome.REPAIRED, 2, worker=pine)
    assert [p.count for p in queries.pieces(session, pine.id, today(), today())] == [10]


def test_what_waits_for_a_decision_is_listed_with_its_defects(session: Session) -> None:
    bundle = make_bundle(session)
    assert queries.rework_open(session) == ()
    scan(session, bundle, "C06", 7, rejects=((Defect.STAIN, 1), (Defect.FABRIC_FLAW, 2)))
    (line,) = queries.rework_open(session)
    assert (line.bundle, line.operation, line.count) == (bundle, "C06", 3)
    assert line.defects == ((Defect.FABRIC_FLAW, 2), (Defect.STAIN, 1))
    decide(session, bundle, "C06", Outcome.SCRAPPED, 3)
    assert queries.rework_open(session) == ()


def test_the_same_decision_twice_counts_once(session: Session) -> None:
    bundle = make_bundle(session)
    scan(session, bundle, "C06", 7, bad=3)
    event = new_id()
    first = decide(session, bundle, "C06", Outcome.SCRAPPED, 2, event_id=event)
    assert decide(session, bundle, "C06", Outcome.SCRAPPED, 2, event_id=event) == first
    lost = new_id()
    lose(session, bundle, 1, lost)
    lose(session, bundle, 1, lost)
    found = new_id()
    find(session, bundle, 1, found)
    find(session, bundle, 1, found)
    progress = queries.bundle(session, bundle.code).progress
    assert (progress.scrapped, progress.lost) == (2, 0)
    assert queries.recomputed(session) == ()


def test_what_cant_be_decided_is_refused(session: Session) -> None:
    bundle = make_bundle(session)
    scan(session, bundle, "C06", 8, bad=2)
    with pytest.raises(NothingToRepair) as refusal:
        decide(session, bundle, "C06", Outcome.SCRAPPED, 3)
    assert refusal.value.values == {"count": 2}
    with pytest.raises(NothingToRepair):
        decide(session, bundle, "S01", Outcome.REPAIRED)
    with pytest.raises(OperationUnknown):
        decide(session, bundle, "S99", Outcome.REPAIRED)
    with pytest.raises(SecondOnlyWhenSewn):
        decide(session, bundle, "C06", Outcome.SECOND)
    with pytest.raises(WhyNeeded):
        decide(session, bundle, "C06", Outcome.SCRAPPED, reason=" ")
    with pytest.raises(NothingCounted):
        decide(session, bundle, "C06", Outcome.SCRAPPED, 0)
    with pytest.raises(NotSoManyInWork):
        lose(session, bundle, 11)
    with pytest.raises(NoneLost):
        find(session, bundle, 1)
    with pytest.raises(NothingCounted):
        find(session, bundle, 0)
    unknown = running_code(CodeKind.BUNDLE, 999_999)
    with pytest.raises(BundleUnknown):
        service.mark_lost(session, unknown, 1, "gone", by=SYSTEM, at=now(), event_id=new_id())
    with pytest.raises(NotFound):
        service.take_back(session, 999_999, by=SYSTEM, at=now(), event_id=new_id())
    assert queries.bundle(session, bundle.code).progress.alive == 10


def to_finishing(session: Session, bundle: Bundle, bad: int = 2) -> None:
    sew(session, bundle)
    sew(session, bundle, "F04")
    scan(session, bundle, "F05", 10 - bad, bad=bad)


def test_a_coat_of_second_quality_hangs_on_the_rail_with_its_own_tag(session: Session) -> None:
    bundle = make_bundle(session)
    to_finishing(session, bundle)
    decide(session, bundle, "F05", Outcome.SECOND, 2, reason="")
    assert stock.on_hand(session, second(session)) == 2
    assert stock.cell_balance(session, f"{bundle.order}/1/66").second == 2
    (tag,) = session.query(JobRow).filter(JobRow.purpose == Purpose.HANG_TAG)
    assert str(tag.document).count(second(session)) == 2
    progress = queries.bundle(session, bundle.code).progress
    assert (progress.second, progress.wip_finishing) == (2, 8)
    assert queries.recomputed(session) == ()


def test_a_second_taken_back_waits_again(session: Session) -> None:
    bundle = make_bundle(session)
    to_finishing(session, bundle)
    before = queries.bundle(session, bundle.code).progress
    first, other = decide(session, bundle, "F05", Outcome.SECOND, 2)
    back(session, first)
    assert stock.on_hand(session, second(session)) == 1
    back(session, other)
    assert stock.on_hand(session, second(session)) == 0
    assert queries.bundle(session, bundle.code).progress == before
    with pytest.raises(AlreadyUndone):
        back(session, first)
    assert queries.recomputed(session) == ()


def test_a_second_that_was_sold_is_not_taken_back(session: Session) -> None:
    bundle = make_bundle(session)
    to_finishing(session, bundle)
    (coat,) = decide(session, bundle, "F05", Outcome.SECOND)
    rail.sell(session, second(session), 1, "30000011", event_id="sale", by=SYSTEM, at=now())
    with pytest.raises(NotInStock):
        back(session, coat)


def test_a_coat_repaired_at_the_last_step_hangs_on_the_rail(session: Session) -> None:
    bundle = make_bundle(session)
    sew(session, bundle)
    sew(session, bundle, "F04", "F05")
    scan(session, bundle, "F07", 9, bad=1)
    coat = catalogue.item_of(session, "W-2601", "BK", "66", Grade.FIRST).code
    (piece,) = decide(session, bundle, "F07", Outcome.REPAIRED)
    assert stock.on_hand(session, coat) == 10
    assert queries.bundle(session, bundle.code).stage is Stage.CLOSED
    back(session, piece)
    assert stock.on_hand(session, coat) == 9
    assert queries.recomputed(session) == ()


def test_a_scrapped_piece_taken_back_waits_again(session: Session) -> None:
    bundle = make_bundle(session)
    scan(session, bundle, "C06", 8, bad=2)
    before = queries.bundle(session, bundle.code).progress
    (piece,) = decide(session, bundle, "C06", Outcome.SCRAPPED)
    counter = back(session, piece)
    assert (counter.count, counter.reverses, counter.reason) == (-1, piece.id, "the wrong one")
    assert queries.bundle(session, bundle.code).progress == before
    assert queries.outcomes_of(session, bundle.code) == (piece, counter)


def test_a_repair_taken_back_is_not_paid(session: Session) -> None:
    bundle, pine = make_bundle(session), make_worker(session)
    scan(session, bundle, "C06", 8, bad=2)
    (piece,) = decide(session, bundle, "C06", Outcome.REPAIRED, worker=pine)
    back(session, piece)
    assert queries.pieces(session, pine.id, today(), today()) == ()
    (again,) = decide(session, bundle, "C06", Outcome.REPAIRED, worker=pine)
    scan(session, bundle, "S01", 9)
    with pytest.raises(AlreadyFurther):
        back(session, again)
    assert queries.recomputed(session) == ()


def test_a_lost_piece_that_is_found_goes_on_where_it_was(session: Session) -> None:
    bundle = make_bundle(session)
    sew(session, bundle, "C06", "S01")
    scan(session, bundle, "S17", 6)
    lose(session, bundle, 3)
    assert ready(session, bundle) == {"S17": 1, "S20": 7, "S28": 6}
    find(session, bundle, 2)
    assert ready(session, bundle) == {"S17": 3, "S20": 9, "S28": 6}
    with pytest.raises(NoneLost) as refusal:
        find(session, bundle, 2)
    assert refusal.value.values == {"count": 1}
    find(session, bundle, 1)
    assert ready(session, bundle) == {"S17": 4, "S20": 10, "S28": 6}
    assert queries.recomputed(session) == ()


def test_an_order_is_complete_when_the_last_piece_in_work_is_given_up(session: Session) -> None:
    order = make_coat_order(session, lines=make_lines(BK=(0, 0, 9)), tolerance_percent=10)
    bundle = make_bundle(session, order)
    to_finishing(session, bundle, bad=1)
    scan(session, bundle, "F07", 9)
    assert orders.order(session, order.number).state is OrderState.IN_PRODUCTION
    decide(session, bundle, "F05", Outcome.SCRAPPED)
    assert queries.bundle(session, bundle.code).stage is Stage.CLOSED
    assert orders.order(session, order.number).state is OrderState.COMPLETE


def test_who_decided_what_and_why_is_kept(session: Session) -> None:
    bundle = make_bundle(session)
    scan(session, bundle, "C06", 8, bad=2)
    (piece,) = decide(session, bundle, "C06", Outcome.SCRAPPED)
    back(session, piece)
    lose(session, bundle, 1)
    entries = audit(session)
    assert [entry.what for entry in entries][:3] == ["lost", "take_back", "scrapped"]
    assert entries[2].thing == f"bundle {bundle.code} C06"
    assert entries[2].reason == "torn"
