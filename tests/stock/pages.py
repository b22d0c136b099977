"""What the rail's pages are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.time import now
from factory.security.domain import SYSTEM
from factory.stock import service
from tests.catalogue import pages
from tests.stock.build import make_item, make_stock


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A black coat in 66 of which some came and one was missing."""
    pages.examples(session)
    code = make_stock(session, make_item(session), 10)
    service.count(session, code, 9, "count of the year", by=SYSTEM, at=now())
    return {"stock.coat": {"code": code}}
