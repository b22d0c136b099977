"""Line team and piece team on one order line: each entry keeps how she was paid on its day."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.people import service as people
from factory.people.domain import TermsKind, Worker
from factory.production import queries, service
from factory.production.domain.bundles import Bundle
from factory.production.domain.outcomes import Outcome, WhyNeeded
from factory.production.domain.pay import NothingToEnterAnew, PayMode, TeamShare, mode_of
from factory.production.domain.scans import Defect
from factory.security.domain import SYSTEM, Actor, Role
from tests.conftest import SignIn
from tests.people.build import make_terms, make_worker
from tests.production.build import make_bundles, make_lay, scan
from tests.production.floor import Floor

pytestmark = pytest.mark.usefixtures("clock")
BY_PIECE = make_terms(kind=TermsKind.PIECE, rate=Money(0))


def to_pieces(session: Session, worker: Worker) -> None:
    """Her terms are changed for today, after she has worked."""
    terms = make_terms(since=today(), kind=TermsKind.PIECE, rate=Money(0))
    people.change_terms(session, worker, terms, by=SYSTEM, at=now())


def mend(session: Session, bundle: Bundle, worker: Worker) -> None:
    what = (bundle.code, "C06", Outcome.REPAIRED)
    event = new_id()
    service.decide(session, *what, worker=worker.id, by=SYSTEM, at=now(), event_id=event)


def paid(session: Session, worker: Worker) -> dict[str, int]:
    found = queries.pieces(session, worker.id, today(), today(), PayMode.PIECE)
    return {each.operation: each.count for each in found}


@pytest.mark.parametrize("kind", TermsKind)
def test_only_who_has_no_rate_for_time_is_paid_by_the_piece(kind: TermsKind) -> None:
    by_piece = kind in {TermsKind.PIECE, TermsKind.FREELANCE}
    assert mode_of(kind) is (PayMode.PIECE if by_piece else PayMode.TIME)
    assert mode_of(None) is PayMode.TIME


def test_both_teams_sew_one_line_and_each_entry_keeps_its_mode(session: Session) -> None:
    pine, hazel = make_worker(session), make_worker(session, "Hazel", terms=BY_PIECE)
    first, second, *_ = make_bundles(session, plies={1: 5}, marker={"66": 2})
    by_time = scan(session, first, "C06", 5, worker=pine.id)
    by_piece = scan(session, second, "C06", 5, worker=hazel.id)
    scan(session, second, "S01", 4, worker=hazel.id)
    assert by_time.scan.pay is PayMode.TIME
    assert by_piece.scan.pay is PayMode.PIECE
    assert queries.teams(session, first.order) == {
        1: (
            TeamShare(PayMode.TIME, people=1, pieces=5, standard=5 * 240),
            TeamShare(PayMode.PIECE, people=1, pieces=9, standard=5 * 240 + 4 * 150),
        )
    }
    assert paid(session, pine) == {}
    assert paid(session, hazel) == {"C06": 5, "S01": 4}


def test_a_cutter_who_is_paid_by_the_piece_is_paid_for_the_table(session: Session) -> None:
    hazel = make_worker(session, "Hazel", terms=BY_PIECE)
    lay = make_lay(session)
    by = Actor(name="Hazel", worker=hazel.id)
    service.record_cut(session, lay.id, dict(lay.planned), 2_400, by=by, at=now())
    assert paid(session, hazel) == {"C01": 10, "C05": 10}


def test_a_repair_keeps_the_mode_of_whoever_repaired_it(session: Session) -> None:
    pine, hazel = make_worker(session), make_worker(session, "Hazel", terms=BY_PIECE)
    bundle, *_ = make_bundles(session)
    scan(session, bundle, "C06", 8, bad=2, worker=pine.id)
    for who in (pine, hazel):
        mend(session, bundle, who)
    assert paid(session, hazel) == {"C06": 1}
    assert paid(session, pine) == {}
    assert queries.teams(session, bundle.order) == {
        1: (
            TeamShare(PayMode.TIME, people=1, pieces=9, standard=9 * 240),
            TeamShare(PayMode.PIECE, people=1, pieces=1, standard=240),
        )
    }
    made = {(m.worker, m.count) for m in queries.made_for(session, today(), today())}
    assert made == {(pine.id, 9), (hazel.id, 1)}


def test_whoever_only_repaired_is_entered_anew_as_well(session: Session) -> None:
    pine, oak = make_worker(session), make_worker(session, "Oak")
    bundle, *_ = make_bundles(session)
    scan(session, bundle, "C06", 8, bad=1, worker=oak.id)
    mend(session, bundle, pine)
    to_pieces(session, pine)
    first = last = today()
    done = service.enter_anew(session, pine.id, first, last, "agreed", by=SYSTEM, at=now())
    assert done == 1
    assert paid(session, pine) == {"C06": 1}


def test_terms_changed_for_days_already_worked_are_seen_until_entered_anew(
    session: Session,
) -> None:
    pine, (bundle, *_) = make_worker(session), make_bundles(session)
    scan(session, bundle, "C06", 7, bad=1, worker=pine.id)
    mend(session, bundle, pine)
    undone = scan(session, bundle, "S20", 3, worker=pine.id)
    service.undo(session, undone.scan.id, by=SYSTEM, at=now())
    assert queries.entered_otherwise(session, today(), today()) == ()
    to_pieces(session, pine)
    (line,) = queries.entered_otherwise(session, today(), today())
    assert (line.worker, line.entered, line.count) == (pine.id, PayMode.TIME, 8)
    assert paid(session, pine) == {}
    days = (today(), today())
    assert service.enter_anew(session, pine.id, *days, "agreed today", by=SYSTEM, at=now()) == 8
    assert paid(session, pine) == {"C06": 8}
    assert queries.entered_otherwise(session, today(), today()) == ()
    assert queries.recomputed(session) == ()
    with pytest.raises(NothingToEnterAnew):
        service.enter_anew(session, pine.id, *days, "once more", by=SYSTEM, at=now())


def test_entering_anew_needs_a_reason(session: Session) -> None:
    pine, (bundle, *_) = make_worker(session), make_bundles(session)
    scan(session, bundle, "C06", worker=pine.id)
    to_pieces(session, pine)
    with pytest.raises(WhyNeeded):
        service.enter_anew(session, pine.id, today(), today(), " ", by=SYSTEM, at=now())


def test_the_page_of_an_order_shows_both_teams(
    app: Flask, sign_in: SignIn, floor: Floor, clock: time_machine.Traveller
) -> None:
    with app.app_context(), transaction() as session:
        hazel = make_worker(session, "Hazel", terms=BY_PIECE)
        scan(session, floor.code, "C06", worker=floor.pine.id)
        scan(
            session, floor.bundles[1], "C06", worker=hazel.id, rejects=((Defect.STAIN, 1),), good=9
        )
    cedar = sign_in(Role.SUPERVISOR)
    page = cedar.get(f"/teams/{floor.order.number}?language=en").text
    assert "Line team" in page
    assert "Piece team" in page
    assert "Who sews it" in cedar.get(f"/orders/{floor.order.number}").text


def test_the_manager_enters_pieces_anew_from_the_pay_run(
    app: Flask, sign_in: SignIn, floor: Floor
) -> None:
    with app.app_context(), transaction() as session:
        scan(session, floor.code, "C06", worker=floor.pine.id)
        to_pieces(session, floor.pine)
    willow = sign_in(Role.MANAGER)
    address = f"/teams/anew/{floor.pine.number}?month=2026-11"
    assert "Line team" in willow.get(f"{address}&language=en").text
    assert willow.post(address, data={"reason": ""}).status_code == 422
    assert willow.post(address, data={"reason": "agreed"}).status_code == 303
    assert "as her terms say" in willow.get(address).text
    assert sign_in(Role.SUPERVISOR).get(address).status_code == 403
