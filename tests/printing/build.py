"""Papers and printers for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.printing import fleet, service
from factory.printing.domain import Purpose
from factory.printing.fleet import NewPrinter
from factory.security.domain import Actor, Role
from printers.document import Cut, Document, OpenDrawer, Row, Text

BIRCH = Actor(name="Birch", roles=frozenset({Role.CASHIER}))


def make_document(text: str = "영수증", *, drawer: bool = False) -> Document:
    first = (OpenDrawer(),) if drawer else ()
    return Document("Receipt", (*first, Text(text), Row("합계", "189,000원"), Cut()))


def make_job(
    session: Session, document: Document | None = None, purpose: Purpose = Purpose.RECEIPT
) -> int:
    return service.enqueue(
        session,
        document or make_document(),
        purpose=purpose,
        by=BIRCH,
        at=now(),
        event_id=new_id(),
    )


def make_printer(session: Session, target: str, *purposes: Purpose, name: str = "Corner") -> int:
    new = NewPrinter(
        name=name, place="corner", profile="virtual-80", target=target, purposes=purposes
    )
    return fleet.add_printer(session, new, by=BIRCH, at=now())
