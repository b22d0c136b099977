"""Every number of a payslip has its words, in every language."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from factory.kernel.fields import Fields
from factory.kernel.words import LANGUAGES, speaking
from factory.law.articles import cite
from factory.law.book import law_book
from factory.payroll import explain
from factory.payroll.calc.pay import insurance, withholding
from factory.payroll.domain.lines import evaluate
from factory.payroll.domain.payslip import Payslip
from factory.payroll.domain.run import Remark
from factory.payroll.explain import calculation
from factory.payroll.explain.words import NOTICES
from factory.payroll.rules.earnings import ARTICLE
from tests.payroll.test_rules import shift, slip, weekdays

LATIN = re.compile("[A-Za-z]")
LATE = [
    *weekdays("2026-10-26", "2026-11-27"),
    shift("2026-11-22"),
    shift("2026-11-30", end="23:30"),
]
HIRED = {"hired": "2026-11-16"}
SLIPS: dict[str, dict[str, Any]] = {
    "hourly": {"shifts": LATE, "paid_leave": ["2026-11-10"]},
    "monthly": {"terms": {"kind": "monthly", "rate": 2_100_000}, "absences": ["2026-11-10"]},
    "part month": {"terms": {"kind": "monthly", "rate": 2_100_000}, "worker": HIRED},
    "pieces": {
        "terms": {"kind": "piece"},
        "pieces": [{"operation": "S28", "count": 120, "rate": 2500}],
        "shifts": LATE,
    },
    "daily": {"terms": {"kind": "daily", "rate": 200_000}},
    "freelance": {
        "terms": {"kind": "freelance", "rate": 1_000_000},
        "pieces": [{"operation": "S28", "count": 120, "rate": 2500}],
    },
    "by hand": {
        "extras": [
            {"code": "bonus.chuseok", "amount": 300_000},
            {"code": "advance", "amount": -20_000},
        ],
        "terms": {
            "kind": "hourly",
            "rate": 12000,
            "allowances": [
                {"code": "meal", "amount": 1, "non_taxable": True, "ordinary_wage": True}
            ],
        },
    },
    "holidays": {
        "period": {"start": "2026-10-01", "end": "2026-10-31"},
        "pay_date": "2026-11-10",
        "shifts": weekdays("2026-09-28", "2026-10-30"),
    },
}


def reasons(found: Payslip) -> list[dict[str, Any]]:
    return explain.explain([*found.earned, *found.taken, *found.employer_lines])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SLIPS)
def test_every_number_says_what_it_is_and_where_it_comes_from(kind: str, language: str) -> None:
    with speaking(language):
        for why in reasons(slip(**SLIPS[kind])):
            for given in why["inputs"]:
                name, value, origin = explain.input_words(given)
                assert name
                assert value
                assert origin
                if language != "en" and origin != "S28":
                    assert not LATIN.search(name + origin), (name, origin)
            assert language == "en" or not LATIN.search(explain.calculation(why)), why


@pytest.mark.parametrize("kind", SLIPS)
def test_a_calculation_shows_the_numbers_of_its_formula_and_its_amount(kind: str) -> None:
    with speaking("en"):
        for why in reasons(slip(**SLIPS[kind])):
            text = explain.calculation(why)
            assert text.endswith(f" = {explain.show_decimal(why['amount'])}")
            assert "_" not in text
            assert text.count("(") == text.count(")")


def test_calculations_read_like_a_sum_on_paper() -> None:
    with speaking("en"):
        found = {why["code"]: explain.calculation(why) for why in reasons(slip(shifts=LATE))}
    assert found["base"] == "168:00 × 12,000 = 2,016,000"
    assert found["overtime"] == "(5:30 × 1.5) × 12,000 = 99,000"
    assert found["local_income_tax"].endswith("× 0.1 = 5,160")


def test_a_salary_without_absence_is_not_explained_by_absences() -> None:
    with speaking("en"):
        (base, *_) = reasons(slip(terms={"kind": "monthly", "rate": 2_700_000}))
    assert explain.calculation(base) == "2,700,000 × 1 = 2,700,000"
    assert [given["name"] for given in base["inputs"]] == ["rate", "share"]


def test_lines_still_recompute_when_days_are_missed() -> None:
    absent = weekdays("2026-11-11", "2026-11-30")
    terms = {"kind": "monthly", "rate": 2_700_000}
    found = slip(terms=terms, absences=["2026-11-10"], shifts=absent)
    base = found.earned[0]
    again = evaluate(base.formula, {each.name: each.value for each in base.inputs})
    assert base.exact == again
    assert again == 2_700_000 - Fraction(16 * 2_700_000, 209)


# Articles of law


def articles() -> list[str]:
    figures = [figure for history in law_book().figures.values() for figure in history]
    return sorted({figure.article for figure in figures} | {ARTICLE, "Minimum Wage Act, art. 6"})


@pytest.mark.parametrize("article", articles())
def test_every_article_is_cited_in_korean(article: str) -> None:
    with speaking("ko"):
        assert not LATIN.search(cite(article)), cite(article)
    with speaking("en"):
        assert cite(article) == article


@pytest.mark.parametrize(
    ("article", "korean"),
    [
        ("Labor Standards Act, art. 56(1)", "근로기준법 제56조 제1항"),
        ("Labor Standards Act, art. 56(2) no. 1", "근로기준법 제56조 제2항 제1호"),
        ("Labor Standards Act, art. 17, 43", "근로기준법 제17조, 제43조"),
        ("Local Tax Act, art. 103-13", "지방세법 제103조의13"),
        ("Enforcement Decree of the Income Tax Act, annex 2", "소득세법 시행령 별표 2"),
        (
            "Enforcement Decree of the Labor Standards Act, annex 2 no. 4",
            "근로기준법 시행령 별표 2 제4호",
        ),
        (
            "Labor Standards Act, art. 47; Enforcement Decree of the Minimum Wage Act, art. 5(2)",
            "근로기준법 제47조 최저임금법 시행령 제5조 제2항",
        ),
    ],
)
def test_articles_read_as_lawyers_write_them(article: str, korean: str) -> None:
    with speaking("ko"):
        assert cite(article) == korean


# Remarks


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", NOTICES)
def test_every_remark_is_a_sentence_with_its_day(code: str, language: str) -> None:
    with speaking(language):
        told = explain.remark(Remark(code, "2026-11-02"))
    assert told.endswith(".")
    assert "{" not in told
    if "{day}" in NOTICES[code]:
        assert "2026" in told


def test_quantities_are_for_the_eye() -> None:
    with speaking("en"):
        assert explain.show_quantity("3.5", "hour") == "3:30"
        assert explain.show_quantity(120, "piece") == "120 pieces"
        assert explain.show_quantity(1, "month") == ""
        assert explain.show_quantity("7/15", "month") == "0.47 months"
        assert explain.show_quantity(None, None) == ""
    assert explain.show_decimal("34000/3") == "11,333.33"
    assert explain.show_decimal(-20000) == "−20,000"
    assert explain.show_decimal("0.0475", 6) == "0.0475"


@pytest.mark.parametrize(
    ("pay", "told"),
    [
        (3_000_000, "cut to 10 won (3,000,000 × 0.03595) = 107,850"),
        (100_000, "10,080"),
    ],
)
def test_bounds_that_change_nothing_are_not_told(pay: int, told: str) -> None:
    found = insurance(Fields({"monthly_pay": pay, "month": "2026-08"}, ""))
    (why,) = [each for each in found["explain"] if each["code"] == "health_insurance"]
    with speaking("en"):
        spoken = calculation(why)
    assert told in spoken
    assert ("max" in why["formula"], "larger" in spoken) == (True, pay == 100_000)


def test_a_tax_above_zero_is_told_without_its_floor() -> None:
    given = {"monthly_pay": 3_000_000, "family_members": 1, "pay_date": "2026-12-10"}
    found = withholding(Fields(given, ""))
    (why,) = [each for each in found["explain"] if each["code"] == "income_tax"]
    with speaking("en"):
        assert calculation(why) == "(74,350 − 0) × 100 ÷ 100 = 74,350"
