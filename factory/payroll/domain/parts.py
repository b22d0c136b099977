"""Terms that change within a month: each part of the month is paid by its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from factory.payroll.domain.case import PayCase, PayKind, Piece, Terms

A_DAY = timedelta(days=1)
DIVISIBLE = frozenset({PayKind.HOURLY, PayKind.MONTHLY, PayKind.PIECE})
"""Kinds of pay that a month may be divided between; day labour and freelancers are taxed anew."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a period on which the same terms hold."""

    first: date
    last: date
    terms: Terms

    def has(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last


def spans(history: Sequence[tuple[date, Terms]], first: date, last: date) -> tuple[Span, ...]:
    """The terms of a period, each with its days; `history` is terms by their first day.

    The earliest terms reach back to the period's first day: whoever was hired later is employed
    from the day of hiring on, whatever the span says.
    """
    held = [each for each in history if each[0] <= last]
    before = [each for each in held if each[0] <= first]
    used = [*before[-1:], *held[len(before) :]]
    starts = [first, *(since for since, _ in used[1:])]
    ends = [*(since - A_DAY for since in starts[1:]), last]
    return tuple(
        Span(start, end, terms) for start, end, (_, terms) in zip(starts, ends, used, strict=False)
    )


def are_divisible(found: Sequence[Span]) -> bool:
    """Whether every part of the month can be paid by its own terms."""
    return all(span.terms.kind in DIVISIBLE for span in found)


def part(case: PayCase, span: Span, pieces: tuple[Piece, ...]) -> PayCase:
    """The part of a month's case on which the same terms hold; its other days are context."""
    return replace(
        case,
        start=span.first,
        end=span.last,
        terms=span.terms,
        pieces=pieces,
        month=(case.start, case.end),
    )
