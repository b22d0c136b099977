"""A house in which everybody's sealed texts are known, and how each of its papers is drawn up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade
from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.payroll import service as payroll
from factory.payroll.domain.certificates import Certificate
from factory.payroll.domain.papers import Paper, Shape
from factory.people import queries as people
from factory.people import records as hiring
from factory.people import service as people_service
from factory.people.domain import Worker
from factory.printing.domain import Purpose
from factory.printing.queries import contents
from factory.printing.records import JobRow
from factory.production import service as production
from factory.production.service import papers
from factory.security.domain import SYSTEM, Role
from factory.security.keeping import ring_of
from factory.upkeep.documents import recovery_sheet
from printers.pdf import to_pdf
from tests.conftest import MORNING, hurried, make_app
from tests.payroll.pages import CLOSED
from tests.payroll.second import SECOND, cedar
from tests.payroll.test_handing import herself
from tests.people.build import make_terms
from tests.web.linden import House, addresses, make_house, room_examples
from tests.web.test_nobody_elses import as_herself, as_role, read_in, words_of
from tests.web.test_pages import rooms

FIRST_NUMBER = 8701
"""Such numbers stand on paper for nothing else."""


class Named(StrEnum):
    """How somebody who works here is named, in the words of the table."""

    CHOSEN = "chosen name"
    NUMBER = "number"
    LEGAL = "legal name"
    BORN = "birth date"
    LIVES = "address"
    ACCOUNT = "account number"


C, N, L, B, A, K = Named
Names = frozenset[Named]


@dataclass(frozen=True)
class Made:
    """The house, whom its papers may name, and what each room shows its pages with."""

    app: Flask
    house: House
    workers: tuple[Worker, ...]
    examples: dict[str, dict[str, Any]]

    def named_in(self, text: str) -> Names:
        """How anybody who works here is named in a text."""
        return frozenset(kind for kind, words in self._words() if words.search(text))

    def _words(self) -> Iterator[tuple[Named, re.Pattern[str]]]:
        numbers = "|".join(str(each.number) for each in self.workers)
        names = "|".join(re.escape(each.name) for each in self.workers)
        yield C, re.compile(rf"\b({names})\b")
        yield N, re.compile(rf"(?<!\d)({numbers})(?!\d)")
        yield L, re.compile(rf"Sealed({numbers})er")
        yield B, re.compile("1969-03-17|1969년 3월 17일|17 Mar 1969|19690317")
        yield A, re.compile(rf"Street({numbers})lane")
        yield K, re.compile(rf"7713({numbers})015263")


@contextmanager
def open_house(place: Path) -> Iterator[Made]:
    """A house in which every room has made its papers."""
    with (
        time_machine.travel(datetime.fromisoformat(MORNING), tick=False),
        pytest.MonkeyPatch.context() as patched,
    ):
        following = hiring.next_number
        patched.setattr(hiring, "next_number", lambda s: max(following(s), FIRST_NUMBER))
        app = hurried(make_app(f"sqlite:///{place / 'test.sqlite'}", place))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), transaction() as session:
            examples = room_examples(session, rooms())
            house = make_house(session)
            cedar(session)
            workers = tuple(people.workers(session))
            for each in workers:
                people_service.seal(session, each, _sealed(each), by=SYSTEM, at=now())
            people_service.print_badge(session, house.linden, by=SYSTEM, at=now())
            _print_what_no_room_shows(session, examples)
            ash = people.worker_numbered(session, examples["payroll.certificate"]["number"])
            terms = make_terms(since=today(), rate=Money(13_000))
            people_service.change_terms(session, ash, terms, by=SYSTEM, at=now())
        yield Made(app, house, workers, examples)


def _print_what_no_room_shows(session: Session, examples: dict[str, dict[str, Any]]) -> None:
    by_at: dict[str, Any] = {"by": SYSTEM, "at": now()}
    production.print_cut_ticket(session, examples["production.lay"]["lay"], **by_at)
    style = examples["production.care_artwork"]["number"]
    production.print_care_proof(session, style, today(), **by_at)
    coat = catalogue.item_of(session, style, "BK", "66", Grade.FIRST)
    papers.print_tags(session, coat, 1, event_id=new_id(), **by_at)


def _sealed(worker: Worker) -> dict[str, str]:
    number = worker.number
    return {
        "legal_name": f"Sealed{number}er",
        "address": f"Street{number}lane",
        "bank_account": f"국민은행 7713{number}015263",
        "birth_date": "1969-03-17",
    }


# How papers are made


def manager(made: Made) -> FlaskClient:
    """A browser at which a manager is signed in."""
    browser = made.app.test_client()
    as_role(Role.MANAGER)(made.app, browser, made.house)
    return browser


def text_of(answer: TestResponse) -> str:
    """What stands in a file; nothing where the answer is a page."""
    if answer.status_code != 200 or answer.mimetype == "text/html":
        return ""
    wide = (answer.data[turn:].decode("utf-16-le", "replace") for turn in (0, 1))
    old = answer.mimetype == "application/vnd.ms-excel"
    return "\n".join((answer.data.decode("latin-1"), *wide)) if old else read_in(answer)


Makes = Callable[[Made], Iterator[str]]


def shown(*endpoints: str) -> Makes:
    """Files that are asked for by their address, as a manager."""

    def make(made: Made) -> Iterator[str]:
        browser, adapter = manager(made), made.app.url_map.bind("")
        for address in addresses(made.app, "GET", made.house, made.examples):
            if adapter.match(address, "GET")[0] in endpoints:
                yield text_of(browser.get(address))

    return make


def hers(*endpoints: str) -> Makes:
    """The same, as Linden at her own telephone."""

    def make(made: Made) -> Iterator[str]:
        browser, adapter = made.app.test_client(), made.app.url_map.bind("")
        as_herself("linden")(made.app, browser, made.house)
        for address in addresses(made.app, "GET", made.house, made.examples):
            if adapter.match(address, "GET")[0] in endpoints:
                yield text_of(browser.get(address))

    return make


def sent(address: str, **typed: str) -> Makes:
    """A file that is drawn up from a form; `{number}` is Linden's."""

    def make(made: Made) -> Iterator[str]:
        at = address.format(number=made.house.linden.number)
        answer = manager(made).post(at, data=typed)
        assert answer.status_code == 200, at
        yield text_of(answer)

    return make


