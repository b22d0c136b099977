"""One act is told by the function that knows its kind."""

from __future__ import annotations

from functools import singledispatch

from sqlalchemy.orm import Session

from seed_data.acts import Act
from seed_data.ledger import Ledger


@singledispatch
def enter(act: Act, session: Session, ledger: Ledger) -> None:  # noqa: ARG001 - the form for all
    """Tell a service what happened."""
    message = f"nobody enters {type(act).__name__}"
    raise TypeError(message)
