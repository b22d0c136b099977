"""The cutting table: lays planned, cut and dropped; bundles with their tickets."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from factory.catalogue.domain import SizeUnknown
from factory.kernel.errors import NotFound
from factory.kernel.ids import is_well_read
from factory.kernel.time import now, today
from factory.orders import queries as orders
from factory.orders import service as order_service
from factory.orders.domain import (
    NewLine,
    NotConfirmed,
    OrderCancelled,
    OrderKind,
    OrderState,
)
from factory.printing.domain import Purpose
from factory.printing.records import JobRow
from factory.production import queries, service
from factory.production.domain.cutting import (
    BundleSizeWrong,
    LayNotOpen,
    LayState,
    NewLay,
    NothingToCut,
    OneStyleALay,
    OverCut,
)
from factory.production.domain.progress import Stage
from factory.security.domain import SYSTEM, Actor
from factory.security.queries import audit
from tests.catalogue.build import make_style as make_new_style
from tests.orders.build import PRICE, make_draft, make_lines, make_order
from tests.people.build import make_worker
from tests.production.build import (
    SHORT,
    make_bundle,
    make_bundles,
    make_coat_order,
    make_lay,
    scan,
)


def papers(session: Session, purpose: Purpose) -> list[str]:
    jobs = session.query(JobRow).filter(JobRow.purpose == purpose).order_by(JobRow.id)
    return [str(job.document) for job in jobs]


def test_a_planned_lay_has_its_number_in_the_order_and_sizes_in_their_order(
    session: Session,
) -> None:
    order = make_coat_order(session)
    lay = make_lay(session, order, marker={"77": 1, "55": 1, "88": 0}, plies={1: 8})
    assert (lay.number, lay.state, lay.garments) == (1, LayState.PLANNED, 16)
    assert lay.marker == (("55", 1), ("77", 1))
    assert make_lay(session, order, marker={"66": 1}).number == 2
    assert queries.lay(session, lay.id) == lay
    assert queries.cut_so_far(session, order.number) == {}
    assert queries.bundles_of(session, order.number) == ()
    assert orders.order(session, order.number).state is OrderState.CONFIRMED


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"plies": {1: 11}}, OverCut),
        ({"plies": {1: 0}}, NothingToCut),
        ({"marker": {"66": 0}}, NothingToCut),
        ({"marker": {"99": 1}}, SizeUnknown),
        ({"plies": {7: 3}}, NotFound),
        ({"bundle_size": 0}, BundleSizeWrong),
    ],
)
def test_a_lay_that_the_order_does_not_allow_is_refused(
    session: Session, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    order = make_coat_order(session, lines=make_lines(BK=(0, 0, 10)), tolerance_percent=0)
    with pytest.raises(refusal):
        make_lay(session, order, **changes)


def test_nothing_is_cut_for_a_draft_or_a_cancelled_order(session: Session) -> None:
    draft = make_draft(session)
    with pytest.raises(NotConfirmed):
        make_lay(session, draft)
    order_service.cancel(session, draft.number, "a mistake", by=SYSTEM, at=now())
    with pytest.raises(OrderCancelled):
        make_lay(session, draft)


def test_two_styles_do_not_lie_in_one_lay(session: Session) -> None:
    make_coat_order(session)
    make_new_style(session, number="W-2602", sheet=SHORT)
    other = NewLine("W-2602", "BK", PRICE, (("66", 10),))
    order = make_order(session, lines=(*make_lines(BK=(0, 0, 10)), other))
    with pytest.raises(OneStyleALay):
        make_lay(session, order, plies={1: 5, 2: 5})
    assert make_lay(session, order, plies={1: 0, 2: 5}).style == "W-2602"


def test_a_coat_made_for_one_person_is_a_bundle_of_its_own_with_a_ticket_seen_from_afar(
    session: Session,
) -> None:
    lines = make_lines(BK=(0, 0, 2))
    order = make_coat_order(session, kind=OrderKind.MADE, customer=None, lines=lines)
    lay = make_lay(session, order, plies={1: 2}, marker={"66": 1})
    assert lay.bundle_size == 1
    bundles = service.record_cut(session, lay.id, {1: 2}, 480, by=SYSTEM, at=now())
    assert [(b.quantity, b.for_customer) for b in bundles] == [(1, True), (1, True)]


def test_what_was_really_laid_becomes_bundles(session: Session) -> None:
    order = make_coat_order(session)
    lay = make_lay(session, order, plies={1: 10}, marker={"66": 1, "55": 1})
    bundles = service.record_cut(session, lay.id, {1: 9}, 2_380, by=SYSTEM, at=now())
    assert [(b.size, b.ply_from, b.ply_to, b.quantity) for b in bundles] == [
        ("55", 1, 9, 9),
        ("66", 1, 9, 9),
    ]
    assert [(b.number, b.of, b.lay) for b in bundles] == [(1, 2, 1), (2, 2, 1)]
    assert all(is_well_read(b.code) and b.code.startswith("2") for b in bundles)
    cut = queries.lay(session, lay.id)
    assert (cut.state, cut.cut, cut.centimetres) == (LayState.CUT, ((1, 9),), 2_380)
    assert queries.cut_so_far(session, order.number) == {(1, "55"): 9, (1, "66"): 9}
    assert orders.order(session, order.number).state is OrderState.IN_CUTTING


def test_a_lay_is_cut_once(session: Session) -> None:
    lay = make_lay(session)
    service.record_cut(session, lay.id, {1: 10}, 0, by=SYSTEM, at=now())
    with pytest.raises(LayNotOpen):
        service.record_cut(session, lay.id, {1: 10}, 0, by=SYSTEM, at=now())
    with pytest.raises(LayNotOpen):
        service.drop_lay(session, lay.id, by=SYSTEM, at=now())
    with pytest.raises(NotFound):
        service.record_cut(session, lay.id + 1, {1: 10}, 0, by=SYSTEM, at=now())
    with pytest.raises(NotFound):
        queries.lay(session, lay.id + 1)


def test_more_than_the_tolerance_is_not_cut_even_when_planned(session: Session) -> None:
    order = make_coat_order(session)
    lay = make_lay(session, order, plies={1: 10})
    with pytest.raises(NothingToCut):
        service.record_cut(session, lay.id, {1: 0}, 0, by=SYSTEM, at=now())
    with pytest.raises(OverCut):
        service.record_cut(session, lay.id, {1: 17}, 0, by=SYSTEM, at=now())
    service.record_cut(session, lay.id, {1: 16}, 0, by=SYSTEM, at=now())  # 15 and 3 in a hundred
    with pytest.raises(OverCut) as refusal:
        make_lay(session, order, plies={1: 1})
    assert refusal.value.values["most"] == 0


def test_a_dropped_lay_leaves_its_room(session: Session) -> None:
    order = make_coat_order(session)
    lay = make_lay(session, order, plies={1: 15})
    assert service.drop_lay(session, lay.id, by=SYSTEM, at=now()).state is LayState.DROPPED
    assert [each.state for each in queries.lays(session, order.number)] == [LayState.DROPPED]
    make_bundles(session, order, plies={1: 15})
    assert queries.recomputed(session) == ()


def test_the_work_at_the_table_counts_for_the_cutter(session: Session) -> None:
    hazel = make_worker(session, "Hazel")
    lay = make_lay(session)
    by = Actor(name="Hazel", worker=hazel.id)
    service.record_cut(session, lay.id, {1: 10}, 0, by=by, at=now())
    done = queries.pieces(session, hazel.id, today(), today())
    assert [(p.operation, p.count) for p in done] == [("C01", 10), ("C05", 10)]
    assert [(o.operation, o.good) for o in queries.output(session, today())] == [
        ("C01", 10),
        ("C05", 10),
    ]


def test_bundles_of_several_orders_are_numbered_through(session: Session) -> None:
    first = make_bundle(session)
    second = make_bundle(session, make_order(session, lines=make_lines(BK=(0, 0, 10))))
    assert int(second.code[1:-1]) == int(first.code[1:-1]) + 1
    assert {each.bundle for each in queries.bundles(session)} >= {first, second}
    assert [each.bundle for each in queries.bundles_of(session, second.order)] == [second]


def test_every_bundle_gets_its_ticket(session: Session) -> None:
    bundles = make_bundles(session, plies={1: 10}, marker={"55": 1, "66": 1})
    tickets = papers(session, Purpose.BUNDLE_TICKET)
    assert len(tickets) == 2
    for bundle, ticket in zip(bundles, tickets, strict=True):
        assert bundle.code in ticket
        assert "S28" in ticket
        assert "C05" not in ticket  # cutting is done


def test_a_reprinted_ticket_replaces_the_older_one(session: Session) -> None:
    bundle = make_bundle(session)
    service.reprint_ticket(session, bundle.code, by=SYSTEM, at=now())
    service.reprint_ticket(session, bundle.code, by=SYSTEM, at=now())
    tickets = papers(session, Purpose.BUNDLE_TICKET)
    assert len(tickets) == 3
    assert len(set(tickets)) == 3
    assert [entry.what for entry in audit(session)][:2] == ["reprint_ticket"] * 2


def test_a_reprinted_ticket_lists_what_is_still_to_be_done(session: Session) -> None:
    bundle = make_bundle(session)
    (first, left), *_ = queries.bundle(session, bundle.code).ready
    scan(session, bundle, first, left)
    service.reprint_ticket(session, bundle.code, by=SYSTEM, at=now())
    before, after = papers(session, Purpose.BUNDLE_TICKET)
    assert first in before
    assert first not in after


def test_the_cutter_gets_a_paper_to_take_to_the_table(session: Session) -> None:
    lay = make_lay(session)
    service.print_cut_ticket(session, lay.id, by=SYSTEM, at=now())
    (paper,) = papers(session, Purpose.CUT_TICKET)
    assert "2026" in paper


def test_a_bundle_keeps_the_way_of_work_it_was_cut_with(session: Session) -> None:
    from factory.catalogue import service as catalogue
    from factory.kernel.money import Money

    order = make_coat_order(session)
    old = make_bundle(session, order)
    changed = SHORT.replace("S01,prep,앞판 박기,Front,1.50,C06\n", "").replace("S01 S17", "S17")
    catalogue.load_operations(session, "W-2601", changed, Money(180), by=SYSTEM, at=now())
    new = make_bundle(session, order, plies={1: 5}, marker={"55": 1})
    for bundle, ready in ((old, {"S01": 10, "S17": 10, "S20": 10}), (new, {"S17": 5, "S20": 5})):
        scan(session, bundle, "C06", bundle.quantity)
        found = queries.bundle(session, bundle.code)
        assert dict(found.ready) == ready
        assert found.stage is Stage.IN_WORK


def test_plan_and_cut_does_both(session: Session) -> None:
    order = make_coat_order(session)
    new = NewLay(order=order.number, line_plies={1: 5}, marker={"44": 1}, bundle_size=3)
    found = service.plan_and_cut(session, new, 900, by=SYSTEM, at=now())
    assert [b.quantity for b in found] == [3, 2]
