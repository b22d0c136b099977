"""Tell what is cut, sewn, rejected, decided, lost and found."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.production import service
from factory.production.domain.cutting import NewLay
from factory.production.domain.scans import NewScan
from factory.security.domain import Role
from seed_data import cloth, troubles
from seed_data.acts import Found, Laid, Missing, Scanned, Settled, Undone
from seed_data.entering.dispatch import enter
from seed_data.ledger import SUPERVISOR, Ledger
from seed_data.orders import BUNDLE

LOST, CAME_BACK = "묶음에 한 장이 없음", "다림대 밑에서 찾음"


@enter.register
def _laid(act: Laid, session: Session, ledger: Ledger) -> None:
    lines = ledger.lines[act.order]
    new = NewLay(
        order=ledger.orders[act.order],
        line_plies={lines[colour]: plies for colour, plies in act.lay.plies},
        marker=dict(act.lay.marker),
        bundle_size=BUNDLE,
    )
    by = ledger.herself(act.person, Role.CUTTER)
    lay = service.plan_lay(session, new, by=by, at=act.at)
    actual = {lines[colour]: plies for colour, plies in act.plies}
    rolls = cloth.laid(session, ledger, lines, act)
    bundles = service.record_cut(session, lay.id, actual, 0, rolls, by=by, at=act.at)
    ledger.cut.append((act.order, bundles))


@enter.register
def _scanned(act: Scanned, session: Session, ledger: Ledger) -> None:
    new = NewScan(
        id=act.id,
        bundle=act.bundle,
        operation=act.operation,
        worker=ledger.workers[act.person.number],
        good=act.good,
        at=act.at,
        rejects=act.rejects,
    )
    troubles.before_packing(act, session, ledger)
    service.record_scan(session, new, received=act.at)
    if act.rejects:
        troubles.name_faults(act, session)


@enter.register
def _undone(act: Undone, session: Session, ledger: Ledger) -> None:
    service.undo(session, act.id, by=ledger.herself(act.person), at=act.at)


@enter.register
def _settled(act: Settled, session: Session, ledger: Ledger) -> None:
    service.decide(
        session,
        act.bundle,
        act.operation,
        act.outcome,
        1,
        act.reason,
        ledger.workers[act.person.number],
        by=SUPERVISOR,
        at=act.at,
        event_id=act.id,
    )
    troubles.beside(act, session, ledger)


@enter.register
def _missing(act: Missing, session: Session, ledger: Ledger) -> None:  # noqa: ARG001 - the form for all
    service.mark_lost(session, act.bundle, 1, LOST, by=SUPERVISOR, at=act.at, event_id=act.id)


@enter.register
def _found(act: Found, session: Session, ledger: Ledger) -> None:  # noqa: ARG001 - the form for all
    service.mark_found(session, act.bundle, 1, CAME_BACK, by=SUPERVISOR, at=act.at, event_id=act.id)
