"""A house in which Linden's figures are like nobody else's, so that a page that shows them betrays
itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import import_module
from itertools import product
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from factory.attendance import service as attendance
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import Interval, at, now
from factory.leave import service as leave
from factory.leave.domain import LeaveKind, Wish
from factory.payroll import queries as pay
from factory.payroll import service as payroll
from factory.people import queries as people
from factory.people import service as hiring
from factory.people.domain import Worker
from factory.production import queries as floor
from factory.production import service as production
from factory.production.domain.cutting import NewLay
from factory.security.domain import SYSTEM
from factory.timeclock import service as timeclock
from factory.timeclock.domain import PunchKind
from tests.orders.build import make_lines
from tests.payroll.build import punch
from tests.people.build import make_terms, make_worker
from tests.production.build import scan
from tests.production.floor import make_cut_order
from tests.timeclock.build import TODAY, YESTERDAY

AWAY = date(2026, 12, 7)
NOVEMBER, OCTOBER_DAY = date(2026, 11, 1), date(2026, 10, 14)
MONTHS = ("2026-12", "2026-11", "2026-10")
CAME, WENT = "06:17", "15:58"
RATE = Money(23_457)
FUSED = 383


class Secret(StrEnum):
    """What of somebody is not for everybody."""

    PAY = "pay"
    HOURS = "hours"
    PIECES = "pieces"
    WHY_ASKED = "why she asked for a correction"
    WHY_AWAY = "for what she takes leave"
    WHY_WORKED = "why she says that she worked"
    WHY_READ = "why somebody opened what is sealed"
    SEALED = "legal name"


WORDS = {
    Secret.HOURS: ("06:17", "15:58", "9:41", "21:17:00", "T06:17", "T15:58"),
    Secret.WHY_ASKED: ("the scanner was dark 7731",),
    Secret.WHY_AWAY: ("the knee 8812",),
    Secret.WHY_WORKED: ("buttons of a late order 6623",),
    Secret.WHY_READ: ("letter of the tax office 4471",),
    Secret.SEALED: (
        "Sealed Markername",
        "갈매기 Markerstreet 7713",
        "010-7713-4482",
        "국민은행 77134482015263",
        "1969-03-17",
    ),
}
SEALED_FIELDS = ("legal_name", "address", "phone", "bank_account", "birth_date")
PARTS = ("01077134482", "77134482015263", "19690317", "1969년 3월 17일", "17 Mar 1969")
"""What is sealed, in part or written in another way: it must not be seen either."""
KIND_BY_NAME = r"Linden[^\n]*\bIll\b|\bIll\b[^\n]*Linden"
"""The kind of her leave in one line with her name."""
BY_NAME = r"\d pcs[^\n]*\s[^\n]*Linden|Linden[^\n]*\d pcs"
"""Pieces in one line with her name."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a secret looks where it is shown."""

    words: tuple[str, ...]
    """One of them stands wherever the pattern fits; they are looked for first, being quicker."""
    pattern: re.Pattern[str]

    def stands_in(self, text: str) -> bool:
        """Whether the secret is shown in a text."""
        return any(word in text for word in self.words) and bool(self.pattern.search(text))


@dataclass(frozen=True, slots=True)
class House:
    """Linden, whose data nobody may see, Rowan who works beside her, and where they are found."""

    linden: Worker
    rowan: Worker
    uid: str
    """Where the vault keeps what is sealed for Linden."""
    marks: dict[Secret, Mark]
    pool: dict[str, tuple[Any, ...]]

    def betrayed(self, text: str) -> set[Secret]:
        """Which of Linden's secrets stand in a text."""
        return {secret for secret, mark in self.marks.items() if mark.stands_in(text)}


def make_house(session: Session) -> House:
    """Linden and Rowan have both worked; Linden has asked, was printed and was looked at."""
    linden = make_worker(session, "Linden", language="en", terms=make_terms(rate=RATE))
    rowan = make_worker(session, "Rowan", language="en")
    _work(session, linden, CAME, WENT)
    _work(session, rowan, "09:00", "18:00")
    bundle, scans = _sew(session, linden, rowan)
    asked = timeclock.ask_correction(
        session,
        linden,
        PunchKind.OUT,
        at(TODAY, "09:30"),
        *WORDS[Secret.WHY_ASKED],
        by=SYSTEM,
        at=now(),
    )
    wish = Wish(LeaveKind.SICK, AWAY, AWAY, note=WORDS[Secret.WHY_AWAY][0])
    away = leave.ask(session, linden, wish, by=SYSTEM, at=now())
    early = Interval(at(YESTERDAY, CAME), at(YESTERDAY, "08:00"))
    attendance.claim(session, linden, early, *WORDS[Secret.WHY_WORKED], by=SYSTEM, at=now())
    _seal(session, linden)
    paper = payroll.print_slip(session, linden, NOVEMBER, event_id=new_id(), by=SYSTEM, at=now())
    pool: dict[str, tuple[Any, ...]] = {
        "number": (linden.number, linden.id, paper, asked.id, away.id),
        "worker": (linden.id,),
        "name": (str(linden.number),),
        "month": MONTHS,
        "day": (YESTERDAY.isoformat(), OCTOBER_DAY.isoformat(), TODAY.isoformat()),
        "code": (bundle,),
        "entry": scans,
        "": (1, 2, 3),
    }
    marks = _marks(session, linden, paper)
    return House(linden, rowan, people.vault_uid(session, linden.id), marks, pool)


