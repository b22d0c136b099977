"""What differs from last month, for each person, and the biggest reason for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from factory.payroll.domain.run import Amounts, Entry, Run, Slip


@dataclass(frozen=True, slots=True)
class Step:
    """How one line moved: won then and now, as they count for what is paid out."""

    code: str
    before: Amounts | None
    after: Amounts | None
    effect: int
    """Won more (or, below zero, less) paid out because of this line."""


@dataclass(frozen=True, slots=True)
class Change:
    """How somebody's pay moved since last month."""

    entry: Entry
    before: int | None
    """Paid out last month; nothing for whoever was not there."""
    steps: tuple[Step, ...] = ()
    """Every line that moved, the one that moved most first."""

    @property
    def reason(self) -> Step | None:
        """The line that moved most."""
        return self.steps[0] if self.steps else None

    @property
    def difference(self) -> int:
        """Won more paid out than last month, or less."""
        return self.entry.slip.net - (self.before or 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run beside the run of the month before."""

    run: Run
    changes: tuple[Change, ...]
    gone: tuple[Entry, ...]
    """Whoever was paid last month and is not in this run."""

    @property
    def before(self) -> int:
        """Won paid out to all last month."""
        known = sum(change.before or 0 for change in self.changes)
        return known + sum(entry.slip.net for entry in self.gone)


def compare(run: Run, earlier: Run | None) -> Comparison:
    """Put a run beside the one before; the largest differences first."""
    then = {entry.number: entry for entry in (earlier.entries if earlier else ())}
    changes = [_change(entry, then.pop(entry.number, None)) for entry in run.entries]
    largest = sorted(changes, key=lambda each: (-abs(each.difference), each.entry.number))
    return Comparison(run, tuple(largest), tuple(then.values()))


def _change(entry: Entry, earlier: Entry | None) -> Change:
    if earlier is None:
        return Change(entry, None)
    return Change(entry, earlier.slip.net, steps(earlier.slip, entry.slip))


def steps(before: Slip, after: Slip) -> tuple[Step, ...]:
    """Every line that moved, the largest movement first."""
    found = (
        *_moved(before.earnings, after.earnings, 1),
        *_moved(before.deductions, after.deductions, -1),
    )
    return tuple(sorted(found, key=lambda step: (-abs(step.effect), step.code)))


def _moved(before: Iterable[Amounts], after: Iterable[Amounts], sign: int) -> tuple[Step, ...]:
    then, now = {a.code: a for a in before}, {a.code: a for a in after}
    found = []
    for code in dict.fromkeys((*then, *now)):
        old, new = then.get(code), now.get(code)
        effect = sign * ((new.amount if new else 0) - (old.amount if old else 0))
        if effect:
            found.append(Step(code, old, new, effect))
    return tuple(found)
