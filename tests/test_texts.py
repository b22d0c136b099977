"""Every sentence people can see is translated, and translations keep their values."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import factory
from factory.kernel.errors import FactoryError
from factory.kernel.words import ONE, catalogue
from factory.timeclock.domain.asking import TooLongAgo
from factory.timeclock.domain.door import TooLongAShift

ROOT = Path(__file__).resolve().parent.parent
IN_TEMPLATES = re.compile(r"""\b_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
SPOKEN = {"say", "translate", "mark", "see_other", "red"}
ORIGINS = re.compile(
    r"탈북|북한|새터민|이탈\s?주민|하나원|하나센터|남북하나|통일부|정착금|정착\s?지원|이북|사투리|문화어"
    r"|고향|출생지|본적|등록기준지|국적|외국인등록|난민|체류자격"
    r"|평양|함경|함흥|청진|회령|혜산|온성|무산군|신의주|원산시|개성시|[양량]강도|자강도|[평안황해]{2}[남북]도"
    r"|north(?:ern)?[ -]korea|\bdprk\b|defect(?:or|ed from)|refugee|asylum|nationality"
    r"|home ?town|birth ?place|place of birth|born in (?:the|a)|settlement (?:support|money)"
    r"|resettle|pyongyang|hamhung|hamgyong|chongjin|hyesan|sinuiju|yanggang",
    re.IGNORECASE,
)
WORDS_OF = {".py", ".html", ".po", ".toml", ".js", ".css", ".json", ".csv", ".svg", ".md", ".txt"}
OWN_DOCUMENTS = {"README.md", "architecture.md", "privacy.md"}
"""Only here may stand for whom it was built; `docs/decisions` too."""


def in_templates() -> Iterator[str]:
    for path in (ROOT / "templates").rglob("*.html"):
        for double, single in IN_TEMPLATES.findall(path.read_text(encoding="utf-8")):
            yield double or single


def in_code() -> Iterator[str]:
    for folder in ("factory", "printers", "seed_data"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) in SPOKEN:
                    yield from _first_text(node)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _first_text(call: ast.Call) -> Iterator[str]:
    spoken = call.args[1:2] if _name(call.func) == "see_other" else call.args[:1]
    for given in spoken:
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            yield given.value


def kinds_not_found() -> Iterator[str]:
    for path in (ROOT / "factory").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == "NotFound":
                yield from _first_text(node)


def of_refusals() -> Iterator[str]:
    for module in pkgutil.walk_packages(factory.__path__, "factory."):
        if "migrations" not in module.name and "__main__" not in module.name:
            importlib.import_module(module.name)
    left = [FactoryError]
    while left:
        kind = left.pop()
        left.extend(kind.__subclasses__())
        if kind.__module__.startswith("factory."):
            yield kind.sentence()


def every_sentence() -> set[str]:
    return {text for text in (*in_templates(), *in_code(), *of_refusals()) if text}


def test_every_sentence_has_its_korean() -> None:
    missing = sorted(every_sentence() - set(catalogue("ko")))
    assert missing == []


def test_every_kind_of_thing_that_is_not_here_is_named_in_korean() -> None:
    named = set(kinds_not_found())
    assert {"account", "worker"} < named
    assert sorted(named - set(catalogue("ko"))) == []


@pytest.mark.parametrize("language", ["ko", "ko_easy"])
def test_translations_keep_the_values_of_their_sentence(language: str) -> None:
    for sentence, translated in catalogue(language).items():
        names = set(re.findall(r"\{(\w+)\}|%\((\w+)\)", sentence))
        assert set(re.findall(r"\{(\w+)\}|%\((\w+)\)", translated)) == names, sentence


COUNTED = re.compile(
    r"\{(?:count|amount|days|minutes|hours|coats|units|number|left|waiting)\} (?:still |working )?"
    r"(?!is\b|was\b|has\b|does\b|waits\b|for\b)([a-z]+s|people|children|wait|were|are|differ)\b"
)
NEVER_ONE = frozenset(
    {
        *(TooLongAShift.sentence(), TooLongAgo.sentence()),
        "The clock of {terminal} is {minutes} minutes fast. The right time is counted.",
        "The clock of {terminal} is {minutes} minutes slow. The right time is counted.",
        "The last {days} days by person",
        "{minutes} minutes a day between work, free to use",
    }
)


def test_english_has_a_sentence_for_one_of_what_is_counted() -> None:
    """Of one day: "1 day is closed", not "1 days are closed"."""
    counted = {text for text in every_sentence() if COUNTED.search(text)}
    assert len(counted) > 60
    assert sorted(counted - set(catalogue(ONE)) - NEVER_ONE) == []


def test_the_sentence_for_one_leaves_nothing_out_but_the_count() -> None:
    assert sorted(set(catalogue(ONE)) - every_sentence()) == []
    for sentence, single in catalogue(ONE).items():
        names, kept = (set(re.findall(r"\{(\w+)\}", text)) for text in (sentence, single))
        assert kept < names, sentence


def test_no_template_shows_a_fixed_text_by_a_filter_that_speaks() -> None:
    """It would be worked out once, in the language of whoever came first."""
    fixed = re.compile(r"[\"'] *\| *(?:cite|shown|day|month|money|moment|hours)\b")
    found = [p.name for p in (ROOT / "templates").rglob("*.html") if fixed.search(p.read_text())]
    assert found == []


def test_no_two_rooms_translate_one_sentence_differently() -> None:
    found: dict[str, str] = {}
    for path in sorted((ROOT / "factory" / "translations" / "ko").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="ko"):
                if message.id:
                    earlier = found.setdefault(str(message.id), str(message.string))
                    assert earlier == message.string, f"{path.name}: {message.id}"


def test_plain_words_translate_only_what_is_said() -> None:
    assert set(catalogue("ko_easy")) == set(catalogue("ko"))


def test_the_program_never_says_where_anybody_comes_from() -> None:
    for path in spoken_files():
        found = ORIGINS.search(f"{path.name}\n{path.read_text(encoding='utf-8')}")
        assert found is None, f"{path}: {found}"


def spoken_files() -> Iterator[Path]:
    """Program, screens, texts, invented people, tests and their pictures' names, manuals."""
    for folder in ("factory", "templates", "printers", "seed_data", "tests", "docs"):
        for path in (ROOT / folder).rglob("*"):
            own = path.name in OWN_DOCUMENTS or path.parent.name == "decisions"
            if path.suffix in WORDS_OF and not own and path.name != Path(__file__).name:
                yield path
    for name in ("config.py", "Makefile", "pyproject.toml", "CHANGELOG.md"):
        yield ROOT / name


@pytest.mark.parametrize(
    "text",
    [
        "북한에서",
        "고향이 어디예요?",
        "하나원 수료",
        "양강도",
        "평안남도",
        "Her hometown",
        "north-korean",
    ],
)
def test_a_word_that_tells_it_would_be_found(text: str) -> None:
    assert ORIGINS.search(text)


def test_titles_of_pages_name_nobody() -> None:
    """A browser keeps titles in its history, long after somebody signed out."""
    titles = re.compile(r"block title %\}(.*?)\{% endblock", re.DOTALL)
    named = re.compile(r"\b(?:worker|who|person|entry|slip)\.name|account\.shown")
    for path in (ROOT / "templates").rglob("*.html"):
        for title in titles.findall(path.read_text(encoding="utf-8")):
            assert not named.search(title), path