def _work(session: Session, worker: Worker, came: str, went: str) -> None:
    badge = people.badges(session)[worker.id]
    for day in (OCTOBER_DAY, YESTERDAY):
        punch(session, badge, day, "in", came)
        punch(session, badge, day, "out", went)
    punch(session, badge, TODAY, "in", came if worker.name == "Linden" else "09:00")


def _sew(session: Session, linden: Worker, rowan: Worker) -> tuple[str, tuple[str, ...]]:
    """Linden fuses 383 coats; what is left Rowan does."""
    order = make_cut_order(session, lines=make_lines(BK=(0, 0, 398)))
    lay = NewLay(order=order.number, line_plies={1: 199}, marker={"66": 2}, bundle_size=30)
    left = FUSED
    bundles = production.plan_and_cut(session, lay, 3_150, by=SYSTEM, at=now())
    for bundle in bundles:
        hers = min(left, bundle.quantity)
        for count, worker in ((hers, linden), (bundle.quantity - hers, rowan)):
            if count:
                scan(session, bundle, "C06", count, worker=worker.id)
        left -= hers
    entries = floor.my_scans(session, linden.id, at(TODAY, "00:00"))
    return bundles[0].code, tuple(each.id for each in entries)


def _seal(session: Session, linden: Worker) -> None:
    (why,) = WORDS[Secret.WHY_READ]
    sealed = dict(zip(SEALED_FIELDS, WORDS[Secret.SEALED], strict=True))
    hiring.seal(session, linden, sealed, by=SYSTEM, at=now())
    hiring.read_sealed(session, linden, "legal_name", reason=why, by=SYSTEM, at=now())


def _marks(session: Session, linden: Worker, paper: int) -> dict[Secret, Mark]:
    found = {secret: _any(words) for secret, words in WORDS.items()}
    found[Secret.SEALED] = _any((*WORDS[Secret.SEALED], *PARTS))
    slips = [pay.entry(session, linden, month).slip for month in (NOVEMBER, date(2026, 10, 1))]
    won = {RATE.won, *(s.gross for s in slips), *(s.net for s in slips)}
    assert min(won) > 10_000, "small sums are like other sums"
    fused = Mark((str(FUSED),), re.compile(rf"(?<![\w,-]){FUSED}(?![\w-])"))
    sums = [shown for each in sorted(won) for shown in (f"{each:,}", str(each))]
    return found | {
        Secret.WHY_AWAY: _or(found[Secret.WHY_AWAY], KIND_BY_NAME),
        Secret.PIECES: _or(fused, BY_NAME),
        Secret.PAY: _any([*sums, f"picture /printing/paper/{paper}.png"]),
    }


def _any(words: Iterable[str]) -> Mark:
    words = tuple(words)
    fits = "|".join(rf"(?<![\d,])(?:{re.escape(word)})(?!\d)" for word in words)
    return Mark(words, re.compile(fits))


def _or(mark: Mark, by_name: str) -> Mark:
    return Mark((*mark.words, "Linden"), re.compile(f"{mark.pattern.pattern}|{by_name}"))


def room_examples(session: Session, rooms: list[str]) -> dict[str, dict[str, Any]]:
    """What each room shows its pages with."""
    found: dict[str, dict[str, Any]] = {}
    for room in rooms:
        found.update(import_module(f"tests.{room}.pages").examples(session))
    return found


def addresses(
    app: Flask, method: str, house: House, examples: dict[str, dict[str, Any]]
) -> list[str]:
    """Every address of the program that takes a method, with Linden put in wherever one can."""
    rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    found = {
        address
        for rule in rules
        if rule.endpoint != "static"
        for address in _built(app, rule, house, examples.get(rule.endpoint, {}))
    }
    return sorted(found)


def _built(app: Flask, rule: Rule, house: House, example: dict[str, Any]) -> Iterator[str]:
    names = sorted(rule.arguments)
    adapter = app.url_map.bind("localhost")
    tries = [_tries(name, house, example) for name in names]
    for chosen in product(*tries):
        try:
            yield adapter.build(rule.endpoint, dict(zip(names, chosen, strict=True)))
        except ValueError:
            continue  # a word where the address wants a number


def _tries(name: str, house: House, example: dict[str, Any]) -> list[Any]:
    own = [example[name]] if name in example else []
    return [*own, *house.pool.get(name, house.pool[""])]
