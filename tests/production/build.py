"""Builders of lays, bundles and what is entered about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.orders.domain import Order
from factory.production import queries, service
from factory.production.domain.bundles import Bundle
from factory.production.domain.cutting import Lay, NewLay
from factory.production.domain.scans import Defect, NewScan
from factory.production.service import Recorded
from factory.security.domain import SYSTEM, WorkerId
from tests.orders.build import STYLE, make_lines, make_order, make_style

SHORT = """code,group,name_ko,name_en,sam_min,predecessors
C01,cut,연단,Spread,1.00,
C05,cut,번들 묶기,Bundle,2.00,C01
C06,fuse,심지 접착,Fuse,2.40,C05
S01,prep,앞판 박기,Front,1.50,C06
S17,prep,소매 박기,Sleeve,2.00,C06
S20,lining,안감 연결,Lining,2.40,C05
S28,assembly,소매 달기,Set sleeves,3.60,S01 S17
S32,assembly,밑단 막기,Close,3.30,S28 S20
F04,finish,완성 다림,Press,5.00,S32
F05,qc,완성 검사,Look,2.40,F04
F07,pack,포장,Pack,1.50,F05
"""
"""A coat in eleven steps: three parts side by side, put together, finished."""
TO_SEW = ("C06", "S01", "S17", "S20", "S28", "S32")
TO_FINISH = ("F04", "F05", "F07")


def make_coat_order(
    session: Session, *, sheet: str = SHORT, style: str = STYLE, **changes: Any
) -> Order:
    """A confirmed order of 45 black coats, whose style takes eleven steps."""
    make_style(session, style, sheet=sheet)
    given: dict[str, Any] = {"lines": make_lines(style, BK=(5, 10, 15, 10, 5))}
    return make_order(session, **(given | changes))


def make_lay(
    session: Session,
    order: Order | None = None,
    *,
    plies: Mapping[int, int] | None = None,
    marker: Mapping[str, int] | None = None,
    **changes: Any,
) -> Lay:
    """A planned lay: ten plies of black, one 66 in each."""
    order = order or make_coat_order(session)
    new = NewLay(
        order=order.number,
        line_plies=plies or {1: 10},
        marker=marker or {"66": 1},
        **changes,
    )
    return service.plan_lay(session, new, by=SYSTEM, at=now())


def make_bundles(
    session: Session, order: Order | None = None, **changes: Any
) -> tuple[Bundle, ...]:
    """The bundles of a lay that was cut as planned."""
    lay = make_lay(session, order, **changes)
    return service.record_cut(session, lay.id, dict(lay.planned), 2_400, by=SYSTEM, at=now())


def make_bundle(session: Session, order: Order | None = None, **changes: Any) -> Bundle:
    """One bundle of ten black coats in 66, cut and not yet fused."""
    return make_bundles(session, order, **changes)[0]


def new_scan(bundle: Bundle | str, operation: str, good: int = 10, **changes: Any) -> NewScan:
    given: dict[str, Any] = {
        "id": new_id(),
        "bundle": bundle if isinstance(bundle, str) else bundle.code,
        "operation": operation,
        "worker": None,
        "good": good,
        "at": now(),
    }
    return NewScan(**(given | changes))


def scan(
    session: Session,
    bundle: Bundle | str,
    operation: str,
    good: int = 10,
    *,
    bad: int = 0,
    worker: WorkerId | None = None,
    received: datetime | None = None,
    **changes: Any,
) -> Recorded:
    """Enter pieces; `bad` ones have an open seam."""
    if bad:
        changes["rejects"] = ((Defect.OPEN_SEAM, bad),)
    entry = new_scan(bundle, operation, good, worker=worker, **changes)
    return service.record_scan(session, entry, received=received or now())


def sew(session: Session, bundle: Bundle, *operations: str, **changes: Any) -> None:
    """Bring all pieces that are left through these steps; through sewing by default."""
    for operation in operations or TO_SEW:
        left = dict(queries.bundle(session, bundle.code).ready)[operation]
        scan(session, bundle, operation, left, **changes)


def finish(session: Session, bundle: Bundle, **changes: Any) -> None:
    """Bring all pieces that are left to the rail."""
    sew(session, bundle, *TO_SEW, *TO_FINISH, **changes)
