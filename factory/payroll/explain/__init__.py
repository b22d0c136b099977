"""Each line as a reader gets it: formula, numbers with their origin, rule in words, article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from factory.kernel.words import language, say, show_money
from factory.law.articles import cite
from factory.payroll.domain.entered import ITEMS, Item
from factory.payroll.domain.lines import PayLine
from factory.payroll.domain.run import Remark
from factory.payroll.explain.words import (
    FUNCTIONS,
    INPUTS,
    NAMES,
    NOTICES,
    OF_SEVERANCE,
    ORIGINS,
    RULES,
    UNITS,
)
from factory.people.domain.allowances import AllowanceKind

SIGNS = {"*": "×", "/": "÷", "-": "−"}
PLACES = 8
"""As many places a number may have to be shown as decimals."""
BOUNDED = re.compile(r"^min\(max\((?P<inner>.+), (?P<least>[a-z]+)\), (?P<most>[a-z]+)\)$")
FLOORED = re.compile(r"max\(([^(),]+), 0\)")
NUMBERED = re.compile(r"_\d+$")
OPERATION = re.compile(r"^(scans|rate) of (.+)$")


def remark(found: Remark) -> str:
    """What to look at, in words."""
    return say(NOTICES[found.code], day=found.on)


def calculation(why: Mapping[str, Any]) -> str:
    """A line's formula with its numbers in it: 168:00 × 12,000 = 2,016,000."""
    values = {each["name"]: _number(each["value"], each["unit"]) for each in why["inputs"]}

    def spoken(found: re.Match[str]) -> str:
        word = found[0]
        return values[word] if word in values else say(FUNCTIONS[word]) + gap

    gap = " " if language() == "en" else ""
    text = re.sub(r"[a-z][a-z_0-9]*", spoken, _telling(why).replace(", ", "; "))
    text = re.sub(r" ([*/-]) ", lambda sign: f" {SIGNS[sign[1]]} ", text)
    return f"{text} = {show_decimal(why['amount'])}"


def _telling(why: Mapping[str, Any]) -> str:
    """The formula without bounds that change nothing: nobody has to read past them."""
    formula = str(why["formula"])
    found = BOUNDED.match(formula)
    if not found:
        return FLOORED.sub(r"(\1)", formula) if why["amount"] > 0 else formula
    bounds = {each["name"]: Fraction(each["value"]) for each in why["inputs"]}
    within = bounds[found["least"]] < why["amount"] < bounds[found["most"]]
    return found["inner"] if within else formula


def _number(value: int | str, unit: str) -> str:
    return show_quantity(value, unit) if unit == "hour" else show_decimal(value, 6)


def input_words(given: Mapping[str, Any]) -> tuple[str, str, str]:
    """One number of a line: what it is, how much, and where it comes from."""
    name = say(INPUTS[NUMBERED.sub("", given["name"])])
    return name, _value(given["value"], given["unit"]), _origin(given["origin"])


def _value(value: int | str, unit: str) -> str:
    if unit.startswith("KRW") and Fraction(value).denominator == 1:
        return show_money(int(value))
    return _number(value, unit)


def _origin(text: str) -> str:
    if found := OPERATION.match(text):
        return found[2]
    return say(ORIGINS[text]) if text in ORIGINS else cite(text)


def name_of(code: str) -> str:
    """A line's name; what stands behind the dot comes in brackets, in words where it has any."""
    if code in ITEMS:
        return say(ITEMS[Item(code)])
    kind, _, own = code.partition(".")
    if kind == "allowance" and own in set(AllowanceKind):
        own = say(AllowanceKind(own).label)
    if code == "allowance.waiting":
        own = say("waiting for help")
    return say(NAMES[kind]) + (f" ({own})" if own else "")


def explained_name(why: Mapping[str, Any]) -> str:
    """What an explained line is called; severance and what is taken off it have names of theirs."""
    own = OF_SEVERANCE.get(why["code"])
    return name_of(why["code"]) if own is None else say(own)


def show_quantity(quantity: int | str | None, unit: str | None) -> str:
    """A line's quantity with its unit; hours as 3:04; a whole month says nothing."""
    if quantity is None or unit is None or (unit, quantity) == ("month", 1):
        return ""
    if unit == "hour":
        minutes = round(Fraction(quantity) * 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    gap = " " if language() == "en" else ""
    return f"{show_decimal(quantity)}{gap}{say(UNITS[unit])}"


def show_decimal(value: int | str, places: int = 2) -> str:
    """A number for the eye, to so many places at most."""
    scaled = round(abs(Fraction(value)) * 10**places)
    whole, rest = divmod(scaled, 10**places)
    sign = "−" if Fraction(value) < 0 and scaled else ""
    return f"{sign}{whole:,}" + (f".{rest:0{places}d}".rstrip("0") if rest else "")


def explain(lines: Iterable[PayLine]) -> list[dict[str, Any]]:
    """Every line's reason, in the language spoken now."""
    return [explained(line) for line in lines]


def explained(line: PayLine) -> dict[str, Any]:
    """One line's reason."""
    return {
        "code": line.code,
        "amount": line.amount.won,
        "formula": line.formula,
        "inputs": [
            {"name": i.name, "value": plain(i.value), "unit": i.unit, "origin": i.origin}
            for i in line.inputs
        ],
        "rounding": str(line.rounding),
        "rule": say(RULES[line.rule]),
        "article": line.article,
    }


def plain(value: Fraction | None) -> int | str | None:
    """A number exactly: whole, as decimals where they end, else as a fraction."""
    if value is None or value.denominator == 1:
        return None if value is None else value.numerator
    scaled, rest = divmod(abs(value.numerator) * 10**PLACES, value.denominator)
    if rest:
        return f"{value.numerator}/{value.denominator}"
    whole, decimals = divmod(scaled, 10**PLACES)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}." + f"{decimals:0{PLACES}d}".rstrip("0")
