"""A line of pay carries formula, inputs, rounding, rule and article; its amount follows."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import ceil

from factory.kernel.money import Money, Rounding
from factory.law.book import Figure


@dataclass(frozen=True, slots=True)
class Input:
    """One number that a line was calculated from, and where it comes from."""

    name: str
    value: Fraction
    unit: str
    origin: str

    @classmethod
    def of_law(cls, name: str, figure: Figure) -> Input:
        """A figure of the law."""
        return cls(name, figure.number, figure.unit, f"{figure.article}; since {figure.since}")


@dataclass(frozen=True, slots=True)
class PayLine:
    """One line; it can be recomputed from what it carries."""

    code: str
    formula: str
    inputs: tuple[Input, ...]
    rounding: Rounding
    article: str
    rule: str
    """The rule's code; `explain` has its sentence."""
    quantity: Fraction | None = None
    unit: str = ""
    rate: Fraction | None = None
    exact: Fraction = field(init=False)
    """The amount before rounding, worked out from the formula and its inputs."""
    amount: Money = field(init=False)
    """The amount in whole won."""

    def __post_init__(self) -> None:
        values = {given.name: given.value for given in self.inputs}
        exact = evaluate(self.formula, values)
        object.__setattr__(self, "exact", exact)
        object.__setattr__(self, "amount", Money.rounded(exact, self.rounding))


def cut_to_ten(value: Fraction) -> Fraction:
    """Cut to 10 won, as statutory amounts are."""
    return Fraction(value // 10 * 10)


def up_to_hundredth(value: Fraction) -> Fraction:
    """Up to 0.01 won, as the average wage of a day is."""
    return Fraction(ceil(value * 100), 100)


Values = Mapping[str, Fraction]
Formula = Callable[[Values], Fraction]
_OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    "max": max,
    "min": min,
    "cut": cut_to_ten,
    "up": up_to_hundredth,
}


def evaluate(formula: str, values: Values) -> Fraction:
    """Work a formula out: names, whole numbers, + - * /, max, min, cut and up.

    `cut` cuts to 10 won, `up` rounds up to 0.01 won.
    """
    return _understood(formula)(values)


@lru_cache(maxsize=512)
def _understood(formula: str) -> Formula:
    """A formula read once, ready to be worked out with any values."""
    return _part(ast.parse(formula, mode="eval").body)


def _part(node: ast.expr) -> Formula:
    match node:
        case ast.BinOp(left=left, op=sign, right=right):
            do, one, other = _OPERATORS[type(sign)], _part(left), _part(right)
            return lambda values: do(one(values), other(values))
        case ast.Name(id=name):
            return operator.itemgetter(name)
        case ast.Constant(value=int(number)):
            constant = Fraction(number)
            return lambda _: constant
        case ast.Call(func=ast.Name(id=name), args=given):
            call, parts = _FUNCTIONS[name], tuple(map(_part, given))
            return lambda values: call(*(part(values) for part in parts))
        case _:
            raise ValueError(ast.dump(node))


def line(
    code: str,
    formula: str,
    inputs: tuple[Input, ...],
    article: str,
    *,
    rounding: Rounding = Rounding.UP,
    measure: tuple[Fraction, str, Fraction | None] | None = None,
    rule: str = "",
) -> PayLine:
    """A line; `measure` is its quantity, unit and rate as the payslip shows them."""
    quantity, unit, rate = measure or (None, "", None)
    return PayLine(code, formula, inputs, rounding, article, rule or code, quantity, unit, rate)


def sum_of_products(parts: list[tuple[Fraction, Fraction]]) -> tuple[str, tuple[Input, ...]]:
    """A formula for hours at factors: `hours_1 * factor_1 + hours_2 * factor_2`."""
    inputs: list[Input] = []
    terms: list[str] = []
    for number, (hours, factor) in enumerate(parts, 1):
        inputs.append(Input(f"hours_{number}", hours, "hour", "time clock, approved days"))
        inputs.append(Input(f"factor_{number}", factor, "ratio", "law"))
        terms.append(f"hours_{number} * factor_{number}")
    return " + ".join(terms), tuple(inputs)
