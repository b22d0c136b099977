"""A floor with work on it: a short coat, an order that was cut, a machinist and her badge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.catalogue import service as catalogue
from factory.db.session import reading
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.orders.domain import Order
from factory.people import queries as people
from factory.people.domain import Worker
from factory.production import queries, service
from factory.production.domain.bundles import Bundle
from factory.production.domain.cutting import NewLay
from factory.production.domain.scans import NewScan
from factory.security.domain import SYSTEM
from tests.orders.build import make_lines, make_order, make_style
from tests.people.build import make_worker
from tests.production.coats import short_routing


@dataclass(frozen=True, slots=True)
class Floor:
    """What the tests walk through."""

    order: Order
    bundles: tuple[Bundle, ...]
    pine: Worker
    badge: str

    pine_began: datetime

    @property
    def code(self) -> str:
        """The first bundle's ticket."""
        return self.bundles[0].code


def make_cut_order(session: Session, **changes: Any) -> Order:
    """A confirmed order of black coats: ten in 55, twenty in 66."""
    make_style(session, sheet=None)
    catalogue.revise_routing(session, "W-2601", short_routing().steps, by=SYSTEM, at=now())
    return make_order(session, **({"lines": make_lines(BK=(0, 10, 20))} | changes))


def make_floor(session: Session, name: str = "Pine") -> Floor:
    """Three bundles of ten black coats, cut and ready for the fusing press."""
    order = make_cut_order(session)
    lay = NewLay(order=order.number, line_plies={1: 10}, marker={"55": 1, "66": 2})
    bundles = service.plan_and_cut(session, lay, 3_150, by=SYSTEM, at=now())
    pine = make_worker(session, name=name)
    return Floor(order, bundles, pine, people.badges(session)[pine.id], now())


def sew(session: Session, floor: Floor, *operations: str, **changes: Any) -> None:
    """Let Pine do these operations on the first bundle, ten pieces each."""
    given: dict[str, Any] = {"bundle": floor.code, "worker": floor.pine.id, "good": 10}
    for operation in operations:
        made: dict[str, Any] = {"id": new_id(), "operation": operation, "at": now()}
        service.record_scan(session, NewScan(**(made | given | changes)), received=now())


At = Callable[[str], FlaskClient]


def signed(browser: FlaskClient, floor: Floor, language: str = "en") -> FlaskClient:
    """Pine's badge is scanned, and she chooses her language."""
    scan(browser, floor.badge)
    browser.post("/language", data={"language": language})
    return browser


def scan(browser: FlaskClient, code: str, **more: str) -> str:
    """Scan a paper at the station, and go where it leads."""
    return browser.post("/station/", data={"code": code} | more, follow_redirects=True).text


def enter(browser: FlaskClient, address: str, **entry: str) -> str:
    """Press a button of a card, and go where it leads."""
    return browser.post(address, data=entry, follow_redirects=True).text


def done(app: Flask, floor: Floor, operation: str) -> int:
    """Pieces done well at an operation of the first bundle."""
    with app.app_context(), reading() as session:
        return queries.bundle(session, floor.code).progress.steps[operation].passed
