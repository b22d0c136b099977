"""The audit speaks: every deed that any room records is said in the reader's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

import factory
from factory.kernel.time import now
from factory.kernel.words import catalogue, speaking
from factory.production.domain.outcomes import Outcome
from factory.security import queries
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


def things() -> Iterator[str]:
    """Every thing that a room records a deed of, as it is named: `bundle {}`."""
    for path in Path(factory.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = _named(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record":
                for thing in node.args[WHAT + 1 : WHAT + 2]:
                    key = getattr(getattr(thing, "func", thing), "id", "")
                    yield from filter(None, map(_pattern, named.get(key, [thing])))


def _named(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """What a module gives a name to, and what its functions give back."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
        if isinstance(node, ast.FunctionDef):
            backs = (part.value for part in ast.walk(node) if isinstance(part, ast.Return))
            found.setdefault(node.name, []).extend(back for back in backs if back is not None)
    return found


def _pattern(thing: ast.expr) -> str:
    """A thing's name with `7` where a value stands; nothing where it is no text."""
    if isinstance(thing, ast.Call):  # f"bundle {code}".strip()
        thing = getattr(thing.func, "value", thing)
    if isinstance(thing, ast.Constant):
        return str(thing.value)
    parts = thing.values if isinstance(thing, ast.JoinedStr) else []
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts)


@pytest.mark.parametrize("language", ["ko", "ko_easy"])
def test_every_thing_is_named_without_an_english_word(language: str) -> None:
    found = set(things())
    assert {"order 7 lay 7", "payslip 7 of worker 7", "bundle 7 7", "shop"} <= found
    with speaking(language):
        shown = {AuditLine(now(), "Willow", "", thing, "").shown for thing in found}
    assert sorted(name for name in shown if re.search("[A-Za-z]", name)) == []


def test_what_becomes_of_pieces_is_said_in_korean() -> None:
    assert {kind.value.replace("_", " ") for kind in Outcome} <= set(catalogue("ko"))


def test_every_deed_is_said_in_korean() -> None:
    found = set(deeds())
    assert "take order" in found
    assert sorted(found - set(catalogue("ko"))) == [], "say it in ko/ROOM.po"


def test_an_entry_is_shown_in_words_and_leads_to_its_thing(sign_in: SignIn) -> None:
    keeper = sign_in(Role.KEEPER)
    keeper.post("/terminals", data={"name": "door", "role": "clock"})
    page = keeper.get("/audit?language=ko").text
    assert "단말기 등록" in page
    assert ">add_device<" not in page
    assert 'href="/audit?thing=device+door"' in page
    assert "모두 보기" in keeper.get("/audit?thing=device+door&language=ko").text


def test_entries_are_sought_by_person_deed_and_days(sign_in: SignIn) -> None:
    keeper = sign_in(Role.KEEPER)
    for name in ("door", "floor"):
        keeper.post("/terminals", data={"name": name, "role": "clock"})
    keeper.post("/terminals/door/void")
    assert keeper.get("/audit?what=add_device").text.count("thing=device+") == 2
    assert "device+floor" not in keeper.get("/audit?what=add_device&thing=device+door").text
    hers = re.search(r'<option value="(\d+)">Juniper<', keeper.get("/audit").text)
    assert hers is not None
    found = keeper.get(f"/audit?actor={hers[1]}").text
    assert found.count("thing=device+") == 3
    assert f'<option value="{hers[1]}" selected>Juniper<' in found
    assert "Nothing was recorded" in keeper.get("/audit?actor=999999").text
    assert "Juniper" not in "".join(re.findall(r'href="([^"]*)"', found))
    entry = re.search(r'href="/audit\?thing=(%23\d+)"', found)
    assert entry is not None
    assert "account Juniper" in keeper.get(f"/audit?thing={entry[1]}").text
    assert "Nothing was recorded" in keeper.get("/audit?thing=%23999999").text
    assert "Nothing was recorded" in keeper.get("/audit?last=2026-11-23").text
    assert keeper.get("/audit?first=2026-11-24&last=2026-11-24").text.count("thing=device+") == 3
    assert keeper.get("/audit?first=x&before=y").status_code == 200


def test_further_pages_lead_to_older_entries(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    keeper = sign_in(Role.KEEPER)
    for name in ("door", "floor", "till"):
        keeper.post("/terminals", data={"name": name, "role": "clock"})
    first = keeper.get("/audit?what=add_device").text
    assert (first.count("device+till"), first.count("device+door")) == (1, 0)
    older = re.search(r'href="(/audit\?before=[^"]+)"', first)
    assert older is not None
    assert "device+door" in keeper.get(unescape(older[1])).text


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
