"""What becomes of rejected and missing pieces, and that none is forgotten or done twice."""

from __future__ import annotations

import pytest

from factory.kernel.money import Money
from factory.kernel.time import at as wall
from factory.production.domain.outcomes import (
    Decided,
    NothingToRepair,
    NotSoManyInWork,
    Outcome,
    SecondOnlyWhenSewn,
    Trace,
    decide_outcome,
    take_back,
    trace,
)
from factory.production.domain.progress import Progress, ready
from factory.production.domain.scans import AlreadyFurther, AlreadyUndone, decide_scan
from factory.production.domain.way import Way, way
from tests.production.ways import CUT, DAY, Entries, after, coat, line


def decided(
    outcome: Outcome, operation: str | None, piece: Trace, reverses: int | None = None
) -> Decided:
    return Decided(
        id=1,
        event_id="one",
        bundle="20000120",
        operation=operation,
        outcome=outcome,
        count=1,
        trace=piece,
        worker=None,
        rate=Money(0),
        at=wall(DAY, "11:00"),
        day=DAY,
        by="Cedar",
        reason="",
        reverses=reverses,
    )


def test_a_repaired_piece_is_good_at_the_step_where_it_waited() -> None:
    waiting = after(line(), (CUT, ("sew", 8, 2)))
    repaired, piece = decide_outcome(line(), waiting, Outcome.REPAIRED, "sew")
    assert repaired.steps["sew"].good == 9
    assert repaired.steps["sew"].rework == 1
    assert dict(ready(line(), repaired)) == {"press": 9}
    assert piece == Trace()


@pytest.mark.parametrize(
    ("outcome", "operation", "refusal"),
    [
        (Outcome.REPAIRED, "press", NothingToRepair),
        (Outcome.SCRAPPED, "press", NothingToRepair),
        (Outcome.SCRAPPED, None, NothingToRepair),
        (Outcome.SECOND, "sew", SecondOnlyWhenSewn),
    ],
)
def test_only_what_waits_is_decided(
    outcome: Outcome, operation: str | None, refusal: type[Exception]
) -> None:
    waiting = after(line(), (CUT, ("sew", 8, 2)))
    with pytest.raises(refusal):
        decide_outcome(line(), waiting, outcome, operation)


def test_a_scrapped_piece_is_missing_at_the_steps_it_had_passed() -> None:
    """5 of 10 were cut, 2 of them rejected in sewing: with one scrapped 4 have passed cutting."""
    waiting = after(line(), (("cut", 5, 0), ("sew", 3, 2)))
    left, piece = decide_outcome(line(), waiting, Outcome.SCRAPPED, "sew")
    assert piece == Trace(passed=("cut",), waited=("sew",))
    assert left.alive == 9
    assert left.steps["cut"].passed == 4
    assert dict(ready(line(), left)) == {"cut": 5, "press": 3}
    assert left.steps["cut"].good == 5  # what was done well stays paid


def test_a_second_leaves_from_finishing() -> None:
    waiting = after(line(), (CUT, ("sew", 10, 0), ("press", 8, 2)))
    left, piece = decide_outcome(line(), waiting, Outcome.SECOND, "press")
    assert (left.second, left.alive, left.wip_finishing) == (1, 9, 9)
    assert piece == Trace(passed=("cut", "sew"), waited=("press",))


@pytest.mark.parametrize(
    ("entries", "operation", "piece"),
    [
        # A sleeve done for all ten was done for the scrapped one too; the lining for none of them.
        (
            (CUT, ("front", 8, 2), ("sleeve", 10, 0), ("lining", 3, 0)),
            "front",
            Trace(passed=("cut", "sleeve"), waited=("front",)),
        ),
        # With seven sleeves done, the scrapped coat counts as one of the three without.
        (
            (CUT, ("front", 8, 2), ("sleeve", 7, 0)),
            "front",
            Trace(passed=("cut",), waited=("front",)),
        ),
        # Both parts hold every piece: the coat waited at both.
        (
            (CUT, ("front", 8, 2), ("sleeve", 7, 3)),
            "front",
            Trace(passed=("cut",), waited=("front", "sleeve")),
        ),
        # Five came from the cutting table and all five sleeves are done.
        (
            (("cut", 5, 0), ("front", 3, 2), ("sleeve", 5, 0)),
            "front",
            Trace(passed=("cut", "sleeve"), waited=("front",)),
        ),
        # A piece that is lost is the one least far.
        ((CUT, ("front", 8, 0)), None, Trace(passed=("cut",), waited=())),
        ((("cut", 8, 0),), None, Trace()),
        ((CUT, ("front", 8, 2), ("sleeve", 4, 0)), None, Trace(passed=("cut",), waited=("front",))),
    ],
)
def test_how_far_a_piece_had_come_follows_from_the_counts(
    entries: Entries, operation: str | None, piece: Trace
) -> None:
    assert trace(coat(), after(coat(), entries), operation) == piece


