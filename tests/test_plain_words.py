"""쉬운 말 is complete where a worker reads it: no hard word without a plain one."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from factory.kernel.errors import FactoryError
from factory.kernel.words import TRANSLATIONS, catalogue
from tests.test_texts import IN_TEMPLATES, ROOT, SPOKEN

LISTED = tomllib.loads((ROOT / "tests" / "hard_words.toml").read_text(encoding="utf-8"))
HARD = {word: plain for group in LISTED.values() for word, plain in group.items()}
ALLOWED = {"인쇄": "인쇄기"}
"""What is plain although a hard word is in it."""

LARGE = re.compile(r'extends "(?:kiosk|_frame)\.html"')
ALSO_HERS = {
    "base.html",
    "kiosk.html",
    "_macros.html",
    "_language.html",
    "_told.html",
    "security/sign_in.html",
    "timeclock/_minutes.html",
    "payroll/pieces.html",
}
SPOKEN_TO_HER = (
    "factory/web/errors.py",
    "factory/web/forms.py",
    "factory/security/forms.py",
    "factory/timeclock/domain",
    "factory/timeclock/routes",
    "factory/timeclock/forms.py",
    "factory/payroll/explain/words.py",
    "factory/payroll/explain/__init__.py",
)
REFUSED_TO_HER = (
    "factory.kernel",
    "factory.web",
    "factory.security.domain",
    "factory.people.domain",
    "factory.timeclock.domain",
    "factory.production.domain",
)


def on_her_pages() -> Iterator[str]:
    for path in (ROOT / "templates").rglob("*.html"):
        text, name = path.read_text(encoding="utf-8"), str(path.relative_to(ROOT / "templates"))
        if name in ALSO_HERS or LARGE.search(text):
            for double, single in IN_TEMPLATES.findall(text):
                yield double or single


def in_what_is_said_to_her() -> Iterator[str]:
    for place in SPOKEN_TO_HER:
        whole = ROOT / place
        files = whole.rglob("*.py") if whole.is_dir() else [whole.with_suffix(".py")]
        for path in files:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SPOKEN:
                    yield from (str(a.value) for a in node.args if isinstance(a, ast.Constant))


def in_what_she_is_refused() -> Iterator[str]:
    left = [FactoryError]
    while left:
        kind = left.pop()
        left.extend(kind.__subclasses__())
        if kind.__module__.startswith(REFUSED_TO_HER):
            yield kind.sentence()


def hers() -> list[str]:
    said = {*on_her_pages(), *in_what_is_said_to_her(), *in_what_she_is_refused()}
    return sorted(said & set(catalogue("ko")))


def plainly_said() -> dict[str, str]:
    """What `ko_easy` says in its own words."""
    found = {}
    for path in (TRANSLATIONS / "ko_easy").glob("*.po"):
        with path.open("rb") as file:
            found.update({str(m.id): str(m.string) for m in read_po(file, locale="ko") if m.id})
    return found


def hard_words(text: str) -> list[str]:
    """The hard words of a text, those that are explained in brackets left out."""
    bare = re.sub(r"\{\w*\}|%\(\w+\)\w", "", text)
    if "(" in bare:
        bare = bare.split("(", 1)[1]
    return [w for w in HARD if w in bare.replace(ALLOWED.get(w, "\0"), "")]


def test_her_pages_are_found() -> None:
    found = hers()
    assert len(found) > 200
    for sentence in ("My hours", "PIN", "Basic pay", "A share of pay, cut to 10 won.", "Sign in"):
        assert sentence in found


def test_what_she_reads_is_plain_in_plain_words() -> None:
    said = catalogue("ko_easy")
    left = {s: (said[s], hard_words(said[s])) for s in hers() if hard_words(said[s])}
    assert left == {}, "say it plainly in factory/translations/ko_easy/ROOM.po"


def test_each_hard_word_has_what_is_said_instead() -> None:
    assert len(HARD) > 60
    assert all(plain for plain in HARD.values())


@pytest.mark.parametrize(
    ("text", "hard"),
    [
        ("공제 (떼는 돈)", []),
        ("떼는 돈 (공제)", ["공제"]),
        ("공제", ["공제"]),
        ("종이가 인쇄기에서 나왔나요?", []),
        ("인쇄기로 인쇄해요", ["인쇄"]),
        ("{PIN}번", []),
    ],
)
def test_a_hard_word_is_found_unless_it_is_explained(text: str, hard: list[str]) -> None:
    assert hard_words(text) == hard


def test_plain_words_are_other_words() -> None:
    standard = catalogue("ko")
    same = [s for s, text in plainly_said().items() if standard.get(s) == text]
    assert same == [], "what is the same in both is left out of ko_easy"


def test_her_words_are_spoken_politely() -> None:
    for sentence, text in plainly_said().items():
        assert not re.search(r"습니다|십시오|하시오|로동|려성", text), sentence
