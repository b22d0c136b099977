"""`didim law`: the law book looked through and told."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result

from factory.cli import main
from factory.cli.law import FigureUnknown, alike, whole_name
from factory.db.session import transaction
from factory.kernel.words import speaking, tell
from factory.law import check
from factory.law.book import RateNotPublished, law_book
from factory.law.check import Fault
from tests.lawbook.build import CARE, bring, figure


def told(*words: str, language: str = "en") -> Result:
    return CliRunner().invoke(main, ["--language", language, "law", *words])


def test_a_book_in_order_says_so() -> None:
    answer = told("check")
    assert answer.exit_code == 0
    assert answer.stdout.startswith("The law book is in order:")


def test_a_fault_is_named_and_ends_with_2(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = (Fault("wages.tips", "its unit is not known"),)
    monkeypatch.setattr("factory.cli.law.faults", lambda _: wrong)
    answer = told("check", language="ko")
    assert answer.exit_code == 2
    assert "wages.tips: 단위를 알 수 없어요" in answer.stderr
    assert tell(check.BookFaulty(count=1), "ko") in answer.stderr


def test_a_doubt_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    doubt = (Fault("wages.tips", "was not compared with its source for a year", doubt=True),)
    monkeypatch.setattr("factory.cli.law.faults", lambda _: doubt)
    answer = told("check")
    assert answer.exit_code == 0
    assert "wages.tips: was not compared" in answer.stdout


@pytest.mark.parametrize(
    ("day", "wage"), [("2026-12-31", "10,320"), ("2027-01-01", "10,700")], ids=["2026", "2027"]
)
def test_a_figure_is_told_with_article_source_and_when_it_was_checked(day: str, wage: str) -> None:
    for language, article in (("en", "Minimum Wage Act, art. 10"), ("ko", "최저임금법 제10조")):
        text = told("show", "wages.minimum_hourly", "--on", day, language=language).stdout
        assert wage in text
        assert article in text
        assert "2026" in text
    assert "checked on" in told("show", "minimum_hourly", "--on", day).stdout


def test_the_holidays_of_a_year_are_told_by_name() -> None:
    text = told("show", "public_holidays.year", "--on", "2027-06-01", language="ko").stdout
    assert "2027년 5월 3일(월) 대체공휴일" in text


def test_a_figure_is_told_for_scripts() -> None:
    answer = told("show", "pension_base", "--on", "2026-12-01", "--json")
    found: dict[str, Any] = json.loads(answer.stdout)
    assert found["name"] == "social_insurance.pension_base"
    assert found["value"] == {"least": "410000", "most": "6590000", "step": "1000"}
    assert (found["since"], found["ends"]) == ("2026-07-01", "2027-06-30")
    whole = json.loads(told("show", "income_tax.withholding_rows", "--json").stdout)
    assert whole["value"][0] == ["770000", "1500000", "5000"]
    days = json.loads(told("show", "year", "--on", "2026-03-01", "--json").stdout)
    assert days["value"]["2026-12-25"] == "Christmas"


def test_what_is_not_published_says_what_is_missing_and_where_it_is_entered() -> None:
    answer = told("show", CARE, "--on", "2027-01-01")
    assert answer.exit_code == 2
    label = "Long-term care, share of the health premium"
    expected = RateNotPublished(label=label, day=date(2027, 1, 1))
    assert tell(expected, "en") in answer.stderr
    assert "law book" in answer.stderr


def test_an_unknown_figure_is_told_with_similar_ones() -> None:
    answer = told("show", "pensions")
    assert answer.exit_code == 2
    assert "social_insurance.pension" in answer.stderr
    with pytest.raises(FigureUnknown) as refused:
        whole_name(law_book(), "xyz")
    assert "wages.minimum_hourly" in str(refused.value.values["near"])


def test_a_short_name_that_two_have_is_asked_back() -> None:
    answer = told("show", "least")
    shared = [name for name in law_book().figures if name.endswith(".least")]
    assert answer.exit_code == (2 if len(shared) > 1 else 0)
    assert all(name in answer.output for name in shared)


@pytest.mark.parametrize(
    "words", [("show",), ("show", "minimum_hourly", "--on", "soon"), ("tell",)], ids=str
)
def test_a_command_called_wrongly_says_so_in_one_line(words: tuple[str, ...]) -> None:
    answer = told(*words)
    assert answer.exit_code == 2
    assert len(answer.stderr.strip().splitlines()) == 1


def test_a_day_before_the_book_is_refused() -> None:
    answer = told("show", "minimum_hourly", "--on", "2025-12-31")
    assert answer.exit_code == 2
    assert "begins on" in answer.stderr


def test_what_was_entered_here_is_told_where_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    from factory.cli.support import house

    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_DATABASE_URL", f"sqlite:///{tmp_path / 'didim.sqlite'}")
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    assert CliRunner().invoke(main, ["db", "upgrade"]).exit_code == 0
    with house(), transaction() as session:
        bring(session, figure())
    words = ("show", CARE, "--on", "2027-01-01")
    assert "13.2 %" in told(*words, "--entered").stdout
    assert told(*words).exit_code == 2


@pytest.mark.parametrize("word", ["minimum_wage", "Minimum wage", "최저임금"])
def test_a_figure_is_found_by_the_words_of_its_name_and_label(word: str) -> None:
    with speaking("ko"):
        assert alike(law_book(), word) == ["wages.minimum_hourly"]


def test_a_word_that_no_figure_knows_brings_the_whole_list() -> None:
    assert alike(law_book(), "x") == sorted(law_book().figures)


def test_a_day_that_is_none_is_refused_with_its_option() -> None:
    answer = told("show", "wages.minimum_hourly", "--on", "2026-02-30")
    assert (answer.exit_code, answer.stderr.startswith("--on: ")) == (2, True)
