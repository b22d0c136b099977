"""Cedar, who comes as the second person where what is sealed opens for many at once."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.kernel.time import now
from factory.security import service
from factory.security.domain import SYSTEM, Role
from tests.cast import PASSWORD

SECOND = {"second": "cedar", "pin": PASSWORD}
"""What she types."""


def cedar(session: Session, role: Role = Role.SUPERVISOR) -> None:
    """Her account."""
    service.create_account(
        session, "cedar", PASSWORD, roles=[role], shown="Cedar", by=SYSTEM, at=now()
    )
