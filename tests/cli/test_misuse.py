"""Commands called wrongly: one sentence of ours, in the language asked for, wherever it stands."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

from factory.cli import main
from factory.cli.misuse import language_asked, language_first
from factory.kernel.words import catalogue, say

WRONG = [
    (("nothing",), "There is no command {name}.", {"name": "nothing"}),
    (("--nothing",), "There is no option {name}.", {"name": "--nothing"}),
    (("verify", "--more"), "There is no option {name}.", {"name": "--more"}),
    (("verify", "more"), "{words} is too much.", {"words": "more"}),
    (("device", "add", "--role", "clock"), "{name} is missing.", {"name": "NAME"}),
    (
        ("device", "add", "door"),
        "{name} is missing: {known}.",
        {"name": "--role", "known": "clock, floor, till"},
    ),
    (
        ("device", "add", "door", "--role", "key"),
        "{name} must be one of these: {known}.",
        {"name": "--role", "known": "clock, floor, till"},
    ),
    (
        ("device", "add", "door", "--role"),
        "The option {name} lacks its value, or takes none.",
        {"name": "--role"},
    ),
    (
        ("serve", "--port", "0"),
        "{name} must be a whole number from {least} to {most}.",
        {"name": "--port", "least": "1", "most": "65535"},
    ),
    (("simulate", "--days", "x"), "{name} must be a whole number.", {"name": "--days"}),
    (
        ("print", "render", "/no/such"),
        "{name}: there is no such file, or it can't be used.",
        {"name": "DOCUMENT"},
    ),
]


def called(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
@pytest.mark.parametrize(("words", "sentence", "values"), WRONG)
def test_what_is_called_wrongly_is_told_in_the_language_asked_for(
    language: str, words: tuple[str, ...], sentence: str, values: dict[str, str]
) -> None:
    answer = called("--language", language, *words)
    assert answer.exit_code == 2
    assert say(sentence, language, **values) in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
    assert language == "en" or sentence in catalogue("ko")


@pytest.mark.parametrize(("words", "sentence", "values"), WRONG)
def test_no_word_of_another_program_stands_in_the_sentence(
    words: tuple[str, ...], sentence: str, values: dict[str, str]
) -> None:
    told = called("--language", "ko", *words).stderr
    for known in (*words, *values.values(), "--help"):
        told = told.replace(known, "")
    assert not re.search(r"\b(?:Error|Usage|Try|Got|Missing|No such|Invalid)\b", told)


def test_a_language_that_is_none_is_refused_in_korean() -> None:
    told = called("--language", "xx", "verify").stderr
    names = {"name": "--language", "known": "ko, ko_easy, en"}
    assert say("{name} must be one of these: {known}.", "ko", **names) in told


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("asked", [("--language", "en"), ("--language=en",)])
def test_the_language_may_stand_anywhere(place: int, asked: tuple[str, ...]) -> None:
    words = ["verify", "more"]
    words[place:place] = asked
    assert "more is too much." in called(*words).stderr


def test_the_language_of_the_environment_holds_where_none_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DIDIM_LANGUAGE", "en")
    assert language_asked(["verify"]) == "en"
    assert language_asked(["--language", "ko_easy", "verify"]) == "ko_easy"
    monkeypatch.setenv("DIDIM_LANGUAGE", "la")
    assert language_asked(["verify"]) == language_asked(["verify", "--language"]) == "ko"


def test_what_stands_behind_two_hyphens_is_no_option() -> None:
    words = ["stock", "--", "--language", "en"]
    assert language_first(words) == words
