"""What pages and pay ask about the floor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from factory.catalogue import service as catalogue
from factory.catalogue.domain import Station
from factory.kernel.ids import CodeKind, CodeMisread, running_code
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.production import queries, service
from factory.production.domain.bundles import Bundle
from factory.production.domain.progress import Stage, coats_lying
from factory.production.domain.scans import BundleUnknown
from factory.security.domain import SYSTEM
from tests.people.build import make_worker
from tests.production.build import (
    SHORT,
    finish,
    make_bundle,
    make_bundles,
    make_coat_order,
    scan,
    sew,
)
from tests.production.test_scanning import Statements


def three(session: Session) -> tuple[Bundle, ...]:
    """Three bundles of ten, ten and five coats."""
    order = make_coat_order(session)
    return (
        *make_bundles(session, order, plies={1: 10}, marker={"55": 1, "66": 1}),
        *make_bundles(session, order, plies={1: 5}, marker={"44": 1}),
    )


def test_a_bundle_is_found_by_its_ticket_only(session: Session) -> None:
    bundle = make_bundle(session)
    assert queries.bundle(session, f" {bundle.code}\n").bundle == bundle
    with pytest.raises(BundleUnknown):
        queries.bundle(session, running_code(CodeKind.BUNDLE, 999_999))
    with pytest.raises(CodeMisread):
        queries.bundle(session, bundle.code[:-1])


def test_a_list_says_of_each_bundle_what_can_be_done_now(session: Session) -> None:
    first, second, third = three(session)
    scan(session, first, "C06", 8, bad=1)
    finish(session, third)
    found = {each.bundle.code: each for each in queries.open_bundles(session)}
    assert set(found) == {first.code, second.code}
    assert found[first.code].ready == (("C06", 1), ("S01", 8), ("S17", 8), ("S20", 10))
    assert found[first.code].rework == (("C06", 1),)
    assert found[first.code].at == ("C06", "S01", "S17", "S20")
    assert found[second.code].stage is Stage.RELEASED
    for code, line in found.items():
        whole = queries.bundle(session, code)
        assert (line.ready, line.rework, line.at, line.stage) == (
            *(whole.ready, whole.rework, whole.at),
            whole.stage,
        )
    assert [each.bundle for each in queries.bundles(session)] == [first, second, third]
    assert [each.ready for each in queries.bundles(session)][-1] == ()


def test_coats_that_wait_one_after_the_other_at_a_station_all_count(session: Session) -> None:
    bundle = make_bundle(session)
    sew(session, bundle, "C06", "S01", "S17", "S20")
    scan(session, bundle, "S28", 4, bad=1)
    assert queries.wip_by_station(session) == {Station.ASSEMBLY: 10}
    scan(session, bundle, "S32", 3)
    assert queries.wip_by_station(session) == {Station.ASSEMBLY: 7, Station.FINISH: 3}


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=6))
def test_each_coat_that_lies_somewhere_counts_once(ends: list[tuple[int, int]]) -> None:
    stretches = [(min(pair), max(pair)) for pair in ends]
    coats = {coat for first, last in stretches for coat in range(first, last)}
    assert coats_lying(stretches) == len(coats)


def test_a_list_takes_two_statements_however_many_bundles(session: Session) -> None:
    three(session)
    queries.open_bundles(session)
    with Statements(session) as sent:
        assert len(queries.open_bundles(session)) == 3
    assert len(sent) == 2


def test_work_in_progress_lies_at_the_stations(session: Session) -> None:
    first, second, third = three(session)
    fused_and_lining = {Station.FUSE: 25, Station.LINING: 25}
    assert queries.wip_by_station(session) == fused_and_lining
    scan(session, first, "C06", 6, bad=1)
    assert queries.wip_by_station(session) == fused_and_lining | {Station.FUSE: 19, Station.PREP: 6}
    scan(session, first, "S01", 2)
    assert queries.wip_by_station(session)[Station.PREP] == 6  # a front done, its sleeves not
    scan(session, first, "S17", 6)
    assert queries.wip_by_station(session)[Station.PREP] == 4
    assert queries.wip_by_station(session)[Station.ASSEMBLY] == 2
    for bundle in (second, third):
        finish(session, bundle)
    assert queries.wip_by_station(session) == {
        Station.FUSE: 4,
        Station.PREP: 4,
        Station.LINING: 10,
        Station.ASSEMBLY: 2,
    }


def test_the_board_reads_kept_balances_and_never_the_scans(session: Session) -> None:
    three(session)
    with Statements(session) as sent:
        queries.wip_by_station(session)
        queries.output(session, today())
    assert len(sent) == 2
    assert not any("scans" in statement for statement in sent)


def test_work_in_progress_is_found_by_an_index_of_open_work(session: Session) -> None:
    three(session)
    with Statements(session) as sent:
        queries.wip_by_station(session)
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sent[0]}")
    else:  # a table of so few rows it would rather read as a whole
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = connection.exec_driver_sql(f"EXPLAIN {sent[0]}")
    assert "ix_step_balances_open" in str(plan.all())


def test_pieces_are_told_apart_by_their_rate(session: Session) -> None:
    order, pine = make_coat_order(session), make_worker(session)
    old = make_bundle(session, order)
    catalogue.load_operations(session, "W-2601", SHORT, Money(200), by=SYSTEM, at=now())
    new = make_bundle(session, order, plies={1: 5}, marker={"55": 1})
    scan(session, old, "C06", 7, worker=pine.id)
    scan(session, new, "C06", 5, worker=pine.id)
    scan(session, old, "S20", 2, worker=pine.id)
    found = queries.pieces(session, pine.id, today(), today())
    assert [(p.operation, p.rate, p.count) for p in found] == [
        ("C06", Money(432), 7),
        ("C06", Money(480), 5),
        ("S20", Money(432), 2),
    ]


def test_pieces_of_others_and_of_other_days_are_not_hers(session: Session) -> None:
    bundle, pine, birch = make_bundle(session), make_worker(session), make_worker(session, "Birch")
    scan(session, bundle, "C06", 4, worker=pine.id)
    scan(session, bundle, "C06", 6, worker=birch.id)
    later = today() + timedelta(days=1)
    assert [p.count for p in queries.pieces(session, pine.id, today(), later)] == [4]
    assert queries.pieces(session, pine.id, later, later) == ()


def test_her_last_three_entries_are_offered_for_undo(session: Session) -> None:
    bundle, pine = make_bundle(session), make_worker(session)
    begun = now()
    kept = [
        scan(session, bundle, "C06", 2, worker=pine.id, received=begun + timedelta(seconds=n)).scan
        for n in range(5)
    ]
    assert queries.my_scans(session, pine.id, begun) == tuple(reversed(kept[2:]))
    service.undo(session, kept[4].id, by=SYSTEM, at=begun + timedelta(seconds=9))
    assert queries.my_scans(session, pine.id, begun) == tuple(reversed(kept[1:4]))
    assert queries.my_scans(session, pine.id, begun + timedelta(seconds=3)) == (kept[3],)
    assert queries.my_scans(session, pine.id, begun, most=1) == (kept[3],)
    assert queries.scan(session, kept[0].id) == kept[0]
    assert queries.scan(session, "nothing") is None


def test_the_days_output_counts_good_and_rejected_by_operation(session: Session) -> None:
    bundle = make_bundle(session)
    scan(session, bundle, "C06", 6, bad=2)
    found = {o.operation: (o.good, o.rejected) for o in queries.output(session, today())}
    assert found == {"C01": (10, 0), "C05": (10, 0), "C06": (6, 2)}
    assert queries.output(session, today() - timedelta(days=1)) == ()


def test_whoever_was_last_at_a_step_is_named(session: Session) -> None:
    bundle, pine = make_bundle(session), make_worker(session)
    assert queries.last_done(session, bundle.code, "C06") is None
    done = scan(session, bundle, "C06", worker=pine.id)
    last = queries.last_done(session, bundle.code, "C06")
    assert last is not None
    assert (last.name, last.at) == ("Pine", done.scan.at)
    service.undo(session, done.scan.id, by=SYSTEM, at=now())
    assert queries.last_done(session, bundle.code, "C06") is None


def test_where_the_coats_of_an_order_are(session: Session) -> None:
    order = make_coat_order(session)
    bundle = make_bundle(session, order)
    sew(session, bundle)
    sew(session, bundle, "F04", "F05")
    scan(session, bundle, "F07", 4)
    found = queries.order_progress(session, order.number)
    assert set(found) == set(order.cells())
    cell = found[f"{order.number}/1/66"]
    assert (cell.ordered, cell.cut, cell.wip_finishing, cell.first) == (15, 10, 6, 4)
    assert cell.holds
    empty = found[f"{order.number}/1/44"]
    assert (empty.ordered, empty.cut, empty.in_work, empty.holds) == (5, 0, 0, True)


def test_the_tables_of_facts_are_guarded(session: Session) -> None:
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if session.get_bind().dialect.name != "sqlite":
        names = "SELECT event_object_table FROM information_schema.triggers"
    found = " ".join(str(row[0]) for row in session.execute(text(names)))
    for table in ("scans", "scan_rejects", "outcomes", "bundles", "lay_cuts", "bundle_tickets"):
        assert table in found
