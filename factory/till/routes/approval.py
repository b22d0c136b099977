"""A manager comes to the till and answers for a price: badge and PIN, nobody signs out for it.

Where she signs in with her telephone she shows it here too (`docs/decisions/0019`).
"""

from __future__ import annotations

from factory.db.session import reading
from factory.kernel.ids import CodeKind, is_well_read
from factory.kernel.time import now
from factory.people import service as people
from factory.security import entering
from factory.security.domain import CodeWanted, CodeWrong, Permission
from factory.till.domain.discount import PinWanted
from factory.till.forms import ManagerForm, TillForm


def _is_badge(code: str) -> bool:
    return is_well_read(code) and code.startswith(CodeKind.BADGE.value)


def scanned(form: TillForm) -> bool:
    """Whether a badge was scanned where hang tags are; it goes into its own field."""
    code = (form.code.data or "").strip()
    if not _is_badge(code):
        return False
    form.badge.data, form.code.data = code, ""
    form.badge.raw_data = form.code.raw_data = None
    return True


def given(form: ManagerForm) -> str:
    """The chosen name of the manager who answers for it; nothing where none was asked."""
    name = (form.badge.data or "").strip()
    if not name:
        return ""
    if not (form.pin.data or ""):
        raise PinWanted
    name = named(name)
    pin, code = form.pin.data or "", form.telephone.data or ""
    try:
        return entering.vouch(name, pin, code, Permission.OVERRIDE_PRICE, at=now())
    except (CodeWanted, CodeWrong) as refusal:
        refusal.field = form.telephone.name  # a till's own codes are those of hang tags
        raise


def named(name: str) -> str:
    """What she signs in with: of a badge its number."""
    if not _is_badge(name):
        return name
    with reading() as session:
        return str(people.worker_with_badge(session, name, at=now()).number)
