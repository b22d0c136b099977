"""`POST /api/v1/scans` and `GET /api/v1/bundles/{code}`: pieces from terminals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, g, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading
from factory.kernel.errors import Refused
from factory.kernel.fields import Fields
from factory.kernel.ids import CodeKind, is_well_read
from factory.kernel.time import now
from factory.kernel.words import tell_in_each
from factory.people import queries as people_queries
from factory.people import service as people
from factory.production import queries, service
from factory.production.domain.scans import BundleUnknown, Defect, NewScan
from factory.production.queries import BundleState
from factory.security import devices, waiting
from factory.security.domain import DeviceRole
from factory.web.api import DUPLICATE, RECORDED, Outcome, read_batch, run_batch
from factory.web.errors import STATUS
from factory.web.guard import device

bp = Blueprint("production_api", __name__, url_prefix="/api/v1")
STATUS[BundleUnknown] = 404
MOST = 9_999
LONGEST_OPERATION = 20


@dataclass(frozen=True, slots=True)
class Sent:
    """An entry as a terminal sends it: the badge says whose it is."""

    scan: NewScan
    badge: str


@bp.post("/scans")
@device(DeviceRole.FLOOR)
def scans() -> ResponseReturnValue:
    """Keep what was done, each entry once; what can't be is refused item by item."""
    received, terminal, items = now(), g.device, read_batch("scans", "scan_id", _read)

    def hold(session: Session) -> None:
        service.hold_bundles(session, [sent.value.scan.bundle for sent in items])

    def keep(session: Session, sent: Sent) -> Outcome:
        try:
            bundle = queries.presented(session, sent.scan.bundle)
            worker = people.badge_holder(session, sent.badge, at=min(sent.scan.at, received))
            entry = replace(sent.scan, worker=worker, bundle=bundle)
            kept = service.record_scan(session, entry, received=received, by=terminal)
        except Refused:
            if queries.scan(session, sent.scan.id) is None:
                raise
            return DUPLICATE  # kept before, whatever has become of badge or bundle since
        return DUPLICATE if kept.again else RECORDED

    def seen(session: Session) -> None:
        devices.seen(session, terminal, at=received)

    def hand_over(session: Session, sent: Sent, refusal: Refused) -> None:
        waiting.keep(session, _waited(session, sent, refusal, terminal.name), received=received)

    return run_batch(items, keep, seen, prepare=hold, hand_over=hand_over)


def _waited(session: Session, sent: Sent, refusal: Refused, terminal: str) -> waiting.Waited:
    """An entry that a supervisor decides about."""
    scan = sent.scan
    kept = {"bundle": "" if scan.bundle.startswith(CodeKind.BADGE) else scan.bundle}
    done = {"operation": scan.operation, "good": scan.good}
    rejects = [{"defect": defect.label, "count": count} for defect, count in scan.rejects]
    who, why = people_queries.badge_was_of(session, sent.badge), tell_in_each(refusal)
    details = kept | done | {"rejects": rejects, "terminal": terminal}
    return waiting.Waited(scan.id, "production", who, scan.at, details, why)


def _read(fields: Fields) -> Sent:
    entry = NewScan(
        id=fields.uuid("scan_id"),
        bundle=fields.code("bundle"),
        operation=fields.text("operation", longest=LONGEST_OPERATION),
        worker=None,
        good=fields.whole("good", most=MOST),
        rejects=_rejects(fields.objects("rejects", ())),
        at=fields.moment("at"),
        source="terminal",
    )
    return Sent(entry, fields.code("badge"))


def _rejects(sent: list[Fields]) -> tuple[tuple[Defect, int], ...]:
    """Defects with their pieces; one that is named twice is added up."""
    found: Counter[Defect] = Counter()
    for each in sent:
        defect, count = _reject(each)
        found[defect] += count
    return tuple(found.items())


def _reject(fields: Fields) -> tuple[Defect, int]:
    found = fields.one_of("defect", Defect), fields.whole("count", least=1, most=MOST)
    fields.done()
    return found


@bp.get("/bundles/<code>")
@device(DeviceRole.FLOOR)
def bundle(code: str) -> ResponseReturnValue:
    """Say where a bundle is and what can be done on it now."""
    if not is_well_read(code):
        raise BundleUnknown
    with reading() as session:
        return jsonify(_plain(queries.bundle(session, code)))


def _plain(found: BundleState) -> dict[str, Any]:
    bundle = found.bundle
    return {
        "bundle": bundle.code,
        "order": bundle.order,
        "style": bundle.style,
        "colour": bundle.colour,
        "size": bundle.size,
        "quantity": found.progress.quantity,
        "state": found.stage.value,
        "at": list(found.at),
        "ready": [{"operation": step, "left": left} for step, left in found.ready],
    }