def slips(*purposes: Purpose) -> Makes:
    """What the rooms have put into the outbox."""

    def make(made: Made) -> Iterator[str]:
        with made.app.app_context(), reading() as session:
            wanted = select(JobRow.id).where(JobRow.purpose.in_(purposes))
            for number in session.scalars(wanted):
                document, data, _ = contents(session, number)
                yield f"{document}{(data or b'').decode('latin-1')}"

    return make


def month_paper(paper: Paper, **typed: str) -> tuple[Makes, ...]:
    """A paper of the closed month, as PDF and as spreadsheet."""
    at = f"/pay/{CLOSED}/papers"
    return tuple(sent(at, paper=paper.value, shape=shape.value, **typed) for shape in Shape)


def bank_file(made: Made) -> Iterator[str]:
    """The file for the bank of the closed month."""
    browser, at = manager(made), f"/pay/{CLOSED}/transfer"
    assert browser.post(at, data={"form": "woori", "reason": WHY, **SECOND}).status_code == 303
    answer = browser.post(f"{at}/1.xls")
    assert answer.status_code == 200
    yield text_of(answer)


def wished(way: Makes) -> Makes:
    """The same once everybody wished her legal name on it; afterwards nobody does."""

    def make(made: Made) -> Iterator[str]:
        _wish(made, legal=True)
        yield from list(way(made))
        _wish(made, legal=False)

    return make


def _wish(made: Made, *, legal: bool) -> None:
    with made.app.app_context(), transaction() as session:
        for each in made.workers:
            payroll.wish_name(session, each, legal=legal, by=herself(each), at=now())


def page_of_paper(address: str) -> Makes:
    """What is printed from the browser."""

    def make(made: Made) -> Iterator[str]:
        answer = manager(made).get(address)
        assert answer.status_code == 200
        yield answer.text.split("<main")[1]

    return make


def severance_slip(made: Made) -> Iterator[str]:
    """The statement of somebody who left, on the slip printer."""
    number = made.examples["payroll.severance_paper"]["number"]
    before = list(slips(Purpose.PAYSLIP)(made))
    answer = manager(made).post(f"/pay/leaving/{number}/severance/print")
    assert answer.status_code == 303
    yield from list(slips(Purpose.PAYSLIP)(made))[len(before) :]


def recovery(made: Made) -> Iterator[str]:
    """The sheet with the key."""
    with made.app.app_context(), reading() as session:
        drawn = to_pdf(recovery_sheet(ring_of(session), made=today()))
    yield words_of(drawn)


WHY = "an authority asked for it"
NAMED = {"legal": "y", "reason": WHY, **SECOND}
CONTRACT = {"since": "2026-09-01", "place": "here", "work": "sewing"}


@dataclass(frozen=True)
class Row:
    """A row of the table: ways to make its papers, each with who must be named on it, and how."""

    ways: tuple[tuple[tuple[Makes, ...], Names], ...]
    made_by: tuple[str, ...]
    """The functions that make them, by room."""

    @property
    def names(self) -> Names:
        """However anybody may be named."""
        return frozenset().union(*(names for _, names in self.ways))


def row(*ways: tuple[Makes | tuple[Makes, ...], set[Named]], made_by: str) -> Row:
    given = ((way if isinstance(way, tuple) else (way,), frozenset(names)) for way, names in ways)
    return Row(tuple(given), tuple(made_by.split()))


def certificate(kind: Certificate) -> Makes:
    """A certificate for Ash, who was paid and has agreed on other terms."""

    def make(made: Made) -> Iterator[str]:
        number = made.examples["payroll.certificate"]["number"]
        wish = {"certificate": kind.value, "reason": WHY, "language": "en"}
        answer = manager(made).post(f"/pay/certificates/{number}", data=wish)
        assert answer.status_code == 200
        yield text_of(answer)

    return make


NOBODY: set[Named] = set()
