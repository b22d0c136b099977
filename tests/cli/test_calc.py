"""`didim calc`: whatever is wrong is one sentence with its path, quickly, in the language asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from factory.cli import main

PAYSLIP = {
    "pay_date": "2026-12-10",
    "period": {"start": "2026-11-01", "end": "2026-11-30"},
    "workplace": {"regular_employees": 12},
    "worker": {},
    "terms": {"kind": "hourly", "rate": 11000},
    "shifts": [{"start": "2026-11-02T09:00", "end": "2026-11-02T14:00", "breaks": []}],
}
LEAVE = {"hired": "2026-01-02", "as_of": "2027-01-02"}
SEVERANCE = {"hired": "2024-01-02", "leaving_date": "2027-01-02", "wages_3_months": 7000000}
SHEET = {"workplace": {"regular_employees": 12}, "worker": {}, "terms": PAYSLIP["terms"]}


def calc(kind: str, text: str, language: str = "en") -> Result:
    words = ["--language", language, "calc", kind, "-"]
    return CliRunner().invoke(main, words, input=text, catch_exceptions=False)


def shift(**changes: Any) -> list[dict[str, Any]]:
    return [{"start": "2026-11-02T09:00", "end": "2026-11-02T14:00"} | changes]


def refused(answer: Result) -> str:
    assert (answer.exit_code, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)
    return answer.stderr


@pytest.mark.parametrize(
    ("kind", "given", "path"),
    [
        ("annual_leave", LEAVE | {"as_of": "9999-12-31"}, "as_of"),
        ("annual_leave", LEAVE | {"hired": "0001-01-01"}, "hired"),
        ("annual_leave", LEAVE | {"hired": "20260102"}, "hired"),
        ("annual_leave", LEAVE | {"hired": "2026-W01-5"}, "hired"),
        ("annual_leave", LEAVE | {"attendance": ["2026-02-30"]}, "attendance[0]"),
        ("severance", SEVERANCE | {"ordinary_daily_wage": "1e99999999"}, "ordinary_daily_wage"),
        ("severance", SEVERANCE | {"ordinary_daily_wage": "1/3"}, "ordinary_daily_wage"),
        ("severance", SEVERANCE | {"ordinary_daily_wage": "-1"}, "ordinary_daily_wage"),
        ("severance", SEVERANCE | {"ordinary_daily_wage": True}, "ordinary_daily_wage"),
        ("payslip", PAYSLIP | {"shifts": shift(start="2026-11-02")}, "shifts[0].start"),
        ("payslip", PAYSLIP | {"shifts": shift(end="2026-11-02T14:00+09:00")}, "shifts[0].end"),
        ("payslip", PAYSLIP | {"shifts": shift(end="20261102T1400")}, "shifts[0].end"),
        (
            "payslip",
            PAYSLIP | {"shifts": shift(breaks=[["9:5", "10:00"]])},
            "shifts[0].breaks[0]",
        ),
        (
            "payslip",
            PAYSLIP | {"terms": {"kind": "hourly", "rate": 1, "work_days": ["mon", "tue", "mon"]}},
            "terms.work_days[2]",
        ),
        ("timesheet", SHEET | {"events": [], "plan": {"2026-11-02": ["9:5", "18:00"]}}, "plan."),
        ("timesheet", SHEET | {"events": [], "approved": [["2026-11-02", "x"]]}, "approved[0]"),
    ],
)
def test_a_bad_value_is_refused_with_its_path(kind: str, given: Any, path: str) -> None:
    assert refused(calc(kind, json.dumps(given))).startswith(path)


def test_hours_with_a_million_decimals_are_refused_at_once() -> None:
    text = json.dumps(PAYSLIP).replace('"rate"', '"weekly_hours": 1e-999999, "rate"')
    sentence = "terms.weekly_hours: must have no more than 6 decimals"
    assert sentence in refused(calc("payslip", text))


def test_hours_with_a_half_are_counted_exactly() -> None:
    text = json.dumps(PAYSLIP).replace('"rate"', '"weekly_hours": 37.5, "rate"')
    found = {
        each["code"]: each["amount"]
        for each in json.loads(calc("payslip", text).stdout)["earnings"]
    }
    assert found == {"base": 5 * 11000, "weekly_holiday": 82500}


@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
def test_a_field_that_is_there_twice_is_refused_with_its_path(language: str) -> None:
    text = json.dumps(PAYSLIP).replace('"rate": 11000', '"rate": 11000, "rate": 12000')
    assert refused(calc("payslip", text, language)).startswith("terms.rate: ")
    again = json.dumps([LEAVE])[:-2] + ', "hired": "2026-01-02"}]'
    assert refused(calc("annual_leave", again, language)).startswith("[0].hired: ")


@pytest.mark.parametrize("text", ["[" * 100000, '{"a":' * 100000, "", "{}{}", "NaN", "7" * 5000])
def test_what_is_no_json_or_no_object_is_refused(text: str) -> None:
    refused(calc("withholding", text))


@pytest.mark.parametrize("name", ["two\nlines", "\x1b[31mred", "\ud800"])
def test_a_field_with_an_odd_name_is_refused_in_one_line(name: str) -> None:
    assert refused(calc("timesheet", json.dumps(SHEET | {"events": [], name: 1}))).isascii()


def test_a_file_as_an_editor_of_windows_saves_it_is_read() -> None:
    assert calc("annual_leave", "\ufeff" + json.dumps(LEAVE)).exit_code == 0


def test_bytes_that_are_no_utf8_are_refused() -> None:
    answer = CliRunner().invoke(main, ["calc", "aql"], input=b'{"lot": "\xff\xfe"}')
    refused(answer)


def test_rules_and_refusals_are_in_the_language_asked_for() -> None:
    languages = ("ko", "ko_easy", "en")
    rules = {calc("payslip", json.dumps(PAYSLIP), each).stdout for each in languages}
    unknown = json.dumps(PAYSLIP | {"wages": 1})
    sentences = {refused(calc("payslip", unknown, each)) for each in languages}
    assert (len(rules), len(sentences)) == (3, 3)
    assert all(sentence.startswith("wages: ") for sentence in sentences)
