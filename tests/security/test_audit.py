"""The audit speaks: every deed that any room records is said in the reader's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import factory
from factory.kernel.time import now
from factory.kernel.words import catalogue
from factory.security.domain import Role
from factory.security.queries import AuditLine
from tests.conftest import SignIn

WHAT = 2
"""Where `record(session, by, what, thing)` has it."""


def deeds() -> Iterator[str]:
    for path in Path(factory.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "record":
                continue
            for what in node.args[WHAT : WHAT + 1]:
                if isinstance(what, ast.Constant):
                    yield str(what.value).replace("_", " ")


def test_every_deed_is_said_in_korean() -> None:
    found = set(deeds())
    assert "take order" in found
    assert sorted(found - set(catalogue("ko"))) == [], "say it in ko/ROOM.po"


def test_an_entry_is_shown_in_words_and_leads_to_its_thing(sign_in: SignIn) -> None:
    keeper = sign_in(Role.KEEPER)
    keeper.post("/terminals", data={"name": "door", "role": "clock"})
    page = keeper.get("/audit?language=ko").text
    assert "단말기 등록" in page
    assert "add_device" not in page
    assert 'href="/audit?thing=device+door"' in page
    assert "모두 보기" in keeper.get("/audit?thing=device+door&language=ko").text


def test_a_thing_has_a_kind_and_a_name() -> None:
    def line(thing: str) -> AuditLine:
        return AuditLine(now(), "Willow", "approve_pay", thing, "")

    assert (line("pay run 2026-10").kind, line("pay run 2026-10").name) == ("pay run", "2026-10")
    assert (line("device by the door").kind, line("device by the door").name) == (
        "device",
        "by the door",
    )
    assert (line("papers").kind, line("papers").name) == ("papers", "")
    assert line("shop").deed == "approve pay"
