"""Bundles that can be put together with one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.kernel.errors import Refused
from factory.production.domain.regroup import refuse_unlike
from factory.production.queries.bundles import BundleState, bundle, bundles_of


def alike(session: Session, code: str) -> tuple[BundleState, ...]:
    """Bundles of one colour, size and cut that are as far as this one."""
    mine = bundle(session, code)
    others = (each for each in bundles_of(session, mine.bundle.order) if each.progress.in_work)
    found = (bundle(session, each.bundle.code) for each in others)
    return tuple(each for each in found if _fits(mine, each))


def _fits(mine: BundleState, other: BundleState) -> bool:
    if other.bundle.code == mine.bundle.code or mine.progress.held or other.progress.held:
        return False
    try:
        refuse_unlike(mine.way, [(state.bundle, state.progress) for state in (mine, other)])
    except Refused:
        return False
    return bool(mine.progress.in_work)
