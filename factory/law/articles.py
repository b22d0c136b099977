"""Articles of law as they are cited in the language spoken now."""

from __future__ import annotations

import re
from itertools import pairwise

from factory.kernel.words import language, mark, say

ACTS = frozenset(
    {
        mark("Act on the Guarantee of Employees' Retirement Benefits"),
        mark("Civil Execution Act"),
        mark("Employment and Accident Premium Collection Act"),
        mark("Enforcement Decree"),
        mark("Enforcement Decree of the Civil Execution Act"),
        mark("Enforcement Decree of the Employment Insurance Act"),
        mark("Enforcement Decree of the Income Tax Act"),
        mark("Enforcement Decree of the Labor Standards Act"),
        mark("Enforcement Decree of the Minimum Wage Act"),
        mark("Enforcement Decree of the National Health Insurance Act"),
        mark("Enforcement Decree of the National Pension Act"),
        mark("Fixed-term and Part-time Workers Act"),
        mark("Framework Act on National Taxes"),
        mark("Income Tax Act"),
        mark("Labor Standards Act"),
        mark("Local Tax Act"),
        mark("Long-Term Care Insurance Act"),
        mark("Minimum Wage Act"),
        mark("National Health Insurance Act"),
        mark("National Pension Act"),
        mark("Personal Information Protection Act"),
        mark("Regulations on Holidays of Public Offices"),
        mark("Value-Added Tax Act"),
        mark("its Enforcement Decree"),
    }
)
SINCE = re.compile(r"^since (\d{4}-\d{2}-\d{2})$")
DECREE = re.compile(r"^Decree no\. (\d+) of (\d{4}-\d{2}-\d{2})$")
ARTICLE = re.compile(r"^(?:art\. )?(\d+)(?:-(\d+))?(?:\((\d+)\))?(?: no\. (\d+))?$")
ANNEX = re.compile(r"^annex (\d+)(?:-(\d+))?(?: no\. (\d+))?$")


def cite(text: str) -> str:
    """`Labor Standards Act, art. 56(2) no. 1` is 근로기준법 제56조 제2항 제1호 in Korean."""
    if language() == "en":
        return text
    parts = [_part(part) for part in re.split(r"[;,] ", text)]
    text = parts[0]
    for before, part in pairwise(parts):
        both = before.startswith("제") and part.startswith("제")
        text += f", {part}" if both else f" {part}"
    return text


def _part(part: str) -> str:
    if part in ACTS:
        return say(part)
    if found := ARTICLE.match(part):
        article, branch, paragraph, number = found.groups()
        words = [f"제{article}조" + (f"의{branch}" if branch else "")]
        words += [f"제{paragraph}항"] if paragraph else []
        words += [f"제{number}호"] if number else []
        return " ".join(words)
    if found := ANNEX.match(part):
        return _annex(*found.groups())
    if found := DECREE.match(part):
        return f"대통령령 제{found[1]}호({found[2]})"
    found = SINCE.match(part)
    return f"({found[1]}~)" if found else part


def _annex(annex: str, branch: str | None, number: str | None) -> str:
    words = [f"별표 {annex}" + (f"의{branch}" if branch else "")]
    return " ".join([*words, f"제{number}호"] if number else words)