def test_a_piece_that_had_passed_a_step_had_passed_all_before_it() -> None:
    """Both pockets of the three cut are done, so the scrapped one's was; its flap was as well."""
    needs = {
        "cut": (),
        "flap": (),
        "hem": ("cut",),
        "pocket": ("cut", "flap"),
        "end": ("hem", "pocket"),
    }
    steps = way(needs)
    entries = (("cut", 3, 0), ("flap", 4, 0), ("hem", 2, 1), ("pocket", 3, 0))
    left, piece = decide_outcome(steps, after(steps, entries, 5), Outcome.SCRAPPED, "hem")
    assert piece == Trace(passed=("cut", "flap", "pocket"), waited=("hem",))
    assert dict(ready(steps, left)) == {"cut": 2, "flap": 1, "end": 2}


def test_a_piece_that_had_passed_a_step_waits_at_none_before_it() -> None:
    needs = {
        "cut": (),
        "front": ("cut",),
        "back": ("cut",),
        "side": ("front", "back"),
        "hem": ("front",),
    }
    steps = way(needs | {"end": ("side", "hem")})
    entries = (("cut", 3, 0), ("front", 2, 0), ("back", 2, 1), ("side", 2, 0), ("hem", 1, 1))
    left, piece = decide_outcome(steps, after(steps, entries, 5), Outcome.SCRAPPED, "hem")
    assert piece == Trace(passed=("cut", "front", "back", "side"), waited=("hem",))
    assert left.steps["back"].rework == 1


def everything(steps: Way, packed: int = 10) -> Progress:
    entries = [(code, 10, 0) for code in steps if code != steps.last]
    return after(steps, (*entries, (steps.last, packed, 0)))


def test_a_coat_on_the_rail_is_not_lost_on_the_floor() -> None:
    assert decide_outcome(coat(), everything(coat(), 9), Outcome.LOST, None)[0].lost == 1
    with pytest.raises(NotSoManyInWork):
        decide_outcome(coat(), everything(coat()), Outcome.LOST, None)


@pytest.mark.parametrize(
    ("outcome", "operation"),
    [
        (Outcome.SCRAPPED, "look"),
        (Outcome.SECOND, "look"),
        (Outcome.LOST, None),
        (Outcome.REPAIRED, "look"),
    ],
)
def test_what_is_taken_back_is_as_it_was(outcome: Outcome, operation: str | None) -> None:
    steps = coat()
    entries = [(code, 10, 0) for code in steps if code not in {"look", "pack"}]
    before = after(steps, (*entries, ("look", 6, 3), ("pack", 2, 0)))
    gone, piece = decide_outcome(steps, before, outcome, operation)
    assert gone != before
    assert take_back(steps, gone, decided(outcome, operation, piece)) == before


def test_a_repaired_piece_that_has_gone_on_stays_repaired() -> None:
    waiting = after(line(), (CUT, ("sew", 8, 2)))
    repaired, piece = decide_outcome(line(), waiting, Outcome.REPAIRED, "sew")
    entry = decided(Outcome.REPAIRED, "sew", piece)
    further = after_more(repaired, "press", 8)
    assert take_back(line(), further, entry).steps["sew"].rework == 2
    with pytest.raises(AlreadyFurther):
        take_back(line(), after_more(repaired, "press", 9), entry)


def after_more(progress: Progress, code: str, good: int) -> Progress:
    return decide_scan(line(), progress, code, good=good)


def test_nothing_is_taken_back_twice() -> None:
    waiting = after(line(), (CUT, ("sew", 8, 2)))
    gone, piece = decide_outcome(line(), waiting, Outcome.SCRAPPED, "sew")
    with pytest.raises(AlreadyUndone):
        take_back(line(), gone, decided(Outcome.SCRAPPED, "sew", piece), undone=True)
    with pytest.raises(AlreadyUndone):
        take_back(line(), gone, decided(Outcome.SCRAPPED, "sew", piece, reverses=1))


def test_every_outcome_has_its_words() -> None:
    assert {outcome.label for outcome in Outcome} == {
        "repaired",
        "second quality",
        "scrapped",
        "lost",
    }
