"""A day at the machines: who takes which bundle when, and what she enters.

Everybody takes the oldest work of her stations, needs its standard time at her pace, and enters it;
what is not done in the evening is gone on with in the morning. Bundles move on once every piece is
done, so one with a rejected piece waits until that is decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from heapq import heapify, heappop, heappush
from random import Random

from factory.kernel.ids import drawn_id
from factory.kernel.time import Interval
from factory.production.domain.outcomes import Decided, Outcome
from seed_data import quality
from seed_data.acts import Act, Found, Missing, Scanned, Settled, Undone
from seed_data.attendance import Attendance
from seed_data.floor import Floor, Sack, Task
from seed_data.people import Person
from seed_data.quality import Reject

SECOND = timedelta(seconds=1)
PARTLY_IN_HUNDRED = 25
"""How often somebody enters in the evening what she has done of a bundle so far."""
MISTAKES_IN_THOUSAND = 3
LOST_IN_TEN_THOUSAND = 5
FOUND_IN_HUNDRED = 70
FEW = 2
LONG_ENOUGH = 400
"""Hundredths of a minute; shorter work leaves no time for a mistake."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A piece that was lost, and when it is found again, if ever."""

    sack: Sack
    piece: Decided
    id: str
    due: datetime


@dataclass(slots=True)
class Sewing:
    """The machines through a season; what waits goes over from day to day."""

    floor: Floor
    chance: Random
    rejects: list[Reject] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)

    def day(self, present: Sequence[Attendance], *, whole: bool = True) -> list[Act]:
        """What is entered on a day by those who are there, in order; `whole` until the evening."""
        working = [one for one in present if one.spans]
        there = {one.person.number for one in working}
        for number in sorted(self.floor.hands):
            if number not in there:
                self.floor.lay_down(number)
        acts = list(_Day(self, working, whole=whole).acts()) if working else []
        return sorted(acts, key=lambda act: act.at)


class Turn(IntEnum):
    """Why it is somebody's turn."""

    FREE = 0
    DONE = 1
    EVENING = 2


