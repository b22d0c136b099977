"""What goes wrong beside the pieces: faults with a cause, calls for help, needles, panels to recut.

All of it follows from how often something was decided, so that a season's chances stay what they
are. Everything but the newest panel is settled at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from factory.catalogue.domain import Station
from factory.kernel.ids import new_id
from factory.production import queries, service
from factory.production.domain.faults import Cause, likely_steps, usual_cause
from factory.production.domain.help import Trouble
from factory.production.domain.holds import HoldKind
from seed_data.acts import Scanned, Settled
from seed_data.ledger import SUPERVISOR, Ledger

CALL_EVERY, RECUT_EVERY, NEEDLE_EVERY = 6, 20, 30
WAITED = timedelta(minutes=14)
PANELS = ("왼쪽 소매", "겉깃", "오른쪽 앞판")
TORN, FOUND = "올이 나감", "조각을 모두 찾음"


def name_faults(act: Scanned, session: Session) -> None:
    """The final inspection says where its faults come from."""
    state = queries.bundle(session, act.bundle)
    if state.routing.step(act.operation).operation.station is not Station.QC:
        return
    for turn, (defect, count) in enumerate(act.rejects):
        cause = usual_cause(defect)
        usual, _ = likely_steps(state.routing, state.way, act.operation, defect)
        step = usual[(act.good + turn + count) % len(usual)].code if usual else None
        if cause is not Cause.WORK or step is None:
            cause, step = (Cause.UNKNOWN if cause is Cause.WORK else cause), None
        service.name_fault(session, act.id, defect, cause, step, by=SUPERVISOR, at=act.at)


def beside(act: Settled, session: Session, ledger: Ledger) -> None:
    """What happens now and then when it is decided about a piece."""
    ledger.decided += 1
    if ledger.decided % CALL_EVERY == 0:
        _call(act, session, ledger)
    if ledger.decided % NEEDLE_EVERY == 0:
        _needle(act, session)
    if ledger.decided % RECUT_EVERY == 1:
        _recut(act, session, ledger)


def _call(act: Settled, session: Session, ledger: Ledger) -> None:
    trouble = tuple(Trouble)[ledger.decided % len(Trouble)]
    by, begun = ledger.herself(act.person), act.at - WAITED
    call = service.call_help(
        session, trouble, act.person.stations[0], by=by, at=begun, event_id=new_id()
    )
    service.settle_call(session, call.id, by=SUPERVISOR, at=act.at)


def _needle(act: Settled, session: Session) -> None:
    if not queries.bundle(session, act.bundle).progress.in_work:
        return
    new = service.NewHold(bundle=act.bundle, kind=HoldKind.NEEDLE, party="3")
    broke = service.stop(session, new, by=SUPERVISOR, at=act.at - WAITED, event_id=new_id())
    service.let_go(session, broke.id, FOUND, by=SUPERVISOR, at=act.at, event_id=new_id())


def _recut(act: Settled, session: Session, ledger: Ledger) -> None:
    bundle = queries.bundle(session, act.bundle)
    if not bundle.progress.in_work:
        return
    _panel_came(session, ledger, act.at)
    new = service.NewHold(
        bundle=act.bundle,
        kind=HoldKind.RECUT,
        ply=bundle.bundle.ply_from,
        party=PANELS[ledger.decided % len(PANELS)],
        note=TORN,
    )
    kept = service.stop(session, new, by=SUPERVISOR, at=act.at, event_id=new_id())
    ledger.recut = kept.id, act.bundle


def _panel_came(session: Session, ledger: Ledger, at: datetime) -> None:
    if ledger.recut is not None:
        hold, _ = ledger.recut
        service.let_go(session, hold, by=SUPERVISOR, at=at, event_id=new_id())
        ledger.recut = None


def before_packing(act: Scanned, session: Session, ledger: Ledger) -> None:
    """No coat is packed without its panel: by then it has come back."""
    waits = ledger.recut is not None and ledger.recut[1] == act.bundle
    if waits and act.operation == ledger.operations[-1].code:
        _panel_came(session, ledger, act.at)
