"""Builders of what stands on the floor's papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from factory.kernel.ids import CodeKind, running_code
from factory.kernel.money import Money
from factory.production.documents import CutColour, CutTicket, Job, Tag, Ticket

DUE = date(2026, 12, 5)
JOBS = (Job(code="S01", name="주머니 위치 표시"), Job(code="S02", name="앞판 절개선 박기"))


def make_ticket(**changes: Any) -> Ticket:
    given: dict[str, Any] = {
        "code": running_code(CodeKind.BUNDLE, 12),
        "order": "2026-0012",
        "style": "W-2601",
        "name": "여성 울 코트",
        "colour": "검정",
        "size": "66",
        "quantity": 10,
        "lay": 3,
        "number": 5,
        "of": 12,
        "ply_from": 41,
        "ply_to": 50,
        "cut_on": date(2026, 11, 9),
        "due": DUE,
        "jobs": JOBS,
    }
    return Ticket(**(given | changes))


def make_cut_ticket(**changes: Any) -> CutTicket:
    given: dict[str, Any] = {
        "order": "2026-0012",
        "style": "W-2601",
        "name": "여성 울 코트",
        "lay": 3,
        "due": DUE,
        "sizes": ("44", "55", "66"),
        "marker": (0, 1, 2),
        "colours": (
            CutColour(line=1, colour="검정", plies=25, pieces=(0, 25, 50)),
            CutColour(line=2, colour="카멜", plies=12, pieces=(0, 12, 24)),
        ),
        "bundle_size": 10,
    }
    return CutTicket(**(given | changes))


def make_tag(**changes: Any) -> Tag:
    given: dict[str, Any] = {
        "code": running_code(CodeKind.COAT, 123),
        "style": "W-2601",
        "name": "여성 울 코트",
        "colour": "검정",
        "size": "66",
        "ks_size": "88-94-160",
        "price": Money(189_000),
    }
    return Tag(**(given | changes))
