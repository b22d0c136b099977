"""What the pages of printers and papers are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factory.printing import queries
from tests.printing.build import make_job


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A paper that waits, and the first printer."""
    paper, printer = make_job(session), queries.printers(session)[0].id
    return {
        "printing.paper": {"number": paper},
        "printing.picture": {"number": paper},
        "printing.printer": {"number": printer},
        "printing.roll": {"number": printer},
        "printing.seen": {"number": printer},
        "printing.place": {"number": printer},
    }
