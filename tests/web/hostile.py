"""Everything that can be sent to a house, sent wrong, and what must hold of every answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from factory.db.session import db, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.people import queries as people
from factory.security import devices, kiosk, records, service, sessions
from factory.security.domain import SYSTEM, TERMINALS, AccountId, DeviceRole, Role
from tests.cast import PASSWORD
from tests.web.fuzz import Chance, Written, fields_of, quiet, sent, sent_by_terminal
from tests.web.linden import House, addresses

COUNTED = {"attempts", "known_places", "audit_entries", "audit_links", "refused_entries"}
"""What is written of a refusal: that somebody guesses, and what waited in a terminal."""
SIGNED_OUT = re.compile("/(visitors|step-back|sign-|settings|accounts)")
Examples = dict[str, dict[str, Any]]


@dataclass
class Siege:
    """A house under hostile requests; `wrong` says what did not hold."""

    app: Flask
    house: House
    examples: Examples
    seed: int = 1
    wrong: list[str] = field(default_factory=list)
    browsers: dict[bool, FlaskClient] = field(default_factory=dict)
    forms: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def run(self, requests: int) -> dict[int, int]:
        """Send so many; gives how often each status was the answer."""
        with self.app.app_context():
            written = Written(db.engine)
        counts: dict[int, int] = {}
        with quiet(self.app):
            for where, send in self._requests(requests):
                written.taken()
                answer = send()
                counts[answer.status_code] = counts.get(answer.status_code, 0) + 1
                self._look(where, answer, written.taken())
                answer.close()
        return counts

    def _look(self, where: str, answer: TestResponse, tables: set[str]) -> None:
        if answer.status_code >= 500:
            self.wrong.append(f"{where}: {answer.status_code}")
        if answer.status_code >= 400 and tables - COUNTED:
            self.wrong.append(f"{where}: {answer.status_code}, but it wrote {sorted(tables)}")
        if SIGNED_OUT.match(where) or (answer.location or "").startswith("/sign-in"):
            self.browsers.clear()
        if answer.location and not _is_ours(answer.location):
            self.wrong.append(f"{where}: leads to {answer.location[:60]}")
        if "X-Injected" in answer.headers:
            self.wrong.append(f"{where}: took a header")
        if b"<script>alert(1)" in answer.data and answer.mimetype == "text/html":
            self.wrong.append(f"{where}: wrote a script")

    def _requests(self, requests: int) -> Iterator[tuple[str, Callable[[], TestResponse]]]:
        every = addresses(self.app, "POST", self.house, self.examples)
        pages = [address for address in every if not address.startswith("/api/")]
        chance = Chance(self.seed)
        bodies, tokens = self._bodies(), self._tokens()
        for number in range(requests):
            if number % 6 == 0:
                path, role, body = chance.random.choice(bodies)
                terminal = self.app.test_client()
                yield path, partial(sent_by_terminal, terminal, chance, path, body, tokens[role])
                continue
            address, browser = chance.random.choice(pages), self._browser(screen=number % 5 == 4)
            form = self._form(address)
            chance.known.update(form)
            yield address, partial(sent, browser, chance, address, form)

    def _form(self, address: str) -> dict[str, list[str]]:
        """What a page asks for; a form is nearly always sent to its own page."""
        if address not in self.forms:
            answer = self._browser(screen=False).get(address)
            page = answer.status_code == 200 and answer.mimetype == "text/html"
            self.forms[address] = fields_of(answer.text) if page else {}
        return self.forms[address]

    def _browser(self, *, screen: bool) -> FlaskClient:
        """Mostly somebody who may do everything in the office; at times a screen of the floor."""
        if screen in self.browsers:
            return self.browsers[screen]
        roles = sorted(TERMINALS) if screen else [r for r in Role if r not in TERMINALS]
        with self.app.app_context(), transaction() as session:
            account = self._account(session, f"hostile {screen}", roles)
            token = sessions.open_session(session, account, at=now())
            if screen:
                rowan, until = self.house.rowan, now() + sessions.PIN_LASTS
                sessions.act_as(session, token, rowan.id, name=rowan.name, pin_until=until)
        self.browsers[screen] = browser = self.app.test_client()
        browser.set_cookie(kiosk.COOKIE, token)
        return browser

    def _account(self, session: Any, name: str, roles: list[Role]) -> AccountId:
        found = service.find_account_id(session, name)
        if found is not None:
            row = records.account(session, found)
            row.active, row.roles = True, sorted(roles)  # whatever a request made of it
            return found
        return service.create_account(session, name, PASSWORD, roles=roles, by=SYSTEM, at=now())

    def _tokens(self) -> dict[DeviceRole, str]:
        with self.app.app_context(), transaction() as session:
            return {
                role: devices.add(session, f"hostile {new_id()}", role, by=SYSTEM, at=now())
                for role in DeviceRole
            }

    def _bodies(self) -> list[tuple[str, DeviceRole, dict[str, Any]]]:
        with self.app.app_context(), transaction() as session:
            badge = people.badges(session)[self.house.rowan.id]
        at = now().isoformat()
        came = {"event_id": new_id(), "badge": badge, "kind": "in", "at": at}
        entry = {
            "scan_id": new_id(),
            "bundle": self.house.pool["code"][0],
            "operation": "C06",
            "badge": badge,
            "good": 1,
            "rejects": [{"defect": "stain", "quantity": 1}],
            "at": at,
        }
        sale = {
            "sale_id": new_id(),
            "lines": [{"code": "40000018", "quantity": 1, "discount": 0}],
            "tenders": [{"kind": "cash", "amount": 189_000}],
            "cash_receipt": None,
            "at": at,
        }
        return [
            ("/api/v1/clock-events", DeviceRole.CLOCK, {"events": [came]}),
            ("/api/v1/scans", DeviceRole.FLOOR, {"scans": [entry]}),
            ("/api/v1/sales", DeviceRole.TILL, {"sales": [sale]}),
        ]


def _is_ours(location: str) -> bool:
    return location.startswith("/") and not location.startswith(("//", "/\\"))