class _Day:
    def __init__(self, sewing: Sewing, present: Sequence[Attendance], *, whole: bool) -> None:
        self.sewing, self.floor, self.chance = sewing, sewing.floor, sewing.chance
        self.whole = whole
        self.spans = {one.person.number: one.spans for one in present}
        self.people = {one.person.number: one.person for one in present}
        self.turns = [(spans[0].start, number, Turn.FREE) for number, spans in self.spans.items()]
        heapify(self.turns)
        self.morning = self.turns[0][0]

    def acts(self) -> Iterator[Act]:
        while self.turns:
            moment, number, turn = heappop(self.turns)
            yield from self._decide(moment)
            yield from self._find(moment)
            yield from self._turn(moment, self.people[number], turn)

    # What waits for a moment

    def _decide(self, now: datetime) -> Iterator[Act]:
        due = [each for each in self.sewing.rejects if each.due <= now]
        for each in sorted(due, key=lambda one: one.due):
            self.sewing.rejects.remove(each)
            task, outcome = each.task, each.outcome
            if self.floor.settle(task.sack, task.step, outcome) is not None:
                yield Settled(
                    at=max(each.due, self.morning),
                    id=drawn_id(self.chance),
                    person=self.people.get(each.person.number, each.person),
                    bundle=task.sack.code,
                    operation=task.step,
                    outcome=outcome,
                    reason=quality.REASONS[outcome],
                )

    def _find(self, now: datetime) -> Iterator[Act]:
        for each in [one for one in self.sewing.lost if one.due <= now]:
            self.sewing.lost.remove(each)
            self.floor.find(each.sack, each.piece)
            yield Found(at=max(each.due, self.morning), id=each.id, bundle=each.sack.code)

    def _lose(self, now: datetime) -> Iterator[Act]:
        if self.chance.randrange(10_000) >= LOST_IN_TEN_THOUSAND:
            return
        one = self.chance.choice(list(self.floor.sacks.values()) or [None])
        if one is None or one.made or any(step.rework for step in one.progress.steps.values()):
            return
        piece = self.floor.settle(one, None, Outcome.LOST)
        if piece is None:
            return
        lost_id = drawn_id(self.chance)
        yield Missing(at=now, id=lost_id, bundle=one.code)
        if self.chance.randrange(100) < FOUND_IN_HUNDRED:
            due = now + timedelta(hours=self.chance.randrange(2, 30))
            self.sewing.lost.append(Lost(one, piece, drawn_id(self.chance), due))

    # Somebody's turn

    def _turn(self, now: datetime, person: Person, turn: Turn) -> Iterator[Act]:
        if turn is Turn.EVENING:
            yield from self._enter_a_part(now, person)
            return
        if turn is Turn.DONE:
            yield from self._enter(now, person)
            yield from self._lose(now)
        task = self.floor.hands.get(person.number) or self._taken(person)
        if task is None:
            self._wait(now, person)
        else:
            self._work(now, person, task)

    def _taken(self, person: Person) -> Task | None:
        task = self.floor.take(person) if person.makes_coats else None
        if task is not None:
            task.seconds = max(1, task.seconds * self.chance.randrange(88, 118) // 100)
        return task

    def _wait(self, now: datetime, person: Person) -> None:
        later = now + timedelta(seconds=self.chance.randrange(180, 420))
        for span in self.spans[person.number]:
            moment = max(later, span.start)
            if person.makes_coats and moment < span.end:
                heappush(self.turns, (moment, person.number, Turn.FREE))
                return

    def _work(self, now: datetime, person: Person, task: Task) -> None:
        spans = self.spans[person.number]
        end, task.seconds = worked(spans, now, task.seconds)
        if end is not None:
            heappush(self.turns, (end, person.number, Turn.DONE))
        elif self.whole and self.chance.randrange(100) < PARTLY_IN_HUNDRED:
            heappush(self.turns, (max(now, spans[-1].end), person.number, Turn.EVENING))

    def _enter(self, now: datetime, person: Person) -> Iterator[Act]:
        task = self.floor.hands.pop(person.number)
        task.sack.claimed.discard(task.step)
        left = task.sack.progress.steps[task.step].left
        task.count = min(task.count, left)
        if task.count < 1:
            self.floor.look(task.sack)
            return
        bad = 0 if task.sack.made else quality.rejected(task, self.chance)
        yield from self._mistake(now, person, task)
        yield self._scanned(now, person, task, task.count - bad, bad)
        self.sewing.rejects += quality.decisions(task, person, bad, now, self.chance)

    def _enter_a_part(self, now: datetime, person: Person) -> Iterator[Act]:
        task = self.floor.hands[person.number]
        done = self.chance.randrange(1, max(2, task.count - 1))
        if FEW < task.count <= task.sack.progress.steps[task.step].left:
            task.count -= done
            yield self._scanned(now, person, task, done, 0)

    def _scanned(self, now: datetime, person: Person, task: Task, good: int, bad: int) -> Scanned:
        self.floor.scan(task, good, bad)
        return Scanned(
            at=now,
            id=drawn_id(self.chance),
            person=person,
            bundle=task.sack.code,
            operation=task.step,
            good=good,
            rejects=quality.defects(task, bad, self.chance),
        )

    def _mistake(self, now: datetime, person: Person, task: Task) -> Iterator[Act]:
        """Now and then she enters too few, takes it back, and enters it well."""
        slip = self.chance.randrange(1000) < MISTAKES_IN_THOUSAND
        route, hundredths = task.sack.route, task.count * task.sack.route.sam[task.step]
        if not slip or task.count < FEW or hundredths < LONG_ENOUGH or task.step == route.way.last:
            return
        wrong = drawn_id(self.chance)
        yield Scanned(
            at=now - 50 * SECOND,
            id=wrong,
            person=person,
            bundle=task.sack.code,
            operation=task.step,
            good=task.count - 1,
        )
        yield Undone(at=now - 20 * SECOND, id=wrong, person=person)


def worked(spans: Sequence[Interval], now: datetime, seconds: int) -> tuple[datetime | None, int]:
    """When so much work is done, or how much of it is left in the evening."""
    left = timedelta(seconds=seconds)
    for span in spans:
        start = max(now, span.start)
        if start + left <= span.end:
            return start + left, 0
        left -= max(span.end - start, timedelta(0))
    return None, -(-left // SECOND)
