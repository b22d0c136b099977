"""What her own pages are shown with: nothing, they have no arguments."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.mine.build import make_pine


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A house with Aspen, whose page has something on every line."""
    make_pine(session, "Aspen")
    return {}
