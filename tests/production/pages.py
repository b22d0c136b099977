"""What the pages of the floor are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.production import queries, service
from factory.production.domain.faults import Cause
from factory.production.domain.help import Trouble
from factory.production.domain.holds import HoldKind
from factory.production.domain.outcomes import Outcome
from factory.production.domain.scans import Defect
from factory.security.domain import SYSTEM
from tests.catalogue.build import make_care
from tests.orders.build import make_order
from tests.production.build import make_lay
from tests.production.floor import make_floor, sew


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A bundle with two coats to repair, one of them decided; an order that is still to be cut."""
    floor = make_floor(session, "Alder")
    sew(session, floor, "C06", good=8, rejects=((Defect.STAIN, 2),))
    scan = queries.my_scans(session, floor.pine.id, floor.pine_began)[0]
    what = (floor.code, "C06", Outcome.SCRAPPED)
    (decided,) = service.decide(
        session, *what, reason="torn", by=SYSTEM, at=now(), event_id=new_id()
    )
    make_care(session, floor.order.lines[0].style)
    planned = make_lay(session, make_order(session), plies={1: 2})
    hold = service.stop(
        session,
        service.NewHold(bundle=floor.bundles[1].code, kind=HoldKind.NEEDLE, party="machine 3"),
        by=SYSTEM,
        at=now(),
        event_id=new_id(),
    )
    service.call_help(session, Trouble.MACHINE, None, by=SYSTEM, at=now(), event_id=new_id())
    fault = service.name_fault(
        session, scan.id, Defect.STAIN, Cause.WORK, "C06", by=SYSTEM, at=now()
    )
    bundle, entry, place = {"code": floor.code}, {"entry": scan.id}, {"decision": decided.id}
    return {
        "production.bundle": bundle,
        "production.station_card": bundle,
        "production.inspection_card": bundle,
        "production.decide": bundle | {"operation": "C06"},
        "production.station_kept": entry,
        "production.inspection_kept": entry,
        "production.inspection_decided": place,
        "production.cut_order": {"number": planned.order},
        "production.plan_lay": {"number": planned.order, "style": planned.style},
        "production.lay": {"lay": planned.id},
        "production.split": bundle,
        "production.more": bundle,
        "production.inspection_paper": {"number": floor.order.number, "line": 1},
        "production.merge": bundle,
        "production.hold": bundle | {"kind": "outside"},
        "production.settle": {"number": hold.id},
        "production.teams": {"number": floor.order.number},
        "production.enter_anew": {"number": floor.pine.number},
        "production.judge_fault": {"number": fault},
        "production.answer_fault": {"number": fault},
        "production.care_artwork": {"number": floor.order.lines[0].style},
    }
