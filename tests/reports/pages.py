"""What the pages of reports are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.catalogue import pages


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A style."""
    return {"reports.margin": pages.examples(session)["catalogue.style"]}
