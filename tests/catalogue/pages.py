"""What the catalogue's pages are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factory.catalogue import queries
from tests.catalogue.build import make_style


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """The wool coat, with its operations."""
    if "W-2601" not in {style.number for style in queries.styles(session)}:
        make_style(session)
    coat = {"number": "W-2601"}
    return {
        f"catalogue.{page}": coat for page in ("style", "colours", "prices", "operations", "sheet")
    }
