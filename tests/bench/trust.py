"""What trust costs: the vault, the chain of entries, the headers; each against the same without it.

Vault: texts opened with their reason and entry, against the same rows read and nothing opened.
Sealing: the same texts kept, and months of leave read as hours and pay read them, against a vault
that leaves every text in clear. Chain: transactions that record a deed, against the same whose
entries are not linked. Headers: a request with headers, name and limits looked at, against the
bare one.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from factory.db.session import SESSIONS, reading, transaction
from factory.kernel.time import now
from factory.leave import queries as leave
from factory.leave.domain import DayOffAnyway, LeaveKind
from factory.security import chain, service
from factory.security.domain import SYSTEM
from factory.security.keys import Ring
from factory.security.records import SealedRow
from factory.security.vault import RING
from factory.web import headers, hosts
from tests.bench.show import line
from tests.conftest import make_app
from tests.leave.build import grant, make_house, make_wish

ROUNDS, TEXTS, DEEDS, REQUESTS = 15, 100, 50, 200
UIDS = [f"{number:036d}" for number in range(TEXTS)]
SPAN_DAYS, READ = 60, 20
FIRST = date(2026, 12, 7)
SPAN = FIRST, FIRST + timedelta(days=SPAN_DAYS)


class Clear(Ring):
    """A ring that leaves every text as it is."""

    def seal(self, text: str, place: str) -> bytes:  # noqa: ARG002
        return text.encode()

    def open_anyway(self, envelope: bytes, place: str) -> str:  # noqa: ARG002
        return envelope.decode()


def main() -> None:
    """Measure the three, each in turns with what it is measured against."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{folder}/bench.sqlite", Path(folder))
        with app.app_context():
            with transaction() as session:
                for uid in UIDS:
                    service.seal(session, "bench", uid, {"phone": "010-1"}, by=SYSTEM, at=now())
            _compared("100 sealed rows, read", _rows, ("opened with reason and entry", _opened))
            _compared("100 texts kept in clear", _clear(app, _keep), ("sealed", _keep))
            _leave(Path(folder))
            _compared("50 deeds, not linked", _unlinked, ("linked in the chain", _deeds))
        bare = _bare(Path(folder))
        _compared("200 requests, bare", lambda: _asked(bare), ("with headers", lambda: _asked(app)))


def _compared(
    name: str, without: Callable[[], None], others: tuple[str, Callable[[], None]]
) -> None:
    named, with_it = others
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS + 1):
        for work, seconds in zip((without, with_it), taken, strict=True):
            begun = time.process_time()
            work()
            seconds.append(time.process_time() - begun)
    ceiling = line(name, taken[0][1:])
    line(named, taken[1][1:], 1, ceiling)


def _rows() -> None:
    with transaction() as session:
        for uid in UIDS:
            session.scalars(select(SealedRow).where(SealedRow.uid == uid)).one()


def _opened() -> None:
    with transaction() as session:
        for uid in UIDS:
            asked = ("bench", uid, "phone")
            service.read_sealed(session, *asked, reason="bench", by=SYSTEM, at=now())


def _keep() -> None:
    with transaction() as session:
        for uid in UIDS:
            service.seal_along(session, "kept", uid, {"why": f"{uid:256}x"})


def _clear(app: Flask, work: Callable[[], None]) -> Callable[[], None]:
    """The same work with a ring that leaves every text as it is."""

    def done() -> None:
        info = app.extensions[SESSIONS].kw["info"]
        ring, info[RING] = info[RING], Clear(info[RING].masters)
        try:
            work()
        finally:
            info[RING] = ring

    return done


def _leave(folder: Path) -> None:
    """Twenty looks at two months of leave, in a house in clear and in one that seals."""
    plain = make_app(f"sqlite:///{folder}/clear.sqlite", folder)
    with plain.app_context():
        _clear(plain, _ask)()
    _ask()

    def in_clear() -> None:
        with plain.app_context():
            _clear(plain, _look)()

    _compared("20 looks at leave in clear", in_clear, ("sealed", _look))


def _ask() -> None:
    with transaction() as session:
        oak = make_house(session, "Oak")
        for number in range(SPAN_DAYS):
            with suppress(DayOffAnyway):
                day = FIRST + timedelta(days=number)
                grant(session, oak, make_wish(day, kind=LeaveKind.SICK))


def _look() -> None:
    for _ in range(READ):
        with reading() as session:
            assert len(leave.on_leave(session, *SPAN)) > SPAN_DAYS // 2


def _deeds() -> None:
    for number in range(DEEDS):
        with transaction() as session:
            service.record(session, SYSTEM, "bench", f"deed {number}", at=now())


def _unlinked() -> None:
    event.remove(Session, "before_commit", chain.link_new)
    _deeds()
    chain.watch()


def _bare(folder: Path) -> Flask:
    """The same house without what looks at each request and answer."""
    app = make_app(f"sqlite:///{folder}/bare.sqlite", folder)
    mine = (headers.__name__, hosts.__name__)
    hung_in: tuple[dict[Any, list[Any]], ...] = (app.before_request_funcs, app.after_request_funcs)
    for hooks in hung_in:
        hooks[None] = [each for each in hooks[None] if each.__module__ not in mine]
    return app


def _asked(app: Flask) -> None:
    browser = app.test_client()
    for _ in range(REQUESTS):
        assert browser.get("/sign-in").status_code == 200
