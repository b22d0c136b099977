"""What the pages of the law book are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factory.lawbook import service
from tests.lawbook.build import CARE, WILLOW, bring, decree, figure, morning


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A decreed holiday that holds, a figure that holds, and one that waits."""
    decree(session)
    held = bring(session, figure())
    waits = service.enter(session, figure(since="2028-01-01"), by=WILLOW, at=morning())
    return {
        "lawbook.figure": {"name": CARE},
        "lawbook.enter": {"name": "social_insurance.pension_base"},
        "lawbook.entry": {"number": held},
        "lawbook.refuse": {"number": waits},
        "lawbook.take_back": {"number": held},
    }
