"""Scans through the service: once each, never ahead, undone by counter-entry, fast."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade, OperationUnknown
from factory.kernel.errors import NotFound
from factory.kernel.ids import CodeKind, CodeMisread, WrongKindOfCode, running_code
from factory.kernel.time import now, today
from factory.kernel.words import speaking, tell
from factory.orders import queries as orders
from factory.orders.domain import OrderState
from factory.people.domain import Worker
from factory.printing.domain import Purpose
from factory.printing.records import JobRow
from factory.production import queries, service
from factory.production.domain.progress import Stage
from factory.production.domain.scans import (
    AlreadyDone,
    AlreadyFurther,
    AlreadyUndone,
    BundleUnknown,
    Defect,
    NotReady,
    NotYourEntry,
    TooMany,
    UndoTooLate,
)
from factory.security.domain import SYSTEM, Actor, Role
from factory.stock import queries as stock
from factory.stock import service as rail
from factory.stock.domain import NotInStock
from factory.timeclock.domain import FromTheFuture
from tests.people.build import make_worker
from tests.production.build import (
    finish,
    make_bundle,
    make_coat_order,
    new_scan,
    scan,
    sew,
)


def herself(worker: Worker) -> Actor:
    return Actor(name=worker.name, worker=worker.id)


def of(bundle_state: queries.BundleState) -> dict[str, int]:
    return dict(bundle_state.ready)


def test_after_the_cut_fusing_is_ready_and_the_lining_beside_it(session: Session) -> None:
    bundle = make_bundle(session)
    found = queries.bundle(session, bundle.code)
    assert of(found) == {"C06": 10, "S20": 10}
    assert found.at == ("C06", "S20")
    assert found.stage is Stage.RELEASED


def test_a_scan_counts_and_says_what_is_next(session: Session) -> None:
    bundle, pine = make_bundle(session), make_worker(session)
    done = scan(session, bundle, "C06", 8, bad=1, worker=pine.id)
    assert (done.again, done.left) == (False, 1)
    assert done.next_ready == (("S01", 8), ("S17", 8))
    assert done.scan.rate == catalogue.routing(session, bundle.style).step("C06").rate
    found = queries.bundle(session, bundle.code)
    assert of(found) == {"C06": 1, "S01": 8, "S17": 8, "S20": 10}
    assert found.rework == (("C06", 1),)
    assert found.stage is Stage.IN_WORK
    (kept,) = [s for s in queries.scans_of(session, bundle.code) if s.worker == pine.id]
    assert kept == done.scan
    assert kept.rejects == ((Defect.OPEN_SEAM, 1),)


def test_the_same_scan_twice_counts_once(session: Session) -> None:
    bundle = make_bundle(session)
    entry = new_scan(bundle, "C06", 4)
    first = service.record_scan(session, entry, received=now())
    again = service.record_scan(session, entry, received=now())
    assert (first.again, again.again) == (False, True)
    assert again.scan == first.scan
    assert (again.left, again.next_ready) == (first.left, first.next_ready)
    assert of(queries.bundle(session, bundle.code))["C06"] == 6


def test_another_scan_of_a_finished_step_hears_who_finished_it(session: Session) -> None:
    bundle, pine = make_bundle(session), make_worker(session, "초롱")
    scan(session, bundle, "C06", worker=pine.id)
    with pytest.raises(AlreadyDone) as refusal:
        scan(session, bundle, "C06")
    with speaking("ko"):
        assert tell(refusal.value).startswith("이 묶음은 초롱 님이 ")
    with pytest.raises(AlreadyDone) as by_the_cutter:
        scan(session, bundle, "C05")
    assert by_the_cutter.value.values["name"] == SYSTEM.name


@pytest.mark.parametrize(("language", "word"), [("en", "Sleeve"), ("ko", "소매 박기")])
def test_a_step_whose_turn_it_is_not_names_what_comes_first(
    session: Session, language: str, word: str
) -> None:
    bundle = make_bundle(session)
    sew(session, bundle, "C06", "S01")
    with speaking(language), pytest.raises(NotReady) as refusal:
        scan(session, bundle, "S28")
    assert refusal.value.values["missing"] == (word,)


def test_no_more_is_entered_than_is_left(session: Session) -> None:
    bundle = make_bundle(session)
    scan(session, bundle, "C06", 8)
    with pytest.raises(TooMany) as refusal:
        scan(session, bundle, "C06", 10)
    assert refusal.value.values == {"left": 2}
    assert of(queries.bundle(session, bundle.code))["C06"] == 2


def test_what_is_unknown_misread_or_from_the_future_is_refused(session: Session) -> None:
    bundle = make_bundle(session)
    ahead = now() + timedelta(minutes=6)
    for entry, refusal in (
        (new_scan(running_code(CodeKind.BUNDLE, 999_999), "C06"), BundleUnknown),
        (new_scan(bundle.code[:-1], "C06"), CodeMisread),
        (new_scan(running_code(CodeKind.COAT, 1), "C06"), WrongKindOfCode),
        (new_scan(bundle, "S99"), OperationUnknown),
        (new_scan(bundle, "C06", at=ahead), FromTheFuture),
    ):
        with pytest.raises(refusal):
            service.record_scan(session, entry, received=now())
    assert of(queries.bundle(session, bundle.code))["C06"] == 10
    service.record_scan(session, new_scan(bundle, "C06", 1, at=ahead), received=ahead)


def test_an_entry_that_comes_days_late_counts_on_its_own_day(session: Session) -> None:
    bundle, pine = make_bundle(session), make_worker(session)
    earlier = now() - timedelta(days=3)
    scan(session, bundle, "C06", 4, worker=pine.id, at=earlier)
    days = today() - timedelta(days=3)
    assert [o.good for o in queries.output(session, days)] == [4]
    assert [p.count for p in queries.pieces(session, pine.id, days, days)] == [4]
    assert queries.pieces(session, pine.id, today(), today()) == ()


# Undo


def test_she_takes_her_own_entry_back_within_five_minutes(session: Session) -> None:
    bundle, pine = make_bundle(session), make_worker(session)
    done = scan(session, bundle, "C06", 8, bad=2, worker=pine.id)
    assert queries.my_scans(session, pine.id, now() - timedelta(hours=1)) == (done.scan,)
    counter = service.undo(
        session, done.scan.id, by=herself(pine), at=done.scan.received + timedelta(minutes=5)
    )
    assert (counter.good, counter.rejected, counter.reverses) == (-8, -2, done.scan.id)
    found = queries.bundle(session, bundle.code)
    assert of(found)["C06"] == 10
    assert found.rework == ()
    assert queries.pieces(session, pine.id, today(), today()) == ()
    assert queries.my_scans(session, pine.id, now() - timedelta(hours=1)) == ()
    assert [s.good for s in queries.scans_of(session, bundle.code)][-2:] == [8, -8]
    assert queries.recomputed(session) == ()


def test_later_or_for_somebody_else_the_supervisor_undoes_it(session: Session) -> None:
    bundle, pine = make_bundle(session), make_worker(session)
    birch = make_worker(session, "Birch")
    done = scan(session, bundle, "C06", worker=pine.id)
    late = now() + timedelta(minutes=6)
    with pytest.raises(UndoTooLate):
        service.undo(session, done.scan.id, by=herself(pine), at=late)
    with pytest.raises(NotYourEntry):
        service.undo(session, done.scan.id, by=herself(birch), at=now())
    cedar = Actor(name="Cedar", roles=frozenset({Role.SUPERVISOR}))
    assert service.undo(session, done.scan.id, by=cedar, at=late).by == "Cedar"
    with pytest.raises(AlreadyUndone):
        service.undo(session, done.scan.id, by=cedar, at=late)
    with pytest.raises(NotFound):
        service.undo(session, "nothing", by=cedar, at=late)


def test_pieces_that_went_on_are_not_taken_back(session: Session) -> None:
    bundle = make_bundle(session)
    fused = scan(session, bundle, "C06")
    front = scan(session, bundle, "S01", 1)
    with pytest.raises(AlreadyFurther):
        service.undo(session, fused.scan.id, by=SYSTEM, at=now())
    service.undo(session, front.scan.id, by=SYSTEM, at=now())
    service.undo(session, fused.scan.id, by=SYSTEM, at=now())
    assert of(queries.bundle(session, bundle.code)) == {"C06": 10, "S20": 10}


def test_an_undo_in_the_next_month_is_seen_by_the_next_pay_run(session: Session) -> None:
    bundle, pine = make_bundle(session), make_worker(session)
    done = scan(session, bundle, "C06", worker=pine.id)
    later = now() + timedelta(days=40)
    counter = service.undo(session, done.scan.id, by=SYSTEM, at=later)
    assert [p.count for p in queries.pieces(session, pine.id, today(), today())] == [10]
    assert [p.count for p in queries.pieces(session, pine.id, counter.day, counter.day)] == [-10]


# To the rail


def coat_of(session: Session, grade: Grade = Grade.FIRST) -> str:
    return catalogue.item_of(session, "W-2601", "BK", "66", grade).code


def tags(session: Session) -> list[str]:
    jobs = session.query(JobRow).filter(JobRow.purpose == Purpose.HANG_TAG)
    return [str(job.document) for job in jobs]


def test_after_the_last_step_the_coats_hang_on_the_rail_with_their_tags(session: Session) -> None:
    order = make_coat_order(session)
    bundle = make_bundle(session, order)
    sew(session, bundle)
    assert queries.bundle(session, bundle.code).stage is Stage.IN_FINISHING
    sew(session, bundle, "F04", "F05")
    assert stock.on_hand(session, coat_of(session)) == 0
    scan(session, bundle, "F07", 6)
    assert stock.on_hand(session, coat_of(session)) == 6
    lot = f"{order.number}/1/66"
    assert stock.cell_balance(session, lot).first == 6
    (paper,) = tags(session)
    assert paper.count(coat_of(session)) == 6
    scan(session, bundle, "F07", 4)
    found = queries.bundle(session, bundle.code)
    assert (found.stage, found.ready, found.at) == (Stage.CLOSED, (), ())
    assert bundle.code not in {each.bundle.code for each in queries.open_bundles(session)}


def test_undoing_the_last_step_takes_the_coats_back_from_the_rail(session: Session) -> None:
    bundle = make_bundle(session)
    sew(session, bundle)
    sew(session, bundle, "F04", "F05")
    packed = scan(session, bundle, "F07")
    rail.sell(session, coat_of(session), 1, "30000011", event_id="a sale", by=SYSTEM, at=now())
    with pytest.raises(NotInStock):
        service.undo(session, packed.scan.id, by=SYSTEM, at=now())
    session.rollback()


def test_coats_taken_back_can_be_packed_again(session: Session) -> None:
    bundle = make_bundle(session)
    sew(session, bundle)
    sew(session, bundle, "F04", "F05")
    packed = scan(session, bundle, "F07")
    service.undo(session, packed.scan.id, by=SYSTEM, at=now())
    assert stock.on_hand(session, coat_of(session)) == 0
    assert queries.bundle(session, bundle.code).stage is Stage.IN_FINISHING
    scan(session, bundle, "F07")
    assert stock.on_hand(session, coat_of(session)) == 10
    assert queries.recomputed(session) == ()


def test_an_order_goes_forward_with_its_first_cut_first_seam_and_last_coat(
    session: Session,
) -> None:
    from tests.orders.build import make_lines

    order = make_coat_order(session, lines=make_lines(BK=(0, 0, 10)))
    seen = [orders.order(session, order.number).state]
    bundle = make_bundle(session, order)
    seen.append(orders.order(session, order.number).state)
    scan(session, bundle, "C06")
    seen.append(orders.order(session, order.number).state)
    sew(session, bundle, "S01", "S17", "S20", "S28", "S32", "F04", "F05")
    scan(session, bundle, "F07", 9)
    seen.append(orders.order(session, order.number).state)
    scan(session, bundle, "F07", 1)
    seen.append(orders.order(session, order.number).state)
    assert seen == [
        OrderState.CONFIRMED,
        OrderState.IN_CUTTING,
        OrderState.IN_PRODUCTION,
        OrderState.IN_PRODUCTION,
        OrderState.COMPLETE,
    ]


def test_an_order_with_a_size_still_to_be_cut_is_not_complete(session: Session) -> None:
    order = make_coat_order(session)
    finish(session, make_bundle(session, order))
    assert orders.order(session, order.number).state is OrderState.IN_PRODUCTION


# Speed


class Statements:
    """What a session asks of its tables; savepoints and the lock of PostgreSQL aside."""

    def __init__(self, session: Session) -> None:
        session.flush()
        self.connection = session.connection()
        self.sent: list[str] = []

    def __enter__(self) -> list[str]:
        event.listen(self.connection, "before_cursor_execute", self._note)
        return self.sent

    def __exit__(self, *_: object) -> None:
        event.remove(self.connection, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "pg_advisory" not in statement:
            self.sent.append(statement)


def test_a_scan_is_at_most_six_statements(session: Session) -> None:
    bundle, pine = make_bundle(session), make_worker(session)
    with Statements(session) as first:
        scan(session, bundle, "C06", 8, bad=1, worker=pine.id)
    with Statements(session) as usual:
        scan(session, bundle, "S01", 8, worker=pine.id)
    with Statements(session) as again:
        entry = new_scan(bundle, "S17", 8)
        service.record_scan(session, entry, received=now())
    assert len(usual) <= 6, usual
    assert len(again) <= 6, again
    assert len(first) <= 16, first  # the order goes into production, once


def test_a_scan_looks_at_a_few_of_the_forty_five_steps(session: Session) -> None:
    from tests.catalogue.build import SHEET

    bundle = make_bundle(session, make_coat_order(session, sheet=SHEET))
    scan(session, bundle, "C06")
    with Statements(session) as sent:
        done = scan(session, bundle, "S02")
    assert done.next_ready == (("S03", 10),)
    assert len(sent) <= 6
