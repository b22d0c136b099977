"""The floor at random: whatever is scanned in whatever order, no piece vanishes or is paid twice.

Each piece is followed on its own in a model beside the counts, so that the counts can be wrong.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.production.domain import balance
from factory.production.domain.outcomes import Decided, Outcome, Trace, decide_outcome, take_back
from factory.production.domain.progress import Progress, begun
from factory.production.domain.replay import Counted, replay
from factory.production.domain.scans import Defect, Scan, decide_scan, decide_undo
from factory.production.domain.way import Way, way
from tests.production.ways import COAT, DAY, NOW, coat, line, make_scan

SEWN = ("cut", "front", "pocket", "sleeve", "lining", "join", "close")


def random_way(seed: int) -> Way:
    """A way of up to nine steps, each needing some of those before it; one last step."""
    dice = Random(seed)  # noqa: S311 - a test's dice
    codes = [f"S{number}" for number in range(dice.randint(2, 8))]
    needs = {
        code: tuple(c for c in codes[:at] if dice.random() < 0.4) for at, code in enumerate(codes)
    }
    ends = [code for code in codes if not any(code in later for later in needs.values())]
    needs["pack"] = tuple(ends)
    return way(needs, at_the_table=codes[:1], finishing={"pack"})


class Floor(RuleBasedStateMachine):
    """One bundle, and whatever people enter about it."""

    def __init__(self) -> None:
        super().__init__()
        self.way: Way = coat()
        self.progress: Progress = begun(self.way, 0)
        self.facts: list[Scan | Decided] = []
        self.paid: dict[str, int] = {}
        self.entered: list[Counted] = []
        self.outcomes: list[Decided] = []

    @initialize(
        quantity=st.integers(1, 8), steps=st.sampled_from([coat, line]), seed=st.integers(0, 400)
    )
    def a_bundle_is_cut(self, quantity: int, steps: Any, seed: int) -> None:
        self.way = steps() if seed < 100 else random_way(seed)
        self.progress = begun(self.way, quantity)

    def step(self, data: st.DataObject, *, waiting: bool = False) -> str:
        steps = self.progress.steps
        some = [c for c in self.way if (steps[c].rework if waiting else steps[c].left) > 0]
        return data.draw(st.sampled_from(some or list(self.way)))

    @rule(data=st.data())
    def somebody_scans(self, data: st.DataObject) -> None:
        code = self.step(data)
        left = max(1, self.progress.steps[code].left)
        good = data.draw(st.integers(0, left + 1))
        bad = data.draw(st.integers(0, 2))
        if good + bad > self.progress.steps[code].left or good + bad == 0:
            self.is_refused(
                lambda: decide_scan(self.way, self.progress, code, good=good, rejected=bad)
            )
            return
        self.progress = decide_scan(self.way, self.progress, code, good=good, rejected=bad)
        rejects = ((Defect.OTHER, bad),) if bad else ()
        self.facts.append(make_scan(code, good, id=str(len(self.facts)), rejects=rejects))
        self.paid[code] = self.paid.get(code, 0) + good
        self.entered.append((code, good, bad))

    @rule(data=st.data())
    def somebody_scans_any_step(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(list(self.way)))
        left = self.progress.steps[code].left
        self.is_refused(lambda: decide_scan(self.way, self.progress, code, good=left + 1))

    @rule(data=st.data(), outcome=st.sampled_from(Outcome))
    def a_piece_is_decided(self, data: st.DataObject, outcome: Outcome) -> None:
        anywhere = outcome is Outcome.LOST and data.draw(st.booleans())
        code = None if anywhere else self.step(data, waiting=True)
        try:
            self.progress, piece = decide_outcome(self.way, self.progress, outcome, code)
        except Refused:
            return
        self.note(code, outcome, piece)

    def note(self, code: str | None, outcome: Outcome, piece: Trace) -> None:
        self.outcomes.append(
            Decided(
                id=len(self.outcomes),
                event_id="",
                bundle="",
                operation=code,
                outcome=outcome,
                count=1,
                trace=piece,
                worker=None,
                rate=Money(0),
                at=NOW,
                day=DAY,
                by="",
                reason="",
            )
        )
        self.facts.append(self.outcomes[-1])
        if outcome is Outcome.REPAIRED and code is not None:
            self.paid[code] += 1

    @precondition(lambda self: self.facts)
    @rule(data=st.data())
    def an_entry_is_taken_back(self, data: st.DataObject) -> None:
        fact = data.draw(st.sampled_from(self.facts))
        try:
            if isinstance(fact, Scan):
                self.progress = decide_undo(self.way, self.progress, fact)
            else:
                self.progress = take_back(self.way, self.progress, fact)
        except Refused:
            return
        self.facts.remove(fact)
        if isinstance(fact, Scan):
            self.paid[fact.operation] -= fact.good
            self.entered.append((fact.operation, -fact.good, -fact.rejected))
            return
        self.outcomes.append(replace(fact, count=-1, reverses=fact.id))
        if fact.operation is not None and fact.outcome is Outcome.REPAIRED:
            self.paid[fact.operation] -= 1

    def is_refused(self, entry: Any) -> None:
        try:
            entry()
        except Refused:
            return
        raise AssertionError

    @invariant()
    def no_step_runs_ahead_and_none_is_below_zero(self) -> None:
        assert list(balance.r3(self.way, "", self.progress)) == []

    @invariant()
    def what_came_is_done_or_waits_or_is_left(self) -> None:
        out = Counter(str(fact.operation) for fact in self.decided())
        for fact in self.decided(Outcome.REPAIRED, Outcome.LOST):
            out[str(fact.operation)] -= 1
        assert list(balance.r4(self.way, "", self.progress, out)) == []

    @invariant()
    def whoever_left_had_passed_all_that_comes_before(self) -> None:
        for fact in self.decided(Outcome.SCRAPPED, Outcome.SECOND, Outcome.LOST):
            passed = set(fact.trace.passed)
            for code in (*fact.trace.passed, *fact.trace.waited):
                assert self.way.earlier(code) <= passed
            assert fact.operation is None or fact.operation in fact.trace.waited
            assert passed.isdisjoint(fact.trace.waited)

    def decided(self, *outcomes: Outcome) -> list[Decided]:
        some = outcomes or tuple(Outcome)
        return [f for f in self.facts if isinstance(f, Decided) and f.outcome in some]

    @invariant()
    def no_piece_vanishes(self) -> None:
        p = self.progress
        assert min(p.wip_sewing, p.wip_finishing, p.packed, p.scrapped, p.second, p.lost) >= 0
        out = [fact.outcome for fact in self.decided()]
        assert p.scrapped == out.count(Outcome.SCRAPPED)
        assert p.lost == out.count(Outcome.LOST)
        assert p.second == out.count(Outcome.SECOND)
        assert (
            p.wip_sewing + p.wip_finishing + p.packed + p.scrapped + p.second + p.lost == p.quantity
        )

    @invariant()
    def no_piece_is_paid_twice(self) -> None:
        good = {code: self.progress.steps[code].good for code in self.way}
        assert list(balance.r6("", paid=self.paid, good=good)) == []
        assert all(pieces <= self.progress.quantity for pieces in self.paid.values())

    @invariant()
    def the_counts_are_the_sum_of_the_facts(self) -> None:
        for code in self.way:
            scans = [f for f in self.facts if isinstance(f, Scan) and f.operation == code]
            others = self.decided()
            here = [f for f in others if f.operation == code and f.outcome is Outcome.REPAIRED]
            gone = [f for f in others if code in f.trace.passed]
            waited = [f for f in others if code in f.trace.waited]
            step = self.progress.steps[code]
            assert step.good == sum(f.good for f in scans) + len(here)
            assert step.gone == len(gone)
            assert step.rework == sum(f.rejected for f in scans) - len(here) - len(waited)

    @invariant()
    def a_replay_from_the_start_gives_the_same(self) -> None:
        given = replay(self.way, self.progress.quantity, self.entered, self.outcomes)
        assert given == self.progress

    @invariant()
    def somebody_can_always_go_on(self) -> None:
        """As long as a coat is in work, a step is open or a piece waits for a decision."""
        steps = self.progress.steps.values()
        assert (self.progress.in_work > 0) == any(step.left or step.rework for step in steps)


TestFloor = Floor.TestCase
TestFloor.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    phases=[phase for phase in Phase if phase is not Phase.explain],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_the_coat_of_these_tests_has_parts_side_by_side() -> None:
    steps = coat()
    assert steps.sewn_by == ("close",)
    assert steps.earlier("join") == {"cut", "front", "pocket", "sleeve"}
    assert steps.around("sleeve") == {"sleeve", "join", "pocket"}
    assert set(SEWN) | {"press", "look", "pack"} == set(COAT)
