"""How many employees the law takes the house for on a day; every room asks here.

A month is held by the head count of the month before it (Enforcement Decree of the Labor Standards
Act, art. 7-2); where that month was not counted, by who is employed on the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from factory.kernel.time import DAY, months_later
from factory.people.domain import Terms, TermsKind, Worker, terms_on
from factory.security.domain import WorkerId


@dataclass(frozen=True, slots=True)
class Heads:
    """Everybody with her terms, and what the months that were counted came to."""

    everybody: tuple[Worker, ...]
    terms: Mapping[WorkerId, tuple[Terms, ...]] = field(default_factory=dict)
    counted: Mapping[date, int] = field(default_factory=dict)
    """By the first day of a month: what its head count takes the house for."""

    def on(self, day: date) -> int:
        """Regular employees as the law sees them on a day."""
        before = self.counted.get(months_later(day.replace(day=1), -1))
        return self.employed(day) if before is None else before

    def turns(self) -> list[date]:
        """Days from which on another number may be employed, in order."""
        found = {each.since for history in self.terms.values() for each in history}
        found |= {worker.hired for worker in self.everybody}
        found |= {worker.left + DAY for worker in self.everybody if worker.left is not None}
        return sorted(found)

    def employed(self, day: date) -> int:
        """How many are employed on a day."""
        return sum(1 for worker in self.everybody if self.employs(worker, day))

    def employs(self, worker: Worker, day: date) -> bool:
        """Whether she is employed on a day; a freelancer has a business of her own."""
        terms = terms_on(self.terms.get(worker.id, ()), day)
        return worker.is_here(day) and not (terms and terms.kind is TermsKind.FREELANCE)
