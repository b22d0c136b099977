"""Exact figures as people read them."""

from __future__ import annotations

from fractions import Fraction

from factory.kernel.money import Rounding, round_exact


def decimal(exact: Fraction | int, digits: int = 1) -> str:
    """A figure with so many decimals; a half goes away from zero, as everybody learnt it."""
    scale = 10**digits
    scaled = round_exact(abs(exact) * scale, Rounding.HALF_UP)
    sign = "-" if exact < 0 and scaled else ""
    whole, rest = divmod(scaled, scale)
    return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"
