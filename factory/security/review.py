"""A month of the audit on one sheet: what a person should look through, and sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.kernel.time import Period
from factory.security import chain
from factory.security.queries import AuditLine, entry_of
from factory.security.records import AuditRow

OPENED = "read_vault"
LEFT = frozenset({"certify", "draw_contract", "draw_paper", "make_transfer"})
"""Papers and files in which people stand by legal name, or with their accounts."""
DOORS = frozenset(
    {
        "add_device",
        "close_account",
        "create_account",
        "demand_telephone",
        "end_session",
        "rotate_keys",
        "set_password",
        "set_roles",
        "stop_guessing",
        "take_telephone_in",
        "take_telephone_off",
        "use_recovery_code",
        "void_device",
    }
)
"""Who may come in, and with what."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often somebody did something."""

    actor: str
    what: str
    times: int
    field: str = ""
    """Which sealed text, where it was one."""

    @property
    def deed(self) -> str:
        """What was done, as a sentence that the catalogues know."""
        return self.what.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Review:
    """What a month's entries say."""

    month: Period
    opened: tuple[Count, ...]
    left: tuple[AuditLine, ...]
    doors: tuple[AuditLine, ...]
    others: tuple[Count, ...]
    mark: str
    """The end of the chain, to be written down."""


def review(session: Session, month: Period, called: Mapping[str, str]) -> Review:
    """The sheet of a month."""
    statement = select(AuditRow).where(AuditRow.at.between(*month.interval)).order_by(AuditRow.id)
    rows = list(session.scalars(statement))
    left = [row for row in rows if row.what in LEFT and _names_people(row)]
    doors = [row for row in rows if row.what in DOORS]
    others = [row for row in rows if row.what not in LEFT | DOORS | {OPENED, "sign_in"}]
    return Review(
        month,
        _opened(row for row in rows if row.what == OPENED),
        tuple(entry_of(row, called) for row in left),
        tuple(entry_of(row, called) for row in doors),
        _counted((row.actor, row.what, "") for row in others),
        str(chain.newest(session)),
    )


def _names_people(row: AuditRow) -> bool:
    """A paper that was drawn up by chosen names alone tells nothing outside."""
    return not isinstance(row.after, dict) or row.after.get("named", True) is not False


def _opened(rows: Iterable[AuditRow]) -> tuple[Count, ...]:
    return _counted((row.actor, row.what, entry_of(row).field) for row in rows)


def _counted(told: Iterable[tuple[str, str, str]]) -> tuple[Count, ...]:
    found = Counter(told)
    order = sorted(found.items(), key=lambda each: (each[0][0], -each[1], each[0]))
    return tuple(Count(actor, what, times, field) for (actor, what, field), times in order)
