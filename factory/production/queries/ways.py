"""Ways of work in memory: a routing never changes, so its graph is made once for all scans."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.production.domain.way import Way, of_routing

MOST_REMEMBERED = 200
_ways: dict[str, Way] = {}


def way_of(session: Session, routing_uid: str) -> Way:
    """The way that bundles of a routing take."""
    known = _ways.get(routing_uid)
    if known is not None:
        return known
    if len(_ways) >= MOST_REMEMBERED:
        _ways.clear()
    return _ways.setdefault(routing_uid, of_routing(catalogue.routing_by_uid(session, routing_uid)))
