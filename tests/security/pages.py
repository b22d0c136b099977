"""What the pages of sign-in, accounts and terminals are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.time import now
from factory.security import devices, service
from factory.security.domain import SYSTEM, DeviceRole, Role
from tests.cast import PASSWORD


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """Hazel's account and a tablet."""
    service.create_account(session, "hazel", PASSWORD, roles=[Role.CUTTER], by=SYSTEM, at=now())
    devices.add(session, "tablet", DeviceRole.FLOOR, by=SYSTEM, at=now())
    return {"security.account": {"name": "hazel"}, "security.audit_month": {"month": "2026-11"}}
