"""What the pages about people are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.time import now
from factory.people import service
from factory.security.domain import SYSTEM
from tests.people.build import make_worker


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """Pine, of whom something is sealed."""
    pine = make_worker(session)
    service.seal(session, pine, {"phone": "010-0000-0000"}, by=SYSTEM, at=now())
    service.read_sealed(session, pine, "phone", reason="to call her", by=SYSTEM, at=now())
    pages = (
        "person",
        "protection",
        "terms",
        "contract",
        "skills",
        "leave",
        "sealed",
        "account",
        "irp_account",
    )
    return {f"people.{page}": {"number": pine.number} for page in pages}
